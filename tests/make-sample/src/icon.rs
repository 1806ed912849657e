//! What does the program's icon look like?
//!
//! A rounded square in deep blue, lines of text on it, and a solid rectangle that hides a part of
//! one line: what the program does. Drawn from distances, so that every size is sharp.
//! Deliberately absent: letters, gradients and shadows, which vanish at 32 pixels.

use crate::shape::rectangle;

/// The sizes that the bundle needs: file name and edge in pixels.
pub(crate) const SIZES: [(&str, u32); 4] =
    [("icon.png", 512), ("128x128@2x.png", 256), ("128x128.png", 128), ("32x32.png", 32)];

type Colour = [f32; 3];

const GROUND: Colour = [23.0, 49.0, 77.0];
const PAPER: Colour = [244.0, 241.0, 233.0];
const LINE: Colour = [150.0, 163.0, 175.0];
const MASK: Colour = [16.0, 20.0, 26.0];
const SIGN: Colour = [217.0, 119.0, 54.0];

/// The parts from back to front in parts of the edge: left, top, right, bottom, rounding, colour.
const PARTS: [([f32; 4], f32, Colour); 7] = [
    ([0.04, 0.04, 0.96, 0.96], 0.21, GROUND),
    ([0.21, 0.15, 0.79, 0.85], 0.045, PAPER),
    ([0.30, 0.25, 0.54, 0.31], 0.03, SIGN),
    ([0.30, 0.385, 0.70, 0.43], 0.0225, LINE),
    ([0.30, 0.555, 0.70, 0.60], 0.0225, LINE),
    ([0.30, 0.725, 0.60, 0.77], 0.0225, LINE),
    ([0.43, 0.49, 0.87, 0.665], 0.03, MASK),
];

/// Draws the icon, row by row, four bytes a pixel.
pub(crate) fn draw(edge: u32) -> Vec<u8> {
    let mut rgba = Vec::with_capacity(4 * (edge * edge) as usize);
    for y in 0..edge {
        for x in 0..edge {
            rgba.extend(pixel(
                (x as f32 + 0.5) / edge as f32,
                (y as f32 + 0.5) / edge as f32,
                edge,
            ));
        }
    }
    rgba
}

fn pixel(x: f32, y: f32, edge: u32) -> [u8; 4] {
    let (mut colour, mut opacity) = (GROUND, 0.0_f32);
    for ([left, top, right, bottom], round, paint) in PARTS {
        let (middle_x, middle_y) = (0.5 * (left + right), 0.5 * (top + bottom));
        let (half_x, half_y) = (0.5 * (right - left), 0.5 * (bottom - top));
        let distance = rectangle(x - middle_x, y - middle_y, half_x, half_y, round);
        let cover = (0.5 - distance * edge as f32).clamp(0.0, 1.0);
        for (value, wanted) in colour.iter_mut().zip(paint) {
            *value += (wanted - *value) * cover;
        }
        opacity = opacity.max(cover);
    }
    let [r, g, b] = colour.map(|value| value.round() as u8);
    [r, g, b, (opacity * 255.0).round() as u8]
}
