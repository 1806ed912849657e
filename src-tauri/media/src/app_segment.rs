//! What do the application and comment segments of a JPEG carry?
//!
//! Deliberately absent: anything that would be kept. Segments are read to turn the picture, to
//! understand its colours, and to show what is left behind.

use crate::{exif_block, jpeg::Gathered, trace::Traces};

/// Greatest length of a colour profile, in bytes.
const MAX_ICC_BYTES: usize = 4 * 1024 * 1024;

/// Notes one segment; `marker` is the second byte of its marker.
pub(crate) fn note(marker: u8, body: &[u8], gathered: &mut Gathered) {
    let traces = &mut gathered.traces;
    let after = |start: &[u8]| body.strip_prefix(start);
    match marker {
        0xfe => traces.note_bytes("comment", body),
        0xe0 => note_jfif(body, traces),
        0xe1 => {
            if let Some(block) = after(b"Exif\0\0").or_else(|| after(b"Exif\0\xff")) {
                let orientation = exif_block::read(block, traces);
                gathered.orientation.get_or_insert(orientation);
            } else if body.starts_with(b"http://ns.adobe.com/x") {
                traces.note_size("xmp", "", body.len());
            } else {
                note_other(marker, body, traces);
            }
        }
        0xe2 => {
            if let Some(&[number, _, ref part @ ..]) = after(b"ICC_PROFILE\0") {
                gathered.icc.push((number, part.to_vec()));
            } else if body.starts_with(b"MPF\0") {
                traces.note("more-pictures", "MPF");
            } else {
                note_other(marker, body, traces);
            }
        }
        0xed => match after(b"Photoshop 3.0\0") {
            Some(resources) => note_photoshop(resources, traces),
            None => note_other(marker, body, traces),
        },
        0xee if body.starts_with(b"Adobe") => gathered.adobe = true,
        _ => note_other(marker, body, traces),
    }
}

/// JFIF (ITU-T T.871) may carry a small copy of the picture.
fn note_jfif(body: &[u8], traces: &mut Traces) {
    let has_copy = matches!(body, [b'J', b'F', b'I', b'F', 0, _, _, _, _, _, _, _, w, h, ..]
        if *w > 0 && *h > 0);
    if has_copy || body.starts_with(b"JFXX\0") {
        traces.note_size("thumbnail", "JFIF", body.len());
    } else if !body.starts_with(b"JFIF\0") {
        note_other(0xe0, body, traces);
    }
}

/// Photoshop keeps blocks of "8BIM", number, padded name, length, padded content.
fn note_photoshop(mut rest: &[u8], traces: &mut Traces) {
    while let Some(&[n1, n2, name, ref after @ ..]) = rest.strip_prefix(b"8BIM") {
        let name = usize::from(name);
        let name = name + (1 - name % 2);
        let Some(&[l1, l2, l3, l4, ref content @ ..]) = after.get(name..) else { break };
        let length = u32::from_be_bytes([l1, l2, l3, l4]) as usize;
        match u16::from_be_bytes([n1, n2]) {
            0x0404 => traces.note_size("iptc", "", length),
            0x0409 | 0x040c => {
                traces.note_size("thumbnail", "Photoshop", length);
                // The copy stands behind 28 bytes about its size.
                traces.keep_copy(content.get(28..length).unwrap_or_default());
            }
            0x0422 | 0x0423 => traces.note_size("app-data", "Photoshop Exif", length),
            0x0424 => traces.note_size("xmp", "Photoshop", length),
            _ => {}
        }
        let Some(next) = content.get(length.saturating_add(length % 2)..) else { break };
        rest = next;
    }
    traces.note("app-data", "Photoshop");
}

/// A segment of some program: its number and the word that it begins with.
fn note_other(marker: u8, body: &[u8], traces: &mut Traces) {
    let word: String = body
        .iter()
        .take(24)
        .take_while(|byte| byte.is_ascii_graphic())
        .map(|&byte| char::from(byte))
        .collect();
    traces.note_size("app-data", &format!("APP{} {word}", marker & 0x0f), body.len());
}

/// Puts the parts of a colour profile in order and together; nothing when none is there.
pub(crate) fn joined(parts: &mut Vec<(u8, Vec<u8>)>) -> Option<Vec<u8>> {
    parts.sort_by_key(|(number, _)| *number);
    let total: usize = parts.iter().map(|(_, part)| part.len()).sum();
    if total == 0 || total > MAX_ICC_BYTES {
        return None;
    }
    Some(parts.drain(..).flat_map(|(_, part)| part).collect())
}
