//! Does a text hold something that must not leave?
//!
//! Texts and terms are compared without case, accents of width, hyphens at line ends or spaces, so
//! that a name broken over two lines is found as well. Deliberately absent: guessing. Only strings
//! that the user or the dossier protects are searched for.

use crate::dossier::{Dossier, Party, Role};

/// Shortest term, in letters and digits, that is searched for; shorter ones would be found
/// everywhere.
pub const MIN_TERM_CHARS: usize = 2;

/// Terms that must not leave, ready to be searched for.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    terms: Vec<(String, String)>,
}

/// A term that was found, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The term, for the eyes of the house only.
    pub term: String,
    /// Where it stood, such as `page 7` or `document title`.
    pub place: String,
}

impl Guard {
    /// Everything that a dossier protects: its protected terms and every name of its downstream
    /// customers.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        let mut guard = Self::default();
        for term in &dossier.protected_terms {
            guard.protect(&term.term);
        }
        let only_customer = |party: &&Party| party.roles.contains(&Role::DownstreamCustomer);
        for party in dossier.parties.iter().filter(only_customer) {
            let profile = &party.profile;
            for name in [&profile.name, &profile.name_local, &profile.name_zh] {
                guard.protect(name);
            }
        }
        guard
    }

    /// Adds a term; one that is too short to be searched for is left out.
    pub fn protect(&mut self, term: &str) {
        let folded = fold(term);
        let chinese = !folded.is_ascii();
        let long_enough = folded.chars().count() >= MIN_TERM_CHARS || chinese && !folded.is_empty();
        if long_enough && !self.terms.iter().any(|(_, known)| *known == folded) {
            self.terms.push((term.trim().to_owned(), folded));
        }
    }

    /// The protected terms as they were written.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|(term, _)| term.as_str())
    }

    /// Every protected term that `text` holds.
    #[must_use]
    pub fn search(&self, text: &str, place: &str) -> Vec<Leak> {
        let folded = fold(text);
        self.terms
            .iter()
            .filter(|(_, term)| folded.contains(term.as_str()))
            .map(|(term, _)| Leak { term: term.clone(), place: place.to_owned() })
            .collect()
    }
}

/// Letters and digits alone, in lower case, full-width forms narrowed.
pub(crate) fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn guard(term: &str) -> Guard {
        let mut guard = Guard::default();
        guard.protect(term);
        guard
    }

    #[test]
    fn a_name_is_found_whatever_its_case_spacing_and_width() {
        let guard = guard("Nordklang Example AB");
        for text in [
            "for NORDKLANG EXAMPLE AB,",
            "Nord-\nklang Example A B",
            "Ｎｏｒｄｋｌａｎｇ　Ｅｘａｍｐｌｅ　ＡＢ",
        ] {
            assert_eq!(guard.search(text, "p").len(), 1, "{text}");
        }
        assert!(guard.search("Nordklang Sample AB", "p").is_empty());
    }

    #[test]
    fn a_chinese_name_is_found_across_a_line_break() {
        assert_eq!(guard("示例客户").search("向示例\n客户供货", "p").len(), 1);
    }

    #[test]
    fn one_letter_is_not_searched_for() {
        assert_eq!(guard("A").terms().count(), 0);
        assert_eq!(guard("AB").terms().count(), 1);
    }

    proptest! {
        #[test]
        fn a_term_inside_any_text_is_found(before in ".{0,40}", after in ".{0,40}") {
            let text = format!("{before}Nordklang{after}");
            prop_assert_eq!(guard("nordklang").search(&text, "p").len(), 1);
        }
    }
}
