//! How does one sentence carry its English and its Chinese form together?
//!
//! Deliberately absent: translation. Lanthan never invents the other language; a missing side
//! is shown as missing.

use serde::{Deserialize, Serialize};

/// The two languages of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, or a name in its own Latin spelling.
    En,
    /// Simplified Chinese.
    Zh,
}

/// A text in English and in Simplified Chinese; either side may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// English side.
    #[serde(default)]
    pub en: String,
    /// Simplified Chinese side.
    #[serde(default)]
    pub zh: String,
}

impl Bilingual {
    /// Both sides given.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// The same text on both sides, for names, numbers and codes.
    pub fn same(text: impl Into<String>) -> Self {
        let en = text.into();
        Self { zh: en.clone(), en }
    }

    /// True when neither side says anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.en.trim().is_empty() && self.zh.trim().is_empty()
    }

    /// True when both sides say something.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.en.trim().is_empty() && !self.zh.trim().is_empty()
    }

    /// One side.
    #[must_use]
    pub fn side(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
        }
    }

    /// Replaces every `{key}` on each side by what `value` answers for that key and language.
    /// A key that `value` does not know stays as it is, so that a mistake is visible.
    #[must_use]
    pub fn fill(&self, value: impl Fn(&str, Language) -> Option<String>) -> Self {
        Self {
            en: fill_side(&self.en, |key| value(key, Language::En)),
            zh: fill_side(&self.zh, |key| value(key, Language::Zh)),
        }
    }
}

/// Replaces every `{key}` in `text` by `value(key)`; unknown keys stay.
pub fn fill_side(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
        out.push_str(&rest[..open]);
        match value(&rest[open + 1..close]) {
            Some(found) => out.push_str(&found),
            None => out.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_key_is_replaced_and_an_unknown_one_stays_visible() {
        let filled = Bilingual::new("Order {no} {what}", "订单{no}")
            .fill(|key, _| (key == "no").then(|| "PO-7".to_owned()));
        assert_eq!(filled, Bilingual::new("Order PO-7 {what}", "订单PO-7"));
    }

    #[test]
    fn an_unclosed_brace_is_left_alone() {
        assert_eq!(fill_side("a {b", |_| None), "a {b");
    }
}
