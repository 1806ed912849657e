//! Where does ink lie when a line of text is written?
//!
//! A capital alphabet on a grid of five by seven dots, drawn for this program.
//! Neighbouring dots are joined to strokes, so that the same table serves for
//! printed labels, a sign on a wall and (bent a little) handwriting. There is
//! no kerning and there are no small letters: they are written as capitals.

use crate::shape::segment;

/// Width of one letter with the gap after it, in dots.
pub(crate) const ADVANCE: f32 = 6.0;

type Stroke = ((f32, f32), (f32, f32));

/// A line of text ready to be asked for its ink.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    letters: Vec<Vec<Stroke>>,
}

impl Line {
    /// Prepares a line; characters without a drawing become gaps.
    pub(crate) fn new(text: &str) -> Self {
        Self { letters: text.chars().map(|c| strokes(dots(c.to_ascii_uppercase()))).collect() }
    }

    /// Length of the line in dots.
    pub(crate) fn width(&self) -> f32 {
        self.letters.len() as f32 * ADVANCE - 1.0
    }

    /// Distance in dots from the nearest stroke. `x` runs from 0 to [`Line::width`], `y` from 0
    /// at the top to 7 at the bottom. Far from the text a lower bound is returned.
    pub(crate) fn distance(&self, x: f32, y: f32) -> f32 {
        let mut nearest = f32::MAX;
        let cell = (x / ADVANCE).floor() as i32;
        for index in cell - 1..=cell + 1 {
            let Some(letter) = usize::try_from(index).ok().and_then(|i| self.letters.get(i)) else {
                continue;
            };
            let local = (x - index as f32 * ADVANCE, y);
            for (from, to) in letter {
                nearest = nearest.min(segment(local, *from, *to));
            }
        }
        nearest.min(ADVANCE)
    }

    /// Is there ink at this place? `pen` is half the width of the stroke in dots. Returns 0 to 1.
    pub(crate) fn ink(&self, x: f32, y: f32, pen: f32) -> f32 {
        if !(-1.0..=8.0).contains(&y) || x < -1.0 || x > self.width() + 1.0 {
            return 0.0;
        }
        ((pen - self.distance(x, y)) * 6.0 + 0.5).clamp(0.0, 1.0)
    }
}

/// Joins the lit dots of a letter to strokes between the middles of neighbouring dots.
fn strokes(rows: [u8; 7]) -> Vec<Stroke> {
    let lit = |c: i32, r: i32| {
        (0..5).contains(&c)
            && usize::try_from(r)
                .ok()
                .and_then(|r| rows.get(r))
                .is_some_and(|row| row >> (4 - c) & 1 == 1)
    };
    let middle = |c: i32, r: i32| (c as f32 + 0.5, r as f32 + 0.5);
    let mut found = Vec::new();
    for r in 0..7 {
        for c in 0..5 {
            if !lit(c, r) {
                continue;
            }
            let here = middle(c, r);
            let before = found.len();
            let diagonal = |side: i32| lit(c + side, r + 1) && !lit(c + side, r) && !lit(c, r + 1);
            for (wanted, dc, dr) in [
                (lit(c + 1, r), 1, 0),
                (lit(c, r + 1), 0, 1),
                (diagonal(1), 1, 1),
                (diagonal(-1), -1, 1),
            ] {
                if wanted {
                    found.push((here, middle(c + dc, r + dr)));
                }
            }
            if found.len() == before {
                found.push((here, here));
            }
        }
    }
    found
}

/// The drawing of one character: seven rows from the top, five dots each, leftmost dot = 16.
#[rustfmt::skip]
fn dots(letter: char) -> [u8; 7] {
    match letter {
        'A' => [14, 17, 17, 31, 17, 17, 17],
        'B' => [30, 17, 17, 30, 17, 17, 30],
        'C' => [14, 17, 16, 16, 16, 17, 14],
        'D' => [30, 17, 17, 17, 17, 17, 30],
        'E' => [31, 16, 16, 30, 16, 16, 31],
        'F' => [31, 16, 16, 30, 16, 16, 16],
        'G' => [14, 17, 16, 23, 17, 17, 14],
        'H' => [17, 17, 17, 31, 17, 17, 17],
        'I' => [14, 4, 4, 4, 4, 4, 14],
        'J' => [7, 2, 2, 2, 2, 18, 12],
        'K' => [17, 18, 20, 24, 20, 18, 17],
        'L' => [16, 16, 16, 16, 16, 16, 31],
        'M' => [17, 27, 21, 21, 17, 17, 17],
        'N' => [17, 17, 25, 21, 19, 17, 17],
        'O' | '0' => [14, 17, 17, 17, 17, 17, 14],
        'P' => [30, 17, 17, 30, 16, 16, 16],
        'Q' => [14, 17, 17, 17, 21, 18, 13],
        'R' => [30, 17, 17, 30, 20, 18, 17],
        'S' => [14, 17, 16, 14, 1, 17, 14],
        'T' => [31, 4, 4, 4, 4, 4, 4],
        'U' => [17, 17, 17, 17, 17, 17, 14],
        'V' => [17, 17, 17, 17, 17, 10, 4],
        'W' => [17, 17, 17, 21, 21, 21, 10],
        'X' => [17, 17, 10, 4, 10, 17, 17],
        'Y' => [17, 17, 10, 4, 4, 4, 4],
        'Z' => [31, 1, 2, 4, 8, 16, 31],
        '1' => [4, 12, 4, 4, 4, 4, 14],
        '2' => [14, 17, 1, 2, 4, 8, 31],
        '3' => [14, 17, 1, 6, 1, 17, 14],
        '4' => [2, 6, 10, 18, 31, 2, 2],
        '5' => [31, 16, 30, 1, 1, 17, 14],
        '6' => [14, 16, 16, 30, 17, 17, 14],
        '7' => [31, 1, 2, 4, 4, 8, 8],
        '8' => [14, 17, 17, 14, 17, 17, 14],
        '9' => [14, 17, 17, 15, 1, 1, 14],
        '.' => [0, 0, 0, 0, 0, 0, 4],
        ',' => [0, 0, 0, 0, 0, 4, 8],
        ':' => [0, 0, 4, 0, 0, 4, 0],
        '-' => [0, 0, 0, 14, 0, 0, 0],
        '+' => [0, 4, 4, 31, 4, 4, 0],
        '/' => [1, 1, 2, 4, 8, 16, 16],
        '(' => [2, 4, 8, 8, 8, 4, 2],
        ')' => [8, 4, 2, 2, 2, 4, 8],
        '=' => [0, 0, 31, 0, 31, 0, 0],
        '>' => [8, 4, 2, 1, 2, 4, 8],
        '%' => [17, 1, 2, 4, 8, 16, 17],
        '&' => [12, 18, 20, 8, 21, 18, 13],
        '\u{d7}' => [0, 17, 10, 4, 10, 17, 0],
        _ => [0; 7],
    }
}
