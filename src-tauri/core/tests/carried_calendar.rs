//! Does the clock count what the notices say, and never less carefully where none is known?
//!
//! The expected days were counted by hand from the State Council's notices. Deliberately absent: how
//! the answer is shown.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use lanthan_core::clock::{Calendar, CalendarError, ClockError, Span, Standing};
use proptest::prelude::*;

const FILE: &str = include_str!("../../../assets/calendars/cn.toml");

fn calendar() -> Calendar {
    Calendar::read(FILE).unwrap_or_else(|error| panic!("{error}"))
}

fn decision() -> u16 {
    calendar().period("decision").unwrap().working_days
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn span(text: &str) -> Span {
    text.parse().unwrap()
}

/// The end of a decision's period without stops, which must rest on notices alone.
#[track_caller]
fn is_due(accepted: &str, due: &str) {
    let found = calendar().due(day(accepted), decision(), &[]).unwrap();
    assert_eq!((found.day, found.estimated_from), (day(due), None), "accepted {accepted}");
}

#[track_caller]
fn end(accepted: &str, working_days: u16, stops: &[&str]) -> String {
    let stops: Vec<Span> = stops.iter().map(|text| span(text)).collect();
    calendar().due(day(accepted), working_days, &stops).unwrap().day.to_string()
}

/// The file with one piece of it replaced, which must be there.
fn spoilt(from: &str, to: &str) -> Result<Calendar, CalendarError> {
    assert!(FILE.contains(from), "{from}");
    Calendar::read(&FILE.replacen(from, to, 1))
}

#[test]
fn the_checked_decisions_are_due_on_their_days() {
    is_due("2025-04-14", "2025-06-19");
    is_due("2025-09-15", "2025-11-21");
    is_due("2026-01-12", "2026-03-20");
    is_due("2026-02-02", "2026-04-13");
    is_due("2026-04-20", "2026-06-25");
    is_due("2026-08-31", "2026-11-06");
}

#[test]
fn the_last_useful_acceptance_is_in_time_and_the_next_working_day_is_not() {
    let (calendar, needed_by) = (calendar(), date(2026, 10, 15));
    let last = calendar.last_acceptance(needed_by, decision()).unwrap();
    assert_eq!((last.day, last.estimated_from), (date(2026, 8, 7), None));
    assert!(calendar.due(last.day, decision(), &[]).unwrap().day <= needed_by);
    let next = calendar.due(date(2026, 8, 10), decision(), &[]).unwrap();
    assert!(next.day > needed_by);
}

#[test]
fn the_periods_are_those_of_their_sources() {
    let calendar = calendar();
    let lengths: Vec<_> =
        calendar.periods.iter().map(|period| (period.id.as_str(), period.working_days)).collect();
    let expected =
        [("decision", 45), ("amendment", 20), ("supplement-notice", 5), ("customs-query", 7)];
    assert_eq!(lengths, expected);
    for (period, source) in
        calendar.periods.iter().zip(["Article 17", "Article 18", "Articles 32 and 82", "123/2025"])
    {
        assert!(period.source.contains(source), "{}: {}", period.id, period.source);
    }
}

#[test]
fn every_published_year_has_as_many_working_days_as_its_notice_leaves() {
    let calendar = calendar();
    for (year, working) in [(2024, 251), (2025, 248), (2026, 248)] {
        assert!(calendar.notice(year).is_some());
        let days = date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year);
        let count = days.filter(|day| calendar.standing(*day) == Standing::Working).count();
        assert_eq!(count, working, "{year}");
    }
}

#[test]
fn a_make_up_day_works_and_the_other_day_of_its_weekend_does_not() {
    let calendar = calendar();
    assert_eq!(date(2026, 2, 14).weekday(), Weekday::Saturday);
    assert_eq!(calendar.standing(date(2026, 2, 14)), Standing::Working);
    assert_eq!(calendar.standing(date(2026, 2, 15)), Standing::Off);
    assert_eq!(date(2026, 9, 20).weekday(), Weekday::Sunday);
    assert_eq!(calendar.standing(date(2026, 9, 20)), Standing::Working);
    assert_eq!(calendar.standing(date(2026, 9, 19)), Standing::Off);
    assert_eq!(end("2026-02-13", 1, &[]), "2026-02-14");
}

#[test]
fn the_first_and_last_day_of_a_festival_are_off_and_their_neighbours_work() {
    let calendar = calendar();
    for (day, standing) in [
        ("2025-09-30", Standing::Working),
        ("2025-10-01", Standing::Off),
        ("2025-10-08", Standing::Off),
        ("2025-10-09", Standing::Working),
        ("2026-02-23", Standing::Off),
        ("2026-02-24", Standing::Working),
    ] {
        assert_eq!(calendar.standing(day.parse().unwrap()), standing, "{day}");
    }
    assert_eq!(end("2025-09-29", 1, &[]), "2025-09-30");
    assert_eq!(end("2025-09-29", 2, &[]), "2025-10-09");
}

#[test]
fn the_day_of_acceptance_is_not_counted_even_when_it_is_a_day_off() {
    assert_eq!(end("2026-03-02", 1, &[]), "2026-03-03");
    assert_eq!(end("2026-03-06", 1, &[]), "2026-03-09");
    assert_eq!(end("2026-03-07", 1, &[]), "2026-03-09");
}

#[test]
fn both_days_of_a_stop_are_left_out_and_their_neighbours_are_counted() {
    // A week without days off: Monday 2 to Friday 6 March.
    assert_eq!(end("2026-03-02", 2, &[]), "2026-03-04");
    assert_eq!(end("2026-03-02", 2, &["2026-03-03..2026-03-03"]), "2026-03-05");
    assert_eq!(end("2026-03-02", 2, &["2026-03-04..2026-03-05"]), "2026-03-06");
    assert_eq!(end("2026-03-02", 2, &["2026-03-05..2026-03-06"]), "2026-03-04");
}

#[test]
fn stops_that_overlap_count_once() {
    let both = [span("2026-03-03..2026-03-05"), span("2026-03-04..2026-03-06")];
    let due = calendar().due(date(2026, 3, 2), 1, &both).unwrap();
    assert_eq!(due.day, date(2026, 3, 9));
    assert_eq!(due.stops, [span("2026-03-03..2026-03-06")]);
    assert_eq!(due.stopped_working_days, 4);
}

#[test]
fn a_stop_may_begin_on_the_day_of_acceptance_and_not_before() {
    let (calendar, accepted) = (calendar(), date(2026, 3, 3));
    let from = |text| calendar.due(accepted, 1, &[span(text)]);
    assert_eq!(from("2026-03-03..2026-03-04").unwrap().day, date(2026, 3, 5));
    let early = span("2026-03-02..2026-03-04");
    let error = ClockError::StopBeforeAcceptance { stop: early, accepted };
    assert_eq!(from("2026-03-02..2026-03-04"), Err(error));
}

#[test]
fn what_rests_on_an_unpublished_year_is_an_estimate_from_its_first_day() {
    let calendar = calendar();
    let last = calendar.due(date(2026, 12, 30), 1, &[]).unwrap();
    assert_eq!((last.day, last.estimated_from), (date(2026, 12, 31), None));
    let first = calendar.due(date(2026, 12, 30), 2, &[]).unwrap();
    let begin = date(2027, 1, 1);
    assert_eq!((first.day, first.estimated_from), (date(2027, 1, 4), Some(begin)));
    assert_eq!(calendar.standing(begin), Standing::Estimate { working: false });
    assert_eq!(calendar.standing(date(2027, 1, 4)), Standing::Estimate { working: true });
    assert_eq!(calendar.standing(date(2027, 10, 1)), Standing::Estimate { working: false });
    let back = calendar.last_acceptance(date(2027, 1, 4), 1).unwrap();
    assert_eq!((back.day, back.estimated_from), (date(2026, 12, 31), Some(begin)));
    assert_eq!(calendar.notice(2027), None);
}

#[test]
fn nothing_to_count_and_the_end_of_all_years_are_refused() {
    let calendar = calendar();
    assert_eq!(calendar.due(date(2026, 3, 2), 0, &[]), Err(ClockError::NoDays));
    assert_eq!(calendar.last_acceptance(date(2026, 3, 2), 0), Err(ClockError::NoDays));
    let error = Err(ClockError::OutOfYears(Date::MAX));
    assert_eq!(calendar.due(Date::MAX, 1, &[]), error);
    assert!(calendar.last_acceptance(Date::MIN, 1).is_err());
}

#[test]
fn a_calendar_of_another_shape_or_a_later_format_is_refused_in_words() {
    let later = spoilt("format = 1", "format = 2\nmoon = true").unwrap_err();
    assert_eq!(later, CalendarError::NewerFormat(2));
    for (from, to, names) in [
        ("format = 1", "format = 1\ncolour = 1", "colour"),
        ("2024-06-10..2024-06-10", "2024-06-10..2024-06-09", "ends before it begins"),
        ("2024-06-10..2024-06-10", "2024-06-10", "FROM..TO"),
        ("working-days = 45", "working-days = 70000", "70000"),
        ("working-days = 45", "working-days = -45", "-45"),
    ] {
        let error = spoilt(from, to).unwrap_err();
        assert!(matches!(&error, CalendarError::Shape(why) if why.contains(names)), "{error}");
    }
}

#[test]
fn a_slip_of_the_pen_in_a_calendar_is_named() {
    for (from, to, names) in [
        ("\"2024-06-10..", "\"2023-06-10..", "2023-06-10..2024-06-10 is not in 2024"),
        ("..2024-06-10\"", "..2024-09-15\"", "are not in order"),
        ("\"2025-01-26\"", "\"2025-01-27\"", "2025-01-27 is not at a weekend"),
        ("\"2025-01-26\"", "\"2026-01-25\"", "2026-01-25 is not in 2025"),
        ("\"2025-01-26\"", "\"2025-02-01\"", "2025-02-01 is also a day off"),
        ("\"05-02\"", "\"05-06\"", "05-06 is fixed, but not off in 2026"),
        ("\"05-02\"", "\"02-30\"", "\"02-30\" is no MM-DD"),
        ("\"05-02\"", "\"5-2\"", "\"5-2\" is no MM-DD"),
        ("year = 2025", "year = 2024", "2024 stands there twice"),
        ("content_6986383", " ", "2025 names no notice"),
        ("working-days = 45", "working-days = 0", "decision has no days"),
        ("\"amendment\"", "\"decision\"", "decision stands there twice"),
        ("\"amendment\"", "\" \"", "lacks its id"),
        ("\"expert-opinion\"", "\"request\"", "request stands there twice"),
        ("\"expert-opinion\"", "\"request\"", "expert-opinion is missing"),
    ] {
        match spoilt(from, to) {
            Err(CalendarError::NotWhole(faults)) => {
                assert!(faults.iter().any(|fault| fault.contains(names)), "{names}: {faults:?}");
            }
            other => panic!("{names}: {other:?}"),
        }
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..1500_i32).prop_map(|days| date(2024, 1, 1) + days.days())
}

/// A stop that begins so many days after the acceptance and lasts so many more.
fn stop(accepted: Date, (after, more): (i32, i32)) -> Span {
    let first = accepted + after.days();
    Span::new(first, first + more.days()).unwrap()
}

proptest! {
    #[test]
    fn a_later_acceptance_or_a_longer_period_never_ends_earlier(
        accepted in any_day(), later in 0..40_i32, length in 1..90_u16, more in 0..20_u16,
    ) {
        let calendar = calendar();
        let due = calendar.due(accepted, length, &[]).unwrap().day;
        prop_assert!(calendar.due(accepted + later.days(), length, &[]).unwrap().day >= due);
        let longer = calendar.due(accepted, length + more, &[]).unwrap().day;
        prop_assert_eq!(longer > due, more > 0);
    }

    #[test]
    fn one_more_stop_never_makes_it_earlier_and_order_does_not_matter(
        accepted in any_day(), length in 1..60_u16,
        stops in prop::collection::vec((0..90_i32, 0..30_i32), 1..5),
    ) {
        let calendar = calendar();
        let mut stops: Vec<Span> = stops.into_iter().map(|days| stop(accepted, days)).collect();
        let with = calendar.due(accepted, length, &stops).unwrap();
        let without = calendar.due(accepted, length, &stops[1..]).unwrap();
        prop_assert!(with.day >= without.day);
        // What the stops took out is what a period without stops must count in addition.
        let taken = u16::try_from(with.stopped_working_days).unwrap();
        prop_assert_eq!(calendar.due(accepted, length + taken, &[]).unwrap().day, with.day);
        prop_assert!(with.stops.iter().all(|stop| !stop.holds(with.day)));
        stops.reverse();
        prop_assert_eq!(calendar.due(accepted, length, &stops).unwrap(), with);
    }

    #[test]
    fn planning_back_is_the_inverse_of_counting_forward(
        needed_by in any_day(), length in 1..90_u16,
    ) {
        let calendar = calendar();
        let last = calendar.last_acceptance(needed_by, length).unwrap().day;
        prop_assert!(calendar.standing(last).is_working());
        prop_assert!(calendar.due(last, length, &[]).unwrap().day <= needed_by);
        let mut next = last.tomorrow().unwrap();
        while !calendar.standing(next).is_working() {
            next = next.tomorrow().unwrap();
        }
        prop_assert!(calendar.due(next, length, &[]).unwrap().day > needed_by);
    }

    #[test]
    fn an_end_is_a_working_day_and_marked_exactly_when_its_year_is_unpublished(
        accepted in any_day(), length in 1..90_u16,
    ) {
        let calendar = calendar();
        let due = calendar.due(accepted, length, &[]).unwrap();
        prop_assert!(calendar.standing(due.day).is_working());
        let unpublished = due.day >= date(2027, 1, 1);
        prop_assert_eq!(due.estimated_from.is_some(), unpublished);
        let first = date(2027, 1, 1).max(accepted.tomorrow().unwrap());
        prop_assert_eq!(due.estimated_from, unpublished.then_some(first));
    }
}
