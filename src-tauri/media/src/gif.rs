//! Is a GIF whole, and what does it carry beside its picture?
//!
//! Its blocks (`GIF89a` specification) are walked to the trailer before anything is decoded.
//! Deliberately absent: animation. Only the first picture is shown and leaves.

use crate::{
    Limits, Refusal,
    pixels::Orientation,
    still::{BROKEN, CUT_SHORT, Coding, Still},
    trace::Traces,
};

/// Walks the blocks of a GIF.
///
/// # Errors
///
/// [`Refusal::Damaged`] when it does not reach its trailer, [`Refusal::TooManyPixels`] by what its
/// header says.
pub(crate) fn read(untrusted: &[u8], limits: &Limits) -> Result<Still, Refusal> {
    let mut traces = Traces::default();
    let mut bytes = Bytes(untrusted.get(6..).ok_or(CUT_SHORT)?);
    let &[w1, w2, h1, h2, flags, _, _] = bytes.take::<7>()?;
    let width = u32::from(u16::from_le_bytes([w1, w2]));
    let height = u32::from(u16::from_le_bytes([h1, h2]));
    limits.allow_pixels(width.into(), height.into())?;
    bytes.skip(colours(flags))?;
    let mut pictures = 0_usize;
    loop {
        match bytes.take::<1>()? {
            [0x3b] => break,
            [0x2c] => {
                pictures += 1;
                let [.., flags] = bytes.take::<9>()?;
                bytes.skip(colours(*flags))?;
                // How many bits a code has at first.
                bytes.take::<1>()?;
                bytes.blocks()?;
            }
            [0x21] => {
                let [label] = *bytes.take::<1>()?;
                note(label, &bytes.blocks()?, &mut traces);
            }
            _ => return Err(BROKEN),
        }
    }
    if pictures == 0 {
        return Err(Refusal::Damaged("it holds no picture"));
    }
    if pictures > 1 {
        traces.note("more-pictures", &format!("GIF {pictures}"));
    }
    if bytes.0.iter().any(|byte| *byte != 0) {
        traces.note_size("trailing-data", "", bytes.0.len());
    }
    let (orientation, traces) = (Orientation::UPRIGHT, traces.sorted());
    let copies = Vec::new();
    Ok(Still { width, height, orientation, traces, copies, is_lossy: false, coding: Coding::Gif })
}

/// The length of a table of colours.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn note(label: u8, body: &[u8], traces: &mut Traces) {
    match label {
        0xfe => traces.note_bytes("comment", body),
        0x01 => traces.note_bytes("comment", body.get(12..).unwrap_or_default()),
        0xff => match body.split_at_checked(11) {
            // How often the pictures are shown says nothing.
            Some((b"NETSCAPE2.0" | b"ANIMEXTS1.0", _)) => {}
            Some((b"XMP DataXMP", xmp)) => traces.note_size("xmp", "", xmp.len()),
            Some((b"ICCRGBG1012", _)) => traces.note("icc", "GIF"),
            Some((name, data)) => {
                traces.note_size("app-data", &String::from_utf8_lossy(name), data.len());
            }
            None => traces.note_size("app-data", "GIF", body.len()),
        },
        0xf9 => {}
        other => traces.note_size("app-data", &format!("GIF {other:#04x}"), body.len()),
    }
}

/// What is still to be walked.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Result<&'a [u8; N], Refusal> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(CUT_SHORT)?;
        self.0 = rest;
        Ok(taken)
    }

    fn skip(&mut self, length: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(CUT_SHORT)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The content of the blocks up to the blank one.
    fn blocks(&mut self) -> Result<Vec<u8>, Refusal> {
        let mut content = Vec::new();
        loop {
            let [length] = *self.take::<1>()?;
            if length == 0 {
                return Ok(content);
            }
            content.extend_from_slice(self.skip(usize::from(length))?);
        }
    }
}
