//! How does a vault come to be, whole or not at all?
//!
//! It is built beside its place under a hidden name and renamed when everything is on the disk.
//! Deliberately absent: choosing a passphrase.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Vault, ballast, open};
use crate::{
    Result, VaultError,
    database::Database,
    durable,
    keys::{self, Header, KdfCost, Keys, RecoveryKey, Secret, VaultId},
    lock::{self, Lock},
    object,
};

const README: &str = "\
This folder is a Lanthan vault. Everything in it is encrypted.

To make a copy: close Lanthan, then copy the whole folder, with everything in it.
While somebody has it open, the file \"holder\" says on which computer and since when.
Do not rename, edit or delete single files in it: each one is needed.
A vault opens with its passphrase, or with the recovery key that was shown when it was made.
";

impl Vault {
    /// Creates a vault in a folder that does not exist yet, and opens it.
    ///
    /// The recovery key is shown once and kept nowhere.
    ///
    /// # Errors
    ///
    /// [`VaultError::AlreadyExists`] when something is there, [`VaultError::NetworkShare`],
    /// [`VaultError::PassphraseTooShort`] below 12 characters; whatever the error, nothing is left.
    pub fn create(folder: &Path, passphrase: &str, cost: KdfCost) -> Result<(Self, RecoveryKey)> {
        must_be_free(folder)?;
        open::must_be_local(folder)?;
        keys::accept(passphrase)?;
        let beside = Beside::make(folder)?;
        let recovery = RecoveryKey::random()?;
        let vault_key = Secret::random()?;
        let mut vault = [0; 16];
        keys::random(&mut vault)?;
        let keys = Keys::derive(&vault_key, &vault, 0)?;
        let mut header = Header::new(&vault);
        keys::new_slots(&mut header, passphrase, &recovery, cost, &vault_key)?;
        header.seal(1, &keys.header);
        ballast::take_on(beside.folder())?;
        Database::create(beside.folder(), &keys)?;
        // The keys last: a folder without them is no vault.
        keys::write(beside.folder(), &header)?;
        beside.reveal(folder)?;
        match Self::open_with_keys(folder, keys) {
            Ok(vault) => Ok((vault, recovery)),
            Err(error) => {
                // Nobody has seen its recovery key, and nothing is in it. Best effort.
                let _ = fs::remove_dir_all(folder);
                Err(error)
            }
        }
    }
}

/// Refuses a place where something is.
pub(super) fn must_be_free(folder: &Path) -> Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(_) => Err(VaultError::AlreadyExists(folder.display().to_string())),
        Err(_) => Ok(()),
    }
}

/// The name under which something of a vault is hidden beside its place: `.NAME.<digits>.ENDING`.
pub(super) fn hidden(folder: &Path, number: &[u8], ending: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(format!(".{}.{ending}", object::hex(number)));
    folder.with_file_name(name)
}

/// Removes a hidden folder that is there and that no program works in.
pub(super) fn remove_hidden(hidden: &Path) -> Result<()> {
    // Anything but a folder is not ours.
    if !fs::symlink_metadata(hidden).is_ok_and(|at| at.is_dir()) {
        return Ok(());
    }
    drop(Lock::take(hidden)?);
    fs::remove_dir_all(hidden).map_err(|source| VaultError::io(hidden, source))
}

/// A vault under its hidden name; what is left of it is removed when dropped.
pub(super) struct Beside(PathBuf);

impl Beside {
    /// Makes the hidden folder of what is to become `folder`, with the folders and files that need
    /// no key.
    pub(super) fn make(folder: &Path) -> Result<Self> {
        let mut random = [0; 8];
        keys::random(&mut random)?;
        Self::furnish(folder, &random)
    }

    /// The same for a backup of a vault, in place of what a fault left of an earlier try: the hidden
    /// name is that vault's own.
    ///
    /// # Errors
    ///
    /// [`VaultError::InUse`] when another program is building it.
    pub(super) fn make_again(folder: &Path, vault: &VaultId) -> Result<Self> {
        let left = hidden(folder, &vault[..8], "new");
        remove_hidden(&left)?;
        Self::furnish(folder, &vault[..8])
    }

    fn furnish(folder: &Path, number: &[u8]) -> Result<Self> {
        let beside = Self(hidden(folder, number, "new"));
        let at = |source| VaultError::io(folder, source);
        durable::create_folder(&beside.0).map_err(at)?;
        for name in ["obj", "tmp", "quarantine"] {
            durable::create_folder(&beside.0.join(name)).map_err(at)?;
        }
        durable::write_new(&beside.0.join(lock::NAME), b"").map_err(at)?;
        durable::write_new(&beside.0.join("README.txt"), README.as_bytes()).map_err(at)?;
        Ok(beside)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    /// Gives the folder its name, once everything in it is on the disk.
    pub(super) fn reveal(self, folder: &Path) -> Result<()> {
        durable::sync_folder(&self.0).map_err(|source| VaultError::io(folder, source))?;
        // Renaming onto a folder with something in it fails: of two programs, one wins.
        match fs::rename(&self.0, folder) {
            Ok(()) => durable::sync_parent(folder).map_err(|source| {
                // Its entry may not be on the disk: rather nothing than perhaps. Best effort.
                let _ = fs::remove_dir_all(folder);
                VaultError::io(folder, source)
            }),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty
                ) =>
            {
                Err(VaultError::AlreadyExists(folder.display().to_string()))
            }
            Err(error) => Err(VaultError::io(folder, error)),
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After the renaming nothing is there. Otherwise it is ours alone, and useless.
        let _ = fs::remove_dir_all(&self.0);
    }
}
