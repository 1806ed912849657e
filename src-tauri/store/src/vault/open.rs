//! How is a vault opened, and what does it say before?

use std::path::Path;

use super::{Vault, ballast};
use crate::{
    Result, VaultError,
    database::Database,
    keys::{self, Copies, Keys, RecoveryKey, Way},
    lock::Lock,
    object::{self, Place},
};

/// What can be said of a vault without a passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Name of the folder without `.lanthan`.
    pub name: String,
    /// Version of its format.
    pub format_version: u16,
    /// Identifies the vault and all its copies, 32 hexadecimal digits.
    pub vault_id: String,
    /// How often its key files were written.
    pub generation: u64,
    /// True when it also opens with a recovery key.
    pub has_recovery: bool,
}

impl Vault {
    /// Opens a vault with its passphrase.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`], [`VaultError::InUse`], [`VaultError::NotAVault`],
    /// [`VaultError::NewerVault`] before anything is written, and what a damaged vault answers.
    pub fn open(folder: &Path, passphrase: &str) -> Result<Self> {
        Self::open_by(folder, Way::Passphrase(passphrase))
    }

    /// Opens a vault with its recovery key as typed.
    ///
    /// # Errors
    ///
    /// [`VaultError::RecoveryKey`] naming the mistyped group; otherwise as [`Vault::open`].
    pub fn open_with_recovery_key(folder: &Path, text: &str) -> Result<Self> {
        // A folder that is no vault is the greater mistake: say that first.
        Copies::read(folder)?;
        let key: RecoveryKey = text.parse()?;
        Self::open_by(folder, Way::Recovery(&key))
    }

    /// What can be said of a vault without its passphrase; writes nothing and needs no lock.
    ///
    /// # Errors
    ///
    /// [`VaultError::NotAVault`], [`VaultError::HeaderDamaged`], [`VaultError::NewerVault`].
    pub fn info(folder: &Path) -> Result<Info> {
        let copies = Copies::read(folder)?;
        let header = copies.newest();
        let is_named = folder.extension().is_some_and(|ending| ending == "lanthan");
        let name = if is_named { folder.file_stem() } else { folder.file_name() };
        Ok(Info {
            name: name.unwrap_or(folder.as_os_str()).to_string_lossy().into_owned(),
            format_version: header.format_version(),
            vault_id: object::hex(&header.vault()),
            generation: header.generation(),
            has_recovery: header.slots().any(|(_, slot)| slot.is_recovery()),
        })
    }

    fn open_by(folder: &Path, way: Way<'_>) -> Result<Self> {
        // Refuses what is no vault, or a newer one, before the lock makes a file there.
        Copies::read(folder)?;
        let lock = Lock::take(folder)?;
        let copies = Copies::read(folder)?;
        let mut unlocked = copies.unlock(way)?;
        let database = Database::open(folder, &unlocked.keys)?;
        copies.heal(&mut unlocked)?;
        Self::furnish(folder, unlocked.keys, database, lock)
    }

    /// Opens a vault whose keys are known because it was just made.
    pub(super) fn open_with_keys(folder: &Path, keys: Keys) -> Result<Self> {
        let lock = Lock::take(folder)?;
        let database = Database::open(folder, &keys)?;
        Self::furnish(folder, keys, database, lock)
    }

    fn furnish(folder: &Path, keys: Keys, database: Database, lock: Lock) -> Result<Self> {
        let place = Place::new(folder);
        let mut vault = Self { database, keys, place, folder: folder.to_owned(), _lock: lock };
        keys::remove_unfinished(folder)?;
        match vault.tidy().and_then(|()| ballast::take_on(folder)) {
            // On a full disk the vault opens all the same: how else could something be deleted?
            Err(VaultError::DiskFull) => Ok(vault),
            done => done.map(|()| vault),
        }
    }
}
