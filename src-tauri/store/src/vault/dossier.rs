//! How are dossiers listed, saved, taken back and given up?

use lanthan_core::{
    id::{DossierId, ExhibitId},
    search::Changes,
};

use super::{Vault, ballast};
use crate::{
    DossierRow, ObjectId, Result, Save, StoredDossier, VaultError,
    table::{dossier as table, exhibit as exhibits},
};

impl Vault {
    /// Every dossier, the last changed first.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be read.
    pub fn dossiers(&self) -> Result<Vec<DossierRow>> {
        table::all(self.database.read()?)
    }

    /// A dossier as it was saved last; `None` when there is none.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be read.
    pub fn dossier(&self, id: &DossierId) -> Result<Option<StoredDossier>> {
        table::get(self.database.read()?, id)
    }

    /// The revision of a dossier; `None` when there is none.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be read.
    pub fn revision(&self, id: &DossierId) -> Result<Option<u64>> {
        table::revision(self.database.read()?, id)
    }

    /// The original of an exhibit.
    ///
    /// # Errors
    ///
    /// [`VaultError::NoSuchExhibit`] when the dossier has none of that name.
    pub fn object_of(&self, dossier: &DossierId, exhibit: &ExhibitId) -> Result<ObjectId> {
        exhibits::object_of(self.database.read()?, dossier, exhibit)?.ok_or_else(|| {
            VaultError::NoSuchExhibit { dossier: dossier.clone(), exhibit: exhibit.clone() }
        })
    }

    /// Saves a dossier and answers its new revision. The version before is kept for undo.
    ///
    /// # Errors
    ///
    /// [`VaultError::RevisionMoved`] when another revision is there than was expected,
    /// [`VaultError::NoSuchDossier`] when one was expected and none is there; nothing is changed.
    pub fn save_dossier(&mut self, save: Save<'_>) -> Result<u64> {
        let revision = self.changing()?.write(|tx| table::save(tx, &save))?;
        self.after_change();
        Ok(revision)
    }

    /// Takes the last change of a dossier back and answers the new revision; `None` when there is
    /// nothing to take back.
    ///
    /// `search` is told the text that holds then and says what that does to what can be searched for;
    /// when it cannot tell, nothing of the dossier is found any more.
    ///
    /// # Errors
    ///
    /// [`VaultError::NoSuchDossier`].
    pub fn undo_dossier(
        &mut self,
        id: &DossierId,
        search: &dyn Fn(&StoredDossier) -> Option<Changes>,
    ) -> Result<Option<u64>> {
        let revision = self.changing()?.write(|tx| table::undo(tx, id, search))?;
        self.after_change();
        Ok(revision)
    }

    /// True when a change of the dossier can be taken back.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the database cannot be read.
    pub fn can_undo(&self, id: &DossierId) -> Result<bool> {
        table::can_undo(self.database.read()?, id)
    }

    /// Gives a dossier up, with its versions and the originals that only it names. Works on a full
    /// disk. The ledger keeps its lines.
    ///
    /// # Errors
    ///
    /// [`VaultError::NoSuchDossier`].
    pub fn delete_dossier(&mut self, id: &DossierId) -> Result<()> {
        match self.changing()?.write(|tx| table::delete(tx, id)) {
            Err(VaultError::DiskFull) => {
                ballast::throw_off(&self.folder)?;
                self.changing()?.write(|tx| table::delete(tx, id))?;
            }
            done => done?,
        }
        self.after_change();
        Ok(())
    }

    /// The change counts. Files that are given up by it are destroyed now, or at the next opening.
    fn after_change(&mut self) {
        if !self.database.is_stopped() {
            // A fault here must not look as if the change had failed; the tombstones stay.
            let _ = self.finish_deletions();
        }
    }
}
