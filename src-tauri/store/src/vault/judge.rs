//! Which of today's keys open a copy of the vault, such as a backup?
//!
//! Seen from the key files alone, without a passphrase: a slot keeps its salt for as long as its secret
//! stays the same, and gets another one with another secret. Deliberately absent: whether the copy is
//! whole (see [`super::rehearse`]).

use std::path::{Path, PathBuf};

use super::Vault;
use crate::{
    Result, VaultError,
    keys::{Copies, Header},
};

/// Which of a vault's keys of today open a copy of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyKeys {
    /// True when today's passphrase opens it; otherwise an earlier one does, and today's does not.
    pub todays_passphrase: bool,
    /// The same of the recovery key.
    pub todays_recovery_key: bool,
    /// True when it is encrypted under today's vault key.
    pub todays_vault_key: bool,
}

/// A backup that the vault remembers, and which of today's keys open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedBackup {
    /// Where it was made.
    pub place: PathBuf,
    /// Which keys open it; `None` when that cannot be said: it is not there now, or something else is,
    /// and the keys of the vault were changed at some time.
    pub keys: Option<CopyKeys>,
}

impl Vault {
    /// Judges a copy of this vault, without a passphrase and without writing a byte; `None` when the
    /// folder is another vault's.
    ///
    /// # Errors
    ///
    /// [`VaultError::NotAVault`], [`VaultError::NewerVault`], and [`VaultError::HeaderDamaged`] when the
    /// key files of the copy are not what the vault wrote.
    pub fn judge_copy(&self, folder: &Path) -> Result<Option<CopyKeys>> {
        let theirs = Copies::read(folder)?;
        if theirs.newest().vault() != self.keys.vault {
            return Ok(None);
        }
        let mine = Copies::read(&self.folder)?;
        let mine = mine.genuine(&self.keys)?;
        let previous = self.keys.previous.as_deref();
        let known = [Some(&self.keys), previous].into_iter().flatten();
        let found = known.into_iter().find_map(|keys| theirs.genuine(keys).ok());
        let theirs = match found {
            Some(header) => header,
            // Keys that old are not known any more: what the files say has to do.
            None if self.is_older(theirs.newest()) => theirs.newest(),
            None => return Err(VaultError::HeaderDamaged),
        };
        Ok(Some(CopyKeys {
            todays_passphrase: mine.shares(theirs, |slot| slot.is_passphrase()),
            todays_recovery_key: mine.shares(theirs, |slot| slot.is_recovery()),
            todays_vault_key: theirs.key_generation() == self.keys.generation,
        }))
    }

    /// The same of every backup that is remembered, the newest first.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database or the vault's own key files cannot be read.
    pub fn judge_backups(&self) -> Result<Vec<JudgedBackup>> {
        let is_first = Copies::read(&self.folder)?.genuine(&self.keys)?.generation() == 1;
        // Where the key files were never written again, all that was ever made opens with them.
        let first =
            CopyKeys { todays_passphrase: true, todays_recovery_key: true, todays_vault_key: true };
        let judged = self.backups()?.into_iter().map(|row| {
            let keys = self.judge_copy(&row.place).ok().flatten();
            JudgedBackup { keys: keys.or(is_first.then_some(first)), place: row.place }
        });
        Ok(judged.collect())
    }

    fn is_older(&self, header: &Header) -> bool {
        let known = if self.keys.previous.is_some() { 2 } else { 1 };
        header.key_generation().checked_add(known).is_some_and(|end| end <= self.keys.generation)
    }
}
