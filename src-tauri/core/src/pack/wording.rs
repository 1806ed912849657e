//! Which words say too little of an end use, and which too much?
//!
//! Vocabulary and graded examples; the judging is code ([`crate::wording`]). Deliberately absent: the
//! names that a dossier protects, which are the dossier's own.

use serde::Deserialize;

use super::Mark;
use crate::{record::choice, text::Bilingual};

/// The wording rules of a pack (`wording.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct WordingRules {
    /// Ids of the pack's sources.
    pub sources: Vec<String>,
    /// How many words of a field must say something of its own, by field.
    #[serde(rename = "field")]
    pub fields: Vec<WordingField>,
    /// Words that say nothing of one's own.
    pub vague: Vocabulary,
    /// Words that only join others.
    pub joining: Vocabulary,
    /// What gives too much away.
    #[serde(rename = "revealing")]
    pub revealing: Vec<Revealing>,
    /// Examples of each grade.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// A field that is judged.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WordingField {
    /// Its key.
    pub key: String,
    /// How many words must say something of their own; a designation such as SA-130 counts double.
    pub least: usize,
}

/// Words in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Vocabulary {
    /// English words and phrases, in lower case.
    pub en: Vec<String>,
    /// Chinese words.
    pub zh: Vec<String>,
}

/// One way to give too much away.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Revealing {
    /// Its word; its sentences stand under `wording.<id>`.
    pub id: String,
    /// How well it is established.
    pub mark: Mark,
    /// True when a number must stand beside the word.
    #[serde(default)]
    pub counted: bool,
    /// English words and phrases, in lower case.
    pub en: Vec<String>,
    /// Chinese words.
    pub zh: Vec<String>,
}

choice! {
    /// How an end use is worded.
    Grade {
        /// A reader cannot tell what the goods are for.
        "too-vague" TooVague,
        /// Exact about the use, silent about the rest.
        "enough" Enough,
        /// More than is needed.
        "too-revealing" TooRevealing,
    }
}

/// An example of one grade.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// The field for which it is one.
    pub field: String,
    /// Its grade.
    pub grade: Grade,
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Example {
    /// Both sides.
    #[must_use]
    pub fn text(&self) -> Bilingual {
        Bilingual::new(self.en.clone(), self.zh.clone())
    }
}

impl WordingRules {
    /// The rule of a field, when it is judged.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&WordingField> {
        let key = crate::field::general(key);
        self.fields.iter().find(|field| field.key == key)
    }

    /// The examples of a field, in the order of the grades.
    #[must_use]
    pub fn examples_of(&self, key: &str) -> Vec<&Example> {
        let key = crate::field::general(key);
        let mut found: Vec<&Example> =
            self.examples.iter().filter(|example| example.field == key).collect();
        found.sort_by_key(|example| example.grade);
        found
    }
}
