//! By which day must an authority have acted?
//!
//! Periods run in Chinese working days. Which days those are, and how long a period is, comes from a
//! calendar file with its sources; here is only the counting. Deliberately absent: today, time of day,
//! time zones, and what happens when a period is overrun.

mod calendar;
mod deadline;
mod plan;
mod span;

pub use calendar::{Calendar, CalendarError, Period, Standing, StopRule};
pub use deadline::{ClockError, Due, LastAcceptance, LastCourier};
pub use plan::{DECISION, Deadline, Deadlines, Purpose};
pub use span::{Span, SpanError, merge};

/// The newest format of a calendar file that this program reads.
pub const FORMAT: u32 = 1;
