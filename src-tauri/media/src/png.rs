//! Is a PNG whole, what does it carry beside its picture, and what are its pixels?
//!
//! Every chunk's checksum is checked (PNG 3rd edition, 5.3) before anything is decoded.
//! Deliberately absent: animation. Only the picture that every viewer shows is taken.

use flate2::Crc;

use crate::{
    Limits, Refusal, exif_block,
    pixels::Orientation,
    still::{BROKEN, CUT_SHORT, Coding, Still},
    trace::Traces,
};

/// Walks the chunks of a PNG.
///
/// # Errors
///
/// [`Refusal::Damaged`] when a chunk is cut short or fails its checksum,
/// [`Refusal::TooManyPixels`] by what its header says.
pub(crate) fn read(untrusted: &[u8], limits: &Limits) -> Result<Still, Refusal> {
    let mut traces = Traces::default();
    let mut orientation = Orientation::UPRIGHT;
    let (mut width, mut height) = (0, 0);
    let mut rest = &untrusted[8..];
    let mut first = true;
    loop {
        let Chunk { name, body, after } = chunk(rest)?;
        if first != (name == *b"IHDR") {
            return Err(BROKEN);
        }
        if first {
            (width, height) = size(body)?;
            limits.allow_pixels(width.into(), height.into())?;
        }
        first = false;
        rest = after;
        match &name {
            b"IEND" => break,
            b"eXIf" => orientation = exif_block::read(body, &mut traces),
            _ => {}
        }
        note(name, body, &mut traces);
    }
    if rest.iter().any(|byte| *byte != 0) {
        traces.note_size("trailing-data", "", rest.len());
    }
    let copies = traces.take_copies();
    let (traces, is_lossy, coding) = (traces.sorted(), false, Coding::Png);
    Ok(Still { width, height, orientation, traces, copies, is_lossy, coding })
}

/// One chunk, and what follows it.
struct Chunk<'a> {
    name: [u8; 4],
    body: &'a [u8],
    after: &'a [u8],
}

/// Splits one chunk off.
fn chunk(rest: &[u8]) -> Result<Chunk<'_>, Refusal> {
    let (head, rest) = rest.split_first_chunk::<8>().ok_or(CUT_SHORT)?;
    let [l1, l2, l3, l4, n1, n2, n3, n4] = *head;
    let name = [n1, n2, n3, n4];
    let length = u32::from_be_bytes([l1, l2, l3, l4]) as usize;
    let (body, rest) = rest.split_at_checked(length).ok_or(CUT_SHORT)?;
    let (checksum, after) = rest.split_first_chunk::<4>().ok_or(CUT_SHORT)?;
    let mut crc = Crc::new();
    crc.update(&name);
    crc.update(body);
    if crc.sum() != u32::from_be_bytes(*checksum) {
        return Err(Refusal::Damaged("a part of the picture fails its checksum"));
    }
    Ok(Chunk { name, body, after })
}

fn size(header: &[u8]) -> Result<(u32, u32), Refusal> {
    let &[w1, w2, w3, w4, h1, h2, h3, h4, _, _, _, _, _] = header else { return Err(BROKEN) };
    Ok((u32::from_be_bytes([w1, w2, w3, w4]), u32::from_be_bytes([h1, h2, h3, h4])))
}

fn note(name: [u8; 4], body: &[u8], traces: &mut Traces) {
    // A text begins with its keyword, ended by a zero byte (PNG 3rd edition, 11.3.3).
    let split = memchr::memchr(0, body).unwrap_or(body.len());
    let (keyword, text) = (&body[..split], body.get(split + 1..).unwrap_or_default());
    match &name {
        b"tEXt" => note_text(keyword, text, traces),
        b"zTXt" => note_text(keyword, b"", traces),
        b"iTXt" if keyword == b"XML:com.adobe.xmp" => traces.note_size("xmp", "", text.len()),
        b"iTXt" => note_text(keyword, international(text), traces),
        b"iCCP" => traces.note_bytes("icc", keyword),
        b"tIME" => {
            if let &[y1, y2, month, day, hour, minute, second] = body {
                let year = u16::from_be_bytes([y1, y2]);
                let time = format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
                traces.note("taken", &time);
            }
        }
        b"acTL" => traces.note("more-pictures", "APNG"),
        b"IHDR" | b"PLTE" | b"IDAT" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"cICP" | b"sBIT"
        | b"bKGD" | b"pHYs" | b"eXIf" | b"hIST" | b"fcTL" | b"fdAT" => {}
        other => traces.note_size("app-data", &String::from_utf8_lossy(other), body.len()),
    }
}

fn note_text(keyword: &[u8], text: &[u8], traces: &mut Traces) {
    let text = &text[..text.len().min(1000)];
    let line = [String::from_utf8_lossy(keyword), String::from_utf8_lossy(text)].join(": ");
    let kind = match keyword {
        b"Author" | b"Copyright" => "owner",
        b"Software" => "software",
        b"Creation Time" => "taken",
        _ => "png-text",
    };
    traces.note(kind, line.trim_end_matches(": "));
}

/// The text of an iTXt chunk behind its keyword, when it is not compressed.
fn international(rest: &[u8]) -> &[u8] {
    let Some(&[0, _, ref rest @ ..]) = rest.get(..) else { return b"" };
    rest.splitn(3, |byte| *byte == 0).nth(2).unwrap_or_default()
}
