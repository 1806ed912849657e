//! How does an earlier backup follow when the vault has another key?
//!
//! By the same steps as the vault itself, so that a fault leaves a backup that opens. Only the key just
//! before is known; a backup with an older one, or of a vault that went another way, is left as it is.

use std::path::Path;

use super::{Progress, Vault, bring, database};
use crate::{
    Result, VaultError,
    keys::{self, Copies},
    object::Owner,
    table,
    vault::{backup::open_copy, mark},
};

impl Vault {
    /// Brings a backup, whose lock is held, to the vault's own key.
    ///
    /// # Errors
    ///
    /// [`VaultError::CopyOtherKey`] when its key is not the one before, [`VaultError::CopyMovedOn`] when
    /// it has changes of its own, [`VaultError::CopyDamaged`], [`VaultError::Cancelled`]; the backup is what it was then.
    pub(in crate::vault) fn bring_backup_over(
        &self,
        to: &Path,
        progress: Progress<'_>,
    ) -> Result<()> {
        let theirs = Copies::read(to)?;
        if theirs.newest().key_generation() == self.keys.generation {
            return self.finish_backup(to, &theirs);
        }
        let other = || VaultError::CopyOtherKey(to.display().to_string());
        let before = self.keys.previous.as_deref().ok_or_else(other)?;
        theirs.genuine(before).map_err(|_| other())?;
        let open = open_copy(to, before).map_err(|error| match error {
            // Said of the vault it would frighten for nothing.
            VaultError::DatabaseDamaged(_) => VaultError::CopyDamaged(to.display().to_string()),
            error => error,
        })?;
        let contents = table::contents::of(open.read()?)?;
        if !mark::vouches(to, before, &contents)? {
            return Err(VaultError::CopyMovedOn(to.display().to_string()));
        }
        bring::discard(to)?;
        let ready = bring::prepare(to, &open, (before, &self.keys), progress);
        open.close()?;
        let next = ready.inspect_err(|_| {
            // Best effort: the next backup removes it as well.
            let _ = bring::discard(to);
        })?;
        mark::note_under(to, &[(before, &contents), (&self.keys, &next)])?;
        database::remove_log(to)?;
        let mut header = Copies::read(&self.folder)?.genuine(&self.keys)?.clone();
        header.set_pending(true);
        header.seal(header.generation().max(theirs.newest().generation()) + 1, &self.keys.header);
        keys::write(to, &header)?;
        self.finish_backup(to, &Copies::of(to, header))
    }

    /// Finishes what a fault interrupted, or removes what it left.
    fn finish_backup(&self, to: &Path, theirs: &Copies) -> Result<()> {
        if !theirs.newest().is_pending() {
            return bring::discard(to);
        }
        // Both must lead to the new key before anything of the old one is replaced.
        keys::write(to, theirs.genuine(&self.keys)?)?;
        bring::put_database(to)?;
        if bring::put_headers(to, Owner::of(&self.keys), &mut |_, _| {
            std::ops::ControlFlow::Continue(())
        })? {
            bring::settle(to, &self.keys)?;
        }
        Ok(())
    }
}
