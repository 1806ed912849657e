//! What would be drawn on a page, and which words stand on it?
//!
//! Walks through the page's drawing steps without drawing, and counts them: a page with more steps
//! or larger pictures than the limits allow is refused before the renderer meets it. Deliberately
//! absent: pixels.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, InterpreterWarning, Paint, SoftMask, TransformExt,
    font::{Glyph, GlyphRun},
    interpret_page,
    pattern::Pattern,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape as _};

use super::{
    cover::{self, Grounds},
    draw, marked,
    open::Opened,
    reach::Drawn,
    unpack,
    word::{Found, Look, Spelling},
};
use crate::{Limits, PageSize, Refusal, door};

/// What a page holds.
pub(crate) struct Census {
    /// Its words, in the order in which they are drawn.
    pub(crate) words: Vec<Found>,
    /// The pictures on it.
    pub(crate) pictures: Vec<Drawn>,
    /// The places marked for redaction that nothing hides.
    pub(crate) marks: Vec<Rect>,
    /// True when a font on it cannot be drawn.
    pub(crate) lacks_font: bool,
}

/// Takes the census of one page, from 1.
///
/// # Errors
///
/// [`Refusal::TooSlow`], [`Refusal::TooManyPixels`], [`Refusal::TooLarge`] or
/// [`Refusal::Cancelled`].
pub(crate) fn take(pdf: &Opened, page: u32, is_left: &dyn Fn() -> bool) -> Result<Census, Refusal> {
    let size = pdf.size(page)?;
    let lacks_font = Arc::new(AtomicBool::new(false));
    let sink = Arc::clone(&lacks_font);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                sink.store(true, Ordering::Relaxed);
            }
        }),
        ..draw::settings(pdf.limits())
    };
    // The counter leaves the interpreter by throwing, so it needs a door of its own.
    let (words, pictures, marks) = door::guarded(|| {
        let drawn = pdf.page(page)?;
        let cache = InterpreterCache::new();
        let edges = Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
        let upright = drawn.initial_transform(true).to_kurbo();
        let mut context = Context::new(upright, edges, &cache, drawn.xref(), settings);
        let mut counter = Counter {
            limits: pdf.limits(),
            page,
            is_left,
            steps: 0,
            costs: HashMap::new(),
            spelling: Some(Spelling::new(size)),
            grounds: Grounds::new(size),
            pictures: Vec::new(),
            size,
        };
        interpret_page(drawn, &mut context, &mut counter);
        let mut words = counter.spelling.map(Spelling::words).unwrap_or_default();
        counter.grounds.judge(&mut words);
        let mut marks = marked::marks(drawn, upright, size);
        marks.retain(|mark| !counter.grounds.is_hidden(*mark));
        Ok((words, counter.pictures, marks))
    })?;
    Ok(Census { words, pictures, marks, lacks_font: lacks_font.load(Ordering::Relaxed) })
}

/// Counts drawing steps.
struct Counter<'l> {
    limits: &'l Limits,
    page: u32,
    is_left: &'l dyn Fn() -> bool,
    steps: u64,
    /// What a mask, a pattern or a drawn letter costs, by its key: measured once, paid each time.
    costs: HashMap<u128, u64>,
    /// Absent inside of masks and patterns: what is spelled there is not text of the page.
    spelling: Option<Spelling>,
    grounds: Grounds,
    pictures: Vec<Drawn>,
    size: PageSize,
}

impl Counter<'_> {
    fn count(&mut self, steps: u64) {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > self.limits.max_steps {
            door::throw(Refusal::TooSlow { page: self.page });
        }
        if (self.is_left)() {
            door::throw(Refusal::Cancelled);
        }
    }

    fn count_path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        let elements = path.elements().len() as u64;
        self.count(1 + elements + dashes(path, mode));
        self.count_props(props.soft_mask.as_ref(), Some(&props.paint));
    }

    /// Walks through a part that is drawn on its own, once.
    fn inner(&mut self, key: u128, walk: impl FnOnce(&mut Self)) {
        if let Some(&cost) = self.costs.get(&key) {
            self.count(cost);
            return;
        }
        // Known from now on, so that a part inside itself does not go on for ever.
        self.costs.insert(key, 1);
        let before = self.steps;
        let spelling = self.spelling.take();
        walk(self);
        self.spelling = spelling;
        self.costs.insert(key, (self.steps - before).max(1));
    }

    fn count_props<'a>(&mut self, mask: Option<&SoftMask<'a>>, paint: Option<&Paint<'a>>) {
        if let Some(mask) = mask {
            self.inner(mask.cache_key(), |counter| mask.interpret(counter));
        }
        if let Some(Paint::Pattern(pattern)) = paint
            && let Pattern::Tiling(tiles) = &**pattern
        {
            self.inner(tiles.cache_key(), |counter| {
                tiles.interpret(counter, Affine::IDENTITY, false);
            });
        }
    }
}

impl<'a> Device<'a> for Counter<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count_path(path, &props, mode);
        if let Some(spelling) = self.spelling.as_ref().filter(|_| cover::is_filled(mode)) {
            let bounds = props.transform.transform_rect_bbox(path.bounding_box());
            self.grounds.fill_other(bounds, false, spelling.begun());
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.count_path(&rect.to_path(0.1), &props, mode);
        if let Some(spelling) = self.spelling.as_ref().filter(|_| cover::is_filled(mode)) {
            self.grounds.fill_rect(*rect, &props, spelling.begun());
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.count(1 + clip.path.elements().len() as u64);
        self.grounds.push_clip(cover::as_rect(&clip.path));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.count(6);
        self.grounds.push_clip(Some(*rect));
    }

    fn push_transparency_group(&mut self, part: f32, mask: Option<SoftMask<'a>>, mode: BlendMode) {
        // A group is a picture of its own.
        self.count(100);
        let is_solid = part >= 1.0 && mask.is_none() && matches!(mode, BlendMode::Normal);
        self.grounds.push_group(is_solid);
        self.count_props(mask.as_ref(), None);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count(1 + run.glyphs().len() as u64);
        self.count_props(props.soft_mask.as_ref(), Some(&props.paint));
        let is_invisible = matches!(mode, DrawMode::Invisible);
        let look = Look { is_invisible, ink: cover::ink(&props) };
        for glyph in run.glyphs() {
            let whole = props.transform * glyph.transform();
            if let Glyph::Type3(drawn) = &**glyph {
                self.inner(drawn.cache_key(), |counter| {
                    drawn.interpret(counter, props.transform, glyph.transform(), &props.paint);
                });
            }
            if let Some(spelling) = &mut self.spelling {
                spelling.add(glyph, whole, run.writing_mode(), look);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (u64::from(image.width()), u64::from(image.height()));
        self.count(10 + width.saturating_mul(height) / 10_000);
        if let Err(refusal) = self.limits.allow_pixels(width.max(1), height.max(1)) {
            door::throw(refusal);
        }
        let sides = (image.width(), image.height());
        let stream = match &image {
            Image::Stencil(image) => image.stream(),
            Image::Raster(image) => image.stream(),
        };
        if let Err(refusal) = unpack::check_stream(stream, self.limits) {
            door::throw(refusal);
        }
        if let Some(spelling) = &self.spelling {
            self.pictures.push(Drawn::new(stream, sides, props.transform, self.size));
            let whole = Rect::new(0.0, 0.0, f64::from(sides.0), f64::from(sides.1));
            let bounds = props.transform.transform_rect_bbox(whole);
            let is_solid = props.soft_mask.is_none()
                && matches!(props.blend_mode, BlendMode::Normal)
                && cover::is_upright(&props.transform)
                && matches!(&image, Image::Raster(_))
                && cover::is_opaque(stream.dict());
            self.grounds.fill_other(bounds, is_solid, spelling.begun());
        }
        self.count_props(props.soft_mask.as_ref(), None);
    }

    fn pop_clip(&mut self) {
        self.grounds.pop_clip();
    }

    fn pop_transparency_group(&mut self) {
        self.grounds.pop_group();
    }
}

/// How many dashes a line is broken into, roughly.
fn dashes(path: &BezPath, mode: &DrawMode) -> u64 {
    let (DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke)) = mode else { return 0 };
    let period: f32 = stroke.dash_array.iter().map(|dash| dash.abs()).sum();
    if stroke.dash_array.is_empty() || period <= 0.0 {
        return 0;
    }
    let edges = path.bounding_box();
    let each = (edges.width() + edges.height()) / f64::from(period);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive, and a cast from too large a number gives the greatest"
    )]
    let each = each.abs() as u64;
    each.saturating_mul(path.elements().len() as u64)
}
