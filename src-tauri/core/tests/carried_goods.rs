//! Are the tables of the carried pack found by whatever a user types, and do they say what their sources
//! say?
//!
//! Deliberately absent: refusals of a table that is not whole; they are tested where it is read.

use std::sync::LazyLock;

use lanthan_core::{
    lookup::{By, look_up},
    pack::{Mark, Pack},
};
use proptest::prelude::*;

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    macro_rules! file {
        ($name:literal) => {
            ($name, include_str!(concat!("../../../assets/packs/cn-dual-use-rare-earth/", $name)))
        };
    }
    Pack::read_files(&[file!("pack.toml"), file!("en.toml"), file!("zh.toml"), file!("goods.toml")])
        .unwrap_or_else(|error| panic!("{error}"))
});

/// The codes that a search finds, and by what the first was found.
fn found(search: &str) -> (Vec<String>, Option<By>) {
    let hits = look_up(&PACK.goods, search);
    (hits.iter().map(|hit| hit.goods.code.clone()).collect(), hits.first().map(|hit| hit.by))
}

#[track_caller]
fn first(search: &str, code: &str, by: By) {
    let (codes, how) = found(search);
    assert_eq!((codes.first().map(String::as_str), how), (Some(code), Some(by)), "{search}");
}

#[test]
fn the_seven_elements_of_number_18_have_their_lines_and_three_of_them_magnets() {
    let lines = PACK.goods.listed.iter().filter(|one| one.announcement == "2025-18");
    let lines: Vec<_> = lines.collect();
    assert_eq!(lines.len(), 7 * 5 + 3);
    for (symbol, group) in
        [("Sm", 902), ("Gd", 903), ("Tb", 904), ("Dy", 905), ("Lu", 906), ("Sc", 907), ("Y", 908)]
    {
        let head = format!("1C{group}");
        let own: Vec<_> = lines.iter().filter(|one| one.code.starts_with(&head)).collect();
        assert!(own.iter().all(|one| one.elements == [symbol]), "{head}");
        let magnets = own.iter().any(|one| one.code == format!("{head}.a.4"));
        assert_eq!(magnets, ["Sm", "Tb", "Dy"].contains(&symbol), "{head}");
    }
}

#[test]
fn a_magnet_line_carries_no_customs_number_but_that_of_practice() {
    for one in PACK.goods.listed.iter().filter(|one| one.code.ends_with(".a.4")) {
        assert!(one.hs.is_empty(), "{}", one.code);
        assert_eq!(one.hs_practice, ["8505111000"], "{}", one.code);
    }
    let (codes, by) = found("8505.11.1000");
    assert_eq!((codes.len(), by), (3, Some(By::HsPractice)));
}

#[test]
fn a_line_is_found_by_its_code_with_or_without_dots() {
    first("1C905.a.4", "1C905.a.4", By::Code);
    first("1c905a4", "1C905.a.4", By::Code);
    first("１Ｃ９０５．ａ．４", "1C905.a.4", By::Code);
    assert_eq!(found("1C905").0.len(), 6);
}

#[test]
fn a_line_is_found_by_a_customs_number_also_in_groups() {
    first("2805301200", "1C905.a.1", By::Hs);
    first("2805 3012 00", "1C905.a.1", By::Hs);
    assert!(found("2805.30").0.len() >= 7);
    assert!(found("280").0.is_empty(), "three digits mean too much");
}

#[test]
fn a_line_is_found_by_symbol_english_or_chinese() {
    for search in ["Dy", "dy", "dysprosium", "DYSPRO", "镝"] {
        first(search, "1C905.a.1", By::Element);
        assert_eq!(found(search).0.len(), 6, "{search}");
    }
    assert!(found("含镝的钕铁硼").0.contains(&"1C905.a.4".to_owned()));
    assert!(found("永磁").0.len() >= 3);
    assert!(found("TbDyFe").0.contains(&"1C905.a.2".to_owned()));
    assert_eq!(found("Y").0.len(), 5);
}

#[test]
fn every_word_of_a_search_counts() {
    assert_eq!(found("dysprosium magnet").0, ["1C905.a.4"]);
    assert!(found("dysprosium toothbrush").0.is_empty());
    assert!(found("2025-57").0.contains(&"1C909".to_owned()));
    assert_eq!(found("18/2025").0.len(), 38);
}

#[test]
fn what_rests_on_one_source_says_so() {
    let mark = |code: &str| PACK.goods.under(code).next().unwrap().mark;
    assert_eq!(mark("1C905.c"), Mark::One);
    assert_eq!(mark("1C905.a.4"), Mark::Several);
}

proptest! {
    #[test]
    fn no_search_whatever_makes_it_stumble(search in ".{0,200}") {
            let _ = look_up(&PACK.goods, &search);
    }
}
