//! Which words lie under a bar that was drawn over them, or stand in the colour of their ground?
//!
//! That is how a careless hand blacks out a paper: the words can still be copied. Told from what is
//! drawn and in which order, without drawing it, so that a bar of any colour is seen. Deliberately
//! absent: bars that are pictures, marks for redaction that were never carried out (gathered).

use hayro::hayro_interpret::{BlendMode, DrawMode, DrawProps, Paint};
use hayro::kurbo::{Point, Rect as Place};

use super::word::Found;
use crate::PageSize;

/// Greatest number of filled shapes of a page that are remembered; of more, the first are forgotten.
const MAX_SHAPES: usize = 1000;

/// Least difference of one of the three colours, of 255, by which words can be told from their ground.
const MIN_DIFFERENCE: u8 = 12;

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
    /// How many words stood on the page before.
    after: usize,
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
        let [a, b, c, d, _, _] = props.transform.as_coeffs();
        let is_upright = (b == 0.0 && c == 0.0) || (a == 0.0 && d == 0.0);
        let solid = ink(props).filter(|_| is_upright);
        self.fill(props.transform.transform_rect_bbox(rect), solid, after);
    }

    /// Notes something else that changes the ground: its bounds in points.
    pub(crate) fn fill_other(&mut self, bounds: Place, after: usize) {
        self.fill(bounds, None, after);
    }

    fn fill(&mut self, place: Place, solid: Option<[u8; 3]>, after: usize) {
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
        let solid = solid.filter(|_| !is_cut_by_shape && self.groups.iter().all(|solid| *solid));
        if self.shapes.len() >= MAX_SHAPES {
            self.shapes.remove(0);
        }
        self.shapes.push(Shape { place, solid, after });
    }

    fn on_page(&self, place: Place) -> Place {
        let (width, height) = (f64::from(self.page.width), f64::from(self.page.height));
        Place::new(place.x0 / width, place.y0 / height, place.x1 / width, place.y1 / height)
    }

    /// Says of every word what hides it: words that are drawn without ink are left out.
    pub(crate) fn judge(&self, words: &mut [Found]) {
        if self.shapes.is_empty() && words.iter().all(|word| word.ink.is_none_or(is_dark)) {
            return;
        }
        for (number, word) in words.iter_mut().enumerate().filter(|(_, word)| !word.is_invisible) {
            let core = core(word.place);
            let mut over = self.shapes.iter().rev().take_while(|shape| shape.after > number);
            word.is_covered =
                over.any(|shape| shape.solid.is_some() && contains(shape.place, core));
            word.is_in_ground = !word.is_covered
                && word
                    .ink
                    .is_some_and(|ink| self.ground(number, core).is_some_and(|g| like(ink, g)));
        }
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
