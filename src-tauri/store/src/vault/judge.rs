//! Which of today's keys open a copy of the vault, such as a backup?
//!
//! Seen from the key files alone, without a passphrase: a slot keeps its salt for as long as its secret
//! stays the same, and gets another one with another secret. Deliberately absent: whether the copy is
//! whole (see [`super::rehearse`]).

use std::path::Path;

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
        let shared = |is_kind: fn(&crate::keys::Slot<'_>) -> bool| {
            let slots = || mine.slots().map(|(_, slot)| slot).filter(is_kind);
            theirs.slots().any(|(_, slot)| slots().any(|own| own.has_the_secret_of(slot)))
        };
        Ok(Some(CopyKeys {
            todays_passphrase: shared(|slot| slot.is_passphrase()),
            todays_recovery_key: shared(|slot| slot.is_recovery()),
            todays_vault_key: theirs.key_generation() == self.keys.generation,
        }))
    }

    fn is_older(&self, header: &Header) -> bool {
        let known = if self.keys.previous.is_some() { 2 } else { 1 };
        header.key_generation().checked_add(known).is_some_and(|end| end <= self.keys.generation)
    }
}
