//! Which backups does the vault know, and how does each stand now?
//!
//! What is known is kept in the vault; how it stands is looked at without a passphrase and without
//! writing. Deliberately absent: reading a backup's contents (see [`super::rehearse`]).

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::civil::{Date, DateTime};
use lanthan_core::backup::{is_old, longest_days};

use super::{BackedUp, Vault};
use crate::{
    BackupPlan, BackupRow, Result, VaultError,
    keys::{Copies, Header},
    table::backup as table,
};

/// The backups that the vault knows, to be looked at without it.
#[derive(Debug, Clone)]
pub struct Register {
    /// The backups, the newest first.
    pub rows: Vec<BackupRow>,
    header: Header,
}

/// How a backup stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is in its place, and today's passphrase opens it.
    There,
    /// It is in its place, and opens with an earlier passphrase.
    OtherPassphrase,
    /// Nothing is in its place: it was moved, or the medium is not there.
    Missing,
    /// Something else is in its place, or its key files are damaged.
    Unreadable,
}

impl Register {
    /// How a backup stands now; only its key files are read.
    #[must_use]
    pub fn standing(&self, row: &BackupRow) -> Standing {
        match Copies::read(&row.place) {
            Ok(copies) if copies.newest().vault() == self.header.vault() => {
                if self.header.shares(copies.newest(), |slot| slot.is_passphrase()) {
                    Standing::There
                } else {
                    Standing::OtherPassphrase
                }
            }
            Err(VaultError::NotAVault(_)) if fs::symlink_metadata(&row.place).is_err() => {
                Standing::Missing
            }
            _ => Standing::Unreadable,
        }
    }
}

impl Vault {
    /// Every backup that is known, the newest first.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be read.
    pub fn backups(&self) -> Result<Vec<BackupRow>> {
        table::all(self.database.read()?)
    }

    /// The backup that is known at a place.
    pub(super) fn backup_at(&self, place: &Path) -> Result<Option<BackupRow>> {
        let place = absolute(place);
        Ok(self.backups()?.into_iter().find(|row| row.place == place))
    }

    /// The same, to be looked at without the vault.
    ///
    /// # Errors
    ///
    /// As [`Vault::backups`], and [`VaultError::HeaderDamaged`].
    pub fn backup_register(&self) -> Result<Register> {
        let header = Copies::read(&self.folder)?.genuine(&self.keys)?.clone();
        Ok(Register { rows: self.backups()?, header })
    }

    /// Remembers a backup that was made, and that those which it replaced are gone. A vault that is
    /// open for reading only remembers nothing.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be written; the backup is made all the same.
    pub fn note_backup(&mut self, made: &BackedUp) -> Result<()> {
        if self.is_read_only() {
            return Ok(());
        }
        let earlier = self.backup_at(&made.place)?;
        let row = BackupRow {
            place: absolute(&made.place),
            made: made.made,
            // A place of the plan stays one, also when the user writes to it by hand.
            planned: made.planned || earlier.is_some_and(|row| row.planned),
            contents: made.copied.contents.clone(),
            size_bytes: made.copied.size_bytes,
            damaged: made.copied.damaged.len() as u64,
            rehearsed: None,
        };
        self.changing()?.write(|tx| {
            table::note(tx, &row)?;
            made.removed.iter().try_for_each(|gone| table::forget(tx, &absolute(gone)).map(|_| ()))
        })
    }

    /// Remembers what a rehearsal found; false when the vault knows no backup at that place.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be written.
    pub fn note_rehearsal(&mut self, place: &Path, when: DateTime, works: bool) -> Result<bool> {
        if self.is_read_only() {
            return Ok(false);
        }
        let place = absolute(place);
        self.changing()?.write(|tx| table::note_rehearsal(tx, &place, when, works))
    }

    /// Forgets a backup; its folder stays as it is. False when none at that place was known.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be written.
    pub fn forget_backup(&mut self, place: &Path) -> Result<bool> {
        let place = absolute(place);
        self.changing()?.write(|tx| table::forget(tx, &place))
    }

    /// The plan by which backups are made.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be read.
    pub fn backup_plan(&self) -> Result<BackupPlan> {
        table::plan(self.database.read()?)
    }

    /// Replaces the plan by which backups are made.
    ///
    /// # Errors
    ///
    /// [`VaultError::BackupInside`] for a folder of the vault itself; [`VaultError`] when the database
    /// cannot be written.
    pub fn set_backup_plan(&mut self, plan: &BackupPlan) -> Result<()> {
        let folder = plan.folder.as_deref().map(absolute);
        if let Some(folder) = &folder {
            let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| absolute(path));
            if real(folder).starts_with(real(&self.folder)) {
                return Err(VaultError::BackupInside(folder.display().to_string()));
            }
        }
        let plan = BackupPlan { folder, rhythm: plan.rhythm };
        self.changing()?.write(|tx| table::set_plan(tx, &plan))
    }

    /// True when the plan asks for a backup: it has a folder, the last backup is as old as the plan
    /// says, and something was changed since.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be read.
    pub fn is_backup_due(&self, today: Date) -> Result<bool> {
        let plan = self.backup_plan()?;
        let last = self.backups()?.into_iter().find(|row| row.planned);
        let is_due = plan.rhythm.is_due(last.as_ref().map(|row| row.made), today);
        Ok(plan.folder.is_some() && is_due && self.is_behind(last.as_ref())?)
    }

    /// True when the last backup is so old, and so much was changed since, that the user is to be
    /// warned; true when there is none and something to lose.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be read.
    pub fn is_backup_old(&self, today: Date) -> Result<bool> {
        let days = longest_days(self.backup_plan()?.rhythm);
        let last = self.backups()?.into_iter().next();
        let is_young = last.as_ref().is_some_and(|row| !is_old(row.made, today, days));
        Ok(!is_young && self.is_behind(last.as_ref())?)
    }

    /// True when the vault holds something else than this backup; without one, when it holds anything.
    fn is_behind(&self, last: Option<&BackupRow>) -> Result<bool> {
        let now = self.contents()?;
        Ok(last.map_or(now.versions + now.ledger_lines > 0, |row| row.contents != now))
    }
}

/// A path from where the program was started leads nowhere the next time.
fn absolute(place: &Path) -> PathBuf {
    std::path::absolute(place).unwrap_or_else(|_| place.to_owned())
}
