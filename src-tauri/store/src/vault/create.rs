//! How does a vault come to be, whole or not at all?
//!
//! It is built beside its place under a hidden name and renamed when everything is on the disk.
//! Deliberately absent: choosing a passphrase.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Vault, ballast};
use crate::{
    Result, VaultError,
    database::Database,
    durable,
    keys::{self, Header, KdfCost, Keys, RecoveryKey, Secret},
    lock, object,
};

const README: &str = "\
This folder is a Lanthan vault. Everything in it is encrypted.

To make a copy: close Lanthan, then copy the whole folder, with everything in it.
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
    /// [`VaultError::AlreadyExists`] when something is there, [`VaultError::PassphraseTooShort`]
    /// below 12 characters; whatever the error, nothing is left.
    pub fn create(folder: &Path, passphrase: &str, cost: KdfCost) -> Result<(Self, RecoveryKey)> {
        let taken = || VaultError::AlreadyExists(folder.display().to_string());
        if fs::symlink_metadata(folder).is_ok() {
            return Err(taken());
        }
        keys::accept(passphrase)?;
        let beside = Beside::make(folder)?;
        let recovery = RecoveryKey::random()?;
        let vault_key = Secret::random()?;
        let mut vault = [0; 16];
        keys::random(&mut vault)?;
        let keys = Keys::derive(&vault_key, &vault)?;
        let mut header = Header::new(&vault);
        keys::new_slots(&mut header, passphrase, &recovery, cost, &vault_key)?;
        header.seal(1, &keys.header);
        beside.furnish(&header, &keys)?;
        // Renaming onto a folder with something in it fails: of two programs, one wins.
        match fs::rename(&beside.0, folder) {
            Ok(()) => {}
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty
                ) =>
            {
                return Err(taken());
            }
            Err(error) => return Err(VaultError::io(folder, error)),
        }
        durable::sync_parent(folder).map_err(|source| VaultError::io(folder, source))?;
        Ok((Self::open_with_keys(folder, keys)?, recovery))
    }
}

/// The vault under its hidden name; what is left of it is removed when dropped.
struct Beside(PathBuf);

impl Beside {
    fn make(folder: &Path) -> Result<Self> {
        let mut name = std::ffi::OsString::from(".");
        name.push(folder.file_name().unwrap_or_default());
        let mut random = [0; 8];
        keys::random(&mut random)?;
        name.push(format!(".{}.new", object::hex(&random)));
        let beside = Self(folder.with_file_name(name));
        durable::create_folder(&beside.0).map_err(|source| VaultError::io(folder, source))?;
        Ok(beside)
    }

    fn furnish(&self, header: &Header, keys: &Keys) -> Result<()> {
        let at = |source| VaultError::io(&self.0, source);
        for name in ["obj", "tmp", "quarantine"] {
            durable::create_folder(&self.0.join(name)).map_err(at)?;
        }
        durable::write_new(&self.0.join(lock::NAME), b"").map_err(at)?;
        durable::write_new(&self.0.join("README.txt"), README.as_bytes()).map_err(at)?;
        ballast::take_on(&self.0)?;
        Database::create(&self.0, keys)?;
        // The keys last: a folder without them is no vault.
        keys::write(&self.0, header)?;
        durable::sync_folder(&self.0).map_err(at)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After the renaming nothing is there. Otherwise it is ours alone, and useless.
        let _ = fs::remove_dir_all(&self.0);
    }
}
