//! Which words stand where on a page, and which of them may leave?
//!
//! Letters become words by where they stand. A Chinese character is a word of its own, so that a
//! mask takes no more than it must. Deliberately absent: reading order, lines and paragraphs.

use hayro::hayro_interpret::{
    font::{Glyph, PositionedGlyph},
    hayro_cmap::{BfString, WritingMode},
};
use hayro::kurbo::{Affine, Point, Rect as Place};
use lanthan_core::{clean::Word, exhibit::Area};

use crate::{
    PageSize,
    pixels::{Pixels, Rect},
};

/// Longest word, in bytes; a longer one is split.
const MAX_WORD_BYTES: usize = 400;

/// Greatest number of words on one page.
const MAX_WORDS: usize = 200_000;

/// Least difference between dark and light, of 255, that counts as something to be seen.
const MIN_CONTRAST: u8 = 40;

/// A letter whose meaning the file does not tell.
const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// A word and its place, in parts of the page's width and height; it may lie outside of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) text: String,
    pub(crate) place: Place,
    /// True when the file draws it without ink, as text recognition does.
    pub(crate) is_invisible: bool,
    /// The one colour of its first letter, when it has one.
    pub(crate) ink: Option<[u8; 3]>,
    /// The middle of each letter and digit, where its strokes certainly are.
    pub(crate) middles: Vec<Place>,
    /// True when something was drawn over it (cover).
    pub(crate) is_covered: bool,
    /// True when it stands in the colour of its ground (cover).
    pub(crate) is_in_ground: bool,
}

/// Puts letters together.
pub(crate) struct Spelling {
    page: PageSize,
    words: Vec<Found>,
    open: Option<Open>,
}

/// The word that is being spelled.
struct Open {
    found: Found,
    /// Where the next letter is expected, and how large a letter is, both on the page.
    end: Point,
    along: (f64, f64),
    em: f64,
}

/// A letter: where it begins and ends, its box and its size, all on the page.
struct Letter {
    start: Point,
    end: Point,
    place: Place,
    /// The part of its box where its strokes certainly are.
    middle: Place,
    em: f64,
    look: Look,
}

/// How a letter is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Without ink, as text recognition does.
    pub(crate) is_invisible: bool,
    /// The one colour that it has.
    pub(crate) ink: Option<[u8; 3]>,
}

impl Spelling {
    pub(crate) fn new(page: PageSize) -> Self {
        Self { page, words: Vec::new(), open: None }
    }

    /// Adds a letter; `whole` places it on the upright page, in points.
    pub(crate) fn add(
        &mut self,
        glyph: &PositionedGlyph<'_>,
        whole: Affine,
        mode: WritingMode,
        look: Look,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => UNKNOWN.to_string(),
        };
        let advance = match &**glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(1000.0)).clamp(0.0, 4000.0);
        // Glyphs are a thousand units high; most letters lie between these two heights.
        let (across, width) = (0.06 * advance, advance.max(50.0));
        let middle = |from, to| Place::new(across, from, width - across, to);
        let (from, to, box_, middle) = match mode {
            WritingMode::Horizontal => (
                (0.0, 0.0),
                (advance, 0.0),
                Place::new(0.0, -220.0, width, 880.0),
                middle(120.0, 480.0),
            ),
            WritingMode::Vertical => (
                (0.0, 880.0),
                (0.0, -120.0),
                Place::new(0.0, -120.0, width, 880.0),
                middle(120.0, 640.0),
            ),
        };
        let (start, end) = (whole * Point::from(from), whole * Point::from(to));
        let place = whole.transform_rect_bbox(box_);
        let em = (whole * Point::new(0.0, 1000.0) - whole * Point::ZERO).hypot();
        if ![start.x, start.y, end.x, end.y, em, place.area()].iter().all(|v| v.is_finite()) {
            return;
        }
        let middle = self.on_page(whole.transform_rect_bbox(middle));
        self.spell(&text, &Letter { start, end, place: self.on_page(place), middle, em, look });
    }

    /// A place in points as parts of the page's sides.
    fn on_page(&self, place: Place) -> Place {
        let (width, height) = (f64::from(self.page.width), f64::from(self.page.height));
        Place::new(place.x0 / width, place.y0 / height, place.x1 / width, place.y1 / height)
    }

    fn spell(&mut self, text: &str, letter: &Letter) {
        if !self.continues(letter) {
            self.close();
        }
        for c in text.chars() {
            if c.is_whitespace() || c.is_control() {
                self.close();
                continue;
            }
            if stands_alone(c) {
                self.close();
            }
            let length = self.push(c, letter);
            if stands_alone(c) || length >= MAX_WORD_BYTES {
                self.close();
            }
        }
    }

    /// Adds a character to the open word, or opens one; returns the word's length in bytes.
    fn push(&mut self, c: char, letter: &Letter) -> usize {
        let &Letter { start, end, place, middle, em, look } = letter;
        let length = (end - start).hypot();
        let along = if length > 0.0 {
            ((end.x - start.x) / length, (end.y - start.y) / length)
        } else {
            (1.0, 0.0)
        };
        let open = self.open.get_or_insert_with(|| Open {
            found: Found::new(place, look),
            end,
            along,
            em,
        });
        open.found.text.push(c);
        open.found.place = open.found.place.union(place);
        if c.is_alphanumeric() {
            open.found.middles.push(middle);
        }
        (open.end, open.along, open.em) = (end, along, em);
        open.found.text.len()
    }

    /// True when a letter goes on with the open word.
    fn continues(&self, letter: &Letter) -> bool {
        let Some(open) = &self.open else { return false };
        let (dx, dy) = (letter.start.x - open.end.x, letter.start.y - open.end.y);
        let gap = dx * open.along.0 + dy * open.along.1;
        let aside = (dx * open.along.1 - dy * open.along.0).abs();
        let size = open.em.max(letter.em);
        open.found.is_invisible == letter.look.is_invisible
            && aside < 0.35 * size
            && gap < 0.18 * size
            && gap > -0.6 * size
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take()
            && self.words.len() < MAX_WORDS
        {
            self.words.push(open.found);
        }
    }

    /// How many words have begun.
    pub(crate) fn begun(&self) -> usize {
        self.words.len() + usize::from(self.open.is_some())
    }

    /// All the words.
    pub(crate) fn words(mut self) -> Vec<Found> {
        self.close();
        self.words
    }
}

/// Characters of scripts that are written without spaces.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

impl Found {
    fn new(place: Place, Look { is_invisible, ink }: Look) -> Self {
        let text = String::new();
        let middles = Vec::new();
        Self { text, place, is_invisible, ink, middles, is_covered: false, is_in_ground: false }
    }

    /// The word with its place pushed inside the page, wherever it stood.
    pub(crate) fn anywhere(&self) -> Word {
        Word { text: self.text.clone(), area: area(self.place) }
    }

    /// True when each of its letters and digits, of which it may have none, holds both dark and light in
    /// its middle: what lies under a bar does not, wherever the bar ends.
    fn is_seen_by_letters(&self, pixels: &Pixels) -> bool {
        let (width, height) = (f64::from(pixels.width), f64::from(pixels.height));
        self.middles.iter().all(|middle| {
            let span = |from: f64, to: f64, size: u32| {
                let from = units(from.round()).min(size.saturating_sub(1));
                (from, units(to.round()).clamp(from + 1, size))
            };
            let (left, right) = span(middle.x0 * width, middle.x1 * width, pixels.width);
            let (top, bottom) = span(middle.y0 * height, middle.y1 * height, pixels.height);
            contrast(pixels, [left, top, right, bottom]) >= MIN_CONTRAST
        })
    }

    /// The pixels that the word touches, when all of it lies on the raster.
    fn pixels(&self, pixels: &Pixels) -> Option<Rect> {
        let (width, height) = (f64::from(pixels.width), f64::from(pixels.height));
        let Place { x0, y0, x1, y1 } = self.place;
        // Letters are boxed generously, so a little may hang over the edge.
        let slack = 0.005;
        if x0 < -slack || y0 < -slack || x1 > 1.0 + slack || y1 > 1.0 + slack {
            return None;
        }
        let rect = [
            units((x0 * width).floor()),
            units((y0 * height).floor()),
            units((x1 * width).ceil()).min(pixels.width),
            units((y1 * height).ceil()).min(pixels.height),
        ];
        (rect[0] < rect[2] && rect[1] < rect[3]).then_some(rect)
    }
}

/// A place in parts of the page's sides as an area, pushed inside the page.
pub(crate) fn area(place: Place) -> Area {
    let side = |from: f64, to: f64| {
        let start = units(from.floor()).min(Area::ONE - 1);
        (start, units(to.ceil()).clamp(start + 1, Area::ONE) - start)
    };
    let one = f64::from(Area::ONE);
    let (x, w) = side(place.x0 * one, place.x1 * one);
    let (y, h) = side(place.y0 * one, place.y1 * one);
    Area { x, y, w, h }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range before the cast"
)]
fn units(value: f64) -> u32 {
    value.clamp(0.0, 1e9) as u32
}

/// The words that may leave: all of their letters known, wholly on the part that leaves, touched by
/// no cover, and each of its letters to be seen. So text that was hidden under a drawn rectangle or a
/// picture, or written white on white, does not leave either, whatever shows at its edges.
pub(crate) fn surviving(
    words: &[Found],
    covered_pixels: &Pixels,
    covered: &[Rect],
    crop: Option<Area>,
) -> Vec<Word> {
    let part = crop.map_or([0, 0, covered_pixels.width, covered_pixels.height], |crop| {
        crate::picture::inside(&crop, covered_pixels)
    });
    words
        .iter()
        .filter(|word| !word.text.contains(UNKNOWN) && !word.is_covered && !word.is_in_ground)
        .filter(|word| word.is_seen_by_letters(covered_pixels))
        .filter_map(|word| {
            let rect = word.pixels(covered_pixels)?;
            let is_inside = rect[0] >= part[0]
                && rect[1] >= part[1]
                && rect[2] <= part[2]
                && rect[3] <= part[3];
            let is_free = covered.iter().all(|cover| !touch(rect, *cover));
            (is_inside && is_free && is_seen(covered_pixels, rect, word.text.chars().count()))
                .then(|| Word { text: word.text.clone(), area: on_part(rect, part) })
        })
        .filter(|word| word.area.is_valid())
        .collect()
}

fn touch(a: Rect, b: Rect) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// A place on the part that leaves, in its own units.
fn on_part(rect: Rect, part: Rect) -> Area {
    let side = |from: u32, to: u32, start: u32, end: u32| {
        let length = u64::from(end - start).max(1);
        let scale = |v: u32| u64::from(v - start) * u64::from(Area::ONE);
        let low = scale(from) / length;
        let high = scale(to).div_ceil(length);
        let low = u32::try_from(low).unwrap_or(0);
        (low, u32::try_from(high).unwrap_or(Area::ONE).saturating_sub(low))
    };
    let (x, w) = side(rect[0], rect[2], part[0], part[2]);
    let (y, h) = side(rect[1], rect[3], part[1], part[3]);
    Area { x, y, w, h }
}

/// True when every stretch of the word, about as long as it is high and not shorter than a letter,
/// holds both dark and light.
fn is_seen(pixels: &Pixels, [left, top, right, bottom]: Rect, letters: usize) -> bool {
    let (width, height) = (right - left, bottom - top);
    let (long, short) = (width.max(height), width.min(height));
    let letters = u32::try_from(letters).unwrap_or(u32::MAX);
    let stretches = (long / short.max(1)).min(letters).max(1);
    (0..stretches).all(|index| {
        let from = long * index / stretches;
        let to = long * (index + 1) / stretches;
        let stretch = if width >= height {
            [left + from, top, left + to, bottom]
        } else {
            [left, top + from, right, top + to]
        };
        contrast(pixels, stretch) >= MIN_CONTRAST
    })
}

fn contrast(pixels: &Pixels, [left, top, right, bottom]: Rect) -> u8 {
    let (mut dark, mut light) = (u8::MAX, u8::MIN);
    for y in top..bottom {
        let row = 3 * pixels.width as usize * y as usize;
        for pixel in pixels.rgb[row + 3 * left as usize..row + 3 * right as usize].chunks_exact(3) {
            dark = dark.min(pixel[0]).min(pixel[1]).min(pixel[2]);
            light = light.max(pixel[0]).max(pixel[1]).max(pixel[2]);
        }
    }
    light.saturating_sub(dark)
}
