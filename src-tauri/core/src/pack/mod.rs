//! What does a rule pack say?
//!
//! A pack is law as data: `pack.toml` holds the structure, `en.toml` and `zh.toml` every sentence, and
//! each further file one part of its own (see `files.rs`). [`Pack::read_files`] takes only a pack that is whole (see `whole.rs`). Deliberately absent: any rule in
//! code, and the files themselves.

mod announcement;
mod certificate;
mod check;
mod difference;
mod files;
mod glossary;
mod goods;
mod overlay;
mod own_side;
mod part_difference;
mod parts;
mod party_list;
mod place;
mod read;
mod requirement;
#[cfg(test)]
pub(crate) mod sample;
mod scope;
mod statement;
mod version;
mod whole;
mod wording;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use announcement::{Announcement, Status};
pub use certificate::{CertificateField, CertificateRules, FaultRule, Search, Undertaking};
pub use check::{CheckRule, CheckRules, CodeRule, FormRule, Limits, TransportWords, Weight};
pub use difference::{Aspect, Difference};
pub use files::{CHINESE, ENGLISH, Files, STRUCTURE};
pub use glossary::{Glossary, Term, TermSource};
pub use goods::{Element, Goods, ListedGoods};
pub use overlay::{Overlay, OverlayKind};
pub use own_side::{OwnQuestion, OwnSideRules};
pub use part_difference::{Part, PartDifference};
pub use party_list::{ListKind, PartyList, PartyLists};
pub use place::Fault;
pub use requirement::{Basis, BasisKind, Demand, Mark, Needs, Requirement, Risk, Tier};
pub use scope::{PracticeLimit, ScopeRule, ScopeRules, Verdict};
pub use statement::{BlockRule, StatementRule};
pub use version::{MAX_VERSION_CHARS, compare_versions, is_version};
pub use wording::{Example, Grade, Revealing, Vocabulary, WordingField, WordingRules};

use crate::{
    field,
    id::{PackId, RequirementId},
    text::Bilingual,
};

/// The newest format of `pack.toml` that this program reads.
pub const FORMAT: u32 = 1;

/// A rule pack.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its id.
    pub id: PackId,
    /// Its version, such as `2026.11`; later versions sort after earlier ones.
    pub version: String,
    /// The day on which its facts were last checked.
    pub verified_on: Date,
    /// The requirements, in the order of the checklist.
    pub requirements: Vec<Requirement>,
    /// The statements that Lanthan typesets, in the order of the package.
    pub statements: Vec<StatementRule>,
    /// The announcements that the rules rest on, with their status.
    pub announcements: Vec<Announcement>,
    /// The sources, by their id.
    pub sources: BTreeMap<String, String>,
    /// Which papers must say the same.
    pub checks: CheckRules,
    /// How an end use is worded.
    pub wording: WordingRules,
    /// What stands on the certificate.
    pub certificate: CertificateRules,
    /// Terms in both languages.
    pub glossary: Glossary,
    /// Firms known to be on an official list.
    pub lists: PartyLists,
    /// What a firm asks itself at home.
    pub own_side: OwnSideRules,
    /// The tables of listed goods; empty in a pack without `goods.toml`.
    pub goods: Goods,
    /// By which rules goods are listed or not.
    pub scope: ScopeRules,
    /// Every sentence, by its key.
    pub(crate) texts: BTreeMap<String, Bilingual>,
}

/// Why a pack was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Not TOML, or not of this shape.
    #[error("{file}: {message}")]
    Shape {
        /// The file of the pack.
        file: &'static str,
        /// Where and what.
        message: String,
    },
    /// Written for a later program.
    #[error("the pack has format {found}; this program reads up to {FORMAT}: update the program")]
    NewerFormat {
        /// The pack's format.
        found: u32,
    },
    /// Something is missing or used twice; everything found is listed.
    #[error("the pack is not whole: {}", listed(.0))]
    NotWhole(Vec<Fault>),
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
}

impl PackError {
    /// The same, with the line of each fault that was not found in a file yet.
    #[must_use]
    pub fn found(self, untrusted: &Files<'_>) -> Self {
        let Self::NotWhole(faults) = self else { return self };
        Self::NotWhole(faults.into_iter().map(|fault| fault.found(untrusted)).collect())
    }
}

impl Pack {
    /// The text under a key, if the pack has it.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&Bilingual> {
        self.texts.get(key)
    }

    /// The text under a key; the key itself when the pack has none, so that a gap is visible.
    #[must_use]
    pub fn say(&self, key: &str) -> Bilingual {
        self.text(key).cloned().unwrap_or_else(|| Bilingual::same(key))
    }

    /// Every text whose key begins with `prefix`, with the rest of its key.
    pub fn texts_under<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Bilingual)> {
        self.texts.iter().filter_map(move |(key, text)| Some((key.strip_prefix(prefix)?, text)))
    }

    /// The label of a field, in forms as in print: the role's own words where the pack has them.
    #[must_use]
    pub fn label(&self, key: &str) -> Bilingual {
        self.text(&format!("field.{key}"))
            .cloned()
            .unwrap_or_else(|| self.say(&format!("field.{}", field_label(key))))
    }

    /// An announcement by its id.
    #[must_use]
    pub fn announcement(&self, id: &str) -> Option<&Announcement> {
        self.announcements.iter().find(|announcement| announcement.id == id)
    }

    /// A requirement by its id.
    #[must_use]
    pub fn requirement(&self, id: &RequirementId) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.id == *id)
    }
}

/// The text key of a field's label: parties share their labels, since `end-user.address` and
/// `importer.address` are both an address.
#[must_use]
pub fn field_label(key: &str) -> String {
    let general = field::general(key);
    match general.split_once('.') {
        Some((head, rest)) if field::KEYED_ROLES.iter().any(|role| role.word() == head) => {
            format!("party.{rest}")
        }
        _ => general.replace("item.*.", "item."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_share_the_labels_of_their_fields() {
        assert_eq!(field_label("end-user.address"), "party.address");
        assert_eq!(field_label("item.*.grade"), "item.grade");
        assert_eq!(field_label("order.number"), "order.number");
    }
}
