//! Has nobody used the vault for so long that it is to be closed?
//!
//! Time is measured twice: by the steady clock, which nobody can set back, and by the calendar's, which
//! also runs while the computer sleeps. Deliberately absent: closing (see `session`).

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// How long a vault stays open without use.
pub(crate) const LIMIT: Duration = Duration::from_mins(10);

/// When the window is told before that, so that it can save what is typed.
const WARNING: Duration = LIMIT.saturating_sub(Duration::from_secs(15));

/// A moment by both clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    steady: Instant,
    calendar: Timestamp,
}

impl Moment {
    /// This moment.
    pub(crate) fn now() -> Self {
        Self { steady: Instant::now(), calendar: Timestamp::now() }
    }

    /// A moment later by both clocks.
    #[cfg(test)]
    pub(crate) fn later(self, by: Duration) -> Self {
        Self { steady: self.steady + by, calendar: self.calendar + by }
    }

    /// How long ago it was, by the steady clock and by the clock that says more.
    fn until(self, now: Self) -> (Duration, Duration) {
        let steady = now.steady.saturating_duration_since(self.steady);
        let calendar = now.calendar.duration_since(self.calendar);
        (steady, steady.max(Duration::try_from(calendar).unwrap_or_default()))
    }
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Nothing.
    Nothing,
    /// The window is to be told that the vault closes soon; said once.
    Warning,
    /// The vault is to be closed: nobody was there.
    Closing,
    /// The vault is to be closed: most of the time the computer slept.
    ClosingAsleep,
}

/// When the vault was used last.
#[derive(Debug)]
pub(crate) struct Watch {
    used: Moment,
    is_warned: bool,
}

impl Watch {
    /// Somebody is there.
    pub(crate) fn touch(&mut self, now: Moment) {
        *self = Self { used: now, is_warned: false };
    }

    /// A command works with the vault. After the warning that is the window saving, not somebody.
    pub(crate) fn work(&mut self, now: Moment) {
        if !self.is_warned {
            self.used = now;
        }
    }

    /// Says what is due.
    pub(crate) fn look(&mut self, now: Moment) -> Due {
        let (awake, idle) = self.used.until(now);
        if awake >= LIMIT {
            Due::Closing
        } else if idle >= LIMIT {
            Due::ClosingAsleep
        } else if idle >= WARNING && !self.is_warned {
            self.is_warned = true;
            Due::Warning
        } else {
            Due::Nothing
        }
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self { used: Moment::now(), is_warned: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch() -> (Watch, Moment) {
        let begun = Moment::now();
        (Watch { used: begun, is_warned: false }, begun)
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn ten_minutes_without_use_close_and_a_second_less_does_not() {
        let (mut watch, begun) = watch();
        assert_eq!(watch.look(begun.later(WARNING.saturating_sub(SECOND))), Due::Nothing);
        assert_eq!(watch.look(begun.later(WARNING)), Due::Warning);
        assert_eq!(watch.look(begun.later(LIMIT.saturating_sub(SECOND))), Due::Nothing);
        assert_eq!(watch.look(begun.later(LIMIT)), Due::Closing);
    }

    #[test]
    fn whoever_is_there_keeps_it_open() {
        let (mut watch, begun) = watch();
        watch.touch(begun.later(LIMIT.saturating_sub(SECOND)));
        assert_eq!(watch.look(begun.later(LIMIT)), Due::Nothing);
        watch.work(begun.later(LIMIT + SECOND * 500));
        assert_eq!(watch.look(begun.later(LIMIT * 2)), Due::Nothing);
    }

    #[test]
    fn saving_after_the_warning_does_not_keep_it_open_but_a_touch_does() {
        let (mut watch, begun) = watch();
        let warned = begun.later(WARNING);
        assert_eq!(watch.look(warned), Due::Warning);
        watch.work(warned);
        assert_eq!(watch.look(begun.later(LIMIT)), Due::Closing);
        watch.touch(warned);
        assert_eq!(watch.look(begun.later(LIMIT)), Due::Nothing);
    }

    #[test]
    fn a_night_of_sleep_counts_and_a_clock_set_back_does_not_help() {
        let (mut watch, begun) = watch();
        let slept = Moment { steady: begun.steady, calendar: begun.calendar + LIMIT };
        assert_eq!(watch.look(slept), Due::ClosingAsleep);
        let set_back = Moment { steady: begun.steady + LIMIT, calendar: begun.calendar - LIMIT };
        assert_eq!(watch.look(set_back), Due::Closing);
    }
}
