//! Which parties of a dossier look like firms on an official list?

use lanthan_core::{
    dossier::Dossier,
    screening::{self, Screened},
};

use crate::{Result, Workspace};

impl Workspace {
    /// Compares the names of every party with the pack's partial lists. A likeness is a question.
    ///
    /// # Errors
    ///
    /// [`crate::Error::UnknownPack`] when the program does not carry the dossier's pack.
    pub fn screen(&self, dossier: &Dossier) -> Result<Vec<Screened<'_>>> {
        Ok(screening::screen(dossier, self.pack_of(dossier)?))
    }
}
