//! When is a backup due, and into which place does it go when only so many are kept?
//!
//! Days are those of the calendar. Deliberately absent: making backups and removing them, and the
//! clock.

use jiff::civil::{Date, DateTime};

/// How often a backup is made by itself, and how many stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    every_days: u16,
    keep: u8,
}

impl Rhythm {
    /// The greatest number of days between two backups.
    pub const MOST_DAYS: u16 = 90;
    /// The greatest number of backups that are kept.
    pub const MOST_KEPT: u8 = 30;

    /// Every so many days, 1 to 90; so many kept, 1 to 30; `None` outside of that.
    #[must_use]
    pub fn new(every_days: u16, keep: u8) -> Option<Self> {
        let fits = (1..=Self::MOST_DAYS).contains(&every_days);
        (fits && (1..=Self::MOST_KEPT).contains(&keep)).then_some(Self { every_days, keep })
    }

    /// Days from one backup to the next.
    #[must_use]
    pub fn every_days(self) -> u16 {
        self.every_days
    }

    /// How many are kept.
    #[must_use]
    pub fn keep(self) -> u8 {
        self.keep
    }

    /// True when the last backup is as old as the rhythm says; `None` when there is none yet.
    ///
    /// A last one that lies in the future counts as old: a clock that was set back must not keep the
    /// backups away until it has caught up.
    #[must_use]
    pub fn is_due(self, last: Option<DateTime>, today: Date) -> bool {
        last.is_none_or(|last| {
            last.date() > today || days_between(last.date(), today) >= self.every_days.into()
        })
    }
}

impl Default for Rhythm {
    fn default() -> Self {
        Self { every_days: 1, keep: 5 }
    }
}

/// How many days a backup may be behind before it is worth a warning: 14, or a week more than the
/// rhythm, whichever is longer.
#[must_use]
pub fn longest_days(rhythm: Rhythm) -> u16 {
    14.max(rhythm.every_days + 7)
}

/// True when the last backup is older than so many days; the last of them is not too old.
#[must_use]
pub fn is_old(last: DateTime, today: Date, days: u16) -> bool {
    days_between(last.date(), today) > days.into()
}

/// A backup that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// When it was made; `None` when nobody knows, which counts as before all others.
    pub made: Option<DateTime>,
    /// False when the last rehearsal found it damaged.
    pub works: bool,
}

/// Where the next backup goes, by the numbers of those that are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// The one that is brought up to now; `None` when there is room for a new one.
    pub into: Option<usize>,
    /// Those that may go once the next one was made and read back.
    pub gone: Vec<usize>,
}

/// Chooses where the next backup goes so that `keep` of them stay.
///
/// The newest one that works is never given up, and written to only where it is the only one.
#[must_use]
pub fn rotate(kept: &[Kept], keep: u8) -> Rotation {
    let mut old: Vec<usize> = (0..kept.len()).collect();
    old.sort_by_key(|at| (kept[*at].made, *at));
    if kept.len() < usize::from(keep) {
        return Rotation { into: None, gone: Vec::new() };
    }
    let last_good = old.iter().rev().find(|at| kept[**at].works).or(old.last()).copied();
    let mut others = old.into_iter().filter(|at| Some(*at) != last_good);
    if keep == 1 {
        // The one place is written to, and the others go.
        return Rotation { into: last_good, gone: others.collect() };
    }
    let into = others.next();
    let surplus = kept.len() - usize::from(keep);
    Rotation { into, gone: others.take(surplus).collect() }
}

fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(from.duration_until(to).as_hours().div_euclid(24)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 25);

    fn noon(day: i8) -> DateTime {
        date(2026, 11, day).at(12, 0, 0, 0)
    }

    fn kept(day: i8) -> Kept {
        Kept { made: Some(noon(day)), works: true }
    }

    #[test]
    fn a_week_has_seven_days_and_the_sixth_is_not_due() {
        let week = Rhythm::new(7, 3).unwrap();
        assert!(week.is_due(Some(noon(18)), TODAY));
        assert!(!week.is_due(Some(noon(19)), TODAY));
        assert!(week.is_due(None, TODAY));
        assert!(!Rhythm::default().is_due(Some(noon(25)), TODAY));
        assert!(Rhythm::default().is_due(Some(noon(24)), TODAY));
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_no_backup_away() {
        let later = date(2027, 1, 1).at(12, 0, 0, 0);
        assert!(Rhythm::new(90, 1).unwrap().is_due(Some(later), TODAY));
    }

    #[test]
    fn a_rhythm_has_its_bounds() {
        assert!(Rhythm::new(1, 1).is_some() && Rhythm::new(90, 30).is_some());
        for (every_days, keep) in [(0, 1), (91, 1), (1, 0), (1, 31)] {
            assert_eq!(Rhythm::new(every_days, keep), None, "{every_days} {keep}");
        }
    }

    #[test]
    fn the_fourteenth_day_is_not_too_old_and_the_fifteenth_is() {
        let days = longest_days(Rhythm::default());
        assert!(!is_old(noon(11), TODAY, days));
        assert!(is_old(noon(10), TODAY, days));
        assert_eq!(longest_days(Rhythm::new(30, 2).unwrap()), 37);
    }

    #[test]
    fn the_oldest_is_brought_up_to_now_once_there_are_enough() {
        let all = [kept(3), kept(1), kept(2)];
        assert_eq!(rotate(&all, 4), Rotation { into: None, gone: vec![] });
        assert_eq!(rotate(&all, 3), Rotation { into: Some(1), gone: vec![] });
        assert_eq!(rotate(&all, 2), Rotation { into: Some(1), gone: vec![2] });
        assert_eq!(rotate(&all, 1), Rotation { into: Some(0), gone: vec![1, 2] });
        let unknown = Kept { made: None, works: true };
        assert_eq!(rotate(&[kept(1), unknown], 2).into, Some(1));
    }

    #[test]
    fn the_last_one_that_works_is_kept_though_newer_ones_are_damaged() {
        let damaged = |day| Kept { works: false, ..kept(day) };
        let all = [kept(1), damaged(2), damaged(3)];
        assert_eq!(rotate(&all, 3), Rotation { into: Some(1), gone: vec![] });
        assert_eq!(rotate(&all, 2), Rotation { into: Some(1), gone: vec![2] });
    }

    proptest! {
        #[test]
        fn so_many_stay_and_the_last_one_that_works_is_among_them(
            all in proptest::collection::vec((1_i8..28, any::<bool>()), 0..12),
            keep in 1_u8..8,
        ) {
            let all: Vec<Kept> = all
                .into_iter()
                .map(|(day, works)| Kept { made: Some(noon(day)), works })
                .collect();
            let Rotation { into, gone } = rotate(&all, keep);
            let after = all.len() - gone.len() + usize::from(into.is_none());
            prop_assert_eq!(after, usize::from(keep).min(all.len() + 1));
            prop_assert!(into.is_none_or(|at| !gone.contains(&at)));
            let good = all.iter().enumerate().filter(|(_, one)| one.works);
            if let Some(best) = good.map(|(_, one)| one.made).max() {
                let stays = |at: &usize| !gone.contains(at) && (keep == 1 || into != Some(*at));
                let still = (0..all.len()).filter(stays).any(|at| {
                    all[at].works && all[at].made == best
                });
                prop_assert!(still, "{into:?} {gone:?}");
            }
        }
    }
}
