//! How do three magnets look that somebody laid on a table beside a ruler?
//!
//! Two nickel-plated ring magnets lie on a grey table, a third leans on one of
//! them; a steel ruler, a paper card and a cardboard box stand round them.
//! Unit: centimetre.

use crate::{
    camera::Camera,
    film::Finish,
    glyphs::Line,
    light::Light,
    march::{Reach, Scene},
    material::{Surface, cardboard, layered, noise, softbox, step},
    shape::{Nearest, cuboid, ring},
    vector::{V3, grey, v},
};

const TABLE: u16 = 0;
const RING: u16 = 1;
const RULER: u16 = 2;
const CARD: u16 = 3;
const BOX: u16 = 4;
const TAPE: u16 = 5;

/// The magnets: outer and inner radius, half the height, radius of the edges.
pub(super) const MAGNET: (f32, f32, f32, f32) = (2.3, 1.1, 0.4, 0.05);

/// The table with the magnets.
pub(crate) struct Rings {
    card: [Line; 3],
    figures: Vec<Line>,
}

impl Rings {
    /// Lays the table.
    pub(crate) fn new() -> Self {
        Self {
            card: [
                Line::new("SPECIMEN 3 PCS"),
                Line::new("RING D46 \u{d7} D22 \u{d7} 8"),
                Line::new("N38SH  NI"),
            ],
            figures: (0..=16).map(|n| Line::new(&n.to_string())).collect(),
        }
    }

    fn ruler_frame(p: V3) -> V3 {
        (p - v(-0.2, 0.05, 4.1)).turned_y(-0.09)
    }

    fn card_frame(p: V3) -> V3 {
        (p - v(-6.6, 0.02, -2.6)).turned_y(0.22)
    }

    fn box_frame(p: V3) -> V3 {
        (p - v(5.2, 2.4, -7.2)).turned_y(0.38)
    }

    fn ruler_face(&self, p: V3) -> Surface {
        let q = Self::ruler_frame(p);
        let streak = layered(v(q.x * 0.5, 0.0, q.z * 46.0), 2) - 0.5;
        let mut metal = v(0.62, 0.61, 0.59) * (1.0 + 0.16 * streak);
        let (x, z) = (q.x + 8.0, q.z);
        let tick = (x * 10.0).round();
        let long = if tick % 10.0 == 0.0 {
            0.62
        } else if tick % 5.0 == 0.0 {
            0.46
        } else {
            0.3
        };
        let on_scale = (0.0..=160.0).contains(&tick);
        let mut ink = 0.0_f32;
        if on_scale && z < -1.1 + long {
            ink = step(0.016, 0.010, (x - tick * 0.1).abs());
        }
        let whole = x.round();
        if let Some(figure) = self.figures.get(whole.max(0.0) as usize) {
            let size = 0.055;
            let (u, w) = ((x - whole) / size + figure.width() * 0.5, (z + 0.42) / size);
            ink = ink.max(figure.ink(u, w, 0.45));
        }
        metal = metal.mix(grey(0.02), ink);
        Surface::metal(metal, 0.26)
    }

    fn card_face(&self, p: V3) -> Surface {
        let q = Self::card_frame(p);
        let mut paper = v(0.82, 0.81, 0.76) * (1.0 + 0.05 * (noise(p * 9.0) - 0.5));
        for (row, line) in self.card.iter().enumerate() {
            let size = 0.042;
            let (u, w) = ((q.x + 1.75) / size, (q.z + 0.8 - row as f32 * 0.58) / size);
            paper = paper.mix(v(0.02, 0.02, 0.06), line.ink(u, w, 0.5));
        }
        Surface::matt(paper)
    }
}

/// The third magnet in its own frame: it leans on the right one.
fn leaning(p: V3) -> V3 {
    let tilt = 25.0_f32.to_radians();
    let foot = v(2.9 - 2.3 - 0.8 / tilt.tan(), 0.0, -0.9);
    let middle = foot
        + v(tilt.cos(), tilt.sin(), 0.0) * MAGNET.0
        + v(-tilt.sin(), tilt.cos(), 0.0) * MAGNET.2;
    (p - middle).turned_z(-tilt)
}

impl Scene for Rings {
    fn camera(&self) -> Camera {
        Camera::new(v(-2.2, 13.6, 17.5), v(-0.7, 0.2, -0.3), 35.0, 4.0 / 3.0)
    }

    fn finish(&self) -> Finish {
        Finish { exposure: 0.8, vignette: 0.3, noise: 1.1, focus: 21.0, blur: 0.011 }
    }

    fn reach(&self) -> Reach {
        Reach { far: 90.0, touch: 0.0003, corner: 1.4 }
    }

    fn nearest(&self, p: V3) -> Nearest {
        let (outer, inner, half, round) = MAGNET;
        let mut near = Nearest::to(p.y, TABLE);
        if p.y > 6.0 {
            near.distance = near.distance.min(p.y - 5.0);
            return near;
        }
        near.or(ring(p - v(-3.3, half, 0.9), outer, inner, half, round), RING);
        near.or(ring(p - v(2.9, half, -0.9), outer, inner, half, round), RING);
        near.or(ring(leaning(p), outer, inner, half, round), RING);
        near.or(cuboid(Self::ruler_frame(p), v(8.6, 0.05, 1.1), 0.03), RULER);
        near.or(cuboid(Self::card_frame(p), v(2.0, 0.015, 1.15), 0.01), CARD);
        let q = Self::box_frame(p);
        near.or(cuboid(q, v(4.6, 2.4, 2.8), 0.08), BOX);
        near.or(cuboid(q - v(0.0, 0.0, 0.0), v(4.61, 2.412, 0.7), 0.05), TAPE);
        near
    }

    fn surface(&self, part: u16, p: V3, n: V3) -> Surface {
        match part {
            RING => {
                let wear = layered(p * 5.0, 3);
                Surface::metal(v(0.66, 0.62, 0.56) * (0.94 + 0.1 * wear), 0.1 + 0.08 * wear)
            }
            RULER if n.y > 0.8 => self.ruler_face(p),
            RULER => Surface::metal(grey(0.5), 0.3),
            CARD => self.card_face(p),
            BOX => Surface::matt(cardboard(Self::box_frame(p))),
            TAPE => Surface::painted(v(0.36, 0.23, 0.10), 0.35),
            _ => {
                let speck = step(0.63, 0.8, layered(p * 12.0, 2));
                let cloud = layered(p * 0.35, 3) - 0.5;
                Surface::painted(v(0.50, 0.505, 0.51) * (1.0 + 0.1 * cloud - 0.16 * speck), 0.42)
            }
        }
    }

    fn surroundings(&self, dir: V3, rough: f32) -> V3 {
        let soft = 0.03 + 0.5 * rough;
        let wall = grey(0.2).mix(v(0.55, 0.54, 0.52), step(-0.2, 0.9, dir.y));
        let window = softbox(dir, v(-0.55, 0.55, -0.8), (0.42, 0.34), soft);
        let bars = softbox(dir, v(-0.55, 0.55, -0.8), (0.02, 0.4), soft * 0.5);
        let lamp = softbox(dir, v(0.75, 1.0, 0.25), (0.5, 0.09), soft);
        let dark = softbox(dir, v(0.9, 0.1, -0.5), (0.5, 0.6), soft + 0.1);
        wall * (1.0 - 0.7 * dark)
            + v(0.92, 1.0, 1.1) * (2.3 * window * (1.0 - 0.8 * bars))
            + v(1.0, 0.9, 0.75) * (3.0 * lamp)
    }

    fn ambient(&self, n: V3) -> V3 {
        grey(0.16).mix(v(0.42, 0.43, 0.45), 0.5 + 0.5 * n.y)
    }

    fn lights(&self) -> Vec<Light> {
        vec![
            Light::Sun {
                toward: v(-0.55, 0.62, -0.55).unit(),
                power: v(0.72, 0.76, 0.80),
                spread: 0.2,
            },
            Light::Lamp {
                at: v(16.0, 22.0, 8.0),
                power: v(0.42, 0.37, 0.30),
                unit: 28.0,
                spread: 0.12,
            },
        ]
    }
}
