//! Who may open a vault from now on?
//!
//! Another passphrase or recovery key changes the way in; a new key for everything shuts out whoever
//! took the vault key from an old copy. Deliberately absent: how keys are kept (store).

use std::path::Path;

use lanthan_store::{CopyKeys, JudgedBackup, KdfCost, RecoveryKey, Rekey, Vault, VaultError};

use crate::{Progress, Result, Workspace, strength, vault::step};

impl Workspace {
    /// Opens a vault by its recovery key as typed and gives it another passphrase. The recovery key
    /// stays valid.
    ///
    /// # Errors
    ///
    /// `recovery-key` naming the mistyped group, a passphrase that [`strength`] does not accept, and
    /// as [`Workspace::open`]; the vault is unchanged then.
    pub fn open_with_recovery_key(
        folder: &Path,
        recovery: &str,
        new_passphrase: &str,
        cost: KdfCost,
    ) -> Result<Self> {
        strength::accept(new_passphrase)?;
        let vault = Vault::open_with_recovery_key(folder, recovery)?;
        let mut workspace = Self::over(folder, vault)?;
        workspace.reset_passphrase(recovery, new_passphrase, cost)?;
        Ok(workspace)
    }

    /// Gives the open vault another passphrase by its recovery key as typed.
    ///
    /// # Errors
    ///
    /// As [`Workspace::open_with_recovery_key`].
    pub fn reset_passphrase(&mut self, recovery: &str, new: &str, cost: KdfCost) -> Result<()> {
        strength::accept(new)?;
        Ok(self.vault.reset_passphrase(recovery, new, cost)?)
    }

    /// Gives the vault another passphrase; the old one opens it no more. Backups that were made
    /// before keep opening with the old one.
    ///
    /// # Errors
    ///
    /// `wrong-passphrase` when `current` is not the passphrase, or a new one that [`strength`] does
    /// not accept; the vault is unchanged then.
    pub fn change_passphrase(&mut self, current: &str, new: &str, cost: KdfCost) -> Result<()> {
        strength::accept(new)?;
        Ok(self.vault.change_passphrase(current, new, cost)?)
    }

    /// Gives the vault another recovery key, which is shown once; the old one opens it no more.
    ///
    /// # Errors
    ///
    /// `wrong-passphrase` when `current` is not the passphrase; the vault is unchanged then.
    pub fn replace_recovery_key(&mut self, current: &str, cost: KdfCost) -> Result<RecoveryKey> {
        Ok(self.vault.replace_recovery_key(current, cost)?)
    }

    /// Draws a recovery key that opens nothing yet, to be put on paper before [`Workspace::rekey`].
    ///
    /// # Errors
    ///
    /// `wrong-passphrase` when `current` is not the passphrase.
    pub fn draw_recovery_key(&self, current: &str) -> Result<RecoveryKey> {
        Ok(self.vault.draw_recovery_key(current)?)
    }

    /// Reads a recovery key as typed or shown.
    ///
    /// # Errors
    ///
    /// `recovery-key` naming the mistyped group.
    pub fn read_recovery_key(text: &str) -> Result<RecoveryKey> {
        Ok(text.parse().map_err(VaultError::from)?)
    }

    /// Gives the vault a new key for everything: keys that somebody took from an earlier copy open
    /// nothing of it any more. It can be stopped until the new key holds, and then runs to its end.
    ///
    /// # Errors
    ///
    /// `wrong-passphrase`, `recovery-key`, a new passphrase that [`strength`] does not accept,
    /// `disk-full`, `cancelled`; the vault is unchanged then.
    pub fn rekey(&mut self, wish: &Rekey<'_>, progress: Progress<'_>) -> Result<()> {
        if let Some(new) = wish.new_passphrase {
            strength::accept(new)?;
        }
        Ok(self.vault.rekey(wish, &mut step("rekey", progress))?)
    }

    /// Which of the vault's keys of today open each backup that it remembers, the newest first.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`](crate::Error::Vault) when the vault cannot be read.
    pub fn judge_backups(&self) -> Result<Vec<JudgedBackup>> {
        Ok(self.vault.judge_backups()?)
    }

    /// Which of the vault's keys of today open a copy of it, such as a backup; `None` when the folder is
    /// another vault's. Needs no passphrase and writes nothing.
    ///
    /// # Errors
    ///
    /// `not-a-vault` when there is none, `header-damaged`, `newer-vault`.
    pub fn judge_copy(&self, folder: &Path) -> Result<Option<CopyKeys>> {
        Ok(self.vault.judge_copy(folder)?)
    }
}
