//! Are the own-side questions asked, and do their answers stay where they are?

use lanthan_core::{
    dossier::OwnAnswer,
    finding::Severity,
    id::PartyId,
    own_side::{findings, open},
    redaction::Papers,
    release::plan,
};

use crate::support::{DAY, agreeing, pack};

const IDS: [&str; 4] = ["home-law", "anti-boycott", "customer-secrecy", "personal-data"];

fn answer(yes: bool, reason: &str) -> OwnAnswer {
    OwnAnswer { question: String::new(), given: DAY, yes, reason: reason.to_owned() }
}

#[test]
fn the_four_questions_are_asked_and_each_obstacle_is_told() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    let ids: Vec<&str> = open(&dossier, &pack).map(|question| question.id.as_str()).collect();
    assert_eq!(ids, IDS);
    assert_eq!(findings(&dossier, &pack)[0].code, "own-side-open");
    for id in IDS {
        dossier.own_side.insert(id.into(), answer(false, "looked at"));
    }
    assert!(findings(&dossier, &pack).is_empty());
    dossier.own_side.insert("anti-boycott".into(), answer(true, "clause 7"));
    let found = findings(&dossier, &pack);
    assert_eq!((found.len(), found[0].code), (1, "own-side-yes"));
    assert_eq!(found[0].severity, Severity::Weak);
}

#[test]
fn no_answer_reaches_what_would_be_printed() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    for id in IDS {
        dossier.own_side.insert(id.into(), answer(true, "Zwiebelturm says so"));
    }
    let recipient = PartyId::new("supplier").unwrap();
    let plan = plan(&dossier, &pack, DAY, &recipient, &Papers::default()).unwrap();
    let printed = serde_json::to_string(&plan.content).unwrap();
    assert!(printed.contains("PO-2026-0417"), "the content is there");
    assert!(!printed.contains("Zwiebelturm"));
    let told = format!("{:?}", plan.findings);
    assert!(!told.contains("Zwiebelturm"), "a finding names the question, not the reason");
}
