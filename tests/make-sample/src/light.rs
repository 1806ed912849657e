//! Where does the light come from, and how strong is it?
//!
//! Two kinds of lamp: one infinitely far away and one in the room. Their size
//! softens the shadows; lamps themselves are drawn by the scenes, not here.

use crate::vector::V3;

/// A source of light.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Light {
    /// Far away, like the sun or a large window.
    Sun {
        /// Unit direction towards it.
        toward: V3,
        /// Light on a surface that faces it.
        power: V3,
        /// Tangent of its radius: 0.005 is the real sun, 0.2 a window.
        spread: f32,
    },
    /// A lamp in the room.
    Lamp {
        /// Its middle.
        at: V3,
        /// Light on a surface that faces it from the distance `unit`.
        power: V3,
        /// The distance for which `power` is given.
        unit: f32,
        /// Tangent of its radius as seen from things.
        spread: f32,
    },
}

impl Light {
    /// Direction towards the lamp, distance, and the light that arrives without shadow.
    pub(crate) fn reaches(&self, p: V3) -> (V3, f32, V3) {
        match *self {
            Light::Sun { toward, power, .. } => (toward, f32::MAX, power),
            Light::Lamp { at, power, unit, .. } => {
                let arm = at - p;
                let distance = arm.length();
                let ratio = unit / distance.max(0.05 * unit);
                (arm.unit(), distance, power * (ratio * ratio))
            }
        }
    }

    /// Tangent of the lamp's radius.
    pub(crate) fn spread(&self) -> f32 {
        match *self {
            Light::Sun { spread, .. } | Light::Lamp { spread, .. } => spread,
        }
    }
}
