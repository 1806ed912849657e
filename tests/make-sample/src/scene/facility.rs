//! What does the factory look like from the street?
//!
//! A clad hall with an office front, a sign on the wall, a parking area with
//! cars, trees and a sky. Unit: metre. The sun is the only lamp.

mod grounds;

use crate::{
    camera::Camera,
    film::Finish,
    glyphs::Line,
    light::Light,
    march::{Reach, Scene},
    material::{Surface, hash, layered, noise, step},
    shape::Nearest,
    vector::{V3, grey, v},
};
use grounds::{
    ALUMINIUM, BAY, CAR, DOOR, GLASS, GROUND, HALL, HEADLAMP, KERB, LEAVES, PANEL, PLASTER, RIM,
    ROOF_UNIT, SIGN_AT, SIGN_HALF, TRUNK, TYRE, car_number, cars, hall, office, street, trees,
};

const SUN: V3 = v(-0.52, 0.60, 0.61);

/// The site.
pub(crate) struct Facility {
    sign: Line,
}

impl Facility {
    /// Builds it.
    pub(crate) fn new() -> Self {
        Self { sign: Line::new("SAMPLE AUDIO") }
    }

    fn hall(p: V3, n: V3) -> Surface {
        let streak = layered(v(p.x * 1.3, p.y * 0.12, p.z * 1.3), 3) - 0.5;
        let mut colour = if p.y > 7.6 { v(0.10, 0.14, 0.19) } else { v(0.60, 0.62, 0.63) };
        colour = colour * (1.0 + 0.12 * streak);
        let joint = (p.y / 2.6 - (p.y / 2.6).round()).abs() * 2.6;
        colour = colour * (1.0 - 0.3 * step(0.04, 0.02, joint));
        if n.y > 0.7 {
            colour = v(0.30, 0.30, 0.30);
        }
        Surface::painted(colour, 0.5)
    }

    fn panel(&self, p: V3) -> Surface {
        let size = SIGN_HALF.0 * 1.72 / self.sign.width();
        let u = (p.x - SIGN_AT.x) / size + 0.5 * self.sign.width();
        let w = (SIGN_AT.y - p.y) / size + 3.5;
        let ink = self.sign.ink(u, w, 0.62);
        Surface::painted(v(0.86, 0.86, 0.84).mix(v(0.015, 0.07, 0.17), ink), 0.5)
    }

    fn ground(p: V3) -> Surface {
        if p.z > 5.4 || p.z < -11.2 || p.x.abs() > 34.0 {
            let blade = layered(v(p.x * 17.0, 0.0, p.z * 4.5), 3);
            let dry = layered(v(p.x * 0.16, 2.0, p.z * 0.16), 3);
            let lawn = v(0.065, 0.12, 0.028).mix(v(0.17, 0.16, 0.06), step(0.4, 0.75, dry) * 0.7);
            return Surface::matt(lawn * (0.55 + 0.9 * blade));
        }
        let grain = noise(p * 26.0) - 0.5;
        let patch = layered(p * 0.35, 3) - 0.5;
        let mut colour = grey(0.115) * (1.0 + 0.35 * grain + 0.3 * patch);
        let bay = (p.x / BAY - (p.x / BAY).round()).abs() * BAY;
        let on_bays =
            p.z < -1.6 && p.z > -6.8 && p.x.abs() < 7.0 * BAY + 0.1 && p.x > -4.0 * BAY - 0.1;
        let worn = 0.55 + 0.45 * step(0.35, 0.6, layered(p * 3.0, 2));
        if on_bays && bay < 0.06 {
            colour = colour.mix(grey(0.72), worn);
        }
        if p.z < -7.6 {
            let tile = (p.x * 2.0).fract().abs().min((p.z * 2.0).fract().abs());
            colour = v(0.38, 0.36, 0.33)
                * (0.85 + 0.2 * hash((p.x * 2.0).floor() as i32, 0, (p.z * 2.0).floor() as i32));
            colour = colour * (1.0 - 0.3 * step(0.05, 0.02, tile));
        }
        Surface::matt(colour)
    }

    fn paint(p: V3) -> V3 {
        match car_number(p) {
            0 => v(0.42, 0.03, 0.03),
            1 => v(0.55, 0.56, 0.58),
            2 => v(0.03, 0.06, 0.16),
            3 => v(0.70, 0.70, 0.68),
            _ => v(0.09, 0.095, 0.10),
        }
    }
}

impl Scene for Facility {
    fn camera(&self) -> Camera {
        Camera::new(v(-9.5, 2.6, 25.0), v(0.8, 4.5, -10.0), 35.0, 4.0 / 3.0)
    }

    fn finish(&self) -> Finish {
        Finish { exposure: 0.86, vignette: 0.22, noise: 0.9, focus: 36.0, blur: 0.0 }
    }

    fn reach(&self) -> Reach {
        Reach { far: 220.0, touch: 0.0004, corner: 2.2 }
    }

    fn nearest(&self, p: V3) -> Nearest {
        let mut near = Nearest::to(p.y, GROUND);
        hall(p, &mut near);
        office(p, &mut near);
        cars(p, &mut near);
        trees(p, &mut near);
        street(p, &mut near);
        near
    }

    fn surface(&self, part: u16, p: V3, n: V3) -> Surface {
        match part {
            GROUND => Self::ground(p),
            HALL => Self::hall(p, n),
            PANEL if n.z > 0.5 => self.panel(p),
            PANEL => Surface::painted(grey(0.4), 0.5),
            PLASTER => Surface::matt(v(0.62, 0.56, 0.47) * (0.95 + 0.1 * layered(p * 1.5, 3))),
            GLASS => {
                let blind = step(
                    0.3,
                    0.35,
                    hash((p.x / 1.6).floor() as i32, (p.y / 3.0).floor() as i32, 3),
                );
                Surface {
                    gloss: 0.22,
                    ..Surface::painted(v(0.03, 0.04, 0.05).mix(grey(0.16), 0.4 * blind), 0.05)
                }
            }
            ALUMINIUM => Surface::painted(v(0.09, 0.10, 0.11), 0.4),
            ROOF_UNIT => Surface::painted(grey(0.5), 0.5),
            DOOR => {
                let slat = (p.y * 3.2).fract();
                Surface::painted(v(0.10, 0.20, 0.33) * (0.8 + 0.25 * slat), 0.45)
            }
            CAR => Surface { gloss: 0.06, ..Surface::painted(Self::paint(p), 0.12) },
            TYRE => Surface::matt(grey(0.018)),
            RIM => Surface::metal(grey(0.5), 0.35),
            HEADLAMP => Surface::painted(v(0.75, 0.75, 0.72), 0.1),
            TRUNK => Surface::matt(
                v(0.13, 0.09, 0.06) * (0.6 + 0.8 * layered(v(p.x * 9.0, p.y * 1.5, p.z * 9.0), 2)),
            ),
            LEAVES => {
                let shade = layered(p * 2.6, 4);
                let tone = v(0.035, 0.075, 0.018).mix(v(0.12, 0.17, 0.04), step(0.3, 0.75, shade));
                Surface::matt(tone * (0.7 + 0.6 * layered(p * 0.4, 2)))
            }
            KERB => Surface::matt(grey(0.36) * (0.85 + 0.25 * layered(p * 4.0, 2))),
            _ => Surface::painted(v(0.33, 0.35, 0.36), 0.4),
        }
    }

    fn surroundings(&self, dir: V3, rough: f32) -> V3 {
        sky(dir, rough)
    }

    fn ambient(&self, n: V3) -> V3 {
        v(0.17, 0.155, 0.13).mix(v(0.40, 0.47, 0.58), 0.5 + 0.5 * n.y)
    }

    fn lights(&self) -> Vec<Light> {
        vec![Light::Sun { toward: SUN.unit(), power: v(2.05, 1.86, 1.55), spread: 0.012 }]
    }

    fn haze(&self, colour: V3, t: f32) -> V3 {
        colour.mix(v(0.62, 0.72, 0.84), 0.35 * step(25.0, 220.0, t))
    }
}

/// The sky with fair-weather clouds over a line of far hills.
fn sky(dir: V3, rough: f32) -> V3 {
    let up = dir.y.max(0.0);
    let mut colour = v(0.74, 0.83, 0.93).mix(v(0.13, 0.30, 0.66), up.powf(0.55));
    if dir.y > 0.015 {
        let at = v(dir.x / (dir.y + 0.12), dir.z / (dir.y + 0.12), 0.4) * 0.75;
        let cover = step(0.50, 0.78, layered(at, 5)) * step(0.015, 0.18, dir.y);
        let body = grey(0.97)
            .mix(v(0.66, 0.71, 0.78), step(0.55, 0.9, layered(at * 1.1 + v(0.1, 0.05, 0.0), 4)));
        colour = colour.mix(body, cover * (1.0 - 0.5 * rough));
    }
    let bearing = dir.x.atan2(-dir.z);
    let ridge = 0.012 + 0.035 * layered(v(bearing * 5.0, 0.0, 0.0), 4);
    let hills = v(0.36, 0.46, 0.56).mix(v(0.25, 0.33, 0.30), 0.3);
    colour = colour.mix(hills, step(ridge + 0.002, ridge, dir.y));
    let near_ridge = 0.004 + 0.02 * layered(v(bearing * 16.0, 4.0, 0.0), 4);
    colour.mix(v(0.12, 0.17, 0.10), step(near_ridge + 0.001, near_ridge, dir.y))
}
