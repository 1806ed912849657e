//! How is something found among everything that was typed and imported?
//!
//! Deliberately absent: what stands inside of originals.

use lanthan_core::{
    id::DossierId,
    search::{Changes, Passage},
};

use super::Vault;
use crate::{
    FoundPassage, Query, Result, StoredDossier,
    table::{dossier, search as table},
};

impl Vault {
    /// The best passages for a query, at most `limit`.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn find(&self, query: &Query, limit: usize) -> Result<Vec<FoundPassage>> {
        table::find(self.database.read()?, query, limit)
    }

    /// True when the index holds every dossier by the rules of this program; otherwise
    /// [`Vault::find`] finds too little.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn is_searchable(&self) -> Result<bool> {
        table::is_current(self.database.read()?)
    }

    /// Makes the index anew from the texts of all dossiers, in one transaction.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the vault cannot be written; the index is as it was.
    pub fn make_searchable(
        &mut self,
        passages: &dyn Fn(&StoredDossier) -> Vec<Passage>,
    ) -> Result<()> {
        self.changing()?.write(|tx| {
            table::begin(tx)?;
            let ids: Vec<DossierId> = dossier::all(tx)?.into_iter().map(|row| row.id).collect();
            for id in ids {
                let Some(stored) = dossier::get(tx, &id)? else { continue };
                let fresh = passages(&stored);
                table::follow(tx, &id, &Changes { gone: Vec::new(), fresh })?;
            }
            Ok(())
        })
    }
}
