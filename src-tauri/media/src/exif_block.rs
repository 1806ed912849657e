//! What does an EXIF block say about the camera, the place and the person?
//!
//! Read for two things only: how to turn the picture, and what to show as traces. Deliberately
//! absent: writing. No EXIF block ever leaves.

use exif::{Exif, Field, In, Rational, Reader, Tag, Value};

use crate::{pixels::Orientation, trace::Traces};

/// Fields that show who or what made the picture, with the kind of their trace.
const TEXT_FIELDS: &[(Tag, &str)] = &[
    (Tag::Make, "camera"),
    (Tag::Model, "camera"),
    (Tag::LensMake, "camera"),
    (Tag::LensModel, "camera"),
    (Tag::BodySerialNumber, "serial"),
    (Tag::LensSerialNumber, "serial"),
    (Tag::ImageUniqueID, "serial"),
    (Tag::Artist, "owner"),
    (Tag::CameraOwnerName, "owner"),
    (Tag::Copyright, "owner"),
    (Tag::Software, "software"),
    (Tag::DateTimeOriginal, "taken"),
    (Tag::DateTimeDigitized, "taken"),
    (Tag::DateTime, "taken"),
    (Tag::ImageDescription, "comment"),
];

/// Fields that the reader knows by number only: `HostComputer` and the `XP…` fields of Windows,
/// whose text is UTF-16.
const NUMBERED_FIELDS: &[(u16, &str)] = &[
    (0x013c, "software"),
    (0x000b, "software"),
    (0xa431, "serial"),
    (0x9c9b, "comment"),
    (0x9c9c, "comment"),
    (0x9c9d, "owner"),
    (0x9c9e, "comment"),
    (0x9c9f, "comment"),
];

/// Reads a block (without the `Exif\0\0` in front), notes its traces and returns the orientation.
/// A block that cannot be read turns nothing and is noted with its length.
pub(crate) fn read(untrusted: &[u8], traces: &mut Traces) -> Orientation {
    let Some(exif) = parsed(untrusted, traces) else { return Orientation::UPRIGHT };
    note_thumbnail(&exif, traces);
    let value = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|f| f.value.get_uint(0));
    Orientation::of(value.unwrap_or(1))
}

/// Notes the traces of a whole TIFF, which is built like a block; its second directory is a page, and
/// no thumbnail.
pub(crate) fn read_tiff(untrusted: &[u8], traces: &mut Traces) {
    parsed(untrusted, traces);
}

fn parsed(untrusted: &[u8], traces: &mut Traces) -> Option<Exif> {
    let read = Reader::new()
        .continue_on_error(true)
        .read_raw(untrusted.to_vec())
        .or_else(|error| error.distill_partial_result(|_| {}));
    let Ok(exif) = read else {
        traces.note_size("app-data", "Exif", untrusted.len());
        return None;
    };
    for field in exif.fields().filter(|field| field.ifd_num == In::PRIMARY) {
        note_field(field, traces);
    }
    if let Some(place) = place(&exif) {
        traces.note("gps", &place);
    }
    Some(exif)
}

fn note_field(field: &Field, traces: &mut Traces) {
    if let Some((_, kind)) = TEXT_FIELDS.iter().find(|(tag, _)| *tag == field.tag) {
        if let Value::Ascii(parts) = &field.value {
            let text = parts.join(&b' ');
            if !text.trim_ascii().is_empty() {
                traces.note_bytes(kind, &text);
            }
        }
        return;
    }
    match field.tag {
        Tag::MakerNote => {
            if let Value::Undefined(bytes, _) = &field.value {
                traces.note_size("camera", "MakerNote", bytes.len());
            }
        }
        Tag::UserComment => {
            if let Value::Undefined(bytes, _) = &field.value {
                // Eight bytes name the character code (Exif 2.3, 4.6.5).
                let text = bytes.get(8..).unwrap_or_default();
                if text.iter().any(|byte| !matches!(byte, 0 | b' ')) {
                    traces.note_bytes("comment", text);
                }
            }
        }
        tag => {
            if let Some((_, kind)) = NUMBERED_FIELDS.iter().find(|(n, _)| *n == tag.number()) {
                note_numbered(field, kind, traces);
            }
        }
    }
}

fn note_numbered(field: &Field, kind: &'static str, traces: &mut Traces) {
    match &field.value {
        Value::Ascii(parts) => traces.note_bytes(kind, &parts.join(&b' ')),
        Value::Byte(bytes) => {
            let units: Vec<u16> =
                bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            traces.note(kind, &String::from_utf16_lossy(&units));
        }
        _ => {}
    }
}

/// The place, as degrees with five decimals (about a metre), with its accuracy and the height where
/// they are known.
fn place(exif: &Exif) -> Option<String> {
    let degrees = |tag: Tag, sign: Tag, negative: u8| {
        let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
        let part = |index: usize| {
            parts.get(index).filter(|part| part.denom != 0).map_or(0.0, Rational::to_f64)
        };
        let value = part(0) + part(1) / 60.0 + part(2) / 3600.0;
        let is_negative = exif.get_field(sign, In::PRIMARY).is_some_and(|field| {
            matches!(&field.value, Value::Ascii(text) if text.first().is_some_and(|t| t.first() == Some(&negative)))
        });
        Some(if is_negative { -value } else { value })
    };
    let latitude = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S');
    let longitude = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W');
    let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
        let gps = exif.fields().find(|field| field.tag.context() == exif::Context::Gps)?;
        return (gps.tag != Tag::GPSVersionID).then(|| "GPS".to_owned());
    };
    let metres = |tag: Tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Rational(parts) => Some(parts.first().filter(|one| one.denom != 0)?.to_f64()),
        _ => None,
    };
    let accuracy = metres(Tag::GPSHPositioningError).map(|by| format!(" ± {by:.0} m"));
    let height = metres(Tag::GPSAltitude).map(|height| format!(", {height:.0} m"));
    let (accuracy, height) = (accuracy.unwrap_or_default(), height.unwrap_or_default());
    Some(format!("{latitude:.5}, {longitude:.5}{accuracy}{height}"))
}

fn note_thumbnail(exif: &Exif, traces: &mut Traces) {
    let length = exif.get_field(Tag::JPEGInterchangeFormatLength, In::THUMBNAIL);
    if let Some(length) = length.and_then(|field| field.value.get_uint(0)) {
        traces.note_size("thumbnail", "Exif", length as usize);
        let at = exif.get_field(Tag::JPEGInterchangeFormat, In::THUMBNAIL);
        let at = at.and_then(|field| field.value.get_uint(0)).map(|at| at as usize);
        let copy = at.and_then(|at| exif.buf().get(at..at.checked_add(length as usize)?));
        if let Some(copy) = copy {
            traces.keep_copy(copy);
        }
    } else if exif.fields().any(|field| field.ifd_num == In::THUMBNAIL) {
        traces.note("thumbnail", "Exif");
    }
}
