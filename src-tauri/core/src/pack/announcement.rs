//! How does an announcement stand on a day?
//!
//! A suspension pauses a rule; what comes after it is unknown until somebody has looked again. So an
//! entry that was last checked before the end of its suspension is never taken to be in force.
//! Deliberately absent: which requirement rests on which announcement.

use jiff::civil::Date;
use serde::Deserialize;

use super::Mark;

/// An announcement and the time in which it holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Announcement {
    /// Year and number, such as `2025-18`.
    pub id: String,
    /// First day in force.
    pub from: Date,
    /// First and last day of a suspension.
    #[serde(default)]
    pub suspended: Option<[Date; 2]>,
    /// Last day in force, when one is known.
    #[serde(default)]
    pub until: Option<Date>,
    /// True where another is to follow it, as every year's catalogue: what holds after its last day is
    /// then unknown, not nothing.
    #[serde(default)]
    pub successor_expected: bool,
    /// The day on which this entry was last checked.
    pub verified_on: Date,
    /// How well it is established.
    pub mark: Mark,
}

/// How an announcement stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not yet in force.
    Pending,
    /// In force.
    InForce,
    /// Suspended up to and including this day.
    SuspendedUntil(Date),
    /// A suspension or a limited time has ended, and nothing newer is known since the day after.
    UnknownSince(Date),
    /// Ended on this day.
    Ended(Date),
}

impl Status {
    /// The words under which a pack has its sentences, `status.<word>`.
    pub const WORDS: &'static [&'static str] =
        &["pending", "in-force", "suspended", "unknown", "ended"];

    /// The status's word in texts and in `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::InForce => "in-force",
            Self::SuspendedUntil(_) => "suspended",
            Self::UnknownSince(_) => "unknown",
            Self::Ended(_) => "ended",
        }
    }

    /// The day that belongs to it: the last of a suspension, the first that is unknown, the last in
    /// force.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Pending | Self::InForce => None,
            Self::SuspendedUntil(day) | Self::UnknownSince(day) | Self::Ended(day) => Some(day),
        }
    }

    /// True when nobody knows how it stands.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        matches!(self, Self::UnknownSince(_))
    }
}

impl Announcement {
    /// How it stands on a day. The last day of a suspension still counts as suspended.
    #[must_use]
    pub fn status(&self, day: Date) -> Status {
        if day < self.from {
            return Status::Pending;
        }
        if let Some(end) = self.until.filter(|end| day > *end) {
            return if self.successor_expected {
                Status::UnknownSince(end.tomorrow().unwrap_or(end))
            } else {
                Status::Ended(end)
            };
        }
        match self.suspended {
            Some([first, last]) if day >= first && day <= last => Status::SuspendedUntil(last),
            Some([_, last]) if day > last && self.verified_on <= last => {
                Status::UnknownSince(last.tomorrow().unwrap_or(last))
            }
            _ => Status::InForce,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn suspended() -> Announcement {
        Announcement {
            id: "2025-61".into(),
            from: date(2025, 10, 9),
            suspended: Some([date(2025, 11, 7), date(2026, 11, 10)]),
            until: None,
            successor_expected: false,
            verified_on: date(2026, 8, 31),
            mark: Mark::Several,
        }
    }

    #[test]
    fn the_last_day_of_a_suspension_is_suspended_and_the_next_is_unknown() {
        let last = date(2026, 11, 10);
        assert_eq!(suspended().status(last), Status::SuspendedUntil(last));
        let next = date(2026, 11, 11);
        assert_eq!(suspended().status(next), Status::UnknownSince(next));
    }

    #[test]
    fn an_entry_checked_after_the_suspension_is_in_force_again() {
        let checked = Announcement { verified_on: date(2026, 11, 12), ..suspended() };
        assert_eq!(checked.status(date(2026, 11, 13)), Status::InForce);
    }

    #[test]
    fn what_ends_with_its_year_is_over_unless_another_is_to_follow() {
        let last = date(2026, 12, 31);
        let yearly = Announcement { suspended: None, until: Some(last), ..suspended() };
        assert_eq!(yearly.status(last), Status::InForce);
        assert_eq!(yearly.status(date(2027, 1, 1)), Status::Ended(last));
        let followed = Announcement { successor_expected: true, ..yearly };
        assert_eq!(followed.status(date(2027, 1, 1)), Status::UnknownSince(date(2027, 1, 1)));
    }
}
