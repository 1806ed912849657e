//! How does a vault get another passphrase or another recovery key?
//!
//! Only the key files are written again; originals and database stay as they are. Copies of the
//! folder that were made before keep opening with the old passphrase. Deliberately absent: a new
//! vault key.

use super::Vault;
use crate::{
    Result,
    keys::{self, Copies, KdfCost, PASSPHRASE_SLOT, RecoveryKey, Unlocked, Way},
};

impl Vault {
    /// Refuses a passphrase that is too short for any vault.
    ///
    /// # Errors
    ///
    /// [`VaultError::PassphraseTooShort`](crate::VaultError::PassphraseTooShort) below 12 characters.
    pub fn accept_passphrase(passphrase: &str) -> Result<()> {
        keys::accept(passphrase)
    }

    /// Refuses whoever does not know the passphrase, such as before something leaves unencrypted.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`](crate::VaultError::WrongPassphrase).
    pub fn confirm(&self, passphrase: &str) -> Result<()> {
        Copies::read(&self.folder)?.unlock(Way::Passphrase(passphrase)).map(|_| ())
    }

    /// Gives the vault another passphrase. Afterwards the old one opens it no more.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`](crate::VaultError::WrongPassphrase) when `current` is not the
    /// passphrase, [`VaultError::PassphraseTooShort`](crate::VaultError::PassphraseTooShort); nothing
    /// is changed then. When the disk fails in between, the old or the new one opens it.
    pub fn change_passphrase(&mut self, current: &str, new: &str, cost: KdfCost) -> Result<()> {
        self.set_passphrase(Way::Passphrase(current), new, cost)
    }

    /// Gives the vault another passphrase by its recovery key as typed, which stays valid.
    ///
    /// # Errors
    ///
    /// [`VaultError::RecoveryKey`](crate::VaultError::RecoveryKey); otherwise as
    /// [`Vault::change_passphrase`].
    pub fn reset_passphrase(&mut self, recovery: &str, new: &str, cost: KdfCost) -> Result<()> {
        let key: RecoveryKey = recovery.parse()?;
        self.set_passphrase(Way::Recovery(&key), new, cost)
    }

    /// Gives the vault another recovery key, which is shown once. The old one opens it no more.
    ///
    /// # Errors
    ///
    /// As [`Vault::change_passphrase`].
    pub fn replace_recovery_key(&mut self, current: &str, cost: KdfCost) -> Result<RecoveryKey> {
        let key = RecoveryKey::random()?;
        self.rewrite_keys(Way::Passphrase(current), Way::Recovery(&key), |unlocked| {
            keys::fill_recovery(&mut unlocked.header, &key, cost, &unlocked.vault_key)
        })?;
        Ok(key)
    }

    fn set_passphrase(&mut self, by: Way<'_>, new: &str, cost: KdfCost) -> Result<()> {
        keys::accept(new)?;
        self.rewrite_keys(by, Way::Passphrase(new), |unlocked| {
            let slot = match by {
                Way::Passphrase(_) => unlocked.slot,
                Way::Recovery(_) => PASSPHRASE_SLOT,
            };
            let Unlocked { header, vault_key, .. } = unlocked;
            keys::fill_passphrase(header, slot, new, cost, vault_key).map(|_| ())
        })
    }

    /// Unlocks the key files anew, changes them, tries them, and writes both.
    fn rewrite_keys(
        &mut self,
        by: Way<'_>,
        then: Way<'_>,
        change: impl FnOnce(&mut Unlocked) -> Result<()>,
    ) -> Result<()> {
        self.changing()?.read()?;
        let copies = Copies::read(&self.folder)?;
        let mut unlocked = copies.unlock(by)?;
        change(&mut unlocked)?;
        let generation = copies.newest().generation() + 1;
        unlocked.header.seal(generation, &self.keys.header);
        // A header that does not open by the new way would lock everybody out: tried first.
        Copies::of(&self.folder, unlocked.header.clone()).unlock(then)?;
        keys::write(&self.folder, &unlocked.header)
    }
}
