//! What does the manifest of a package say?
//!
//! A JSON file for programs and careful readers: what the package is, which files belong to it with
//! their hashes, which exhibits are in it and which originals they were made from. Deliberately
//! absent: file names of the house and anything that is not printed, but for the hashes.

use lanthan_core::{
    content::{Content, PlannedExhibit},
    exhibit::ExhibitKind,
    text::Bilingual,
};
use serde::{Deserialize, Serialize};

use crate::{PackageError, write::WrittenFile};

/// What the package was made with; goes into the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The rule pack's id.
    pub pack_id: String,
    /// The rule pack's version.
    pub pack_version: String,
    /// SHA-256 of the rule pack, 64 hexadecimal digits.
    pub pack_sha256: String,
    /// The program's version.
    pub program_version: String,
}

/// The name and version of this format.
const FORMAT: &str = "lanthan-package-1";

/// The manifest. Unknown fields are refused, so that nothing can be added to it unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Manifest {
    format: String,
    title: Bilingual,
    subject: Bilingual,
    sender: Bilingual,
    recipient: Bilingual,
    purpose: Bilingual,
    day: String,
    program: Program,
    rule_pack: RulePack,
    statements: Vec<Listed>,
    exhibits: Vec<ListedExhibit>,
    withheld: Vec<ListedMask>,
    /// Every file but this one and the checksums.
    pub(crate) files: Vec<ListedFile>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Program {
    name: String,
    version: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RulePack {
    id: String,
    version: String,
    sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Listed {
    id: String,
    title: Bilingual,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ListedExhibit {
    number: u32,
    kind: ExhibitKind,
    title: Bilingual,
    answers: Vec<Bilingual>,
    pages: u32,
    masks: u32,
    made_from: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ListedMask {
    exhibit: u32,
    page: u32,
    reason: String,
    masks: u32,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ListedFile {
    /// Its name.
    pub(crate) name: String,
    /// Its length.
    pub(crate) size_bytes: u64,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub(crate) sha256: String,
    /// Its pages, when it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pages: Option<u32>,
}

impl Manifest {
    /// The manifest of a package with these files.
    pub(crate) fn of(content: &Content, about: &About, files: &[WrittenFile]) -> Self {
        let statement = |statement: &lanthan_core::content::Statement| Listed {
            id: statement.id.to_string(),
            title: statement.title.clone(),
        };
        let mask = |withheld: &lanthan_core::content::Withheld| ListedMask {
            exhibit: withheld.exhibit,
            page: withheld.page,
            reason: withheld.reason.word().to_owned(),
            masks: withheld.masks,
        };
        Self {
            format: FORMAT.to_owned(),
            title: content.title.clone(),
            subject: content.subject.clone(),
            sender: content.sender.clone(),
            recipient: content.recipient.clone(),
            purpose: content.purpose.clone(),
            day: content.day.to_string(),
            program: Program { name: "Lanthan".to_owned(), version: about.program_version.clone() },
            rule_pack: RulePack {
                id: about.pack_id.clone(),
                version: about.pack_version.clone(),
                sha256: about.pack_sha256.clone(),
            },
            statements: content.statements.iter().map(statement).collect(),
            exhibits: content.exhibits.iter().map(exhibit).collect(),
            withheld: content.withheld.iter().map(mask).collect(),
            files: files.iter().map(ListedFile::from).collect(),
        }
    }

    /// Its bytes: indented UTF-8 with a line end at the end.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, PackageError> {
        let mut bytes = serde_json::to_vec_pretty(self)
            .map_err(|error| PackageError::SelfCheck(format!("manifest: {error}")))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a manifest; `None` unless the bytes are exactly what [`Manifest::to_bytes`] writes.
    pub(crate) fn parse(untrusted: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(untrusted).ok()?;
        (manifest.format == FORMAT && manifest.to_bytes().ok()? == untrusted).then_some(manifest)
    }
}

fn exhibit(exhibit: &PlannedExhibit) -> ListedExhibit {
    ListedExhibit {
        number: exhibit.number,
        kind: exhibit.kind,
        title: exhibit.title.clone(),
        answers: exhibit.answers.clone(),
        pages: crate::pages::count(exhibit.pages.len()),
        masks: exhibit.masks,
        made_from: exhibit.made_from.clone(),
    }
}

impl From<&WrittenFile> for ListedFile {
    fn from(file: &WrittenFile) -> Self {
        let WrittenFile { name, size_bytes, sha256, pages } = file.clone();
        Self { name, size_bytes, sha256, pages }
    }
}
