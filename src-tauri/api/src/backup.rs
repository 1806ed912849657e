//! How is a vault copied to another medium, by hand and by a plan, and does the copy work?
//!
//! A backup is begun with the vault, goes on beside it, and is noted in it. Deliberately absent: the
//! clock (the moment is passed in), and threads.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
pub use lanthan_core::backup::{Rhythm, longest_days};
use lanthan_core::id::DossierId;
pub use lanthan_store::{BackedUp, BackupPlan, BackupRow, ReadBackup, Register, Standing};
use lanthan_store::{Contents, LedgerHead, Vault};

use crate::{
    Progress, Result, Workspace,
    vault::{Checked, Damaged, named, step},
};

/// A backup that was begun. It needs the vault no more until it is noted there.
pub struct Backing(lanthan_store::Backing);

impl Backing {
    /// Copies what is new, and reads back what was written. What the plan gives up is removed then.
    ///
    /// # Errors
    ///
    /// `copy-damaged` when it does not read back, `cancelled`, or what the medium says. An earlier
    /// backup stays what it was then, and nothing stays of a new one.
    pub fn finish(self, progress: Progress<'_>) -> Result<BackedUp> {
        Ok(self.0.finish(&mut step("backup", progress))?)
    }
}

/// What was copied into a backup or out of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Where the copy lies.
    pub place: PathBuf,
    /// What the copy contains.
    pub contents: Contents,
    /// Length of its originals in bytes.
    pub size_bytes: u64,
    /// Originals that were written; the others were there.
    pub new_objects: u64,
    /// Their length in bytes.
    pub new_bytes: u64,
    /// Originals that are damaged in the source and not whole in the copy.
    pub damaged: Vec<Damaged>,
    /// The end of the ledger. Kept apart from the copy, it proves that no line was cut off.
    pub ledger: LedgerHead,
    /// Earlier backups that the plan removed for this one.
    pub removed: Vec<PathBuf>,
}

/// What the rehearsal of a backup found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// What the backup contains.
    pub contents: Contents,
    /// True when that is exactly what the vault contains now; false when one of them is newer.
    pub is_current: bool,
    /// False when it is not what was noted when it was made.
    pub is_as_made: bool,
    /// True when it would bring everything back that it is to bring back.
    pub works: bool,
    /// What reading every byte of it found.
    pub checked: Checked,
}

impl Workspace {
    /// Where a backup of this vault goes when the user chose a folder: into the folder itself when
    /// that is an earlier backup or not there yet, otherwise below it under the vault's own name.
    #[must_use]
    pub fn backup_place(&self, chosen: &Path) -> PathBuf {
        let is_a_vault = Vault::info(chosen).is_ok();
        match self.folder().file_name() {
            Some(name) if chosen.is_dir() && !is_a_vault => chosen.join(name),
            _ => chosen.to_owned(),
        }
    }

    /// Copies the vault to `to`, a new folder or an earlier backup of the same vault, reads back what
    /// was written, and notes it.
    ///
    /// # Errors
    ///
    /// As [`Workspace::begin_backup`], [`Backing::finish`] and [`Workspace::note_backup`].
    pub fn backup(&mut self, to: &Path, now: DateTime, progress: Progress<'_>) -> Result<Copied> {
        let made = self.begin_backup(to, now)?.finish(progress)?;
        self.note_backup(made)
    }

    /// The same by the plan.
    ///
    /// # Errors
    ///
    /// As [`Workspace::begin_planned_backup`], [`Backing::finish`] and [`Workspace::note_backup`].
    pub fn backup_by_plan(&mut self, now: DateTime, progress: Progress<'_>) -> Result<Copied> {
        let made = self.begin_planned_backup(now)?.finish(progress)?;
        self.note_backup(made)
    }

    /// Begins a backup to `to`: takes what it needs of the vault.
    ///
    /// # Errors
    ///
    /// `already-exists` when something else is there, `copy-moved-on` when that backup has changes of
    /// its own, `in-use` when it is open. An earlier backup stays what it was then.
    pub fn begin_backup(&mut self, to: &Path, now: DateTime) -> Result<Backing> {
        Ok(Backing(self.vault.begin_backup(to, now)?))
    }

    /// Begins the next backup of the plan, whether it is due or not.
    ///
    /// # Errors
    ///
    /// `no-backup-folder`, `backup-folder-missing`, and as [`Workspace::begin_backup`].
    pub fn begin_planned_backup(&mut self, now: DateTime) -> Result<Backing> {
        Ok(Backing(self.vault.begin_planned_backup(now)?))
    }

    /// Notes a backup that was made in the register. A vault that is open for reading only notes
    /// nothing.
    ///
    /// # Errors
    ///
    /// What the vault's own disk says; the backup is made all the same.
    pub fn note_backup(&mut self, made: BackedUp) -> Result<Copied> {
        self.vault.note_backup(&made)?;
        let BackedUp { place, made: _, planned: _, copied, removed } = made;
        Ok(Copied { removed, ..copied_by(&place, copied, self.titles()) })
    }

    /// Every backup that the vault knows, the newest first.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`](crate::Error::Vault) when the vault cannot be read.
    pub fn backups(&self) -> Result<Register> {
        Ok(self.vault.backup_register()?)
    }

    /// Takes a backup off the list; its folder stays as it is. False when none at that place was on it.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`](crate::Error::Vault) when the vault cannot be written.
    pub fn forget_backup(&mut self, place: &Path) -> Result<bool> {
        Ok(self.vault.forget_backup(place)?)
    }

    /// Where backups go by themselves, how often, and how many stay.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`](crate::Error::Vault) when the vault cannot be read.
    pub fn backup_plan(&self) -> Result<BackupPlan> {
        Ok(self.vault.backup_plan()?)
    }

    /// Replaces the plan. Backups that the plan made stay where they are until the next one.
    ///
    /// # Errors
    ///
    /// `backup-inside` for a folder of the vault itself.
    pub fn set_backup_plan(&mut self, plan: &BackupPlan) -> Result<()> {
        Ok(self.vault.set_backup_plan(plan)?)
    }

    /// True when the plan asks for a backup now.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`](crate::Error::Vault) when the vault cannot be read.
    pub fn is_backup_due(&self, today: Date) -> Result<bool> {
        Ok(!self.is_read_only() && self.vault.is_backup_due(today)?)
    }

    /// True when the last backup is so old that the user is to be warned.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`](crate::Error::Vault) when the vault cannot be read.
    pub fn is_backup_old(&self, today: Date) -> Result<bool> {
        Ok(self.vault.is_backup_old(today)?)
    }

    /// Opens a backup with its passphrase as on the day it is needed, reads all of it, compares it with
    /// what was noted and with the vault, and notes what was found. Nothing of it is written; `scratch`
    /// is as in [`Workspace::open_read_only`].
    ///
    /// # Errors
    ///
    /// As [`Workspace::open_read_only`] and [`Workspace::check`].
    pub fn rehearse(
        &mut self,
        backup: &Path,
        passphrase: &str,
        scratch: &Path,
        now: DateTime,
        progress: Progress<'_>,
    ) -> Result<Rehearsal> {
        let read = Self::read_backup(backup, passphrase, scratch, progress)?;
        self.note_rehearsal(backup, now, read)
    }

    /// The part of a rehearsal that needs no open vault: opens a backup and reads all of it.
    ///
    /// # Errors
    ///
    /// As [`Workspace::rehearse`].
    pub fn read_backup(
        backup: &Path,
        passphrase: &str,
        scratch: &Path,
        progress: Progress<'_>,
    ) -> Result<ReadBackup> {
        let mut progress = step("rehearse", progress);
        Ok(Vault::read_backup(backup, passphrase, scratch, &mut progress)?)
    }

    /// The other part: compares, and notes what was found.
    ///
    /// # Errors
    ///
    /// What the vault's own disk says.
    pub fn note_rehearsal(
        &mut self,
        backup: &Path,
        now: DateTime,
        read: ReadBackup,
    ) -> Result<Rehearsal> {
        let found = self.vault.compare(backup, read)?;
        let works = found.works();
        self.vault.note_rehearsal(backup, now, works)?;
        let lanthan_store::Rehearsal { contents, is_current, is_as_made, checked } = found;
        let checked = self.named(checked);
        Ok(Rehearsal { contents, is_current, is_as_made, works, checked })
    }

    /// Brings a vault back from a backup into a folder that does not exist yet. The backup is only
    /// read; `scratch` is as in [`Workspace::open_read_only`].
    ///
    /// # Errors
    ///
    /// As [`Workspace::open_read_only`], `already-exists`, `cancelled`; nothing is left then.
    pub fn restore(
        backup: &Path,
        passphrase: &str,
        to: &Path,
        scratch: &Path,
        progress: Progress<'_>,
    ) -> Result<Copied> {
        let mut progress = step("restore", progress);
        let copied = Vault::restore(backup, passphrase, to, scratch, &mut progress)?;
        if copied.damaged.is_empty() {
            return Ok(copied_by(to, copied, |_| None));
        }
        // Opened once more, so that what is damaged can be named by its titles. The vault is restored
        // either way: without titles the ids have to do.
        let Ok(restored) = Self::open_read_only(to, passphrase, scratch) else {
            return Ok(copied_by(to, copied, |_| None));
        };
        Ok(copied_by(to, copied, restored.titles()))
    }
}

fn copied_by(
    place: &Path,
    copied: lanthan_store::Copied,
    titles: impl Fn(&DossierId) -> Option<lanthan_core::dossier::Dossier>,
) -> Copied {
    let lanthan_store::Copied { contents, size_bytes, new_objects, new_bytes, damaged, ledger } =
        copied;
    let damaged = damaged.into_iter().map(|one| named(one, &titles)).collect();
    let (place, removed) = (place.to_owned(), Vec::new());
    Copied { place, contents, size_bytes, new_objects, new_bytes, damaged, ledger, removed }
}
