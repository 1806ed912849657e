//! Does the clock answer in words and in the shape that is documented, and refuse what it cannot count?
//!
//! Deliberately absent: the counting itself, which `src-tauri/core/tests/carried_calendar.rs` holds.

use lanthan_tests::{args, cli, dossier::OpenDossier, tools, vault::TestVault};
use serde_json::{Value, json};

fn clock(words: &[&str]) -> cli::Ran {
    cli::run(["clock"].iter().chain(words))
}

fn answer(words: &[&str]) -> Value {
    clock(&[words, &["--json"]].concat()).done().json()
}

#[track_caller]
fn is_usage(words: &[&str], says: &str) {
    let ran = clock(words);
    assert_eq!((ran.exit, ran.out.as_str()), (2, ""), "{}:\n{}", ran.call, ran.err);
    assert!(ran.err.contains(says), "{}: no \"{says}\" in:\n{}", ran.call, ran.err);
}

#[test]
fn the_answer_has_the_documented_fields() {
    let words = ["--accepted", "2026-03-02", "--working-days", "2", "--needed-by", "2026-03-06"];
    let stops = ["--stop", "2026-03-04..2026-03-04", "--stop", "2026-03-03..2026-03-03"];
    assert_eq!(
        answer(&[words.as_slice(), &stops].concat()),
        json!({
            "accepted": "2026-03-02",
            "period": null,
            "workingDays": 2,
            "basis": null,
            "mark": null,
            "source": null,
            "due": "2026-03-06",
            "dueEstimatedFrom": null,
            "stops": [{"from": "2026-03-03", "to": "2026-03-04"}],
            "stoppedWorkingDays": 2,
            "neededBy": "2026-03-06",
            "lastAcceptance": "2026-03-04",
            "lastAcceptanceEstimatedFrom": null,
            "lastCourier": null,
            "originalsArrive": null,
            "inTime": true,
            "calendarCheckedOn": "2026-11-23",
        })
    );
}

#[test]
fn without_a_number_the_period_of_a_decision_is_counted_and_its_source_named() {
    let found = answer(&["--accepted", "2026-01-12"]);
    assert_eq!(found["workingDays"], 45);
    assert_eq!(found["due"], "2026-03-20");
    assert!(found["source"].as_str().unwrap().contains("Article 17"), "{found}");
    let ran = clock(&["--accepted", "2026-01-12"]).done();
    assert!(ran.out.contains("2026-03-20") && ran.out.contains("Article 17"), "{}", ran.out);
    assert!(!ran.out.contains("estimate"), "{}", ran.out);
}

#[test]
fn the_last_useful_acceptance_needs_no_acceptance() {
    let found = answer(&["--needed-by", "2026-10-15"]);
    assert_eq!(found["lastAcceptance"], "2026-08-07");
    for field in ["accepted", "due", "inTime"] {
        assert_eq!(found[field], Value::Null, "{field}");
    }
    let ran = clock(&["--needed-by", "2026-10-15"]).done();
    assert!(ran.out.contains("2026-08-07"), "{}", ran.out);
}

#[test]
fn every_period_of_the_calendar_can_be_counted_and_says_who_says_so() {
    let of = |period, accepted| answer(&["--accepted", accepted, "--period", period]);
    for (period, due, basis) in [
        ("decision", "2026-05-08", "law"),
        ("amendment", "2026-03-30", "law"),
        ("supplement-notice", "2026-03-09", "law"),
        ("customs-query", "2026-03-11", "announcement"),
    ] {
        let found = of(period, "2026-03-02");
        let said = (&found["period"], &found["due"], &found["basis"]);
        assert_eq!(said, (&json!(period), &json!(due), &json!(basis)));
    }
    let call = args!["clock", "--accepted", "2026-03-02", "--period", "moon"];
    cli::run(call).refused(2, "clock", "customs-query");
}

#[test]
fn the_last_day_for_the_courier_needs_his_days_from_the_user() {
    let words = ["--need", "2026-10-15", "--courier-days", "4", "--supplier-days", "5"];
    let found = answer(&words);
    assert_eq!(found["lastAcceptance"], "2026-08-07");
    assert_eq!(
        (&found["originalsArrive"], &found["lastCourier"]),
        (&json!("2026-07-31"), &json!("2026-07-27"))
    );
    assert!(clock(&words).done().out.contains("courier at latest: 2026-07-27"));
    assert_eq!(answer(&words[..2])["lastCourier"], Value::Null);
}

#[test]
fn the_last_days_of_a_dossier_follow_from_its_filing_and_stay_in_the_house() {
    let mut dossier = OpenDossier::small();
    dossier.json["dossier"]["filing"] = json!({
        "needed-by": "2026-04-20", "courier-days": 4, "filed": "2026-01-26", "accepted": "2026-02-02",
    });
    dossier.json["dossier"]["stops"] =
        json!([{"reason": "request", "from": "2026-02-24", "to": "2026-03-03"}]);
    let vault = TestVault::with(&dossier);
    let words = args!["deadlines", "--dossier", "test", "--day", "2026-03-10", "--json"];
    let found = vault.run(words).done().json();
    let day = |purpose: &str| {
        let all = found["deadlines"].as_array().unwrap();
        let one = all.iter().find(|one| one["purpose"] == purpose);
        one.unwrap_or_else(|| panic!("no {purpose} in {found:#}"))["day"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(day("decision"), "2026-04-22");
    assert_eq!(day("supplement-notice"), "2026-02-02");
    assert_eq!(day("acceptance"), "2026-02-09");
    assert_eq!(day("courier"), "2026-02-05");
    assert_eq!(found["inTime"], false);
    let ran = vault.run(args!["deadlines", "--dossier", "test", "--day", "2026-03-10"]).done();
    assert!(ran.out.contains("2026-04-22 decision, 7 working days stopped"), "{}", ran.out);
    assert!(ran.out.contains("too late"), "{}", ran.out);
    // Nothing of it is in what leaves.
    let out = vault.beside("out");
    let _ = vault.release("supplier", &out).done();
    let text = tools::praised("pdftotext", args![out.join("package.pdf"), "-"]);
    for day in ["2026-04-20", "2026-02-24"] {
        assert!(!text.contains(day), "{day} left");
    }
}

#[test]
fn a_filing_that_is_no_filing_is_refused_by_name() {
    let refused = |filing: Value, stops: Value, names: &str| {
        let mut dossier = OpenDossier::small();
        dossier.json["dossier"]["filing"] = filing;
        dossier.json["dossier"]["stops"] = stops;
        let vault = TestVault::new();
        let ran = vault.load(&dossier.write(&vault.beside("dossier")));
        assert_eq!(ran.exit, 3, "{}", ran.err);
        assert!(ran.err.contains(names), "no {names} in {}", ran.err);
    };
    refused(json!({"moon": "2026-02-02"}), json!([]), "moon");
    refused(json!({"accepted": "2026-02-30"}), json!([]), "2026-02");
    let stop = |reason: &str| json!([{"reason": reason, "from": "2026-03-04", "to": "2026-03-03"}]);
    refused(json!({}), stop("weather"), "weather");
    refused(json!({}), stop("request"), "ends before it begins");
}

#[test]
fn a_decision_on_the_day_of_need_is_in_time_and_one_a_day_later_is_not() {
    let due = |needed_by| answer(&["--accepted", "2026-08-31", "--needed-by", needed_by]);
    assert_eq!(due("2026-11-06")["inTime"], true);
    assert_eq!(due("2026-11-05")["inTime"], false);
    let ran = clock(&["--accepted", "2026-08-31", "--needed-by", "2026-11-05"]).done();
    assert!(ran.out.contains("too late"), "{}", ran.out);
}

#[test]
fn an_estimate_is_called_one_with_the_day_from_which_on() {
    let words = ["--accepted", "2026-11-25"];
    assert_eq!(answer(&words)["dueEstimatedFrom"], "2027-01-01");
    let ran = clock(&words).done();
    assert!(ran.out.contains("estimate") && ran.out.contains("2027-01-01"), "{}", ran.out);
    let back = answer(&["--needed-by", "2027-02-01"]);
    assert_eq!(back["lastAcceptanceEstimatedFrom"], "2027-01-01");
}

#[test]
fn what_cannot_be_counted_is_refused_in_a_clear_sentence() {
    let with = |stop| ["--accepted", "2026-03-02", "--stop", stop];
    is_usage(&["--accepted", "2026-02-30"], "2026-02-30");
    is_usage(&with("2026-03-05..2026-03-04"), "ends before it begins");
    is_usage(&with("2026-03-05"), "FROM..TO");
    is_usage(&with("2026-03-05..soon"), "FROM..TO");
    is_usage(&["--accepted", "2026-03-02", "--working-days", "-1"], "-1");
    is_usage(&["--accepted", "2026-03-02", "--working-days", "70000"], "70000");
    is_usage(&[], "--accepted");
    is_usage(&["--needed-by", "2026-03-02", "--stop", "2026-02-02..2026-02-03"], "--accepted");
    let refused = |call, names| cli::run(call).refused(2, "clock", names);
    let stop = "2026-03-01..2026-03-04";
    refused(args!["clock", "--accepted", "2026-03-02", "--stop", stop], stop);
    refused(args!["clock", "--accepted", "2026-03-02", "--working-days", "0"], "at least 1");
    refused(args!["clock", "--accepted", "9999-12-01"], "9999-12-01");
}
