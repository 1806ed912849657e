//! What does one point of a pack say?
//!
//! Each choice is a word of `pack.toml`, and each word has a text in both languages under its own
//! head (`demand.`, `tier.`, `risk.`, `mark.`, `basis-kind.`). Deliberately absent: sentences, and
//! whether a point applies (see [`crate::condition`]).

use serde::Deserialize;

use crate::{
    condition::Condition, dossier::Role, id::RequirementId, questionnaire::AskedBy, record::choice,
};

choice! {
    /// What stands behind a demand.
    BasisKind {
        /// A law or decree.
        "law" Law,
        /// An announcement of a ministry.
        "announcement" Announcement,
        /// An office guide or its reprint.
        "guide" Guide,
        /// What firms report.
        "practice" Practice,
        /// A conclusion that no source states.
        "inference" Inference,
    }
}

choice! {
    /// How well a fact is established.
    Mark {
        /// Primary text read in full.
        "P" Primary,
        /// Two or more independent sources.
        "2+" Several,
        /// One source.
        "1" One,
        /// Inference.
        "I" Inference,
        /// Not verified.
        "U" Unverified,
    }
}

choice! {
    /// How strongly a requirement is asked.
    Demand {
        /// Always, by law or office guide.
        "required" Required,
        /// When its condition holds.
        "conditional" Conditional,
        /// Reported practice that lowers the risk of questions.
        "recommended" Recommended,
    }
}

choice! {
    /// When a requirement leaves the house.
    Tier {
        /// Always.
        "0" Always,
        /// With the first filing.
        "1" FirstFiling,
        /// Only on a written request.
        "2" OnRequest,
        /// Never.
        "X" Never,
    }
}

choice! {
    /// What a requirement may give away.
    Risk {
        /// Nothing.
        "none" None,
        /// Little.
        "low" Low,
        /// Something.
        "medium" Medium,
        /// Much.
        "high" High,
        /// The core of the business.
        "very-high" VeryHigh,
    }
}

/// What stands behind a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The strongest kind of basis.
    pub kind: BasisKind,
    /// How well it is established.
    pub mark: Mark,
    /// Ids of the pack's sources.
    pub sources: Vec<String>,
}

/// What makes a requirement ready. Nothing of it is ticked by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Needs {
    /// Fields that must be filled in; `item.*` stands for every item.
    pub fields: Vec<String>,
    /// How many cleared exhibits must answer it.
    pub exhibits: u32,
    /// That the user declares it done and says what came of it.
    pub declared: bool,
}

/// One point of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Its id; never renamed once published.
    pub id: RequirementId,
    /// The section's letter.
    pub section: String,
    /// Who provides it.
    pub who: Vec<Role>,
    /// What stands behind it.
    pub basis: Basis,
    /// How strongly it is asked.
    pub demand: Demand,
    /// When it applies; always when absent.
    #[serde(default)]
    pub when: Option<Condition>,
    /// When it leaves the house.
    pub tier: Tier,
    /// Accepted forms: `form`, `pdf`, `jpeg`, `png`, `paper-original`, `video`.
    pub forms: Vec<String>,
    /// What it may give away.
    pub risk: Risk,
    /// What makes it ready.
    #[serde(default)]
    pub needs: Needs,
    /// The id that replaces it, once it is deprecated.
    #[serde(default, rename = "replaced-by", alias = "replaced_by")]
    pub replaced_by: Option<RequirementId>,
    /// Who asked for it, when it is no point of a pack but a line of a supplier's list.
    #[serde(skip)]
    pub asked: Option<AskedBy>,
}

impl Requirement {
    /// The ids under which it is answered: its own, and that of the point that it is like.
    pub fn answered_as(&self) -> impl Iterator<Item = &RequirementId> {
        let like = self.asked.as_ref().and_then(|asked| asked.like.as_ref());
        std::iter::once(&self.id).chain(like)
    }
}
