//! Which terms of the glossary does somebody mean?
//!
//! Found by English, Chinese, or Latin letters of the Chinese with or without tones and spaces.
//! Deliberately absent: guessing at misspellings; a short list is looked through faster.

use crate::{
    pack::{Glossary, Term},
    words,
};

/// The terms that match, the best first; every term when nothing is asked.
#[must_use]
pub fn find<'a>(glossary: &'a Glossary, asked: &str) -> Vec<&'a Term> {
    let asked = fold(asked);
    let mut found: Vec<(u8, &Term)> =
        glossary.terms.iter().filter_map(|term| Some((rank(term, &asked)?, term))).collect();
    // Equal ranks stay in the pack's order, in which terms that belong together are neighbours.
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, term)| term).collect()
}

/// 0 for the term itself, 1 for its beginning, 2 for the beginning of a word in it, 3 for elsewhere.
fn rank(term: &Term, asked: &str) -> Option<u8> {
    if asked.is_empty() {
        return Some(0);
    }
    let of = |text: &str| {
        let text_folded = fold(text);
        let spaceless = asked.replace(' ', "");
        if text_folded == asked || text_folded.replace(' ', "") == spaceless {
            Some(0)
        } else if text_folded.starts_with(asked)
            || text_folded.replace(' ', "").starts_with(&spaceless)
        {
            Some(1)
        } else if text_folded.split(' ').any(|word| word.starts_with(asked)) {
            Some(2)
        } else if text_folded.contains(asked) {
            Some(3)
        } else {
            None
        }
    };
    [&term.en, &term.zh, &term.pinyin].into_iter().filter_map(|text| of(text)).min()
}

/// Lower case, no accents or tones, one space between words.
fn fold(text: &str) -> String {
    let plain: String = text
        .chars()
        .flat_map(words::plain)
        .map(words::unaccented)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::TermSource;

    fn glossary() -> Glossary {
        let term = |en: &str, zh: &str, pinyin: &str| Term {
            en: en.to_owned(),
            zh: zh.to_owned(),
            pinyin: pinyin.to_owned(),
            source: TermSource::LegalText,
        };
        Glossary {
            terms: vec![
                term("end-user statement", "最终用户说明", "zuìzhōng yònghù shuōmíng"),
                term("end user", "最终用户", "zuìzhōng yònghù"),
                term("final destination country", "最终目的国", "zuìzhōng mùdì guó"),
            ],
        }
    }

    #[test]
    fn a_term_is_found_by_english_chinese_and_pinyin() {
        let glossary = glossary();
        let first = |asked: &str| find(&glossary, asked).first().map(|term| term.en.as_str());
        assert_eq!(first("End User"), Some("end user"));
        assert_eq!(first("最终用户"), Some("end user"));
        assert_eq!(first("zuizhong yonghu"), Some("end user"));
        assert_eq!(first("zuìzhōngyònghù"), Some("end user"));
        assert_eq!(first("country"), Some("final destination country"));
        assert_eq!(first("magnet"), None);
        assert_eq!(find(&glossary, " ").len(), 3);
    }
}
