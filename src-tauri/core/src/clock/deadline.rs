//! When does a period end, and when must it begin to end in time?
//!
//! The day after the acceptance is working day 1 at the earliest; the period ends with the end of its
//! last working day. Days inside a stop are not counted, as if they were not there (such as the time of
//! an expert opinion). Deliberately absent: which stops the law knows; they are the user's to enter.

use jiff::{ToSpan, civil::Date};

use super::{Calendar, Span, merge};

/// When a period ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The last working day of the period; it is due at the end of this day.
    pub day: Date,
    /// The stops that were left out, in order, those that overlap or touch made one.
    pub stops: Vec<Span>,
    /// How many working days up to `day` the stops took out of the count.
    pub stopped_working_days: u32,
    /// The first day whose standing had to be guessed; `None` when every day rests on a notice.
    pub estimated_from: Option<Date>,
}

/// When a period must begin at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastAcceptance {
    /// The last working day on which the acceptance is still useful.
    pub day: Date,
    /// The first day whose standing had to be guessed; `None` when every day rests on a notice.
    pub estimated_from: Option<Date>,
}

/// When the originals must be with the courier at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastCourier {
    /// The last calendar day on which they may be handed over.
    pub day: Date,
    /// The day on which they arrive then.
    pub arrives: Date,
    /// The first day whose standing had to be guessed; `None` when every day rests on a notice.
    pub estimated_from: Option<Date>,
}

/// Why nothing could be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// A period without days never ends.
    #[error("0 working days are no period: count at least 1")]
    NoDays,
    /// A stop begins before the clock runs.
    #[error("the stop {stop} begins before the acceptance on {accepted}")]
    StopBeforeAcceptance {
        /// The stop.
        stop: Span,
        /// The day of acceptance.
        accepted: Date,
    },
    /// A stop ends before it begins.
    #[error("the stop that begins on {0} ends before it begins: turn the two days round")]
    StopReversed(Date),
    /// The calendar has no period of that id.
    #[error("there is no period \"{wanted}\"; the calendar has {}", .known.join(", "))]
    NoSuchPeriod {
        /// The id that was asked for.
        wanted: String,
        /// The ids that there are.
        known: Vec<String>,
    },
    /// The count leaves the years that a date can name.
    #[error("the count from {0} leads beyond the years that can be written")]
    OutOfYears(Date),
}

impl Calendar {
    /// When a period of `working_days` ends that begins with the acceptance on `accepted`. A stop may
    /// begin on the day of acceptance; one that begins after the end changes nothing.
    ///
    /// # Errors
    ///
    /// [`ClockError`] when there is nothing to count, a stop begins too early, or the years run out.
    pub fn due(
        &self,
        accepted: Date,
        working_days: u16,
        stops: &[Span],
    ) -> Result<Due, ClockError> {
        if working_days == 0 {
            return Err(ClockError::NoDays);
        }
        if let Some(stop) = stops.iter().find(|stop| stop.first() < accepted) {
            return Err(ClockError::StopBeforeAcceptance { stop: *stop, accepted });
        }
        let stops = merge(stops);
        let (mut day, mut counted, mut stopped) = (accepted, 0, 0);
        let mut estimated_from = None;
        while counted < working_days {
            day = day.tomorrow().map_err(|_| ClockError::OutOfYears(accepted))?;
            let standing = self.standing(day);
            if stops.iter().any(|stop| stop.holds(day)) {
                stopped += u32::from(standing.is_working());
                continue;
            }
            if standing.is_estimate() {
                estimated_from = estimated_from.or(Some(day));
            }
            counted += u16::from(standing.is_working());
        }
        Ok(Due { day, stops, stopped_working_days: stopped, estimated_from })
    }

    /// The last working day on which an acceptance without stops leads to an end on `needed_by` or
    /// earlier.
    ///
    /// # Errors
    ///
    /// [`ClockError`] when there is nothing to count or the years run out.
    pub fn last_acceptance(
        &self,
        needed_by: Date,
        working_days: u16,
    ) -> Result<LastAcceptance, ClockError> {
        if working_days == 0 {
            return Err(ClockError::NoDays);
        }
        let (mut day, mut counted) = (needed_by, 0);
        let mut estimated_from = None;
        loop {
            let standing = self.standing(day);
            if standing.is_estimate() {
                estimated_from = Some(day);
            }
            // The working day before working day 1 is the day of acceptance.
            if standing.is_working() && counted == working_days {
                return Ok(LastAcceptance { day, estimated_from });
            }
            counted += u16::from(standing.is_working());
            day = day.yesterday().map_err(|_| ClockError::OutOfYears(needed_by))?;
        }
    }

    /// The last day for the courier when the application must be accepted on `accepted` at the latest:
    /// `supplier_days` working days lie between the arrival and that, and the way takes `courier_days`
    /// calendar days. Both numbers are the user's.
    ///
    /// # Errors
    ///
    /// [`ClockError::OutOfYears`].
    pub fn last_courier(
        &self,
        accepted: Date,
        supplier_days: u64,
        courier_days: u64,
    ) -> Result<LastCourier, ClockError> {
        let out_of_years = || ClockError::OutOfYears(accepted);
        let arrival = match u16::try_from(supplier_days).map_err(|_| out_of_years())? {
            0 => LastAcceptance { day: accepted, estimated_from: None },
            days => self.last_acceptance(accepted, days)?,
        };
        let way = i32::try_from(courier_days).map_err(|_| out_of_years())?;
        let day = arrival.day.checked_sub(way.days()).map_err(|_| out_of_years())?;
        Ok(LastCourier { day, arrives: arrival.day, estimated_from: arrival.estimated_from })
    }
}
