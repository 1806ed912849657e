//! What stands in the workshop hall?
//!
//! Distances of the building, benches, shelves, machines and the whiteboard.
//! Colours are in the parent module. Unit: metre; the camera looks along -z.

use crate::{
    glyphs::Line,
    material::{Surface, hash, step},
    shape::{Nearest, ball, cuboid, cylinder, repeated, ring, rod},
    vector::{V3, v},
};

pub(super) const FLOOR: u16 = 0;
pub(super) const WALL: u16 = 1;
pub(super) const CEILING: u16 = 2;
pub(super) const BEAM: u16 = 3;
pub(super) const LAMP: u16 = 4;
pub(super) const WINDOW: u16 = 5;
pub(super) const BENCH_TOP: u16 = 6;
pub(super) const STEEL: u16 = 7;
pub(super) const BIN: u16 = 8;
pub(super) const CARTON: u16 = 9;
pub(super) const PRODUCT: u16 = 10;
pub(super) const MACHINE: u16 = 11;
pub(super) const GLASS: u16 = 12;
pub(super) const SCREEN: u16 = 13;
pub(super) const RED: u16 = 14;
pub(super) const GREEN: u16 = 15;
pub(super) const AMBER: u16 = 16;
pub(super) const BOARD: u16 = 17;
pub(super) const FRAME: u16 = 18;
pub(super) const SIGN: u16 = 19;
pub(super) const STOOL: u16 = 20;

/// Half the width of the aisle between the yellow lines.
pub(super) const AISLE: f32 = 1.75;
/// Where the middles of bench and machine cells lie.
const BENCH_PITCH: f32 = 3.0;
const MACHINE_PITCH: f32 = 4.2;
const BOARD_AT: V3 = v(1.62, 1.55, 0.55);
const BOARD_TURN: f32 = 0.42;

/// A point of the hall in the frame of the whiteboard, z out of its face.
pub(super) fn into_board(p: V3) -> V3 {
    (p - BOARD_AT).turned_y(BOARD_TURN)
}

/// The way back from [`into_board`].
pub(super) fn out_of_board(q: V3) -> V3 {
    q.turned_y(-BOARD_TURN) + BOARD_AT
}

/// Walls, ceiling, beams, lamps, windows, the hanging sign and the door.
pub(super) fn building(p: V3, near: &mut Nearest) {
    near.or(6.6 - p.x.abs(), WALL);
    near.or(p.z + 24.0, WALL);
    near.or(8.0 - p.z, WALL);
    near.or(4.8 - p.y, CEILING);
    if p.y > 3.2 {
        let z = repeated(p.z + 8.0, 4.0, 9);
        near.or(cuboid(v(p.x, p.y - 4.62, z), v(7.0, 0.16, 0.08), 0.01), BEAM);
        near.or(cuboid(v(p.x, p.y - 4.42, z), v(7.0, 0.02, 0.14), 0.01), BEAM);
        let lamp = v(repeated(p.x, 3.4, 3), p.y - 4.3, repeated(p.z + 8.0 - 2.0, 4.0, 9));
        near.or(cuboid(lamp, v(0.16, 0.05, 0.85), 0.02), LAMP);
        near.or(cuboid(lamp - v(0.0, 0.25, 0.0), v(0.012, 0.25, 0.7), 0.0), BEAM);
    } else {
        near.distance = near.distance.min((3.6 - p.y).max(0.25));
    }
    let sign = p - v(0.0, 2.85, -3.0);
    near.or(cuboid(sign, v(0.66, 0.19, 0.02), 0.01), SIGN);
    let cord = v(sign.x.abs() - 0.5, sign.y - 0.9, sign.z);
    near.or(cuboid(cord, v(0.006, 0.9, 0.006), 0.0), BEAM);
    let pane = v(p.x + 6.6, p.y - 3.35, repeated(p.z + 8.0, 3.0, 10));
    near.or(cuboid(pane, v(0.04, 0.85, 1.2), 0.02), WINDOW);
    let bar = v(pane.x, repeated(pane.y, 0.85, 3), repeated(pane.z, 1.2, 3));
    near.or(cuboid(bar, v(0.07, 0.03, 0.03), 0.0).max(pane.y.abs() - 0.9), BEAM);
    near.or(cuboid(p - v(1.2, 1.1, -24.0), v(1.4, 1.9, 0.08), 0.02), STEEL);
}

/// The row of benches with bins, product and stools on the left.
pub(super) fn benches(p: V3, near: &mut Nearest) {
    let row = p - v(-3.15, 0.0, -9.0);
    let all = cuboid(row - v(0.0, 1.0, 0.0), v(1.0, 1.1, 12.5), 0.0);
    if all > 0.6 {
        near.or(all, STEEL);
        return;
    }
    let z = repeated(row.z, BENCH_PITCH, 8);
    let number = ((row.z - z) / BENCH_PITCH).round() as i32;
    let q = v(row.x, row.y, z);
    near.or(cuboid(q - v(0.0, 0.9, 0.0), v(0.42, 0.025, 1.25), 0.01), BENCH_TOP);
    let leg = v(q.x.abs() - 0.36, q.y - 0.44, q.z.abs() - 1.15);
    near.or(cuboid(leg, v(0.03, 0.44, 0.03), 0.005), STEEL);
    near.or(cuboid(q - v(-0.1, 0.62, -0.75), v(0.28, 0.22, 0.3), 0.01), MACHINE);
    // A rail with bins behind the bench top, a lamp over it.
    let post = v(q.x + 0.4, q.y - 1.4, q.z.abs() - 1.15);
    near.or(cuboid(post, v(0.025, 0.55, 0.025), 0.0), STEEL);
    near.or(cuboid(q - v(-0.4, 1.3, 0.0), v(0.02, 0.05, 1.15), 0.0), STEEL);
    let bin = v(q.x + 0.28, q.y - 1.24, repeated(q.z, 0.27, 8));
    let hollow = cuboid(bin - v(0.03, 0.05, 0.0), v(0.1, 0.09, 0.095), 0.01);
    near.or(cuboid(bin, v(0.13, 0.085, 0.115), 0.015).max(-hollow), BIN);
    near.or(cuboid(q - v(-0.1, 1.92, 0.0), v(0.1, 0.03, 0.9), 0.02), LAMP);
    near.or(rod(q, v(-0.4, 1.95, 0.0), v(-0.1, 1.95, 0.0), 0.02), STEEL);
    // Work in progress: drivers in a row and a carton.
    let driver = v(q.x - 0.1, q.y - 0.97, repeated(q.z - 0.25, 0.34, 4));
    near.or(cylinder(driver, 0.065, 0.045, 0.01), PRODUCT);
    near.or(ring(driver - v(0.0, 0.06, 0.0), 0.13, 0.09, 0.02, 0.01), PRODUCT);
    let side = hash(number, 4, 4) * 0.2;
    near.or(cuboid(q - v(0.05, 1.04, -0.8 + side), v(0.2, 0.12, 0.22), 0.005), CARTON);
    stool(q - v(0.72, 0.0, 0.35 - side * 3.0), near);
}

fn stool(q: V3, near: &mut Nearest) {
    near.or(cylinder(q - v(0.0, 0.62, 0.0), 0.19, 0.035, 0.03), STOOL);
    near.or(rod(q, v(0.0, 0.1, 0.0), v(0.0, 0.6, 0.0), 0.025), FRAME);
    let arm = v(q.x.abs().max(q.z.abs()), q.y, q.x.abs().min(q.z.abs()));
    near.or(rod(arm, v(0.0, 0.1, 0.0), v(0.26, 0.05, 0.0), 0.02), FRAME);
}

/// The shelves with cartons along the left wall.
pub(super) fn shelves(p: V3, near: &mut Nearest) {
    let row = p - v(-5.9, 0.0, -9.0);
    let all = cuboid(row - v(0.0, 1.2, 0.0), v(0.5, 1.3, 13.0), 0.0);
    if all > 0.6 {
        near.or(all, STEEL);
        return;
    }
    let q = v(row.x, row.y, repeated(row.z, 2.1, 12));
    let board = v(q.x, repeated(q.y - 1.15, 0.7, 4), q.z);
    near.or(cuboid(board, v(0.36, 0.02, 1.04), 0.0), AMBER);
    let post = v(q.x.abs() - 0.35, q.y - 1.2, q.z.abs() - 1.03);
    near.or(cuboid(post, v(0.03, 1.2, 0.03), 0.0), STEEL);
    let z = repeated(row.z, 0.53, 47);
    let column = ((row.z - z) / 0.53).round() as i32;
    let level = ((q.y - 0.1) / 0.7).floor().clamp(0.0, 3.0);
    let tall = 0.14 + 0.13 * hash(column, level as i32, 9);
    let carton = v(q.x, q.y - 0.12 - level * 0.7 - tall, z);
    near.or(cuboid(carton, v(0.28, tall, 0.22), 0.01) * 0.9, CARTON);
}

/// The row of machines on the right.
pub(super) fn machines(p: V3, near: &mut Nearest) {
    let row = p - v(3.9, 0.0, -11.6);
    let all = cuboid(row - v(0.0, 1.35, 0.0), v(1.4, 1.6, 10.3), 0.0);
    if all > 0.6 {
        near.or(all, MACHINE);
        return;
    }
    let q = v(row.x, row.y, repeated(row.z, MACHINE_PITCH, 5));
    let body = cuboid(q - v(0.1, 1.02, 0.0), v(0.95, 0.98, 1.25), 0.05);
    let bay = cuboid(q - v(-0.75, 1.32, -0.15), v(0.55, 0.42, 0.72), 0.04);
    near.or(body.max(-bay), MACHINE);
    near.or(cuboid(q - v(0.0, 1.3, -0.15), v(0.3, 0.4, 0.7), 0.0), GLASS);
    near.or(cylinder(q - v(-0.5, 0.98, -0.15), 0.34, 0.06, 0.02), FRAME);
    near.or(rod(q, v(-0.5, 1.2, -0.15), v(-0.5, 1.75, -0.15), 0.09), FRAME);
    near.or(ring(q - v(-0.5, 1.06, -0.15), 0.2, 0.1, 0.03, 0.01), PRODUCT);
    // The panel on an arm with a screen, buttons and the emergency stop.
    let panel = (q - v(-1.0, 1.55, 0.98)).turned_y(-0.55);
    near.or(cuboid(panel, v(0.06, 0.34, 0.25), 0.02), STEEL);
    near.or(cuboid(panel - v(-0.055, 0.1, 0.0), v(0.012, 0.17, 0.2), 0.0), SCREEN);
    let key = v(panel.x + 0.06, panel.y + 0.16, repeated(panel.z, 0.09, 5));
    near.or(cuboid(key, v(0.015, 0.03, 0.03), 0.005), LAMP);
    near.or(ball(panel - v(-0.06, -0.26, 0.14), 0.045), RED);
    near.or(rod(q, v(-0.8, 1.7, 1.0), v(-0.6, 2.0, 1.0), 0.04), STEEL);
    // The signal lamp: green, amber, red from below.
    let mast = q - v(0.4, 2.0, 0.9);
    near.or(rod(mast, v(0.0, 0.0, 0.0), v(0.0, 0.3, 0.0), 0.02), FRAME);
    near.or(cylinder(mast - v(0.0, 0.36, 0.0), 0.045, 0.05, 0.005), GREEN);
    near.or(cylinder(mast - v(0.0, 0.47, 0.0), 0.045, 0.05, 0.005), AMBER);
    near.or(cylinder(mast - v(0.0, 0.58, 0.0), 0.045, 0.05, 0.005), RED);
    near.or(cuboid(q - v(0.3, 2.3, -0.6), v(0.35, 0.35, 0.35), 0.03), MACHINE);
}

/// The whiteboard on its stand.
pub(super) fn whiteboard(p: V3, near: &mut Nearest) {
    let q = into_board(p);
    let all = cuboid(q - v(0.0, -0.45, 0.0), v(1.2, 1.2, 0.5), 0.0);
    if all > 0.5 {
        near.or(all, FRAME);
        return;
    }
    near.or(cuboid(q, v(1.02, 0.66, 0.018), 0.005), FRAME);
    near.or(cuboid(q - v(0.0, 0.0, 0.012), v(0.98, 0.62, 0.01), 0.0), BOARD);
    near.or(cuboid(q - v(0.0, -0.67, 0.05), v(0.5, 0.012, 0.05), 0.005), FRAME);
    near.or(rod(q, v(-0.3, -0.65, 0.06), v(-0.17, -0.65, 0.06), 0.012), RED);
    near.or(rod(q, v(0.05, -0.65, 0.07), v(0.18, -0.65, 0.05), 0.012), BIN);
    let leg = v(q.x.abs(), q.y, q.z.abs());
    near.or(rod(leg, v(1.03, 0.6, 0.0), v(1.03, -1.45, 0.0), 0.025), FRAME);
    near.or(rod(leg, v(1.03, -1.46, 0.0), v(1.03, -1.5, 0.36), 0.025), FRAME);
}

/// What a machine's screen shows: rows of figures and a bar chart.
pub(super) fn screen(p: V3) -> Surface {
    let row = p - v(3.9, 0.0, -11.6);
    let q = v(row.x, row.y, repeated(row.z, MACHINE_PITCH, 5));
    let panel = (q - v(-1.0, 1.55, 0.98)).turned_y(-0.55);
    let (x, y) = (panel.z + 0.2, 0.27 - panel.y);
    let mut glow = v(0.03, 0.10, 0.19);
    let title = Line::new("CYCLE 0417").ink((x - 0.02) / 0.0045, (y - 0.02) / 0.0045, 0.5);
    let column = (x / 0.04).floor();
    let height = 0.04 + 0.14 * hash(column as i32, 3, 8);
    let bar = step(0.31 - height, 0.312 - height, y) * step(0.032, 0.03, x - column * 0.04);
    glow = glow.mix(v(0.12, 0.7, 0.55), bar * step(0.32, 0.315, y));
    glow = glow.mix(v(0.8, 0.9, 0.95), title);
    Surface { glow, ..Surface::painted(v(0.01, 0.01, 0.012), 0.15) }
}
