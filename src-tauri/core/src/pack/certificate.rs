//! What stands on the end-user certificate, and what should make its signer stop?
//!
//! The field map, the undertakings that public reports agree on, and the faults of drafts. Finding
//! faults is code ([`crate::draft`]). Deliberately absent: the official template, which was not found.

use serde::Deserialize;

use super::{BasisKind, Mark};
use crate::{record::choice, text::Bilingual};

/// What a pack knows of the certificate (`certificate.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CertificateRules {
    /// The fields, in the order of the certificate.
    #[serde(rename = "field")]
    pub fields: Vec<CertificateField>,
    /// The undertakings that the office guide names.
    #[serde(rename = "undertaking")]
    pub undertakings: Vec<Undertaking>,
    /// What should make the signer stop.
    #[serde(rename = "fault")]
    pub faults: Vec<FaultRule>,
}

/// One field of the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CertificateField {
    /// Its word.
    pub id: String,
    /// English label.
    pub en: String,
    /// Chinese label.
    pub zh: String,
    /// How well it is established.
    pub mark: Mark,
    /// Ids of the pack's sources.
    pub sources: Vec<String>,
    /// The answers that fill it in.
    #[serde(default)]
    pub keys: Vec<String>,
    /// Text keys under which the data sheet speaks of it, where no answer fills it in.
    #[serde(default)]
    pub texts: Vec<String>,
}

/// One undertaking.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Undertaking {
    /// Its word.
    pub id: String,
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
    /// What stands behind it.
    pub kind: BasisKind,
    /// How well it is established.
    pub mark: Mark,
    /// Ids of the pack's sources.
    pub sources: Vec<String>,
}

choice! {
    /// How a fault is found.
    Search {
        /// By its words.
        "words" Words,
        /// The Chinese text holds a fault or a number that the English does not.
        "chinese-says-more" ChineseSaysMore,
        /// The draft does not name the order, or its words reach beyond it.
        "not-this-order" NotThisOrder,
        /// It names somebody whom the dossier protects, or by its words.
        "customers" Customers,
    }
}

/// A fault of drafts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FaultRule {
    /// Its id; never renamed once published. Sentences stand under `fault.<id>.`.
    pub id: String,
    /// What stands behind it.
    pub kind: BasisKind,
    /// How well it is established.
    pub mark: Mark,
    /// Ids of the pack's sources.
    pub sources: Vec<String>,
    /// How it is found.
    pub search: Search,
    /// English phrases; words joined by ` .. ` stand in one sentence, in this order.
    #[serde(default)]
    pub en: Vec<String>,
    /// Chinese phrases, likewise.
    #[serde(default)]
    pub zh: Vec<String>,
}

impl CertificateField {
    /// Its label in both languages.
    #[must_use]
    pub fn label(&self) -> Bilingual {
        Bilingual::new(self.en.clone(), self.zh.clone())
    }
}
