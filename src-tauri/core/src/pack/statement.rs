//! Which parts make up a statement?
//!
//! Deliberately absent: the words (texts of the pack) and the values (see [`crate::statement`]).

use serde::Deserialize;

use crate::{
    dossier::Role,
    id::{RequirementId, StatementId},
};

/// A statement that Lanthan typesets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementRule {
    /// Its id.
    pub id: StatementId,
    /// The requirement that it answers; it is set when that requirement applies.
    pub requirement: Option<RequirementId>,
    /// Whose statement it is.
    pub issuer: Role,
    /// Its parts.
    pub blocks: Vec<BlockRule>,
}

/// One part of a statement rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum BlockRule {
    /// A sub-heading; the value is a text key.
    Heading {
        /// Text key.
        text: String,
    },
    /// A paragraph; `{field.key}` in the text is filled in.
    Text {
        /// Text key.
        text: String,
    },
    /// A framed remark.
    Notice {
        /// Text key.
        text: String,
    },
    /// Fields with their labels; `item.*` keys repeat for every item.
    Rows {
        /// Field keys.
        fields: Vec<String>,
        /// True where the fields' remarks are printed, for the person who copies the values.
        #[serde(default)]
        remarks: bool,
    },
    /// Lines without a value, to be filled in by hand.
    Blanks {
        /// Text keys of the labels.
        labels: Vec<String>,
    },
    /// Room to sign.
    Signature {
        /// Who signs.
        role: Role,
    },
    /// The list of the exhibits that leave.
    ExhibitIndex,
}
