//! What is an open vault, and what can be asked of it?
//!
//! Reads take `&self`; changes take `&mut self` and are one transaction. Deliberately absent: a
//! second connection, and threads.

mod backup;
mod ballast;
mod check;
mod copy;
mod create;
mod dossier;
mod judge;
mod ledger;
mod mark;
mod open;
mod original;
mod pack;
mod passphrase;
mod planned;
mod register;
mod rehearse;
mod rekey;
mod search;
mod sight;
mod stray;
mod tidy;

#[cfg(test)]
mod tests;

use std::{
    fmt,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use backup::{BackedUp, Backing};
pub use check::{Checked, Damaged};
pub use copy::Copied;
pub use judge::{CopyKeys, JudgedBackup};
pub use open::Info;
pub use original::Sealed;
pub use register::{Register, Standing};
pub use rehearse::{ReadBackup, Rehearsal};
pub use rekey::{Recovery, Rekey};
pub use sight::Sight;
pub use stray::{Stray, StrayKind};

use crate::{
    Elsewhere, Holder, Result, VaultError,
    database::{Database, Snapshot},
    keys::Keys,
    lock::Lock,
    medium,
    object::{Owner, Place},
};

/// Hears how many bytes of how many are done; a break stops the work at the next safe place.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// An open vault. Dropped without [`Vault::close`] it is as safe; what could not be tidied is not told.
pub struct Vault {
    // Dropped in this order: the lock is given back when nothing of the vault is open any more.
    database: Database,
    keys: Keys,
    place: Place,
    folder: PathBuf,
    elsewhere: Elsewhere,
    /// Held a second time by each backup that is being made: nothing is destroyed meanwhile.
    kept: Arc<()>,
    hold: Hold,
}

/// By what right a vault is open.
enum Hold {
    /// Alone, to change it.
    Writer(Lock),
    /// To read it; not a byte of the folder is written.
    #[expect(dead_code, reason = "held, not read: dropping them gives lock and copy back")]
    Reader(Option<Lock>, Option<Snapshot>),
}

impl Vault {
    /// True when it was opened for reading only.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        matches!(self.hold, Hold::Reader(..))
    }

    /// Who else has it open, or may have: looked at when it was opened.
    #[must_use]
    pub fn elsewhere(&self) -> &Elsewhere {
        &self.elsewhere
    }

    /// The kind of network share that a folder lies on; `None` when it is a medium of this computer,
    /// or when the system does not tell.
    #[must_use]
    pub fn network_share(folder: &Path) -> Option<String> {
        medium::network_share(folder)
    }

    /// Leaves a note in the folder of who has it open, for whoever finds it in use; taken away when it
    /// is closed. Does nothing to a vault that is open for reading only.
    pub fn announce(&mut self, holder: Holder) {
        if let Hold::Writer(lock) = &mut self.hold {
            lock.announce(&self.folder, holder);
        }
    }

    /// Closes the vault and leaves it ready to be copied.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the last writes cannot be moved into the database; they are safe, and the
    /// next opening finds them.
    pub fn close(mut self) -> Result<()> {
        if let Err(gone) = self.must_be_there() {
            // What lies there now is not ours; the log that lies with the vault holds all that counts.
            self.database.let_go();
            return Err(gone);
        }
        if !self.is_read_only() && !self.database.is_stopped() {
            self.bury_loose()?;
        }
        let Self { database, hold, .. } = self;
        let closed = database.close();
        drop(hold);
        closed
    }

    /// The database, to change it.
    fn changing(&mut self) -> Result<&mut Database> {
        if self.is_read_only() {
            return Err(VaultError::ReadOnly);
        }
        self.must_be_there()?;
        Ok(&mut self.database)
    }

    /// Refuses to go on when the folder is no longer where it was, or is another one.
    fn must_be_there(&self) -> Result<()> {
        let is_there = match &self.hold {
            Hold::Writer(lock) => lock.lies_in(&self.folder),
            Hold::Reader(..) => self.folder.is_dir(),
        };
        if is_there { Ok(()) } else { Err(VaultError::Gone(self.folder.display().to_string())) }
    }

    /// The error, or that the vault is gone when that is why.
    fn or_gone(&self, error: VaultError) -> VaultError {
        match error {
            VaultError::Io { .. } | VaultError::ObjectDamaged { .. } => {
                self.must_be_there().err().unwrap_or(error)
            }
            error => error,
        }
    }

    /// Lets go of it as a crash does, for tests of what comes after one.
    #[cfg(test)]
    fn abandon(self) {
        self.database.let_go();
    }

    fn owner(&self) -> Owner<'_> {
        Owner::of(&self.keys)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("folder", &self.folder).finish_non_exhaustive()
    }
}
