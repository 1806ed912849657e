//! Is what somebody hid badly in a paper told before it leaves, and does it stay behind?
//!
//! Each way of hiding goes through a whole release, and what left is read back by another program.

use std::{fs, path::Path};

use lanthan_tests::{args, dossier::OpenDossier, pdf::Pdf, tools, vault::TestVault};
use serde_json::Value;

/// A line of text at a height, in Helvetica of 18 points.
fn line(y: u32, text: &str) -> String {
    format!("BT /F1 18 Tf 72 {y} Td ({text}) Tj ET\n")
}

/// A page that says what may be read, what lies under a tight bar, and what is white on white.
fn badly_hidden() -> Pdf {
    let content = line(700, "Goods 20000 magnets")
        + &line(600, "Price 12.50 EUR")
        + "0 g 70 598 140 15 re f\n1 g\n"
        + &line(500, "Margin 31 percent")
        + "0 g\n"
        + &line(400, "Buyer Klangfeld");
    Pdf::drawing(content.into_bytes())
}

fn vault_with(paper: Pdf) -> TestVault {
    TestVault::with(&OpenDossier::small().exhibit("order", "order.pdf", paper.bytes()))
}

/// Everything that another program can read out of the package's paper.
fn text_of(out: &Path) -> String {
    let pdf = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path());
    let pdf = pdf.into_iter().find(|path| path.extension().is_some_and(|e| e == "pdf")).unwrap();
    tools::praised("pdftotext", args![pdf, "-"])
}

fn exhibit(vault: &TestVault, command: &[&str]) -> Value {
    let words = args!["exhibit"].into_iter().chain(command.iter().map(Into::into));
    vault.run(words.chain(args!["--dossier", "test", "--json"]).collect()).done().json()
}

#[test]
fn words_under_a_bar_or_in_white_are_told_and_stay_behind() {
    let vault = vault_with(badly_hidden());
    let listed = exhibit(&vault, &["list"]);
    let told: Vec<(&str, &str)> = listed[1]["hidden"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), one["words"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("under-bar", "Price 12.50 EUR"), ("in-ground", "Margin 31 percent")]);
    let out = vault.beside("out");
    let released = vault.release("supplier", &out).done();
    let said = format!("{}{}", released.out, released.err);
    assert!(!said.contains("12.50"), "the words are for the eyes of the house: {said}");
    let text = text_of(&out);
    assert!(text.contains("20000") && text.contains("Klangfeld"), "{text}");
    for hidden in ["Price", "12.50", "EUR", "Margin", "31", "percent"] {
        assert!(!text.contains(hidden), "{hidden} stands in: {text}");
    }
}

#[test]
fn a_mark_that_nobody_carried_out_blocks_until_it_is_masked() {
    let vault = vault_with(badly_hidden().marked([70, 395, 300, 416]));
    let out = vault.beside("out");
    vault.release("supplier", &out).refused(1, "blocked", "only marked for redaction");
    assert!(!out.exists());
    let added = exhibit(&vault, &["mask-hidden", "order", "--reason", "customer"])["added"].clone();
    // One for the mark and one for each line of words: under the bar, in white, under the mark.
    assert_eq!(added.as_array().unwrap().len(), 4, "{added}");
    let again = exhibit(&vault, &["mask-hidden", "order", "--reason", "customer"])["added"].clone();
    assert_eq!(again, serde_json::json!([]), "what is covered is not covered twice");
    let _ = vault.release("supplier", &out).done();
    let text = text_of(&out);
    assert!(text.contains("20000") && !text.contains("Klangfeld"), "{text}");
}

#[test]
fn what_is_only_marked_leaves_when_somebody_says_that_it_may_be_seen() {
    let vault = vault_with(badly_hidden().marked([70, 395, 300, 416]));
    let said = exhibit(&vault, &["marked", "order", "--may-be-seen"]);
    assert_eq!(said["markedMayBeSeen"], true);
    assert_eq!(exhibit(&vault, &["list"])[1]["markedMayBeSeen"], true);
    let out = vault.beside("out");
    let _ = vault.release("supplier", &out).done();
    assert!(text_of(&out).contains("Klangfeld"));
    // Taken back, it blocks again; and the open form of the dossier keeps either.
    let _ = exhibit(&vault, &["marked", "order"]);
    let second = vault.beside("second");
    vault.release("supplier", &second).refused(1, "blocked", "only marked for redaction");
    assert!(!second.exists());
}
