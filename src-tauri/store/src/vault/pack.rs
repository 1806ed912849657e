//! Which rule packs does the vault hold, and whose packs does it take?
//!
//! Deliberately absent: what packs say, and whether a signature holds (api).

use lanthan_core::id::PackId;

use super::Vault;
use crate::{PackRow, Publisher, Result, table::pack as table};

impl Vault {
    /// Every rule pack and overlay that the vault holds, the newest arrivals last.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn packs(&self) -> Result<Vec<PackRow>> {
        table::all(self.database.read()?)
    }

    /// The files of a pack, as [`Vault::keep_pack`] took them; `None` when it holds no such version.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn pack_files(&self, id: &PackId, version: &str) -> Result<Option<String>> {
        table::files(self.database.read()?, id, version)
    }

    /// Keeps a pack; a version that is there already stays as it is. With `chosen`, new dossiers are
    /// begun under it from now on.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the vault cannot be written; nothing is changed then.
    pub fn keep_pack(&mut self, row: &PackRow, files: &str, chosen: bool) -> Result<()> {
        self.changing()?.write(|tx| {
            table::insert(tx, row, files)?;
            if chosen { table::choose(tx, &row.id, &row.version) } else { Ok(()) }
        })
    }

    /// The version of a pack that somebody chose for new dossiers.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn chosen_pack(&self, id: &PackId) -> Result<Option<String>> {
        table::chosen(self.database.read()?, id)
    }

    /// Chooses the version of a pack under which new dossiers are begun.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the vault cannot be written.
    pub fn choose_pack(&mut self, id: &PackId, version: &str) -> Result<()> {
        self.changing()?.write(|tx| table::choose(tx, id, version))
    }

    /// Everybody whose packs are taken, by name.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn publishers(&self) -> Result<Vec<Publisher>> {
        table::publishers(self.database.read()?)
    }

    /// Takes somebody's packs from now on, or calls them otherwise.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the vault cannot be written.
    pub fn trust_publisher(&mut self, publisher: &Publisher) -> Result<()> {
        self.changing()?.write(|tx| table::trust(tx, publisher))
    }

    /// Takes somebody's packs no more; true when they were taken. Those that are there stay.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the vault cannot be written.
    pub fn distrust_publisher(&mut self, key: &str) -> Result<bool> {
        self.changing()?.write(|tx| table::distrust(tx, key))
    }
}
