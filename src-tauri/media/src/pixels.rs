//! How are pixels turned upright, cut, covered and made smaller?
//!
//! Plain RGB, eight bits each, rows from the top. Deliberately absent: files and colour profiles.

use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer, images};

use crate::Refusal;

/// A rectangle in pixels: left, top, right, bottom; right and bottom exclusive.
pub(crate) type Rect = [u32; 4];

/// A picture in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Red, green, blue; exactly `3 × width × height` bytes.
    pub(crate) rgb: Vec<u8>,
}

/// How a camera was held: the eight values of the EXIF tag 0x0112.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Orientation(u8);

impl Orientation {
    /// As stored.
    pub(crate) const UPRIGHT: Self = Self(1);

    /// The orientation of an EXIF value; anything unknown counts as upright, as viewers do.
    pub(crate) fn of(value: u32) -> Self {
        match u8::try_from(value) {
            Ok(known @ 1..=8) => Self(known),
            _ => Self::UPRIGHT,
        }
    }

    /// True when width and height change places.
    pub(crate) fn swaps(self) -> bool {
        self.0 >= 5
    }

    /// The upright size of a picture stored as `width` × `height`.
    pub(crate) fn upright(self, width: u32, height: u32) -> (u32, u32) {
        if self.swaps() { (height, width) } else { (width, height) }
    }

    /// Where the upright pixel `x`, `y` is stored in a picture stored as `width` × `height`.
    fn stored(self, x: u32, y: u32, width: u32, height: u32) -> (u32, u32) {
        let (right, bottom) = (width - 1, height - 1);
        match self.0 {
            2 => (right - x, y),
            3 => (right - x, bottom - y),
            4 => (x, bottom - y),
            5 => (y, x),
            6 => (y, bottom - x),
            7 => (right - y, bottom - x),
            8 => (right - y, x),
            _ => (x, y),
        }
    }

    /// Where an upright rectangle is stored.
    pub(crate) fn stored_rect(self, [l, t, r, b]: Rect, width: u32, height: u32) -> Rect {
        if l >= r || t >= b {
            return [0; 4];
        }
        let (ax, ay) = self.stored(l, t, width, height);
        let (bx, by) = self.stored(r - 1, b - 1, width, height);
        [ax.min(bx), ay.min(by), ax.max(bx) + 1, ay.max(by) + 1]
    }

    /// Where a stored rectangle lies once upright; the reverse of [`Self::stored_rect`].
    pub(crate) fn upright_rect(self, rect: Rect, width: u32, height: u32) -> Rect {
        let (upright_width, upright_height) = self.upright(width, height);
        let back = match self.0 {
            6 => Self(8),
            8 => Self(6),
            other => Self(other),
        };
        back.stored_rect(rect, upright_width, upright_height)
    }
}

impl Pixels {
    /// Turns a stored picture upright.
    pub(crate) fn turned(self, orientation: Orientation) -> Self {
        if orientation == Orientation::UPRIGHT || self.width == 0 || self.height == 0 {
            return self;
        }
        let (width, height) = orientation.upright(self.width, self.height);
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for y in 0..height {
            for x in 0..width {
                let (sx, sy) = orientation.stored(x, y, self.width, self.height);
                let at = bytes(self.width, sy) + 3 * sx as usize;
                rgb.extend_from_slice(&self.rgb[at..at + 3]);
            }
        }
        Self { width, height, rgb }
    }

    /// Covers a rectangle in black; what lies outside of the picture is ignored.
    pub(crate) fn cover(&mut self, [left, top, right, bottom]: Rect) {
        let (right, bottom) = (right.min(self.width), bottom.min(self.height));
        if left >= right {
            return;
        }
        for y in top..bottom {
            let row = bytes(self.width, y);
            self.rgb[row + 3 * left as usize..row + 3 * right as usize].fill(0);
        }
    }

    /// The part inside a rectangle, which must lie inside the picture.
    pub(crate) fn part(self, [left, top, right, bottom]: Rect) -> Self {
        if [left, top, right, bottom] == [0, 0, self.width, self.height] {
            return self;
        }
        let mut rgb = Vec::with_capacity(bytes(right - left, bottom - top));
        for y in top..bottom {
            let row = bytes(self.width, y);
            rgb.extend_from_slice(&self.rgb[row + 3 * left as usize..row + 3 * right as usize]);
        }
        Self { width: right - left, height: bottom - top, rgb }
    }

    /// Lays the top left of another picture on a rectangle, which must lie inside of both.
    pub(crate) fn place(&mut self, other: &Self, [left, top, right, bottom]: Rect) {
        let length = bytes(right - left, 1);
        for y in top..bottom {
            let to = bytes(self.width, y) + 3 * left as usize;
            let from = bytes(other.width, y - top);
            self.rgb[to..to + length].copy_from_slice(&other.rgb[from..from + length]);
        }
    }

    /// How light each of `across` × `down` fields is on the whole, 0 to 255, row by row.
    pub(crate) fn fields(&self, across: usize, down: usize) -> Vec<u32> {
        let (width, height) = (self.width as usize, self.height as usize);
        let mut fields = Vec::with_capacity(across * down);
        // A field is never empty, also where there are fewer pixels than fields.
        let span = |at: usize, of: usize, size: usize| {
            let from = (at * size / of).min(size.saturating_sub(1));
            from..((at + 1) * size / of).max(from + 1)
        };
        for row in 0..down {
            for column in 0..across {
                let (mut sum, mut count) = (0_u64, 0_u64);
                let columns = span(column, across, width);
                for y in span(row, down, height) {
                    let start = 3 * width * y;
                    let part = start + 3 * columns.start..start + 3 * columns.end;
                    let part = self.rgb.get(part).unwrap_or_default();
                    sum += part.iter().map(|value| u64::from(*value)).sum::<u64>();
                    count += part.len() as u64;
                }
                fields.push(u32::try_from(sum / count.max(1)).unwrap_or(255));
            }
        }
        fields
    }

    /// The picture with its longer side at most `max_edge_px`; never enlarged.
    pub(crate) fn shrunk(self, max_edge_px: u32) -> Result<Self, Refusal> {
        let (width, height) = fitted(self.width, self.height, max_edge_px);
        if (width, height) == (self.width, self.height) {
            return Ok(self);
        }
        let failed = |_| Refusal::Damaged("it cannot be made smaller");
        let from = images::ImageRef::new(self.width, self.height, &self.rgb, PixelType::U8x3)
            .map_err(|_| Refusal::Damaged("it cannot be made smaller"))?;
        let mut to = images::Image::new(width, height, PixelType::U8x3);
        let options =
            ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
        Resizer::new().resize(&from, &mut to, &options).map_err(failed)?;
        Ok(Self { width, height, rgb: to.into_vec() })
    }
}

/// The number of bytes of `width` × `height` pixels.
fn bytes(width: u32, height: u32) -> usize {
    3 * width as usize * height as usize
}

/// The size that keeps the shape and has its longer side at most `max_edge_px`.
pub(crate) fn fitted(width: u32, height: u32, max_edge_px: u32) -> (u32, u32) {
    let long = width.max(height);
    let max = max_edge_px.max(1);
    if long <= max {
        return (width, height);
    }
    let side = |length: u32| {
        let scaled = (u64::from(length) * u64::from(max) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(scaled).unwrap_or(max).clamp(1, max)
    };
    (side(width), side(height))
}

/// A rectangle on one raster as it lies on another of the same page, rounded outwards.
pub(crate) fn rescaled([l, t, r, b]: Rect, from: (u32, u32), to: (u32, u32)) -> Rect {
    let down = |v: u32, from: u32, to: u32| {
        u32::try_from(u64::from(v) * u64::from(to) / u64::from(from.max(1))).unwrap_or(to)
    };
    let up = |v: u32, from: u32, to: u32| {
        u32::try_from((u64::from(v) * u64::from(to)).div_ceil(u64::from(from.max(1)))).unwrap_or(to)
    };
    [down(l, from.0, to.0), down(t, from.1, to.1), up(r, from.0, to.0), up(b, from.1, to.1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows of three pixels: 1 2 3 / 4 5 6.
    fn sample() -> Pixels {
        Pixels { width: 3, height: 2, rgb: (1..=6).flat_map(|v| [v; 3]).collect() }
    }

    fn values(pixels: &Pixels) -> Vec<u8> {
        pixels.rgb.chunks(3).map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn all_eight_orientations_come_upright() {
        // The picture, as TIFF 6.0 describes row and column zero for each value.
        for (value, width, expected) in [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [4, 1, 5, 2, 6, 3]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [3, 6, 2, 5, 1, 4]),
        ] {
            let turned = sample().turned(Orientation::of(value));
            assert_eq!((turned.width, values(&turned)), (width, expected.to_vec()), "{value}");
        }
    }

    #[test]
    fn a_rectangle_covers_the_same_pixels_before_and_after_turning() {
        for value in 1..=8 {
            let orientation = Orientation::of(value);
            let upright = sample().turned(orientation);
            for (l, t) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let rect = [l, t, l + 1, t + 1];
                let mut after = upright.clone();
                after.cover(rect);
                let mut before = sample();
                let stored = orientation.stored_rect(rect, 3, 2);
                before.cover(stored);
                assert_eq!(before.turned(orientation), after, "{value} {rect:?}");
                assert_eq!(orientation.upright_rect(stored, 3, 2), rect);
            }
        }
    }

    #[test]
    fn the_longer_side_is_bounded_and_nothing_grows() {
        assert_eq!(fitted(4000, 3000, 2000), (2000, 1500));
        assert_eq!(fitted(3000, 4000, 2000), (1500, 2000));
        assert_eq!(fitted(100, 50, 2000), (100, 50));
        assert_eq!(fitted(60_000, 1, 2000), (2000, 1));
    }

    #[test]
    fn a_rescaled_rectangle_still_covers_all_of_it() {
        assert_eq!(rescaled([1, 1, 2, 2], (3, 3), (2, 2)), [0, 0, 2, 2]);
        assert_eq!(rescaled([0, 0, 3, 3], (3, 3), (7, 5)), [0, 0, 7, 5]);
    }
}
