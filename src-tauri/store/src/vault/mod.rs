//! What is an open vault, and what can be asked of it?
//!
//! Reads take `&self`; changes take `&mut self` and are one transaction. Deliberately absent: a
//! second connection, and threads.

mod ballast;
mod create;
mod dossier;
mod ledger;
mod open;
mod original;
mod tidy;

#[cfg(test)]
mod tests;

use std::{fmt, path::PathBuf};

pub use open::Info;

use crate::{Result, database::Database, keys::Keys, lock::Lock, object::Place};

/// An open vault. Dropped without [`Vault::close`] it is as safe, only less tidy.
pub struct Vault {
    // Dropped in this order: the lock is given back when nothing of the vault is open any more.
    database: Database,
    keys: Keys,
    place: Place,
    folder: PathBuf,
    _lock: Lock,
}

impl Vault {
    /// Closes the vault and leaves it ready to be copied.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the last writes cannot be moved into the database;
    /// they are safe, and the next opening finds them.
    pub fn close(mut self) -> Result<()> {
        if !self.database.is_stopped() {
            self.bury_loose()?;
        }
        let Self { database, _lock, .. } = self;
        database.close()
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("folder", &self.folder).finish_non_exhaustive()
    }
}
