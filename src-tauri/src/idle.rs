//! Has nobody used the vault for so long that it is to be closed?
//!
//! Time is measured twice: by the steady clock, which nobody can set back, and by the calendar's, which
//! also runs while the computer sleeps. Whoever starts the program may shorten the time, never lengthen
//! it. Deliberately absent: closing (see `session`).

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// How long a vault stays open without use, at most.
pub(crate) const LIMIT: Duration = Duration::from_mins(10);

/// The shortest time that can be asked for.
const SHORTEST: Duration = Duration::from_secs(5);

/// How long before that the window is told, so that it can save what is typed.
const NOTICE: Duration = Duration::from_secs(15);

/// The variable by which a shorter time is asked for, in whole seconds.
const VARIABLE: &str = "LANTHAN_IDLE_SECONDS";

/// The time that was asked for when the program was started; [`LIMIT`] when none was.
fn asked() -> Duration {
    let typed = std::env::var(VARIABLE).ok();
    within(typed.and_then(|typed| typed.trim().parse().ok()))
}

/// A number of seconds between the shortest time and the limit; what is no number shortens nothing.
fn within(seconds: Option<u64>) -> Duration {
    seconds.map_or(LIMIT, |seconds| Duration::from_secs(seconds).clamp(SHORTEST, LIMIT))
}

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
    limit: Duration,
}

impl Watch {
    /// Somebody is there.
    pub(crate) fn touch(&mut self, now: Moment) {
        (self.used, self.is_warned) = (now, false);
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
        // A short time is half over before it is announced.
        let warning = self.limit.saturating_sub(NOTICE.min(self.limit / 2));
        if awake >= self.limit {
            Due::Closing
        } else if idle >= self.limit {
            Due::ClosingAsleep
        } else if idle >= warning && !self.is_warned {
            self.is_warned = true;
            Due::Warning
        } else {
            Due::Nothing
        }
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self { used: Moment::now(), is_warned: false, limit: asked() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch() -> (Watch, Moment) {
        let begun = Moment::now();
        (Watch { used: begun, is_warned: false, limit: LIMIT }, begun)
    }

    /// When the window is told.
    const WARNING: Duration = LIMIT.saturating_sub(NOTICE);

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
    fn the_time_can_be_shortened_and_never_lengthened() {
        assert_eq!(within(Some(60)), Duration::from_mins(1));
        assert_eq!((within(Some(0)), within(Some(5))), (SHORTEST, SHORTEST));
        assert_eq!((within(Some(u64::MAX)), within(None)), (LIMIT, LIMIT));
        let begun = Moment::now();
        let mut watch = Watch { used: begun, is_warned: false, limit: SECOND * 6 };
        assert_eq!(watch.look(begun.later(SECOND * 2)), Due::Nothing);
        assert_eq!(watch.look(begun.later(SECOND * 3)), Due::Warning);
        assert_eq!(watch.look(begun.later(SECOND * 6)), Due::Closing);
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
