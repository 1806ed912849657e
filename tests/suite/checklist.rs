//! Does the checklist answer in the shape that is documented, and move when the dossier does?

use lanthan_tests::{args, dossier::OpenDossier, sample, vault::TestVault};
use serde_json::{Value, json};

fn checklist(vault: &TestVault, dossier: &str) -> Value {
    let words = args!["checklist", "--dossier", dossier, "--day", "2026-11-20", "--json"];
    let ran = vault.run(words);
    let answer = ran.json();
    let open = answer["open"].as_u64().unwrap();
    assert_eq!(ran.exit, i32::from(open > 0), "the exit code says whether something is open");
    answer
}

fn words(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

#[track_caller]
fn one_of(value: &Value, known: &[&str]) {
    let word = value.as_str().unwrap_or_else(|| panic!("{value} is no word"));
    assert!(known.contains(&word), "{word} is none of {known:?}");
}

#[test]
fn every_line_has_the_documented_fields() {
    let vault = TestVault::with(&OpenDossier::small());
    let answer = checklist(&vault, "test");
    assert_eq!(answer["dossier"], "test");
    assert_eq!(answer["day"], "2026-11-20");
    assert!(answer["pack"].as_str().unwrap().starts_with("cn-dual-use-rare-earth 20"));
    let lines = answer["lines"].as_array().unwrap();
    assert!(lines.len() > 10, "{} lines", lines.len());
    let mut open = 0;
    for line in lines {
        let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
        let mut expected = [
            "id", "title", "state", "demand", "tier", "risk", "basis", "because", "lacks",
            "exhibits", "asked",
        ];
        expected.sort_unstable();
        assert_eq!(keys, expected, "{line:#}");
        assert!(!line["title"]["en"].as_str().unwrap().is_empty());
        assert!(!line["title"]["zh"].as_str().unwrap().is_empty());
        let states = ["not-applicable", "missing", "weak", "ready", "missing-because"];
        one_of(&line["state"], &states);
        one_of(&line["demand"], &["required", "conditional", "recommended"]);
        one_of(&line["tier"], &["0", "1", "2", "X"]);
        one_of(&line["risk"], &["none", "low", "medium", "high", "very-high"]);
        let basis = &line["basis"];
        one_of(&basis["kind"], &["law", "announcement", "guide", "practice", "inference"]);
        one_of(&basis["mark"], &["P", "2+", "1", "I", "U"]);
        assert!(!words(&basis["sources"]).is_empty(), "{line:#}");
        let known =
            ["field", "language", "wording", "exhibits", "cleared", "declaration", "condition"];
        assert!(words(&line["lacks"]).iter().all(|lack| known.contains(lack)), "{line:#}");
        assert!(line["because"].is_null() || line["because"]["zh"].is_string(), "{line:#}");
        let state = line["state"].as_str().unwrap();
        assert_eq!(
            matches!(state, "missing" | "weak"),
            !words(&line["lacks"]).is_empty() && state != "missing-because",
            "a line is open exactly when something is lacking: {line:#}"
        );
        open += u64::from(matches!(state, "missing" | "weak") && line["demand"] != "recommended");
    }
    assert_eq!(answer["open"], open);
}

#[test]
fn what_is_open_in_the_sample_is_done_outside_of_the_program() {
    let vault = TestVault::new();
    let _ = vault.load(&sample::folder()).done();
    let answer = checklist(&vault, sample::dossier().id.as_str());
    let lines = answer["lines"].as_array().unwrap();
    let ready = lines.iter().filter(|line| line["state"] == "ready").count();
    assert!(ready >= 15, "{ready} points are ready");
    let is_open = |line: &&Value| ["missing", "weak"].contains(&line["state"].as_str().unwrap());
    for line in lines.iter().filter(is_open).filter(|line| line["demand"] != "recommended") {
        // A signature, or what the exporter adds: the user says so when it is there.
        assert_eq!(words(&line["lacks"]), ["declaration"], "{line:#}");
    }
}

#[test]
fn an_answer_moves_its_line_and_a_reason_is_told_from_an_answer() {
    let vault = TestVault::with(&OpenDossier::small());
    let before = checklist(&vault, "test");
    let lines = before["lines"].as_array().unwrap();
    let missing = lines.iter().find(|line| line["state"] == "missing").unwrap();
    let id = missing["id"].as_str().unwrap();
    let answer = json!({
        "question": "Why not?", "pack-version": "2026.11", "given": "2026-11-19",
        "said": {"missing-because": "the supplier never issues one"},
    });
    let dossier = OpenDossier::small().put("/answers", json!({id: answer}));
    let after = checklist(&TestVault::with(&dossier), "test");
    let line = after["lines"].as_array().unwrap().iter().find(|line| line["id"] == id).unwrap();
    assert_eq!(line["state"], "missing-because");
    let fewer = u64::from(missing["demand"] != "recommended");
    assert_eq!(after["open"].as_u64().unwrap() + fewer, before["open"].as_u64().unwrap());
}

#[test]
fn the_plain_answer_says_the_same_as_the_json() {
    let vault = TestVault::with(&OpenDossier::small());
    let answer = checklist(&vault, "test");
    let plain = vault.run(args!["checklist", "--dossier", "test", "--day", "2026-11-20"]);
    for line in answer["lines"].as_array().unwrap() {
        let asked = line["state"] != "not-applicable";
        let title = line["title"]["en"].as_str().unwrap();
        assert_eq!(plain.out.contains(title), asked, "{title}");
    }
    assert!(plain.out.ends_with(&format!("{} open by law or office guide\n", answer["open"])));
}
