//! What stands on the factory's site?
//!
//! Distances of the hall, the office, cars, trees and street furniture. Colours
//! are in the parent module. Unit: metre; the building faces +z.

use crate::{
    material::{hash, layered, noise},
    shape::{Nearest, ball, cuboid, cylinder, melt, repeated, rod},
    vector::{V3, v},
};

pub(super) const GROUND: u16 = 0;
pub(super) const HALL: u16 = 1;
pub(super) const PANEL: u16 = 2;
pub(super) const PLASTER: u16 = 3;
pub(super) const GLASS: u16 = 4;
pub(super) const ALUMINIUM: u16 = 5;
pub(super) const ROOF_UNIT: u16 = 6;
pub(super) const DOOR: u16 = 7;
pub(super) const CAR: u16 = 8;
pub(super) const TYRE: u16 = 9;
pub(super) const RIM: u16 = 10;
pub(super) const HEADLAMP: u16 = 11;
pub(super) const TRUNK: u16 = 12;
pub(super) const LEAVES: u16 = 13;
pub(super) const KERB: u16 = 14;
pub(super) const POLE: u16 = 15;

/// Width of a parking bay.
pub(super) const BAY: f32 = 2.8;
/// Middle of the sign.
pub(super) const SIGN_AT: V3 = v(6.6, 6.55, -11.7);
/// Half its width and height.
pub(super) const SIGN_HALF: (f32, f32) = (5.6, 0.86);

/// Bays in which a car stands, with the distance from the wall.
const PARKED: [(f32, f32); 5] = [(-2.5, -4.2), (-1.5, -4.5), (1.5, -4.1), (3.5, -4.4), (5.5, -4.2)];

/// The clad hall with its doors, windows, sign and roof units.
pub(super) fn hall(p: V3, near: &mut Nearest) {
    let q = p - v(6.0, 4.4, -24.0);
    let outside = cuboid(q - v(0.0, 0.8, 0.0), v(21.4, 5.4, 13.0), 0.0);
    if outside > 1.5 {
        near.or(outside, HALL);
        return;
    }
    let ribs = 0.035 * (p.x * 10.0).sin().clamp(-0.5, 0.5);
    near.or(cuboid(q, v(21.0, 4.4, 12.0 + ribs), 0.05) * 0.9, HALL);
    near.or(cuboid(q - v(0.0, 4.45, 0.0), v(21.15, 0.12, 12.15), 0.03), ALUMINIUM);
    near.or(cuboid(p - SIGN_AT, v(SIGN_HALF.0, SIGN_HALF.1, 0.12), 0.03), PANEL);
    let pane = v(repeated(p.x - 6.9, 2.4, 6), p.y - 4.3, p.z + 12.0);
    near.or(cuboid(pane, v(1.1, 0.6, 0.06), 0.0), GLASS);
    near.or(
        cuboid(pane, v(1.18, 0.68, 0.04), 0.0).max(-cuboid(pane, v(1.1, 0.6, 1.0), 0.0)),
        ALUMINIUM,
    );
    near.or(cuboid(v(pane.x, pane.y, pane.z), v(0.04, 0.6, 0.09), 0.0), ALUMINIUM);
    let door = p - v(22.0, 2.0, -12.0);
    let gate = v(repeated(door.x, 5.0, 2), door.y, door.z);
    near.or(cuboid(gate, v(1.9, 2.0, 0.07), 0.0), DOOR);
    near.or(cuboid(gate - v(0.0, 2.15, 0.0), v(2.1, 0.12, 0.5), 0.02), ALUMINIUM);
    let unit = v(repeated(p.x - 8.0, 7.0, 3), p.y - 9.4, p.z + 19.0);
    near.or(cuboid(unit, v(1.4, 0.7, 1.2), 0.05), ROOF_UNIT);
    near.or(cylinder(p - v(17.0, 9.8, -16.0), 0.35, 1.2, 0.05), ROOF_UNIT);
}

/// The plastered office with its glass entrance on the left.
pub(super) fn office(p: V3, near: &mut Nearest) {
    let q = p - v(-15.6, 3.3, -18.0);
    let outside = cuboid(q, v(8.6, 3.9, 10.0), 0.0);
    if outside > 1.5 {
        near.or(outside, PLASTER);
        return;
    }
    let body = cuboid(q, v(8.0, 3.3, 8.0), 0.04);
    let pane = v(repeated(q.x - 0.0, 2.2, 7), repeated(q.y + 0.15, 3.0, 2), q.z - 8.0);
    let door = q - v(3.3, -1.8, 8.0);
    let opening = cuboid(pane, v(0.75, 0.85, 0.2), 0.0);
    let entrance = cuboid(door, v(1.75, 1.5, 0.4), 0.0);
    near.or(body.max(-opening).max(-entrance), PLASTER);
    near.or(cuboid(pane - v(0.0, 0.0, -0.16), v(0.78, 0.88, 0.03), 0.0), GLASS);
    near.or(cuboid(pane - v(0.0, 0.0, -0.1), v(0.03, 0.85, 0.05), 0.0), ALUMINIUM);
    near.or(cuboid(pane - v(0.0, -0.9, 0.0), v(0.85, 0.04, 0.14), 0.01), ALUMINIUM);
    near.or(cuboid(door - v(0.0, 0.0, -0.3), v(1.75, 1.5, 0.03), 0.0), GLASS);
    let frame = v(repeated(door.x, 1.75, 3), door.y, door.z + 0.25);
    near.or(cuboid(frame, v(0.05, 1.5, 0.06), 0.0), ALUMINIUM);
    near.or(cuboid(door - v(0.0, 1.75, 0.9), v(2.4, 0.1, 1.2), 0.03), ALUMINIUM);
    let post = v(door.x.abs() - 2.2, door.y - 0.1, door.z - 1.9);
    near.or(cylinder(post, 0.07, 1.65, 0.0), ALUMINIUM);
    near.or(cuboid(q - v(0.0, 3.35, 0.0), v(8.15, 0.1, 8.15), 0.02), ALUMINIUM);
}

/// Which of the parked cars is nearest.
pub(super) fn car_number(p: V3) -> usize {
    let gap = |bay: f32| (p.x - (bay + 0.0) * BAY).abs();
    let mut best = 0;
    for (index, (bay, _)) in PARKED.iter().enumerate() {
        if gap(*bay) < gap(PARKED[best].0) {
            best = index;
        }
    }
    best
}

/// The parked cars, noses to the street.
pub(super) fn cars(p: V3, near: &mut Nearest) {
    let all = cuboid(p - v(1.5 * BAY, 0.8, -4.3), v(4.7 * BAY, 0.9, 2.6), 0.0);
    if all > 1.0 {
        near.or(all, CAR);
        return;
    }
    let number = car_number(p);
    let (bay, z) = PARKED[number];
    let q = p - v(bay * BAY, 0.0, z);
    let q = if number.is_multiple_of(2) { q } else { v(q.x, q.y, -q.z) };
    let long = 1.95 + 0.18 * hash(number as i32, 1, 1);
    let roof = 0.05 * hash(number as i32, 2, 1);
    let pinch = 1.0 + 0.16 * (q.y - 0.75).max(0.0);
    let body = cuboid(q - v(0.0, 0.62, 0.0), v(0.86, 0.33, long), 0.24);
    let cabin = cuboid(
        v(q.x * pinch, q.y - 1.05 - roof, q.z + 0.25 + 0.0),
        v(0.72, 0.36, 1.15 - 0.55 * (q.y - 1.0).max(0.0)),
        0.2,
    );
    let wheel = v(q.x.abs() - 0.76, q.y - 0.31, q.z.abs() - 1.28);
    let lying = v(wheel.y, wheel.x, wheel.z);
    let arch = cylinder(lying, 0.37, 0.3, 0.02);
    let shell = melt(body, cabin, 0.18).max(-arch) * 0.8;
    let belt = q.y > 0.98 && q.y < 1.30 + roof;
    let pillar = (q.z + 0.2).abs() < 0.05
        || (q.x.abs() > 0.5 && (q.z + 0.25).abs() > 0.98 && q.x.abs() > 0.62);
    near.or(shell, if belt && !pillar { GLASS } else { CAR });
    near.or(cylinder(lying, 0.31, 0.1, 0.04), TYRE);
    near.or(cylinder(lying, 0.2, 0.105, 0.02), RIM);
    let lamp = v(q.x.abs() - 0.6, q.y - 0.7, q.z - long + 0.06);
    near.or(cuboid(lamp, v(0.17, 0.07, 0.06), 0.04), HEADLAMP);
    near.or(cuboid(v(q.x, q.y - 0.47, q.z - long), v(0.5, 0.09, 0.02), 0.02), TYRE);
}

/// Trees at the edge of the site and a hedge.
pub(super) fn trees(p: V3, near: &mut Nearest) {
    const TREES: [(f32, f32, f32); 7] = [
        (-27.5, -10.5, 1.15),
        (-33.0, -3.0, 1.3),
        (-4.6, -9.4, 0.62),
        (30.5, -7.5, 1.2),
        (38.0, -16.0, 1.5),
        (-38.0, -26.0, 1.7),
        (-22.0, -36.0, 1.6),
    ];
    for (index, (x, z, size)) in TREES.iter().enumerate() {
        let q = (p - v(*x, 0.0, *z)) * (1.0 / size);
        let outside =
            ball(q - v(0.0, 4.6, 0.0), 3.9).min(cylinder(q - v(0.0, 1.2, 0.0), 0.6, 1.3, 0.0));
        if outside * size > near.distance {
            continue;
        }
        if outside > 0.6 {
            near.or((outside + 0.1) * size, LEAVES);
            continue;
        }
        near.or(rod(q, v(0.0, -0.1, 0.0), v(0.1, 3.6, 0.0), 0.2 - 0.02 * q.y) * size * 0.9, TRUNK);
        near.or(crown(q, index as i32) * size, LEAVES);
    }
    let hedge = cuboid(p - v(-20.0, 0.5, 4.4), v(7.0, 0.6, 0.5), 0.2);
    let hedge =
        if hedge < 0.6 { (hedge - 0.25 * layered(p * 3.0, 3) + 0.05) * 0.6 } else { hedge - 0.15 };
    near.or(hedge, LEAVES);
}

fn crown(q: V3, seed: i32) -> f32 {
    let mut crown = ball(q - v(0.0, 4.7, 0.0), 1.9);
    for i in 0..7 {
        let around = i as f32 * 2.4 + seed as f32;
        let height = 3.7 + 0.42 * i as f32;
        let out = 1.35 + 0.3 * hash(i, seed, 5) - 0.1 * i as f32;
        let middle = v(out * around.cos(), height, out * around.sin());
        crown = melt(crown, ball(q - middle, 1.0 + 0.25 * hash(i, seed, 6)), 0.5);
    }
    let rough = 0.55 * (noise(q * 2.3) - 0.5) + 0.5 * (layered(q * 6.0, 2) - 0.5);
    (crown + rough) * 0.55
}

/// Kerbs, lamp posts, flag poles and the low wall at the street.
pub(super) fn street(p: V3, near: &mut Nearest) {
    near.or(cuboid(p - v(0.0, 0.0, -7.4), v(34.0, 0.12, 0.12), 0.02), KERB);
    near.or(cuboid(p - v(0.0, 0.0, 5.4), v(34.0, 0.12, 0.12), 0.02), KERB);
    let post = v(repeated(p.x - 10.0, 16.0, 3), p.y, p.z + 0.6);
    near.or(rod(post, v(0.0, 0.0, 0.0), v(0.0, 5.6, 0.0), 0.07), POLE);
    near.or(rod(post, v(0.0, 5.6, 0.0), v(0.0, 5.75, -1.3), 0.05), POLE);
    near.or(cuboid(post - v(0.0, 5.75, -1.5), v(0.16, 0.05, 0.38), 0.03), POLE);
}
