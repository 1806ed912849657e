//! From which day to which?
//!
//! Both days are inclusive. Deliberately absent: open ends; whoever stops a clock says until when, or
//! counts again later.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::Deserialize;

/// Days in a row, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Span {
    first: Date,
    last: Date,
}

/// Why a text or two days are no span.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Not two days with two dots between them.
    #[error("\"{0}\" is not FROM..TO with both days as YYYY-MM-DD")]
    Shape(String),
    /// The end lies before the beginning.
    #[error("{first}..{last} ends before it begins: turn the two days round")]
    Reversed {
        /// The day given as the first.
        first: Date,
        /// The day given as the last.
        last: Date,
    },
}

impl Span {
    /// The days from `first` to `last`, both inclusive.
    ///
    /// # Errors
    ///
    /// [`SpanError::Reversed`] when `last` is earlier than `first`.
    pub fn new(first: Date, last: Date) -> Result<Self, SpanError> {
        if last < first {
            return Err(SpanError::Reversed { first, last });
        }
        Ok(Self { first, last })
    }

    /// Its first day.
    #[must_use]
    pub fn first(&self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(&self) -> Date {
        self.last
    }

    /// True for its first day, its last day and those between.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.first, self.last)
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(untrusted: &str) -> Result<Self, SpanError> {
        let shape = || SpanError::Shape(untrusted.to_owned());
        let (first, last) = untrusted.split_once("..").ok_or_else(shape)?;
        Self::new(day(first).ok_or_else(shape)?, day(last).ok_or_else(shape)?)
    }
}

impl TryFrom<String> for Span {
    type Error = SpanError;

    fn try_from(untrusted: String) -> Result<Self, SpanError> {
        untrusted.parse()
    }
}

/// A day as YYYY-MM-DD and nothing else; the library would also take a time behind it.
fn day(untrusted: &str) -> Option<Date> {
    let shape = untrusted.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    (shape && untrusted.len() == 10).then(|| untrusted.parse().ok()).flatten()
}

/// The same days in order, with spans that overlap or touch made one.
#[must_use]
pub fn merge(spans: &[Span]) -> Vec<Span> {
    let mut sorted = spans.to_vec();
    sorted.sort();
    let mut merged: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match merged.last_mut() {
            Some(before) if span.first <= before.last.tomorrow().unwrap_or(before.last) => {
                before.last = before.last.max(span.last);
            }
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_last_day_is_inside_and_the_next_is_not() {
        let span: Span = "2026-02-10..2026-02-12".parse().unwrap();
        assert!(!span.holds(date(2026, 2, 9)));
        assert!(span.holds(date(2026, 2, 10)));
        assert!(span.holds(date(2026, 2, 12)));
        assert!(!span.holds(date(2026, 2, 13)));
        assert_eq!(span.to_string(), "2026-02-10..2026-02-12");
    }

    #[test]
    fn one_day_is_a_span_and_a_reversed_one_is_refused() {
        assert!("2026-02-10..2026-02-10".parse::<Span>().is_ok());
        let reversed = "2026-02-10..2026-02-09".parse::<Span>();
        let (first, last) = (date(2026, 2, 10), date(2026, 2, 9));
        assert_eq!(reversed, Err(SpanError::Reversed { first, last }));
    }

    #[test]
    fn what_is_not_two_days_is_refused_as_it_was_written() {
        for text in [
            "",
            "..",
            "2026-02-10",
            "2026-02-10..",
            "2026-02-30..2026-03-01",
            "2026-02-10...2026-02-12",
            "2026-02-10 .. 2026-02-12",
            "2026-02-10T08:00..2026-02-12",
            "２０２６-02-10..2026-02-12",
        ] {
            assert_eq!(text.parse::<Span>(), Err(SpanError::Shape(text.to_owned())));
        }
    }

    #[test]
    fn spans_that_overlap_or_touch_become_one_and_others_stay() {
        let span = |text: &str| text.parse::<Span>().unwrap();
        let merged = merge(&[
            span("2026-03-10..2026-03-12"),
            span("2026-03-01..2026-03-05"),
            span("2026-03-02..2026-03-03"),
            span("2026-03-06..2026-03-08"),
        ]);
        assert_eq!(merged, [span("2026-03-01..2026-03-08"), span("2026-03-10..2026-03-12")]);
        let end = span("2026-03-01..9999-12-31");
        assert_eq!(merge(&[end, end]), [end]);
    }
}
