//! How are answers typed in, by key?

use jiff::civil::Date;
use lanthan_core::{
    dossier::Dossier,
    field::{self, FieldError},
    id::DossierId,
    pack::{Grade, Pack, field_label},
    record::FieldKind,
    text::Bilingual,
    wording::{self, Hit},
};

use crate::{Error, Result, Workspace};

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: Bilingual,
    /// A remark, such as "exactly as registered"; may be blank.
    pub remark: Bilingual,
    /// What may be typed.
    pub kind: FieldKind,
    /// The words of a choice with their labels.
    pub options: Vec<(String, Bilingual)>,
    /// What stands in it.
    pub value: Bilingual,
    /// True when the pack judges its wording.
    pub judged: bool,
}

/// An entry that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub key: String,
    /// What is wrong with the entry.
    pub error: FieldError,
}

/// The fields under some keys, with their labels.
///
/// # Errors
///
/// [`Error::Field`] when a key is unknown.
pub fn fields(dossier: &Dossier, pack: &Pack, keys: &[String]) -> Result<Vec<Field>> {
    keys.iter()
        .map(|key| {
            let (kind, value) = field::read(dossier, key)?;
            let last = key.rsplit('.').next().unwrap_or(key);
            let options = match kind {
                FieldKind::Choice(words) => words
                    .iter()
                    .map(|word| ((*word).to_owned(), pack.say(&format!("choice.{last}.{word}"))))
                    .collect(),
                FieldKind::YesNo => ["yes", "no"]
                    .into_iter()
                    .map(|word| (word.to_owned(), pack.say(&format!("choice.yes-no.{word}"))))
                    .collect(),
                _ => Vec::new(),
            };
            let remark =
                pack.text(&format!("remark.{}", field_label(key))).cloned().unwrap_or_default();
            let (key, label) = (key.clone(), pack.label(key));
            let judged = pack.wording.field(&key).is_some();
            Ok(Field { key, label, remark, kind, options, value, judged })
        })
        .collect()
}

/// How a wording is judged, with the examples beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its grade; `None` when the field is not judged or blank.
    pub grade: Option<Grade>,
    /// What is wrong with it.
    pub hits: Vec<Hit>,
    /// The pack's examples of that field, by grade.
    pub examples: Vec<(Grade, Bilingual)>,
}

impl Workspace {
    /// Judges what is being typed into a field, without saving it.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`].
    pub fn judge_wording(&self, id: &DossierId, key: &str, entry: &Bilingual) -> Result<Judged> {
        let (dossier, _) = self.dossier(id)?;
        let pack = self.pack_of(&dossier)?;
        let hits = wording::judge(&dossier, pack, key, entry);
        let judged = pack.wording.field(key).is_some() && !entry.is_empty();
        let examples = pack.wording.examples_of(key);
        Ok(Judged {
            grade: judged.then(|| wording::grade(&hits)),
            hits,
            examples: examples.into_iter().map(|example| (example.grade, example.text())).collect(),
        })
    }

    /// Saves entries; those that do not fit are named and the others are kept.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`], or [`Error::Vault`] when the vault cannot be written.
    pub fn save_fields(
        &mut self,
        id: &DossierId,
        entries: &[(String, Bilingual)],
        day: Date,
    ) -> Result<(u64, Vec<Problem>)> {
        let problems = self.change(id, day, |dossier| {
            let mut problems = Vec::new();
            for (key, entry) in entries {
                if let Err(error) = field::write(dossier, key, entry) {
                    problems.push(Problem { key: key.clone(), error });
                }
            }
            Ok(problems)
        })?;
        let revision =
            self.vault.dossier(id)?.ok_or_else(|| Error::NoSuchDossier(id.to_string()))?.revision;
        Ok((revision, problems))
    }
}
