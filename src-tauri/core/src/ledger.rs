//! What does the firm remember of what it gave to whom?
//!
//! By reference, never by content: numbers, titles that were printed and hashes of what left. The
//! store chains the lines. Deliberately absent: anything that was withheld.

use serde::{Deserialize, Serialize};

/// What one release gave away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Given {
    /// The recipient's name as printed.
    pub recipient: String,
    /// The pack and its version.
    pub pack: String,
    /// The files with their hashes.
    pub files: Vec<GivenFile>,
    /// The statements, by their id.
    pub statements: Vec<String>,
    /// The exhibits.
    pub exhibits: Vec<GivenExhibit>,
    /// The number of masks on them.
    pub masks: u32,
    /// Findings that were passed over although they were weak, by code.
    pub passed_over: Vec<String>,
}

/// A file that left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GivenFile {
    /// Its name in the package.
    pub name: String,
    /// Its length.
    pub size_bytes: u64,
    /// SHA-256, 64 hexadecimal digits.
    pub sha256: String,
}

/// An exhibit that left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GivenExhibit {
    /// Its number in the package.
    pub number: u32,
    /// Its title as printed, in English.
    pub title: String,
    /// SHA-256 of the original that it was made from.
    pub made_from: String,
}
