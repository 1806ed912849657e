//! How do the words of a rebuilt page stay searchable without being seen?
//!
//! Each word is written over its place in the picture in text mode 3, which paints nothing
//! (ISO 32000-1, 9.3.6). The font has no drawings either: every character is one blank glyph of the
//! same width, stretched to the word's area, and a table tells readers which character it is. So
//! any character of any script can be kept, and nothing depends on what the fonts can draw.

use std::{collections::BTreeMap, fmt::Write};

use lanthan_core::{clean::Word, exhibit::Area};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};

use crate::PackageError;

/// The font's name in a page's resources; the typesetter's own are `f0`, `f1` and so on.
pub(crate) const FONT_NAME: &str = "W0";

/// The font's name in the document: six letters, then a word, as for a font that is cut down.
const BASE_FONT: &str = "LANTHN+Blank";
/// Width of every glyph, in thousandths of the font's size.
const ADVANCE: u16 = 500;
/// How much of a word's area lies under its base line.
const DEPTH: f64 = 0.2;
/// PDF's bound for the entries of one `bfchar` section.
const SECTION: usize = 100;

/// The characters of all words, numbered from 1; 0 is the glyph of characters that are not there.
#[derive(Debug)]
pub(crate) struct Layer {
    codes: BTreeMap<char, u16>,
}

impl Layer {
    /// Numbers the characters of all words of a document.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a Word>) -> Self {
        let mut codes: BTreeMap<char, u16> = words.flat_map(kept).map(|c| (c, 0)).collect();
        // There are fewer characters in two bytes' room than any document has; the rest, which no
        // real document reaches, keeps code 0 and is left out.
        for (code, (_, slot)) in (1..u16::MAX).zip(&mut codes) {
            *slot = code;
        }
        Self { codes }
    }

    /// True when there is nothing to write.
    pub(crate) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The operators that write the words, in the coordinates of a picture: its lower left corner
    /// is 0, 0 and its upper right corner 1, 1.
    pub(crate) fn operators(&self, words: &[Word]) -> String {
        let mut out = format!("\nq\nBT\n/{FONT_NAME} 1 Tf\n3 Tr\n");
        for word in words {
            let codes: Vec<u16> =
                kept(word).filter_map(|c| self.codes.get(&c).copied()).filter(|c| *c > 0).collect();
            let Some([x, y, width, height]) = place(&word.area, codes.len()) else { continue };
            let text: String = codes.iter().fold(String::new(), |mut text, code| {
                // Writing into a String cannot fail.
                let _ = write!(text, "{code:04x}");
                text
            });
            let _ = writeln!(out, "{width:.7} 0 0 {height:.7} {x:.6} {y:.6} Tm <{text}> Tj");
        }
        out.push_str("ET\nQ\n");
        out
    }

    /// Adds the font to the document.
    pub(crate) fn add_font(&self, document: &mut Document) -> Result<ObjectId, PackageError> {
        let file = blank_font(self.codes.len());
        let mut file_dict = Dictionary::new();
        file_dict.set("Length1", i64::try_from(file.len()).unwrap_or(i64::MAX));
        let file = document.add_object(compressed(file_dict, file)?);
        let descriptor = document.add_object(dictionary([
            ("Type", "FontDescriptor".into()),
            ("FontName", BASE_FONT.into()),
            ("Flags", 4.into()),
            ("FontBBox", vec![0.into(), 0.into(), i64::from(ADVANCE).into(), 1000.into()].into()),
            ("ItalicAngle", 0.into()),
            ("Ascent", 800.into()),
            ("Descent", (-200).into()),
            ("CapHeight", 700.into()),
            ("StemV", 80.into()),
            ("FontFile2", file.into()),
        ]));
        let text = |text: &str| Object::String(text.into(), StringFormat::Literal);
        let system = dictionary([
            ("Registry", text("Adobe")),
            ("Ordering", text("Identity")),
            ("Supplement", 0.into()),
        ]);
        let glyphs = document.add_object(dictionary([
            ("Type", "Font".into()),
            ("Subtype", "CIDFontType2".into()),
            ("BaseFont", BASE_FONT.into()),
            ("CIDSystemInfo", system.into()),
            ("FontDescriptor", descriptor.into()),
            ("DW", i64::from(ADVANCE).into()),
            ("CIDToGIDMap", "Identity".into()),
        ]));
        let table = compressed(Dictionary::new(), self.to_unicode().into_bytes())?;
        let table = document.add_object(table);
        Ok(document.add_object(dictionary([
            ("Type", "Font".into()),
            ("Subtype", "Type0".into()),
            ("BaseFont", BASE_FONT.into()),
            ("Encoding", "Identity-H".into()),
            ("DescendantFonts", vec![glyphs.into()].into()),
            ("ToUnicode", table.into()),
        ])))
    }

    /// The table from codes to characters (ISO 32000-1, 9.10.3).
    fn to_unicode(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n",
        );
        let all: Vec<_> = self.codes.iter().filter(|(_, code)| **code > 0).collect();
        for section in all.chunks(SECTION) {
            // Writing into a String cannot fail.
            let _ = writeln!(out, "{} beginbfchar", section.len());
            for (c, code) in section {
                let mut units = [0; 2];
                let units =
                    c.encode_utf16(&mut units).iter().fold(String::new(), |mut hex, unit| {
                        let _ = write!(hex, "{unit:04x}");
                        hex
                    });
                let _ = writeln!(out, "<{code:04x}> <{units}>");
            }
            out.push_str("endbfchar\n");
        }
        out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        out
    }
}

/// The characters of a word that are kept.
fn kept(word: &Word) -> impl Iterator<Item = char> {
    word.text.chars().filter(|c| !c.is_control())
}

/// Left end and height of the base line, and the font's size across and up, so that `chars` glyphs
/// fill the area; `None` when there is nothing to fill.
fn place(area: &Area, chars: usize) -> Option<[f64; 4]> {
    if chars == 0 || !area.is_valid() {
        return None;
    }
    let part = |v: u32| f64::from(v) / f64::from(Area::ONE);
    let (width, height) = (part(area.w), part(area.h));
    let advance = f64::from(ADVANCE) / 1000.0 * f64::from(u32::try_from(chars).ok()?);
    let bottom = 1.0 - part(area.y) - height;
    Some([part(area.x), bottom + height * DEPTH, width / advance, height])
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().fold(Dictionary::new(), |mut dict, (key, value)| {
        dict.set(key, value);
        dict
    })
}

fn compressed(dict: Dictionary, bytes: Vec<u8>) -> Result<Stream, PackageError> {
    let mut stream = Stream::new(dict, bytes);
    stream.compress()?;
    Ok(stream)
}

/// A TrueType file with `glyphs` blank glyphs and the one for what is not there, all equally wide
/// (OpenType 1.9: the tables that ISO 32000-1, 9.9 asks for).
fn blank_font(glyphs: usize) -> Vec<u8> {
    let glyphs = u16::try_from(glyphs + 1).unwrap_or(u16::MAX);
    let words = |values: &[u16]| values.iter().flat_map(|v| v.to_be_bytes()).collect::<Vec<u8>>();
    // Version 1.0, revision, checksum (0 here), magic, flags, 1000 units, two dates, box, style,
    // smallest size, direction, short offsets.
    let head = [
        words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000]),
        vec![0; 16],
        words(&[0, 0, ADVANCE, 1000, 0, 8, 2, 0, 0]),
    ]
    .concat();
    let down = u16::MAX - 199; // -200
    let hhea = words(&[1, 0, 800, down, 0, ADVANCE, 0, 0, ADVANCE, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    let maxp = words(&[1, 0, glyphs, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    // One full entry, then a left bearing each.
    let hmtx = words(&[&[ADVANCE, 0][..], &vec![0; usize::from(glyphs) - 1]].concat());
    let loca = vec![0; 2 * (usize::from(glyphs) + 1)];
    // No glyph has a drawing; one word of nothing, because some readers refuse an empty table.
    let glyf = vec![0; 4];
    sfnt(&[
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
    ])
}

/// Puts tables together; they must be sorted by name.
fn sfnt(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let power = count.checked_ilog2().unwrap_or(0);
    let range = 16_u16 << power;
    let power = u16::try_from(power).unwrap_or(0);
    let mut out: Vec<u8> = [1, 0, count, range, power, count * 16 - range]
        .iter()
        .flat_map(|v: &u16| v.to_be_bytes())
        .collect();
    let mut body = Vec::new();
    let start = out.len() + 16 * tables.len();
    for (name, table) in tables {
        let long = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
        out.extend_from_slice(*name);
        out.extend(sum(table).to_be_bytes());
        out.extend(long(start + body.len()));
        out.extend(long(table.len()));
        body.extend_from_slice(table);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    out.extend(body);
    out
}

/// The checksum of a table: its four-byte words added up.
fn sum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
