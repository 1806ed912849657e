//! Which days are working days, as far as anybody has published them?
//!
//! A calendar file is untrusted until it is whole: a day off in the wrong year or a make-up day in the
//! middle of the week is a slip of the pen that would move a deadline unseen. Deliberately absent: the
//! file itself, and any guess at festivals without a fixed day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::{FORMAT, Span};
use crate::{
    filing::StopReason,
    pack::{BasisKind, Mark},
};

/// The working days of a country and the periods that count in them.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The day on which its facts were last checked.
    pub verified_on: Date,
    /// The periods; the first is meant when none is named.
    pub periods: Vec<Period>,
    /// What may stop the period of a decision: each reason once.
    pub stops: Vec<StopRule>,
    years: BTreeMap<i16, Notice>,
    fixed: BTreeSet<(i8, i8)>,
}

/// Within how many working days an authority must act, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Period {
    /// Its id, such as `decision`.
    pub id: String,
    /// Its length in working days, at least 1.
    pub working_days: u16,
    /// What starts it; the day after is working day 1 at the earliest.
    pub begins: String,
    /// What stands behind it.
    pub basis: BasisKind,
    /// How well that is established.
    pub mark: Mark,
    /// Where it is written.
    pub source: String,
}

/// Why a period may stand still, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StopRule {
    /// What stops it.
    pub reason: StopReason,
    /// What stands behind it.
    pub basis: BasisKind,
    /// How well that is established.
    pub mark: Mark,
    /// Where it is written.
    pub source: String,
}

/// How a day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A working day by the notice of its year.
    Working,
    /// A day off, by the notice of its year or as a weekend.
    Off,
    /// No notice of its year is known; this is the best guess.
    Estimate {
        /// True when it is probably a working day.
        working: bool,
    },
}

/// Why a calendar was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not TOML, or not of this shape.
    #[error("the calendar cannot be read: {0}")]
    Shape(String),
    /// Written for a later program.
    #[error("the calendar has format {0}; this program reads up to {FORMAT}: update the program")]
    NewerFormat(i64),
    /// Something contradicts itself; everything found is listed.
    #[error("the calendar is not whole: {}", .0.join("; "))]
    NotWhole(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    #[serde(rename = "format")]
    _format: u32,
    verified_on: Date,
    fixed_days_off: Vec<String>,
    #[serde(rename = "year")]
    years: Vec<Notice>,
    #[serde(rename = "period")]
    periods: Vec<Period>,
    #[serde(rename = "stop")]
    stops: Vec<StopRule>,
}

/// One year's notice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Notice {
    year: i16,
    #[serde(rename = "notice")]
    number: String,
    days_off: Vec<Span>,
    make_up_days: BTreeSet<Date>,
}

impl Calendar {
    /// Reads a calendar from the text of its file.
    ///
    /// # Errors
    ///
    /// [`CalendarError`] when it is malformed, newer than this program, or not whole.
    pub fn read(untrusted: &str) -> Result<Self, CalendarError> {
        let shape = |error: toml::de::Error| CalendarError::Shape(error.to_string());
        let head: toml::Table = untrusted.parse().map_err(shape)?;
        match head.get("format").and_then(toml::Value::as_integer) {
            Some(found) if found > i64::from(FORMAT) => {
                return Err(CalendarError::NewerFormat(found));
            }
            _ => {}
        }
        let written: Written = toml::from_str(untrusted).map_err(shape)?;
        let mut faults = Vec::new();
        let mut fixed = BTreeSet::new();
        for text in &written.fixed_days_off {
            match month_and_day(text) {
                Some(day) => _ = fixed.insert(day),
                None => faults.push(format!("\"{text}\" is no MM-DD")),
            }
        }
        let mut years = BTreeMap::new();
        for notice in written.years {
            faults.extend(notice.faults(&fixed));
            if let Some(twice) = years.insert(notice.year, notice) {
                faults.push(format!("the year {} stands there twice", twice.year));
            }
        }
        faults.extend(period_faults(&written.periods));
        faults.extend(stop_faults(&written.stops));
        if !faults.is_empty() {
            return Err(CalendarError::NotWhole(faults));
        }
        let Written { verified_on, periods, stops, .. } = written;
        Ok(Self { verified_on, periods, stops, years, fixed })
    }

    /// How a day stands.
    #[must_use]
    pub fn standing(&self, day: Date) -> Standing {
        match self.years.get(&day.year()) {
            Some(notice) if notice.works(day) => Standing::Working,
            Some(_) => Standing::Off,
            None => Standing::Estimate {
                working: !is_weekend(day) && !self.fixed.contains(&(day.month(), day.day())),
            },
        }
    }

    /// The notice that a year rests on, when one is known.
    #[must_use]
    pub fn notice(&self, year: i16) -> Option<&str> {
        self.years.get(&year).map(|notice| notice.number.as_str())
    }

    /// A period by its id.
    #[must_use]
    pub fn period(&self, id: &str) -> Option<&Period> {
        self.periods.iter().find(|period| period.id == id)
    }
}

impl Standing {
    /// True when the day is a working day or is taken for one.
    #[must_use]
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::Estimate { working: true })
    }

    /// True when no notice says how the day stands.
    #[must_use]
    pub fn is_estimate(self) -> bool {
        matches!(self, Self::Estimate { .. })
    }
}

impl Notice {
    fn is_off(&self, day: Date) -> bool {
        self.days_off.iter().any(|span| span.holds(day))
    }

    fn works(&self, day: Date) -> bool {
        self.make_up_days.contains(&day) || (!is_weekend(day) && !self.is_off(day))
    }

    fn faults(&self, fixed: &BTreeSet<(i8, i8)>) -> Vec<String> {
        let year = self.year;
        let mut faults = Vec::new();
        if self.number.trim().is_empty() {
            faults.push(format!("{year} names no notice"));
        }
        for span in &self.days_off {
            if span.first().year() != year || span.last().year() != year {
                faults.push(format!("{span} is not in {year}"));
            }
        }
        for pair in self.days_off.windows(2).filter(|pair| pair[1].first() <= pair[0].last()) {
            faults.push(format!("{} and {} are not in order", pair[0], pair[1]));
        }
        for day in &self.make_up_days {
            if day.year() != year {
                faults.push(format!("the make-up day {day} is not in {year}"));
            }
            if !is_weekend(*day) {
                faults.push(format!("the make-up day {day} is not at a weekend"));
            }
            if self.is_off(*day) {
                faults.push(format!("the make-up day {day} is also a day off"));
            }
        }
        for (month, day) in fixed {
            // The 29th of February is not there every year.
            if Date::new(year, *month, *day).is_ok_and(|day| !self.is_off(day)) {
                faults.push(format!("{month:02}-{day:02} is fixed, but not off in {year}"));
            }
        }
        faults
    }
}

fn period_faults(periods: &[Period]) -> Vec<String> {
    let mut faults = Vec::new();
    if periods.is_empty() {
        faults.push("there is no period".to_owned());
    }
    let mut ids = BTreeSet::new();
    for Period { id, working_days, begins, source, .. } in periods {
        if !ids.insert(id) {
            faults.push(format!("the period {id} stands there twice"));
        }
        if *working_days == 0 {
            faults.push(format!("the period {id} has no days"));
        }
        if [id, begins, source].iter().any(|text| text.trim().is_empty()) {
            faults.push(format!("the period \"{id}\" lacks its id, its beginning or its source"));
        }
    }
    faults
}

fn stop_faults(stops: &[StopRule]) -> Vec<String> {
    let mut faults = Vec::new();
    for word in StopReason::WORDS {
        let mut rules = stops.iter().filter(|rule| rule.reason.word() == *word);
        match (rules.next(), rules.next()) {
            (Some(rule), None) if rule.source.trim().is_empty() => {
                faults.push(format!("the stop {word} lacks its source"));
            }
            (Some(_), None) => {}
            (None, _) => faults.push(format!("the stop {word} is missing")),
            (_, Some(_)) => faults.push(format!("the stop {word} stands there twice")),
        }
    }
    faults
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// `MM-DD`, a day of a leap year.
fn month_and_day(untrusted: &str) -> Option<(i8, i8)> {
    let (month, day) = untrusted.split_once('-')?;
    let number = |text: &str| {
        let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i8>().ok()).flatten()
    };
    let day = Date::new(2024, number(month)?, number(day)?).ok()?;
    Some((day.month(), day.day()))
}
