//! By which day must the decision be made, and when must the application be accepted for it?
//!
//! The calendar is a file under `assets/calendars`, compiled in. Deliberately absent: today; the days
//! are what the user enters.

use jiff::civil::Date;
use lanthan_core::clock::{Calendar, Due, LastAcceptance, Period, Span};

use crate::Result;

const CARRIED: &str = include_str!("../../../assets/calendars/cn.toml");

/// What is known and what is to be counted.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The day on which the authority accepted the application.
    pub accepted: Option<Date>,
    /// How many working days to count; the period of a decision when left out.
    pub working_days: Option<u16>,
    /// When the clock stood still after the acceptance.
    pub stops: Vec<Span>,
    /// The day by which the decision is needed.
    pub needed_by: Option<Date>,
}

/// What the clock says.
#[derive(Debug, Clone)]
pub struct Answer {
    /// How many working days were counted.
    pub working_days: u16,
    /// The period that they come from; `None` when the user gave the number.
    pub period: Option<Period>,
    /// When it is due; `None` when no day of acceptance is known.
    pub due: Option<Due>,
    /// The last useful day of acceptance without stops; `None` when no day is needed.
    pub last_acceptance: Option<LastAcceptance>,
    /// The day on which the calendar was last checked.
    pub verified_on: Date,
}

/// Reads the calendar that the program carries.
///
/// # Errors
///
/// [`crate::Error::Calendar`] when it is not whole; a test keeps that from being shipped.
pub fn calendar() -> Result<Calendar> {
    Ok(Calendar::read(CARRIED)?)
}

/// Counts forward from the acceptance and back from the day of need, whichever is given.
///
/// # Errors
///
/// [`crate::Error::Clock`] when the days cannot be counted.
pub fn reckon(question: &Question) -> Result<Answer> {
    let calendar = calendar()?;
    // A calendar without any period is not whole, so the first is there.
    let period = calendar.periods.first().filter(|_| question.working_days.is_none()).cloned();
    let working_days =
        question.working_days.or(period.as_ref().map(|period| period.working_days)).unwrap_or(0);
    let due = question.accepted.map(|day| calendar.due(day, working_days, &question.stops));
    let last = question.needed_by.map(|day| calendar.last_acceptance(day, working_days));
    Ok(Answer {
        working_days,
        period,
        due: due.transpose()?,
        last_acceptance: last.transpose()?,
        verified_on: calendar.verified_on,
    })
}
