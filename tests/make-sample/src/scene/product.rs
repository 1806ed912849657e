//! What is finally made with the magnets?
//!
//! A two-way loudspeaker with walnut sides on an oak table, a second one out of
//! focus behind it. The picture is upright; the camera was held on its side.
//! Unit: centimetre.

use crate::{
    camera::Camera,
    film::Finish,
    glyphs::Line,
    light::Light,
    march::{Reach, Scene},
    material::{Surface, layered, softbox, step, wood},
    shape::{Nearest, ball, cuboid, cylinder, rectangle, rod},
    vector::{V3, grey, v},
};

const TABLE: u16 = 0;
const CABINET: u16 = 1;
const BAFFLE: u16 = 2;
const CONE: u16 = 3;
const SURROUND: u16 = 4;
const FRAME: u16 = 5;
const DOME: u16 = 6;
const SCREW: u16 = 7;
const WALL: u16 = 8;
const PLATE: u16 = 9;
const POT: u16 = 10;
const LEAF: u16 = 11;

const HALF: V3 = v(10.0, 17.0, 12.5);
const WOOFER: V3 = v(0.0, 11.3, HALF.z);
const TWEETER: V3 = v(0.0, 26.0, HALF.z);

/// The loudspeaker on its table.
pub(crate) struct Loudspeaker {
    name: Line,
}

impl Loudspeaker {
    /// Sets it up.
    pub(crate) fn new() -> Self {
        Self { name: Line::new("SAMPLE AUDIO") }
    }
}

/// The frame of the loudspeaker in front.
fn in_front(p: V3) -> V3 {
    (p - v(0.0, 0.8, 0.0)).turned_y(0.42)
}

/// The frame of the loudspeaker behind.
fn behind(p: V3) -> V3 {
    (p - v(33.0, 0.8, -48.0)).turned_y(-0.1)
}

fn on_axis(p: V3, middle: V3) -> (f32, f32) {
    let q = p - middle;
    (q.x.hypot(q.y), q.z)
}

/// The cabinet with both drivers; `p` in the cabinet's frame.
fn loudspeaker(p: V3, near: &mut Nearest) {
    let whole = cuboid(p - v(0.0, HALF.y, 0.2), HALF + v(0.2, 0.9, 0.9), 0.3);
    if whole > 3.0 {
        near.or(whole, CABINET);
        return;
    }
    let (r, depth) = on_axis(p, WOOFER);
    let (tr, tdepth) = on_axis(p, TWEETER);
    let body = cuboid(p - v(0.0, HALF.y, 0.0), HALF, 0.35);
    let front = cuboid(p - v(0.0, HALF.y, HALF.z - 0.2), v(HALF.x - 0.25, HALF.y - 0.25, 0.7), 0.3);
    let hole = (r - 7.0).max(-depth - 5.0);
    near.or(body.max(-hole), CABINET);
    near.or(front.max(-hole).max(-(tr - 4.6).max(0.1 - tdepth)), BAFFLE);
    // The woofer: cone, dust cap, half-roll surround, trim ring with six screws.
    let slope = depth + 4.2 - (r - 2.0) * 0.78;
    let cone = (slope.abs() * 0.79 - 0.06).max(r - 5.9).max(1.4 - r);
    let cap = (ball(p - WOOFER - v(0.0, 0.0, -7.0), 4.1)).max(r - 2.4);
    near.or(cone, CONE);
    near.or(cap, CONE);
    near.or(((r - 6.3).hypot(depth + 0.55) - 0.75).abs().max(-0.55 - depth) - 0.06, SURROUND);
    near.or(rectangle(r - 7.45, depth - 0.62, 0.65, 0.2, 0.1), FRAME);
    let around = p.y - WOOFER.y;
    let sector = std::f32::consts::FRAC_PI_3;
    let angle = p.x.atan2(around);
    let turn = (angle / sector).round() * sector;
    let head = v(p.x - 7.45 * turn.sin(), around - 7.45 * turn.cos(), depth - 0.82);
    let screw = rectangle(head.x.hypot(head.y), head.z, 0.3, 0.08, 0.05);
    let cross = head.x.abs().min(head.y.abs()) - 0.05;
    near.or(screw.max(-(cross.max(head.x.hypot(head.y) - 0.2).max(-head.z))), SCREW);
    // The tweeter: face plate, ring, dome.
    let plate = rectangle(tr, tdepth - 0.4, 4.55, 0.22, 0.1);
    let horn = (tdepth - 0.62 + 0.2 * (2.3 - tr).max(0.0)).max(tr - 4.5);
    near.or(plate.max(horn), FRAME);
    near.or((tr - 1.75).hypot(tdepth - 0.5) - 0.16, SURROUND);
    near.or(ball(p - TWEETER - v(0.0, 0.0, -0.9), 2.1).max(tr - 1.7), DOME);
    near.or(cuboid(p - v(0.0, 1.75, HALF.z + 0.5), v(2.6, 0.42, 0.06), 0.05), PLATE);
    let foot = v(p.x.abs() - 8.0, p.y + 0.45, p.z.abs() - 10.5);
    near.or(cylinder(foot, 1.2, 0.4, 0.05), SURROUND);
}

/// A pot plant: nine arched leaves.
fn plant(p: V3, near: &mut Nearest) {
    let q = p - v(-27.0, 0.0, -30.0);
    let whole = cylinder(q - v(0.0, 14.0, 0.0), 15.0, 15.0, 0.1);
    if whole > 3.0 {
        near.or(whole, LEAF);
        return;
    }
    near.or(cylinder(q - v(0.0, 5.0, 0.0), 5.0 + 0.12 * q.y, 5.0, 0.4) * 0.95, POT);
    let sector = std::f32::consts::TAU / 9.0;
    let index = (q.z.atan2(q.x) / sector).round();
    let turned = q.turned_y(index * sector);
    let arch = v(turned.x, turned.y - 9.0, turned.z);
    let lift = 14.0 + 3.0 * (index * 2.1).sin();
    let bend = arch.x * (lift / 6.0) - arch.x * arch.x * 0.11;
    let blade = v(arch.x - 5.5, (arch.y - bend) * 0.35, arch.z * (1.0 + 0.02 * arch.x * arch.x));
    near.or(cuboid(blade, v(6.0, 0.1, 1.2), 0.1) * 0.6, LEAF);
    near.or(rod(q, v(0.0, 8.0, 0.0), v(0.0, 12.0, 0.0), 1.6), LEAF);
}

impl Scene for Loudspeaker {
    fn camera(&self) -> Camera {
        Camera::new(v(-6.0, 34.0, 92.0), v(2.5, 17.2, 0.0), 34.0, 3.0 / 4.0)
    }

    fn finish(&self) -> Finish {
        Finish { exposure: 1.05, vignette: 0.35, noise: 1.3, focus: 80.0, blur: 0.028 }
    }

    fn reach(&self) -> Reach {
        Reach { far: 400.0, touch: 0.0003, corner: 5.0 }
    }

    fn nearest(&self, p: V3) -> Nearest {
        let table = cuboid(p - v(0.0, -2.0, -35.0), v(130.0, 2.0, 75.0), 0.4);
        let mut near = Nearest::to(table, TABLE);
        near.or(p.z + 135.0, WALL);
        near.or(p.y + 75.0, WALL);
        loudspeaker(in_front(p), &mut near);
        loudspeaker(behind(p), &mut near);
        plant(p, &mut near);
        near
    }

    fn surface(&self, part: u16, p: V3, n: V3) -> Surface {
        let q = if in_front(p).length() < 45.0 { in_front(p) } else { behind(p) };
        match part {
            TABLE => {
                let plank = (p.z / 9.0).floor();
                let shifted = v(p.x + plank * 37.0, plank * 3.0, p.z);
                let gap = step(0.0, 0.12, (p.z - (plank + 0.5) * 9.0).abs() - 4.35);
                let oak = wood(shifted, v(0.50, 0.34, 0.20), v(0.33, 0.20, 0.105));
                Surface::painted(oak * (1.0 - 0.6 * gap), 0.46)
            }
            CABINET => {
                let grain = v(q.y * 1.1, q.x * 0.05, q.z + q.x);
                Surface::painted(wood(grain, v(0.24, 0.115, 0.052), v(0.085, 0.036, 0.017)), 0.48)
            }
            BAFFLE => Surface::painted(grey(0.035) * (0.9 + 0.2 * layered(q * 6.0, 2)), 0.55),
            CONE => {
                let ring = (q.x.hypot(q.y - WOOFER.y) * 9.0).sin() * 0.08;
                Surface::painted(grey(0.055) * (1.0 + ring), 0.42)
            }
            SURROUND => Surface::painted(grey(0.018), 0.5),
            FRAME => Surface::painted(grey(0.05), 0.28),
            SCREW => Surface::metal(grey(0.28), 0.3),
            DOME => Surface::painted(v(0.10, 0.095, 0.09), 0.36),
            PLATE => {
                let (u, w) = ((q.x + 2.1) / 0.0592, (0.21 - (q.y - 1.75)) / 0.06);
                let ink = if n.z > 0.0 { self.name.ink(u, w, 0.55) } else { 0.0 };
                Surface::metal(grey(0.62).mix(grey(0.03), ink), 0.3)
            }
            POT => Surface::painted(v(0.62, 0.60, 0.56), 0.35),
            LEAF => {
                Surface::painted(v(0.05, 0.13, 0.035) * (0.7 + 0.6 * layered(p * 0.8, 2)), 0.45)
            }
            _ => Surface::matt(v(0.60, 0.58, 0.54) * (0.97 + 0.06 * layered(p * 0.06, 2))),
        }
    }

    fn surroundings(&self, dir: V3, rough: f32) -> V3 {
        let soft = 0.06 + 0.6 * rough;
        let room = grey(0.14).mix(v(0.42, 0.41, 0.39), step(-0.3, 0.9, dir.y));
        let window = softbox(dir, v(-1.0, 0.45, 0.35), (0.4, 0.5), soft);
        let bars = softbox(dir, v(-1.0, 0.45, 0.35), (0.025, 0.6), soft * 0.4);
        room + v(0.95, 1.0, 1.06) * (4.2 * window * (1.0 - 0.8 * bars))
    }

    fn ambient(&self, n: V3) -> V3 {
        v(0.13, 0.115, 0.10).mix(v(0.34, 0.34, 0.34), 0.5 + 0.5 * n.y)
    }

    fn lights(&self) -> Vec<Light> {
        vec![
            Light::Sun {
                toward: v(-0.75, 0.55, 0.42).unit(),
                power: v(0.78, 0.78, 0.76),
                spread: 0.16,
            },
            Light::Lamp {
                at: v(70.0, 110.0, 60.0),
                power: v(0.30, 0.26, 0.20),
                unit: 140.0,
                spread: 0.15,
            },
        ]
    }
}
