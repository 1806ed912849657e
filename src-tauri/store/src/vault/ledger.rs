//! How is it remembered what left, and how is that memory checked?

use lanthan_core::id::DossierId;

use super::Vault;
use crate::{LedgerHead, LedgerLine, LedgerRow, Result, table::ledger as table};

impl Vault {
    /// Writes a line at the end of the ledger and answers its number and hash. A line is never
    /// changed or removed.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be written.
    pub fn append_ledger(&mut self, line: &LedgerLine) -> Result<LedgerHead> {
        self.changing()?.write(|tx| table::append(tx, line))
    }

    /// Follows the chain of the ledger from its beginning and answers its end.
    ///
    /// # Errors
    ///
    /// [`VaultError::DatabaseDamaged`](crate::VaultError::DatabaseDamaged) naming the first line
    /// that is not what was written.
    pub fn verify_ledger(&self) -> Result<LedgerHead> {
        table::verify(self.database.read()?, &self.keys)
    }

    /// The lines of the ledger, the oldest first; all, or those of one dossier.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn ledger(&self, dossier: Option<&DossierId>) -> Result<Vec<LedgerRow>> {
        table::rows(self.database.read()?, dossier)
    }
}
