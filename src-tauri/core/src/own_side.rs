//! What has the firm found at home, before it discloses anything?
//!
//! The questions are the pack's, the answers the firm's alone. What is found here is told to the house
//! and to nobody else. Deliberately absent: any way from an answer into a statement or a package.

use crate::{
    dossier::Dossier,
    finding::{Finding, Place, Severity},
    id::RequirementId,
    pack::{OwnQuestion, Pack},
};

/// The requirement under which the questions are asked.
pub const REQUIREMENT: &str = "own-country-legal-check";

/// The questions that nobody has answered.
pub fn open<'a>(dossier: &'a Dossier, pack: &'a Pack) -> impl Iterator<Item = &'a OwnQuestion> {
    let asked = pack.own_side.questions.iter();
    asked.filter(|question| !dossier.own_side.contains_key(&question.id))
}

/// What a release is told: how many questions are open, and each obstacle.
#[must_use]
pub fn findings(dossier: &Dossier, pack: &Pack) -> Vec<Finding> {
    let place = || RequirementId::new(REQUIREMENT).map_or(Place::Dossier, Place::Requirement);
    let mut findings = Vec::new();
    let open = open(dossier, pack).count();
    if open > 0 {
        let finding = Finding::new(Severity::Tip, "own-side-open", place());
        findings.push(finding.with("count", open.to_string()));
    }
    for question in &pack.own_side.questions {
        if dossier.own_side.get(&question.id).is_some_and(|answer| answer.yes) {
            let say = |part: &str| pack.say(&format!("own-side.{}.{part}", question.id)).en;
            let finding = Finding::new(Severity::Weak, "own-side-yes", place());
            findings.push(finding.with("what", say("asks")).with("how", say("yes")));
        }
    }
    findings
}
