//! How does everything of a vault get into another folder, read back after writing?
//!
//! Originals go as they are, encrypted; what is there already is not written again. Then the
//! database, whole and without a log. Deliberately absent: which folder may be written to (see
//! [`super::backup`]).

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use super::{Damaged, Progress, Vault};
use crate::{
    Contents, Damage, LedgerHead, Result, VaultError,
    database::{self, Database},
    durable,
    object::{Expected, Place, Reader},
    table,
};

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// What the copy contains; the same as the vault.
    pub contents: Contents,
    /// Originals that were written; the others were there.
    pub new_objects: u64,
    /// Their length in bytes.
    pub new_bytes: u64,
    /// Originals that are damaged in the vault and not whole in the copy.
    pub damaged: Vec<Damaged>,
    /// The end of the ledger. Kept apart from the copy, it proves that no line was cut off.
    pub ledger: LedgerHead,
}

/// Name of the copied database until it is known to be right.
const UNFINISHED: &str = "vault.db.new";

impl Vault {
    /// What the vault contains.
    pub(super) fn contents(&self) -> Result<Contents> {
        table::contents::of(self.database.read()?)
    }

    /// Copies originals into `to`, which has the folders of a vault, and the database
    /// beside its place.
    pub(super) fn copy_into(&self, to: &Path, progress: Progress<'_>) -> Result<Copied> {
        let contents = self.contents()?;
        let mut copied = Copied {
            contents,
            new_objects: 0,
            new_bytes: 0,
            damaged: Vec::new(),
            ledger: self.verify_ledger()?,
        };
        let objects = table::object::all(self.database.read()?)?;
        let total = objects.iter().map(|object| object.size_bytes).sum();
        let mut done = 0;
        let place = Place::new(to);
        place.remove_parts()?;
        for object in objects {
            if progress(done, total).is_break() {
                return Err(VaultError::Cancelled);
            }
            // An original never changes: one whose header and length are right is the same.
            if Reader::open(&place, self.owner(), object).is_err() {
                self.copy_object(&place, object, &mut copied)?;
            }
            done += object.size_bytes;
        }
        self.copy_database(to, &copied.contents)?;
        // The work is done: whether to go on is no longer a question.
        let _ = progress(total, total);
        Ok(copied)
    }

    fn copy_object(&self, place: &Place, object: Expected, copied: &mut Copied) -> Result<()> {
        // Looked at first: what is no object at all is not copied.
        let written = Reader::open(&self.place, self.owner(), object)
            .and_then(|_| copy_object_file(&self.place, place, object));
        let back = written
            .and_then(|()| Reader::open(place, self.owner(), object)?.copy_to(&mut io::sink()));
        let error = match back {
            Ok(()) => {
                copied.new_objects += 1;
                copied.new_bytes += object.size_bytes;
                return Ok(());
            }
            Err(error) => error,
        };
        let of_the_object = matches!(
            error,
            VaultError::ObjectDamaged { .. } | VaultError::Io { .. } | VaultError::NoPermission(_)
        );
        match of_the_object.then(|| self.damage(object)).transpose()?.flatten() {
            // It was damaged before: the rest is worth copying all the same.
            Some(damaged) => {
                place.destroy(object.id)?;
                copied.damaged.push(damaged);
                Ok(())
            }
            None if matches!(error, VaultError::ObjectDamaged { .. }) => {
                Err(VaultError::CopyDamaged(place.object(object.id).display().to_string()))
            }
            None => Err(error),
        }
    }

    fn copy_database(&self, to: &Path, contents: &Contents) -> Result<()> {
        remove_unfinished(to)?;
        let path = to.join(UNFINISHED);
        self.database.copy_to(&path)?;
        let back = Database::open_frozen_file(&path, &self.keys)
            .and_then(|copy| {
                copy.check()?;
                table::contents::of(copy.read()?)
            })
            .is_ok_and(|back| back == *contents);
        if back {
            return Ok(());
        }
        remove_unfinished(to)?;
        Err(VaultError::CopyDamaged(path.display().to_string()))
    }
}

/// Copies the file of an object as it is, under the name of a part until it is on the disk.
pub(super) fn copy_object_file(from: &Place, to: &Place, object: Expected) -> Result<()> {
    let part = to.part(object.id);
    let at = |source| VaultError::io(&part, source);
    let mut source = File::open(from.object(object.id)).map_err(|_| VaultError::ObjectDamaged {
        object: object.id.to_string(),
        what: Damage::Unreadable,
    })?;
    let mut target = durable::create_file(&part).map_err(at)?;
    let placed = io::copy(&mut source, &mut target)
        .and_then(|_| target.sync_all())
        .map_err(at)
        .and_then(|()| to.put(&part, object.id));
    if placed.is_err() {
        // Best effort: the next opening removes it.
        let _ = fs::remove_file(&part);
    }
    placed
}

/// Removes what a fault left of a database that was being copied.
pub(super) fn remove_unfinished(to: &Path) -> Result<()> {
    // What SQLite writes beside a database goes first: a journal without its database is nobody's.
    for ending in ["-journal", "-wal", "-shm", ""] {
        let path = to.join(format!("{UNFINISHED}{ending}"));
        durable::remove_if_there(&path).map_err(|source| VaultError::io(&path, source))?;
    }
    Ok(())
}

/// Gives the copied database its name.
pub(super) fn reveal_database(to: &Path) -> Result<()> {
    let path = to.join(database::NAME);
    fs::rename(to.join(UNFINISHED), &path)
        .and_then(|()| durable::sync_folder(to))
        .map_err(|source| VaultError::io(&path, source))
}
