//! How do the magnets arrive?
//!
//! A cardboard tray with a foam insert holding twenty ring magnets, its lid
//! leaning behind it, and a printed paper label on the front. The label names a
//! customer who has nothing to do with the export: that line must be masked.
//! Unit: centimetre.

use crate::{
    camera::{Camera, Region},
    film::Finish,
    glyphs::Line,
    light::Light,
    march::{Reach, Scene},
    material::{Surface, cardboard, hash, layered, noise, softbox, step},
    scene::rings::MAGNET,
    shape::{Nearest, cuboid, cylinder, rectangle, repeated, ring},
    vector::{V3, grey, v},
};

const BENCH: u16 = 0;
const TRAY: u16 = 1;
const FOAM: u16 = 2;
const RING: u16 = 3;
const LABEL: u16 = 4;
const LID: u16 = 5;

const HALF: V3 = v(17.0, 5.0, 13.2);
const PITCH: f32 = 6.1;
const COUNT: (i32, i32) = (5, 4);
/// Left edge, top edge, width and height of the label on the front.
const LABEL_AT: (f32, f32, f32, f32) = (-11.5, 9.2, 19.0, 8.0);
const CUSTOMER: usize = 3;

/// The packed magnets.
pub(crate) struct Packing {
    lines: Vec<(Line, f32, f32)>,
}

impl Packing {
    /// Packs the box and prints the label.
    pub(crate) fn new() -> Self {
        let print = |text: &str, top: f32, size: f32| (Line::new(text), top, size);
        Self {
            lines: vec![
                print("NINGBO EXAMPLE MAGNETICS", 0.6, 0.118),
                print("RING D46 N38SH   20 PCS", 1.95, 0.105),
                print("D46 \u{d7} D22 \u{d7} 8 MM  NI PLATED", 3.1, 0.075),
                print("FOR: NORDKLANG EXAMPLE AB", 4.1, 0.095),
                print("LOT NEM-0926-117   BOX 3/600", 5.25, 0.075),
                print("MAGNETIZED MATERIAL", 6.7, 0.075),
            ],
        }
    }

    /// Where the customer's line lies on the picture.
    pub(crate) fn customer_line(&self) -> Region {
        let (left, top, ..) = LABEL_AT;
        let (line, down, size) = &self.lines[CUSTOMER];
        let (x0, x1) = (left + 0.8, left + 0.8 + line.width() * size);
        let (y0, y1) = (top - down, top - down - 7.0 * size);
        let z = HALF.z + 0.02;
        let corners = [v(x0, y0, z), v(x1, y0, z), v(x0, y1, z), v(x1, y1, z)];
        self.camera().region(&corners, 0.006)
    }

    fn label(&self, p: V3) -> Surface {
        let (left, top, width, height) = LABEL_AT;
        let (x, y) = (p.x - left, top - p.y);
        let mut paper = grey(0.86) * (1.0 + 0.03 * (noise(p * 6.0) - 0.5));
        let mut ink = 0.0_f32;
        for (line, down, size) in &self.lines {
            ink = ink.max(line.ink((x - 0.8) / size, (y - down) / size, 0.52));
        }
        let frame = rectangle(
            x - width * 0.5,
            y - height * 0.5,
            width * 0.5 - 0.25,
            height * 0.5 - 0.25,
            0.1,
        );
        ink = ink.max(step(0.05, 0.03, frame.abs()));
        ink = ink.max(
            step(0.035, 0.02, (y - 6.3).abs())
                * step(0.3, 0.25, (x - width * 0.5).abs() - width * 0.5 + 0.5),
        );
        // A bar code: bars whose widths come from a hash.
        let bar = ((x - 12.6) / 0.11).floor();
        if (0.0..50.0).contains(&bar) && (6.55..7.55).contains(&y) && x < 18.2 {
            ink = ink.max(f32::from(u8::from(hash(bar as i32, 5, 1) > 0.5)));
        }
        paper = paper.mix(grey(0.025), ink);
        Surface::painted(paper, 0.6)
    }
}

/// The lid stands behind the tray and leans on the wall of the bench.
fn lid_frame(p: V3) -> V3 {
    (p - v(3.5, 12.0, -18.0)).turned_x(-1.22)
}

fn hollow(p: V3, half: V3, wall: f32) -> f32 {
    let hole = cuboid(p - v(0.0, wall + 0.6, 0.0), half - v(wall, -0.6, wall), 0.05);
    cuboid(p, half, 0.12).max(-hole)
}

impl Scene for Packing {
    fn camera(&self) -> Camera {
        Camera::new(v(-11.0, 40.0, 54.0), v(-0.6, 6.4, -1.0), 36.0, 4.0 / 3.0)
    }

    fn finish(&self) -> Finish {
        Finish { exposure: 1.1, vignette: 0.32, noise: 1.3, focus: 60.0, blur: 0.010 }
    }

    fn reach(&self) -> Reach {
        Reach { far: 260.0, touch: 0.0003, corner: 3.5 }
    }

    fn nearest(&self, p: V3) -> Nearest {
        let mut near = Nearest::to(p.y, BENCH);
        near.or(p.z + 27.0, BENCH + 10);
        let lid = lid_frame(p);
        near.or(hollow(lid, v(17.4, 2.5, 13.6), 0.35), LID);
        let q = p - v(0.0, HALF.y, 0.0);
        let outside = cuboid(q, HALF + v(0.3, 0.3, 0.3), 0.2);
        if outside > 2.0 {
            near.or(outside, TRAY);
            return near;
        }
        near.or(hollow(q, HALF, 0.4), TRAY);
        let (left, top, width, height) = LABEL_AT;
        let middle = v(left + width * 0.5, top - height * 0.5, HALF.z);
        near.or(cuboid(p - middle, v(width * 0.5, height * 0.5, 0.012), 0.01), LABEL);
        let cell = v(repeated(q.x, PITCH, COUNT.0), q.y, repeated(q.z, PITCH, COUNT.1));
        let slab = cuboid(q - v(0.0, 1.3, 0.0), v(HALF.x - 0.5, 2.6, HALF.z - 0.5), 0.1);
        let pocket = cylinder(cell - v(0.0, 3.9, 0.0), 2.42, 0.7, 0.1);
        let slot = cuboid(cell - v(0.0, 3.9, 0.0), v(3.1, 0.7, 0.5), 0.1);
        near.or(slab.max(-pocket.min(slot)), FOAM);
        let (column, row) = ((q.x / PITCH).round() as i32, (q.z / PITCH).floor() as i32);
        let tilt = (hash(column, row, 3) - 0.5) * 0.06;
        let turned = (cell - v(0.0, 3.72, 0.0)).turned_x(tilt).turned_z(tilt * 0.7);
        near.or(ring(turned, MAGNET.0, MAGNET.1, MAGNET.2, MAGNET.3), RING);
        near
    }

    fn surface(&self, part: u16, p: V3, n: V3) -> Surface {
        match part {
            RING => {
                let wear = layered(p * 2.0, 3);
                Surface::metal(v(0.66, 0.62, 0.56) * (0.92 + 0.12 * wear), 0.12 + 0.1 * wear)
            }
            LABEL => self.label(p),
            FOAM => {
                let cells = layered(p * 7.0, 2);
                Surface::matt(v(0.045, 0.047, 0.052) * (0.6 + 0.9 * cells))
            }
            TRAY => {
                let edge = if n.y > 0.7 && p.y > 9.8 {
                    0.8 + 0.3 * (p.x * 9.0 + p.z * 9.0).sin()
                } else {
                    1.0
                };
                Surface::matt(cardboard(v(p.x, p.y, p.z)) * edge)
            }
            LID => Surface::matt(cardboard(lid_frame(p)) * 0.95),
            BENCH => {
                let scratch = step(
                    0.68,
                    0.72,
                    layered(v(p.x * 0.25 + p.z * 0.6, 0.0, p.z * 0.2 - p.x * 0.9), 3),
                );
                let cloud = layered(p * 0.12, 3) - 0.5;
                Surface::painted(v(0.20, 0.29, 0.27) * (1.0 + 0.2 * cloud + 0.12 * scratch), 0.45)
            }
            _ => Surface::matt(v(0.52, 0.51, 0.48) * (0.97 + 0.06 * layered(p * 0.4, 2))),
        }
    }

    fn surroundings(&self, dir: V3, rough: f32) -> V3 {
        let soft = 0.05 + 0.5 * rough;
        let wall = grey(0.18).mix(v(0.5, 0.5, 0.5), step(-0.2, 0.9, dir.y));
        let tube = |x: f32| softbox(dir, v(x, 1.0, -0.75), (0.08, 0.55), soft);
        wall + v(1.0, 0.99, 0.95) * (3.4 * (tube(-0.35) + tube(0.4)))
    }

    fn ambient(&self, n: V3) -> V3 {
        grey(0.17).mix(v(0.40, 0.41, 0.42), 0.5 + 0.5 * n.y)
    }

    fn lights(&self) -> Vec<Light> {
        let lamp = |x: f32, z: f32, power: f32| Light::Lamp {
            at: v(x, 85.0, z),
            power: v(1.0, 0.98, 0.93) * power,
            unit: 85.0,
            spread: 0.16,
        };
        vec![lamp(-38.0, 40.0, 0.55), lamp(40.0, 18.0, 0.42)]
    }
}
