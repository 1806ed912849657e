//! Is the glossary whole, and is every term found by either language?

use std::collections::BTreeSet;

use lanthan_core::{glossary::find, pack::TermSource};

use crate::support::pack;

#[test]
fn there_are_over_120_pairs_and_none_stands_twice() {
    let pack = pack();
    let terms = &pack.glossary.terms;
    assert!(terms.len() > 120, "{}", terms.len());
    let pairs: BTreeSet<(&str, &str)> =
        terms.iter().map(|term| (term.en.as_str(), term.zh.as_str())).collect();
    assert_eq!(pairs.len(), terms.len());
    let legal = terms.iter().filter(|term| term.source == TermSource::LegalText).count();
    assert!(legal > 60 && legal < terms.len(), "{legal}");
}

#[test]
fn english_is_english_and_chinese_is_chinese() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for term in pack().glossary.terms {
        assert!(!term.en.chars().any(han), "{}", term.en);
        assert!(term.zh.chars().any(han), "{}", term.en);
        assert!(!term.pinyin.chars().any(han) && !term.pinyin.is_empty(), "{}", term.en);
    }
}

#[test]
fn every_term_is_found_by_each_of_its_forms() {
    let pack = pack();
    for term in &pack.glossary.terms {
        for asked in [&term.en, &term.zh, &term.pinyin] {
            let found = find(&pack.glossary, asked);
            assert!(found.iter().take(5).any(|found| *found == term), "{asked}");
        }
    }
}
