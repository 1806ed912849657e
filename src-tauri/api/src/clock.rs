//! By which day must the decision be made, and when must the application be accepted for it?
//!
//! The calendar is a file under `assets/calendars`, compiled in. Deliberately absent: today; the days
//! are what the user enters.

use jiff::civil::Date;
use lanthan_core::{
    clock::{Calendar, ClockError, Deadlines, Due, LastAcceptance, LastCourier, Period, Span},
    filing::Stop,
    id::DossierId,
};

use crate::{Result, Workspace};

const CARRIED: &str = include_str!("../../../assets/calendars/cn.toml");

/// What is known and what is to be counted.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The day on which the authority accepted the application, or on which another period begins.
    pub accepted: Option<Date>,
    /// Which period of the calendar to count; that of a decision when left out.
    pub period: Option<String>,
    /// How many working days to count; those of the period when left out.
    pub working_days: Option<u16>,
    /// When the clock stood still after the acceptance.
    pub stops: Vec<Span>,
    /// The day by which the decision is needed.
    pub needed_by: Option<Date>,
    /// Calendar days that the originals travel; without them no last day for the courier is known.
    pub courier_days: Option<u64>,
    /// Working days between the arrival of the originals and the acceptance; none when left out.
    pub supplier_days: Option<u64>,
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
    /// The last day for the courier; `None` when it is not known how long he takes.
    pub last_courier: Option<LastCourier>,
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
/// [`Error::Clock`](crate::Error::Clock) when the days cannot be counted or there is no such period.
pub fn reckon(question: &Question) -> Result<Answer> {
    let calendar = calendar()?;
    let period = match &question.period {
        Some(id) => Some(calendar.period(id).ok_or_else(|| ClockError::NoSuchPeriod {
            wanted: id.clone(),
            known: calendar.periods.iter().map(|period| period.id.clone()).collect(),
        })?),
        // A calendar without any period is not whole, so the first is there.
        None => calendar.periods.first(),
    };
    let period = period.filter(|_| question.working_days.is_none()).cloned();
    let working_days =
        question.working_days.or(period.as_ref().map(|period| period.working_days)).unwrap_or(0);
    let due = question.accepted.map(|day| calendar.due(day, working_days, &question.stops));
    let last = question.needed_by.map(|day| calendar.last_acceptance(day, working_days));
    let last = last.transpose()?;
    let supplier_days = question.supplier_days.unwrap_or(0);
    let courier = last
        .zip(question.courier_days)
        .map(|(last, courier_days)| calendar.last_courier(last.day, supplier_days, courier_days));
    Ok(Answer {
        working_days,
        period,
        due: due.transpose()?,
        last_acceptance: last,
        last_courier: courier.transpose()?,
        verified_on: calendar.verified_on,
    })
}

impl Workspace {
    /// The last days that follow from what was entered of a dossier's filing; a stop that lasts is
    /// counted up to `today`.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`](crate::Error::NoSuchDossier), or [`Error::Clock`](crate::Error::Clock) when days contradict each other.
    pub fn deadlines(&self, id: &DossierId, today: Date) -> Result<Deadlines> {
        let (dossier, _) = self.dossier(id)?;
        Ok(calendar()?.deadlines(&dossier.filing, &dossier.stops, today)?)
    }

    /// Says anew when the clock of the authority stood still.
    ///
    /// # Errors
    ///
    /// [`Error::Clock`](crate::Error::Clock) when a stop ends before it begins; nothing is changed then.
    pub fn set_stops(&mut self, id: &DossierId, stops: Vec<Stop>, day: Date) -> Result<()> {
        if let Some(stop) = stops.iter().find(|stop| stop.is_reversed()) {
            return Err(ClockError::StopReversed(stop.from).into());
        }
        self.change(id, day, |dossier| {
            dossier.stops = stops;
            Ok(())
        })
    }
}
