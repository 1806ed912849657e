//! How do points, directions and colours add and multiply?
//!
//! Three 32-bit floats and the few operations the ray marcher needs. No matrices
//! and no quaternions: the scenes turn things about one axis at a time.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A point, a direction or a linear colour.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct V3 {
    /// To the right, or red.
    pub x: f32,
    /// Up, or green.
    pub y: f32,
    /// Towards the viewer, or blue.
    pub z: f32,
}

/// Short form of the constructor.
pub(crate) const fn v(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

/// A grey of the given value.
pub(crate) const fn grey(value: f32) -> V3 {
    v(value, value, value)
}

impl V3 {
    /// The scalar product.
    #[inline]
    pub(crate) fn dot(self, o: V3) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }

    /// The vector product.
    #[inline]
    pub(crate) fn cross(self, o: V3) -> V3 {
        v(self.y * o.z - self.z * o.y, self.z * o.x - self.x * o.z, self.x * o.y - self.y * o.x)
    }

    /// The Euclidean length.
    #[inline]
    pub(crate) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    /// The same direction with length one; the zero vector stays (almost) zero.
    #[inline]
    pub(crate) fn unit(self) -> V3 {
        self * (1.0 / self.length().max(1e-12))
    }

    /// Componentwise absolute value.
    #[inline]
    pub(crate) fn abs(self) -> V3 {
        v(self.x.abs(), self.y.abs(), self.z.abs())
    }

    /// Componentwise lower bound.
    #[inline]
    pub(crate) fn at_least(self, low: f32) -> V3 {
        v(self.x.max(low), self.y.max(low), self.z.max(low))
    }

    /// The largest component.
    #[inline]
    pub(crate) fn largest(self) -> f32 {
        self.x.max(self.y).max(self.z)
    }

    /// This at `t` = 0, `other` at `t` = 1.
    #[inline]
    pub(crate) fn mix(self, other: V3, t: f32) -> V3 {
        self * (1.0 - t) + other * t
    }

    /// This direction mirrored at a surface with the unit normal `n`.
    #[inline]
    pub(crate) fn mirrored(self, n: V3) -> V3 {
        self - n * (2.0 * self.dot(n))
    }

    /// Turned about the x axis by `angle` radians (y towards z).
    #[inline]
    pub(crate) fn turned_x(self, angle: f32) -> V3 {
        let (s, c) = angle.sin_cos();
        v(self.x, c * self.y - s * self.z, s * self.y + c * self.z)
    }

    /// Turned about the y axis by `angle` radians (x towards -z).
    #[inline]
    pub(crate) fn turned_y(self, angle: f32) -> V3 {
        let (s, c) = angle.sin_cos();
        v(c * self.x + s * self.z, self.y, c * self.z - s * self.x)
    }

    /// Turned about the z axis by `angle` radians (x towards y).
    #[inline]
    pub(crate) fn turned_z(self, angle: f32) -> V3 {
        let (s, c) = angle.sin_cos();
        v(c * self.x - s * self.y, s * self.x + c * self.y, self.z)
    }
}

impl Add for V3 {
    type Output = V3;
    #[inline]
    fn add(self, o: V3) -> V3 {
        v(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl AddAssign for V3 {
    #[inline]
    fn add_assign(&mut self, o: V3) {
        *self = *self + o;
    }
}

impl Sub for V3 {
    type Output = V3;
    #[inline]
    fn sub(self, o: V3) -> V3 {
        v(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Mul<f32> for V3 {
    type Output = V3;
    #[inline]
    fn mul(self, k: f32) -> V3 {
        v(self.x * k, self.y * k, self.z * k)
    }
}

impl Mul for V3 {
    type Output = V3;
    #[inline]
    fn mul(self, o: V3) -> V3 {
        v(self.x * o.x, self.y * o.y, self.z * o.z)
    }
}

impl Neg for V3 {
    type Output = V3;
    #[inline]
    fn neg(self) -> V3 {
        self * -1.0
    }
}
