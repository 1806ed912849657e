//! Does a vault do what it promises, as a whole?

mod backups;
mod checks;
mod dossiers;
mod holders;
mod ledger;
mod life;
#[cfg(target_os = "linux")]
mod memory;
mod migrations;
mod originals;
mod passphrases;
mod planned;
mod reading;
mod rekeying;
mod search;
mod secrecy;
mod sight;

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use jiff::civil::{Date, DateTime, date};
use lanthan_core::{
    id::{DossierId, ExhibitId},
    search::Changes,
};
use tempfile::TempDir;

use crate::{KdfCost, Meta, ObjectId, Save, SavedExhibit, StoredObject, Vault, VaultError};

const PHRASE: &str = "seven small grey stones";
const DAY: Date = date(2026, 11, 25);
const NOW: DateTime = DAY.at(14, 2, 0, 0);

/// A vault in a folder of its own; its recovery key.
fn new_vault() -> (TempDir, PathBuf, Vault, String) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Test.lanthan");
    let (vault, recovery) = Vault::create(&folder, PHRASE, KdfCost::SMALLEST).unwrap();
    let recovery = recovery.to_string();
    (place, folder, vault, recovery)
}

fn reopen(folder: &Path) -> Vault {
    Vault::open(folder, PHRASE).unwrap()
}

fn dossier(id: &str) -> DossierId {
    DossierId::new(id).unwrap()
}

fn exhibit(id: &str) -> ExhibitId {
    ExhibitId::new(id).unwrap()
}

fn import(vault: &mut Vault, bytes: &[u8]) -> StoredObject {
    let meta = Meta { name: "photo.jpg".to_owned(), mime: "image/jpeg".to_owned() };
    vault.import(&mut &bytes[..], meta, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn save(
    vault: &mut Vault,
    id: &str,
    body: &str,
    expected_revision: Option<u64>,
    objects: &[(&str, ObjectId)],
) -> Result<u64, VaultError> {
    let named: Vec<_> = objects.iter().map(|(name, id)| (exhibit(name), *id)).collect();
    let exhibits: Vec<_> = named
        .iter()
        .map(|(id, object)| SavedExhibit { id, body: Some("{}".into()), object: Some(*object) })
        .collect();
    vault.save_dossier(Save {
        id: &dossier(id),
        title: "Sample order",
        body,
        day: DAY,
        expected_revision,
        exhibits: &exhibits,
        search: &Changes::default(),
    })
}

fn undo(vault: &mut Vault, id: &str) -> Result<Option<u64>, VaultError> {
    vault.undo_dossier(&dossier(id), &|_| Some(Changes::default()))
}

/// Every file below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The bytes of every file below a folder, by its path from there.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(folder).unwrap().to_owned();
        (inside, std::fs::read(&path).unwrap())
    };
    files(folder).into_iter().map(read).collect()
}

/// Nobody stops the work.
fn silent(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn object_files(folder: &Path) -> Vec<PathBuf> {
    files(&folder.join("obj"))
}
