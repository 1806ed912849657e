//! Do two pictures show the same, whatever their size, coding and masks?
//!
//! A picture becomes a few fields of grey, and two are alike when most of the fields that tell them
//! from a plain ground agree; a mask changes some, another size or coding hardly any. Deliberately
//! absent: pages of papers, which all look alike from afar, and parts that were cut out.

use crate::{Limits, Refusal, door, jpeg};

/// Fields across and down.
const SIDE: usize = 16;

/// What scaling and coding may change of a field, and what brightening may on the whole, of 255.
const TOLERANCE: u32 = 10;
const SHIFT: u32 = 24;

/// From which difference to the middle grey of its picture a field tells something, of 255.
const TELLS: u32 = 16;

/// The least number of telling fields, and how many of a hundred of them must agree.
const LEAST: usize = 16;
const MUST_AGREE: usize = 75;

/// What a picture looks like from afar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    fields: Vec<u32>,
    middle: u32,
}

impl Likeness {
    /// Of a small JPEG that the crate itself has made, such as a thumbnail.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when it is no JPEG.
    pub fn of(jpeg: &[u8]) -> Result<Self, Refusal> {
        let limits = Limits::default();
        let pixels = door::guarded(|| jpeg::read(jpeg, &limits)?.decode(jpeg, 1))?;
        Self::of_fields(pixels.fields(SIDE, SIDE)).ok_or(Refusal::Damaged("it holds no picture"))
    }

    /// Of the fields that [`Self::fields`] answered; `None` when they are no fields of a picture.
    #[must_use]
    pub fn of_fields(fields: Vec<u32>) -> Option<Self> {
        let mut sorted = fields.clone();
        sorted.sort_unstable();
        let is_whole = sorted.len() == SIDE * SIDE && sorted.last().is_some_and(|most| *most < 256);
        is_whole.then(|| Self { middle: sorted[SIDE * SIDE / 2], fields })
    }

    /// How light each field of the picture is, 0 to 255, row by row.
    #[must_use]
    pub fn fields(&self) -> &[u32] {
        &self.fields
    }

    /// True when both show the same; never for pictures on which there is next to nothing to see.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let shift = other.middle.abs_diff(self.middle);
        if shift > SHIFT {
            return false;
        }
        let (mut telling, mut agree) = (0, 0);
        for (a, b) in self.fields.iter().zip(&other.fields) {
            let (own, its) = (a.abs_diff(self.middle), b.abs_diff(other.middle));
            if own.max(its) > TELLS {
                telling += 1;
                let (a, b) = (a + other.middle, b + self.middle);
                agree += usize::from(a.abs_diff(b) <= TOLERANCE);
            }
        }
        telling >= LEAST && agree * 100 >= telling * MUST_AGREE
    }
}
