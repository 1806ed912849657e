//! What does a rule pack say, and is it whole?
//!
//! A pack is law as data: `pack.toml` holds the structure, `en.toml` and `zh.toml` every sentence.
//! Reading a pack checks that each id is used once, each text exists in both languages, each field
//! key is known and each cited source is listed. Deliberately absent: any rule in code.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    condition::Condition,
    content,
    dossier::{Dossier, PackRef, Role},
    field,
    id::{DossierId, PackId, RequirementId, StatementId},
    record::choice,
    statement::SIGNATURE_LINES,
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
    /// Every sentence, by its key.
    texts: BTreeMap<String, Bilingual>,
}

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
    #[serde(default)]
    pub replaced_by: Option<RequirementId>,
}

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

/// An announcement and the time in which it holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Announcement {
    /// Year and number, such as `2025-18`.
    pub id: String,
    /// First day in force.
    pub from: Date,
    /// First and last day of a suspension.
    #[serde(default)]
    pub suspended: Option<[Date; 2]>,
    /// Last day in force, when one is known.
    #[serde(default)]
    pub until: Option<Date>,
    /// The day on which this entry was last checked.
    pub verified_on: Date,
    /// How well it is established.
    pub mark: Mark,
}

/// How an announcement stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not yet in force.
    Pending,
    /// In force.
    InForce,
    /// Suspended up to and including this day.
    SuspendedUntil(Date),
    /// A suspension has ended, and nothing newer is known since the day after.
    UnknownSince(Date),
    /// Ended on this day.
    Ended(Date),
}

impl Announcement {
    /// How it stands on a day. The last day of a suspension still counts as suspended.
    #[must_use]
    pub fn status(&self, day: Date) -> Status {
        if day < self.from {
            return Status::Pending;
        }
        if let Some(end) = self.until.filter(|end| day > *end) {
            return Status::Ended(end);
        }
        match self.suspended {
            Some([first, last]) if day >= first && day <= last => Status::SuspendedUntil(last),
            Some([_, last]) if day > last && self.verified_on <= last => {
                Status::UnknownSince(last.tomorrow().unwrap_or(last))
            }
            _ => Status::InForce,
        }
    }
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
    #[error("the pack is not whole: {}", .0.join("; "))]
    NotWhole(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    #[serde(rename = "format")]
    _format: u32,
    id: PackId,
    version: String,
    verified_on: Date,
    #[serde(rename = "requirement")]
    requirements: Vec<Requirement>,
    #[serde(rename = "statement")]
    statements: Vec<StatementRule>,
    #[serde(rename = "announcement", default)]
    announcements: Vec<Announcement>,
    sources: BTreeMap<String, String>,
}

impl Pack {
    /// Reads a pack from the text of its three files.
    ///
    /// # Errors
    ///
    /// [`PackError`] when a file is malformed, newer than this program, or the pack is not whole.
    pub fn read(
        untrusted_pack: &str,
        untrusted_en: &str,
        untrusted_zh: &str,
    ) -> Result<Self, PackError> {
        let shape = |file: &'static str| {
            move |error: toml::de::Error| PackError::Shape { file, message: error.to_string() }
        };
        let head: toml::Table = untrusted_pack.parse().map_err(shape("pack.toml"))?;
        match head.get("format").and_then(toml::Value::as_integer) {
            Some(found) if found > i64::from(FORMAT) => {
                return Err(PackError::NewerFormat { found: u32::try_from(found).unwrap_or(0) });
            }
            _ => {}
        }
        let written: Written = toml::from_str(untrusted_pack).map_err(shape("pack.toml"))?;
        let en: toml::Table = untrusted_en.parse().map_err(shape("en.toml"))?;
        let zh: toml::Table = untrusted_zh.parse().map_err(shape("zh.toml"))?;
        let mut faults = Vec::new();
        let texts = join(&en, &zh, &mut faults);
        let Written {
            id,
            version,
            verified_on,
            requirements,
            statements,
            announcements,
            sources,
            ..
        } = written;
        let pack = Self {
            id,
            version,
            verified_on,
            requirements,
            statements,
            announcements,
            sources,
            texts,
        };
        pack.find_faults(&mut faults);
        if faults.is_empty() { Ok(pack) } else { Err(PackError::NotWhole(faults)) }
    }

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

    /// A requirement by its id.
    #[must_use]
    pub fn requirement(&self, id: &RequirementId) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.id == *id)
    }

    fn find_faults(&self, faults: &mut Vec<String>) {
        let mut seen = BTreeSet::new();
        let probe = self.probe_dossier();
        let known = |key: &str| field::read(&probe, &key.replace("item.*.", "item.1.")).is_ok();
        let mut wanted: BTreeSet<String> =
            content::WORDS.iter().map(|word| format!("package.{word}")).collect();
        let mut fields = BTreeSet::new();
        for requirement in &self.requirements {
            let id = requirement.id.as_str();
            if !seen.insert(id) {
                faults.push(format!("requirement {id} stands twice"));
            }
            for part in ["title", "shows", "least", "gives-away"] {
                wanted.insert(format!("requirement.{id}.{part}"));
            }
            wanted.insert(format!("requirement.{id}.basis"));
            wanted.insert(format!("section.{}", requirement.section));
            fields.extend(requirement.needs.fields.iter().cloned());
            for source in &requirement.basis.sources {
                if !self.sources.contains_key(source) {
                    faults.push(format!("requirement {id} cites {source}, which is not listed"));
                }
            }
            for fact in requirement.when.iter().flat_map(Condition::facts) {
                wanted.insert(format!("fact.{}.yes", fact.word()));
                wanted.insert(format!("fact.{}.no", fact.word()));
                wanted.insert(format!("fact.{}.unknown", fact.word()));
            }
            if requirement.demand == Demand::Conditional && requirement.when.is_none() {
                faults.push(format!("requirement {id} is conditional without a condition"));
            }
        }
        for statement in &self.statements {
            let id = statement.id.as_str();
            wanted.insert(format!("statement.{id}.title"));
            if statement.requirement.as_ref().is_some_and(|r| self.requirement(r).is_none()) {
                faults.push(format!("statement {id} answers a requirement that is not there"));
            }
            for block in &statement.blocks {
                match block {
                    BlockRule::Heading { text }
                    | BlockRule::Text { text }
                    | BlockRule::Notice { text } => {
                        wanted.insert(text.clone());
                    }
                    BlockRule::Blanks { labels } => wanted.extend(labels.iter().cloned()),
                    BlockRule::Rows { fields: keys } => fields.extend(keys.iter().cloned()),
                    BlockRule::Signature { .. } => {
                        wanted.extend(SIGNATURE_LINES.map(str::to_owned));
                    }
                    BlockRule::ExhibitIndex => {}
                }
            }
        }
        for key in fields {
            if !known(&key) {
                faults.push(format!("there is no field {key}"));
            }
            wanted.insert(format!("field.{}", field_label(&key)));
        }
        for key in [
            "because.asked",
            "because.not-asked",
            "package.purpose",
            "package.subject",
            "role.end-user",
        ] {
            wanted.insert(key.to_owned());
        }
        for reason in crate::exhibit::MaskReason::ALL {
            wanted.insert(format!("mask.{}", reason.word()));
        }
        for announcement in &self.announcements {
            wanted.insert(format!("announcement.{}", announcement.id));
        }
        for key in wanted {
            if !self.texts.contains_key(&key) {
                faults.push(format!("text {key} is missing"));
            }
        }
    }

    fn probe_dossier(&self) -> Dossier {
        let pack = PackRef { id: self.id.clone(), version: self.version.clone() };
        #[expect(clippy::expect_used, reason = "the literal is a well-formed id")]
        let id = DossierId::new("probe").expect("a well-formed id");
        Dossier::new(id, String::new(), pack)
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

/// Flattens both languages into dotted keys and notes what only one of them has.
fn join(
    en: &toml::Table,
    zh: &toml::Table,
    faults: &mut Vec<String>,
) -> BTreeMap<String, Bilingual> {
    let (mut left, mut right) = (BTreeMap::new(), BTreeMap::new());
    flatten("", en, &mut left, faults);
    flatten("", zh, &mut right, faults);
    for key in left.keys().filter(|key| !right.contains_key(*key)) {
        faults.push(format!("text {key} is missing in Chinese"));
    }
    for key in right.keys().filter(|key| !left.contains_key(*key)) {
        faults.push(format!("text {key} is missing in English"));
    }
    left.into_iter()
        .filter_map(|(key, en)| {
            let zh = right.remove(&key)?;
            Some((key, Bilingual { en, zh }))
        })
        .collect()
}

fn flatten(
    prefix: &str,
    table: &toml::Table,
    into: &mut BTreeMap<String, String>,
    faults: &mut Vec<String>,
) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, into, faults),
            toml::Value::String(text) if !text.trim().is_empty() => {
                into.insert(key, text.trim().to_owned());
            }
            toml::Value::String(_) => faults.push(format!("text {key} is empty")),
            _ => faults.push(format!("text {key} is not a text")),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn suspended() -> Announcement {
        Announcement {
            id: "2025-61".into(),
            from: date(2025, 10, 9),
            suspended: Some([date(2025, 11, 7), date(2026, 11, 10)]),
            until: None,
            verified_on: date(2026, 8, 31),
            mark: Mark::Several,
        }
    }

    #[test]
    fn the_last_day_of_a_suspension_is_suspended_and_the_next_is_unknown() {
        let last = date(2026, 11, 10);
        assert_eq!(suspended().status(last), Status::SuspendedUntil(last));
        let next = date(2026, 11, 11);
        assert_eq!(suspended().status(next), Status::UnknownSince(next));
    }

    #[test]
    fn an_entry_checked_after_the_suspension_is_in_force_again() {
        let checked = Announcement { verified_on: date(2026, 11, 12), ..suspended() };
        assert_eq!(checked.status(date(2026, 11, 13)), Status::InForce);
    }

    #[test]
    fn parties_share_the_labels_of_their_fields() {
        assert_eq!(field_label("end-user.address"), "party.address");
        assert_eq!(field_label("item.*.grade"), "item.grade");
        assert_eq!(field_label("order.number"), "order.number");
    }

    #[test]
    fn a_newer_format_is_refused_in_words() {
        let error = Pack::read("format = 2\nfuture = true", "", "").unwrap_err();
        assert_eq!(error, PackError::NewerFormat { found: 2 });
    }
}
