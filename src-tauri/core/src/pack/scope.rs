//! By which rules are goods listed, generally outside of the control, or not listed?
//!
//! The rules of `scope.toml`. Each names what it speaks of, the lines of the tables behind it, and who
//! says so; its sentence stands under `scope.rule.<id>`. Deliberately absent: the judgement (see
//! [`crate::scope`]).

use serde::Deserialize;

use super::{Basis, ListedGoods, Pack};
use crate::{
    composition::Percent,
    dossier::{Build, Family, Material},
    record::choice,
    text::Bilingual,
};

choice! {
    /// What comes of the scope question.
    Verdict {
        /// The goods are listed.
        "in-scope" InScope,
        /// Answers of the ministry say that such goods are generally not controlled.
        "outside" Outside,
        /// The tables of the pack do not list them.
        "not-listed" NotListed,
        /// It cannot be said.
        "unknown" Unknown,
    }
}

/// The rules of a pack (`scope.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScopeRules {
    /// The rules.
    #[serde(rename = "rule")]
    pub rules: Vec<ScopeRule>,
    /// A limit that firms report and no authority has stated.
    pub practice: Option<PracticeLimit>,
}

/// One rule. It holds when each of its conditions does; a condition that names nothing always does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeRule {
    /// Its id; never renamed once published.
    pub id: String,
    /// What comes of it.
    pub verdict: Verdict,
    /// Kinds of material that it speaks of.
    #[serde(default)]
    pub form: Vec<Family>,
    /// Materials of magnets that it speaks of.
    #[serde(default)]
    pub material: Vec<Material>,
    /// What the goods are when they are shipped.
    #[serde(default)]
    pub build: Vec<Build>,
    /// Elements of which the goods hold at least one.
    #[serde(default)]
    pub contains: Vec<String>,
    /// Elements of which the goods hold none, as a report says.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// The lines of the tables that it rests on, by their codes.
    #[serde(default)]
    pub goods: Vec<String>,
    /// Who says so.
    pub basis: Basis,
}

/// A content up to which firms report that goods travel without a licence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeLimit {
    /// The elements whose contents are added.
    pub elements: Vec<String>,
    /// The sum, in percent, inclusive.
    #[serde(deserialize_with = "percent")]
    pub percent: Percent,
    /// Who says so.
    pub basis: Basis,
}

fn percent<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Percent, D::Error> {
    let text = String::deserialize(from)?;
    Percent::parse(&text).ok_or_else(|| {
        serde::de::Error::custom(format!("\"{text}\" is no percentage: write it as \"0.5\""))
    })
}

/// The sentences that the judgement looks up, beside one for each rule.
pub(super) const SENTENCES: [&str; 37] = [
    "verdict.in-scope",
    "verdict.outside",
    "verdict.not-listed",
    "verdict.unknown",
    "advice.in-scope",
    "advice.outside",
    "advice.not-listed",
    "advice.unknown",
    "ruled-out.form",
    "ruled-out.material",
    "ruled-out.build",
    "ruled-out.contains",
    "ruled-out.lacks",
    "ruled-out.status",
    "open.form",
    "open.material",
    "open.build",
    "open.content",
    "open.report",
    "open.trace",
    "open.status",
    "open.no-rule",
    "note.grade",
    "note.no-report",
    "note.samples",
    "note.practice",
    "paper.title",
    "paper.purpose",
    "paper.answers",
    "paper.matched",
    "paper.excluded",
    "paper.beside",
    "paper.not-so",
    "paper.sources",
    "paper.open",
    "paper.status",
    "paper.own-files",
];

/// The answers that the question rests on, by the keys of their fields.
pub(super) const FIELDS: [&str; 8] = [
    "item.*.name",
    "item.*.family",
    "item.*.material",
    "item.*.build",
    "item.*.measured",
    "item.*.report",
    "item.*.others-absent",
    "item.*.grade",
];

impl ScopeRule {
    /// The lines of the tables that it names.
    pub fn lines<'a>(&'a self, pack: &'a Pack) -> impl Iterator<Item = &'a ListedGoods> {
        self.goods.iter().filter_map(|code| pack.goods.listed.iter().find(|one| one.code == *code))
    }

    /// Its sentence.
    #[must_use]
    pub fn says(&self, pack: &Pack) -> Bilingual {
        pack.say(&format!("scope.rule.{}", self.id))
    }

    /// Everything that keeps it from being whole, in words that follow its id.
    pub(super) fn faults(&self, pack: &Pack) -> Vec<String> {
        let mut faults = Vec::new();
        for symbol in self.contains.iter().chain(&self.lacks) {
            if pack.goods.element(symbol).is_none() {
                faults.push(format!(
                    "names the element {symbol}, which goods.toml lacks: add an [[element]] there"
                ));
            }
        }
        for code in &self.goods {
            if !pack.goods.listed.iter().any(|one| one.code == *code) {
                faults.push(format!("names {code}, which goods.toml lacks: add it there"));
            }
        }
        if self.verdict == Verdict::InScope && self.goods.is_empty() {
            faults.push("says in-scope and names no line of goods.toml: write goods".to_owned());
        }
        let speaks = !self.form.is_empty()
            || !self.material.is_empty()
            || !self.build.is_empty()
            || !self.contains.is_empty()
            || !self.lacks.is_empty();
        if !speaks {
            faults.push("has no condition: write form, build or contains".to_owned());
        }
        faults
    }
}
