//! Are names compared fairly, and does nothing look like a clearance?

use lanthan_core::{
    pack::ListKind,
    screening::{compare, screen},
};

use crate::support::{agreeing, pack};

fn hits(name: &str) -> Vec<String> {
    let pack = pack();
    compare(&pack.lists, name).into_iter().map(|likeness| likeness.listed.to_owned()).collect()
}

#[test]
fn a_listed_name_is_found_in_every_usual_spelling() {
    for (name, listed) in [
        ("LAFERT S.P.A.", "Lafert S.p.A."),
        ("Lafert SpA", "Lafert S.p.A."),
        ("Ｌａｆｅｒｔ", "Lafert S.p.A."),
        ("Laffert S.p.A.", "Lafert S.p.A."),
        ("Rheinmetall AG", "Rheinmetall"),
        ("Rheinmetal Electronics GmbH", "Rheinmetall"),
        ("Politechnika Wroclawska", "Politechnika Wrocławska"),
        ("POLITECHNIKA WROCŁAWSKA", "Politechnika Wrocławska"),
        ("Hensoldt Sensors GmbH", "HENSOLDT"),
        ("Subaru Corporation", "Subaru"),
        ("TDK Europe GmbH", "TDK"),
        ("TDK株式会社", "TDK"),
        ("III V Lab", "III-V LAB"),
        ("MP-Materials Corp.", "MP Materials"),
        ("Materials, Sindlhauser", "Sindlhauser Materials"),
    ] {
        assert_eq!(hits(name), [listed], "{name}");
    }
}

#[test]
fn another_firm_of_a_like_name_is_not_shown() {
    for name in [
        "",
        "GmbH",
        "有限公司",
        "Sample Audio S.r.l.",
        "Ningbo Example Magnetics Co., Ltd.",
        "Sumitomo Electric",
        "Mitsubishi Electric",
        "Advanced Materials GmbH",
        "TDS GmbH",
        "Lab for Materials",
        "样品音响有限责任公司",
    ] {
        assert_eq!(hits(name), [] as [&str; 0], "{name}");
    }
}

#[test]
fn a_hit_carries_its_list_day_and_how_alike_it_is() {
    let pack = pack();
    let found = compare(&pack.lists, "Laffert");
    assert_eq!(found[0].list.id, "2026-30");
    assert_eq!(found[0].list.kind, ListKind::Control);
    assert_eq!(found[0].list.day.unwrap().to_string(), "2026-07-24");
    assert!((84..100).contains(&found[0].percent), "{}", found[0].percent);
    assert_eq!(compare(&pack.lists, "Lafert")[0].percent, 100);
}

#[test]
fn every_name_of_a_party_and_its_owners_is_compared() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    assert!(screen(&dossier, &pack).iter().all(|screened| screened.likenesses.is_empty()));
    dossier.parties[0].profile.name_zh = "TDK（中国）有限公司".into();
    dossier.parties[1].profile.owners = "Some Holding AG\nRheinmetall AG".into();
    let screened = screen(&dossier, &pack);
    assert_eq!(screened[0].likenesses[0].listed, "TDK");
    assert_eq!(screened[1].likenesses[0].listed, "Rheinmetall");
    assert_eq!(screened[1].likenesses[0].written, "Rheinmetall AG");
}

#[test]
fn the_lists_say_that_they_are_partial_and_dated() {
    let pack = pack();
    let lists = &pack.lists;
    assert!(lists.as_of.unwrap() <= pack.verified_on);
    let (known, listed) = lists.known_of_listed();
    assert!(known < listed, "{known} of {listed}");
    assert_eq!(known, 28);
    for list in &lists.lists {
        let count = u32::try_from(list.names.len()).unwrap();
        assert!(list.listed.is_none_or(|listed| count <= listed), "{}", list.id);
        assert!(list.day.is_none_or(|day| day <= lists.as_of.unwrap()), "{}", list.id);
    }
    let sentence = pack.text("list.no-clearance").unwrap();
    assert_eq!(sentence.en, "No match is not clearance.");
    assert!(sentence.zh.contains("不等于"));
}
