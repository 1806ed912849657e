//! Which English term is which Chinese one?
//!
//! Deliberately absent: translation of sentences, and any term without its source.

use serde::Deserialize;

use crate::record::choice;

choice! {
    /// Where a term was found.
    TermSource {
        /// In the texts of law and announcements.
        "legal-text" LegalText,
        /// In the usage of the trade.
        "trade-usage" TradeUsage,
    }
}

/// The glossary of a pack (`glossary.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Glossary {
    /// The terms, in groups that belong together.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
}

/// One term in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
    /// The Chinese in Latin letters with tone marks; blank when the pack has none.
    #[serde(default)]
    pub pinyin: String,
    /// Where it was found.
    pub source: TermSource,
}
