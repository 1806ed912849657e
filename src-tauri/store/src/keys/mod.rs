//! Which keys does a vault have, and how are they reached from a passphrase?
//!
//! A random vault key, wrapped once for each way in; every other key is derived from it by HKDF
//! (RFC 5869). A vault may get another vault key; the header then holds the one before, wrapped under
//! the new one, for what could not be brought over at once and for originals in earlier backups. Deliberately absent: what the keys encrypt (object and database).

mod copies;
mod header;
mod kdf;
mod previous;
mod recovery;
mod slot;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

pub(crate) use copies::{Copies, Unlocked, remove_unfinished, write};
pub(crate) use header::Header;
pub use kdf::KdfCost;
pub(crate) use kdf::accept;
#[cfg(fuzzing)]
pub(crate) use previous::keys as previous;
pub(crate) use previous::wrap as wrap_previous;
pub use recovery::{RecoveryKey, RecoveryKeyError};
pub(crate) use slot::{
    PASSPHRASE_SLOT, RECOVERY_SLOT, Way, fill_passphrase, fill_recovery, new_slots, refill,
};

use crate::VaultError;

/// Identifies a vault and all its copies.
pub(crate) type VaultId = [u8; 16];

/// A 256-bit key that lives in one place of the memory and is wiped there.
pub(crate) struct Secret(Box<[u8; 32]>);

impl Secret {
    pub(crate) fn zeroed() -> Self {
        Self(Box::new([0; 32]))
    }

    /// A new random key.
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut secret = Self::zeroed();
        random(secret.expose_mut())?;
        Ok(secret)
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn expose_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }

    /// A second place with the same key.
    pub(crate) fn copied(&self) -> Self {
        let mut copy = Self::zeroed();
        copy.expose_mut().copy_from_slice(self.expose());
        copy
    }

    /// An HMAC under this key.
    pub(crate) fn hmac(&self) -> Hmac<Sha256> {
        // RFC 2104 fills a short key up with zeros to the hash's block of 64 bytes.
        let mut block = Zeroizing::new([0; 64]);
        block[..32].copy_from_slice(self.expose());
        Hmac::new((&*block).into())
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Fills with bytes from the operating system's generator.
pub(crate) fn random(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|_| VaultError::Io {
        at: "random numbers".to_owned(),
        source: std::io::Error::other("the system gives none"),
    })
}

/// The keys that work while a vault is open; the vault key itself is not among them.
pub(crate) struct Keys {
    pub(crate) vault: VaultId,
    pub(crate) database: Secret,
    pub(crate) database_salt: [u8; 16],
    pub(crate) objects: Secret,
    pub(crate) header: Secret,
    pub(crate) ledger: Secret,
    pub(crate) backup: Secret,
    /// How many vault keys there were before.
    pub(crate) generation: u16,
    /// Those of the vault key before; `None` when there was none, and in themselves.
    pub(crate) previous: Option<Box<Keys>>,
}

impl Keys {
    /// Derives them from the vault key that has this generation.
    pub(crate) fn derive(
        vault_key: &Secret,
        vault: &VaultId,
        generation: u16,
    ) -> Result<Self, VaultError> {
        let secret = |label: &str| Self::subkey(vault_key, vault, label);
        let mut database_salt = [0; 16];
        expand(vault_key, vault, "db-salt", &mut database_salt)?;
        Ok(Self {
            vault: *vault,
            database: secret("db-key")?,
            database_salt,
            objects: secret("obj-kek")?,
            header: secret("header-mac")?,
            ledger: secret("ledger-mac")?,
            backup: secret("backup-mac")?,
            generation,
            previous: None,
        })
    }

    /// A second place with the same keys, for a copy that is made beside the open vault.
    pub(crate) fn copied(&self) -> Self {
        Self {
            vault: self.vault,
            database: self.database.copied(),
            database_salt: self.database_salt,
            objects: self.objects.copied(),
            header: self.header.copied(),
            ledger: self.ledger.copied(),
            backup: self.backup.copied(),
            generation: self.generation,
            previous: self.previous.as_ref().map(|before| Box::new(before.copied())),
        }
    }

    /// One key of 32 bytes that is derived from the vault key.
    fn subkey(vault_key: &Secret, vault: &VaultId, label: &str) -> Result<Secret, VaultError> {
        let mut secret = Secret::zeroed();
        expand(vault_key, vault, label, secret.expose_mut())?;
        Ok(secret)
    }
}

fn expand(
    vault_key: &Secret,
    vault: &VaultId,
    label: &str,
    out: &mut [u8],
) -> Result<(), VaultError> {
    // Only a wish for more than 8,160 bytes can fail.
    Hkdf::<Sha256>::new(Some(vault), vault_key.expose())
        .expand_multi_info(&[b"lanthan v1 ", label.as_bytes()], out)
        .map_err(|_| VaultError::HeaderDamaged)
}
