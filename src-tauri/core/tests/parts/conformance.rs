//! Has everything of the pack its row in `CONFORMANCE.md`, and does every requirement that only practice
//! or inference asks for say what may be declined or offered instead?
//!
//! Deliberately absent: whether the tests that a row names exist; that is held over all documents.

use std::collections::BTreeSet;

use lanthan_core::pack::{BasisKind, Requirement, Tier};

use crate::support::pack;

const CONFORMANCE: &str =
    include_str!("../../../../assets/packs/cn-dual-use-rare-earth/CONFORMANCE.md");

/// The rows of the tables, as cells.
fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let cells = |line: &'static str| {
        let inside = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        Some(inside.split('|').map(str::trim).collect::<Vec<_>>())
    };
    CONFORMANCE.lines().filter_map(cells)
}

#[test]
fn every_requirement_check_and_fault_of_the_pack_has_its_row() {
    let pack = pack();
    let first: BTreeSet<&str> = rows().filter_map(|row| row.first().copied()).collect();
    let requirements = pack.requirements.iter().map(|requirement| requirement.id.as_str());
    let checks = pack.checks.checks.iter().map(|check| check.id.as_str());
    let faults = pack.certificate.faults.iter().map(|fault| fault.id.as_str());
    let questions = pack.own_side.questions.iter().map(|question| question.id.as_str());
    for id in requirements.chain(checks).chain(faults).chain(questions) {
        assert!(first.contains(id), "{id} has no row");
    }
}

#[test]
fn what_only_practice_or_inference_asks_for_can_be_declined_or_narrowed() {
    let pack = pack();
    let en = [
        "decline",
        "offer",
        "accepts",
        "instead",
        "leave it out",
        "is enough",
        "are enough",
        "may point to",
    ];
    let zh = ["谢绝", "可以", "改为", "先提供", "即可", "代替", "足够"];
    let weak = |kind| matches!(kind, BasisKind::Practice | BasisKind::Inference);
    let mut looked = 0;
    // What never leaves the house need not be declined.
    let leaves = |r: &&Requirement| weak(r.basis.kind) && r.tier != Tier::Never;
    for requirement in pack.requirements.iter().filter(leaves) {
        looked += 1;
        let least = pack.say(&format!("requirement.{}.least", requirement.id));
        let lower = least.en.to_lowercase();
        assert!(en.iter().any(|word| lower.contains(word)), "{}: {}", requirement.id, least.en);
        assert!(zh.iter().any(|word| least.zh.contains(word)), "{}: {}", requirement.id, least.zh);
    }
    assert!(looked > 15, "{looked}");
}
