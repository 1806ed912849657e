//! What lies in the vault's folder that does not belong there, such as the second version of a file
//! that a cloud folder made?
//!
//! Seen by names alone, without a passphrase, and never touched: nobody but the user knows which of
//! two versions counts. Deliberately absent: asking the cloud program.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Vault, rekey};
use crate::{ObjectId, Result, VaultError, database, holder, lock};

/// Something that the vault did not put there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stray {
    /// Its path from the vault's folder.
    pub path: PathBuf,
    /// What it looks like.
    pub kind: StrayKind,
}

/// What a stray looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StrayKind {
    /// A second version of one of the vault's own files: it was changed in two places.
    ConflictCopy,
    /// Anything else.
    Unknown,
}

/// Everything that may lie in the folder itself.
const OWN: [&str; 15] = [
    "README.txt",
    "backup.mark",
    "backups",
    "ballast",
    holder::NAME,
    "keys.a",
    "keys.a.new",
    "keys.b",
    "keys.b.new",
    lock::NAME,
    "obj",
    "quarantine",
    "tmp",
    database::NAME,
    "vault.db-wal",
];
/// Files that come and go while a backup, a new vault key or an older program is at work.
const PASSING: [&str; 13] = [
    holder::UNFINISHED,
    "vault.db.new",
    "vault.db.new-journal",
    "vault.db.new-shm",
    "vault.db.new-wal",
    "vault.db-journal",
    "vault.db-shm",
    "backup.mark.new",
    rekey::DATABASE,
    "rekey.db-journal",
    "rekey.db-shm",
    "rekey.db-wal",
    rekey::HEADERS,
];

impl Vault {
    /// Lists what does not belong into a vault's folder, sorted; needs no passphrase.
    ///
    /// # Errors
    ///
    /// [`VaultError::Io`] when the folder cannot be listed.
    pub fn strays(folder: &Path) -> Result<Vec<Stray>> {
        let mut strays = Vec::new();
        for name in names(folder)? {
            if !OWN.contains(&name.as_str()) && !PASSING.contains(&name.as_str()) {
                let kind = kind_of(&name);
                strays.push(Stray { path: name.into(), kind });
            }
        }
        for shelf in names(&folder.join("obj"))? {
            for name in names(&folder.join("obj").join(&shelf))? {
                let own = name.parse::<ObjectId>().is_ok() && name.starts_with(&shelf);
                if !own {
                    // Originals are never changed, so even a second version of one is harmless.
                    let path = Path::new("obj").join(&shelf).join(name);
                    strays.push(Stray { path, kind: StrayKind::Unknown });
                }
            }
        }
        strays.sort();
        Ok(strays)
    }
}

/// Cloud programs keep the beginning of the name and most its ending, and put their words between or
/// behind: "vault (1).db", "vault-LAPTOP.db", "keys.sync-conflict-20261125.a", "vault.db.conflict".
fn kind_of(name: &str) -> StrayKind {
    let name = name.to_ascii_lowercase();
    let of = |stem: &str, endings: &[&str]| {
        name.strip_prefix(stem).is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
                && (endings.iter().any(|ending| rest.ends_with(ending) || rest.contains(ending)))
        })
    };
    // Two notes of who has it open are no less telling than two databases.
    if of("vault", &[".db"]) || of("keys", &[".a", ".b"]) || of(holder::NAME, &[""]) {
        StrayKind::ConflictCopy
    } else {
        StrayKind::Unknown
    }
}

/// The names in a folder; none when it is not there.
fn names(folder: &Path) -> Result<Vec<String>> {
    let at = |source| VaultError::io(folder, source);
    match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| Ok(entry.map_err(at)?.file_name().to_string_lossy().into_owned()))
            .collect(),
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(Vec::new())
        }
        Err(error) => Err(at(error)),
    }
}
