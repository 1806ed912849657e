//! How large does a stream say that its picture or its rows are?
//!
//! Some ways of coding state their own size, which the picture's dictionary need not repeat
//! truthfully; the decoder reserves memory by it. Deliberately absent: decoding.

use hayro::hayro_syntax::{
    Filter,
    object::{Array, Dict, Stream},
};
use memchr::memmem;

use crate::{Limits, Refusal};

/// Widest row of a packed table or picture, in columns.
pub(crate) const MAX_COLUMNS: u64 = 100_000;

/// Most values in one column.
const MAX_COLORS: u32 = 32;

const BROKEN: Refusal = Refusal::Damaged("a picture inside the PDF is broken");

/// Holds the sizes that a stream states against the limits.
///
/// # Errors
///
/// [`Refusal::TooManyPixels`], or [`Refusal::Damaged`] when a size is missing or impossible.
pub(crate) fn allow(stream: &Stream<'_>, limits: &Limits) -> Result<(), Refusal> {
    let dict = stream.dict();
    let side = |long: &str, short: &str| dict.get::<u32>(long).or_else(|| dict.get::<u32>(short));
    let (width, height) = (side("Width", "W").unwrap_or(0), side("Height", "H").unwrap_or(0));
    if width > 0 && height > 0 {
        limits.allow_pixels(width.into(), height.into())?;
    }
    for parameters in parameters(dict) {
        let columns = parameters.get::<f32>("Columns").unwrap_or(1.0);
        let colors = parameters.get::<f32>("Colors").unwrap_or(1.0);
        #[expect(clippy::cast_precision_loss, reason = "both are small and exact")]
        if columns > MAX_COLUMNS as f32 || colors > MAX_COLORS as f32 {
            return Err(BROKEN);
        }
        let columns = parameters.get::<u32>("Columns").unwrap_or(1728);
        let rows = if height > 0 { height } else { parameters.get::<u32>("Rows").unwrap_or(0) };
        if stream.filters().contains(&Filter::CcittFaxDecode) && columns > 0 && rows > 0 {
            limits.allow_pixels(columns.into(), rows.into())?;
        }
    }
    match stream.filters().last() {
        Some(Filter::JpxDecode) => allow_jpeg_2000(&stream.raw_data(), limits),
        Some(Filter::Jbig2Decode) => allow_jbig2(&stream.raw_data(), height, limits),
        _ => Ok(()),
    }
}

/// The parameters of a stream's packings.
fn parameters<'a>(dict: &Dict<'a>) -> Vec<Dict<'a>> {
    ["DecodeParms", "DP"]
        .into_iter()
        .flat_map(|key| {
            let one = dict.get::<Dict<'a>>(key);
            let many = dict.get::<Array<'a>>(key).map(|array| array.iter::<Dict<'a>>());
            one.into_iter().chain(many.into_iter().flatten())
        })
        .collect()
}

/// A JPEG 2000 picture states its size in its own header (ITU-T T.800, A.5.1).
fn allow_jpeg_2000(data: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let Some(at) = memmem::find(data, &[0xff, 0x4f, 0xff, 0x51]) else { return Ok(()) };
    let number = |index: usize| u64::from(four(data, at + 8 + 4 * index).unwrap_or(0));
    let width = number(0).saturating_sub(number(2));
    let height = number(1).saturating_sub(number(3));
    limits.allow_pixels(width, height)
}

/// A JBIG2 page states its size in a segment of its own (ITU-T T.88, 7.2 and 7.4.8).
fn allow_jbig2(data: &[u8], height: u32, limits: &Limits) -> Result<(), Refusal> {
    const PAGE: u8 = 48;
    let (mut at, mut pages) = (0, 0);
    while let Some((kind, body, length)) = jbig2_segment(data, at) {
        if kind == PAGE {
            let width = four(data, body).ok_or(BROKEN)?;
            // All ones: the height is known only at the end; the dictionary has to say it.
            let own = four(data, body + 4).ok_or(BROKEN)?;
            let height = if own == u32::MAX { height } else { own };
            limits.allow_pixels(width.into(), height.into())?;
            pages += 1;
        }
        if length == u32::MAX {
            break;
        }
        at = body.saturating_add(length as usize);
    }
    if pages == 0 { Err(BROKEN) } else { Ok(()) }
}

/// The kind of the segment that begins here, where its body begins, and the body's length.
fn jbig2_segment(data: &[u8], at: usize) -> Option<(u8, usize, u32)> {
    let number = four(data, at)?;
    let flags = *data.get(at + 4)?;
    let count = *data.get(at + 5)? >> 5;
    let (count, after) = if count == 7 {
        let count = (four(data, at + 5)? & 0x1fff_ffff) as usize;
        (count, at + 9 + (count + 1).div_ceil(8))
    } else {
        (usize::from(count), at + 6)
    };
    let size = match number {
        0..=256 => 1,
        257..=65_536 => 2,
        _ => 4,
    };
    let page = if flags & 0x40 == 0 { 1 } else { 4 };
    let length_at = after.checked_add(count.checked_mul(size)?)?.checked_add(page)?;
    Some((flags & 0x3f, length_at.checked_add(4)?, four(data, length_at)?))
}

fn four(data: &[u8], at: usize) -> Option<u32> {
    let four = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page segment of the given size behind a symbol dictionary of three bytes.
    fn jbig2(width: u32, height: u32) -> Vec<u8> {
        let mut data = vec![0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3, 9, 9, 9];
        data.extend_from_slice(&[0, 0, 0, 1, 48, 0, 1, 0, 0, 0, 19]);
        data.extend_from_slice(&width.to_be_bytes());
        data.extend_from_slice(&height.to_be_bytes());
        data.extend_from_slice(&[0; 11]);
        data
    }

    #[test]
    fn a_jbig2_page_is_measured_by_its_own_segment() {
        let limits = Limits::default();
        assert_eq!(allow_jbig2(&jbig2(2480, 3508), 3508, &limits), Ok(()));
        assert_eq!(allow_jbig2(&jbig2(2480, u32::MAX), 3508, &limits), Ok(()));
        let code = |data: &[u8]| allow_jbig2(data, 10, &limits).map_err(|refusal| refusal.code());
        assert_eq!(code(&jbig2(65_535, 65_535)), Err("too-many-pixels"));
        assert_eq!(code(&jbig2(10, 10)[..20]), Err("damaged"));
        assert_eq!(code(b""), Err("damaged"));
    }

    #[test]
    fn a_jpeg_2000_picture_is_measured_by_its_own_header() {
        let header = |side: u32| {
            let mut data = vec![0xff, 0x4f, 0xff, 0x51, 0, 47, 0, 0];
            for number in [side, side, 0, 0] {
                data.extend_from_slice(&number.to_be_bytes());
            }
            data
        };
        assert_eq!(allow_jpeg_2000(&header(3000), &Limits::default()), Ok(()));
        assert!(allow_jpeg_2000(&header(50_000), &Limits::default()).is_err());
    }
}
