//! What stands on the pages of a package?
//!
//! Plain data, already decided: every text in both languages, every exhibit with its number. The
//! package crate only typesets it. Deliberately absent: anything secret that was not cleared, and
//! every file name of the house.

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    exhibit::{Area, ExhibitKind, MaskReason},
    id::{ExhibitId, StatementId},
    text::Bilingual,
};

/// Everything that is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Content {
    /// Title of the document, on the cover and in its properties.
    pub title: Bilingual,
    /// The line under the title: the order it was prepared for.
    pub subject: Bilingual,
    /// Who receives it.
    pub recipient: Bilingual,
    /// Who hands it over.
    pub sender: Bilingual,
    /// The day it was made for; the only date in the document's properties.
    pub day: Date,
    /// Label and value pairs on the cover.
    pub facts: Vec<Row>,
    /// The sentence on every page that limits its use.
    pub purpose: Bilingual,
    /// The texts that Lanthan sets, in order; the cover letter comes first.
    pub statements: Vec<Statement>,
    /// The exhibits that leave, numbered from 1 without gaps.
    pub exhibits: Vec<PlannedExhibit>,
    /// What was withheld and why; may be empty.
    pub withheld: Vec<Withheld>,
    /// Fixed words of the layout; the package crate names the keys that it needs in
    /// [`WORDS`].
    pub words: std::collections::BTreeMap<String, Bilingual>,
}

/// The keys that [`Content::words`] must hold; they stand in the pack's texts under `package.`.
pub const WORDS: &[&str] = &[
    "answers",
    "contents",
    "exhibit",
    "exhibit-index",
    "exhibits",
    "mask-areas",
    "note-body",
    "note-check",
    "note-title",
    "number",
    "page",
    "page-of",
    "pages",
    "prepared-by",
    "prepared-for",
    "prepared-on",
    "reason",
    "statements",
    "title",
    "what",
    "withheld",
    "withheld-intro",
    "withheld-nothing",
];

/// A document that Lanthan typesets from answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Its name inside the pack.
    pub id: StatementId,
    /// Its heading.
    pub title: Bilingual,
    /// The firm that speaks; empty when it is Lanthan's own list.
    pub issuer: Bilingual,
    /// Its parts, from top to bottom.
    pub blocks: Vec<Block>,
}

/// One part of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A sub-heading.
    Heading {
        /// Its words.
        text: Bilingual,
    },
    /// A paragraph, English left and Chinese right.
    Text {
        /// Its words; may hold several lines.
        text: Bilingual,
    },
    /// A warning or remark in a frame.
    Notice {
        /// Its words.
        text: Bilingual,
    },
    /// Label and value pairs.
    Rows {
        /// The pairs.
        rows: Vec<Row>,
    },
    /// A table with a head that repeats on every page.
    Table {
        /// The head.
        head: Vec<Bilingual>,
        /// The body; each line as long as the head.
        lines: Vec<Vec<Bilingual>>,
    },
    /// Room to sign by hand and to stamp.
    Signature {
        /// Who signs: the firm.
        firm: Bilingual,
        /// Labels and, where known, values of the lines to fill in.
        rows: Vec<Row>,
    },
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is.
    pub label: Bilingual,
    /// What it says; both sides equal for names and numbers, empty for a line to fill in by hand.
    pub value: Bilingual,
    /// A remark for the person who copies it, such as "exactly as registered"; may be empty.
    pub remark: Bilingual,
}

/// An exhibit that leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedExhibit {
    /// Its name inside the dossier; not printed.
    pub id: ExhibitId,
    /// Its number in the package, from 1.
    pub number: u32,
    /// How it is laid out.
    pub kind: ExhibitKind,
    /// What it is.
    pub title: Bilingual,
    /// The sentence under it.
    pub caption: Bilingual,
    /// The titles of the requirements that it answers.
    pub answers: Vec<Bilingual>,
    /// The pages of the original that leave, from 1.
    pub pages: Vec<u32>,
    /// How many masks lie on it.
    pub masks: u32,
    /// SHA-256 of the original that it was made from, 64 hexadecimal digits; for the manifest.
    pub made_from: String,
}

/// A line of the "withheld and why" page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withheld {
    /// Number of the exhibit in the package.
    pub exhibit: u32,
    /// Page of the exhibit as it stands in the package, from 1.
    pub page: u32,
    /// Why, as a word for the manifest.
    pub reason: MaskReason,
    /// Why, in words.
    pub reason_text: Bilingual,
    /// How many masks of that reason lie on that page.
    pub masks: u32,
    /// Where they lie on the page as it leaves.
    pub areas: Vec<Area>,
}
