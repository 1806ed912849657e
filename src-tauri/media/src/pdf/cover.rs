//! Which words lie under a bar that was drawn over them, or stand in the colour of their ground?
//!
//! That is how a careless hand blacks out a paper: the words can still be copied. Told from what is
//! drawn and in which order, without drawing it, so that a bar of any colour is seen. Deliberately
//! absent: bars in a picture of the whole page, marks for redaction that were never carried out (marked).

use hayro::hayro_interpret::{BlendMode, DrawMode, DrawProps, Paint};
use hayro::hayro_syntax::object::Dict;
use hayro::kurbo::{Affine, BezPath, PathEl, Point, Rect as Place, Shape as _};

use super::word::Found;
use crate::PageSize;

/// Greatest number of filled shapes of a page that are remembered; of more, the first are forgotten.
const MAX_SHAPES: usize = 1000;

/// Least difference of one of the three colours, of 255, by which words can be told from their ground.
const MIN_DIFFERENCE: u8 = 12;

/// Pictures that cover this part of a page together are the page itself, as a scan is.
const WHOLE_PAGE: f64 = 0.5;

/// White paper.
const PAPER: [u8; 3] = [255; 3];

/// Something filled.
#[derive(Debug)]
struct Shape {
    /// In parts of the page's sides.
    place: Place,
    /// The colour that hides what is below; nothing when it may let something through, or is no
    /// rectangle.
    solid: Option<[u8; 3]>,
    /// A picture that lets nothing through, whatever it shows.
    is_picture: bool,
    /// How many words stood on the page before.
    after: usize,
}

impl Shape {
    fn hides(&self, pictures_hide: bool) -> bool {
        self.solid.is_some() || (self.is_picture && pictures_hide)
    }
}

/// What was filled on a page so far, and what cuts or fades what comes next.
#[derive(Debug)]
pub(crate) struct Grounds {
    page: PageSize,
    shapes: Vec<Shape>,
    /// What drawing is cut to; nothing for a shape that is no rectangle.
    clips: Vec<Option<Place>>,
    /// For each group that is open, whether it hides what is below.
    groups: Vec<bool>,
}

impl Grounds {
    pub(crate) fn new(page: PageSize) -> Self {
        Self { page, shapes: Vec::new(), clips: Vec::new(), groups: Vec::new() }
    }

    /// A cut to a rectangle in points, or to another shape.
    pub(crate) fn push_clip(&mut self, rect: Option<Place>) {
        let rect = rect.map(|rect| self.on_page(rect));
        self.clips.push(rect);
    }

    pub(crate) fn pop_clip(&mut self) {
        self.clips.pop();
    }

    pub(crate) fn push_group(&mut self, is_solid: bool) {
        self.groups.push(is_solid);
    }

    pub(crate) fn pop_group(&mut self) {
        self.groups.pop();
    }

    /// Notes a filled rectangle, given in the space of `props`.
    pub(crate) fn fill_rect(&mut self, rect: Place, props: &DrawProps<'_>, after: usize) {
        let solid = ink(props).filter(|_| is_upright(&props.transform));
        self.fill(props.transform.transform_rect_bbox(rect), (solid, false), after);
    }

    /// Notes something else that changes the ground: its bounds in points, and whether it is an upright
    /// picture that lets nothing through.
    pub(crate) fn fill_other(&mut self, bounds: Place, is_picture: bool, after: usize) {
        self.fill(bounds, (None, is_picture), after);
    }

    fn fill(&mut self, place: Place, (solid, is_picture): (Option<[u8; 3]>, bool), after: usize) {
        let mut place = self.on_page(place);
        let mut is_cut_by_shape = false;
        for clip in &self.clips {
            match clip {
                Some(clip) => place = place.intersect(*clip),
                None => is_cut_by_shape = true,
            }
        }
        if !place.is_finite() || place.width() <= 0.0 || place.height() <= 0.0 {
            return;
        }
        let is_whole = !is_cut_by_shape && self.groups.iter().all(|solid| *solid);
        let (solid, is_picture) = (solid.filter(|_| is_whole), is_picture && is_whole);
        if self.shapes.len() >= MAX_SHAPES {
            self.shapes.remove(0);
        }
        self.shapes.push(Shape { place, solid, is_picture, after });
    }

    fn on_page(&self, place: Place) -> Place {
        let (width, height) = (f64::from(self.page.width), f64::from(self.page.height));
        Place::new(place.x0 / width, place.y0 / height, place.x1 / width, place.y1 / height)
    }

    /// Says of every word what hides it. Words that are drawn without ink, as text recognition does, stand
    /// in no colour, but a bar may lie over them as well.
    pub(crate) fn judge(&self, words: &mut [Found]) {
        if self.shapes.is_empty() && words.iter().all(|word| word.ink.is_none_or(is_dark)) {
            return;
        }
        let pictures_hide = self.pictures_hide();
        for (number, word) in words.iter_mut().enumerate() {
            let core = core(word.place);
            let over = self.shapes.iter().rev().take_while(|shape| shape.after > number);
            let mut over = over.filter(|shape| shape.hides(pictures_hide));
            word.is_covered = over.any(|shape| {
                contains(shape.place, core)
                    || (shape.place.overlaps(core)
                        && word.middles.iter().any(|middle| contains(shape.place, *middle)))
            });
            word.is_in_ground = !word.is_covered
                && !word.is_invisible
                && word
                    .ink
                    .is_some_and(|ink| self.ground(number, core).is_some_and(|g| like(ink, g)));
        }
    }

    /// True when something lies over a place that nothing shows through.
    pub(crate) fn is_hidden(&self, place: Place) -> bool {
        let inner = place.inset((-0.1 * place.width(), -0.1 * place.height()));
        let pictures_hide = self.pictures_hide();
        let mut all = self.shapes.iter().filter(|shape| shape.hides(pictures_hide));
        all.any(|shape| contains(shape.place, inner))
    }

    /// False on a page that is a scan, in however many strips: its pictures are what is read.
    fn pictures_hide(&self) -> bool {
        let pictures = self.shapes.iter().filter(|shape| shape.is_picture);
        pictures.map(|shape| shape.place.area()).sum::<f64>() < WHOLE_PAGE
    }

    /// The colour that a word stands on, where it is certain.
    fn ground(&self, number: usize, core: Place) -> Option<[u8; 3]> {
        let under = self.shapes.iter().rev().filter(|shape| shape.after <= number);
        let top = under.into_iter().find(|shape| shape.place.overlaps(core));
        match top {
            None => Some(PAPER),
            Some(shape) if contains(shape.place, core) => shape.solid,
            Some(_) => None,
        }
    }
}

/// The one colour that something is drawn with, when it hides what is below.
pub(crate) fn ink(props: &DrawProps<'_>) -> Option<[u8; 3]> {
    if props.soft_mask.is_some() || !matches!(props.blend_mode, BlendMode::Normal) {
        return None;
    }
    match &props.paint {
        Paint::Color(colour) => match colour.to_rgba().to_rgba8() {
            [red, green, blue, u8::MAX] => Some([red, green, blue]),
            _ => None,
        },
        Paint::Pattern(_) => None,
    }
}

/// True when a shape is filled and not only outlined.
pub(crate) fn is_filled(mode: &DrawMode) -> bool {
    matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..))
}

/// True when what is drawn so keeps its sides along those of the page.
pub(crate) fn is_upright(transform: &Affine) -> bool {
    let [a, b, c, d, _, _] = transform.as_coeffs();
    (b == 0.0 && c == 0.0) || (a == 0.0 && d == 0.0)
}

/// The rectangle that a path is, when its sides lie along those of the page: a form, as annotations bring
/// them, is cut to one.
pub(crate) fn as_rect(path: &BezPath) -> Option<Place> {
    let is_straight = path.elements().iter().all(|element| {
        matches!(element, PathEl::MoveTo(_) | PathEl::LineTo(_) | PathEl::ClosePath)
    });
    let bounds = path.bounding_box();
    let is_full = (path.area().abs() - bounds.area()).abs() <= 0.001 * bounds.area();
    (is_straight && path.elements().len() <= 6 && is_full).then_some(bounds)
}

/// True for a picture without a part that can be seen through.
pub(crate) fn is_opaque(picture: &Dict<'_>) -> bool {
    ["SMask", "Mask", "SMaskInData"].iter().all(|key| !picture.contains_key(*key))
}

fn is_dark(ink: [u8; 3]) -> bool {
    !like(ink, PAPER)
}

fn like(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < MIN_DIFFERENCE)
}

/// The part of a word's generous box where its letters certainly are.
fn core(place: Place) -> Place {
    let (across, down) = (place.width() * 0.1, place.height() * 0.35);
    place.inset((-across, -down))
}

fn contains(outer: Place, inner: Place) -> bool {
    let at = |x, y| outer.x0 <= x && x <= outer.x1 && outer.y0 <= y && y <= outer.y1;
    let (from, to) = (Point::new(inner.x0, inner.y0), Point::new(inner.x1, inner.y1));
    at(from.x, from.y) && at(to.x, to.y)
}
