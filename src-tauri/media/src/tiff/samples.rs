//! How do the samples of a TIFF page become RGB?
//!
//! One to sixteen bits for each sample; grey, palette, RGB and inks. Deliberately absent: strips that
//! are coded as JPEG (strip), floating point, colours in separate planes, Lab.

use std::io::Cursor;

use tiff::{
    ColorType,
    decoder::{Decoder, DecodingResult},
    tags::{ByteOrder, Tag},
};

use super::{Reading, number, refused};
use crate::{
    Refusal,
    colour::{self, Profile},
    pixels::Pixels,
    still::{BROKEN, blended},
};

/// An alpha with which the colours were multiplied (TIFF 6.0, `ExtraSamples`).
const MULTIPLIED: u16 = 1;

/// `PhotometricInterpretation`: the samples are places in a palette.
const PALETTE: u16 = 3;

/// Grey and how much of it shows.
const GREY_WITH_ALPHA: ColorType = ColorType::Multiband { bit_depth: 8, num_samples: 2 };

pub(super) const RARE: Refusal = Refusal::Unsupported("a TIFF of unusual colours");

/// Refuses a page whose samples cannot become RGB, before anything of it is decoded.
///
/// # Errors
///
/// [`Refusal::Unsupported`].
pub(super) fn allow(decoder: &mut Reading<'_>) -> Result<(), Refusal> {
    let separate = number(decoder, Tag::PlanarConfiguration)? == Some(2);
    if separate && number(decoder, Tag::SamplesPerPixel)?.unwrap_or(1) > 1 {
        return Err(Refusal::Unsupported("a TIFF with its colours in separate planes"));
    }
    let formats: Option<Vec<u16>> =
        decoder.find_tag_unsigned_vec(Tag::SampleFormat).map_err(refused)?;
    if formats.is_some_and(|formats| formats.iter().any(|format| *format != 1)) {
        return Err(RARE);
    }
    if number(decoder, Tag::FillOrder)? == Some(2) {
        return Err(Refusal::Unsupported("a TIFF whose bits stand in reverse order"));
    }
    match kind(decoder)? {
        ColorType::Gray(1 | 2 | 4 | 8 | 16)
        | ColorType::Palette(1 | 2 | 4 | 8)
        | ColorType::RGB(8 | 16)
        | ColorType::RGBA(8 | 16)
        | ColorType::CMYK(8 | 16) => Ok(()),
        GREY_WITH_ALPHA if number(decoder, Tag::PhotometricInterpretation)? == Some(1) => Ok(()),
        _ => Err(RARE),
    }
}

/// Decodes the page that the decoder stands at.
///
/// # Errors
///
/// [`Refusal::Damaged`] when data is missing or broken.
pub(super) fn pixels(decoder: &mut Reading<'_>) -> Result<Pixels, Refusal> {
    let (width, height) = decoder.dimensions().map_err(refused)?;
    let kind = kind(decoder)?;
    let icc = decoder.get_tag_u8_vec(Tag::IccProfile).ok();
    let profile = icc.map(|icc| Profile::read(&icc));
    let read = if let ColorType::Palette(_) = kind {
        places(decoder)?
    } else {
        decoder.read_image().map_err(refused)?
    };
    let samples = match read {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(eight_bits).collect(),
        _ => return Err(RARE),
    };
    let count = width as usize * height as usize;
    let rgb = match kind {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let scale = 255 / ((1_u16 << bits) - 1);
            let grey = |value: u8| u8::try_from(u16::from(value) * scale).unwrap_or(255);
            unpacked(&samples, width, bits).flat_map(|value| [grey(value); 3]).collect()
        }
        ColorType::Gray(_) => samples.into_iter().flat_map(|value| [value; 3]).collect(),
        GREY_WITH_ALPHA => blended(
            &samples.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect::<Vec<_>>(),
        ),
        ColorType::Palette(bits) => palette(decoder, unpacked(&samples, width, bits), bits)?,
        ColorType::RGB(_) => samples,
        ColorType::RGBA(_) if is_multiplied(decoder)? => {
            let on_white = |p: &[u8]| [0, 1, 2].map(|at| p[at].saturating_add(255 - p[3]));
            samples.chunks_exact(4).flat_map(on_white).collect()
        }
        ColorType::RGBA(_) => blended(&samples),
        ColorType::CMYK(_) => profile
            .as_ref()
            .and_then(|profile| profile.inks_to_rgb(&samples, false))
            .unwrap_or_else(|| colour::plain_inks_to_rgb(&samples, 255)),
        _ => return Err(RARE),
    };
    if rgb.len() != 3 * count {
        return Err(BROKEN);
    }
    let mut pixels = Pixels { width, height, rgb };
    if let Some(profile) =
        profile.filter(|_| matches!(kind, ColorType::RGB(_) | ColorType::RGBA(_)))
    {
        profile.to_srgb(&mut pixels);
    }
    Ok(pixels)
}

/// What the samples are; the decoder does not know palettes.
fn kind(decoder: &mut Reading<'_>) -> Result<ColorType, Refusal> {
    if number(decoder, Tag::PhotometricInterpretation)? != Some(PALETTE) {
        return decoder.colortype().map_err(refused);
    }
    match number(decoder, Tag::BitsPerSample)?.unwrap_or(1).try_into() {
        Ok(bits) if number(decoder, Tag::SamplesPerPixel)?.unwrap_or(1) == 1 => {
            Ok(ColorType::Palette(bits))
        }
        _ => Err(RARE),
    }
}

fn eight_bits(sample: u16) -> u8 {
    u8::try_from((u32::from(sample) + 128) / 257).unwrap_or(255)
}

/// The samples of rows that each begin at a whole byte, `bits` to a sample.
fn unpacked(samples: &[u8], width: u32, bits: u8) -> impl Iterator<Item = u8> {
    let width = width as usize;
    let row = (width * usize::from(bits)).div_ceil(8);
    samples.chunks_exact(row.max(1)).flat_map(move |row| {
        (0..width).map(move |at| {
            let first = at * usize::from(bits);
            let down = 8 - usize::from(bits) - first % 8;
            row[first / 8] >> down & (u8::MAX >> (8 - bits))
        })
    })
}

/// The places in the palette. The decoder reads no palettes, so it is given a copy of the file whose
/// directory says that the places are shades of grey.
fn places(decoder: &mut Reading<'_>) -> Result<DecodingResult, Refusal> {
    let at = decoder.ifd_pointer().and_then(|pointer| usize::try_from(pointer.0).ok());
    let is_little = decoder.byte_order() == ByteOrder::LittleEndian;
    let number = |two: [u8; 2]| {
        if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }
    };
    let mut copy = decoder.inner().get_ref().to_vec();
    let directory = at.and_then(|at| copy.get_mut(at..)).ok_or(BROKEN)?;
    let (&mut count, entries) = directory.split_first_chunk_mut().ok_or(BROKEN)?;
    let entries = entries.as_chunks_mut::<12>().0.iter_mut().take(usize::from(number(count)));
    for entry in entries {
        if number([entry[0], entry[1]]) == Tag::PhotometricInterpretation.to_u16() {
            let grey = if is_little { [1, 0] } else { [0, 1] };
            entry[8..10].copy_from_slice(&grey);
        }
    }
    let mut decoder = Decoder::new(Cursor::new(&copy[..])).map_err(refused)?;
    while decoder.ifd_pointer().map(|pointer| pointer.0) != at.map(|at| at as u64) {
        decoder.next_image().map_err(refused)?;
    }
    decoder.read_image().map_err(refused)
}

/// The colours of a palette: first all reds, then all greens, then all blues, of sixteen bits.
fn palette(
    decoder: &mut Reading<'_>,
    places: impl Iterator<Item = u8>,
    bits: u8,
) -> Result<Vec<u8>, Refusal> {
    let map = decoder.get_tag_u16_vec(Tag::ColorMap).map_err(refused)?;
    let colours = 1_usize << bits;
    if map.len() < 3 * colours {
        return Err(BROKEN);
    }
    // Old programs wrote eight bits where sixteen belong.
    let is_old = map.iter().all(|value| *value < 256);
    let value =
        |value: u16| if is_old { u8::try_from(value).unwrap_or(255) } else { eight_bits(value) };
    let rgb = |place: u8| [0, 1, 2].map(|plane| value(map[plane * colours + usize::from(place)]));
    Ok(places.flat_map(rgb).collect())
}

fn is_multiplied(decoder: &mut Reading<'_>) -> Result<bool, Refusal> {
    let extra: Option<Vec<u16>> =
        decoder.find_tag_unsigned_vec(Tag::ExtraSamples).map_err(refused)?;
    Ok(extra.is_some_and(|extra| extra.first() == Some(&MULTIPLIED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_taken_from_the_high_bits_first_and_rows_begin_anew() {
        let of = |samples: &[u8], width, bits| unpacked(samples, width, bits).collect::<Vec<_>>();
        assert_eq!(of(&[0b1010_0000, 0b0100_0000], 3, 1), [1, 0, 1, 0, 1, 0]);
        assert_eq!(of(&[0b0001_1011], 4, 2), [0, 1, 2, 3]);
        assert_eq!(of(&[0x1f, 0xe0], 3, 4), [1, 15, 14]);
        assert_eq!(of(&[7, 9], 1, 8), [7, 9]);
    }

    #[test]
    fn sixteen_bits_are_rounded() {
        assert_eq!([0, 128, 129, 32_896, 65_535].map(eight_bits), [0, 0, 1, 128, 255]);
    }
}
