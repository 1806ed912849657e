//! Where on a page did somebody mark something for redaction, and leave it at that?
//!
//! A mark is an annotation of the kind `Redact` (ISO 32000-2, 12.5.6.23): what it is about stays in the
//! file, and can be seen, until a program carries it out. Deliberately absent: carrying it out, which is
//! a mask's work.

use hayro::hayro_syntax::{
    object::{Array, Dict, Name, Rect},
    page::Page,
};
use hayro::kurbo::{Affine, Point, Rect as Place};

use crate::PageSize;

/// Greatest number of places of a page; of more, the page itself is the place.
const MAX_PLACES: usize = 2000;

/// The places in parts of the upright page's sides; `upright` places the page, in points.
pub(crate) fn marks(page: &Page<'_>, upright: Affine, size: PageSize) -> Vec<Place> {
    let mut places = Vec::new();
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return places };
    let is_mark = |one: &Dict<'_>| {
        one.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Redact")
    };
    for mark in annotations.iter::<Dict<'_>>().filter(is_mark) {
        places.extend(quads(&mark).into_iter().filter_map(|quad| on_page(quad, upright, size)));
        if places.len() > MAX_PLACES {
            return vec![Place::new(0.0, 0.0, 1.0, 1.0)];
        }
    }
    places
}

/// The bounds of the pieces that a mark is about, or of the mark as a whole where it names none.
fn quads(mark: &Dict<'_>) -> Vec<Place> {
    let numbers: Vec<f64> = mark.get::<Array<'_>>("QuadPoints").map_or_else(Vec::new, |points| {
        points.iter::<f32>().take(8 * (MAX_PLACES + 1)).map(f64::from).collect()
    });
    let bounds = |corners: &[f64]| {
        let points = corners.chunks_exact(2).map(|xy| Point::new(xy[0], xy[1]));
        points.map(|point| Place::from_points(point, point)).reduce(|all, one| all.union(one))
    };
    let quads: Vec<Place> = numbers.chunks_exact(8).filter_map(bounds).collect();
    if !quads.is_empty() {
        return quads;
    }
    let whole = mark.get::<Rect>("Rect");
    whole.map(|rect| Place::new(rect.x0, rect.y0, rect.x1, rect.y1)).into_iter().collect()
}

/// The part of a place that lies on the page; nothing when none of it does.
fn on_page(place: Place, upright: Affine, size: PageSize) -> Option<Place> {
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let Place { x0, y0, x1, y1 } = upright.transform_rect_bbox(place.abs());
    let place = Place::new(x0 / width, y0 / height, x1 / width, y1 / height);
    let place = place.intersect(Place::new(0.0, 0.0, 1.0, 1.0));
    (place.is_finite() && place.width() > 0.0 && place.height() > 0.0).then_some(place)
}
