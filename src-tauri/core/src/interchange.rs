//! How is `dossier.json` read and written without letting anything strange in?
//!
//! Unknown fields are refused by name, paths stay inside the folder, ids are checked, masks lie on
//! their pages. Deliberately absent: the files themselves; whether a path is a link is a question
//! for whoever opens it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    dossier::{Dossier, ProtectedTerm},
    exhibit::Exhibit,
};

/// The format that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// The file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DossierFile {
    /// Version of this format.
    pub format: u32,
    /// What it holds.
    pub dossier: Dossier,
}

/// Why a `dossier.json` was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InterchangeError {
    /// Not JSON, or not of this shape; names the field and the line.
    #[error("dossier.json: {0}")]
    Shape(String),
    /// Written by a later program.
    #[error(
        "dossier.json has format {found}; this program reads up to {FORMAT}: update the program"
    )]
    NewerFormat {
        /// The file's format.
        found: u64,
    },
    /// A path that is absolute, empty, or leaves the folder.
    #[error(
        "the exhibit \"{exhibit}\" has the path \"{path}\", which leaves the folder or is not relative: put the file into the folder and write its path from there"
    )]
    Path {
        /// The exhibit.
        exhibit: String,
        /// The path.
        path: String,
    },
    /// Something stands twice or does not fit.
    #[error("dossier.json: {0}")]
    Content(String),
}

/// Reads a `dossier.json`.
///
/// # Errors
///
/// [`InterchangeError`] when it is not whole; nothing of it is taken then.
pub fn read(untrusted_json: &str) -> Result<Dossier, InterchangeError> {
    let shape = |error: serde_json::Error| InterchangeError::Shape(error.to_string());
    let head: serde_json::Value = serde_json::from_str(untrusted_json).map_err(shape)?;
    if let Some(found) = head.get("format").and_then(serde_json::Value::as_u64)
        && found > u64::from(FORMAT)
    {
        return Err(InterchangeError::NewerFormat { found });
    }
    let file: DossierFile = serde_json::from_str(untrusted_json).map_err(shape)?;
    check(&file.dossier)?;
    Ok(file.dossier)
}

/// Writes a `dossier.json`, with a line break at its end.
///
/// # Errors
///
/// [`InterchangeError::Shape`] if the dossier cannot be written as JSON; no dossier is known that
/// cannot.
pub fn write(dossier: &Dossier) -> Result<String, InterchangeError> {
    let file = DossierFile { format: FORMAT, dossier: dossier.clone() };
    let text = serde_json::to_string_pretty(&file)
        .map_err(|error| InterchangeError::Shape(error.to_string()))?;
    Ok(text + "\n")
}

/// A dossier as it is kept: its text without the exhibits. Read by [`read_parts`].
///
/// # Errors
///
/// As [`write`].
pub fn write_trunk(dossier: &Dossier) -> Result<String, InterchangeError> {
    // Named one by one: the exhibits, which may be thousands, are not copied.
    let trunk = Dossier {
        id: dossier.id.clone(),
        title: dossier.title.clone(),
        pack: dossier.pack.clone(),
        parties: dossier.parties.clone(),
        items: dossier.items.clone(),
        order: dossier.order.clone(),
        end_use: dossier.end_use.clone(),
        certificate: dossier.certificate.clone(),
        situation: dossier.situation.clone(),
        answers: dossier.answers.clone(),
        requests: dossier.requests.clone(),
        exhibits: Vec::new(),
        protected_terms: dossier.protected_terms.clone(),
        accepted_faults: dossier.accepted_faults.clone(),
        own_side: dossier.own_side.clone(),
        filing: dossier.filing.clone(),
        stops: dossier.stops.clone(),
        asked: dossier.asked.clone(),
        places: dossier.places.clone(),
    };
    text_of(&DossierFile { format: FORMAT, dossier: trunk })
}

/// One exhibit as it is kept.
///
/// # Errors
///
/// As [`write`].
pub fn write_exhibit(exhibit: &Exhibit) -> Result<String, InterchangeError> {
    text_of(exhibit)
}

fn text_of<T: Serialize>(value: &T) -> Result<String, InterchangeError> {
    serde_json::to_string(value).map_err(|error| InterchangeError::Shape(error.to_string()))
}

/// Reads a dossier from the parts that it is kept in.
///
/// # Errors
///
/// As [`read`].
pub fn read_parts<Text: AsRef<str>>(
    trunk: &str,
    exhibits: &[Text],
) -> Result<Dossier, InterchangeError> {
    let mut dossier = read(trunk)?;
    let shape = |error: serde_json::Error| InterchangeError::Shape(error.to_string());
    dossier.exhibits.reserve(exhibits.len());
    for exhibit in exhibits {
        dossier.exhibits.push(serde_json::from_str(exhibit.as_ref()).map_err(shape)?);
    }
    check(&dossier)?;
    Ok(dossier)
}

/// True when a path is relative, in plain parts joined by `/`, and stays where it begins.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':', '\0'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn check(dossier: &Dossier) -> Result<(), InterchangeError> {
    let twice = |what: &str, id: &str| {
        InterchangeError::Content(format!("the {what} \"{id}\" stands twice"))
    };
    let mut seen = BTreeSet::new();
    for party in &dossier.parties {
        if !seen.insert(("party", party.id.as_str())) {
            return Err(twice("party", party.id.as_str()));
        }
    }
    for item in &dossier.items {
        if !seen.insert(("item", item.id.as_str())) {
            return Err(twice("item", item.id.as_str()));
        }
    }
    if let Some(fault) = crate::questionnaire::fault(dossier) {
        return Err(InterchangeError::Content(fault));
    }
    for place in &dossier.places {
        if !place.is_valid() {
            let said = "a place has no name, no position on earth or no possible radius";
            return Err(InterchangeError::Content(said.to_owned()));
        }
        if !seen.insert(("place", place.name.as_str())) {
            return Err(twice("place", &place.name));
        }
    }
    for exhibit in &dossier.exhibits {
        let id = exhibit.id.as_str();
        if !seen.insert(("exhibit", id)) {
            return Err(twice("exhibit", id));
        }
        if !is_inside(&exhibit.path) {
            let (exhibit, path) = (id.to_owned(), exhibit.path.clone());
            return Err(InterchangeError::Path { exhibit, path });
        }
        let areas = exhibit.masks.iter().map(|mask| mask.area).chain(exhibit.crop);
        if areas.into_iter().any(|area| !area.is_valid()) {
            return Err(InterchangeError::Content(format!(
                "a mask or crop of the exhibit \"{id}\" does not lie inside its page"
            )));
        }
        if exhibit.masks.iter().any(|mask| mask.page == 0) || exhibit.pages.contains(&0) {
            return Err(InterchangeError::Content(format!(
                "the exhibit \"{id}\" names a page 0; pages are counted from 1"
            )));
        }
        if let Some(stranger) = exhibit.cleared_for.iter().find(|id| dossier.party(id).is_none()) {
            return Err(InterchangeError::Content(format!(
                "the exhibit \"{id}\" is cleared for \"{stranger}\", which is no party"
            )));
        }
    }
    if dossier.protected_terms.iter().any(|ProtectedTerm { term, .. }| term.trim().is_empty()) {
        return Err(InterchangeError::Content("a protected term is empty".to_owned()));
    }
    if let Some(stop) = dossier.stops.iter().find(|stop| stop.is_reversed()) {
        let message = format!("the stop that begins on {} ends before it begins", stop.from);
        return Err(InterchangeError::Content(message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str =
        r#"{"format":1,"dossier":{"id":"d","title":"D","pack":{"id":"p","version":"1"}}}"#;

    #[test]
    fn what_was_read_is_written_and_read_again_the_same() {
        let dossier = read(MINIMAL).unwrap();
        assert_eq!(read(&write(&dossier).unwrap()).unwrap(), dossier);
    }

    #[test]
    fn what_is_kept_in_parts_is_read_as_one() {
        let mut dossier = read(MINIMAL).unwrap();
        for id in ["b", "a"] {
            let text = format!(r#"{{"id":"{id}","path":"{id}.jpg","kind":"photo"}}"#);
            dossier.exhibits.push(serde_json::from_str(&text).unwrap());
        }
        let trunk = write_trunk(&dossier).unwrap();
        let mut parts: Vec<String> =
            dossier.exhibits.iter().map(|one| write_exhibit(one).unwrap()).collect();
        assert!(!trunk.contains("a.jpg"));
        assert_eq!(read_parts(&trunk, &parts).unwrap(), dossier);
        // What is refused in one piece is refused in parts.
        parts.push(parts[0].clone());
        assert!(matches!(read_parts(&trunk, &parts), Err(InterchangeError::Content(_))));
        assert!(matches!(read_parts(&trunk, &["{}"]), Err(InterchangeError::Shape(_))));
    }

    #[test]
    fn an_unknown_field_is_refused_by_its_name() {
        let strange = MINIMAL.replace("\"title\"", "\"colour\":1,\"title\"");
        let InterchangeError::Shape(message) = read(&strange).unwrap_err() else { panic!() };
        assert!(message.contains("colour"), "{message}");
    }

    #[test]
    fn a_later_format_is_refused_before_its_fields() {
        let later = r#"{"format":2,"dossier":{"other":1}}"#;
        assert_eq!(read(later), Err(InterchangeError::NewerFormat { found: 2 }));
    }

    #[test]
    fn only_paths_that_stay_inside_are_inside() {
        for good in ["a.jpg", "photos/a.jpg", "a..b/c d.pdf"] {
            assert!(is_inside(good), "{good}");
        }
        for bad in ["", "/etc/a", "../a", "a/../b", "a//b", "./a", "C:\\a", "a\\b", "a/"] {
            assert!(!is_inside(bad), "{bad}");
        }
    }
}
