//! How does the hall look where the loudspeakers are assembled?
//!
//! A hall with benches and shelves on the left, machines on the right, ceiling
//! lamps, yellow lines on the floor and a whiteboard whose scribbles must be
//! masked. Unit: metre. The parts of the hall are in `workshop/furniture.rs`.

mod furniture;

use crate::{
    camera::{Camera, Region},
    film::Finish,
    glyphs::Line,
    light::Light,
    march::{Reach, Scene},
    material::{Surface, cardboard, hash, layered, noise, step},
    shape::{Nearest, segment},
    vector::{V3, grey, v},
};
use furniture::{
    AISLE, AMBER, BEAM, BENCH_TOP, BIN, BOARD, CARTON, CEILING, FLOOR, FRAME, GLASS, GREEN, LAMP,
    MACHINE, PRODUCT, RED, SCREEN, SIGN, STEEL, WALL, WINDOW, benches, building, into_board,
    machines, out_of_board, screen, shelves, whiteboard,
};

/// Half the width and half the height of the writing surface of the whiteboard.
const BOARD_HALF: (f32, f32) = (0.98, 0.62);

/// The hall.
pub(crate) struct Workshop {
    scribble: Vec<(Line, f32, f32, f32, V3)>,
    sign: Line,
}

impl Workshop {
    /// Furnishes the hall and writes on the board.
    pub(crate) fn new() -> Self {
        let (blue, red, green) = (v(0.02, 0.05, 0.35), v(0.45, 0.03, 0.03), v(0.02, 0.2, 0.06));
        let write =
            |text: &str, x: f32, y: f32, size: f32, ink: V3| (Line::new(text), x, y, size, ink);
        Self {
            scribble: vec![
                write("LINE 2  SETTINGS", 0.12, 0.10, 0.0150, blue),
                write("MAGNETISE 1850 V 2 MS", 0.12, 0.31, 0.0094, blue),
                write("GLUE CURE 82 C 14 MIN", 0.12, 0.45, 0.0094, blue),
                write("GAP 0.35 +0.02", 0.12, 0.59, 0.0105, red),
                write("TORQUE 1.8 NM", 0.12, 0.74, 0.0105, blue),
                write("REJECTS 0.8 %  TAKT 46 S", 0.12, 0.94, 0.0088, green),
                write("82 C", 1.66, 1.00, 0.0080, red),
            ],
            sign: Line::new("LINE 2"),
        }
    }

    /// Where the whiteboard lies on the picture.
    pub(crate) fn whiteboard(&self) -> Region {
        let (w, h) = BOARD_HALF;
        let corners =
            [(-w, -h), (w, -h), (-w, h), (w, h)].map(|(x, y)| out_of_board(v(x, y, 0.03)));
        self.camera().region(&corners, 0.004)
    }

    fn board(&self, p: V3) -> Surface {
        let q = into_board(p);
        let (x, y) = (q.x + BOARD_HALF.0, BOARD_HALF.1 - q.y);
        let mut colour = v(0.80, 0.81, 0.81) * (0.96 + 0.05 * layered(q * 4.0, 2));
        for (index, (line, left, top, size, ink)) in self.scribble.iter().enumerate() {
            // A hand is never quite even: the line climbs and the letters sway.
            let sway = 0.35 * noise(v(x * 14.0, index as f32, 0.0)) - 0.18;
            let climb = (x - left) * 0.03 * (hash(index as i32, 2, 2) - 0.3);
            let u = (x - left) / size - 0.16 * ((y - top) / size - 3.5);
            let w = (y - top + climb) / size + sway * 2.2;
            colour = colour.mix(*ink, 0.92 * line.ink(u, w, 0.42));
        }
        // A small diagram: axes and a falling curve.
        let (gx, gy) = (x - 1.43, y - 0.66);
        let axes = segment((gx, gy), (0.0, -0.4), (0.0, 0.28)).min(segment(
            (gx, gy),
            (-0.02, 0.28),
            (0.5, 0.28),
        ));
        let curve = (gy + 0.3 - 0.5 * (gx * 5.5).sin().abs() * gx).abs()
            + 10.0 * (-gx).max(gx - 0.47).max(0.0);
        colour = colour.mix(v(0.02, 0.05, 0.35), step(0.009, 0.005, axes));
        colour = colour.mix(v(0.45, 0.03, 0.03), step(0.011, 0.006, curve));
        Surface::painted(colour, 0.3)
    }

    fn floor(p: V3) -> Surface {
        let cloud = layered(p * 0.9, 3) - 0.5;
        let stain = step(0.6, 0.75, layered(p * 2.1 + v(7.0, 0.0, 3.0), 3));
        let mut colour = v(0.27, 0.285, 0.29) * (1.0 + 0.18 * cloud - 0.22 * stain);
        let along = ((p.x - 0.0).abs() - AISLE).abs();
        let across = (p.z + 4.5).abs();
        let worn = 0.75 + 0.25 * step(0.3, 0.5, layered(p * 5.0, 2));
        if along < 0.055 || (across < 0.055 && p.x.abs() > AISLE) {
            colour = colour.mix(v(0.80, 0.52, 0.02), worn);
        }
        let seam = (p.z / 5.0 - (p.z / 5.0).round()).abs() * 5.0;
        colour = colour * (1.0 - 0.35 * step(0.014, 0.006, seam));
        Surface::painted(colour, 0.2 + 0.16 * layered(p * 1.7, 2))
    }

    fn wall(p: V3) -> Surface {
        let base = if p.y < 1.25 { v(0.32, 0.40, 0.43) } else { v(0.66, 0.66, 0.63) };
        Surface::painted(base * (0.96 + 0.08 * layered(p * 0.8, 3)), 0.6)
    }

    fn hanging_sign(&self, p: V3) -> Surface {
        let (u, w) = ((p.x + 0.52) / 0.0297, (2.96 - p.y) / 0.031);
        let ink = self.sign.ink(u, w, 0.55);
        Surface::painted(v(0.02, 0.12, 0.30).mix(grey(0.85), ink), 0.4)
    }
}

impl Scene for Workshop {
    fn camera(&self) -> Camera {
        Camera::new(v(-0.75, 1.72, 5.4), v(0.35, 1.38, -5.0), 56.0, 4.0 / 3.0)
    }

    fn finish(&self) -> Finish {
        Finish { exposure: 1.0, vignette: 0.34, noise: 1.6, focus: 7.0, blur: 0.0012 }
    }

    fn reach(&self) -> Reach {
        Reach { far: 60.0, touch: 0.0004, corner: 0.9 }
    }

    fn nearest(&self, p: V3) -> Nearest {
        let mut near = Nearest::to(p.y, FLOOR);
        building(p, &mut near);
        benches(p, &mut near);
        shelves(p, &mut near);
        machines(p, &mut near);
        whiteboard(p, &mut near);
        near
    }

    fn surface(&self, part: u16, p: V3, n: V3) -> Surface {
        let cell = v((p.x * 3.1).floor(), (p.y * 2.3).floor(), (p.z * 2.0).floor());
        let lot = hash(cell.x as i32, cell.y as i32, cell.z as i32);
        match part {
            FLOOR => Self::floor(p),
            WALL => Self::wall(p),
            CEILING => Surface::matt(v(0.55, 0.55, 0.54)),
            BEAM => Surface::painted(v(0.42, 0.44, 0.46), 0.5),
            LAMP if n.y < -0.5 => Surface::lamp(v(5.6, 5.6, 5.3)),
            LAMP => Surface::painted(grey(0.7), 0.5),
            WINDOW => Surface::lamp(v(1.9, 2.15, 2.4) * (0.55 + 0.6 * step(2.2, 4.0, p.y))),
            BENCH_TOP => Surface::painted(
                v(0.50, 0.38, 0.24) * (0.8 + 0.4 * layered(v(p.x, p.y, p.z * 0.1) * 14.0, 2)),
                0.4,
            ),
            STEEL => Surface::painted(v(0.16, 0.20, 0.24), 0.4),
            BIN => Surface::painted(
                if lot > 0.45 { v(0.03, 0.14, 0.42) } else { v(0.55, 0.07, 0.04) },
                0.4,
            ),
            CARTON => Surface::matt(cardboard(p * 60.0) * (0.75 + 0.45 * lot)),
            PRODUCT => Surface::painted(grey(0.03), 0.35),
            MACHINE if p.y < 0.75 => Surface::painted(v(0.05, 0.16, 0.27), 0.35),
            MACHINE => {
                Surface::painted(v(0.68, 0.69, 0.67) * (0.97 + 0.05 * layered(p * 3.0, 2)), 0.32)
            }
            GLASS => Surface::painted(v(0.02, 0.025, 0.03), 0.08),
            SCREEN => screen(p),
            RED => Surface::painted(v(0.62, 0.02, 0.02), 0.35),
            GREEN => Surface::lamp(v(0.06, 0.75, 0.18)),
            AMBER => Surface::painted(v(0.75, 0.36, 0.01), 0.3),
            BOARD => self.board(p),
            FRAME => Surface::metal(grey(0.55), 0.35),
            SIGN => self.hanging_sign(p),
            _ => Surface::painted(v(0.30, 0.09, 0.03), 0.5),
        }
    }

    fn surroundings(&self, dir: V3, rough: f32) -> V3 {
        grey(0.25).mix(grey(0.6), step(-0.4, 0.8, dir.y) * (1.0 - 0.2 * rough))
    }

    fn ambient(&self, n: V3) -> V3 {
        grey(0.22).mix(v(0.36, 0.365, 0.37), 0.5 + 0.5 * n.y)
    }

    fn lights(&self) -> Vec<Light> {
        let lamp = |x: f32, z: f32, power: f32| Light::Lamp {
            at: v(x, 4.2, z),
            power: v(1.0, 0.99, 0.95) * power,
            unit: 4.2,
            spread: 0.2,
        };
        vec![lamp(-1.2, 3.0, 0.55), lamp(1.4, -3.5, 0.6), lamp(-0.4, -11.0, 0.8)]
    }

    fn haze(&self, colour: V3, t: f32) -> V3 {
        colour.mix(v(0.60, 0.63, 0.65), 0.22 * step(6.0, 40.0, t))
    }
}
