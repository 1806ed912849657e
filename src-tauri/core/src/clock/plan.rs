//! Which last days follow from what is known of an application?
//!
//! Forward: by when must an authority have acted that was asked? Back: when must the application be
//! accepted, and the originals be on their way, for a decision in time? Deliberately absent: days that
//! nobody entered. What is not known gives no answer, and no guess.

use jiff::civil::Date;

use super::{Calendar, ClockError, Period, Span};
use crate::filing::{Filing, Stop};

/// The period of a decision; the only one that stops.
pub const DECISION: &str = "decision";

/// What a last day is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The originals must be with the courier.
    Courier,
    /// The application must be accepted.
    Acceptance,
    /// The authority must have said what is missing.
    SupplementNotice,
    /// The application must be decided.
    Decision,
    /// The amendment of the licence must be decided.
    Amendment,
    /// The query of customs must be answered.
    CustomsQuery,
}

impl Purpose {
    /// Its word in answers and texts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Courier => "courier",
            Self::Acceptance => "acceptance",
            Self::SupplementNotice => "supplement-notice",
            Self::Decision => DECISION,
            Self::Amendment => "amendment",
            Self::CustomsQuery => "customs-query",
        }
    }
}

/// A last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What it is for.
    pub purpose: Purpose,
    /// The last day; it ends with it.
    pub day: Date,
    /// The day that it was counted from, forward or back.
    pub counted_from: Date,
    /// The period that was counted; for the courier, that of the decision.
    pub period: Period,
    /// The stops that were left out.
    pub stops: Vec<Span>,
    /// How many working days they took out of the count.
    pub stopped_working_days: u32,
    /// True while a stop lasts: the day moves on with every working day.
    pub still_stopped: bool,
    /// The first day whose standing had to be guessed; `None` when every day rests on a notice.
    pub estimated_from: Option<Date>,
    /// The day on which it was done, when it was.
    pub done: Option<Date>,
}

/// What follows from what is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// The last days, the earliest first.
    pub all: Vec<Deadline>,
    /// Whether the decision comes in time; needs the acceptance and the day of need.
    pub in_time: Option<bool>,
}

impl Calendar {
    /// Counts everything that can be counted. A stop that lasts is counted up to `today`.
    ///
    /// # Errors
    ///
    /// [`ClockError`] when days contradict each other or the years run out.
    pub fn deadlines(
        &self,
        filing: &Filing,
        stops: &[Stop],
        today: Date,
    ) -> Result<Deadlines, ClockError> {
        let forward = [
            (Purpose::SupplementNotice, filing.filed, filing.accepted.or(filing.ended())),
            (Purpose::Decision, filing.accepted, filing.ended()),
            (Purpose::Amendment, filing.amendment_accepted, filing.amended),
            (Purpose::CustomsQuery, filing.customs_query, filing.customs_answered),
        ];
        let mut all = Vec::new();
        for (purpose, from, done) in forward {
            let (Some(from), Some(period)) = (from, self.period(purpose.word())) else { continue };
            let stops = if purpose == Purpose::Decision { stops } else { &[] };
            all.push(self.forward(purpose, period, from, stops, today, done)?);
        }
        let decision = all.iter().find(|one| one.purpose == Purpose::Decision).map(|one| one.day);
        let in_time = decision.zip(filing.needed_by).map(|(due, needed)| due <= needed);
        if let (Some(needed_by), Some(period)) = (filing.needed_by, self.period(DECISION)) {
            all.extend(self.back(filing, needed_by, period)?);
        }
        all.sort_by_key(|one| (one.day, one.purpose));
        Ok(Deadlines { all, in_time })
    }

    fn forward(
        &self,
        purpose: Purpose,
        period: &Period,
        from: Date,
        stops: &[Stop],
        today: Date,
        done: Option<Date>,
    ) -> Result<Deadline, ClockError> {
        // What lasts beyond the end of the application stopped nothing any more.
        let until = done.unwrap_or(today);
        let spans: Vec<Span> = stops
            .iter()
            .filter_map(|stop| {
                Span::new(stop.from, stop.to.unwrap_or_else(|| until.max(stop.from))).ok()
            })
            .collect();
        let due = self.due(from, period.working_days, &spans)?;
        Ok(Deadline {
            purpose,
            day: due.day,
            counted_from: from,
            period: period.clone(),
            stops: due.stops,
            stopped_working_days: due.stopped_working_days,
            still_stopped: done.is_none() && stops.iter().any(|stop| stop.to.is_none()),
            estimated_from: due.estimated_from,
            done,
        })
    }

    /// The last acceptance, and the last day for the courier where it is known how long that takes.
    fn back(
        &self,
        filing: &Filing,
        needed_by: Date,
        period: &Period,
    ) -> Result<Vec<Deadline>, ClockError> {
        let deadline = |purpose, day, counted_from, estimated_from, done| Deadline {
            purpose,
            day,
            counted_from,
            period: period.clone(),
            stops: Vec::new(),
            stopped_working_days: 0,
            still_stopped: false,
            estimated_from,
            done,
        };
        let last = self.last_acceptance(needed_by, period.working_days)?;
        let accepted = filing.accepted;
        let mut found =
            vec![deadline(Purpose::Acceptance, last.day, needed_by, last.estimated_from, accepted)];
        if let Some(courier_days) = filing.courier_days {
            let supplier_days = filing.supplier_days.unwrap_or(0);
            let courier = self.last_courier(last.day, supplier_days, courier_days)?;
            let estimated = courier.estimated_from.or(last.estimated_from);
            // Whose application was accepted, their originals are there.
            let done = filing.sent.or(accepted);
            found.push(deadline(Purpose::Courier, courier.day, last.day, estimated, done));
        }
        Ok(found)
    }
}
