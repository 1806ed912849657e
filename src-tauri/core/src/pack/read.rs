//! How do untrusted text files become a pack?
//!
//! The shape is checked by serde, the whole by `whole.rs`; what one language lacks is named.
//! Deliberately absent: repair. A pack with a fault is refused, and every fault is listed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    Announcement, CHINESE, ENGLISH, FORMAT, Fault, Files, Goods, Pack, PackError, Requirement,
    STRUCTURE, StatementRule,
    files::{self, shape},
    place::{About, other_language},
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
        let broken = |faults| Err(PackError::NotWhole(faults).found(untrusted));
        if faults.is_empty() { Ok(pack) } else { broken(faults) }
    }
}

/// A structure, its sentences by their keys, and what one language lacks.
type Opened<T> = (T, BTreeMap<String, Bilingual>, Vec<Fault>);

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
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, Bilingual> {
    let (mut left, mut right) = (BTreeMap::new(), BTreeMap::new());
    flatten(ENGLISH, "", en, &mut left, faults);
    flatten(CHINESE, "", zh, &mut right, faults);
    // Led to the sentence that is there: beside it one sees what to write in the other file.
    for (file, key, other) in one_sided(&left, &right) {
        let lacking = if file == ENGLISH { "Chinese" } else { "English" };
        let says = format!("text {key} is missing in {lacking}: write it in {other}");
        faults.push(Fault::new(About::Text(file, key), says));
    }
    left.into_iter()
        .filter_map(|(key, en)| {
            let zh = right.remove(&key)?;
            Some((key, Bilingual { en, zh }))
        })
        .collect()
}

/// What only one language has, with its file, and the file that lacks it.
fn one_sided(
    left: &BTreeMap<String, String>,
    right: &BTreeMap<String, String>,
) -> Vec<(&'static str, String, &'static str)> {
    let lacks = |file: &'static str, of: &BTreeMap<String, String>, from: &BTreeMap<_, _>| {
        let keys = of.keys().filter(|key| !from.contains_key(*key));
        keys.map(|key| (file, key.clone(), other_language(file))).collect::<Vec<_>>()
    };
    [lacks(ENGLISH, left, right), lacks(CHINESE, right, left)].concat()
}

fn flatten(
    file: &'static str,
    prefix: &str,
    table: &toml::Table,
    into: &mut BTreeMap<String, String>,
    faults: &mut Vec<Fault>,
) {
    let mut fault = |key: &str, says: String| {
        faults.push(Fault::new(About::Text(file, key.to_owned()), says));
    };
    let mut tables = Vec::new();
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => tables.push((key, inner)),
            toml::Value::String(text) if !text.trim().is_empty() => {
                into.insert(key, text.trim().to_owned());
            }
            toml::Value::String(_) => {
                fault(&key, format!("text {key} is empty: write it, or take its line out"));
            }
            _ => fault(&key, format!("text {key} is not a text: put it in quotation marks")),
        }
    }
    for (key, inner) in tables {
        flatten(file, &key, inner, into, faults);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: &str = "format = 1\nid = \"p\"\nversion = \"1\"\nverified-on = \"2026-11-23\"\n\
        requirement = []\nstatement = []\n[sources]\n";

    fn faults(pack: &str, en: &str, zh: &str) -> Vec<String> {
        match Pack::read(pack, en, zh) {
            Err(PackError::NotWhole(faults)) => faults.iter().map(Fault::to_string).collect(),
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
            "en.toml, line 2: text a.b is missing in Chinese: write it in zh.toml",
            "zh.toml, line 2: text a.d is missing in English: write it in en.toml",
            "en.toml, line 3: text a.c is empty: write it, or take its line out",
            "zh.toml, line 3: text a.e is not a text: put it in quotation marks",
        ] {
            assert!(faults.iter().any(|found| found == fault), "{fault}");
        }
    }
}
