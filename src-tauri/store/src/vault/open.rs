//! How is a vault opened, and what does it say before?

use std::{ops::ControlFlow, path::Path, sync::Arc};

use super::{Hold, Vault, ballast, rekey};
use crate::{
    Elsewhere, Result, VaultError,
    database::{self, Database, Snapshot},
    holder,
    keys::{self, Copies, Keys, RecoveryKey, Unlocked, Way},
    lock::Lock,
    medium,
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
    /// Who has it open now, or may have.
    pub elsewhere: Elsewhere,
}

impl Vault {
    /// Opens a vault with its passphrase.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`], [`VaultError::InUse`], [`VaultError::NotAVault`],
    /// [`VaultError::NetworkShare`] and [`VaultError::NewerVault`] before anything is written, and what
    /// a damaged vault answers.
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

    /// Opens a vault to look at it, from a medium that cannot be written or while somebody else has
    /// it open; not a byte of its folder is written.
    ///
    /// `scratch` is a folder of the computer that holds an encrypted copy of the database for as long
    /// as the vault is open, when somebody else may change it or its last writes stand in a log.
    ///
    /// # Errors
    ///
    /// As [`Vault::open`], and [`VaultError::InUse`] when the other one writes without pause.
    pub fn open_read_only(folder: &Path, passphrase: &str, scratch: &Path) -> Result<Self> {
        let Unlocked { header, keys, .. } =
            Copies::read(folder)?.unlock(Way::Passphrase(passphrase))?;
        let lock = match Lock::share(folder) {
            Ok(lock) => lock,
            Err(VaultError::InUse(holder)) => {
                let path = rekey::database_of(folder, header.is_pending());
                let mut vault = Self::open_snapshot(folder, keys, None, (&path, scratch))?;
                vault.elsewhere = Elsewhere::Held(holder.map(|holder| *holder));
                return Ok(vault);
            }
            Err(error) => return Err(error),
        };
        // Looked at under the lock, so that no log can come after the look.
        let path = rekey::database_of(folder, header.is_pending());
        if database::has_log(folder) {
            return Self::open_snapshot(folder, keys, lock, (&path, scratch));
        }
        match Database::open_frozen(&path, &keys)? {
            Some(database) => Ok(Self::over(folder, keys, database, Hold::Reader(lock, None))),
            None => Self::open_snapshot(folder, keys, lock, (&path, scratch)),
        }
    }

    fn open_snapshot(
        folder: &Path,
        keys: Keys,
        lock: Option<Lock>,
        (path, scratch): (&Path, &Path),
    ) -> Result<Self> {
        let snapshot = Snapshot::take(path, scratch)?;
        let database = snapshot.open(&keys)?;
        Ok(Self::over(folder, keys, database, Hold::Reader(lock, Some(snapshot))))
    }

    /// What can be said of a vault without its passphrase; writes nothing and waits for nobody.
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
            elsewhere: Lock::look(folder),
        })
    }

    fn open_by(folder: &Path, way: Way<'_>) -> Result<Self> {
        // Refuses what is no vault, or a newer one, before the lock makes a file there.
        Copies::read(folder)?;
        must_be_local(folder)?;
        let lock = Lock::take(folder)?;
        let mut copies = Copies::read(folder)?;
        let mut unlocked = copies.unlock(way)?;
        let is_pending = unlocked.header.is_pending();
        if is_pending {
            // Both key files must lead to the new key before anything of the old one is replaced.
            copies.heal(&mut unlocked)?;
            rekey::go_on(folder)?;
        }
        let database = Database::open(folder, &unlocked.keys)?;
        copies.heal(&mut unlocked)?;
        if !is_pending {
            // Of a re-keying that did not come to the point of no return.
            rekey::discard(folder)?;
        }
        let vault = Self::furnish(folder, unlocked.keys, database, lock)?;
        if is_pending {
            vault.finish_rekeying(&mut |_, _| ControlFlow::Continue(()));
        }
        Ok(vault)
    }

    /// Opens a vault whose keys are known because it was just made.
    pub(super) fn open_with_keys(folder: &Path, keys: Keys) -> Result<Self> {
        let lock = Lock::take(folder)?;
        let database = Database::open(folder, &keys)?;
        Self::furnish(folder, keys, database, lock)
    }

    fn furnish(folder: &Path, keys: Keys, database: Database, lock: Lock) -> Result<Self> {
        let mut vault = Self::over(folder, keys, database, Hold::Writer(lock));
        keys::remove_unfinished(folder)?;
        super::copy::remove_unfinished(folder)?;
        match vault.tidy().and_then(|()| ballast::take_on(folder)) {
            // On a full disk the vault opens all the same: how else could something be deleted?
            Err(VaultError::DiskFull) => Ok(vault),
            done => done.map(|()| vault),
        }
    }

    fn over(folder: &Path, keys: Keys, database: Database, hold: Hold) -> Self {
        let place = Place::new(folder);
        // Asked while the lock is held or shared: a note that lies there then is nobody's here.
        let elsewhere = holder::left_open(folder);
        Self {
            database,
            keys,
            place,
            folder: folder.to_owned(),
            elsewhere,
            kept: Arc::default(),
            hold,
        }
    }
}

/// Refuses a place where the lock does not keep a second computer out.
pub(super) fn must_be_local(folder: &Path) -> Result<()> {
    match medium::network_share(folder) {
        Some(kind) => Err(VaultError::NetworkShare { at: folder.display().to_string(), kind }),
        None => Ok(()),
    }
}
