//! What did a fault leave behind, and what is to be done with it?
//!
//! Parts of imports are removed, deletions that were begun are finished, originals that no dossier
//! names are given up, and whole files that the database does not know are put aside, never deleted.

use std::{collections::BTreeSet, sync::Arc};

use super::Vault;
use crate::{Result, VaultError, table::object};

impl Vault {
    /// Brings the folder to the state that the database says.
    pub(super) fn tidy(&mut self) -> Result<()> {
        self.place.remove_parts()?;
        self.bury_loose()?;
        let conn = self.database.read()?;
        let known: BTreeSet<_> =
            object::names(conn)?.into_iter().chain(object::tombstones(conn)?).collect();
        for id in self.place.all()? {
            if !known.contains(&id) {
                self.place.quarantine(id)?;
            }
        }
        Ok(())
    }

    /// Gives up what came in and was never named, and finishes every deletion.
    pub(super) fn bury_loose(&mut self) -> Result<()> {
        let loose = object::loose(self.database.read()?)?;
        if !loose.is_empty() {
            self.changing()?.write(|tx| object::bury_unnamed(tx, &loose))?;
        }
        self.finish_deletions()
    }

    /// Destroys the files of objects that were given up. A file that cannot be destroyed now keeps
    /// its tombstone and is tried again at the next opening. So does every file while a backup is being
    /// made, which may still have to read it.
    pub(super) fn finish_deletions(&mut self) -> Result<()> {
        if Arc::strong_count(&self.kept) > 1 {
            return Ok(());
        }
        let buried = object::tombstones(self.database.read()?)?;
        let mut gone = Vec::with_capacity(buried.len());
        for id in buried {
            if self.place.destroy(id).is_ok() {
                gone.push(id);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        match self.changing()?.write(|tx| object::forget(tx, &gone)) {
            Err(VaultError::DiskFull) => Ok(()),
            done => done,
        }
    }
}
