//! How far beyond a mask does what lies under it show?
//!
//! A picture on a page was coded in blocks, and is smoothed when it is drawn: what lies under a mask
//! leaves faint marks a little beyond it. So a cover is grown by what the pictures under it need.
//! Deliberately absent: pixels.

use hayro::hayro_syntax::{Filter, object::Stream};
use hayro::kurbo::{Affine, Rect as Place};
use lanthan_core::exhibit::Area;

use crate::{PageSize, pixels::Rect};

/// What every cover is grown by, in pixels of the drawn page.
const ALWAYS_PX: u32 = 4;

/// The most that a cover is grown by, as a part of the page's side: a tiny picture that is blown up
/// must not turn a mask into a black page.
const MOST: f64 = 0.05;

/// How far a pixel's marks reach, in pixels of the picture: one block of a JPEG with halved colours
/// and its smoothing; the wavelets of JPEG 2000; for all others the smoothing alone.
const JPEG_PX: f64 = 20.0;
const JPEG_2000_PX: f64 = 64.0;
const PLAIN_PX: f64 = 3.0;

/// A picture's place on the page and the reach of its pixels, in parts of the page's sides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawn {
    place: Place,
    reach: (f64, f64),
}

impl Drawn {
    /// A picture of `width` × `height` pixels that `whole` places on the page, in points.
    pub(crate) fn new(
        stream: &Stream<'_>,
        (width, height): (u32, u32),
        whole: Affine,
        page: PageSize,
    ) -> Self {
        let pixels = match stream.filters().last() {
            Some(Filter::DctDecode) => JPEG_PX,
            Some(Filter::JpxDecode) => JPEG_2000_PX,
            _ => PLAIN_PX,
        };
        let (across, down) = (f64::from(page.width), f64::from(page.height));
        let on_page = Affine::scale_non_uniform(1.0 / across, 1.0 / down) * whole;
        let [a, b, c, d, _, _] = on_page.as_coeffs();
        Self {
            place: on_page.transform_rect_bbox(Place::new(0.0, 0.0, width.into(), height.into())),
            reach: (pixels * (a.abs() + c.abs()), pixels * (b.abs() + d.abs())),
        }
    }
}

/// The pixels to cover for each mask on a page drawn as `width` × `height` pixels.
pub(crate) fn covers(masks: &[Area], pictures: &[Drawn], (width, height): (u32, u32)) -> Vec<Rect> {
    let one = f64::from(Area::ONE);
    let grown = |mask: &Area| {
        let place = Place::new(
            f64::from(mask.x) / one,
            f64::from(mask.y) / one,
            f64::from(mask.x + mask.w) / one,
            f64::from(mask.y + mask.h) / one,
        );
        let (mut across, mut down) = (0.0_f64, 0.0_f64);
        for picture in pictures.iter().filter(|picture| picture.place.overlaps(place)) {
            across = across.max(picture.reach.0.min(MOST));
            down = down.max(picture.reach.1.min(MOST));
        }
        let across = pixels(across * f64::from(width)) + ALWAYS_PX;
        let down = pixels(down * f64::from(height)) + ALWAYS_PX;
        let [l, t, r, b] = mask.pixels(width, height);
        [
            l.saturating_sub(across),
            t.saturating_sub(down),
            (r + across).min(width),
            (b + down).min(height),
        ]
    };
    masks.iter().map(grown).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range before the cast"
)]
fn pixels(length: f64) -> u32 {
    length.ceil().clamp(0.0, 65_535.0) as u32
}
