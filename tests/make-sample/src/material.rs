//! What does a surface do with light, and what do its grain and stains look like?
//!
//! Surface descriptions, and the hash and smooth noise from which grain, wood,
//! fibre and clouds are made. Deterministic: there is no random source, only
//! hashes of positions.

use crate::vector::{V3, grey, v};

/// What one point of a surface does with light.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surface {
    /// Diffuse colour of a dielectric, reflectance of a metal (linear, 0 to 1).
    pub colour: V3,
    /// Is it bare metal?
    pub metal: bool,
    /// 0 is a mirror, 1 is chalk.
    pub rough: f32,
    /// Weight of the clear reflection of a dielectric at normal incidence, 0.04 for most.
    pub gloss: f32,
    /// Light that it gives off by itself.
    pub glow: V3,
}

impl Surface {
    /// A matt surface.
    pub(crate) fn matt(colour: V3) -> Self {
        Self { colour, metal: false, rough: 0.9, gloss: 0.02, glow: V3::default() }
    }

    /// Paint, plastic or lacquer of the given roughness.
    pub(crate) fn painted(colour: V3, rough: f32) -> Self {
        Self { colour, metal: false, rough, gloss: 0.04, glow: V3::default() }
    }

    /// Bare metal of the given roughness.
    pub(crate) fn metal(colour: V3, rough: f32) -> Self {
        Self { colour, metal: true, rough, gloss: 1.0, glow: V3::default() }
    }

    /// Something that shines.
    pub(crate) fn lamp(glow: V3) -> Self {
        Self { colour: grey(0.8), metal: false, rough: 1.0, gloss: 0.0, glow }
    }
}

/// A number from 0 to 1 that looks random but depends only on the three integers.
#[inline]
pub(crate) fn hash(x: i32, y: i32, z: i32) -> f32 {
    let mut h = (x as u32).wrapping_mul(0x8da6_b343)
        ^ (y as u32).wrapping_mul(0xd816_3841)
        ^ (z as u32).wrapping_mul(0xcb1a_b31f);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297a_2d39);
    h ^= h >> 15;
    (h >> 8) as f32 / 16_777_216.0
}

/// Smooth noise from 0 to 1 with features about one unit wide.
pub(crate) fn noise(p: V3) -> f32 {
    let (fx, fy, fz) = (p.x.floor(), p.y.floor(), p.z.floor());
    let (ix, iy, iz) = (fx as i32, fy as i32, fz as i32);
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (tx, ty, tz) = (ease(p.x - fx), ease(p.y - fy), ease(p.z - fz));
    let lerp = |a: f32, b: f32, t: f32| a + (b - a) * t;
    let edge =
        |dy: i32, dz: i32| lerp(hash(ix, iy + dy, iz + dz), hash(ix + 1, iy + dy, iz + dz), tx);
    lerp(lerp(edge(0, 0), edge(1, 0), ty), lerp(edge(0, 1), edge(1, 1), ty), tz)
}

/// Several octaves of [`noise`] laid over each other, from 0 to 1.
pub(crate) fn layered(p: V3, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut total, mut q) = (0.0, 0.5, 0.0, p);
    for _ in 0..octaves {
        sum += weight * noise(q);
        total += weight;
        weight *= 0.5;
        q = q * 2.03 + v(17.1, 3.7, 9.2);
    }
    sum / total
}

/// 0 below `low`, 1 above `high`, smooth between; `low` may be the larger one.
#[inline]
pub(crate) fn step(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Planed wood whose grain runs along x; `p` in centimetres.
pub(crate) fn wood(p: V3, light: V3, dark: V3) -> V3 {
    let bent = p.z + 1.6 * layered(v(p.x * 0.045, p.y * 0.4, p.z * 0.22), 3);
    let rings = (bent * 3.1 + 2.0 * layered(v(p.x * 0.03, p.y, p.z * 0.7), 2)).sin() * 0.5 + 0.5;
    let pores = layered(v(p.x * 0.35, p.y * 7.0, p.z * 9.0), 2);
    light.mix(dark, (0.55 * rings + 0.5 * step(0.45, 0.75, pores)).clamp(0.0, 1.0))
}

/// Cardboard; `p` in centimetres.
pub(crate) fn cardboard(p: V3) -> V3 {
    let fibre = layered(v(p.x * 3.0, p.y * 3.0, p.z * 3.0), 3) - 0.5;
    let wave = (p.x * 11.0).sin() * 0.012;
    v(0.46, 0.30, 0.165) * (1.0 + 0.22 * fibre + wave)
}

/// How much of a lit rectangle one sees in the direction `dir`: 1 inside, 0 outside, blurred by
/// `soft`. The rectangle hangs around `toward` and reaches `half` (tangents) to either side.
pub(crate) fn softbox(dir: V3, toward: V3, half: (f32, f32), soft: f32) -> f32 {
    let axis = toward.unit();
    let ahead = dir.dot(axis);
    if ahead <= 0.0 {
        return 0.0;
    }
    let side = axis.cross(v(0.0, 1.0, 0.001)).unit();
    let above = side.cross(axis);
    let (x, y) = (dir.dot(side) / ahead, dir.dot(above) / ahead);
    let edge = |t: f32, h: f32| step(h + soft, h - soft, t.abs());
    edge(x, half.0) * edge(y, half.1)
}
