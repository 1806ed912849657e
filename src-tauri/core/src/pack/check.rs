//! Which papers must say the same, and how much does it weigh when they do not?
//!
//! What is compared is code ([`crate::consistency`]); why it matters, how it is mended, its limits and
//! its tables of words are data. Deliberately absent: sentences; they are texts of the pack under
//! `check.<id>.`.

use serde::Deserialize;

use super::{Announcement, Basis};
use crate::{
    dossier::{Family, Transport},
    finding::Severity,
};

/// The consistency checks of a pack (`checks.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CheckRules {
    /// The checks, in their order.
    #[serde(rename = "check")]
    pub checks: Vec<CheckRule>,
    /// The figures that they compare with.
    pub limits: Limits,
    /// Control codes by element.
    #[serde(rename = "code")]
    pub codes: Vec<CodeRule>,
    /// Ends of control codes by the form of the goods.
    #[serde(rename = "form")]
    pub forms: Vec<FormRule>,
    /// Words by which a paper names a way of transport.
    #[serde(rename = "transport")]
    pub transports: Vec<TransportWords>,
    /// Ids of announcements whose status must be confirmed once it is unknown.
    pub confirm: Vec<String>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CheckRule {
    /// Its id; never renamed once published.
    pub id: String,
    /// How much it weighs when papers differ.
    pub severity: Weight,
    /// What stands behind it.
    pub basis: Basis,
}

/// How much a difference weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// A reader may not accept the papers.
    Weak,
    /// Worth knowing.
    Tip,
}

impl From<Weight> for Severity {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Weak => Self::Weak,
            Weight::Tip => Self::Tip,
        }
    }
}

/// The figures that checks compare with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Limits {
    /// Greatest age of a screening in days, inclusive; no limit when absent.
    pub screening_days: Option<u32>,
    /// Greatest age of a signed certificate in months, inclusive; no limit when absent.
    pub certificate_months: Option<u32>,
}

/// The codes of one controlled element.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeRule {
    /// The code without its ending, such as `1C905`.
    pub code: String,
    /// The element's symbol.
    pub element: String,
    /// Kinds of goods that have no entry under this code.
    #[serde(default)]
    pub without: Vec<Family>,
}

/// Which ending of a code stands for which kind of goods.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormRule {
    /// The ending, such as `a.4`; a longer code may follow it.
    pub ending: String,
    /// The kind of goods.
    pub family: Family,
}

/// Words for one way of transport.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TransportWords {
    /// The way.
    pub mode: Transport,
    /// English phrases.
    pub en: Vec<String>,
    /// Chinese phrases.
    pub zh: Vec<String>,
}

impl CheckRules {
    /// The announcements whose status must be confirmed.
    pub fn to_confirm<'a>(
        &'a self,
        all: &'a [Announcement],
    ) -> impl Iterator<Item = &'a Announcement> {
        all.iter().filter(|announcement| self.confirm.contains(&announcement.id))
    }
}
