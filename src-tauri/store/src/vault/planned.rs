//! Which places do backups take turns in that are made by a plan, and which of them are removed?
//!
//! `NAME backup 1.lanthan`, `NAME backup 2.lanthan` and so on in the folder of the plan, each a vault of
//! its own. Once there are enough, the oldest is brought up to now, which writes only what is new and
//! leaves it what it was until that has been read back. Removed is only what this vault wrote and
//! nobody changed since, and only when fewer are to be kept. Deliberately absent: how many, and which
//! one is next (see [`lanthan_core::backup`]).

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::civil::DateTime;
use lanthan_core::backup::{Kept, rotate};

use super::{Backing, Vault, create, mark};
use crate::{
    BackupRow, Result, VaultError,
    database::{self, Database},
    durable,
    keys::{Copies, Keys},
    lock::Lock,
    table,
};

/// The last number of a place.
const LAST: u32 = 99;
const GONE: &str = "gone";

/// A place with a backup of this vault that the plan may write to.
struct Turn {
    place: PathBuf,
    kept: Kept,
    /// True when the register knows that the plan made it.
    is_known: bool,
}

impl Vault {
    /// Begins the next backup of the plan.
    ///
    /// # Errors
    ///
    /// [`VaultError::NoBackupFolder`], [`VaultError::BackupFolderMissing`] when the folder is not
    /// there, as on a medium that is not plugged in, [`VaultError::ReadOnly`]; otherwise as
    /// [`Vault::begin_backup`].
    pub fn begin_planned_backup(&mut self, now: DateTime) -> Result<Backing> {
        self.changing()?;
        let plan = self.backup_plan()?;
        let folder = plan.folder.ok_or(VaultError::NoBackupFolder)?;
        if !folder.is_dir() {
            return Err(VaultError::BackupFolderMissing(folder.display().to_string()));
        }
        self.bury_loose()?;
        let (mut turns, free) = self.turns(&folder)?;
        loop {
            let kept: Vec<Kept> = turns.iter().map(|turn| turn.kept).collect();
            let next = rotate(&kept, plan.rhythm.keep());
            let begun = match next.into {
                None => self.begin_backup(&free, now),
                Some(at) => self.begin_again(&turns[at].place, now),
            };
            match (begun, next.into) {
                // It has become somebody's work, or is being looked at: left alone.
                (Err(error), Some(at)) if is_of_the_place(&error) => drop(turns.remove(at)),
                (begun, _) => {
                    let mut backing = begun?;
                    let gone = next.gone.iter().map(|at| &turns[*at]);
                    let gone = gone.filter(|turn| turn.is_known);
                    backing.planned = Some(gone.map(|turn| turn.place.clone()).collect());
                    return Ok(backing);
                }
            }
        }
    }

    /// The places that take turns in a folder, and the first that is free. What a fault left of removing
    /// one is removed.
    fn turns(&self, folder: &Path) -> Result<(Vec<Turn>, PathBuf)> {
        let rows = self.backups()?;
        let (mut turns, mut free) = (Vec::new(), None);
        for number in 1..=LAST {
            let place = self.turn_place(folder, number);
            // Best effort: it only takes room.
            let _ = create::remove_hidden(&create::hidden(&place, &self.keys.vault[..8], GONE));
            if fs::symlink_metadata(&place).is_err() {
                free = free.or(Some(place));
            } else if Copies::read(&place).is_ok_and(|of| of.newest().vault() == self.keys.vault) {
                let row = rows.iter().find(|row| row.place == place);
                turns.push(Turn {
                    kept: kept(row),
                    is_known: row.is_some_and(|r| r.planned),
                    place,
                });
            }
        }
        let taken = || VaultError::AlreadyExists(folder.display().to_string());
        free.map(|free| (turns, free)).ok_or_else(taken)
    }

    fn turn_place(&self, folder: &Path, number: u32) -> PathBuf {
        let is_named = self.folder.extension().is_some_and(|ending| ending == "lanthan");
        let name = if is_named { self.folder.file_stem() } else { self.folder.file_name() };
        let name = name.unwrap_or_default().to_string_lossy();
        folder.join(format!("{name} backup {number}.lanthan"))
    }
}

fn kept(row: Option<&BackupRow>) -> Kept {
    let works = row.and_then(|row| row.rehearsed).is_none_or(|(_, works)| works);
    Kept { made: row.map(|row| row.made), works }
}

/// True when another place may do, because it is not the medium that refuses.
fn is_of_the_place(error: &VaultError) -> bool {
    matches!(
        error,
        VaultError::AlreadyExists(_)
            | VaultError::CopyMovedOn(_)
            | VaultError::CopyOtherKey(_)
            | VaultError::HeaderDamaged
            | VaultError::InUse(_)
            | VaultError::NewerVault { .. }
            | VaultError::NotAVault(_)
    )
}

/// Removes backups of the vault with these keys that nobody changed or has open, and answers those that
/// are gone. One that cannot be removed now is tried again after the next backup.
pub(super) fn remove(keys: &Keys, places: Vec<PathBuf>) -> Vec<PathBuf> {
    places.into_iter().filter(|place| remove_one(keys, place).is_ok()).collect()
}

fn remove_one(keys: &Keys, place: &Path) -> Result<()> {
    let lock = Lock::take(place)?;
    if !is_as_written(keys, place)? {
        return Err(VaultError::CopyMovedOn(place.display().to_string()));
    }
    let hidden = create::hidden(place, &keys.vault[..8], GONE);
    // A folder with an open file in it cannot be renamed everywhere.
    drop(lock);
    // Out of sight first, so that half of one is never seen.
    fs::rename(place, &hidden)
        .and_then(|()| durable::sync_parent(place))
        .map_err(|source| VaultError::io(place, source))?;
    // Best effort: what stays is hidden, and the next backup removes it.
    let _ = create::remove_hidden(&hidden);
    Ok(())
}

/// True when the vault with these keys wrote what is there, and nobody changed it.
fn is_as_written(keys: &Keys, place: &Path) -> Result<bool> {
    if Copies::read(place)?.genuine(keys).is_err() || database::has_log(place) {
        return Ok(false);
    }
    let Some(database) = Database::open_frozen(&place.join(database::NAME), keys)? else {
        return Ok(false);
    };
    let contents = table::contents::of(database.read()?)?;
    database.close()?;
    mark::vouches(place, keys, &contents)
}
