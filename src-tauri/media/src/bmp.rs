//! Is a bitmap of Windows whole, and what does it carry beside its picture?
//!
//! Deliberately absent: bitmaps of OS/2 with their own ways of packing.

use std::io::Cursor;

use image::{ImageDecoder, codecs::bmp::BmpDecoder};

use crate::{
    Limits, Refusal,
    pixels::Orientation,
    still::{BROKEN, CUT_SHORT, Coding, Still},
    trace::Traces,
};

/// The length of the file's header, in bytes.
const FILE_HEADER: usize = 14;
/// Pixels are packed by run lengths.
const PACKED: [u32; 2] = [1, 2];
/// The header that can carry a colour profile is this long, in bytes.
const WITH_PROFILE: u32 = 124;

/// Reads the headers of a bitmap.
///
/// # Errors
///
/// [`Refusal::Damaged`] when its pixels are cut short, [`Refusal::TooManyPixels`] by what its header
/// says.
pub(crate) fn read(untrusted: &[u8], limits: &Limits) -> Result<Still, Refusal> {
    let mut traces = Traces::default();
    let (width, height) = BmpDecoder::new(Cursor::new(untrusted)).map_err(|_| BROKEN)?.dimensions();
    limits.allow_pixels(width.into(), height.into())?;
    let long = |at: usize| {
        let bytes = untrusted.get(at..at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let header = long(FILE_HEADER).ok_or(CUT_SHORT)?;
    let from = long(10).ok_or(CUT_SHORT)? as usize;
    let (bits_at, is_old) = if header == 12 { (24, true) } else { (28, false) };
    let bits = untrusted.get(bits_at).copied().ok_or(CUT_SHORT)?;
    let packing = if is_old { 0 } else { long(30).ok_or(CUT_SHORT)? };
    let stored = if PACKED.contains(&packing) {
        long(34).ok_or(CUT_SHORT)? as usize
    } else {
        let row = (u64::from(width) * u64::from(bits)).div_ceil(32) * 4;
        usize::try_from(row * u64::from(height)).map_err(|_| BROKEN)?
    };
    let mut end = from.checked_add(stored).ok_or(BROKEN)?;
    if untrusted.len() < end {
        return Err(CUT_SHORT);
    }
    if header == WITH_PROFILE
        && let (Some(at), Some(size)) = (long(FILE_HEADER + 112), long(FILE_HEADER + 116))
        && size > 0
    {
        traces.note_size("icc", "BMP", size as usize);
        end = end.max((FILE_HEADER + at as usize).saturating_add(size as usize));
    }
    let behind = untrusted.get(end..).unwrap_or_default();
    if behind.iter().any(|byte| *byte != 0) {
        traces.note_size("trailing-data", "", behind.len());
    }
    let (orientation, traces) = (Orientation::UPRIGHT, traces.sorted());
    let copies = Vec::new();
    Ok(Still { width, height, orientation, traces, copies, is_lossy: false, coding: Coding::Bmp })
}
