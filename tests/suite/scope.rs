//! Is the scope question answered with its reasons from the terminal, kept in a dossier, and printed whole
//! or not at all?

use std::fs;

use lanthan_tests::{args, cli, dossier::OpenDossier, project, tools, vault::TestVault};
use serde_json::{Value, json};

const DAY: &str = "2026-11-25";

/// The answers about the goods, without a vault.
fn ask(words: &[&str]) -> Value {
    let ran = cli::run(["scope", "--json"].iter().chain(words));
    assert_eq!(ran.exit, 0, "{}", ran.err);
    ran.json()
}

fn rules(all: &Value) -> Vec<&str> {
    all.as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect()
}

const MAGNET: [&str; 6] = ["--form", "magnet", "--material", "ndfeb", "--build", "bare"];

fn magnet<'a>(more: &[&'a str]) -> Vec<&'a str> {
    MAGNET.iter().chain(&["--day", DAY]).chain(more).copied().collect()
}

/// A dossier whose one item is a magnet with these contents, built into something.
fn dossier(build: &str, measured: &str) -> OpenDossier {
    let item = json!({"id": "ring", "specification": {
        "name": {"en": "Ring magnet", "zh": "环形磁体"}, "family": "magnet", "material": "ndfeb",
        "build": build, "measured": measured, "grade": "N38SH",
        "report": "Sample Laboratory, report 7 of 2026-10-02, lot 12"}});
    OpenDossier::small().put("/items", json!([item]))
}

#[test]
fn a_magnet_with_dysprosium_is_listed_by_the_sentence_that_lists_it() {
    let answer = ask(&magnet(&["--measured", "Dy 1.1 %; Tb 0; Ho 0", "--report", "No. 7"]));
    assert_eq!((&answer["verdict"], &answer["free"]), (&json!("in-scope"), &json!(false)));
    let item = &answer["items"][0];
    assert_eq!(rules(&item["matched"]), ["magnet-ndfeb"]);
    let matched = &item["matched"][0];
    assert!(matched["says"]["zh"].as_str().unwrap().contains('镝'));
    assert_eq!(matched["basis"]["mark"], "2+");
    assert_eq!(matched["lines"][0]["code"], "1C905.a.4");
    assert_eq!(matched["lines"][0]["status"], "in-force");
    let excluded = rules(&item["ruledOut"]);
    assert!(excluded.contains(&"answers-september"), "{excluded:?}");
    for one in item["ruledOut"].as_array().unwrap() {
        for language in ["en", "zh"] {
            assert!(!one["because"][language].as_str().unwrap().is_empty(), "{one}");
        }
    }
}

#[test]
fn without_a_report_it_is_unknown_and_the_report_is_asked_for() {
    let answer = ask(&magnet(&[]));
    assert_eq!(answer["verdict"], "unknown");
    assert_eq!(answer["items"][0]["open"][0]["ask"], "content");
    let typed = ask(&magnet(&["--measured", "Dy 0; Tb 0; Ho 0"]));
    assert_eq!(typed["verdict"], "unknown");
    assert_eq!(typed["items"][0]["open"][0]["ask"], "report");
    let reported = ["--measured", "Dy 0; Tb 0; Ho 0", "--report", "No. 7"];
    assert_eq!(ask(&magnet(&reported))["verdict"], "not-listed");
}

#[test]
fn a_word_that_is_none_is_refused_with_those_that_are() {
    let ran = cli::run(["scope", "--form", "magent"]);
    assert_eq!(ran.exit, 3, "{}", ran.err);
    assert!(ran.err.contains("form") && ran.err.contains("magnet, metal"), "{}", ran.err);
    let ran = cli::run(["scope", "--measured", "Dy plenty", "--form", "magnet"]);
    assert_eq!(ran.exit, 0);
    assert!(ran.err.contains("not understood: plenty, Dy"), "{}", ran.err);
}

#[test]
fn the_status_moves_with_the_days_on_which_something_ends() {
    let unknown = |day: &str| -> Vec<String> {
        let answer = ask(&["--day", day]);
        let all = answer["register"].as_array().unwrap().clone();
        let lost = all.iter().filter(|one| one["status"] == "unknown");
        lost.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let october = ["2025-55", "2025-56", "2025-57", "2025-58", "2025-61", "2025-62"];
    assert!(unknown("2026-11-10").is_empty());
    assert_eq!(unknown("2026-11-11"), october);
    assert_eq!(unknown("2026-11-27"), october);
    assert!(unknown("2026-11-28").contains(&"2024-46-2".to_owned()));
    assert!(!unknown("2026-12-31").contains(&"2026-catalogue".to_owned()));
    assert!(unknown("2027-01-01").contains(&"2026-catalogue".to_owned()));
}

#[test]
fn what_nobody_knows_stands_under_the_checklist_with_what_to_do() {
    let vault = TestVault::with(&OpenDossier::small());
    let list = |day: &str| {
        vault.run(args!["checklist", "--dossier", "test", "--day", day, "--json"]).json()
    };
    assert_eq!(list("2026-11-10")["unknownStatus"], json!([]));
    let after = list("2026-11-11");
    assert_eq!(after["unknownStatus"][0]["statusDay"], "2026-11-11");
    let plain = vault.run(args!["checklist", "--dossier", "test", "--day", "2026-11-11"]);
    assert!(plain.out.contains("status unknown since 2026-11-11: Nos. 55/2025"), "{}", plain.out);
    assert!(plain.out.contains("Ask your supplier in writing"), "{}", plain.out);
}

#[test]
fn a_dossier_keeps_the_answers_and_its_checklist_takes_them_over() {
    let vault = TestVault::with(&dossier("rotor-stator", ""));
    let scope = args!["scope", "--dossier", "test", "--day", DAY, "--json"];
    let answer = vault.run(scope.clone()).json();
    assert_eq!((&answer["verdict"], &answer["free"]), (&json!("outside"), &json!(true)));
    assert_eq!(rules(&answer["items"][0]["matched"]), ["answers-september"]);
    assert_eq!(answer["suggests"]["situation.in-scope"], "no");
    assert_eq!(answer["suggests"]["situation.assembly"], "yes");
    let adopt = vault.run(scope.into_iter().chain(args!["--adopt"]).collect());
    assert_eq!(adopt.exit, 0, "{}", adopt.err);
    let list = vault.run(args!["checklist", "--dossier", "test", "--day", DAY, "--json"]).json();
    let lines = list["lines"].as_array().unwrap();
    let note = lines.iter().find(|line| line["id"] == "assembly-exclusion-note").unwrap();
    assert_ne!(note["state"], "not-applicable", "an assembly asks for its note");
}

#[test]
fn the_finding_is_printed_whole_and_remembered() {
    let vault = TestVault::with(&dossier("bare", "Dy 0; Tb 0; Ho 0"));
    let out = vault.beside("page");
    let print = args!["scope", "--dossier", "test", "--day", DAY, "--out", &out, "--json"];
    let answer = vault.run(print.clone()).json();
    assert_eq!(answer["verdict"], "not-listed");
    assert_eq!(answer["printed"]["ledger"]["number"], 1);
    assert_eq!(answer["printed"]["pages"], 1, "it is short enough to be read");
    let names: Vec<_> = fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["scope.pdf"]);
    let text = tools::praised("pdftotext", args!["-layout", out.join("scope.pdf"), "-"]);
    for said in ["Not listed", "未列入", "钕铁硼", "Sample Laboratory", "18/2025", "57/2025"]
    {
        assert!(text.contains(said), "{said} is not in:\n{text}");
    }
    assert!(!text.contains("N38SH"), "a grade concludes nothing and is not printed");
    let again = vault.run(print);
    assert_eq!(again.exit, 2, "a folder with something in it is left as it is: {}", again.err);
    let other = vault.beside("again");
    let same = args!["scope", "--dossier", "test", "--day", DAY, "--out", &other, "--json"];
    let second = vault.run(same).json();
    assert_eq!(second["printed"]["sha256"], answer["printed"]["sha256"], "same bytes");
}

#[test]
fn goods_that_stand_in_no_dossier_are_printed_without_a_vault() {
    let place = project::place();
    let page = |name: &str, words: &[&str]| {
        let out = place.path().join(name);
        let call = args!["scope", "--json", "--day", DAY, "--out", &out];
        let ran = cli::run(call.into_iter().chain(words.iter().map(Into::into)));
        (ran, out.join("scope.pdf"))
    };
    let motor = ["--form", "magnet", "--material", "ndfeb", "--build", "motor"];
    let known = ["--name", "Fan motor", "--measured", "Dy 1.1 %; Tb 0; Ho 0", "--report", "No. 7"];
    let (ran, file) = page("motor", &[&motor[..], &known[..]].concat());
    let answer = ran.done().json();
    assert_eq!(
        (&answer["printed"]["pages"], &answer["printed"]["ledger"]),
        (&json!(1), &Value::Null)
    );
    let text = tools::praised("pdftotext", args!["-layout", file, "-"]);
    for said in ["Fan motor", "Generally outside", "motors or loudspeakers", "Decree 792"] {
        assert!(text.contains(said), "{said} is not in:\n{text}");
    }
    let (ran, _) = page("motor", &MAGNET);
    assert_eq!(ran.exit, 2, "a folder with something in it is left as it is: {}", ran.err);
    let (ran, _) = page("refused", &["--form", "magent"]);
    assert_eq!(ran.exit, 3, "{}", ran.err);
    assert!(!place.path().join("refused").exists(), "what is refused leaves nothing");
    let (ran, _) = page("to", &["--to", "supplier"]);
    assert_eq!(ran.exit, 2, "without a dossier there is no party: {}", ran.err);
}

#[test]
fn a_page_with_something_protected_on_it_does_not_leave() {
    let terms = json!([{"term": "Sample Laboratory", "why": "secret"}]);
    let vault = TestVault::with(&dossier("bare", "Dy 1").put("/protected-terms", terms));
    let out = vault.beside("page");
    let ran = vault.run(args!["scope", "--dossier", "test", "--day", DAY, "--out", &out]);
    assert_ne!(ran.exit, 0);
    assert!(ran.err.contains("[leak]"), "{}", ran.err);
    assert!(!out.exists(), "nothing is left");
    let to = args!["scope", "--dossier", "test", "--out", &out, "--to", "nobody"];
    assert_ne!(vault.run(to).exit, 0);
    assert!(!out.exists());
}

#[test]
fn goods_are_found_by_element_code_number_and_chinese_name() {
    for (search, code, by) in [
        ("dysprosium magnet", "1C905.a.4", "element"),
        ("1c905a4", "1C905.a.4", "code"),
        ("2805 3012 00", "1C905.a.1", "hs"),
        ("钐钴", "1C902.a.4", "name"),
    ] {
        let ran = cli::run(["goods", search, "--day", DAY, "--json"]);
        let first = &ran.json()[0];
        assert_eq!((&first["code"], &first["by"]), (&json!(code), &json!(by)), "{search}");
        assert!(!first["name"]["zh"].as_str().unwrap().is_empty());
        assert_eq!(first["status"], "in-force");
    }
    let holmium = cli::run(["goods", "钬", "--day", DAY]);
    assert!(holmium.out.contains("Unknown since 2026-11-11"), "{}", holmium.out);
    assert!(cli::run(["goods", "toothbrush", "--json"]).json().as_array().unwrap().is_empty());
}
