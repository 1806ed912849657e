//! What did an earlier state of a PDF show that its last one does not?
//!
//! A program that changes a PDF may only append: what was there before is still in the file, up to the end
//! of each earlier state (ISO 32000-1, 7.5.6). Such a beginning is a PDF of its own and is read like any
//! other. Deliberately absent: pictures that went; the state can be looked at.

use std::collections::BTreeMap;

use super::tail;
use crate::{Limits, Refusal};

/// Greatest number of earlier states that are read; of more, the last.
const MAX_STATES: usize = 8;

/// Longest text of a page that is told, in characters; the rest is cut off.
const MAX_GONE_CHARS: usize = 600;

/// An earlier state of a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number among all states of the file, from 1, the oldest first.
    pub number: u32,
    /// The number of its pages; 0 when it cannot be read.
    pub pages: u32,
    /// The words that the last state does not show, by page, in bounded length.
    pub gone: Vec<(u32, String)>,
}

/// The earlier states, the oldest first.
///
/// # Errors
///
/// [`Refusal`] when the file as it is now is not taken.
pub(crate) fn revisions(untrusted: &[u8], limits: &Limits) -> Result<Vec<Revision>, Refusal> {
    let ends = tail::earlier_ends(untrusted);
    if ends.is_empty() {
        return Ok(Vec::new());
    }
    let now = words(untrusted, limits)?;
    let read = |(number, end): (u32, &usize)| match words(&untrusted[..*end], limits) {
        Ok(then) => {
            Revision { number, pages: super::page_number(then.len()), gone: gone(&then, &now) }
        }
        Err(_) => Revision { number, pages: 0, gone: Vec::new() },
    };
    let all: Vec<(u32, &usize)> = (1_u32..).zip(&ends).collect();
    Ok(all.into_iter().skip(ends.len().saturating_sub(MAX_STATES)).map(read).collect())
}

/// The bytes of an earlier state, by its number.
pub(crate) fn state(untrusted: &[u8], number: u32) -> Option<&[u8]> {
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    untrusted.get(..*tail::earlier_ends(untrusted).get(at)?)
}

fn words(untrusted: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, Refusal> {
    let pages = super::words(untrusted, limits)?;
    Ok(pages.into_iter().map(|page| page.into_iter().map(|word| word.text).collect()).collect())
}

/// The words of each page that stand nowhere now, counted: a word that stood twice and stands once is
/// gone once. The same page is asked first, then the others, where pages may have moved to.
fn gone(then: &[Vec<String>], now: &[Vec<String>]) -> Vec<(u32, String)> {
    let count = |page: &[String]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for word in page {
            *counts.entry(word.clone()).or_default() += 1;
        }
        counts
    };
    let mut left: Vec<BTreeMap<String, usize>> = now.iter().map(|page| count(page)).collect();
    let missing = |page: &[String], here: &mut BTreeMap<String, usize>| -> Vec<String> {
        page.iter().filter(|word| !take(here, word)).cloned().collect()
    };
    let own: Vec<Vec<String>> = then
        .iter()
        .enumerate()
        .map(|(at, page)| left.get_mut(at).map_or_else(|| page.clone(), |here| missing(page, here)))
        .collect();
    let mut rest = BTreeMap::new();
    for (word, number) in left.into_iter().flatten() {
        *rest.entry(word).or_default() += number;
    }
    let told = |(page, words): (u32, Vec<String>)| {
        let words = missing(&words, &mut rest).join(" ");
        let cut = words.char_indices().nth(MAX_GONE_CHARS).map(|(cut, _)| cut);
        let words = cut.map_or_else(|| words.clone(), |cut| format!("{}…", &words[..cut]));
        (!words.is_empty()).then_some((page, words))
    };
    (1_u32..).zip(own).filter_map(told).collect()
}

/// Takes a word once; false when none is left.
fn take(counts: &mut BTreeMap<String, usize>, word: &str) -> bool {
    match counts.get_mut(word) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(texts: &[&str]) -> Vec<Vec<String>> {
        texts.iter().map(|text| text.split(' ').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_word_is_gone_as_often_as_it_is_and_a_page_that_moved_is_not() {
        let then = pages(&["Price 12 12", "Terms"]);
        assert_eq!(gone(&then, &pages(&["Price 12", "Terms"])), [(1, "12".to_owned())]);
        assert_eq!(gone(&then, &pages(&["Cover", "Price 12 12", "Terms"])), []);
        assert_eq!(gone(&then, &pages(&["Terms"])), [(1, "Price 12 12".to_owned())]);
        let long = pages(&[&"word ".repeat(500)]);
        assert_eq!(gone(&long, &[])[0].1.chars().count(), MAX_GONE_CHARS + 1);
    }
}
