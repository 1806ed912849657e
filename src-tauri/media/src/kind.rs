//! What is a file, by its first bytes?
//!
//! A name or an ending is never looked at: people rename files. What is not taken is named where
//! it can be, so that the refusal helps. Deliberately absent: a judgement of whether it is whole.

use lanthan_core::exhibit::Format;

use crate::Refusal;

/// How far into the file a PDF header may stand (ISO 32000-1, annex H.3.4.1).
const PDF_HEADER_WITHIN: usize = 1024;

/// Names the format, or refuses the file.
pub(crate) fn recognise(untrusted: &[u8]) -> Result<Format, Refusal> {
    if untrusted.starts_with(&[0xff, 0xd8]) {
        return Ok(Format::Jpeg);
    }
    if untrusted.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Format::Png);
    }
    let head = &untrusted[..untrusted.len().min(PDF_HEADER_WITHIN)];
    if memchr::memmem::find(head, b"%PDF-").is_some() {
        return Ok(Format::Pdf);
    }
    Err(match other(untrusted) {
        Some(name) => Refusal::Unsupported(name),
        None if is_a_beginning(untrusted) => Refusal::Damaged("it is cut short"),
        None => Refusal::Unsupported("a file of an unknown kind"),
    })
}

/// The name of what is certainly no text. A text may begin with any letters, so that control
/// characters have to speak for it as well.
pub(crate) fn no_text(untrusted: &[u8]) -> Option<&'static str> {
    match recognise(untrusted) {
        Ok(Format::Pdf) => Some("a PDF"),
        Ok(_) => Some("a picture"),
        Err(_) => {
            let is_rich = untrusted.starts_with(b"{\\rtf");
            let controls = untrusted.iter().take(512).any(|byte| *byte < 9);
            other(untrusted).filter(|_| is_rich || controls)
        }
    }
}

/// True for a few bytes that could have become one of the formats that are taken.
fn is_a_beginning(untrusted: &[u8]) -> bool {
    [&b"\xff\xd8"[..], b"\x89PNG\r\n\x1a\n", b"%PDF-"].iter().any(|m| m.starts_with(untrusted))
}

/// The name of a known format that is not taken.
fn other(untrusted: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| untrusted.starts_with(magic);
    let at = |offset: usize, magic: &[u8]| {
        untrusted.get(offset..).is_some_and(|rest| rest.starts_with(magic))
    };
    let holds = |name: &[u8]| {
        memchr::memmem::find(&untrusted[..untrusted.len().min(64 * 1024)], name).is_some()
    };
    Some(if at(4, b"ftyp") {
        match untrusted.get(8..12).unwrap_or_default() {
            b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" => "a HEIC picture",
            b"avif" | b"avis" => "an AVIF picture",
            b"qt  " => "a film",
            b"crx " => "a raw camera picture",
            _ => "a film or sound",
        }
    } else if starts(b"II*\0") || starts(b"MM\0*") || starts(b"II+\0") || starts(b"MM\0+") {
        "a TIFF or raw camera picture"
    } else if starts(b"RIFF") && at(8, b"WEBP") {
        "a WebP picture"
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        "a GIF picture"
    } else if starts(b"BM") && at(6, &[0, 0, 0, 0]) {
        "a BMP picture"
    } else if at(4, b"JXL \r\n") || starts(&[0xff, 0x0a]) {
        "a JPEG XL picture"
    } else if at(4, b"jP  \r\n") || starts(&[0xff, 0x4f, 0xff, 0x51]) {
        "a JPEG 2000 picture"
    } else if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        match () {
            () if holds(b"word/") => "a Word document",
            () if holds(b"xl/") => "an Excel workbook",
            () if holds(b"ppt/") => "a PowerPoint presentation",
            () if holds(b"opendocument") => "an OpenDocument file",
            () => "a ZIP archive",
        }
    } else if starts(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        "an old Office document"
    } else if starts(b"{\\rtf") {
        "a rich text document"
    } else if starts(b"Rar!\x1a\x07") || starts(b"7z\xbc\xaf\x27\x1c") || starts(&[0x1f, 0x8b]) {
        "a packed archive"
    } else if starts(b"MZ") || starts(b"\x7fELF") {
        "a program"
    } else if starts(b"%!PS") {
        "a PostScript file"
    } else if starts(b"AC10") {
        "an AutoCAD drawing"
    } else if starts(b"ISO-10303-21") {
        "a STEP model"
    } else if starts(b"8BPS") {
        "a Photoshop picture"
    } else if is_svg(untrusted) {
        "an SVG drawing"
    } else {
        return None;
    })
}

fn is_svg(untrusted: &[u8]) -> bool {
    let head = &untrusted[..untrusted.len().min(1024)];
    head.trim_ascii_start().starts_with(b"<") && memchr::memmem::find(head, b"<svg").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_taken_is_named() {
        for (bytes, name) in [
            (&b"\0\0\0\x18ftypheic\0\0\0\0"[..], "a HEIC picture"),
            (b"II*\0\x08\0\0\0", "a TIFF or raw camera picture"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP picture"),
            (b"GIF89a\x01\0\x01\0", "a GIF picture"),
            (b"PK\x03\x04....word/document.xml", "a Word document"),
            (b"PK\x03\x04....a.txt", "a ZIP archive"),
            (b"<?xml version='1.0'?><svg/>", "an SVG drawing"),
            (b"just words", "a file of an unknown kind"),
        ] {
            assert_eq!(recognise(bytes), Err(Refusal::Unsupported(name)));
        }
    }

    #[test]
    fn a_pdf_header_may_stand_a_little_into_the_file() {
        let mut bytes = vec![b' '; 1000];
        bytes.extend_from_slice(b"%PDF-1.7");
        assert_eq!(recognise(&bytes), Ok(Format::Pdf));
        bytes.splice(0..0, [b' '; 100]);
        assert!(recognise(&bytes).is_err());
    }
}
