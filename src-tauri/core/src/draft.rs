//! What in a supplier's draft of the certificate should make its signer stop?
//!
//! Phrases of the pack are looked for sentence by sentence; three faults also follow from comparing the
//! draft with itself and with the dossier. Deliberately absent: legal advice, and any change of the draft.

use crate::{
    dossier::Dossier,
    leak::Guard,
    pack::{FaultRule, Pack, Search},
    words,
};

/// A fault and the words in which it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault<'a> {
    /// The fault.
    pub rule: &'a FaultRule,
    /// The sentences or words that hold it; empty when something is missing instead.
    pub quotes: Vec<String>,
}

/// The parts of a phrase, which follow one another within one sentence.
pub(crate) fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(" .. ").map(str::trim)
}

/// The faults of the draft that the dossier holds, in the pack's order.
#[must_use]
pub fn faults<'a>(dossier: &Dossier, pack: &'a Pack) -> Vec<Fault<'a>> {
    let text = &dossier.certificate.text;
    let rules = &pack.certificate.faults;
    if text.is_empty() {
        return Vec::new();
    }
    let fault = |rule: &'a FaultRule| {
        let by_words = || [by_words(&text.en, &rule.en), by_words(&text.zh, &rule.zh)].concat();
        let found = match rule.search {
            Search::Words => Some(by_words()).filter(|quotes| !quotes.is_empty()),
            Search::ChineseSaysMore => {
                Some(chinese_alone(dossier, rules)).filter(|quotes| !quotes.is_empty())
            }
            Search::NotThisOrder => {
                let quotes = by_words();
                (!quotes.is_empty() || is_nameless(dossier)).then_some(quotes)
            }
            Search::Customers => {
                let quotes = [by_words(), protected(dossier)].concat();
                Some(quotes).filter(|quotes| !quotes.is_empty())
            }
        };
        found.map(|quotes| Fault { rule, quotes })
    };
    rules.iter().filter_map(fault).collect()
}

/// The sentences that hold one of the phrases.
fn by_words(text: &str, phrases: &[String]) -> Vec<String> {
    let holds = |sentence: &&str| phrases.iter().any(|phrase| says(sentence, phrase));
    sentences(text).filter(holds).map(str::to_owned).collect()
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    // A point ends a sentence only before a space, so that `S.r.l.` and `No. 18` are cut at most after.
    text.split(['\n', ';', '；', '。', '！', '？'])
        .flat_map(|line| line.split(". "))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

fn says(sentence: &str, phrase: &str) -> bool {
    let text: String = sentence.chars().flat_map(words::plain).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = text.as_str();
    parts(phrase).all(|part| match find(rest, part) {
        Some(end) => {
            rest = &rest[end..];
            true
        }
        None => false,
    })
}

/// Where a part ends in a text in which it begins a word.
fn find(text: &str, part: &str) -> Option<usize> {
    let begins = |at: usize| {
        let before = text[..at].chars().next_back();
        part.starts_with(words::is_han) || !before.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(part).find(|(at, _)| begins(*at)).map(|(at, found)| at + found.len())
}

/// What the Chinese side says and the English does not: faults by words, long numbers, designations.
fn chinese_alone(dossier: &Dossier, rules: &[FaultRule]) -> Vec<String> {
    let text = &dossier.certificate.text;
    if !text.is_complete() {
        return Vec::new();
    }
    let mut alone = Vec::new();
    for rule in rules.iter().filter(|rule| rule.search != Search::ChineseSaysMore) {
        if by_words(&text.en, &rule.en).is_empty() {
            alone.extend(by_words(&text.zh, &rule.zh));
        }
    }
    let long = |number: &String| number.len() > 2;
    let known = words::numbers(&text.en);
    let strange = |found: &String| !known.contains(found);
    alone.extend(words::numbers(&text.zh).into_iter().filter(long).filter(strange));
    let known = words::designations(&text.en);
    alone.extend(words::designations(&text.zh).into_iter().filter(|d| !known.contains(d)));
    alone.sort();
    alone.dedup();
    alone
}

/// True when a side of the draft does not name the order.
fn is_nameless(dossier: &Dossier) -> bool {
    let number = &dossier.order.number;
    let text = &dossier.certificate.text;
    let lacks = |side: &str| !side.trim().is_empty() && !words::says(side, number);
    !number.is_empty() && (lacks(&text.en) || lacks(&text.zh))
}

/// The protected names and terms that the draft holds.
fn protected(dossier: &Dossier) -> Vec<String> {
    let guard = Guard::of(dossier);
    let text = &dossier.certificate.text;
    let found = [&text.en, &text.zh].map(|side| guard.search(side, "draft")).concat();
    let mut terms: Vec<String> = found.into_iter().map(|leak| leak.term).collect();
    terms.sort();
    terms.dedup();
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_stands_in_one_sentence_and_begins_a_word() {
        assert!(says("We will  not sell to the United States", "not .. sell .. united states"));
        assert!(!says("We will not be late", "not .. sell"));
        assert!(!says("The products are resold", "sold"));
        assert!(says("不向美国转让", "不 .. 美国"));
        let text = "We will not change it. Goods sold in the United States are another matter.";
        assert!(by_words(text, &["not .. united states".to_owned()]).is_empty());
    }
}
