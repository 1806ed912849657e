//! How are files made that are kept inside: videos of any length, and Office files?
//!
//! Box by box and part by part, as small as they may be; a long video is written in pieces and never
//! held whole.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use crate::hostile::crc32;

/// The place that every video here names, as it is shown.
pub const PLACE: &str = "45.54770, 11.54670, 39 m";

fn boxed(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).expect("a short box");
    [&length.to_be_bytes()[..], &name, body].concat()
}

/// The index of a video of 75 seconds with pictures, sound, a place and a maker.
fn index() -> Vec<u8> {
    let mut head = vec![0; 4];
    for number in [3_876_465_600_u32, 0, 600, 45_000] {
        head.extend(number.to_be_bytes());
    }
    head.resize(100, 0);
    let mut body = boxed(*b"mvhd", &head);
    for handler in [b"vide", b"soun"] {
        let mut track = vec![0; 84];
        track[76..84].copy_from_slice(&[7, 128, 0, 0, 4, 56, 0, 0]);
        let handler = [&[0; 8][..], handler, &[0; 12], b"Maker\0"].concat();
        let media = boxed(*b"mdia", &boxed(*b"hdlr", &handler));
        body.extend(boxed(*b"trak", &[boxed(*b"tkhd", &track), media].concat()));
    }
    let text = |name: [u8; 4], text: &str| {
        let length = u16::try_from(text.len()).expect("a short text").to_be_bytes();
        boxed(name, &[&length[..], &[0x15, 0xc7], text.as_bytes()].concat())
    };
    let user = [text(*b"\xa9xyz", "+45.5477+011.5467+039.000/"), text(*b"\xa9mak", "Sample")];
    body.extend(boxed(*b"udta", &user.concat()));
    boxed(*b"moov", &body)
}

/// Writes a video whose pictures have `data_bytes` bytes; its index stands at its end.
///
/// # Errors
///
/// What the disk says.
pub fn write_video(target: &mut dyn Write, data_bytes: u64) -> io::Result<()> {
    target.write_all(&boxed(*b"ftyp", b"isom\0\0\x02\0isommp41"))?;
    // A length that does not fit into four bytes stands behind the name.
    target.write_all(b"\0\0\0\x01mdat")?;
    target.write_all(&(data_bytes + 16).to_be_bytes())?;
    // Bytes that cannot be packed, from a generator of Marsaglia's kind.
    let (mut state, mut left) = (0x9e37_79b9_7f4a_7c15_u64, data_bytes);
    let mut piece = vec![0_u8; 1 << 20];
    while left > 0 {
        for eight in piece.chunks_exact_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            eight.copy_from_slice(&state.to_le_bytes());
        }
        let length = usize::try_from(left.min(piece.len() as u64)).unwrap_or(piece.len());
        target.write_all(&piece[..length])?;
        left -= length as u64;
    }
    target.write_all(&index())
}

/// The same as a file.
///
/// # Panics
///
/// When the disk refuses.
pub fn video_file(path: &Path, data_bytes: u64) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    write_video(&mut file, data_bytes).and_then(|()| file.flush()).unwrap();
}

/// The same in memory.
///
/// # Panics
///
/// Never: memory takes what is written.
#[must_use]
pub fn video(data_bytes: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_video(&mut bytes, data_bytes).unwrap();
    bytes
}

/// A text document with an author, a comment and a tracked change.
#[must_use]
pub fn docx(author: &str) -> Vec<u8> {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    archive(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types><Override PartName='/word/document.xml' ContentType='{kind}'/></Types>"
            ),
        ),
        (
            "word/document.xml",
            &format!("<w:document xmlns:w='w'><w:ins w:author='{author}'/></w:document>"),
        ),
        ("word/comments.xml", &format!("<c><w:comment w:author='{author}'/></c>")),
        ("docProps/core.xml", &format!("<c><dc:creator>{author}</dc:creator></c>")),
    ])
}

/// An archive whose parts are stored as they are.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let number = |value: usize| u32::try_from(value).expect("a short archive").to_le_bytes();
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, body) in parts {
        let begin = number(bytes.len());
        let (crc, length) = (crc32(body.as_bytes()).to_le_bytes(), number(body.len()));
        let name_length = u16::try_from(name.len()).expect("a short name").to_le_bytes();
        // Version, flags, way of packing, time, day: none of them matters here.
        let common = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0][..],
            &crc,
            &length,
            &length,
            &name_length,
            &[0, 0],
        ];
        bytes.extend(
            [b"PK\x03\x04", &common.concat()[..], name.as_bytes(), body.as_bytes()].concat(),
        );
        let line = [&b"PK\x01\x02\x14\0"[..], &common.concat(), &[0; 10], &begin, name.as_bytes()];
        directory.extend(line.concat());
    }
    let count = u16::try_from(parts.len()).expect("few parts").to_le_bytes();
    let (length, begin) = (number(directory.len()), number(bytes.len()));
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &length, &begin, &[0, 0]].concat());
    bytes
}

/// A workbook with one sheet: each row as the XML of its cells, such as `<c r='A1'><v>1</v></c>`.
#[must_use]
pub fn xlsx(rows: &[String]) -> Vec<u8> {
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rows = format!("<row>{}</row>", rows.join("</row><row>"));
    archive(&[
        (
            "[Content_Types].xml",
            &format!("<Types><Override PartName='/xl/workbook.xml' ContentType='{main}'/></Types>"),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns:r='{office}'><sheets><sheet name='Hidden' sheetId='1' \
                 state='hidden' r:id='r0'/><sheet name='List' sheetId='2' r:id='r1'/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships><Relationship Id='r1' Type='{office}/worksheet' \
                 Target='worksheets/sheet1.xml'/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// A cell of such a row that holds a text.
#[must_use]
pub fn text_cell(place: &str, text: &str) -> String {
    format!("<c r='{place}' t='inlineStr'><is><t>{text}</t></is></c>")
}
