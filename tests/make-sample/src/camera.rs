//! Which ray belongs to a place on the picture, and where on the picture lies a point?
//!
//! A pinhole camera. Blur by the lens, noise and vignetting are the film's
//! business, not the camera's.

use crate::vector::{V3, v};

/// A camera that looks from one point at another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Camera {
    at: V3,
    ahead: V3,
    right: V3,
    above: V3,
    tangent: f32,
    aspect: f32,
}

/// A rectangle on the upright picture in ten-thousandths of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

impl Camera {
    /// Places the camera. `view` is the vertical angle of view in degrees, `aspect` the picture's
    /// width divided by its height.
    pub(crate) fn new(at: V3, target: V3, view: f32, aspect: f32) -> Self {
        let ahead = (target - at).unit();
        let right = ahead.cross(v(0.0, 1.0, 0.0)).unit();
        let above = right.cross(ahead);
        Self { at, ahead, right, above, tangent: (view.to_radians() * 0.5).tan(), aspect }
    }

    /// Where every ray starts.
    pub(crate) fn origin(&self) -> V3 {
        self.at
    }

    /// The unit direction through the place (`x`, `y`), both from 0 to 1 from the top left.
    pub(crate) fn ray(&self, x: f32, y: f32) -> V3 {
        let (sx, sy) =
            ((2.0 * x - 1.0) * self.tangent * self.aspect, (1.0 - 2.0 * y) * self.tangent);
        (self.ahead + self.right * sx + self.above * sy).unit()
    }

    /// The place of a point on the picture, both coordinates from 0 to 1 from the top left.
    pub(crate) fn place(&self, point: V3) -> (f32, f32) {
        let arm = point - self.at;
        let depth = arm.dot(self.ahead);
        let x = arm.dot(self.right) / (depth * self.tangent * self.aspect);
        let y = arm.dot(self.above) / (depth * self.tangent);
        (0.5 + 0.5 * x, 0.5 - 0.5 * y)
    }

    /// The smallest upright rectangle round the points, with `margin` (a fraction of the picture)
    /// on each side.
    pub(crate) fn region(&self, points: &[V3], margin: f32) -> Region {
        let (mut left, mut top, mut right, mut bottom) = (1.0_f32, 1.0_f32, 0.0_f32, 0.0_f32);
        for point in points {
            let (x, y) = self.place(*point);
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
        }
        let units = |t: f32| (t.clamp(0.0, 1.0) * 10_000.0).round() as i32;
        let (x, y) = (units(left - margin), units(top - margin));
        Region { x, y, w: units(right + margin) - x, h: units(bottom + margin) - y }
    }
}
