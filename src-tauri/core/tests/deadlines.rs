//! Which last days follow from what a user entered of the filing?
//!
//! The expected days were counted by hand from the State Council's notices. Deliberately absent: how
//! they are shown.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::{Date, date};
use lanthan_core::{
    clock::{Calendar, ClockError, Deadline, Deadlines, Purpose},
    filing::{Filing, Stop, StopReason},
    pack::{BasisKind, Mark},
};

const TODAY: Date = date(2026, 3, 10);

fn calendar() -> Calendar {
    Calendar::read(include_str!("../../../assets/calendars/cn.toml")).unwrap()
}

fn found(filing: &Filing, stops: &[Stop], today: Date) -> Deadlines {
    calendar().deadlines(filing, stops, today).unwrap()
}

#[track_caller]
fn of(found: &Deadlines, purpose: Purpose) -> &Deadline {
    found.all.iter().find(|one| one.purpose == purpose).unwrap()
}

fn accepted() -> Filing {
    Filing { accepted: Some(date(2026, 2, 2)), ..Filing::default() }
}

fn request(to: Option<Date>) -> Stop {
    Stop { reason: StopReason::Request, from: date(2026, 2, 24), to }
}

#[test]
fn where_nothing_was_entered_nothing_follows() {
    assert_eq!(found(&Filing::default(), &[], TODAY), Deadlines::default());
    // A stop alone begins no period.
    assert_eq!(found(&Filing::default(), &[request(None)], TODAY), Deadlines::default());
}

#[test]
fn a_stop_moves_the_decision_by_its_working_days_and_make_up_days_are_among_them() {
    let without = found(&accepted(), &[], TODAY);
    assert_eq!(of(&without, Purpose::Decision).day, date(2026, 4, 13));
    // 24 February to 3 March: four days, the make-up Saturday, and two days more.
    let with = found(&accepted(), &[request(Some(date(2026, 3, 3)))], TODAY);
    let decision = of(&with, Purpose::Decision);
    assert_eq!((decision.day, decision.stopped_working_days), (date(2026, 4, 22), 7));
    assert!(!decision.still_stopped);
}

#[test]
fn a_stop_that_lasts_is_counted_up_to_today_and_the_day_moves_on() {
    let on = |today| {
        let all = found(&accepted(), &[request(None)], today);
        let decision = of(&all, Purpose::Decision);
        (decision.day, decision.stopped_working_days, decision.still_stopped)
    };
    assert_eq!(on(date(2026, 3, 3)), (date(2026, 4, 22), 7, true));
    assert_eq!(on(date(2026, 3, 4)), (date(2026, 4, 23), 8, true));
    // Today lies before the stop: its first day is counted as stopped at least.
    assert_eq!(on(date(2026, 2, 1)).1, 1);
}

#[test]
fn a_decision_that_was_made_stands_still_no_more() {
    let filing = Filing { granted: Some(date(2026, 3, 3)), ..accepted() };
    let all = found(&filing, &[request(None)], date(2026, 8, 1));
    let decision = of(&all, Purpose::Decision);
    assert_eq!((decision.done, decision.still_stopped), (Some(date(2026, 3, 3)), false));
    assert_eq!(decision.stopped_working_days, 7);
}

#[test]
fn each_period_begins_with_its_own_day_and_names_its_basis() {
    let day = Some(date(2026, 3, 2));
    let filing = Filing {
        filed: day,
        amendment_accepted: day,
        customs_query: day,
        customs_answered: Some(date(2026, 3, 5)),
        ..Filing::default()
    };
    // The stops are those of the decision.
    let all = found(&filing, &[request(Some(date(2026, 3, 20)))], TODAY);
    let is = |purpose, day, basis, mark, done| {
        let one = of(&all, purpose);
        assert_eq!((one.day, one.done), (day, done), "{purpose:?}");
        assert_eq!((one.period.basis, one.period.mark), (basis, mark), "{purpose:?}");
    };
    let (law, read) = (BasisKind::Law, Mark::Primary);
    is(Purpose::SupplementNotice, date(2026, 3, 9), law, read, None);
    is(Purpose::Amendment, date(2026, 3, 30), law, read, None);
    let query = (BasisKind::Announcement, Mark::One);
    is(Purpose::CustomsQuery, date(2026, 3, 11), query.0, query.1, Some(date(2026, 3, 5)));
    assert!(all.all.is_sorted_by_key(|one| one.day));
    assert_eq!(all.in_time, None);
}

#[test]
fn planning_back_gives_the_courier_only_where_the_user_says_how_long_he_takes() {
    let need = Filing { needed_by: Some(date(2026, 10, 15)), ..Filing::default() };
    let all = found(&need, &[], TODAY);
    assert_eq!(all.all.len(), 1);
    assert_eq!(of(&all, Purpose::Acceptance).day, date(2026, 8, 7));
    let courier = |courier_days, supplier_days| {
        let filing = Filing { courier_days: Some(courier_days), supplier_days, ..need.clone() };
        of(&found(&filing, &[], TODAY), Purpose::Courier).day
    };
    assert_eq!(courier(0, None), date(2026, 8, 7));
    assert_eq!(courier(4, None), date(2026, 8, 3));
    // Five working days at the supplier: there on Friday 31 July.
    assert_eq!(courier(0, Some(5)), date(2026, 7, 31));
    assert_eq!(courier(4, Some(5)), date(2026, 7, 27));
}

#[test]
fn what_was_accepted_needs_no_courier_any_more() {
    let filing =
        Filing { needed_by: Some(date(2026, 10, 15)), courier_days: Some(4), ..accepted() };
    let all = found(&filing, &[], TODAY);
    assert_eq!(of(&all, Purpose::Courier).done, Some(date(2026, 2, 2)));
    let sent = Filing { sent: Some(date(2026, 1, 20)), ..filing };
    assert_eq!(of(&found(&sent, &[], TODAY), Purpose::Courier).done, sent.sent);
}

#[test]
fn a_decision_on_the_day_of_need_is_in_time_and_one_a_day_later_is_not() {
    let in_time = |needed| {
        let filing = Filing { needed_by: Some(needed), ..accepted() };
        found(&filing, &[], TODAY).in_time
    };
    assert_eq!(in_time(date(2026, 4, 13)), Some(true));
    assert_eq!(in_time(date(2026, 4, 12)), Some(false));
}

#[test]
fn what_touches_an_unpublished_year_is_an_estimate_forward_and_back() {
    let filing = Filing {
        needed_by: Some(date(2027, 2, 1)),
        courier_days: Some(3),
        supplier_days: Some(2),
        accepted: Some(date(2026, 11, 25)),
        ..Filing::default()
    };
    let all = found(&filing, &[], TODAY);
    for purpose in [Purpose::Decision, Purpose::Acceptance, Purpose::Courier] {
        assert_eq!(of(&all, purpose).estimated_from, Some(date(2027, 1, 1)), "{purpose:?}");
    }
}

#[test]
fn days_that_contradict_each_other_are_refused() {
    let early = Stop { from: date(2026, 1, 5), ..request(Some(date(2026, 1, 9))) };
    let refused = calendar().deadlines(&accepted(), &[early], TODAY);
    assert!(matches!(refused, Err(ClockError::StopBeforeAcceptance { .. })), "{refused:?}");
    let endless = Filing {
        needed_by: Some(date(2026, 10, 15)),
        courier_days: Some(u64::MAX),
        ..Filing::default()
    };
    let refused = calendar().deadlines(&endless, &[], TODAY);
    assert!(matches!(refused, Err(ClockError::OutOfYears(_))), "{refused:?}");
}

#[test]
fn only_the_law_s_own_stops_are_called_law() {
    for rule in calendar().stops {
        let is_law = rule.reason != StopReason::Request;
        assert_eq!(rule.basis == BasisKind::Law, is_law, "{:?}", rule.reason);
    }
}
