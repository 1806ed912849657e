//! Does a small copy inside a file show something else than the picture itself?
//!
//! Cameras and programs keep a small copy beside the picture, and some programs forget it when the
//! picture is cut or painted over: then it shows what should be gone. Both are compared as a few grey
//! fields. Deliberately absent: showing the copy. It never leaves, like all of the original.

use crate::{
    Limits, jpeg,
    pixels::{Orientation, Pixels},
};

/// How many fields a side is divided into.
const FIELDS: usize = 12;

/// From which difference on a field shows something else, of 255.
const OTHER: u32 = 40;

/// How many fields may differ, of all of them: coding with loss and sharpening change edges.
const MAY_DIFFER: usize = 4;

/// The most that the shapes of the two may differ, in hundredths, before the copy counts as a part.
const SHAPE: u64 = 4;

/// Describes the copy when it shows something else than the upright `picture`; a copy that cannot be
/// read shows nothing.
pub(crate) fn differs(
    untrusted: &[u8],
    orientation: Orientation,
    picture: &Pixels,
    limits: &Limits,
) -> Option<String> {
    let read = jpeg::read(untrusted, limits).ok()?;
    let copy = read.decode(untrusted, 1).ok()?.turned(orientation);
    let size = format!("{}×{}", copy.width, copy.height);
    // A copy of a fixed shape has bars above and below, or at its sides.
    let inner = without_bars(&copy, picture);
    let is_like = has_shape(&copy, picture) && same(&copy, picture);
    let is_like = is_like || inner.is_some_and(|inner| same(&inner, picture));
    (!is_like).then_some(size)
}

fn has_shape(copy: &Pixels, picture: &Pixels) -> bool {
    let (a, b) = (
        u64::from(copy.width) * u64::from(picture.height),
        u64::from(copy.height) * u64::from(picture.width),
    );
    // One pixel of a small copy is much of its side.
    let slack = u64::from(picture.width.max(picture.height));
    a.abs_diff(b) <= a.max(b) * SHAPE / 100 + slack
}

/// The middle part of the copy that has the picture's shape.
fn without_bars(copy: &Pixels, picture: &Pixels) -> Option<Pixels> {
    let scaled = |side: u32, by: u32, of: u32| {
        u32::try_from(u64::from(side) * u64::from(by) / u64::from(of.max(1))).ok()
    };
    let width = scaled(copy.height, picture.width, picture.height)?.min(copy.width);
    let height = scaled(copy.width, picture.height, picture.width)?.min(copy.height);
    let (left, top) = ((copy.width - width) / 2, (copy.height - height) / 2);
    (width > 0 && height > 0).then(|| copy.clone().part([left, top, left + width, top + height]))
}

fn same(copy: &Pixels, picture: &Pixels) -> bool {
    let (copy, picture) = (copy.fields(FIELDS, FIELDS), picture.fields(FIELDS, FIELDS));
    let other = copy.iter().zip(&picture).filter(|(a, b)| a.abs_diff(**b) > OTHER).count();
    other <= MAY_DIFFER
}
