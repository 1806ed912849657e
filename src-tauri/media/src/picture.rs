//! How does a photograph become a clean picture?
//!
//! Decode, cover, turn upright, crop, shrink, cover again, code anew. What a mask covers is gone
//! before any step that mixes neighbouring pixels. Deliberately absent: pages and words.

use lanthan_core::{
    clean::{CleanPage, Trace},
    exhibit::{Area, Format},
};

use crate::{
    Limits, PageSize, Recipe, Refusal, bmp, gif,
    jpeg::{self, Jpeg},
    pixels::{Orientation, Pixels, Rect, fitted, rescaled},
    png, small_copy,
    still::Still,
    tiff,
    trace::Traces,
    webp,
};

/// How far a JPEG decoder's smoothing reaches over the edge of a block, in decoded pixels.
const SMOOTHING_PX: u32 = 2;

/// A picture whose parts have been found but not yet decoded.
pub(crate) enum Picture<'a> {
    Jpeg(&'a [u8], Box<Jpeg>),
    Still(&'a [u8], Still),
}

impl<'a> Picture<'a> {
    /// Reads the parts of every picture of a file, in order: one, and at most in a TIFF more. What the
    /// file carries beside its pixels is told with the first.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when its parts are not whole or are too large.
    pub(crate) fn all(
        untrusted: &'a [u8],
        format: Format,
        limits: &Limits,
    ) -> Result<Vec<Self>, Refusal> {
        let stills = match format {
            Format::Jpeg => {
                let jpeg = Box::new(jpeg::read(untrusted, limits)?);
                return Ok(vec![Self::Jpeg(untrusted, jpeg)]);
            }
            Format::Png => vec![png::read(untrusted, limits)?],
            Format::Webp => vec![webp::read(untrusted, limits)?],
            Format::Gif => vec![gif::read(untrusted, limits)?],
            Format::Bmp => vec![bmp::read(untrusted, limits)?],
            Format::Tiff => tiff::read(untrusted, limits)?,
            _ => return Err(Refusal::Unsupported("another file where a picture is wanted")),
        };
        Ok(stills.into_iter().map(|still| Self::Still(untrusted, still)).collect())
    }

    /// Its upright size, and the proof, by decoding, that nothing of it is missing. A small copy that
    /// shows something else is noted.
    ///
    /// # Errors
    ///
    /// [`Refusal::Damaged`] when something is missing.
    pub(crate) fn prove(&mut self, limits: &Limits) -> Result<PageSize, Refusal> {
        let pixels = match self {
            Self::Jpeg(untrusted, jpeg) => jpeg.decode(untrusted, 8)?,
            Self::Still(untrusted, still) => still.decode(untrusted, limits)?,
        };
        if !self.copies().is_empty() {
            let upright = pixels.turned(self.orientation());
            self.compare_copies(&upright, limits);
        }
        Ok(self.upright_size())
    }

    /// Notes every small copy that shows something else than the upright `pixels`, which may be shrunk.
    pub(crate) fn compare_copies(&mut self, pixels: &Pixels, limits: &Limits) {
        let orientation = self.orientation();
        let differs = |copy: &Vec<u8>| small_copy::differs(copy, orientation, pixels, limits);
        let mut found = Traces::default();
        for detail in self.copies().iter().filter_map(differs) {
            found.note("other-copy", &detail);
        }
        let traces = match self {
            Self::Jpeg(_, jpeg) => &mut jpeg.traces,
            Self::Still(_, still) => &mut still.traces,
        };
        traces.extend(found.sorted());
        traces.sort();
        traces.dedup();
    }

    fn copies(&self) -> &[Vec<u8>] {
        match self {
            Self::Jpeg(_, jpeg) => &jpeg.copies,
            Self::Still(_, still) => &still.copies,
        }
    }

    /// Its upright size, as its head says.
    #[expect(clippy::cast_precision_loss, reason = "both sides are far below 2^24")]
    pub(crate) fn upright_size(&self) -> PageSize {
        let (width, height) = self.orientation().upright(self.stored().0, self.stored().1);
        PageSize { width: width as f32, height: height as f32 }
    }

    /// What it carries beside its pixels.
    pub(crate) fn into_traces(self) -> Vec<Trace> {
        match self {
            Self::Jpeg(_, jpeg) => jpeg.traces,
            Self::Still(_, still) => still.traces,
        }
    }

    /// Makes the clean picture, which is page `page` of its file.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when it cannot be decoded, or a mask or the crop lies outside.
    pub(crate) fn clean(
        &self,
        page: u32,
        recipe: &Recipe<'_>,
        limits: &Limits,
    ) -> Result<CleanPage, Refusal> {
        let masks = recipe.masks.iter().filter(|mask| mask.page == page);
        let masks: Vec<Area> = masks.map(|mask| mask.area).collect();
        let pixels = self.made(&masks, recipe.crop, recipe.max_edge_px.max(16), limits)?;
        coded(&pixels, recipe.quality)
    }

    /// The clean picture, nothing covered and nothing cut off; a small copy that shows something else than
    /// it does is noted on the way.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when it cannot be decoded.
    pub(crate) fn looked_at_and_clean(
        &mut self,
        recipe: &Recipe<'_>,
        limits: &Limits,
    ) -> Result<CleanPage, Refusal> {
        let pixels = self.made(&[], None, recipe.max_edge_px.max(16), limits)?;
        if !self.copies().is_empty() {
            self.compare_copies(&pixels, limits);
        }
        coded(&pixels, recipe.quality)
    }

    /// The upright pixels: covered, cut and shrunk.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when it cannot be decoded, or of a crop nothing is left.
    pub(crate) fn made(
        &self,
        masks: &[Area],
        crop: Option<Area>,
        max_edge_px: u32,
        limits: &Limits,
    ) -> Result<Pixels, Refusal> {
        let shrink = self.shrink(crop, max_edge_px);
        let mut pixels = match self {
            Self::Jpeg(untrusted, jpeg) => jpeg.decode(untrusted, shrink)?,
            Self::Still(untrusted, still) => still.decode(untrusted, limits)?,
        };
        let decoded = (pixels.width, pixels.height);
        let mut covered = Vec::with_capacity(masks.len());
        for mask in masks {
            let rect = self.decoded_cover(mask, decoded, shrink);
            pixels.cover(rect);
            covered.push(self.orientation().upright_rect(rect, decoded.0, decoded.1));
        }
        let pixels = pixels.turned(self.orientation());
        let part = match crop {
            Some(crop) => self.decoded_part(&crop, decoded, shrink)?,
            None => [0, 0, pixels.width, pixels.height],
        };
        let pixels = pixels.part(part);
        let before = (pixels.width, pixels.height);
        let mut pixels = pixels.shrunk(max_edge_px)?;
        let after = (pixels.width, pixels.height);
        if let Self::Jpeg(_, jpeg) = self
            && let Some(profile) = jpeg.rgb_profile()
        {
            profile.to_srgb(&mut pixels);
        }
        // Shrinking has softened the masks' edges: draw them once more, sharp and wholly black.
        for rect in covered {
            if let Some(rect) = moved(rect, part) {
                pixels.cover(rescaled(rect, before, after));
            }
        }
        Ok(pixels)
    }

    fn orientation(&self) -> Orientation {
        match self {
            Self::Jpeg(_, jpeg) => jpeg.orientation,
            Self::Still(_, still) => still.orientation,
        }
    }

    fn stored(&self) -> (u32, u32) {
        match self {
            Self::Jpeg(_, jpeg) => (jpeg.width, jpeg.height),
            Self::Still(_, still) => (still.width, still.height),
        }
    }

    /// By how much a JPEG may be shrunk while decoding and still have enough pixels.
    fn shrink(&self, crop: Option<Area>, max_edge_px: u32) -> u32 {
        let Self::Jpeg(_, jpeg) = self else { return 1 };
        let (width, height) = jpeg.orientation.upright(jpeg.width, jpeg.height);
        let (width, height) = crop.map_or((width, height), |crop| {
            let [l, t, r, b] = crop.pixels(width, height);
            (r.saturating_sub(l), b.saturating_sub(t))
        });
        let (fit_width, fit_height) = fitted(width, height, max_edge_px);
        [8, 4, 2]
            .into_iter()
            .find(|by| width / by >= fit_width && height / by >= fit_height)
            .unwrap_or(1)
    }

    /// The decoded pixels that a mask must cover: all that it touches in the stored picture, grown
    /// to whole blocks where they are coded with loss, because what lies under the mask has left its
    /// marks on the whole of each block.
    fn decoded_cover(&self, mask: &Area, decoded: (u32, u32), shrink: u32) -> Rect {
        let (width, height) = self.stored();
        let (upright_width, upright_height) = self.orientation().upright(width, height);
        let upright = mask.pixels(upright_width, upright_height);
        let [l, t, r, b] = self.orientation().stored_rect(upright, width, height);
        let ((across, down), reach) = self.block();
        [
            (l / across * across / shrink).saturating_sub(reach),
            (t / down * down / shrink).saturating_sub(reach),
            ((r.div_ceil(across) * across).div_ceil(shrink) + reach).min(decoded.0),
            ((b.div_ceil(down) * down).div_ceil(shrink) + reach).min(decoded.1),
        ]
    }

    /// The upright decoded pixels that a crop leaves: those wholly inside of it, in whole blocks where
    /// they are coded with loss, because what lies beside the crop has left its marks on the whole of
    /// each block that it touches.
    ///
    /// # Errors
    ///
    /// [`Refusal::SmallCrop`] when that is none.
    fn decoded_part(&self, crop: &Area, decoded: (u32, u32), shrink: u32) -> Result<Rect, Refusal> {
        let (width, height) = self.stored();
        let (upright_width, upright_height) = self.orientation().upright(width, height);
        let upright = inside_of(crop, upright_width, upright_height);
        if upright[0] >= upright[2] || upright[1] >= upright[3] {
            return Err(Refusal::SmallCrop);
        }
        let [l, t, r, b] = self.orientation().stored_rect(upright, width, height);
        let ((across, down), reach) = self.block();
        // The picture's own edge stays: nothing lies beyond it.
        let from = |at: u32, block: u32| {
            if at == 0 { 0 } else { (at.div_ceil(block) * block).div_ceil(shrink) + reach }
        };
        let to = |at: u32, block: u32, side: u32, end: u32| {
            if at == side { end } else { (at / block * block / shrink).saturating_sub(reach) }
        };
        let part = [
            from(l, across),
            from(t, down),
            to(r, across, width, decoded.0),
            to(b, down, height, decoded.1),
        ];
        if part[0] >= part[2] || part[1] >= part[3] {
            return Err(Refusal::SmallCrop);
        }
        Ok(self.orientation().upright_rect(part, decoded.0, decoded.1))
    }

    /// The sides of what is coded together, and how far beyond it marks may reach.
    fn block(&self) -> ((u32, u32), u32) {
        match self {
            Self::Jpeg(_, jpeg) => (jpeg.block, SMOOTHING_PX),
            Self::Still(_, still) => still.block(),
        }
    }
}

fn coded(pixels: &Pixels, quality: u8) -> Result<CleanPage, Refusal> {
    Ok(CleanPage {
        width_px: pixels.width,
        height_px: pixels.height,
        jpeg: jpeg::encode(pixels, quality)?,
        size_pt: None,
        words: Vec::new(),
    })
}

/// The pixels that lie wholly inside a crop, at least one.
pub(crate) fn inside(crop: &Area, pixels: &Pixels) -> Rect {
    let side = |from: u32, to: u32, size: u32| {
        let from = from.min(size - 1);
        (from, to.clamp(from + 1, size))
    };
    let [left, top, right, bottom] = inside_of(crop, pixels.width, pixels.height);
    let (left, right) = side(left, right, pixels.width);
    let (top, bottom) = side(top, bottom, pixels.height);
    [left, top, right, bottom]
}

/// The same; empty when there is none.
fn inside_of(crop: &Area, width: u32, height: u32) -> Rect {
    let one = u64::from(Area::ONE);
    let side = |start: u32, length: u32, size: u32| {
        let from = (u64::from(start) * u64::from(size)).div_ceil(one);
        let to = (u64::from(start) + u64::from(length)) * u64::from(size) / one;
        (u32::try_from(from).unwrap_or(size), u32::try_from(to).unwrap_or(size))
    };
    let (left, right) = side(crop.x, crop.w, width);
    let (top, bottom) = side(crop.y, crop.h, height);
    [left, top, right, bottom]
}

/// A rectangle as it lies on a part of its picture; nothing when it lies outside of the part.
pub(crate) fn moved([l, t, r, b]: Rect, [pl, pt, pr, pb]: Rect) -> Option<Rect> {
    let rect = [l.max(pl), t.max(pt), r.min(pr), b.min(pb)];
    (rect[0] < rect[2] && rect[1] < rect[3])
        .then(|| [rect[0] - pl, rect[1] - pt, rect[2] - pl, rect[3] - pt])
}
