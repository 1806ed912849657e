//! What must a firm ask itself at home before it discloses anything?
//!
//! Deliberately absent: the answers; they stay in the dossier and never leave.

use serde::Deserialize;

use super::{BasisKind, Mark};

/// The own-side questions of a pack (`own-side.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnSideRules {
    /// The questions, in their order.
    #[serde(rename = "question")]
    pub questions: Vec<OwnQuestion>,
}

/// One question; its sentences stand under `own-side.<id>.`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnQuestion {
    /// Its id; never renamed once published.
    pub id: String,
    /// What stands behind it.
    pub kind: BasisKind,
    /// How well it is established.
    pub mark: Mark,
    /// Ids of the pack's sources.
    pub sources: Vec<String>,
}
