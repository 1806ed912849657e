//! What is the sample's `dossier.json`?
//!
//! The answers of three invented firms about one order. The masks are not written by hand: the
//! scenes and the order say where the thing to be masked lies, so that a mask follows when a scene
//! is changed. The finished text is read back as the program reads it, and every requirement that
//! it names must stand in the rule pack. Deliberately absent: real firms, people and addresses.

mod exhibits;
mod facts;

use lanthan_core::{
    id::{BadId, RequirementId},
    interchange::{self, InterchangeError},
    pack::{Pack, PackError},
};
use serde_json::{Value, json};

use crate::camera::Region;

/// Why there is no dossier.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DossierError {
    /// The rule pack is not whole.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// What was written is not a dossier.
    #[error(transparent)]
    Shape(#[from] InterchangeError),
    /// An id has forbidden letters.
    #[error(transparent)]
    Id(#[from] BadId),
    /// A requirement is named that the pack does not have.
    #[error("the rule pack has no requirement \"{0}\"")]
    NoSuchRequirement(String),
}

/// The places that must be masked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Masked {
    /// The customer's line on the label of the box.
    pub label: Region,
    /// The whiteboard with the settings of the line.
    pub whiteboard: Region,
    /// The customer's line in the order.
    pub order: Region,
}

macro_rules! pack_file {
    ($name:literal) => {
        include_str!(concat!("../../../../assets/packs/cn-dual-use-rare-earth/", $name))
    };
}

/// The rule pack that the sample answers.
///
/// # Errors
///
/// [`DossierError::Pack`] when it is not whole.
pub(crate) fn pack() -> Result<Pack, DossierError> {
    Ok(Pack::read(pack_file!("pack.toml"), pack_file!("en.toml"), pack_file!("zh.toml"))?)
}

/// Writes the dossier.
///
/// # Errors
///
/// [`DossierError`] when it would not be taken in.
pub(crate) fn write(masked: Masked) -> Result<String, DossierError> {
    let pack = pack()?;
    let file = json!({
        "format": interchange::FORMAT,
        "dossier": {
            "id": "ring-magnets-2026",
            "title": "Ring magnets for SA-130, order PO-2026-0417",
            "pack": { "id": pack.id, "version": pack.version },
            "parties": facts::parties(),
            "items": [facts::item()],
            "order": facts::order(),
            "end-use": facts::end_use(),
            "situation": facts::situation(),
            "answers": answers(&pack)?,
            "exhibits": exhibits::all(masked),
            "protected-terms": [
                { "term": "Nordklang", "why": "Customer under a secrecy agreement" },
                { "term": "Series N4", "why": "The customer's product, not announced yet" },
                { "term": "1850 V", "why": "Setting of the magnetiser, on the whiteboard" },
            ],
        },
    });
    let dossier = interchange::read(&file.to_string())?;
    let named = dossier.exhibits.iter().flat_map(|exhibit| &exhibit.answers);
    for id in named.chain(dossier.answers.keys()) {
        if pack.requirement(id).is_none() {
            return Err(DossierError::NoSuchRequirement(id.to_string()));
        }
    }
    Ok(interchange::write(&dossier)?)
}

/// Both languages of a text.
fn both(en: &str, zh: &str) -> Value {
    json!({ "en": en, "zh": zh })
}

fn answers(pack: &Pack) -> Result<Value, DossierError> {
    let mut answers = serde_json::Map::new();
    for (id, said) in facts::answers() {
        let known = RequirementId::new(id)?;
        if pack.requirement(&known).is_none() {
            return Err(DossierError::NoSuchRequirement(id.to_owned()));
        }
        let answer = json!({
            "question": pack.say(&format!("requirement.{id}.shows")).en,
            "pack-version": pack.version,
            "given": "2026-11-20",
            "said": said,
        });
        answers.insert(id.to_owned(), answer);
    }
    Ok(Value::Object(answers))
}

#[cfg(test)]
mod tests {
    use lanthan_core::{
        checklist::{State, checklist},
        id::ExhibitId,
    };

    use super::*;

    fn sample() -> lanthan_core::dossier::Dossier {
        let somewhere = Region { x: 100, y: 200, w: 300, h: 400 };
        let masked = Masked { label: somewhere, whiteboard: somewhere, order: somewhere };
        interchange::read(&write(masked).unwrap()).unwrap()
    }

    #[test]
    fn three_exhibits_have_one_mask_each_and_one_exhibit_stays() {
        let dossier = sample();
        assert_eq!(dossier.exhibits.len(), 8);
        let masks: Vec<usize> =
            dossier.exhibits.iter().map(|exhibit| exhibit.masks.len()).collect();
        assert_eq!(masks.iter().sum::<usize>(), 3);
        assert_eq!(masks.iter().max(), Some(&1));
        let stays: Vec<_> = dossier.exhibits.iter().filter(|e| e.cleared_for.is_empty()).collect();
        assert_eq!(stays.len(), 1);
        assert_eq!(stays[0].id, ExhibitId::new("magnet-location").unwrap());
    }

    #[test]
    fn the_checklist_shows_every_state() {
        let (dossier, pack) = (sample(), pack().unwrap());
        let list = checklist(&dossier, &pack, "2026-11-25".parse().unwrap());
        for state in
            [State::NotApplicable, State::Missing, State::Weak, State::Ready, State::MissingBecause]
        {
            assert!(list.count(state) > 0, "{}", state.word());
        }
        assert!(list.count(State::Ready) > list.count(State::Missing));
    }

    #[test]
    fn no_title_and_no_caption_names_a_protected_term() {
        let dossier = sample();
        let guard = lanthan_core::leak::Guard::of(&dossier);
        for exhibit in &dossier.exhibits {
            for text in [&exhibit.title, &exhibit.caption] {
                assert!(text.is_complete(), "{}", exhibit.id);
                assert!(guard.search(&text.en, "").is_empty(), "{}", text.en);
                assert!(guard.search(&text.zh, "").is_empty(), "{}", text.zh);
            }
        }
    }
}
