//! How does the database get another key?
//!
//! A whole copy is made beside it and given the other key, checked to its last page, and takes its
//! place later in one step; the database itself is never between two keys. Deliberately absent: that
//! step (see [`crate::vault`]).

use std::{fs::File, path::Path};

use super::{
    Database,
    connect::{Access, connect, key_pragma},
};
use crate::{
    Contents, VaultError,
    keys::Keys,
    table::{contents, ledger},
};

impl Database {
    /// Writes a copy under the keys `next` into a new file, reads it back, and answers what it contains.
    ///
    /// # Errors
    ///
    /// [`VaultError::DatabaseDamaged`] when the ledger is not what was written: its lines would be
    /// sealed anew, and nobody could tell afterwards. [`VaultError::CopyDamaged`] when the copy does not
    /// read back. What is left of the copy is the caller's to remove.
    pub(crate) fn copy_rekeyed(
        &self,
        path: &Path,
        (now, next): (&Keys, &Keys),
    ) -> Result<Contents, VaultError> {
        let head = ledger::verify(self.read()?, now)?;
        let wanted = contents::of(self.read()?)?;
        self.copy_to(path)?;
        let mut conn = connect(path, now, Access::Write)?;
        // A copy that a fault interrupts is thrown away: it comes to the disk once, at the end.
        conn.pragma_update(None, "synchronous", "OFF")?;
        ledger::seal_anew(&mut conn, next)?;
        conn.execute_batch(&key_pragma("rekey", next))?;
        conn.close().map_err(|(_, error)| error)?;
        let at = |source| VaultError::io(path, source);
        File::options().write(true).open(path).and_then(|file| file.sync_all()).map_err(at)?;
        let back = Self::open_frozen_file(path, next).and_then(|copy| {
            copy.check()?;
            let conn = copy.read()?;
            Ok((ledger::verify(conn, next)?, contents::of(conn)?))
        });
        match back {
            Ok((end, back)) if end == head && counts(&back) == counts(&wanted) => Ok(back),
            _ => Err(VaultError::CopyDamaged(path.display().to_string())),
        }
    }
}

/// The hash of everything covers the seals of the ledger, which are other ones.
fn counts(contents: &Contents) -> [u64; 4] {
    [contents.dossiers, contents.versions, contents.objects, contents.ledger_lines]
}
