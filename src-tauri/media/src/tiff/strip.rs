//! How do the strips or tiles of a TIFF that are coded as JPEG become pixels?
//!
//! Each is a JPEG of its own, but for the tables that all of them share (TIFF Technical Note 2). They
//! go through the same reader as a photograph, which refuses what is cut short. Deliberately absent:
//! the old way of TIFF 6.0 (compression 6), inks.

use tiff::tags::Tag;

use super::{Reading, number, refused, samples::RARE, strips};
use crate::{
    Limits, Refusal, jpeg,
    pixels::Pixels,
    still::{BROKEN, CUT_SHORT},
};

/// `PhotometricInterpretation`: black is zero; red, green and blue; brightness and two colours.
const COLOURS: [u16; 3] = [1, RGB, 6];
const RGB: u16 = 2;

/// Adobe's segment, but for its last byte, which says how the colours are stored.
const ADOBE: [u8; 15] = *b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0";

/// Refuses a page whose colours are not read.
///
/// # Errors
///
/// [`Refusal::Unsupported`].
pub(super) fn allow(decoder: &mut Reading<'_>) -> Result<(), Refusal> {
    let samples = number(decoder, Tag::SamplesPerPixel)?.unwrap_or(1);
    let colours = number(decoder, Tag::PhotometricInterpretation)?.unwrap_or(0);
    let separate = samples > 1 && number(decoder, Tag::PlanarConfiguration)? == Some(2);
    if COLOURS.contains(&colours) && matches!(samples, 1 | 3) && !separate {
        Ok(())
    } else {
        Err(RARE)
    }
}

/// Decodes the page that the decoder stands at.
///
/// # Errors
///
/// [`Refusal::Damaged`] when data is missing or broken.
pub(super) fn pixels(
    decoder: &mut Reading<'_>,
    untrusted: &[u8],
    limits: &Limits,
) -> Result<Pixels, Refusal> {
    let (width, height) = decoder.dimensions().map_err(refused)?;
    let (across, down) = decoder.chunk_dimensions();
    if across == 0 || down == 0 {
        return Err(BROKEN);
    }
    let colours = number(decoder, Tag::PhotometricInterpretation)?;
    let tables = decoder.find_tag(Tag::JPEGTables).map_err(refused)?;
    let tables = tables.map(|value| value.into_u8_vec().map_err(refused)).transpose()?;
    let tables = tables.as_deref().map_or(Ok(&[][..]), inner)?;
    let mut page = Pixels { width, height, rgb: vec![0; 3 * width as usize * height as usize] };
    let columns = width.div_ceil(across);
    let parts = strips(decoder, untrusted)?;
    if parts.len() as u64 != u64::from(columns) * u64::from(height.div_ceil(down)) {
        return Err(BROKEN);
    }
    for (number, strip) in (0_u32..).zip(parts) {
        let transform = [u8::from(colours != Some(RGB))];
        let strip = strip.strip_prefix(&[0xff, 0xd8]).ok_or(BROKEN)?;
        let whole = [&[0xff, 0xd8], &ADOBE[..], &transform, tables, strip].concat();
        let read = jpeg::read(&whole, limits)?;
        let part = read.decode(&whole, 1)?;
        let (left, top) = (number % columns * across, number / columns * down);
        let (wide, high) = (across.min(width - left), down.min(height - top));
        if part.width < wide || part.width > across || part.height < high {
            return Err(CUT_SHORT);
        }
        page.place(&part, [left, top, left + wide, top + high]);
    }
    Ok(page)
}

/// The tables without the markers around them.
fn inner(tables: &[u8]) -> Result<&[u8], Refusal> {
    let inner = tables.strip_prefix(&[0xff, 0xd8]).ok_or(BROKEN)?;
    inner.strip_suffix(&[0xff, 0xd9]).ok_or(BROKEN)
}
