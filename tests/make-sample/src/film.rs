//! How does measured light become the eight-bit picture of a pocket camera?
//!
//! Blur away from the focus, darkened corners, a filmic tone curve, a little
//! sensor noise, then sRGB (IEC 61966-2-1). No sharpening.

use crate::{
    march::in_rows,
    material::{hash, step},
    vector::{V3, grey, v},
};

/// What the film does to a picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finish {
    /// Factor on all light.
    pub exposure: f32,
    /// How much darker the corners are, 0 to 1.
    pub vignette: f32,
    /// Standard deviation of the noise in eight-bit steps.
    pub noise: f32,
    /// Distance that is sharp, in the unit of the scene.
    pub focus: f32,
    /// Radius of the blur at infinity in parts of the picture's height; 0 switches it off.
    pub blur: f32,
}

/// Linear light and distance for every pixel.
#[derive(Debug, Clone)]
pub(crate) struct Exposure {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Colour and distance, row by row.
    pub pixels: Vec<(V3, f32)>,
}

/// An eight-bit RGB picture, row by row, without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Three bytes per pixel.
    pub rgb: Vec<u8>,
}

impl Exposure {
    /// The pixel at a place; places outside are moved to the edge.
    pub(crate) fn at(&self, x: u32, y: u32) -> (V3, f32) {
        let (x, y) = (x.min(self.width - 1) as usize, y.min(self.height - 1) as usize);
        self.pixels[y * self.width as usize + x]
    }

    /// Do the neighbours of a pixel differ so much that one ray was not enough?
    pub(crate) fn is_rough_at(&self, x: u32, y: u32) -> bool {
        let here = perceived(self.at(x, y).0);
        let around =
            [(x.wrapping_sub(1).min(x), y), (x + 1, y), (x, y.saturating_sub(1)), (x, y + 1)];
        around.into_iter().any(|(nx, ny)| {
            let gap = perceived(self.at(nx, ny).0) - here;
            gap.abs().largest() > 0.035
        })
    }

    /// Develops the picture.
    pub(crate) fn develop(&self, finish: Finish) -> Picture {
        let rgb = in_rows(self.height, |y| {
            (0..self.width)
                .flat_map(|x| {
                    let (px, py) =
                        (x as f32 / self.width as f32 - 0.5, y as f32 / self.height as f32 - 0.5);
                    let corner = 1.0 - finish.vignette * 2.0 * (px * px + py * py);
                    let light = self.focused(x, y, finish) * (finish.exposure * corner * corner);
                    let toned = tone(light);
                    let (ix, iy) = (x as i32, y as i32);
                    [(toned.x, 0), (toned.y, 1), (toned.z, 2)].map(|(value, channel)| {
                        let grain =
                            (0..3).map(|k| hash(ix, iy, channel + 7 * k)).sum::<f32>() - 1.5;
                        let grain = grain * 2.0 * finish.noise * (1.25 - 0.75 * value);
                        (srgb(value) * 255.0 + grain + 0.5).clamp(0.0, 255.0) as u8
                    })
                })
                .collect()
        });
        Picture { width: self.width, height: self.height, rgb }
    }

    /// The colour at a pixel after the lens: a spiral of samples over its circle of confusion.
    fn focused(&self, x: u32, y: u32, finish: Finish) -> V3 {
        let (colour, depth) = self.at(x, y);
        let circle = |d: f32| (finish.blur * self.height as f32 * (1.0 - finish.focus / d)).abs();
        let radius = circle(depth);
        if radius < 0.6 {
            return colour;
        }
        let (mut sum, mut total) = (colour, 1.0);
        let count = ((radius * radius * 2.0) as u32).clamp(8, 96);
        for i in 1..=count {
            let r = radius * (i as f32 / count as f32).sqrt();
            let (s, c) = (i as f32 * 2.399_963).sin_cos();
            let (sx, sy) = (x as f32 + r * c, y as f32 + r * s);
            let (other, other_depth) =
                self.at(sx.max(0.0).round() as u32, sy.max(0.0).round() as u32);
            // A sharp thing in front does not spread into the blurred one behind it.
            let weight = step(r - 1.0, r + 0.5, circle(other_depth)).max(0.001);
            sum += other * weight;
            total += weight;
        }
        sum * (1.0 / total)
    }
}

impl Picture {
    /// A quarter turn against the clock, as a camera stores a picture that was taken upright.
    pub(crate) fn turned_left(&self) -> Picture {
        let (w, h) = (self.width as usize, self.height as usize);
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for row in 0..w {
            for column in 0..h {
                let from = 3 * (column * w + (w - 1 - row));
                rgb.extend_from_slice(&self.rgb[from..from + 3]);
            }
        }
        Picture { width: self.height, height: self.width, rgb }
    }

    /// A copy `width` pixels wide, each pixel the mean of those it covers.
    pub(crate) fn reduced(&self, width: u32) -> Picture {
        let width = width.clamp(1, self.width);
        let height = (self.height * width / self.width).max(1);
        let mut rgb = Vec::with_capacity(3 * (width * height) as usize);
        for y in 0..height {
            let (top, bottom) = (y * self.height / height, (y + 1) * self.height / height);
            for x in 0..width {
                let (left, right) = (x * self.width / width, (x + 1) * self.width / width);
                let mut sum = [0_u32; 3];
                for sy in top..bottom {
                    for sx in left..right {
                        let from = 3 * (sy * self.width + sx) as usize;
                        for (total, value) in sum.iter_mut().zip(&self.rgb[from..from + 3]) {
                            *total += u32::from(*value);
                        }
                    }
                }
                let count = ((bottom - top) * (right - left)).max(1);
                rgb.extend(sum.map(|total| (total / count) as u8));
            }
        }
        Picture { width, height, rgb }
    }
}

fn perceived(c: V3) -> V3 {
    let one = |x: f32| (x / (x + 0.6)).max(0.0);
    v(one(c.x), one(c.y), one(c.z))
}

/// A filmic curve: contrast in the middle, a soft shoulder.
fn tone(c: V3) -> V3 {
    let one = |x: f32| (x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)).clamp(0.0, 1.0);
    let toned = v(one(c.x), one(c.y), one(c.z));
    // Very bright colours lose their hue, as on a sensor that clips.
    toned.mix(grey(toned.largest()), step(1.5, 6.0, c.largest()) * 0.6)
}

fn srgb(x: f32) -> f32 {
    if x <= 0.003_130_8 { 12.92 * x } else { 1.055 * x.powf(1.0 / 2.4) - 0.055 }
}
