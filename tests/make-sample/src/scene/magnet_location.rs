//! Where in the loudspeaker does the magnet sit?
//!
//! A driver cut open and pulled apart along its axis (x), on white, the magnet
//! in signal orange, the names of the parts written beside them. No noise and
//! no blur: it is a drawing. Unit: centimetre.

use crate::{
    camera::Camera,
    film::{Finish, Picture},
    glyphs::Line,
    light::Light,
    march::{Reach, Scene},
    material::{Surface, softbox, step},
    shape::{Nearest, rectangle, segment},
    vector::{V3, grey, v},
};

const YOKE: u16 = 0;
const MAGNET: u16 = 1;
const TOP_PLATE: u16 = 2;
const COIL: u16 = 3;
const FORMER: u16 = 4;
const SPIDER: u16 = 5;
const BASKET: u16 = 6;
const CONE: u16 = 7;
const SURROUND: u16 = 8;

/// The driver; it has no settings.
pub(crate) struct Driver;

/// The parts' names, the points they belong to and the places of the names (parts of the
/// picture's width and height).
const NAMES: [(&str, V3, (f32, f32)); 8] = [
    ("YOKE", v(-13.6, 2.2, 0.0), (0.045, 0.20)),
    ("RING MAGNET", v(-10.0, 2.1, 0.0), (0.085, 0.115)),
    ("TOP PLATE", v(-7.0, 2.0, 0.0), (0.285, 0.20)),
    ("VOICE COIL", v(-3.6, 1.1, 0.0), (0.275, 0.83)),
    ("SPIDER", v(0.0, 2.7, 0.0), (0.425, 0.20)),
    ("BASKET", v(4.4, 5.3, 0.0), (0.47, 0.115)),
    ("CONE", v(11.2, 3.6, 0.0), (0.70, 0.115)),
    ("SURROUND", v(14.0, 6.7, 0.0), (0.86, 0.18)),
];

/// Writes the names of the parts over the finished drawing.
pub(crate) fn write_names(picture: &mut Picture) {
    let camera = Driver.camera();
    let (width, height) = (picture.width as f32, picture.height as f32);
    let size = width / 2000.0;
    for (text, point, (left, top)) in NAMES {
        let line = Line::new(text);
        let dot = if text == "RING MAGNET" { 3.2 } else { 2.4 } * size;
        let (x0, y0) = (left * width, top * height);
        let (px, py) = camera.place(point);
        let target = (px * width, py * height);
        let below = if target.1 > y0 { y0 + 8.6 * dot } else { y0 - 2.0 * dot };
        let middle = x0 + 0.5 * line.width() * dot;
        let colour = if text == "RING MAGNET" { [176, 58, 8] } else { [40, 46, 54] };
        ink(picture, colour, |x, y| {
            let letter = line.ink((x - x0) / dot, (y - y0) / dot, 0.5);
            let leader = segment((x, y), (middle, below), target);
            let knob = (x - target.0).hypot(y - target.1);
            let thin = step(1.3 * size + 0.5, 1.3 * size - 0.5, leader);
            letter.max(thin).max(step(5.0 * size + 0.5, 5.0 * size - 0.5, knob))
        });
    }
    let line = Line::new("EXPLODED VIEW, QUARTER CUT AWAY - DRIVER SA-130 N");
    let dot = 2.0 * size;
    ink(picture, [110, 116, 122], |x, y| {
        line.ink((x - 0.045 * width) / dot, (y - 0.945 * height) / dot, 0.45)
    });
}

fn ink(picture: &mut Picture, colour: [u8; 3], cover: impl Fn(f32, f32) -> f32) {
    for y in 0..picture.height {
        for x in 0..picture.width {
            let share = cover(x as f32 + 0.5, y as f32 + 0.5).clamp(0.0, 1.0);
            if share > 0.0 {
                let from = 3 * (y * picture.width + x) as usize;
                for (value, wanted) in picture.rgb[from..from + 3].iter_mut().zip(colour) {
                    *value = (f32::from(*value) * (1.0 - share) + f32::from(wanted) * share) as u8;
                }
            }
        }
    }
}

/// Distance to a plate or tube with its middle at `x`: half thickness, inner and outer radius.
fn washer(x: f32, r: f32, half: f32, radii: (f32, f32), round: f32) -> f32 {
    rectangle(x, r - 0.5 * (radii.0 + radii.1), half, 0.5 * (radii.1 - radii.0), round)
}

fn motor(x: f32, r: f32, near: &mut Nearest) {
    let plate = washer(x + 13.6, r, 0.35, (-2.4, 2.4), 0.12);
    let pole = washer(x + 12.5, r, 1.3, (-0.92, 0.92), 0.08);
    let vent = r - 0.35;
    near.or(plate.min(pole).max(-vent), YOKE);
    near.or(washer(x + 10.0, r, 0.4, (1.1, 2.3), 0.06), MAGNET);
    near.or(washer(x + 7.0, r, 0.25, (1.06, 2.4), 0.05), TOP_PLATE);
    near.or(washer(x + 3.4, r, 1.1, (0.95, 1.0), 0.01), FORMER);
    let turns = 0.02 * (x * 28.0).cos().abs();
    near.or(washer(x + 3.9, r, 0.5, (0.99, 1.05 + turns), 0.01), COIL);
    let waves = x - 0.16 * (r * 5.2).sin();
    near.or((waves.abs() * 0.75 - 0.05).max(r - 3.3).max(1.0 - r), SPIDER);
}

fn chassis(p: V3, x: f32, r: f32, near: &mut Nearest) {
    // The basket: a bottom plate, six arms on a cone, a rim with screw holes.
    let seat = washer(x - 2.6, r, 0.12, (1.3, 3.6), 0.05);
    let wall = ((x - 2.6 - (r - 3.5) * 1.25).abs() * 0.62 - 0.11).max(r - 6.2).max(3.4 - r);
    let angle = p.z.atan2(p.y) + 0.26;
    let sector = std::f32::consts::FRAC_PI_3;
    let side = (angle - (angle / sector).round() * sector).abs() * r;
    let opening = (side - 0.5 - 0.28 * (r - 3.4)).max((x - 4.2).abs() - 1.15);
    let rim = washer(x - 6.0, r, 0.12, (6.0, 7.2), 0.05);
    let quarter = std::f32::consts::FRAC_PI_2;
    let turn = ((angle - 0.5) / quarter).round() * quarter + 0.5;
    let hole = (r * (angle - turn)).hypot(r - 6.75) - 0.22;
    near.or(seat.min(wall.max(-opening * 0.7)).min(rim.max(-hole)), BASKET);
    // The cone with its dust cap, the surround with a half roll.
    let sheet = ((x - 9.6 - (r - 1.0) * 0.62).abs() * 0.85 - 0.055).max(r - 5.4).max(0.95 - r);
    let cap = ((x - 9.0).hypot(r) - 2.3).abs().max(10.55 - x) - 0.05;
    near.or(sheet.min(cap), CONE);
    let roll = ((x - 13.8).hypot(r - 6.0) - 0.62).abs().max(13.8 - x) - 0.06;
    let lips = washer(x - 13.8, r, 0.06, (5.1, 5.45), 0.02).min(washer(
        x - 13.8,
        r,
        0.06,
        (6.6, 7.2),
        0.02,
    ));
    near.or(roll.min(lips), SURROUND);
}

impl Scene for Driver {
    fn camera(&self) -> Camera {
        Camera::new(v(9.5, 17.0, 48.0), v(0.2, -0.3, 0.0), 29.0, 4.0 / 3.0)
    }

    fn finish(&self) -> Finish {
        Finish { exposure: 1.0, vignette: 0.0, noise: 0.0, focus: 50.0, blur: 0.0 }
    }

    fn reach(&self) -> Reach {
        Reach { far: 90.0, touch: 0.0002, corner: 1.6 }
    }

    fn nearest(&self, p: V3) -> Nearest {
        let r = p.y.hypot(p.z);
        let outside = rectangle(p.x, r, 15.2, 7.6, 0.1);
        if outside > 2.0 {
            return Nearest::to(outside, BASKET);
        }
        let mut near = Nearest::to(100.0, BASKET);
        motor(p.x, r, &mut near);
        chassis(p, p.x, r, &mut near);
        // The quarter that is above and in front is cut away.
        near.distance = near.distance.max(p.y.min(p.z));
        near
    }

    fn surface(&self, part: u16, p: V3, n: V3) -> Surface {
        let cut = p.y > -0.02 && p.z > -0.02 && (n.y > 0.95 || n.z > 0.95);
        match part {
            MAGNET => Surface::painted(v(0.93, 0.27, 0.03) * if cut { 1.0 } else { 0.9 }, 0.4),
            YOKE | TOP_PLATE if cut => Surface::painted(v(0.42, 0.45, 0.50), 0.6),
            YOKE | TOP_PLATE => Surface::metal(v(0.50, 0.52, 0.55), 0.32),
            COIL => Surface::metal(v(0.80, 0.42, 0.20), 0.3),
            FORMER => Surface::painted(v(0.62, 0.55, 0.38), 0.5),
            SPIDER => Surface::matt(v(0.66, 0.52, 0.25)),
            BASKET if cut => Surface::painted(v(0.32, 0.37, 0.44), 0.6),
            BASKET => Surface::painted(v(0.19, 0.22, 0.27), 0.4),
            CONE => Surface::painted(v(0.16, 0.165, 0.175), 0.55),
            _ => Surface::painted(v(0.07, 0.072, 0.08), 0.5),
        }
    }

    fn surroundings(&self, dir: V3, rough: f32) -> V3 {
        if rough <= 0.0 {
            return grey(12.0);
        }
        let soft = 0.1 + 0.6 * rough;
        let room = grey(0.35).mix(grey(0.9), step(-0.5, 0.8, dir.y));
        room + grey(1.6 * softbox(dir, v(0.4, 0.9, 0.6), (0.5, 0.4), soft))
    }

    fn ambient(&self, n: V3) -> V3 {
        grey(0.34).mix(grey(0.66), 0.5 + 0.5 * n.y)
    }

    fn lights(&self) -> Vec<Light> {
        vec![Light::Sun { toward: v(0.35, 0.8, 0.75).unit(), power: grey(0.72), spread: 0.2 }]
    }
}
