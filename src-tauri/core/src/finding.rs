//! What did a check find, where, and what can be done about it?
//!
//! Findings are values: an unfinished dossier is the normal state, not a failure. Each carries a code;
//! the sentences stand in the text files under `find-<code>` and `mend-<code>`. Arguments may name
//! things of this dossier to its owner; they never leave the house.

use crate::id::{ExhibitId, PartyId, RequirementId, StatementId};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing leaves before it is mended.
    Blocks,
    /// It may leave, but a reader may not accept it.
    Weak,
    /// Worth knowing.
    Tip,
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A requirement of the checklist.
    Requirement(RequirementId),
    /// An exhibit.
    Exhibit(ExhibitId),
    /// A statement.
    Statement(StatementId),
    /// A party.
    Party(PartyId),
    /// The checks as a whole.
    Checks,
    /// A field, by its key.
    Field(String),
    /// A fault of the certificate's draft, by its id.
    Fault(String),
    /// The dossier as a whole.
    Dossier,
}

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// A stable word; texts are looked up under it.
    pub code: &'static str,
    /// Where it is.
    pub place: Place,
    /// Values for the placeholders of its texts, by name.
    pub args: Vec<(&'static str, String)>,
}

/// Every code that a finding can carry; a test holds a text against each.
pub const CODES: &[&str] = &[
    "alias-missing",
    "caption-one-language",
    "consistency-differs",
    "consistency-open",
    "exhibit-not-in-vault",
    "glyph-missing",
    "kept-inside-office",
    "kept-inside-video",
    "marked-may-be-seen",
    "marked-not-redacted",
    "mask-outside-pages",
    "nothing-leaves",
    "own-side-open",
    "own-side-yes",
    "page-outside-exhibit",
    "recipient-is-customer",
    "requirement-missing",
    "requirement-weak",
    "scope-open",
    "secret-cleared",
    "situation-open",
    "statement-one-language",
    "term-in-package",
    "tier-not-requested",
    "wording",
    "words-in-ground",
    "words-under-bar",
];

impl Finding {
    /// A finding without arguments.
    #[must_use]
    pub fn new(severity: Severity, code: &'static str, place: Place) -> Self {
        debug_assert!(CODES.contains(&code), "{code} is not listed");
        Self { severity, code, place, args: Vec::new() }
    }

    /// The same finding with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}
