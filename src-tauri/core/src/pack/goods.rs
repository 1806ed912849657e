//! Which goods are listed under which control code, by which announcement?
//!
//! The tables of `goods.toml`. Each line carries both its languages, the announcement that lists it, its
//! sources and the mark of how well it is established. Deliberately absent: whether goods at hand are
//! what a line names, and the search (see [`crate::lookup`]).

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::{Fault, Mark, Pack, PackError, files::shape};
use crate::text::Bilingual;

/// The file that holds them.
const FILE: &str = "goods.toml";

/// The tables of a pack.
#[derive(Debug, Clone, Default)]
pub struct Goods {
    /// The chemical elements that the lines name.
    pub elements: Vec<Element>,
    /// The lines, in the order of their codes.
    pub listed: Vec<ListedGoods>,
}

/// A chemical element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its symbol, such as `Dy`.
    pub symbol: String,
    /// Its name.
    pub name: Bilingual,
    /// Its line in the file.
    line: usize,
}

/// Goods that a list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedGoods {
    /// The control code, such as `1C905.a.4`.
    pub code: String,
    /// The elements that they are listed for, as symbols; empty where none is.
    pub elements: Vec<String>,
    /// What they are called.
    pub name: Bilingual,
    /// Customs numbers that the list gives for reference, ten digits each.
    pub hs: Vec<String>,
    /// Customs numbers that practice uses where the list gives none, ten digits each.
    pub hs_practice: Vec<String>,
    /// The announcement that lists them.
    pub announcement: String,
    /// Where that was read, as source ids.
    pub sources: Vec<String>,
    /// How well it is established.
    pub mark: Mark,
    /// Its line in the file.
    line: usize,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    element: Vec<Spanned<WrittenElement>>,
    goods: Vec<Spanned<WrittenGoods>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenElement {
    symbol: String,
    en: String,
    zh: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenGoods {
    code: String,
    #[serde(default)]
    elements: Vec<String>,
    en: String,
    zh: String,
    #[serde(default)]
    hs: Vec<String>,
    #[serde(default)]
    hs_practice: Vec<String>,
    announcement: String,
    sources: Vec<String>,
    mark: Mark,
}

impl Goods {
    /// Reads the tables; an empty text gives none.
    ///
    /// # Errors
    ///
    /// [`PackError::Shape`] when the file is not of its shape.
    pub(super) fn read(untrusted: &str) -> Result<Self, PackError> {
        let written: Written = toml::from_str(untrusted).map_err(shape(FILE))?;
        let element = |one: Spanned<WrittenElement>| {
            let line = line_at(untrusted, one.span().start);
            let WrittenElement { symbol, en, zh } = one.into_inner();
            Element { symbol, name: Bilingual { en, zh }, line }
        };
        let listed = |one: Spanned<WrittenGoods>| {
            let line = line_at(untrusted, one.span().start);
            let WrittenGoods {
                code,
                elements,
                en,
                zh,
                hs,
                hs_practice,
                announcement,
                sources,
                mark,
            } = one.into_inner();
            let name = Bilingual { en, zh };
            ListedGoods { code, elements, name, hs, hs_practice, announcement, sources, mark, line }
        };
        Ok(Self {
            elements: written.element.into_iter().map(element).collect(),
            listed: written.goods.into_iter().map(listed).collect(),
        })
    }

    /// An element by its symbol.
    #[must_use]
    pub fn element(&self, symbol: &str) -> Option<&Element> {
        self.elements.iter().find(|element| element.symbol == symbol)
    }

    /// The lines under a code or below it, whatever its case and dots: `1c905a` finds `1C905.a.4`.
    pub fn under<'a>(&'a self, untrusted_code: &str) -> impl Iterator<Item = &'a ListedGoods> {
        let wanted = bare(untrusted_code);
        self.listed
            .iter()
            .filter(move |one| !wanted.is_empty() && bare(&one.code).starts_with(wanted.as_str()))
    }

    /// Everything that keeps the tables from being whole.
    pub(super) fn faults(&self, pack: &Pack) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for Element { symbol, name, line } in &self.elements {
            let mut fault = |what: String| faults.push(Fault::at_line(FILE, *line, what));
            if !seen.insert(symbol.as_str()) {
                fault(format!("the element {symbol} stands twice: remove one of them"));
            }
            if !name.is_complete() {
                fault(format!("the element {symbol} lacks a language: write en and zh"));
            }
        }
        let mut seen = BTreeSet::new();
        for one in &self.listed {
            let again = !seen.insert((&one.code, &one.announcement));
            let line = one.line;
            faults.extend(
                one.faults(pack, again).into_iter().map(|what| Fault::at_line(FILE, line, what)),
            );
        }
        faults
    }
}

impl ListedGoods {
    /// True when both say the same, wherever they stand in their files.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        Self { line: 0, ..self.clone() } == Self { line: 0, ..other.clone() }
    }

    fn faults(&self, pack: &Pack, again: bool) -> Vec<String> {
        let code = &self.code;
        let mut faults = Vec::new();
        if !is_code(code) {
            faults.push(format!("\"{code}\" is no control code: write it as in 1C905.a.4"));
        }
        if again {
            faults.push(format!("{code} stands twice: remove one of them"));
        }
        if !self.name.is_complete() {
            faults.push(format!("{code} lacks a language: write en and zh"));
        }
        if pack.announcement(&self.announcement).is_none() {
            let announcement = &self.announcement;
            faults.push(format!(
                "{code} rests on the announcement {announcement}, which pack.toml lacks: add it there"
            ));
        }
        if self.sources.is_empty() {
            faults.push(format!("{code} cites no source: name one of [sources] in pack.toml"));
        }
        for source in self.sources.iter().filter(|id| !pack.sources.contains_key(*id)) {
            faults.push(format!("{code} cites {source}, which is not listed: add it to [sources]"));
        }
        for symbol in self.elements.iter().filter(|symbol| pack.goods.element(symbol).is_none()) {
            faults.push(format!("{code} names the element {symbol}: add an [[element]] for it"));
        }
        let customs = |number: &&String| {
            number.len() != 10 || !number.bytes().all(|byte| byte.is_ascii_digit())
        };
        for number in self.hs.iter().chain(&self.hs_practice).filter(customs) {
            faults.push(format!("{code}: {number} is no customs number: write ten digits"));
        }
        faults
    }
}

/// The line of a place in a text, from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

/// Letters and digits of a code, in lower case.
pub(crate) fn bare(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// True for codes as the unified list writes them: digit, letter A to E, three digits, then sub-items
/// in turn as small letter, number and small letter.
fn is_code(code: &str) -> bool {
    let mut parts = code.split('.');
    let head: Vec<char> = parts.next().unwrap_or_default().chars().collect();
    let [group, kind, rest @ ..] = head.as_slice() else { return false };
    let letter = |part: &str| matches!(part.as_bytes(), [b'a'..=b'z']);
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    group.is_ascii_digit()
        && ('A'..='E').contains(kind)
        && rest.len() == 3
        && rest.iter().all(char::is_ascii_digit)
        && parts.clone().count() <= 3
        && parts.enumerate().all(|(at, part)| if at == 1 { number(part) } else { letter(part) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACK: &str = "format = 1\nid = \"p\"\nversion = \"1\"\nverified-on = \"2026-11-23\"\n\
        requirement = []\nstatement = []\n[[announcement]]\nid = \"2025-18\"\nfrom = \"2025-04-04\"\n\
        verified-on = \"2026-08-01\"\nmark = \"2+\"\n[sources]\ns = \"A source\"\n";
    const ELEMENT: &str = "[[element]]\nsymbol = \"Dy\"\nen = \"dysprosium\"\nzh = \"镝\"\n";
    const LINE: &str = "[[goods]]\ncode = \"1C905.a.4\"\nelements = [\"Dy\"]\nen = \"Magnets\"\n\
        zh = \"磁体\"\nhs = [\"2805301200\"]\nannouncement = \"2025-18\"\nsources = [\"s\"]\nmark = \"2+\"\n";

    fn read(goods: &str) -> Result<Pack, PackError> {
        Pack::read_files(&[("pack.toml", PACK), ("en.toml", ""), ("zh.toml", ""), (FILE, goods)])
    }

    #[track_caller]
    fn is_refused(goods: &str, says: &str) {
        let said = read(goods).unwrap_err().to_string();
        assert!(said.contains(says), "no \"{says}\" in:\n{said}");
    }

    #[test]
    fn a_line_that_is_not_right_is_named_by_its_place_and_how_to_mend_it() {
        let change = |from: &str, to: &str| format!("{ELEMENT}{}", LINE.replace(from, to));
        is_refused(
            &change("1C905.a.4", "1C905-a4"),
            "goods.toml, line 5: \"1C905-a4\" is no control",
        );
        is_refused(&change("\"2805301200\"", "\"280530\""), "280530 is no customs number");
        is_refused(
            &change("= \"2025-18\"", "= \"2025-99\""),
            "which pack.toml lacks: add it there",
        );
        is_refused(&change("[\"s\"]", "[\"t\"]"), "cites t, which is not listed");
        is_refused(&change("[\"s\"]", "[]"), "cites no source");
        is_refused(&change("[\"Dy\"]", "[\"Tb\"]"), "names the element Tb: add an [[element]]");
        is_refused(&change("磁体", ""), "1C905.a.4 lacks a language");
        is_refused(&format!("{ELEMENT}{LINE}{LINE}"), "line 14: 1C905.a.4 stands twice");
        is_refused(&format!("{ELEMENT}{ELEMENT}"), "line 5: the element Dy stands twice");
    }

    #[test]
    fn an_unknown_field_is_refused_with_its_line() {
        let strange = format!("{ELEMENT}{LINE}colour = \"red\"\n");
        let Err(PackError::Shape { file, message }) = read(&strange) else { panic!("taken") };
        assert_eq!(file, FILE);
        assert!(message.contains("line 14") && message.contains("colour"), "{message}");
    }

    #[test]
    fn codes_are_those_of_the_unified_list() {
        for good in ["1C905", "1C905.a", "1C905.a.4", "0A001.b.12.c"] {
            assert!(is_code(good), "{good}");
        }
        for bad in ["", "1C90", "1F905", "1C905.", "1C905.4", "1C905.a.b", "1C905.a.4.c.1", "1c905"]
        {
            assert!(!is_code(bad), "{bad}");
        }
    }
}
