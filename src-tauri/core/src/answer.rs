//! What did the user say by word, and what did the supplier ask for?
//!
//! Part of a dossier, and reached as such. Deliberately absent: fields and exhibits.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An answer that is not a field and not an exhibit. It keeps the question that it was given under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Answer {
    /// The question as the pack worded it then.
    pub question: String,
    /// The version of the pack then.
    pub pack_version: String,
    /// The day of the answer.
    pub given: Date,
    /// What was said.
    pub said: Said,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Said {
    /// It is done, and this is what came of it. Stays inside the house.
    Declared(String),
    /// It cannot be had, for this reason.
    MissingBecause(String),
}

/// A written request of the supplier; opens what leaves only on request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Request {
    /// The day of the request.
    pub day: Date,
    /// Its words.
    pub quote: String,
}

/// What the firm found at home. Stays inside the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnAnswer {
    /// The question as the pack worded it then.
    pub question: String,
    /// The day of the answer.
    pub given: Date,
    /// Yes or no.
    pub yes: bool,
    /// Why.
    pub reason: String,
}
