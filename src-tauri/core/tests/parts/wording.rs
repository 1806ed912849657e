//! Does every example of the pack get its own grade, in both languages?

use lanthan_core::{
    checklist::{Lack, checklist},
    dossier::Role,
    finding::Severity,
    pack::Grade,
    text::{Bilingual, Language},
    wording::{findings, grade, judge},
};

use crate::support::{DAY, agreeing, empty, enter, pack};

fn side(text: &Bilingual, language: Language) -> Bilingual {
    match language {
        Language::En => Bilingual::new(text.en.clone(), ""),
        Language::Zh => Bilingual::new("", text.zh.clone()),
    }
}

#[test]
fn every_example_has_its_grade_in_both_languages() {
    let pack = pack();
    let dossier = empty(&pack);
    assert!(pack.wording.examples.len() >= 20, "{}", pack.wording.examples.len());
    for example in &pack.wording.examples {
        for language in [Language::En, Language::Zh] {
            let text = side(&example.text(), language);
            let hits = judge(&dossier, &pack, &example.field, &text);
            assert_eq!(grade(&hits), example.grade, "{} {text:?}: {hits:?}", example.field);
        }
    }
}

#[test]
fn every_judged_field_has_an_example_of_each_grade() {
    let pack = pack();
    for field in &pack.wording.fields {
        for wanted in [Grade::TooVague, Grade::Enough, Grade::TooRevealing] {
            let found = pack.wording.examples_of(&field.key);
            assert!(
                found.iter().any(|example| example.grade == wanted),
                "{} {wanted:?}",
                field.key
            );
        }
    }
}

#[test]
fn the_bad_examples_of_the_sources_are_too_vague() {
    let pack = pack();
    let dossier = empty(&pack);
    for text in
        ["magnetic sensor", "motor", "industrial use", "for our customers", "Motors.", "MOTOR"]
    {
        let hits = judge(&dossier, &pack, "end-use.component", &Bilingual::new(text, ""));
        assert_eq!(grade(&hits), Grade::TooVague, "{text}");
    }
    for text in ["磁性传感器", "电机", "工业用途", "供我们的客户使用"] {
        let hits = judge(&dossier, &pack, "end-use.component", &Bilingual::new("", text));
        assert_eq!(grade(&hits), Grade::TooVague, "{text}");
    }
}

#[test]
fn protected_names_and_words_are_too_much_in_either_language() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    dossier.protected_terms.push(lanthan_core::dossier::ProtectedTerm {
        term: "Series N4".into(),
        why: String::new(),
    });
    let mut customer = dossier.parties[0].clone();
    customer.id = lanthan_core::id::PartyId::new("customer").unwrap();
    customer.roles = vec![Role::DownstreamCustomer];
    customer.profile.name = "Nordklang Example".into();
    customer.profile.name_zh = "北声示例".into();
    dossier.parties.push(customer);
    let rules = |en: &str, zh: &str| {
        let hits = judge(&dossier, &pack, "end-use.product", &Bilingual::new(en, zh));
        hits.into_iter().map(|hit| (hit.rule, hit.language)).collect::<Vec<_>>()
    };
    let protected = |language| vec![("protected".to_owned(), language)];
    assert_eq!(rules("Loudspeaker SERIES N4 for homes", ""), protected(Language::En));
    assert_eq!(rules("Loudspeaker SA-130 of Nordklang Example", ""), protected(Language::En));
    assert_eq!(rules("", "北声示例的SA-130扬声器系统"), protected(Language::Zh));
    assert_eq!(rules("Loudspeaker SA-130", "SA-130扬声器系统"), []);
}

#[test]
fn the_own_name_may_stand_and_another_firm_may_not() {
    let pack = pack();
    let dossier = agreeing(&pack);
    let rules = |en: &str, zh: &str| {
        let hits = judge(&dossier, &pack, "end-use.maker", &Bilingual::new(en, zh));
        hits.into_iter().map(|hit| hit.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules("Sample Audio S.r.l.", "样品音响有限责任公司"), [] as [&str; 0]);
    assert_eq!(rules("Example Motors GmbH", ""), ["firm"]);
    assert_eq!(rules("", "示例汽车有限公司"), ["firm"]);
}

#[test]
fn a_number_counts_only_beside_a_unit_and_a_word_only_as_a_whole() {
    let pack = pack();
    let dossier = empty(&pack);
    let is =
        |text: &str| grade(&judge(&dossier, &pack, "end-use.product", &Bilingual::new(text, "")));
    assert_eq!(is("Loudspeaker SA-130 with a 130 mm woofer"), Grade::Enough);
    assert_eq!(is("Loudspeaker SA-130, 500 pcs"), Grade::TooRevealing);
    assert_eq!(is("Loudspeaker SA-130, 12,000 units"), Grade::TooRevealing);
    assert_eq!(is("Loudspeaker with two crossover units"), Grade::Enough);
    assert_eq!(is("Loudspeaker for the European market, academic halls"), Grade::Enough);
}

#[test]
fn a_blank_side_and_another_field_are_not_judged() {
    let pack = pack();
    let dossier = empty(&pack);
    assert_eq!(judge(&dossier, &pack, "end-use.product", &Bilingual::default()), []);
    assert_eq!(judge(&dossier, &pack, "order.number", &Bilingual::same("motor")), []);
}

#[test]
fn wording_stands_in_checklist_and_findings() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    let lacks = |dossier: &lanthan_core::dossier::Dossier| {
        let list = checklist(dossier, &pack, DAY);
        let line = list.lines.iter().find(|l| l.requirement.id.as_str() == "end-use-statement");
        line.unwrap().lacks.clone()
    };
    let vague = Lack::Wording("end-use.component".into());
    assert!(!lacks(&dossier).contains(&vague));
    assert!(findings(&dossier, &pack).is_empty(), "{:?}", findings(&dossier, &pack));
    enter(&mut dossier, "end-use.component", "Motor", "SA-130 N低音扬声器单元");
    assert!(lacks(&dossier).contains(&vague));
    let found = findings(&dossier, &pack);
    assert_eq!((found.len(), found[0].severity, found[0].code), (1, Severity::Weak, "wording"));
}
