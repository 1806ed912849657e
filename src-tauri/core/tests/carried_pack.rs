//! Does the carried rule pack say what its sources say, in both languages?
//!
//! `CONFORMANCE.md` beside the pack names these tests. Deliberately absent: the truth of a source;
//! `SOURCES.md` says where each was read.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use lanthan_core::{
    checklist::{State, checklist},
    condition::Truth,
    content::{Block, Row, Statement},
    dossier::{Dossier, EndUse, Order, PackRef, Profile, Role, Situation, Specification},
    field,
    filing::Filing,
    id::{DossierId, ItemId, PackId, RequirementId},
    pack::{BasisKind, Demand, Mark, Pack, Requirement, Status, Tier},
    record::{FieldKind, Record},
    statement::Setting,
    text::Bilingual,
};

const CHECKED: Date = date(2026, 11, 23);

const REQUIRED: [&str; 10] = [
    "item-classification",
    "party-screening",
    "end-user-introduction",
    "purchase-contract",
    "shipment-plan",
    "technical-description",
    "end-use-statement",
    "end-user-certificate",
    "certificate-translation",
    "exporter-filing-set",
];

const STATEMENTS: [&str; 8] = [
    "cover-letter",
    "end-user-introduction",
    "importer-introduction",
    "transaction-chain",
    "technical-description",
    "quantity-justification",
    "end-use-statement",
    "certificate-data-sheet",
];

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
    Dossier::new(DossierId::new("sample").unwrap(), "Sample".into(), of)
}

fn enter(dossier: &mut Dossier, key: &str, en: &str, zh: &str) {
    field::write(dossier, key, &Bilingual::new(en, zh)).unwrap();
}

/// An importer that uses the goods itself, and its supplier; one item, one order.
fn minimal(pack: &Pack) -> Dossier {
    let mut dossier = empty(pack);
    enter(&mut dossier, "end-user.name", "Sample Audio S.r.l.", "");
    dossier.parties[0].roles.push(Role::Importer);
    enter(&mut dossier, "supplier.name", "Ningbo Example Magnetics Co., Ltd.", "");
    enter(&mut dossier, "item.ring.name", "NdFeB ring magnet", "钕铁硼磁环");
    enter(&mut dossier, "order.number", "PO-4711", "");
    dossier
}

/// A dossier with three firms and something under every key.
fn full(pack: &Pack) -> Dossier {
    let mut dossier = empty(pack);
    for role in field::KEYED_ROLES {
        fill(&mut dossier, role.word(), &Profile::default());
    }
    for item in ["ring", "disc"] {
        fill(&mut dossier, &format!("item.{item}"), &Specification::default());
    }
    fill(&mut dossier, "order", &Order::default());
    fill(&mut dossier, "end-use", &EndUse::default());
    fill(&mut dossier, "situation", &Situation::default());
    dossier
}

fn fill(dossier: &mut Dossier, head: &str, record: &dyn Record) {
    for key in record.keys() {
        let (en, zh) = match record.leaf(key).unwrap().kind() {
            FieldKind::Text => ("X-1", "X-1"),
            FieldKind::Bilingual => ("some words", "若干文字"),
            FieldKind::Date => ("2026-09-01", ""),
            FieldKind::Whole => ("1200", ""),
            FieldKind::Choice(words) => (words[0], ""),
            FieldKind::YesNo => ("yes", ""),
        };
        enter(dossier, &format!("{head}.{key}"), en, zh);
    }
}

fn set_all(pack: &Pack, dossier: &Dossier) -> Vec<Statement> {
    let name = |role| lanthan_core::statement::party_name(dossier, role);
    let (recipient, sender) = (name(Role::Supplier), name(Role::Importer));
    let setting = Setting {
        dossier,
        pack,
        day: CHECKED,
        recipient: &recipient,
        sender: &sender,
        exhibits: &[],
    };
    pack.statements.iter().map(|rule| setting.set(rule)).collect()
}

fn words(statement: &Statement) -> Vec<Bilingual> {
    let of = |row: &Row| [row.label.clone(), row.value.clone(), row.remark.clone()];
    let block = |block: &Block| match block {
        Block::Heading { text } | Block::Text { text } | Block::Notice { text } => {
            vec![text.clone()]
        }
        Block::Rows { rows } | Block::Signature { rows, .. } => rows.iter().flat_map(of).collect(),
        Block::Table { head, lines } => {
            head.iter().chain(lines.iter().flatten()).cloned().collect()
        }
    };
    statement.blocks.iter().flat_map(block).chain([statement.title.clone()]).collect()
}

fn say(pack: &Pack, requirement: &Requirement, part: &str) -> Bilingual {
    pack.text(&format!("requirement.{}.{part}", requirement.id)).unwrap().clone()
}

fn status(pack: &Pack, id: &str, day: Date) -> Status {
    pack.announcements.iter().find(|a| a.id == id).unwrap().status(day)
}

#[test]
fn every_item_of_the_list_is_there_once_in_its_section() {
    let pack = pack();
    let count = |demand| pack.requirements.iter().filter(|r| r.demand == demand).count();
    let sections: Vec<&str> = pack.requirements.iter().map(|r| r.section.as_str()).collect();
    assert_eq!(pack.requirements.len(), 45);
    assert_eq!(
        (count(Demand::Required), count(Demand::Conditional), count(Demand::Recommended)),
        (10, 17, 18)
    );
    assert!(sections.is_sorted(), "{sections:?}");
    assert_eq!(sections.iter().collect::<BTreeSet<_>>().len(), 9);
}

#[test]
fn every_required_item_has_basis_and_advice() {
    let pack = pack();
    let required: Vec<&str> = pack
        .requirements
        .iter()
        .filter(|r| r.demand == Demand::Required)
        .map(|r| r.id.as_str())
        .collect();
    assert_eq!(required, REQUIRED);
    for id in REQUIRED {
        let requirement = pack.requirement(&RequirementId::new(id).unwrap()).unwrap();
        assert!(requirement.when.is_none(), "{id}");
        assert!(!requirement.basis.sources.is_empty(), "{id}");
        assert!(matches!(requirement.basis.mark, Mark::Primary | Mark::Several), "{id}");
        for part in ["least", "gives-away", "basis"] {
            assert!(say(&pack, requirement, part).is_complete(), "{id}.{part}");
        }
        let basis = say(&pack, requirement, "basis").en;
        assert!(basis.contains("Article") || basis.contains("Office guide"), "{id}: {basis}");
    }
}

#[test]
fn every_legal_basis_names_its_article_in_both_languages() {
    let pack = pack();
    for requirement in pack.requirements.iter().filter(|r| r.basis.kind == BasisKind::Law) {
        let basis = say(&pack, requirement, "basis");
        assert!(basis.en.contains("Article"), "{}", requirement.id);
        assert!(basis.zh.contains('第') && basis.zh.contains('条'), "{}", requirement.id);
        let law = |id: &&String| id.starts_with("decree-792-") || id.starts_with("ecl-");
        assert!(requirement.basis.sources.iter().any(|id| law(&id)), "{}", requirement.id);
    }
}

#[test]
fn what_only_practice_or_inference_asks_for_says_so() {
    let pack = pack();
    for requirement in &pack.requirements {
        let basis = say(&pack, requirement, "basis");
        let (en, zh): (&[&str], &[&str]) = match requirement.basis.kind {
            BasisKind::Practice => (
                &["eported practice", "is reported", "No Chinese rule", "Neither law"],
                &["实务做法", "反映", "中国没有规定", "均未要求"],
            ),
            BasisKind::Inference => (&["Inference"], &["推断"]),
            _ => continue,
        };
        assert!(en.iter().any(|words| basis.en.contains(words)), "{}", requirement.id);
        assert!(zh.iter().any(|words| basis.zh.contains(words)), "{}", requirement.id);
        assert_ne!(requirement.basis.mark, Mark::Primary, "{}", requirement.id);
    }
}

#[test]
fn what_leaves_only_on_request_is_conditional_and_advises_to_wait() {
    let pack = pack();
    for requirement in pack.requirements.iter().filter(|r| r.tier == Tier::OnRequest) {
        assert_eq!(requirement.demand, Demand::Conditional, "{}", requirement.id);
        let least = say(&pack, requirement, "least").en;
        let waits =
            least.contains("Only on a written request") || least.contains("you may decline");
        assert!(waits, "{}: {least}", requirement.id);
    }
}

#[test]
fn what_never_leaves_has_no_statement() {
    let pack = pack();
    let never = |r: &&Requirement| r.tier == Tier::Never;
    for requirement in pack.requirements.iter().filter(never) {
        assert!(
            pack.statements.iter().all(|s| s.requirement.as_ref() != Some(&requirement.id)),
            "{}",
            requirement.id
        );
    }
}

#[test]
fn a_new_dossier_misses_the_required_items_and_is_told_why_others_are_not_asked() {
    let pack = pack();
    let dossier = minimal(&pack);
    let list = checklist(&dossier, &pack, CHECKED);
    assert_eq!(list.lines.len(), 45);
    for line in &list.lines {
        let id = line.requirement.id.as_str();
        if REQUIRED.contains(&id) {
            assert_eq!(line.state, State::Missing, "{id}");
        }
        if line.state == State::NotApplicable {
            assert!(line.reasons.iter().all(|reason| reason.truth == Truth::No), "{id}");
            assert!(!line.reasons.is_empty(), "{id}");
        }
    }
    let state =
        |id: &str| list.lines.iter().find(|l| l.requirement.id.as_str() == id).unwrap().state;
    assert_eq!(state("importer-introduction"), State::NotApplicable);
    assert_eq!(state("trader-guarantee"), State::NotApplicable);
    assert_eq!(state("process-flow"), State::NotApplicable);
}

#[test]
fn the_status_of_suspended_announcements_is_asked_for_once_it_is_unknown() {
    let pack = pack();
    let dossier = minimal(&pack);
    let state = |day| {
        let list = checklist(&dossier, &pack, day);
        let of =
            |id: &str| list.lines.iter().find(|l| l.requirement.id.as_str() == id).unwrap().state;
        of("suspension-status-check")
    };
    assert_eq!(state(date(2026, 11, 10)), State::NotApplicable);
    assert_eq!(state(date(2026, 11, 11)), State::Missing);
}

#[test]
fn number_18_is_in_force_and_the_october_package_is_unknown_after_its_suspension() {
    let pack = pack();
    assert_eq!(status(&pack, "2025-18", date(2025, 4, 4)), Status::InForce);
    assert_eq!(status(&pack, "2025-18", CHECKED), Status::InForce);
    let last = date(2026, 11, 10);
    for id in ["2025-55", "2025-56", "2025-57", "2025-58", "2025-61", "2025-62"] {
        assert_eq!(status(&pack, id, last), Status::SuspendedUntil(last), "{id}");
        assert_eq!(status(&pack, id, CHECKED), Status::UnknownSince(date(2026, 11, 11)), "{id}");
    }
}

#[test]
fn the_rule_on_the_united_states_is_suspended_until_its_last_day() {
    let pack = pack();
    let last = date(2026, 11, 27);
    assert_eq!(status(&pack, "2024-46-2", last), Status::SuspendedUntil(last));
    assert_eq!(
        status(&pack, "2024-46-2", date(2026, 11, 28)),
        Status::UnknownSince(date(2026, 11, 28))
    );
    assert_eq!(status(&pack, "2024-46-1", CHECKED), Status::InForce);
}

#[test]
fn no_announcement_claims_to_be_checked_after_the_pack() {
    let pack = pack();
    for announcement in &pack.announcements {
        assert!(announcement.verified_on <= pack.verified_on, "{}", announcement.id);
    }
}

#[test]
fn every_statement_is_set_without_an_open_blank() {
    let pack = pack();
    for dossier in [empty(&pack), minimal(&pack), full(&pack)] {
        let statements = set_all(&pack, &dossier);
        let ids: Vec<&str> = statements.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, STATEMENTS);
        for statement in &statements {
            for text in words(statement) {
                for side in [&text.en, &text.zh] {
                    assert!(!side.contains(['{', '}']), "{}: {side}", statement.id);
                }
            }
        }
    }
}

#[test]
fn a_full_dossier_leaves_nothing_in_one_language() {
    let pack = pack();
    for statement in set_all(&pack, &full(&pack)) {
        for text in words(&statement).iter().filter(|text| !text.is_empty()) {
            assert!(text.is_complete(), "{}: {text:?}", statement.id);
        }
        assert!(statement.blocks.len() > 1, "{}", statement.id);
    }
}

#[test]
fn the_data_sheet_says_that_it_is_not_the_certificate() {
    let pack = pack();
    let statements = set_all(&pack, &full(&pack));
    let sheet = statements.iter().find(|s| s.id.as_str() == "certificate-data-sheet").unwrap();
    assert!(sheet.title.en.contains("not the official form"));
    assert!(sheet.title.zh.contains("非官方"));
    let Block::Notice { text } = &sheet.blocks[0] else { panic!("{:?}", sheet.blocks[0]) };
    assert!(text.en.starts_with("This is not the certificate"));
    assert!(text.zh.starts_with("本表不是证明"));
    let signed = |block: &Block| matches!(block, Block::Signature { .. });
    assert!(!sheet.blocks.iter().any(signed), "a data sheet is not signed");
}

#[test]
fn what_is_copied_by_hand_carries_its_remark_on_the_data_sheet_alone() {
    let pack = pack();
    for statement in set_all(&pack, &full(&pack)) {
        let remarks = words_of_rows(&statement).iter().any(|row| !row.remark.is_empty());
        assert_eq!(remarks, statement.id.as_str() == "certificate-data-sheet", "{}", statement.id);
    }
}

fn words_of_rows(statement: &Statement) -> Vec<Row> {
    let rows = |block: &Block| match block {
        Block::Rows { rows } => rows.clone(),
        _ => Vec::new(),
    };
    statement.blocks.iter().flat_map(rows).collect()
}

#[test]
fn the_firm_signs_its_introductions_and_its_end_use_statement() {
    let pack = pack();
    let signed: Vec<String> = set_all(&pack, &full(&pack))
        .into_iter()
        .filter(|s| matches!(s.blocks.last(), Some(Block::Signature { .. })))
        .map(|s| s.id.to_string())
        .collect();
    assert_eq!(signed, ["end-user-introduction", "importer-introduction", "end-use-statement"]);
}

#[test]
fn every_field_has_a_label_and_every_question_of_the_situation_is_asked_somewhere() {
    let pack = pack();
    let heads: [(&str, &dyn Record); 6] = [
        ("party", &Profile::default()),
        ("item", &Specification::default()),
        ("order", &Order::default()),
        ("end-use", &EndUse::default()),
        ("situation", &Situation::default()),
        ("filing", &Filing::default()),
    ];
    for (head, record) in heads {
        for key in record.keys() {
            let label = format!("field.{head}.{key}");
            assert!(pack.text(&label).is_some(), "{label}");
            let key = format!("{head}.{key}");
            let asked = |r: &Requirement| r.needs.fields.contains(&key);
            assert!(head != "situation" || pack.requirements.iter().any(asked), "{key}");
        }
    }
}

#[test]
fn chinese_sentences_use_full_width_punctuation() {
    let pack = pack();
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (key, text) in pack.texts_under("") {
        let all: Vec<char> = text.zh.chars().collect();
        for pair in all.windows(2) {
            let narrow = |c: char| ",;:?!()".contains(c);
            let mixed = han(pair[0]) && narrow(pair[1]) || narrow(pair[0]) && han(pair[1]);
            assert!(!mixed, "{key}: {}", text.zh);
        }
        assert!(!text.en.chars().any(han), "{key}: {}", text.en);
    }
}

#[test]
fn ids_of_the_pack_are_ids() {
    let pack = pack();
    assert_eq!(pack.id, PackId::new("cn-dual-use-rare-earth").unwrap());
    assert_eq!(pack.version, "2026.11");
    assert!(ItemId::new("1").is_ok(), "`item.*` becomes `item.1` in an empty dossier");
}
