//! Is a WebP whole, and what does it carry beside its picture?
//!
//! Its chunks (RFC 9649, 2) are walked to the end before anything is decoded. Deliberately absent:
//! animation. Only the first picture is shown and leaves.

use std::io::Cursor;

use image::{ImageDecoder, codecs::webp::WebPDecoder};

use crate::{
    Limits, Refusal,
    colour::Profile,
    exif_block,
    pixels::Orientation,
    still::{BROKEN, CUT_SHORT, Coding, Still},
    trace::Traces,
};

/// Walks the chunks of a WebP.
///
/// # Errors
///
/// [`Refusal::Damaged`] when a chunk is cut short, [`Refusal::TooManyPixels`] by what its header says.
pub(crate) fn read(untrusted: &[u8], limits: &Limits) -> Result<Still, Refusal> {
    let mut traces = Traces::default();
    let mut orientation = Orientation::UPRIGHT;
    let (mut is_lossy, mut has_picture, mut frames) = (false, false, 0_usize);
    let length = untrusted.get(4..8).and_then(little).ok_or(CUT_SHORT)?;
    // The length counts from behind itself, and with the word WEBP.
    let (within, behind) =
        length.checked_add(8).and_then(|end| untrusted.split_at_checked(end)).ok_or(CUT_SHORT)?;
    let mut rest = within.get(12..).ok_or(BROKEN)?;
    while !rest.is_empty() {
        let Chunk { name, body, after } = chunk(rest)?;
        rest = after;
        match &name {
            b"VP8 " => (is_lossy, has_picture) = (true, true),
            b"VP8L" => has_picture = true,
            b"ANMF" => {
                frames += 1;
                has_picture = true;
                // A frame holds chunks of its own behind sixteen bytes about its place.
                is_lossy |= memchr::memmem::find(body, b"VP8 ").is_some();
            }
            b"EXIF" => {
                let block = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
                orientation = exif_block::read(block, &mut traces);
            }
            b"XMP " => traces.note_size("xmp", "", body.len()),
            b"ICCP" => traces.note("icc", Profile::read(body).name()),
            b"VP8X" | b"ALPH" | b"ANIM" => {}
            other => {
                traces.note_size("app-data", &String::from_utf8_lossy(other), body.len());
            }
        }
    }
    if !has_picture {
        return Err(Refusal::Damaged("it holds no picture"));
    }
    if frames > 1 {
        traces.note("more-pictures", &format!("WebP {frames}"));
    }
    if behind.iter().any(|byte| *byte != 0) {
        traces.note_size("trailing-data", "", behind.len());
    }
    let (width, height) = WebPDecoder::new(Cursor::new(within)).map_err(|_| BROKEN)?.dimensions();
    limits.allow_pixels(width.into(), height.into())?;
    let copies = traces.take_copies();
    let (traces, coding) = (traces.sorted(), Coding::Webp);
    Ok(Still { width, height, orientation, traces, copies, is_lossy, coding })
}

/// One chunk, and what follows it.
struct Chunk<'a> {
    name: [u8; 4],
    body: &'a [u8],
    after: &'a [u8],
}

/// Splits one chunk off; one of odd length is followed by a blank byte.
fn chunk(rest: &[u8]) -> Result<Chunk<'_>, Refusal> {
    let (&[n1, n2, n3, n4, ref length @ ..], rest) =
        rest.split_first_chunk::<8>().ok_or(CUT_SHORT)?;
    let length = little(length).ok_or(CUT_SHORT)?;
    let (body, rest) = rest.split_at_checked(length).ok_or(CUT_SHORT)?;
    let after = if length % 2 == 1 { rest.get(1..).unwrap_or_default() } else { rest };
    Ok(Chunk { name: [n1, n2, n3, n4], body, after })
}

fn little(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}
