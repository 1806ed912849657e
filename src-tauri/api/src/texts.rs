//! What does the program say, and where does it keep its words?
//!
//! Sentences stand in `assets/texts/<language>/`, the same files that the window reads. This module
//! knows those that Rust itself says: errors with their remedies, findings, lacks, traces, and what exhibits are.

use std::collections::BTreeMap;

use lanthan_core::text::fill_side;

const EN: [&str; 3] = [
    include_str!("../../../assets/texts/en/errors.json"),
    include_str!("../../../assets/texts/en/findings.json"),
    include_str!("../../../assets/texts/en/exhibits.json"),
];

/// The sentences of one language.
#[derive(Debug, Clone)]
pub struct Texts {
    sentences: BTreeMap<String, String>,
}

impl Texts {
    /// English.
    #[must_use]
    pub fn english() -> Self {
        let mut sentences = BTreeMap::new();
        for file in EN {
            // A file that is not JSON leaves its keys visible; a test holds every key.
            let read: BTreeMap<String, String> = serde_json::from_str(file).unwrap_or_default();
            sentences.extend(read);
        }
        Self { sentences }
    }

    /// The sentence under a key with its placeholders filled in; the key itself if there is none.
    #[must_use]
    pub fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(sentence) = self.sentences.get(key) else { return key.to_owned() };
        fill_side(sentence, |name| {
            args.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    /// True when there is a sentence under a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.sentences.contains_key(key)
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.sentences.keys().map(String::as_str)
    }
}
