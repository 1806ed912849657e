//! Is a video whole, and what does its index tell about where, when and with what it was made?
//!
//! Only the index is read, wherever in the file it stands; pictures and sound are neither decoded nor
//! searched. Deliberately absent: a proof that each picture can be shown.

use lanthan_core::exhibit::Format;

use super::{
    Source, UNREADABLE,
    boxes::{self, Part},
    moov,
};
use crate::{Probe, Refusal, trace::Traces};

/// The box in which editing programs keep their data (XMP part 3, 1.2.7.1).
const XMP: [u8; 16] = [
    0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac,
];

/// Boxes that a video consists of and that say nothing of their own.
const PLAIN: &[&[u8; 4]] = &[
    b"ftyp", b"styp", b"mdat", b"moov", b"moof", b"mfra", b"sidx", b"ssix", b"prft", b"wide",
    b"pdin",
];

/// Looks at a video.
///
/// # Errors
///
/// [`Refusal`] when its index is missing or its boxes do not fit.
pub(super) fn probe(untrusted: &mut dyn Source) -> Result<Probe, Refusal> {
    let end = untrusted.seek(std::io::SeekFrom::End(0)).map_err(|_| UNREADABLE)?;
    let parts = boxes::list(untrusted, 0, end, true)?;
    let named = |name: &[u8; 4]| parts.iter().copied().find(|part| part.name == *name);
    let Some(index) = named(b"moov") else {
        return Err(Refusal::Damaged(
            "the index of the video is missing, as after a recording that broke off",
        ));
    };
    if named(b"mdat").is_none() {
        return Err(boxes::CUT_SHORT);
    }
    let mut traces = Traces::default();
    let streams = moov::read(untrusted, index, &mut traces)?;
    if streams.pictures == 0 {
        return Err(Refusal::Unsupported(if streams.sounds > 0 {
            "a sound"
        } else {
            "a file of an unknown kind"
        }));
    }
    for part in &parts {
        note(untrusted, *part, &mut traces)?;
    }
    let format = match named(b"ftyp") {
        Some(brand) if boxes::body(untrusted, brand, 4)? != b"qt  " => Format::Mp4,
        _ => Format::Mov,
    };
    Ok(Probe { format, pages: Vec::new(), traces: traces.sorted(), buried: Vec::new() })
}

/// Notes a box that has no place in the showing of the video.
fn note(source: &mut dyn Source, part: Part, traces: &mut Traces) -> Result<(), Refusal> {
    let length = usize::try_from(part.end - part.begin).unwrap_or(usize::MAX);
    if PLAIN.contains(&&part.name) {
        return Ok(());
    }
    if part.name == *b"uuid" && boxes::body(source, part, 16)? == XMP {
        traces.note_size("xmp", "", length);
        return Ok(());
    }
    if matches!(&part.name, b"free" | b"skip") {
        // Room that was left: worth a word only when something stands in it.
        if boxes::body(source, part, 4096)?.iter().any(|byte| *byte != 0) {
            traces.note_size("app-data", "free", length);
        }
        return Ok(());
    }
    traces.note_size("app-data", &String::from_utf8_lossy(&part.name), length);
    Ok(())
}
