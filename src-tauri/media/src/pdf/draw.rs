//! How does a PDF page become pixels?
//!
//! On white, upright, with our font for Chinese text that brings none. Deliberately absent: anything
//! that happens: scripts, links, films and forms have a look at most.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::{
        InterpreterSettings, InterpreterWarning,
        font::{FontData, FontQuery},
    },
    vello_cpu::color::palette::css::WHITE,
};

use super::open::Opened;
use crate::{Limits, Refusal, pixels::Pixels};

/// How large a page is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Size {
    /// At a resolution, with its longer side at most so many pixels.
    Dpi(u32, u32),
    /// With its longer side exactly so many pixels.
    Edge(u32),
}

/// A drawn page.
pub(crate) struct Sheet {
    pub(crate) pixels: Pixels,
    /// True when a picture on it could not be drawn.
    pub(crate) lacks_picture: bool,
}

/// Draws pages of one file.
pub(crate) struct Artist {
    settings: InterpreterSettings,
    max_pixels: u64,
    lacks_picture: Arc<AtomicBool>,
}

impl Artist {
    pub(crate) fn new(limits: &Limits) -> Self {
        let lacks_picture = Arc::new(AtomicBool::new(false));
        let sink = Arc::clone(&lacks_picture);
        let settings = InterpreterSettings {
            warning_sink: Arc::new(move |warning| {
                if matches!(warning, InterpreterWarning::ImageDecodeFailure) {
                    sink.store(true, Ordering::Relaxed);
                }
            }),
            ..settings(limits)
        };
        Self { settings, max_pixels: limits.max_pixels, lacks_picture }
    }

    /// Draws a page, from 1.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when there is no such page or it has no possible size.
    pub(crate) fn draw(&self, pdf: &Opened, page: u32, size: Size) -> Result<Sheet, Refusal> {
        let (width, height) = self.raster(pdf, page, size)?;
        let drawn = pdf.page(page)?;
        let (page_width, page_height) = drawn.render_dimensions();
        // The renderer rounds down, so it is asked for half a pixel more.
        let scale = PixmapSettings {
            x_scale: (f32::from(width) + 0.5) / page_width,
            y_scale: (f32::from(height) + 0.5) / page_height,
            bg_color: WHITE,
        };
        self.lacks_picture.store(false, Ordering::Relaxed);
        // A cache for one page only, so that memory does not grow with the number of pages.
        let cache = RenderCache::new();
        let pixmap =
            hayro::render(drawn, &cache, &self.settings, &RenderSettings::default(), &scale);
        let rgb: Vec<u8> =
            pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        let pixels = Pixels { width: pixmap.width().into(), height: pixmap.height().into(), rgb };
        if pixels.width == 0 || pixels.height == 0 {
            return Err(Refusal::Damaged("a page of the PDF has no possible size"));
        }
        Ok(Sheet { pixels, lacks_picture: self.lacks_picture.load(Ordering::Relaxed) })
    }

    /// The number of pixels across and down.
    fn raster(&self, pdf: &Opened, page: u32, size: Size) -> Result<(u16, u16), Refusal> {
        let points = pdf.size(page)?;
        let (width, height) = (f64::from(points.width), f64::from(points.height));
        let long = width.max(height);
        let scale = match size {
            Size::Dpi(dpi, max_edge_px) => {
                (f64::from(dpi.max(1)) / 72.0).min(f64::from(max_edge_px.max(16)) / long)
            }
            Size::Edge(edge_px) => f64::from(edge_px.max(16)) / long,
        };
        // Both bounds of the renderer: sides in 16 bits, and our own number of pixels.
        #[expect(clippy::cast_precision_loss, reason = "a bound, not a count")]
        let room = (self.max_pixels as f64 / (width * height)).sqrt();
        let scale = scale.min(16_000.0 / long).min(room);
        Ok((side(width * scale), side(height * scale)))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range before the cast"
)]
fn side(length: f64) -> u16 {
    length.round().clamp(1.0, 16_000.0) as u16
}

/// The settings of both the census and the drawing.
pub(crate) fn settings(limits: &Limits) -> InterpreterSettings {
    let fallback: Option<FontData> = limits.fallback_font.map(|font| Arc::new(font) as FontData);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(wanted) => {
                // Fonts of the composite kind are what Chinese, Japanese and Korean text uses.
                let is_composite = wanted.character_collection.is_some();
                match &fallback {
                    Some(font) if is_composite => Some((Arc::clone(font), 0)),
                    _ => Some(wanted.pick_standard_font().get_font_data()),
                }
            }
        }),
        ..InterpreterSettings::default()
    }
}
