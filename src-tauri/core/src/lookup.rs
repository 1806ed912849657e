//! Which listed goods does somebody mean who types an element, a code, a customs number or a name?
//!
//! Dots, case and full-width letters do not matter. Every word must be found, in whatever field of a
//! line. Deliberately absent: a verdict; that a line was found does not say that the goods at hand are
//! what it names.

use crate::pack::{Goods, ListedGoods};

/// The longest search in characters that is looked at; what follows is ignored.
pub const MAX_SEARCH_CHARS: usize = 100;

/// The fewest digits by which a customs number is found.
const MIN_HS_DIGITS: usize = 4;

/// By what a line was found; the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Its control code.
    Code,
    /// A customs number that the list gives for reference.
    Hs,
    /// A customs number that only practice uses.
    HsPractice,
    /// An element that it names.
    Element,
    /// Its name in English or Chinese.
    Name,
    /// The number of its announcement.
    Announcement,
}

impl By {
    /// Its word in texts and in `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Hs => "hs",
            Self::HsPractice => "hs-practice",
            Self::Element => "element",
            Self::Name => "name",
            Self::Announcement => "announcement",
        }
    }
}

/// A line that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The line.
    pub goods: &'a ListedGoods,
    /// By what; the nearest of all words of the search.
    pub by: By,
}

/// Finds the lines that a search means, the nearest first; a blank search finds every line.
#[must_use]
pub fn look_up<'a>(goods: &'a Goods, untrusted_search: &str) -> Vec<Hit<'a>> {
    let search: String = fold(untrusted_search).chars().take(MAX_SEARCH_CHARS).collect();
    let words: Vec<&str> = search.split_whitespace().collect();
    // `2805 3012 00` is one number that somebody has typed in groups.
    let joined = search.split_whitespace().collect::<String>();
    let whole = if words.len() > 1 { find(goods, &[joined.as_str()]) } else { Vec::new() };
    let mut hits = if whole.is_empty() { find(goods, &words) } else { whole };
    hits.sort_by_key(|hit| hit.by);
    hits
}

fn find<'a>(goods: &'a Goods, words: &[&str]) -> Vec<Hit<'a>> {
    let hit = |one: &'a ListedGoods| {
        let by: Option<Vec<By>> = words.iter().map(|word| found_by(goods, one, word)).collect();
        by.map(|by| Hit { goods: one, by: by.into_iter().min().unwrap_or(By::Code) })
    };
    goods.listed.iter().filter_map(hit).collect()
}

/// By what one word finds a line.
fn found_by(goods: &Goods, one: &ListedGoods, word: &str) -> Option<By> {
    let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.is_empty() {
        return None;
    }
    let digits = plain.bytes().all(|byte| byte.is_ascii_digit());
    let number = |all: &[String]| all.iter().any(|hs| hs.starts_with(&plain));
    let code = fold(&one.code).replace('.', "");
    if plain.is_ascii() && plain.len() > 1 && code.starts_with(&plain) {
        return Some(By::Code);
    }
    if digits && plain.len() >= MIN_HS_DIGITS {
        if number(&one.hs) {
            return Some(By::Hs);
        }
        if number(&one.hs_practice) {
            return Some(By::HsPractice);
        }
    }
    if one.elements.iter().any(|symbol| names_element(goods, symbol, &plain)) {
        return Some(By::Element);
    }
    if names(&fold(&one.name.en), &fold(&one.name.zh), &plain) {
        return Some(By::Name);
    }
    is_announcement(&one.announcement, word).then_some(By::Announcement)
}

fn names_element(goods: &Goods, symbol: &str, word: &str) -> bool {
    let begins = |element: &crate::pack::Element| {
        word.len() > 2 && fold(&element.name.en).starts_with(word) || element.name.zh == word
    };
    fold(symbol) == word || goods.element(symbol).is_some_and(begins)
}

/// English words from their beginning, Chinese anywhere.
fn names(en: &str, zh: &str, word: &str) -> bool {
    if word.is_ascii() {
        let mut words = en.split(|c: char| !c.is_alphanumeric());
        word.len() > 1 && words.any(|found| found.starts_with(word))
    } else {
        zh.contains(word)
    }
}

/// `18/2025`, `2025-18` and `no.18/2025` name the announcement `2025-18`.
fn is_announcement(id: &str, word: &str) -> bool {
    let word = word.strip_prefix("no.").unwrap_or(word);
    let turned = id.split_once('-').map(|(year, number)| format!("{number}/{year}"));
    word == id || turned.is_some_and(|turned| turned == word)
}

/// Lower case, full-width forms narrowed.
fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}
