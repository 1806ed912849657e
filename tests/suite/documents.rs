//! Do the documents speak of what is there?
//!
//! A file that a document names exists, and so does a test that it names. Deliberately absent: whether
//! what they say is true; that is the reader's work.

use std::{collections::BTreeSet, sync::LazyLock};

use lanthan_tests::{
    project::{files_ending, root, text},
    source::code_only,
};

/// The names of every test in Rust, and the titles of those of the window.
static TESTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut names = BTreeSet::new();
    for path in files_ending(&[".rs"]) {
        let text = text(path);
        let code = code_only(&text);
        for after in code.split("fn ").skip(1) {
            let name: String =
                after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if text.contains("#[test]") {
                names.insert(name);
            }
        }
    }
    for path in files_ending(&[".test.ts", ".test.mjs"]) {
        for after in text(path).split(['"', '`']).skip(1).step_by(2) {
            names.insert(after.to_owned());
        }
    }
    names
});

/// Everything between single backticks.
fn quoted(document: &str) -> Vec<&str> {
    let prose = document.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
}

/// True for the name of a test: a sentence in words joined by underscores.
fn is_sentence(name: &str) -> bool {
    name.matches('_').count() >= 2
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// True for a path from the top of the project.
fn is_path(name: &str) -> bool {
    let tops = ["assets/", "src-tauri/", "tests/", "ui/", ".ci/", ".cargo/"];
    let plain = !name.contains(['<', '*', '{', '…', ' ']);
    plain && tops.iter().any(|top| name.starts_with(top))
}

fn faults(path: &str) -> Vec<String> {
    let document = text(path);
    let mut faults = Vec::new();
    for name in quoted(&document) {
        let file = name.split("::").next().unwrap_or(name);
        if is_path(file) && !root().join(file).exists() {
            faults.push(format!("{path} names the file {file}, which is not there"));
        }
        let test = name.rsplit("::").next().unwrap_or(name);
        if is_sentence(test) && !TESTS.contains(test) {
            faults.push(format!("{path} names the test {test}, which is not there"));
        }
    }
    faults
}

#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
}

#[test]
fn every_file_and_test_that_a_document_names_exists() {
    let found: Vec<String> = files_ending(&[".md"]).flat_map(faults).collect();
    none(&found);
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut faults = Vec::new();
    for path in files_ending(&[".md"]) {
        let folder = root().join(path).parent().unwrap().to_owned();
        let document = text(path);
        for target in document.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or(target);
            let outside = target.contains("://") || target.starts_with("mailto:");
            if !outside && !file.is_empty() && !folder.join(file).exists() {
                faults.push(format!("{path} links to {target}, which is not there"));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_architecture_fits_into_two_hundred_lines_and_names_the_test_of_each_invariant() {
    let document = text("ARCHITECTURE.md");
    let lines = document.lines().count();
    assert!(lines <= 200, "{lines} lines");
    let named = quoted(&document).into_iter().filter_map(|name| name.rsplit("::").next());
    let tests = named.filter(|name| TESTS.contains(*name)).count();
    assert!(tests >= 8, "only {tests} tests are named beside the invariants");
}

#[test]
fn every_green_row_of_a_conformance_sheet_names_a_test() {
    let mut faults = Vec::new();
    let mut green = 0;
    for path in files_ending(&["CONFORMANCE.md"]) {
        for row in text(path).lines().filter(|line| line.starts_with('|')) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            if !cells.iter().any(|cell| cell.starts_with("enforced")) {
                continue;
            }
            green += 1;
            let names = quoted(row).into_iter().filter_map(|name| name.rsplit("::").next());
            if !names.into_iter().any(|name| TESTS.contains(name)) {
                faults.push(format!("{path}: no test that exists in: {row}"));
            }
        }
    }
    none(&faults);
    assert!(green > 0, "no sheet has a row that says `enforced`");
}
