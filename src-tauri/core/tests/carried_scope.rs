//! Does the scope question of the carried pack answer as its sources do, on both sides of every rule?
//!
//! Deliberately absent: refusals of rules that are not whole; they are tested where they are read.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{collections::BTreeSet, sync::LazyLock};

use jiff::civil::{Date, date};
use lanthan_core::{
    dossier::{Build, Dossier, Family, Item, Material, PackRef, Specification},
    id::{DossierId, ItemId},
    pack::{Pack, Status, Verdict},
    scope::{
        self, Condition, Facts, Finding, Note, Open, Reason, judge, register, say, unknown_since,
    },
    text::Bilingual,
};
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 25);
/// The last day on which No. 57/2025 is suspended.
const SUSPENDED: Date = date(2026, 11, 10);

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    macro_rules! file {
        ($name:literal) => {
            ($name, include_str!(concat!("../../../assets/packs/cn-dual-use-rare-earth/", $name)))
        };
    }
    let files = [
        file!("pack.toml"),
        file!("en.toml"),
        file!("zh.toml"),
        file!("goods.toml"),
        file!("scope.toml"),
    ];
    Pack::read_files(&files).unwrap_or_else(|error| panic!("{error}"))
});

fn magnet(material: Material, build: Build, measured: &str) -> Specification {
    Specification {
        family: Some(Family::Magnet),
        material: Some(material),
        build: Some(build),
        measured: measured.to_owned(),
        report: "Sample Laboratory, No. 7, lot 12".to_owned(),
        ..Specification::default()
    }
}

fn ndfeb(measured: &str) -> Specification {
    magnet(Material::Ndfeb, Build::Bare, measured)
}

fn on(specification: &Specification, day: Date) -> Finding<'static> {
    judge(Facts::of(specification, &PACK), &PACK, day)
}

fn matched(finding: &Finding<'_>) -> Vec<String> {
    finding.matched.iter().map(|one| one.rule.id.clone()).collect()
}

fn ruled_out(finding: &Finding<'_>) -> Vec<(String, Reason)> {
    finding.ruled_out.iter().map(|one| (one.rule.id.clone(), one.by)).collect()
}

/// The answer, and the ids of the rules that decide.
#[track_caller]
fn says(specification: &Specification, day: Date, verdict: Verdict, rules: &[&str]) {
    let finding = on(specification, day);
    assert_eq!(finding.verdict, verdict, "{finding:#?}");
    assert_eq!(matched(&finding), rules, "{finding:#?}");
}

#[test]
fn a_magnet_with_dysprosium_is_listed_and_one_without_is_not() {
    says(&ndfeb("Dy 1.1 %; Tb 0; Ho 0"), DAY, Verdict::InScope, &["magnet-ndfeb"]);
    says(&ndfeb("Dy 0; Tb 0.3 %; Ho 0"), DAY, Verdict::InScope, &["magnet-ndfeb"]);
    let without = ndfeb("Dy 0; Tb 0; Ho 0");
    says(&without, DAY, Verdict::NotListed, &["magnet-ndfeb-without"]);
    let reasons = ruled_out(&on(&without, DAY));
    let by = Reason::Condition(Condition::Contains);
    assert!(reasons.contains(&("magnet-ndfeb".into(), by)), "{reasons:?}");
}

#[test]
fn only_the_line_of_what_is_in_it_is_named() {
    let codes = |measured: &str| -> Vec<String> {
        let finding = on(&ndfeb(measured), DAY);
        let lines = finding.matched.iter().flat_map(|one| &one.lines);
        lines.map(|(line, _)| line.code.clone()).collect()
    };
    assert_eq!(codes("Dy 1.1; Tb 0; Ho 0"), ["1C905.a.4"]);
    assert_eq!(codes("Dy 1.1; Tb 0.2; Ho 0"), ["1C904.a.4", "1C905.a.4"]);
}

#[test]
fn a_grade_says_nothing_of_dysprosium() {
    let mut item = ndfeb("");
    item.report = String::new();
    for grade in ["N35", "N38SH", "N42UH", "N52", "38EH with Dy"] {
        item.grade = grade.to_owned();
        let finding = on(&item, DAY);
        assert_eq!(finding.verdict, Verdict::Unknown, "{grade}");
        let wanted = Open::Content(vec!["Dy".into(), "Tb".into(), "Ho".into()]);
        assert_eq!(finding.open, [wanted], "{grade}");
        assert_eq!(finding.notes, [Note::Grade], "{grade}");
    }
}

#[test]
fn that_something_is_absent_only_a_report_says() {
    let mut item = ndfeb("Dy 0; Tb 0; Ho 0");
    item.report = " ".to_owned();
    let finding = on(&item, DAY);
    assert_eq!((finding.verdict, finding.open), (Verdict::Unknown, vec![Open::Report]));
    assert!(finding.notes.contains(&Note::NoReport));
    let mut item = ndfeb("Fe balance");
    assert_eq!(on(&item, DAY).verdict, Verdict::Unknown);
    item.others_absent = Some(true);
    assert_eq!(on(&item, DAY).verdict, Verdict::NotListed);
    item.others_absent = Some(false);
    assert_eq!(on(&item, DAY).verdict, Verdict::Unknown);
}

#[test]
fn an_upper_limit_is_not_none() {
    let finding = on(&ndfeb("Dy < 0.01 %; Tb 0; Ho 0"), DAY);
    assert_eq!(finding.verdict, Verdict::Unknown);
    assert_eq!(finding.open, [Open::Trace(vec!["Dy".into()])]);
}

#[test]
fn the_reported_limit_changes_no_answer_and_is_told_up_to_its_last_millionth() {
    let notes = |measured: &str| {
        let finding = on(&ndfeb(measured), DAY);
        assert_eq!(finding.verdict, Verdict::InScope, "{measured}");
        finding.notes
    };
    assert_eq!(notes("Dy 0.05; Tb 0.05; Ho 0"), [Note::Practice]);
    assert_eq!(notes("Dy 0.05; Tb 0.050001; Ho 0"), []);
    assert_eq!(notes("Dy 0.05; Tb < 0.01; Ho 0"), [], "a sum with a limit in it is no number");
}

#[test]
fn samarium_cobalt_is_listed_by_its_name_and_ferrite_is_not() {
    let smco = Specification { report: String::new(), ..magnet(Material::Smco, Build::Bare, "") };
    says(&smco, DAY, Verdict::InScope, &["magnet-smco"]);
    let ferrite = Specification { material: Some(Material::Ferrite), ..smco.clone() };
    says(&ferrite, DAY, Verdict::NotListed, &["magnet-other"]);
    let alnico = Specification { material: Some(Material::Alnico), ..smco.clone() };
    says(&alnico, DAY, Verdict::NotListed, &["magnet-other"]);
    let unsaid = Specification { material: None, ..smco };
    assert_eq!(on(&unsaid, DAY).open, [Open::Material]);
}

#[test]
fn each_category_of_the_answers_is_outside_with_the_answer_that_names_it() {
    for (build, rule) in [
        (Build::RotorStator, "answers-september"),
        (Build::SensorPart, "answers-september"),
        (Build::Attachment, "answers-september"),
        (Build::Product, "answers-april"),
        (Build::Motor, "motor-loudspeaker"),
        (Build::Loudspeaker, "motor-loudspeaker"),
    ] {
        let item = magnet(Material::Ndfeb, build, "Dy 1.1; Tb 0; Ho 0");
        says(&item, DAY, Verdict::Outside, &[rule]);
        let by = Reason::Condition(Condition::Build);
        assert!(ruled_out(&on(&item, DAY)).contains(&("magnet-ndfeb".into(), by)), "{build:?}");
    }
    let bare = on(&ndfeb("Dy 1.1; Tb 0; Ho 0"), DAY);
    let names: Vec<String> = ruled_out(&bare).into_iter().map(|(id, _)| id).collect();
    for rule in ["answers-september", "answers-april", "motor-loudspeaker"] {
        assert!(names.contains(&rule.to_owned()), "{rule} excluded: {names:?}");
    }
}

#[test]
fn that_motors_and_loudspeakers_are_outside_is_called_an_inference() {
    let finding = on(&magnet(Material::Ndfeb, Build::Loudspeaker, ""), DAY);
    let basis = &finding.matched[0].rule.basis;
    assert_eq!((basis.kind.word(), basis.mark.word()), ("inference", "I"));
}

#[test]
fn what_no_rule_speaks_of_is_unknown() {
    let item = magnet(Material::Ndfeb, Build::Other, "Dy 1.1; Tb 0; Ho 0");
    let finding = on(&item, DAY);
    assert_eq!((finding.verdict, finding.open), (Verdict::Unknown, vec![Open::NoRule]));
    let nothing = on(&Specification::default(), DAY);
    assert_eq!(nothing.open, [Open::Form, Open::Build]);
}

#[test]
fn each_of_the_seven_elements_is_listed_in_each_form_and_others_are_not() {
    for family in [Family::Metal, Family::Alloy, Family::Target, Family::Oxide, Family::Compound] {
        let of = |measured: &str| Specification {
            family: Some(family),
            build: Some(Build::Bare),
            measured: measured.to_owned(),
            report: "No. 7".to_owned(),
            others_absent: Some(true),
            ..Specification::default()
        };
        for symbol in ["Sm", "Gd", "Tb", "Dy", "Lu", "Sc", "Y"] {
            let finding = on(&of(&format!("{symbol} 99")), DAY);
            assert_eq!(matched(&finding), [family.word()], "{symbol}");
            let lines = &finding.matched[0].lines;
            assert!(lines.iter().all(|(line, _)| line.elements == [symbol]), "{symbol}");
            assert_eq!(lines.len(), 1);
        }
        says(&of("Nd 99"), DAY, Verdict::NotListed, &["material-without"]);
        says(&of("Ga 99"), DAY, Verdict::Unknown, &["other-minerals"]);
        let unsaid = Specification { build: None, ..of("Nd 99") };
        assert_eq!(on(&unsaid, DAY).open, [Open::Build]);
        let unsure = Specification { others_absent: None, ..of("Nd 99") };
        assert_eq!(on(&unsure, DAY).verdict, Verdict::Unknown);
    }
}

#[test]
fn what_was_suspended_is_not_listed_on_its_last_day_and_unknown_on_the_next() {
    let metal = Specification {
        family: Some(Family::Metal),
        build: Some(Build::Bare),
        measured: "Ho 99".to_owned(),
        report: "No. 7".to_owned(),
        others_absent: Some(true),
        ..Specification::default()
    };
    let last = on(&metal, SUSPENDED);
    assert_eq!(last.verdict, Verdict::Unknown, "no rule says that holmium is not listed");
    assert_eq!(last.open, [Open::NoRule]);
    let reason = Reason::Status(Status::SuspendedUntil(SUSPENDED));
    assert!(ruled_out(&last).contains(&("october-elements".into(), reason)));
    let next = on(&metal, SUSPENDED.tomorrow().unwrap());
    assert_eq!(next.verdict, Verdict::Unknown);
    assert_eq!(matched(&next), ["october-elements"]);
    assert_eq!(next.open, [Open::Status("2025-57".into(), date(2026, 11, 11))]);
    let magnets = ndfeb("Dy 0; Tb 0; Ho 2");
    says(&magnets, SUSPENDED, Verdict::NotListed, &["magnet-ndfeb-without"]);
    says(&magnets, date(2026, 11, 11), Verdict::Unknown, &["magnet-holmium"]);
}

#[test]
fn a_phosphor_is_outside_while_the_later_announcement_sleeps() {
    let phosphor = |measured: &str| Specification {
        build: Some(Build::Phosphor),
        measured: measured.to_owned(),
        report: "No. 7".to_owned(),
        ..Specification::default()
    };
    says(&phosphor("Eu 2; Tm 0"), SUSPENDED, Verdict::Outside, &["answers-september"]);
    assert_eq!(on(&phosphor("Eu 2; Tm 0"), DAY).verdict, Verdict::Unknown);
    says(&phosphor("Eu 0; Tm 0"), DAY, Verdict::Outside, &["answers-september"]);
    let catalyst = Specification { build: Some(Build::Catalyst), ..phosphor("") };
    says(&catalyst, DAY, Verdict::Outside, &["answers-september"]);
}

#[test]
fn number_18_is_listed_before_and_after_every_suspension() {
    for day in [date(2025, 4, 4), SUSPENDED, date(2026, 11, 28), date(2027, 1, 1)] {
        assert_eq!(on(&ndfeb("Dy 1.1; Tb 0; Ho 0"), day).verdict, Verdict::InScope, "{day}");
    }
    assert_ne!(on(&ndfeb("Dy 1.1; Tb 0; Ho 0"), date(2025, 4, 3)).verdict, Verdict::InScope);
}

#[test]
fn the_register_runs_through_the_days_on_which_something_ends() {
    let unknown = |day: Date| unknown_since(&register(&PACK, day));
    assert_eq!(unknown(date(2026, 11, 10)), []);
    let october = ["55/2025", "56/2025", "57/2025", "58/2025", "61/2025", "62/2025"];
    let october = (date(2026, 11, 11), october.map(str::to_owned).to_vec());
    for day in [date(2026, 11, 11), date(2026, 11, 27)] {
        assert_eq!(unknown(day), std::slice::from_ref(&october), "{day}");
    }
    let america = (date(2026, 11, 28), vec!["46/2024 (2)".to_owned()]);
    for day in [date(2026, 11, 28), date(2026, 12, 31)] {
        assert_eq!(unknown(day), [october.clone(), america.clone()], "{day}");
    }
    let catalogue = (date(2027, 1, 1), vec!["2026-catalogue".to_owned()]);
    assert_eq!(unknown(date(2027, 1, 1)), [october, america, catalogue]);
}

#[test]
fn what_is_unknown_stands_first_in_the_register_and_nothing_is_left_out() {
    let all = register(&PACK, DAY);
    assert_eq!(all.len(), PACK.announcements.len());
    let known = all.iter().position(|(_, status)| !status.is_unknown()).unwrap();
    assert!(all[known..].iter().all(|(_, status)| !status.is_unknown()));
    assert!(all.iter().any(|(one, status)| one.id == "2025-18" && *status == Status::InForce));
}

#[test]
fn one_listed_item_decides_then_one_that_is_unknown() {
    use Verdict::{InScope, NotListed, Outside, Unknown};
    assert_eq!(scope::together(&[Outside, InScope, Unknown]), InScope);
    assert_eq!(scope::together(&[Outside, Unknown]), Unknown);
    assert_eq!(scope::together(&[NotListed, Outside]), Outside);
    assert_eq!(scope::together(&[]), Unknown);
    assert!(scope::is_free(Outside) && scope::is_free(NotListed));
    assert!(!scope::is_free(Unknown) && !scope::is_free(InScope));
}

#[test]
fn the_situation_is_offered_what_follows() {
    let offered = |specification: Specification| {
        scope::suggestions(&scope::scope(&dossier(vec![specification]), &PACK, DAY))
            .map(|(key, word)| format!("{}={word}", key.trim_start_matches("situation.")))
    };
    let none = ["in-scope=", "assembly=", "near-threshold=yes"];
    assert_eq!(offered(Specification::default()), none);
    let listed = offered(ndfeb("Dy 1.1; Tb 0; Ho 0"));
    assert_eq!(listed, ["in-scope=yes", "assembly=no", "near-threshold=no"]);
    let rotor = offered(magnet(Material::Ndfeb, Build::RotorStator, ""));
    assert_eq!(rotor, ["in-scope=no", "assembly=yes", "near-threshold=no"]);
}

fn dossier(all: Vec<Specification>) -> Dossier {
    let of = PackRef { id: PACK.id.clone(), version: PACK.version.clone(), overlays: Vec::new() };
    let mut dossier = Dossier::new(DossierId::new("scope").unwrap(), "Scope".into(), of);
    for (at, specification) in all.into_iter().enumerate() {
        let id = ItemId::new(&format!("i{at}")).unwrap();
        dossier.items.push(Item { id, specification });
    }
    dossier
}

#[test]
fn every_rule_can_hold_and_can_fail() {
    let mut holds = BTreeSet::new();
    let mut fails = BTreeSet::new();
    let families = Family::WORDS.len();
    for at in 0..families * Material::WORDS.len() * Build::WORDS.len() * 4 {
        let word = |words: &[&str], at: usize| words[at % words.len()].to_owned();
        let mut item = Specification::default();
        let mut put = |key: &str, word: &str| {
            use lanthan_core::record::Record;
            item.leaf_mut(key).unwrap().write(&Bilingual::same(word)).unwrap();
        };
        put("family", &word(Family::WORDS, at));
        put("material", &word(Material::WORDS, at / families));
        put("build", &word(Build::WORDS, at / families / Material::WORDS.len()));
        put("report", "No. 7");
        put("others-absent", "yes");
        let amounts = ["Dy 1; Ho 1; Sm 1; Eu 1", "Ga 1", "Fe 1", "Ho 1; Eu 1"];
        put(
            "measured",
            amounts
                [at * amounts.len() / (families * Material::WORDS.len() * Build::WORDS.len() * 4)],
        );
        let finding = on(&item, DAY);
        holds.extend(matched(&finding));
        fails.extend(ruled_out(&finding).into_iter().map(|(id, _)| id));
    }
    for rule in &PACK.scope.rules {
        assert!(holds.contains(&rule.id), "{} never holds", rule.id);
        assert!(fails.contains(&rule.id), "{} never fails by one thing", rule.id);
    }
}

#[test]
fn no_sentence_keeps_a_blank_open() {
    let items = [
        ndfeb("Dy 1; Tb 0"),
        ndfeb("Dy < 0.1; Tb 0; Ho 0"),
        ndfeb("Dy 0.01; Tb 0; Ho 0"),
        ndfeb(""),
        magnet(Material::Smco, Build::Motor, "Ho 1"),
        Specification::default(),
        Specification {
            family: Some(Family::Metal),
            build: Some(Build::Bare),
            ..ndfeb("Ho 9; Ga 0")
        },
    ];
    for (item, day) in items.iter().flat_map(|item| [SUSPENDED, DAY].map(|day| (item, day))) {
        let said = say(&PACK, &on(item, day));
        let rules = said.matched.iter().chain(&said.ruled_out);
        let sentences = rules.flat_map(|rule| [&rule.sentence, &rule.because]);
        for text in sentences.chain(&said.open).chain(&said.notes).chain([&said.verdict]) {
            assert!(!text.en.contains('{') && !text.zh.contains('{'), "{text:?}");
            assert_eq!(text.en.is_empty(), text.zh.is_empty(), "{text:?}");
        }
    }
}

#[test]
fn the_page_says_it_in_both_languages_and_never_prints_the_grade() {
    let mut item = ndfeb("Dy 1.1; Tb 0; Ho 0");
    item.grade = "N38SH".to_owned();
    let content = scope::paper(&dossier(vec![item]), &PACK, DAY, None).unwrap();
    let printed = serde_json::to_string(&content).unwrap();
    for part in ["1C905.a.4", "NdFeB", "钕铁硼", "Sample Laboratory", "Own files", "57/2025"] {
        assert!(printed.contains(part), "{part}");
    }
    assert!(!printed.contains("N38SH") && !printed.contains("{pack}"), "{printed}");
}

fn any_item() -> impl Strategy<Value = Specification> {
    let word =
        |words: &'static [&'static str]| proptest::option::of(proptest::sample::select(words));
    let measured = proptest::sample::select(vec![
        "",
        "Dy 1",
        "Dy 0",
        "Tb < 0.1",
        "Ho 1; Dy 0; Tb 0",
        "Sm 9",
        "Ga 1",
        "Dy 0; Tb 0; Ho 0",
    ]);
    let fields = (
        word(Family::WORDS),
        word(Material::WORDS),
        word(Build::WORDS),
        measured,
        any::<bool>(),
        any::<Option<bool>>(),
    );
    fields.prop_map(|(family, material, build, measured, has_report, others_absent)| {
        use lanthan_core::record::Record;
        let mut item = Specification::default();
        for (key, word) in [("family", family), ("material", material), ("build", build)] {
            let word = Bilingual::same(word.unwrap_or_default());
            item.leaf_mut(key).unwrap().write(&word).unwrap();
        }
        measured.clone_into(&mut item.measured);
        item.report = if has_report { "No. 7".to_owned() } else { String::new() };
        item.others_absent = others_absent;
        item
    })
}

proptest! {
    /// Never a bare yes or no, and never an unknown without a question or a rule that says why.
    #[test]
    fn every_answer_carries_its_reasons(item in any_item()) {
        let finding = on(&item, DAY);
        if finding.verdict == Verdict::Unknown {
            prop_assert!(!finding.open.is_empty() || !finding.matched.is_empty(), "{finding:?}");
        } else {
            prop_assert!(!finding.matched.is_empty(), "{finding:?}");
        }
    }

    /// A grade is never looked at.
    #[test]
    fn no_grade_changes_an_answer(item in any_item(), grade in "[A-Z0-9]{1,6}") {
        let with = Specification { grade, ..item.clone() };
        prop_assert_eq!(on(&item, DAY).verdict, on(&with, DAY).verdict);
    }

    /// Without a report nothing is ever called free of an element.
    #[test]
    fn without_a_report_no_element_is_ruled_out(item in any_item()) {
        let item = Specification { report: String::new(), ..item };
        let finding = on(&item, DAY);
        let free = ["magnet-ndfeb-without", "material-without"];
        prop_assert!(matched(&finding).iter().all(|rule| !free.contains(&rule.as_str())));
    }
}
