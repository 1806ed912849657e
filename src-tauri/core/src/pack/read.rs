//! How do untrusted text files become a pack?
//!
//! The shape is checked by serde, the whole by `whole.rs`; what one language lacks is named.
//! Deliberately absent: repair. A pack with a fault is refused, and every fault is listed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    Announcement, CHINESE, ENGLISH, FORMAT, Files, Goods, Pack, PackError, Requirement, STRUCTURE,
    StatementRule,
    files::{self, shape},
};
use crate::{id::PackId, text::Bilingual};

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
    /// Reads a pack that has no parts beside its three files.
    ///
    /// # Errors
    ///
    /// As [`Pack::read_files`].
    pub fn read(
        untrusted_pack: &str,
        untrusted_en: &str,
        untrusted_zh: &str,
    ) -> Result<Self, PackError> {
        Self::read_files(&[
            (STRUCTURE, untrusted_pack),
            (ENGLISH, untrusted_en),
            (CHINESE, untrusted_zh),
        ])
    }

    /// Reads a pack from the text of its files; a file that it does not know is left alone.
    ///
    /// # Errors
    ///
    /// [`PackError`] when a file is malformed, newer than this program, or the pack is not whole.
    pub fn read_files(untrusted: &Files<'_>) -> Result<Self, PackError> {
        let text = |name| files::text(untrusted, name).unwrap_or_default();
        let (untrusted_pack, untrusted_en, untrusted_zh) =
            (text(STRUCTURE), text(ENGLISH), text(CHINESE));
        let (written, texts, mut faults) = open(untrusted_pack, untrusted_en, untrusted_zh)?;
        let Written {
            id,
            version,
            verified_on,
            requirements,
            statements,
            announcements,
            sources,
            ..
        }: Written = written;
        let pack = Self {
            id,
            version,
            verified_on,
            requirements,
            statements,
            announcements,
            sources,
            checks: files::part(untrusted, "checks.toml")?,
            wording: files::part(untrusted, "wording.toml")?,
            certificate: files::part(untrusted, "certificate.toml")?,
            glossary: files::part(untrusted, "glossary.toml")?,
            lists: files::part(untrusted, "parties.toml")?,
            own_side: files::part(untrusted, "own-side.toml")?,
            goods: Goods::read(text("goods.toml"))?,
            scope: files::part(untrusted, "scope.toml")?,
            texts,
        };
        faults.extend(pack.faults());
        if faults.is_empty() { Ok(pack) } else { Err(PackError::NotWhole(faults)) }
    }
}

/// A structure, its sentences by their keys, and what one language lacks.
type Opened<T> = (T, BTreeMap<String, Bilingual>, Vec<String>);

/// Reads the three files that packs and overlays have in common.
///
/// # Errors
///
/// [`PackError::Shape`] naming the file, [`PackError::NewerFormat`].
pub(super) fn open<T: DeserializeOwned>(
    untrusted_structure: &str,
    untrusted_en: &str,
    untrusted_zh: &str,
) -> Result<Opened<T>, PackError> {
    let table = |file, text: &str| text.parse::<toml::Table>().map_err(shape(file));
    // The format first: a later one may hold words that this program does not know.
    let head = table(STRUCTURE, untrusted_structure)?;
    if let Some(found) = head.get("format").and_then(toml::Value::as_integer)
        && found > i64::from(FORMAT)
    {
        return Err(PackError::NewerFormat { found: u32::try_from(found).unwrap_or(0) });
    }
    let structure = toml::from_str(untrusted_structure).map_err(shape(STRUCTURE))?;
    let (en, zh) = (table(ENGLISH, untrusted_en)?, table(CHINESE, untrusted_zh)?);
    let mut faults = Vec::new();
    let texts = join(&en, &zh, &mut faults);
    Ok((structure, texts, faults))
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
    use super::*;

    const BARE: &str = "format = 1\nid = \"p\"\nversion = \"1\"\nverified-on = \"2026-11-23\"\n\
        requirement = []\nstatement = []\n[sources]\n";

    fn faults(pack: &str, en: &str, zh: &str) -> Vec<String> {
        match Pack::read(pack, en, zh) {
            Err(PackError::NotWhole(faults)) => faults,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_newer_format_is_refused_in_words() {
        let error = Pack::read("format = 2\nfuture = true", "", "").unwrap_err();
        assert_eq!(error, PackError::NewerFormat { found: 2 });
    }

    #[test]
    fn an_unknown_word_is_refused_with_its_file() {
        let strange = format!("colour = 1\n{BARE}");
        let error = Pack::read(&strange, "", "").unwrap_err();
        assert!(matches!(error, PackError::Shape { file: "pack.toml", .. }), "{error}");
        let error = Pack::read(BARE, "", "x =").unwrap_err();
        assert!(matches!(error, PackError::Shape { file: "zh.toml", .. }), "{error}");
    }

    #[test]
    fn a_part_with_an_unknown_word_is_refused_with_its_file() {
        let more =
            [(STRUCTURE, BARE), ("glossary.toml", "[[term]]\nen = \"end user\"\ncolour = 1\n")];
        let error = Pack::read_files(&more).unwrap_err();
        assert!(matches!(error, PackError::Shape { file: "glossary.toml", .. }), "{error}");
        assert!(error.to_string().contains("line 3"), "{error}");
    }

    #[test]
    fn a_text_in_one_language_is_named() {
        let faults = faults(BARE, "[a]\nb = \"x\"\nc = \" \"", "[a]\nd = \"x\"\ne = 1");
        for fault in [
            "text a.b is missing in Chinese",
            "text a.d is missing in English",
            "text a.c is empty",
            "text a.e is not a text",
        ] {
            assert!(faults.iter().any(|found| found == fault), "{fault}");
        }
    }
}
