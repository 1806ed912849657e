//! How far is a point from a simple solid?
//!
//! Signed distances (negative inside) of the solids the scenes are built from,
//! after the well-known closed forms of constructive distance fields. Nothing
//! here knows about colour. Lengths are in the unit of the scene.

use crate::vector::V3;

/// The nearest part found so far: its distance and its number in the scene.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nearest {
    /// Signed distance to the part.
    pub distance: f32,
    /// The part's number, meaningful only to its scene.
    pub part: u16,
}

impl Nearest {
    /// Starts with one part.
    #[inline]
    pub(crate) fn to(distance: f32, part: u16) -> Self {
        Self { distance, part }
    }

    /// Takes the other part when it is nearer.
    #[inline]
    pub(crate) fn or(&mut self, distance: f32, part: u16) {
        if distance < self.distance {
            *self = Self { distance, part };
        }
    }
}

/// A box with half edges `half`, its edges rounded by `round`.
#[inline]
pub(crate) fn cuboid(p: V3, half: V3, round: f32) -> f32 {
    let q = p.abs() - half + V3 { x: round, y: round, z: round };
    q.at_least(0.0).length() + q.largest().min(0.0) - round
}

/// A rectangle in two dimensions with rounded corners.
#[inline]
pub(crate) fn rectangle(x: f32, y: f32, half_x: f32, half_y: f32, round: f32) -> f32 {
    let (qx, qy) = (x.abs() - half_x + round, y.abs() - half_y + round);
    qx.max(0.0).hypot(qy.max(0.0)) + qx.max(qy).min(0.0) - round
}

/// The distance of a point to a segment in two dimensions.
#[inline]
pub(crate) fn segment(point: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let (px, py) = (point.0 - from.0, point.1 - from.1);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let along = ((px * dx + py * dy) / (dx * dx + dy * dy).max(1e-9)).clamp(0.0, 1.0);
    (px - dx * along).hypot(py - dy * along)
}

/// A rod with round ends between two points.
#[inline]
pub(crate) fn rod(p: V3, from: V3, to: V3, radius: f32) -> f32 {
    let (pa, ba) = (p - from, to - from);
    let along = (pa.dot(ba) / ba.dot(ba)).clamp(0.0, 1.0);
    (pa - ba * along).length() - radius
}

/// An upright ring (a disc with a bore) about the y axis with chamfered edges.
#[inline]
pub(crate) fn ring(p: V3, outer: f32, inner: f32, half_height: f32, round: f32) -> f32 {
    let radial = p.x.hypot(p.z) - 0.5 * (outer + inner);
    rectangle(radial, p.y, 0.5 * (outer - inner), half_height, round)
}

/// An upright cylinder about the y axis with rounded edges.
#[inline]
pub(crate) fn cylinder(p: V3, radius: f32, half_height: f32, round: f32) -> f32 {
    rectangle(p.x.hypot(p.z), p.y, radius, half_height, round)
}

/// A sphere.
#[inline]
pub(crate) fn ball(p: V3, radius: f32) -> f32 {
    p.length() - radius
}

/// The union of two distances with a fillet of about `k`.
#[inline]
pub(crate) fn melt(a: f32, b: f32, k: f32) -> f32 {
    let h = (k - (a - b).abs()).max(0.0) / k;
    a.min(b) - h * h * k * 0.25
}

/// The offset from the middle of the nearest of `count` cells of width `pitch`, the row being
/// centred on zero.
#[inline]
pub(crate) fn repeated(x: f32, pitch: f32, count: i32) -> f32 {
    let last = 0.5 * (count - 1) as f32;
    let cell = (x / pitch + last).round().clamp(0.0, 2.0 * last) - last;
    x - cell * pitch
}
