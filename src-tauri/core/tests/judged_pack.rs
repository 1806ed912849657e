//! Does the checklist judge as it must, whatever the dossier?
//!
//! Judged by the carried pack: what holds for it holds for a pack in use. Deliberately absent: what
//! the pack asks for (`carried_pack.rs`).

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use lanthan_core::{
    checklist::{State, checklist},
    condition::{Condition, Fact, Grounds, Truth},
    dossier::{Answer, Dossier, PackRef, Party, Profile, Request, Role, Said},
    exhibit::Exhibit,
    id::{DossierId, PartyId, RequirementId},
    pack::Pack,
    text::Bilingual,
};
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 25);

fn pack() -> Pack {
    Pack::read(
        include_str!("../../../assets/packs/cn-dual-use-rare-earth/pack.toml"),
        include_str!("../../../assets/packs/cn-dual-use-rare-earth/en.toml"),
        include_str!("../../../assets/packs/cn-dual-use-rare-earth/zh.toml"),
    )
    .unwrap_or_else(|error| panic!("{error}"))
}

fn empty(pack: &Pack) -> Dossier {
    let of = PackRef { id: pack.id.clone(), version: pack.version.clone(), overlays: Vec::new() };
    Dossier::new(DossierId::new("judged").unwrap(), "Judged".into(), of)
}

fn party(id: &str, roles: &[Role]) -> Party {
    let id = PartyId::new(id).unwrap();
    Party { id, roles: roles.to_vec(), alias: Bilingual::default(), profile: Profile::default() }
}

fn exhibit(id: usize) -> Exhibit {
    let text = format!(r#"{{"id":"e{id}","path":"{id}.jpg","kind":"photo"}}"#);
    serde_json::from_str(&text).unwrap()
}

/// Answers a fact that the user settles by yes or no; false when it follows from something else.
fn settle(dossier: &mut Dossier, fact: Fact, answer: bool) -> bool {
    let situation = &mut dossier.situation;
    let place = match fact {
        Fact::InScope => &mut situation.in_scope,
        Fact::Assembly => &mut situation.assembly,
        Fact::NearThreshold => &mut situation.near_threshold,
        Fact::ResellsComponent => &mut situation.resells_component,
        Fact::GovernmentCertificateRequested => &mut situation.government_certificate_requested,
        Fact::WatchListed => &mut situation.watch_listed,
        Fact::GeneralLicence => &mut situation.general_licence,
        Fact::FirstOrder => &mut situation.first_order,
        Fact::Japan => &mut situation.japan,
        Fact::ImporterIsNotEndUser
        | Fact::HasTrader
        | Fact::MoreThanTwoParties
        | Fact::Requested
        | Fact::SuspensionUnknown => return false,
    };
    *place = Some(answer);
    true
}

/// The ways in which firms can stand to each other.
fn firms() -> Vec<Vec<Party>> {
    use Role::{EndUser, Importer, Supplier, Trader};
    vec![
        vec![party("supplier", &[Supplier]), party("buyer", &[Importer, EndUser])],
        vec![
            party("supplier", &[Supplier]),
            party("importer", &[Importer]),
            party("user", &[EndUser]),
        ],
        vec![
            party("supplier", &[Supplier]),
            party("trader", &[Trader]),
            party("buyer", &[Importer, EndUser]),
        ],
        vec![
            party("supplier", &[Supplier]),
            party("trader", &[Trader]),
            party("importer", &[Importer]),
            party("user", &[EndUser]),
        ],
    ]
}

/// A day on which the status of an announcement is unknown, and one on which none is.
fn days(pack: &Pack, requirement: &RequirementId) -> Vec<Date> {
    let dossier = empty(pack);
    let mut found: Vec<(Truth, Date)> = Vec::new();
    for week in 0..520_i32 {
        let day = date(2025, 1, 1).checked_add(week.weeks()).unwrap();
        let grounds = Grounds { dossier: &dossier, pack, day, requirement };
        let truth = grounds.truth(Fact::SuspensionUnknown);
        if !found.iter().any(|(known, _)| *known == truth) {
            found.push((truth, day));
        }
    }
    found.into_iter().map(|(_, day)| day).collect()
}

/// What a condition can be found to be in any situation at all.
fn possible(pack: &Pack, requirement: &RequirementId, condition: &Condition) -> Vec<Truth> {
    let facts: Vec<Fact> =
        condition.facts().into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let mut found = Vec::new();
    for firms in firms() {
        for asked in [false, true] {
            for answers in 0..1_u32 << facts.len() {
                let mut dossier = empty(pack);
                dossier.parties.clone_from(&firms);
                if asked {
                    let request = Request { day: DAY, quote: "please".into() };
                    dossier.requests.insert(requirement.clone(), request);
                }
                for (at, fact) in facts.iter().enumerate() {
                    settle(&mut dossier, *fact, answers >> at & 1 == 1);
                }
                for day in days(pack, requirement) {
                    let grounds = Grounds { dossier: &dossier, pack, day, requirement };
                    let (truth, reasons) = condition.judge(grounds);
                    assert!(!reasons.is_empty(), "{requirement} says why");
                    if !found.contains(&truth) {
                        found.push(truth);
                    }
                }
            }
        }
    }
    found
}

#[test]
fn every_condition_of_the_pack_can_hold_and_can_fail() {
    let pack = pack();
    let mut conditions = 0;
    for requirement in &pack.requirements {
        let Some(when) = &requirement.when else { continue };
        conditions += 1;
        let possible = possible(&pack, &requirement.id, when);
        for wanted in [Truth::Yes, Truth::No] {
            assert!(possible.contains(&wanted), "{}: never {wanted:?}", requirement.id);
        }
    }
    assert!(conditions > 5, "{conditions} conditions are read");
}

#[test]
fn a_condition_that_cannot_fail_is_noticed() {
    let pack = pack();
    let id = &pack.requirements[0].id;
    let fact = || Condition::Fact(Fact::HasTrader);
    let always = Condition::Any { any: vec![fact(), Condition::Not { not: Box::new(fact()) }] };
    assert_eq!(possible(&pack, id, &always), [Truth::Yes]);
}

/// How good a state is; `None` where evidence is not asked for, or was said to be missing.
fn worth(state: State) -> Option<u8> {
    match state {
        State::Missing => Some(0),
        State::Weak => Some(1),
        State::Ready => Some(2),
        State::NotApplicable | State::MissingBecause => None,
    }
}

/// A piece of evidence that is added: for which requirements, and whether it is cleared.
type Added = (Vec<prop::sample::Index>, bool);

fn add(dossier: &mut Dossier, pack: &Pack, number: usize, (answers, cleared): &Added) {
    let mut exhibit = exhibit(number);
    for answer in answers {
        exhibit.answers.push(pack.requirements[answer.index(pack.requirements.len())].id.clone());
    }
    if *cleared {
        exhibit.cleared_for.push(PartyId::new("supplier").unwrap());
    }
    dossier.exhibits.push(exhibit);
}

prop_compose! {
    /// A dossier in any situation, with some answers given.
    fn any_dossier()(
        firms in 0..firms().len(),
        facts in prop::collection::vec(any::<Option<bool>>(), Fact::WORDS.len()),
        said in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..8),
        exhibits in prop::collection::vec(added(), 0..6),
    ) -> Dossier {
        let pack = pack();
        let mut dossier = empty(&pack);
        dossier.parties = self::firms().swap_remove(firms);
        let settled = [
            Fact::InScope, Fact::Assembly, Fact::NearThreshold, Fact::ResellsComponent,
            Fact::GovernmentCertificateRequested, Fact::WatchListed, Fact::GeneralLicence,
            Fact::FirstOrder, Fact::Japan,
        ];
        for (fact, answer) in settled.into_iter().zip(facts) {
            if let Some(answer) = answer {
                settle(&mut dossier, fact, answer);
            }
        }
        for (requirement, declared) in said {
            let id = &pack.requirements[requirement.index(pack.requirements.len())].id;
            let words = "said".to_owned();
            let said = if declared { Said::Declared(words) } else { Said::MissingBecause(words) };
            let (question, pack_version) = ("Q".to_owned(), pack.version.clone());
            dossier.answers.insert(id.clone(), Answer { question, pack_version, given: DAY, said });
        }
        for (number, one) in exhibits.iter().enumerate() {
            add(&mut dossier, &pack, number, one);
        }
        dossier
    }
}

fn added() -> impl Strategy<Value = Added> {
    (prop::collection::vec(any::<prop::sample::Index>(), 0..4), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn evidence_that_is_added_makes_no_requirement_worse(dossier in any_dossier(), more in added()) {
        let pack = pack();
        let before = checklist(&dossier, &pack, DAY);
        let mut richer = dossier.clone();
        add(&mut richer, &pack, 99, &more);
        let after = checklist(&richer, &pack, DAY);
        for (before, after) in before.lines.iter().zip(&after.lines) {
            prop_assert_eq!(&before.requirement.id, &after.requirement.id);
            if let (Some(old), Some(new)) = (worth(before.state), worth(after.state)) {
                prop_assert!(new >= old, "{}", before.requirement.id);
            } else {
                prop_assert_eq!(before.state, after.state);
            }
        }
    }

    #[test]
    fn an_exhibit_that_is_cleared_makes_no_requirement_worse(dossier in any_dossier()) {
        let pack = pack();
        let before = checklist(&dossier, &pack, DAY);
        let mut cleared = dossier.clone();
        for exhibit in &mut cleared.exhibits {
            exhibit.cleared_for = vec![PartyId::new("supplier").unwrap()];
        }
        for (before, after) in before.lines.iter().zip(&checklist(&cleared, &pack, DAY).lines) {
            prop_assert!(worth(after.state) >= worth(before.state), "{}", before.requirement.id);
        }
    }

    #[test]
    fn the_same_dossier_pack_and_day_give_the_same_answer(dossier in any_dossier()) {
        let (one, other) = (pack(), pack());
        let first = checklist(&dossier, &one, DAY);
        let again = checklist(&dossier.clone(), &other, DAY);
        prop_assert_eq!(format!("{first:?}"), format!("{again:?}"));
    }
}
