//! What does a small dossier in its open form look like?
//!
//! The smallest one that may leave, to be spoilt by one change a test. Every firm is invented.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::hostile;

/// The day on which every test judges.
pub const DAY: Date = date(2026, 11, 20);

/// The rule pack of every dossier here.
pub const PACK: &str = "cn-dual-use-rare-earth";

/// A `dossier.json` with its files, still to be changed.
#[derive(Debug, Clone)]
pub struct OpenDossier {
    /// The whole file as it will be written.
    pub json: Value,
    /// The files beside it.
    pub files: Vec<(String, Vec<u8>)>,
}

impl OpenDossier {
    /// One supplier, one buyer, one protected customer, one photograph that is cleared for the
    /// supplier.
    #[must_use]
    pub fn small() -> Self {
        let json = json!({"format": 1, "dossier": {
            "id": "test",
            "title": "Test order",
            "pack": {"id": PACK, "version": "2026.11"},
            "parties": [
                {"id": "supplier", "roles": ["supplier"],
                 "profile": {"name": "Example Magnetics Co.", "name-zh": "示例磁材有限公司"}},
                {"id": "importer", "roles": ["importer", "end-user"],
                 "profile": {"name": "Sample Audio S.r.l.", "address": "Via Esempio 1, Vicenza"}},
                {"id": "customer", "roles": ["downstream-customer"],
                 "alias": {"en": "Customer A", "zh": "客户A"},
                 "profile": {"name": "Klangwerk Muster GmbH"}},
            ],
            "order": {"number": "PO-TEST-1"},
            "end-use": {"application": {"en": "loudspeakers", "zh": "扬声器"}},
            "protected-terms": [{"term": "Falkenbrise", "why": "name of a project"}],
        }});
        Self { json, files: Vec::new() }.exhibit("photo", "photo.jpg", hostile::jpeg(320, 240))
    }

    /// With one more exhibit, cleared for the supplier.
    #[must_use]
    pub fn exhibit(mut self, id: &str, path: &str, bytes: Vec<u8>) -> Self {
        let kind = if bytes.starts_with(b"%PDF") { "document" } else { "photo" };
        self.files.push((path.to_owned(), bytes));
        self.exhibit_entry(json!({
            "id": id,
            "path": path,
            "kind": kind,
            "level": "generic",
            "title": {"en": format!("Exhibit {id}"), "zh": format!("附件{id}")},
            "caption": {"en": "One of the goods.", "zh": "货物之一。"},
            "cleared-for": ["supplier"],
        }))
    }

    /// With an entry under `exhibits` as it is.
    #[must_use]
    pub fn exhibit_entry(mut self, entry: Value) -> Self {
        let exhibits = &mut self.json["dossier"]["exhibits"];
        match exhibits.as_array_mut() {
            Some(all) => all.push(entry),
            None => *exhibits = json!([entry]),
        }
        self
    }

    /// With the only exhibit's file replaced by other bytes under the same name.
    #[must_use]
    pub fn photo(mut self, bytes: Vec<u8>) -> Self {
        self.files[0].1 = bytes;
        self
    }

    /// With a value put under a JSON pointer below `dossier`.
    ///
    /// # Panics
    ///
    /// When the place above it is not there.
    #[must_use]
    pub fn put(mut self, pointer: &str, value: Value) -> Self {
        let (above, key) = pointer.rsplit_once('/').expect("a pointer begins with a slash");
        let above = self.json["dossier"].pointer_mut(above).expect("the place is there");
        above[key] = value;
        self
    }

    /// Writes it into a new folder and answers that.
    ///
    /// # Panics
    ///
    /// When the folder cannot be written.
    #[must_use]
    pub fn write(&self, folder: &Path) -> PathBuf {
        for (path, bytes) in &self.files {
            let at = folder.join(path);
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            fs::write(at, bytes).unwrap();
        }
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("dossier.json"), self.json.to_string()).unwrap();
        folder.to_owned()
    }
}
