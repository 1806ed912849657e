//! Does a firm's name look like one on an official list?
//!
//! Case, accents, width and legal forms do not count; a listed name may stand inside a longer one or be
//! misspelt. A likeness is a question to the user. Deliberately absent: a verdict of any kind, since
//! the pack's lists are partial and names are shared.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    dossier::{Dossier, Party},
    id::PartyId,
    pack::{Pack, PartyList, PartyLists},
    words,
};

/// How alike two names must be to be shown; 1 is the same name.
const ALIKE: f64 = 0.84;

/// Words of at most this many letters must be the same, since most short words are alike.
const SHORT: usize = 3;

/// A name that looks like a listed one.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness<'a> {
    /// The list.
    pub list: &'a PartyList,
    /// The name on it.
    pub listed: &'a str,
    /// The name that was compared.
    pub written: String,
    /// How alike, in hundredths from 84 to 100.
    pub percent: u8,
}

/// A party of a dossier, screened.
#[derive(Debug, Clone, PartialEq)]
pub struct Screened<'a> {
    /// The party.
    pub party: PartyId,
    /// Its name in the house.
    pub name: String,
    /// The names that look like listed ones, the most alike first.
    pub likenesses: Vec<Likeness<'a>>,
    /// The day of its own screening, when one is noted.
    pub screened: Option<Date>,
    /// Whether a listed firm owns half of it or more, as the user said.
    pub listed_owner: Option<bool>,
}

/// Compares every party of a dossier, and those who own it, with the pack's lists.
#[must_use]
pub fn screen<'a>(dossier: &Dossier, pack: &'a Pack) -> Vec<Screened<'a>> {
    dossier.parties.iter().map(|party| screen_party(party, &pack.lists)).collect()
}

fn screen_party<'a>(party: &Party, lists: &'a PartyLists) -> Screened<'a> {
    let profile = &party.profile;
    let owners = profile.owners.split(['\n', ';', '；']);
    let names = [profile.name.as_str(), &profile.name_local, &profile.name_zh];
    let mut likenesses: Vec<Likeness<'a>> = Vec::new();
    for name in names.into_iter().chain(owners) {
        for likeness in compare(lists, name) {
            let known = |other: &Likeness<'_>| {
                other.listed == likeness.listed && other.list.id == likeness.list.id
            };
            if !likenesses.iter().any(known) {
                likenesses.push(likeness);
            }
        }
    }
    likenesses.sort_by_key(|likeness| std::cmp::Reverse(likeness.percent));
    Screened {
        party: party.id.clone(),
        name: profile.name.clone(),
        likenesses,
        screened: profile.screened,
        listed_owner: profile.listed_owner,
    }
}

/// The listed names that a name looks like, the most alike first.
#[must_use]
pub fn compare<'a>(lists: &'a PartyLists, name: &str) -> Vec<Likeness<'a>> {
    let written = bare(name, &lists.legal_forms);
    let mut found = Vec::new();
    for list in &lists.lists {
        for listed in &list.names {
            let likeness = likeness(&written, &bare(listed, &lists.legal_forms));
            if likeness >= ALIKE {
                let percent = percent(likeness);
                let written = name.trim().to_owned();
                found.push(Likeness { list, listed, written, percent });
            }
        }
    }
    found.sort_by_key(|likeness| std::cmp::Reverse(likeness.percent));
    found
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn percent(likeness: f64) -> u8 {
    (likeness.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// The words of a name without accents and legal forms; Chinese stays one word.
fn bare(name: &str, forms: &[String]) -> Vec<String> {
    let undotted: String = name
        .chars()
        .flat_map(words::plain)
        .map(words::unaccented)
        .collect::<String>()
        .replace('.', "");
    let mut left = undotted;
    let chinese = |form: &&String| form.chars().any(words::is_han);
    for form in forms.iter().filter(chinese) {
        left = left.replace(form.as_str(), " ");
    }
    let mut words: Vec<String> = Vec::new();
    for word in left.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !forms.iter().any(|form| form == word) {
            words.push(word.to_owned());
        }
    }
    words
}

fn likeness(written: &[String], listed: &[String]) -> f64 {
    if written.is_empty() || listed.is_empty() {
        return 0.0;
    }
    let run_together = strsim::normalized_damerau_levenshtein(&written.concat(), &listed.concat());
    // Each word of the listed name has its own partner in the written one, which may have more words.
    let mut taken = BTreeSet::new();
    let mut least = 1.0_f64;
    for word in listed {
        let best = (0..written.len())
            .filter(|at| !taken.contains(at))
            .map(|at| (word_likeness(word, &written[at]), at))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((best, at)) = best else { return long_enough(listed, run_together) };
        taken.insert(at);
        least = least.min(best);
    }
    least.max(long_enough(listed, run_together))
}

/// Short names run together are alike by chance.
fn long_enough(listed: &[String], likeness: f64) -> f64 {
    let exact = likeness >= 1.0;
    if exact || listed.concat().chars().count() > 2 * SHORT { likeness } else { 0.0 }
}

fn word_likeness(a: &str, b: &str) -> f64 {
    if a.chars().any(words::is_han) && (b.contains(a) || a.contains(b)) {
        return 1.0;
    }
    if a.chars().count() <= SHORT || b.chars().count() <= SHORT {
        return if a == b { 1.0 } else { 0.0 };
    }
    strsim::normalized_damerau_levenshtein(a, b)
}
