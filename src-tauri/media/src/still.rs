//! What is a picture that is decoded as a whole, and how does any of them become pixels?
//!
//! Everything but JPEG, which has a way of its own because it can be shrunk while decoding.
//! Deliberately absent: what the parts of each format say (png, webp, gif, bmp, tiff).

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder,
    codecs::{bmp::BmpDecoder, gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
};
use lanthan_core::clean::Trace;

use crate::{
    Limits, Refusal,
    colour::Profile,
    pixels::{Orientation, Pixels},
    tiff,
};

/// How far the smoothing of a coder with loss reaches over the edge of a block, in pixels: six for
/// the filter of WebP (RFC 6386, 15), and some more.
const REACH_PX: u32 = 8;

/// What the parts of a picture say.
#[derive(Debug)]
pub(crate) struct Still {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) orientation: Orientation,
    /// What it carries beside its pixels.
    pub(crate) traces: Vec<Trace>,
    /// Small copies of the picture, coded as JPEG.
    pub(crate) copies: Vec<Vec<u8>>,
    /// True when what lies under a mask may have left its marks beside it.
    pub(crate) is_lossy: bool,
    pub(crate) coding: Coding,
}

/// How a picture is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Png,
    Webp,
    Gif,
    Bmp,
    Tiff {
        /// The picture's place in the file, from 0.
        at: usize,
    },
}

pub(crate) const BROKEN: Refusal = Refusal::Damaged("the picture's data is broken");
pub(crate) const CUT_SHORT: Refusal = Refusal::Damaged("the picture is cut short");

impl Still {
    /// The side of the squares that are coded together, and how far beyond them marks may reach, in
    /// stored pixels.
    pub(crate) fn block(&self) -> ((u32, u32), u32) {
        if self.is_lossy { ((16, 16), REACH_PX) } else { ((1, 1), 0) }
    }

    /// Decodes all of it, transparent parts on white.
    ///
    /// # Errors
    ///
    /// [`Refusal::Damaged`] when data is missing or broken.
    pub(crate) fn decode(&self, untrusted: &[u8], limits: &Limits) -> Result<Pixels, Refusal> {
        let source = Cursor::new(untrusted);
        match self.coding {
            Coding::Png => {
                let decoder = PngDecoder::with_limits(source, bounds(limits));
                self.whole(decoder.map_err(|_| BROKEN)?, limits)
            }
            Coding::Webp => self.whole(WebPDecoder::new(source).map_err(|_| BROKEN)?, limits),
            Coding::Gif => self.whole(GifDecoder::new(source).map_err(|_| BROKEN)?, limits),
            Coding::Bmp => self.whole(BmpDecoder::new(source).map_err(|_| BROKEN)?, limits),
            Coding::Tiff { at } => tiff::decode(untrusted, at, limits),
        }
    }

    fn whole(&self, mut decoder: impl ImageDecoder, limits: &Limits) -> Result<Pixels, Refusal> {
        if decoder.dimensions() != (self.width, self.height) {
            return Err(BROKEN);
        }
        decoder.set_limits(bounds(limits)).map_err(|_| BROKEN)?;
        let icc = decoder.icc_profile().ok().flatten();
        let picture = DynamicImage::from_decoder(decoder).map_err(|_| BROKEN)?;
        let is_colour = picture.color().has_color();
        let mut pixels = Pixels { width: self.width, height: self.height, rgb: on_white(picture) };
        if let Some(icc) = icc.filter(|_| is_colour) {
            Profile::read(&icc).to_srgb(&mut pixels);
        }
        Ok(pixels)
    }
}

fn bounds(limits: &Limits) -> image::Limits {
    let mut bounds = image::Limits::no_limits();
    // Four channels of 16 bits for each pixel, and room for rows and text.
    bounds.max_alloc = Some(limits.max_pixels.saturating_mul(8).saturating_add(64 << 20));
    bounds
}

/// Eight-bit RGB of whatever the decoder gives, transparent parts on white.
fn on_white(picture: DynamicImage) -> Vec<u8> {
    if picture.color().has_alpha() {
        blended(&picture.into_rgba8().into_raw())
    } else {
        picture.into_rgb8().into_raw()
    }
}

/// RGB of pixels with an alpha of their own (not multiplied), on white.
pub(crate) fn blended(rgba: &[u8]) -> Vec<u8> {
    let over = |value: u8, alpha: u8| {
        let sum = u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
        u8::try_from((sum + 127) / 255).unwrap_or(255)
    };
    rgba.chunks_exact(4)
        .flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])])
        .collect()
}
