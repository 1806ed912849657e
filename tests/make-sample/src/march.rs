//! What does the camera see in a scene?
//!
//! Sphere tracing of a signed distance field: one ray per pixel, five more where
//! neighbours differ; soft shadows, ambient occlusion, one mirrored ray. Two
//! threads share the rows; every row depends on nothing but its number, so that
//! the picture does not depend on who draws which row. There is no path tracing
//! and no random source.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::{
    camera::Camera,
    film::{Exposure, Finish},
    light::Light,
    material::Surface,
    shape::Nearest,
    vector::{V3, v},
};

/// A scene that can be photographed.
pub(crate) trait Scene: Sync {
    /// Where the camera stands.
    fn camera(&self) -> Camera;
    /// What the film does.
    fn finish(&self) -> Finish;
    /// Distances at which rays end, surfaces touch and corners darken.
    fn reach(&self) -> Reach;
    /// The nearest part; a lower bound of its distance is enough far away from it.
    fn nearest(&self, p: V3) -> Nearest;
    /// What a part looks like at a point with the unit normal `n`.
    fn surface(&self, part: u16, p: V3, n: V3) -> Surface;
    /// The surroundings in a direction, as a surface of the given roughness mirrors them.
    fn surroundings(&self, dir: V3, rough: f32) -> V3;
    /// Light from all sides that falls on a matt surface with the unit normal `n`.
    fn ambient(&self, n: V3) -> V3;
    /// The lamps that cast shadows.
    fn lights(&self) -> Vec<Light>;
    /// Air between the camera and a point `t` away.
    fn haze(&self, colour: V3, _t: f32) -> V3 {
        colour
    }
}

/// Lengths that depend on the size of a scene, in its unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Rays end here.
    pub far: f32,
    /// A surface is hit when it is this near, per unit of the ray's length.
    pub touch: f32,
    /// Corners and gaps of about this width are dark.
    pub corner: f32,
}

/// Five more rays, arranged as the five free cells of a rotated grid.
const MORE: [(f32, f32); 5] =
    [(-0.36, -0.12), (0.12, -0.36), (0.36, 0.12), (-0.12, 0.36), (0.24, -0.2)];

/// Photographs a scene.
pub(crate) fn photograph(scene: &dyn Scene, width: u32, height: u32) -> Exposure {
    let eye = Eye { scene, camera: scene.camera(), reach: scene.reach(), lights: scene.lights() };
    let place = |x: u32, y: u32, dx: f32, dy: f32| {
        ((x as f32 + 0.5 + dx) / width as f32, (y as f32 + 0.5 + dy) / height as f32)
    };
    let coarse = in_rows(height, |y| {
        (0..width)
            .map(|x| {
                let (px, py) = place(x, y, 0.0, 0.0);
                eye.see(eye.camera.ray(px, py))
            })
            .collect()
    });
    let coarse = Exposure { width, height, pixels: coarse };
    let fine = in_rows(height, |y| {
        (0..width)
            .map(|x| {
                let (mut colour, depth) = coarse.at(x, y);
                if coarse.is_rough_at(x, y) {
                    // Highlights are bounded, else one bright ray of six leaves a jagged edge.
                    let bounded = |c: V3| c * (1.0 / (1.0 + 0.25 * c.largest()));
                    let mut sum = bounded(colour);
                    for (dx, dy) in MORE {
                        let (px, py) = place(x, y, dx, dy);
                        sum += bounded(eye.see(eye.camera.ray(px, py)).0);
                    }
                    let mean = sum * (1.0 / 6.0);
                    colour = mean * (1.0 / (1.0 - 0.25 * mean.largest()).max(0.05));
                }
                (colour, depth)
            })
            .collect()
    });
    Exposure { width, height, pixels: fine }
}

/// Runs `row` for every row on two threads and joins the rows in order.
pub(crate) fn in_rows<T: Send>(height: u32, row: impl Fn(u32) -> Vec<T> + Sync) -> Vec<T> {
    let next = AtomicU32::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let y = next.fetch_add(1, Ordering::Relaxed);
            if y >= height {
                return done;
            }
            done.push((y, row(y)));
        }
    };
    let mut rows = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut rows = work();
        match other.join() {
            Ok(more) => rows.extend(more),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        rows
    });
    rows.sort_by_key(|(y, _)| *y);
    rows.into_iter().flat_map(|(_, pixels)| pixels).collect()
}

/// A mirrored ray: where it starts, where it goes, how open the sky is there, and how many mirrors
/// it has met before.
struct Glance {
    start: V3,
    dir: V3,
    open: f32,
    mirrors: u32,
}

struct Eye<'a> {
    scene: &'a dyn Scene,
    camera: Camera,
    reach: Reach,
    lights: Vec<Light>,
}

impl Eye<'_> {
    /// Colour and distance seen from the camera.
    fn see(&self, dir: V3) -> (V3, f32) {
        self.follow(self.camera.origin(), dir, 0)
    }

    fn follow(&self, from: V3, dir: V3, mirrors: u32) -> (V3, f32) {
        let Some((t, part)) = self.march(from, dir) else {
            let far = self.reach.far;
            return (self.scene.surroundings(dir, 0.0), far);
        };
        let p = from + dir * t;
        let n = self.normal(p, self.reach.touch * t.max(0.1) * 0.7);
        let surface = self.scene.surface(part, p, n);
        let colour = self.shade(&surface, (p, n), dir, mirrors);
        (self.scene.haze(colour, t), t)
    }

    fn march(&self, from: V3, dir: V3) -> Option<(f32, u16)> {
        let mut t = 0.0;
        for _ in 0..220 {
            let near = self.scene.nearest(from + dir * t);
            if near.distance < self.reach.touch * t.max(0.02 * self.reach.corner) {
                return Some((t, near.part));
            }
            t += near.distance;
            if t > self.reach.far {
                return None;
            }
        }
        Some((t, self.scene.nearest(from + dir * t).part))
    }

    fn normal(&self, p: V3, e: f32) -> V3 {
        let mut n = V3::default();
        for k in [v(1.0, -1.0, -1.0), v(-1.0, -1.0, 1.0), v(-1.0, 1.0, -1.0), v(1.0, 1.0, 1.0)] {
            n += k * self.scene.nearest(p + k * e).distance;
        }
        n.unit()
    }

    fn shade(&self, surface: &Surface, (p, n): (V3, V3), dir: V3, mirrors: u32) -> V3 {
        let start = p + n * (4.0 * self.reach.touch * (p - self.camera.origin()).length());
        let open = self.openness(p, n);
        let mut colour = surface.glow;
        if !surface.metal {
            colour += surface.colour * self.scene.ambient(n) * open;
        }
        for light in &self.lights {
            let (toward, distance, power) = light.reaches(p);
            let facing = n.dot(toward);
            if facing <= 0.0 {
                continue;
            }
            let lit = self.shadow(start, toward, distance, light.spread());
            if lit <= 0.0 {
                continue;
            }
            let power = power * (lit * facing);
            if !surface.metal {
                colour += surface.colour * power;
            }
            colour += tint(surface) * power * highlight(surface.rough, n, dir, toward);
        }
        let graze = (1.0 + n.dot(dir)).clamp(0.0, 1.0).powi(5) * (1.0 - 0.8 * surface.rough);
        let mirror = tint(surface) + (v(1.0, 1.0, 1.0) - tint(surface)) * graze;
        if mirror.largest() > 0.01 {
            let seen = Glance { start, dir: dir.mirrored(n), open, mirrors };
            colour += mirror * self.mirrored(&seen, surface.rough, mirror.largest());
        }
        colour
    }

    /// What a surface mirrors: the scene itself when it is smooth, the surroundings when rough.
    /// A reflection that nobody would notice, being faint or seen in another mirror, is not traced.
    fn mirrored(&self, glance: &Glance, rough: f32, weight: f32) -> V3 {
        let Glance { start, dir, open, mirrors } = *glance;
        let around = self.scene.surroundings(dir, rough) * open;
        let clear = 1.0 - crate::material::step(0.25, 0.6, rough);
        let least = if mirrors == 0 { 0.03 } else { 0.25 };
        if mirrors >= 2 || clear * weight < least {
            return around;
        }
        if self.march(start, dir).is_none() {
            return self.scene.surroundings(dir, rough);
        }
        let (seen, _) = self.follow(start, dir, mirrors + 1);
        around.mix(seen, clear)
    }

    /// 1 where the sky is free, less in corners.
    fn openness(&self, p: V3, n: V3) -> f32 {
        let (mut missing, mut weight) = (0.0, 1.0);
        for i in 1..=5 {
            let h = self.reach.corner * (i * i) as f32 / 25.0;
            let free = self.scene.nearest(p + n * h).distance;
            missing += weight * (h - free).max(0.0) / h;
            weight *= 0.72;
        }
        (1.0 - 0.36 * missing).clamp(0.04, 1.0)
    }

    /// How much of a lamp `spread` wide (its tangent) is seen from `from`: 0 to 1.
    fn shadow(&self, from: V3, toward: V3, distance: f32, spread: f32) -> f32 {
        let end = distance.min(self.reach.far);
        let least = self.reach.corner * 0.006;
        let (mut t, mut lit) = (least, 1.0_f32);
        for _ in 0..90 {
            let h = self.scene.nearest(from + toward * t).distance;
            lit = lit.min(h / (spread * t));
            t += h.clamp(least, 0.12 * end).max(0.02 * t);
            if lit < -1.0 || t > end {
                break;
            }
        }
        // Penumbra on both sides of the geometric edge.
        let lit = lit.clamp(-1.0, 1.0);
        0.25 * (1.0 + lit) * (1.0 + lit) * (2.0 - lit)
    }
}

fn tint(surface: &Surface) -> V3 {
    if surface.metal { surface.colour } else { v(1.0, 1.0, 1.0) * surface.gloss }
}

/// The brightness of a lamp's reflection (GGX, without the shadowing term).
fn highlight(rough: f32, n: V3, dir: V3, toward: V3) -> f32 {
    let half = (toward - dir).unit();
    let a = (rough * rough).max(0.02);
    let ndh = n.dot(half).max(0.0);
    let d = ndh * ndh * (a * a - 1.0) + 1.0;
    (a * a / (4.0 * d * d)).min(30.0)
}
