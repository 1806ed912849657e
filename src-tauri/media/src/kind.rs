//! What is a file, by its first bytes?
//!
//! A name or an ending is never looked at: people rename files. What is not taken is named where
//! it can be, so that the refusal helps. Deliberately absent: a judgement of whether it is whole.

use lanthan_core::exhibit::Format;

use crate::Refusal;

/// How far into the file a PDF header may stand (ISO 32000-1, annex H.3.4.1).
const PDF_HEADER_WITHIN: usize = 1024;

/// The first bytes of the pictures that are taken.
const MAGIC: &[(Format, &[u8])] = &[
    (Format::Jpeg, b"\xff\xd8"),
    (Format::Png, b"\x89PNG\r\n\x1a\n"),
    (Format::Tiff, b"II*\0"),
    (Format::Tiff, b"MM\0*"),
    (Format::Gif, b"GIF87a"),
    (Format::Gif, b"GIF89a"),
];

const HEIC: &str = "a HEIC picture";
const AVIF: &str = "an AVIF picture";

/// Names the format, or refuses the file.
pub(crate) fn recognise(untrusted: &[u8]) -> Result<Format, Refusal> {
    if let Some(name) = raw(untrusted) {
        return Err(Refusal::Unsupported(name));
    }
    for (format, magic) in MAGIC {
        if untrusted.starts_with(magic) {
            return Ok(*format);
        }
    }
    if untrusted.starts_with(b"RIFF") && untrusted.get(8..12) == Some(b"WEBP") {
        return Ok(Format::Webp);
    }
    // The two reserved fields of a bitmap are blank, and its header's length is a small number.
    if untrusted.starts_with(b"BM")
        && untrusted.get(6..10) == Some(&[0; 4])
        && untrusted.get(15..18) == Some(&[0; 3])
    {
        return Ok(Format::Bmp);
    }
    let head = &untrusted[..untrusted.len().min(PDF_HEADER_WITHIN)];
    if memchr::memmem::find(head, b"%PDF-").is_some() {
        return Ok(Format::Pdf);
    }
    Err(match other(untrusted) {
        Some(name @ (HEIC | AVIF)) => Refusal::NeedsExport(name),
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
    let magic = MAGIC.iter().map(|(_, magic)| *magic);
    magic.chain([&b"%PDF-"[..], b"BM"]).any(|magic| magic.starts_with(untrusted))
        || (untrusted.len() < 12 && b"RIFF".iter().zip(untrusted).all(|(a, b)| a == b))
        || (untrusted.len() < 18 && untrusted.starts_with(b"BM"))
}

/// The name of what begins like a picture that is taken, and is none.
fn raw(untrusted: &[u8]) -> Option<&'static str> {
    let is_tiff = untrusted.starts_with(b"II*\0") || untrusted.starts_with(b"MM\0*");
    (is_tiff && untrusted.get(8..10) == Some(b"CR")).then_some("a raw camera picture")
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
            b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" => HEIC,
            b"avif" | b"avis" => AVIF,
            b"qt  " => "a film",
            b"crx " => "a raw camera picture",
            _ => "a film or sound",
        }
    } else if starts(b"II+\0") || starts(b"MM\0+") {
        "a BigTIFF picture"
    } else if starts(b"IIRO") || starts(b"IIRS") || starts(b"IIU\0") || starts(b"FUJIFILMCCD-RAW") {
        "a raw camera picture"
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
            (&b"II+\0\x08\0\0\0"[..], "a BigTIFF picture"),
            (b"II*\0\x10\0\0\0CR\x02\0", "a raw camera picture"),
            (b"RIFF\x10\0\0\0WAVEfmt ", "a file of an unknown kind"),
            (b"BMW is no bitmap of any kind", "a file of an unknown kind"),
            (b"PK\x03\x04....word/document.xml", "a Word document"),
            (b"PK\x03\x04....a.txt", "a ZIP archive"),
            (b"<?xml version='1.0'?><svg/>", "an SVG drawing"),
            (b"just words", "a file of an unknown kind"),
        ] {
            assert_eq!(recognise(bytes), Err(Refusal::Unsupported(name)));
        }
    }

    #[test]
    fn pictures_of_telephones_are_to_be_exported() {
        for (brand, name) in [(b"heic", HEIC), (b"mif1", HEIC), (b"avif", AVIF)] {
            let bytes = [b"\0\0\0\x18ftyp", &brand[..], b"\0\0\0\0"].concat();
            assert_eq!(recognise(&bytes), Err(Refusal::NeedsExport(name)));
        }
    }

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        for (bytes, format) in [
            (&b"II*\0\x08\0\0\0\0\0"[..], Format::Tiff),
            (b"MM\0*\0\0\0\x08\0\0", Format::Tiff),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Format::Webp),
            (b"GIF89a\x01\0\x01\0", Format::Gif),
            (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Format::Bmp),
        ] {
            assert_eq!(recognise(bytes), Ok(format));
        }
        for bytes in [&b"II"[..], b"GIF8", b"RIFF", b"B"] {
            assert_eq!(recognise(bytes).map_err(|refusal| refusal.code()), Err("damaged"));
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
