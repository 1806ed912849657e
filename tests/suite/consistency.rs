//! Do checks, wording, lists and own-side answers come through the terminal as documented, and does
//! nothing of the house leave with the package?

use std::fs;

use lanthan_tests::{
    args, cli,
    dossier::{DAY, OpenDossier},
    folder::contents,
    sample, tools,
    vault::TestVault,
};
use serde_json::{Value, json};

fn day() -> String {
    DAY.to_string()
}

fn checklist(vault: &TestVault) -> Value {
    vault.run(args!["checklist", "--dossier", "test", "--day", day(), "--json"]).json()
}

fn check<'a>(answer: &'a Value, id: &str) -> &'a Value {
    let all = answer["checks"].as_array().unwrap();
    all.iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("{id} is not there"))
}

#[test]
fn the_checklist_says_what_differs_with_its_place_basis_and_remedy() {
    let dossier = OpenDossier::small()
        .put("/order/signed", json!("2026-09-14"))
        .put("/certificate", json!({"signed": "2026-09-13"}));
    let vault = TestVault::with(&dossier);
    let answer = checklist(&vault);
    assert_eq!(answer["checks"].as_array().unwrap().len(), 15);
    let dates = check(&answer, "dates");
    assert_eq!(dates["standing"], "differs");
    assert_eq!(dates["basis"]["mark"], "I");
    let discord = &dates["discords"][0];
    assert_eq!(discord["place"], json!({"kind": "field", "id": "certificate.signed"}));
    assert!(discord["what"]["en"].as_str().unwrap().contains("2026-09-13"), "{discord}");
    for part in ["title", "why", "mend"] {
        for language in ["en", "zh"] {
            assert!(!dates[part][language].as_str().unwrap().is_empty(), "{part}");
        }
    }
    let plain = vault.run(args!["checklist", "--dossier", "test", "--day", day()]);
    assert!(plain.out.contains("check differs: Order of days"), "{}", plain.out);
}

#[test]
fn a_vague_and_a_revealing_wording_stand_in_the_answer() {
    let dossier = OpenDossier::small()
        .put("/end-use/component", json!({"en": "Motor", "zh": "电机"}))
        .put("/end-use/product", json!({"en": "Loudspeaker Falkenbrise", "zh": "扬声器系统"}));
    let answer = checklist(&TestVault::with(&dossier));
    let found: Vec<(&str, &str, &str)> = answer["wording"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| ["field", "rule", "language"].map(|key| hit[key].as_str().unwrap()).into())
        .collect();
    for expected in [
        ("end-use.component", "vague", "en"),
        ("end-use.component", "vague", "zh"),
        ("end-use.product", "protected", "en"),
    ] {
        assert!(found.contains(&expected), "{expected:?}: {found:?}");
    }
}

#[test]
fn papers_that_can_be_read_are_read() {
    let paper = lanthan_tests::pdf::Pdf::saying(
        "Purchase order PO-TEST-2 of the buyer Sample Audio S.r.l. for one magnet",
    );
    let dossier = OpenDossier::small()
        .exhibit("order", "order.pdf", paper.bytes())
        .put("/exhibits/1/answers", json!(["purchase-contract"]));
    let answer = checklist(&TestVault::with(&dossier));
    let contract = check(&answer, "contract");
    assert_eq!(contract["standing"], "differs");
    let discords = contract["discords"].as_array().unwrap();
    let near = discords.iter().find(|discord| discord["kind"] == "nearly").unwrap();
    assert_eq!(near["place"], json!({"kind": "exhibit", "id": "order"}));
    assert!(near["what"]["en"].as_str().unwrap().contains("PO-TEST-2"), "{near}");
}

#[test]
fn a_fault_of_the_draft_is_shown_and_can_be_taken_on() {
    let text =
        json!({"en": "PO-TEST-1. We pay liquidated damages.", "zh": "PO-TEST-1。支付违约金。"});
    let vault = TestVault::with(&OpenDossier::small().put("/certificate", json!({"text": text})));
    let ask = |more: Vec<std::ffi::OsString>| {
        let words = args!["certificate", "--dossier", "test", "--day", day(), "--json"];
        vault.run(words.into_iter().chain(more).collect())
    };
    let ran = ask(Vec::new());
    assert_eq!(ran.exit, 1);
    assert_eq!(ran.json()["faults"][0]["id"], "penalty");
    assert!(ran.json()["faults"][0]["quotes"][0].as_str().unwrap().contains("liquidated"));
    let ran = ask(args!["--accept", "penalty", "--reason", "The board agreed"]);
    assert_eq!((ran.exit, &ran.json()["open"]), (0, &json!(0)));
    assert_eq!(ran.json()["faults"][0]["accepted"]["reason"], "The board agreed");
    ask(args!["--accept", "colour", "--reason", "x"]).refused(2, "not-in-pack", "colour");
}

#[test]
fn parties_are_compared_and_no_match_is_no_clearance() {
    let dossier = OpenDossier::small().put("/parties/1/profile/owners", json!("Rheinmetall AG"));
    let vault = TestVault::with(&dossier);
    let answer = vault.run(args!["screen", "--dossier", "test", "--json"]).done().json();
    assert_eq!(answer["partial"], true);
    let likeness = &answer["parties"][1]["likenesses"][0];
    assert_eq!(likeness["listed"], "Rheinmetall");
    assert_eq!(likeness["list"]["day"], "2026-07-24");
    let plain = vault.run(args!["screen", "--dossier", "test"]).done();
    assert!(plain.out.contains("No match is not clearance."), "{}", plain.out);
    assert!(plain.out.contains("50 %"), "{}", plain.out);
}

#[test]
fn the_pack_is_asked_without_a_vault() {
    let found = cli::run(args!["pack", "glossary", "最终用户", "--json"]).done().json();
    assert_eq!(found[0]["en"], "end user");
    assert_eq!(found[0]["source"], "legal-text");
    let none = cli::run(args!["pack", "glossary", "zzz"]).done();
    assert_eq!(none.out, "no such term\n");
    let screened = cli::run(args!["pack", "screen", "Laffert", "--json"]).done().json();
    assert_eq!(screened["likenesses"][0]["listed"], "Lafert S.p.A.");
    assert_eq!(screened["noClearance"]["en"], "No match is not clearance.");
    let examples = cli::run(args!["pack", "wording", "--json"]).done().json();
    assert!(examples.as_array().unwrap().iter().any(|example| example["grade"] == "enough"));
}

/// What is planted in each own-side answer, and must be nowhere outside.
const PLANTED: &str = "Zwiebelturm";

fn answered(vault: &TestVault, dossier: &str) {
    for question in ["home-law", "anti-boycott", "customer-secrecy", "personal-data"] {
        let reason = format!("{PLANTED} looked at {question}");
        let words = args!["own-side", "--dossier", dossier, "--question", question, "--yes"];
        let more = args!["--reason", reason, "--day", day(), "--json"];
        let ran = vault.run(words.into_iter().chain(more).collect()).done();
        assert!(ran.out.contains(PLANTED), "the house sees its own answers");
    }
}

#[test]
fn own_side_answers_are_nowhere_in_what_leaves() {
    let vault = TestVault::new();
    let _ = vault.load(&sample::folder()).done();
    let id = sample::dossier().id.to_string();
    answered(&vault, &id);
    let out = vault.beside("package");
    let to = args!["release", "--dossier", id, "--to", "supplier", "--out", out, "--day", day()];
    let _ = vault.run(to).done();
    for (name, bytes) in contents(&out) {
        let found = bytes.windows(PLANTED.len()).any(|window| window == PLANTED.as_bytes());
        assert!(!found, "{name:?} holds an own-side answer");
    }
    let text = tools::praised("pdftotext", [out.join("package.pdf"), "-".into()]);
    assert!(text.contains("PO-2026-0417"), "the words of the package are read");
    assert!(!text.contains(PLANTED) && !text.to_lowercase().contains("own-side"));
}

#[test]
fn the_own_open_copy_holds_the_answers_and_says_so() {
    let vault = TestVault::with(&OpenDossier::small());
    answered(&vault, "test");
    let out = vault.beside("out");
    let ran = vault.run(args!["dossier", "export", "--dossier", "test", "--out", out]).done();
    assert!(ran.err.contains("never send it to the supplier"), "{}", ran.err);
    let written = fs::read_to_string(out.join("dossier.json")).unwrap();
    let file: Value = serde_json::from_str(&written).unwrap();
    let kept = &file["dossier"]["own-side-stays-in-the-house"]["home-law"];
    assert_eq!(kept["yes"], true);
    assert!(kept["reason"].as_str().unwrap().contains(PLANTED));
}

#[test]
fn an_own_side_answer_without_a_reason_is_refused() {
    let vault = TestVault::with(&OpenDossier::small());
    let before = vault.snapshot();
    let words = ["own-side", "--dossier", "test", "--question", "home-law", "--reason", " "];
    vault.run(words.map(Into::into).into()).refused(2, "empty", "reason");
    let words = ["own-side", "--dossier", "test", "--question", "colour", "--reason", "x"];
    vault.run(words.map(Into::into).into()).refused(2, "not-in-pack", "colour");
    assert_eq!(vault.snapshot(), before);
}
