//! Would a backup really bring everything back?
//!
//! Opened with the passphrase as on the day it is needed, read to its last byte, and compared with what
//! was noted when it was made and with what the vault holds now. Nothing of it is written.

use std::path::Path;

use super::{Checked, Progress, Vault};
use crate::{Contents, Result, keys::VaultId};

/// A backup that was read to its last byte.
#[derive(Debug, Clone)]
pub struct ReadBackup {
    contents: Contents,
    checked: Checked,
    vault: VaultId,
}

/// What the rehearsal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// What the backup contains.
    pub contents: Contents,
    /// True when that is exactly what the vault contains now; false when one of them is newer.
    pub is_current: bool,
    /// False when it is not what was noted when it was made: it was changed since. True also when
    /// nothing was noted.
    pub is_as_made: bool,
    /// What reading every byte of it found.
    pub checked: Checked,
}

impl Rehearsal {
    /// True when the backup would bring back what it is to bring back.
    #[must_use]
    pub fn works(&self) -> bool {
        self.is_as_made && self.checked.is_whole()
    }
}

impl Vault {
    /// Opens a backup of this vault with its passphrase, reads all of it, and compares.
    ///
    /// # Errors
    ///
    /// As [`Vault::read_backup`].
    pub fn rehearse(
        &self,
        backup: &Path,
        passphrase: &str,
        scratch: &Path,
        progress: Progress<'_>,
    ) -> Result<Rehearsal> {
        self.compare(backup, Self::read_backup(backup, passphrase, scratch, progress)?)
    }

    /// Opens a backup with its passphrase and reads all of it; needs no open vault.
    ///
    /// # Errors
    ///
    /// As [`Vault::open_read_only`] and [`Vault::check`].
    pub fn read_backup(
        backup: &Path,
        passphrase: &str,
        scratch: &Path,
        progress: Progress<'_>,
    ) -> Result<ReadBackup> {
        let copy = Self::open_read_only(backup, passphrase, scratch)?;
        let checked = copy.check(progress)?;
        let read = ReadBackup { contents: copy.contents()?, checked, vault: copy.keys.vault };
        copy.close()?;
        Ok(read)
    }

    /// Compares a backup that was read with what was noted of it and with what the vault holds.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn compare(&self, backup: &Path, read: ReadBackup) -> Result<Rehearsal> {
        let ReadBackup { contents, checked, vault } = read;
        let is_ours = vault == self.keys.vault;
        let noted = self.backup_at(backup)?;
        let is_as_made = noted.is_none_or(|row| is_ours && row.contents == contents);
        let is_current = is_ours && contents == self.contents()?;
        Ok(Rehearsal { contents, is_current, is_as_made, checked })
    }
}
