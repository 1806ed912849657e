//! What is the smallest whole pack, for tests?

use std::collections::BTreeMap;

use super::{Pack, PackError};
use crate::{
    dossier::{Dossier, PackRef},
    id::DossierId,
};

const STRUCTURE: &str = "format = 1\nid = \"p\"\nversion = \"2026.11\"\nverified-on = \"2026-11-23\"\n\
    statement = []\n[[requirement]]\nid = \"a\"\nsection = \"A\"\nwho = [\"importer\"]\n\
    basis = { kind = \"law\", mark = \"P\", sources = [\"s\"] }\ndemand = \"conditional\"\n\
    when = \"requested\"\ntier = \"0\"\nforms = [\"form\"]\nrisk = \"none\"\n\
    needs.fields = [\"order.number\"]\n[sources]\ns = \"A source\"\n";

/// A pack with one requirement, `a`, and every text that it must have.
pub(crate) fn bare() -> Pack {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    loop {
        let written: String = texts.values().map(String::as_str).collect();
        let wanted = match read(STRUCTURE, &written) {
            Ok(pack) => return pack,
            Err(PackError::NotWhole(faults)) => faults,
            Err(other) => panic!("{other}"),
        };
        let before = texts.len();
        for fault in wanted {
            let Some(key) = fault.missing() else { panic!("{fault}") };
            let quoted: Vec<String> = key.split('.').map(|part| format!("\"{part}\"")).collect();
            texts.insert(key.to_owned(), format!("{} = \"Word\"\n", quoted.join(".")));
        }
        assert!(texts.len() > before, "nothing more can be written");
    }
}

/// An empty dossier under it.
pub(crate) fn dossier() -> Dossier {
    let pack = bare();
    let of = PackRef { id: pack.id, version: pack.version, overlays: Vec::new() };
    Dossier::new(DossierId::new("d").unwrap(), String::new(), of)
}

fn read(structure: &str, texts: &str) -> Result<Pack, PackError> {
    Pack::read(structure, texts, texts)
}
