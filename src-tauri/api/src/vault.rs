//! How is a vault looked after: checked, copied, and brought back?
//!
//! Damage is an answer, not an error, and is named by the titles that the user knows. Deliberately
//! absent: where backups go and how often, the clock, and who may open it (see [`crate::keys`]).

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lanthan_core::{
    dossier::Dossier,
    exhibit::Exhibit,
    id::{DossierId, ExhibitId},
    text::Bilingual,
};
use lanthan_store::{
    Contents, Damage, DatabaseDamage, Elsewhere, Holder, LedgerHead, Stray, StrayKind, Vault,
    VaultError,
};

use crate::{Progress, Result, Step, Workspace};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Originals that were read.
    pub objects: u64,
    /// Their length in bytes.
    pub size_bytes: u64,
    /// Originals that are not what was stored.
    pub damaged: Vec<Damaged>,
    /// What is wrong with the database; `None` when each page and each row is right.
    pub database: Option<DatabaseDamage>,
    /// The end of the ledger; `None` when its chain is broken.
    pub ledger: Option<LedgerHead>,
    /// True when both key files are whole and the same.
    pub keys_agree: bool,
    /// What does not belong into the folder, such as conflict copies; no damage.
    pub strays: Vec<Stray>,
    /// True when nothing is damaged.
    pub is_whole: bool,
}

/// An original that is not what was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Name of its file in the vault.
    pub object: String,
    /// What is wrong with it.
    pub what: Damage,
    /// The exhibits that show it now; none when only an older version of a dossier does.
    pub exhibits: Vec<DamagedExhibit>,
}

/// An exhibit whose original is damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedExhibit {
    /// The dossier's id.
    pub dossier: DossierId,
    /// The dossier's title; its id when it cannot be read.
    pub dossier_title: String,
    /// The exhibit's id.
    pub exhibit: ExhibitId,
    /// What the house calls the exhibit; its id when the dossier cannot be read.
    pub exhibit_title: Bilingual,
}

/// What was copied into a backup or out of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// What the copy contains.
    pub contents: Contents,
    /// Originals that were written; the others were there.
    pub new_objects: u64,
    /// Their length in bytes.
    pub new_bytes: u64,
    /// Originals that are damaged in the source and not whole in the copy.
    pub damaged: Vec<Damaged>,
    /// The end of the ledger. Kept apart from the copy, it proves that no line was cut off.
    pub ledger: LedgerHead,
}

/// What the rehearsal of a backup found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// What the backup contains.
    pub contents: Contents,
    /// True when that is exactly what the vault contains now; false when one of them is newer.
    pub is_current: bool,
    /// What reading every byte of it found.
    pub checked: Checked,
}

impl Workspace {
    /// Opens a vault to look at it, while somebody else has it open or from a medium that cannot be
    /// written; not a byte of its folder is written.
    ///
    /// `scratch` is a folder of this computer that holds an encrypted copy of the database for as
    /// long as the vault is open, where one is needed.
    ///
    /// # Errors
    ///
    /// As [`Workspace::open`], and `in-use` when the other one writes without pause.
    pub fn open_read_only(folder: &Path, passphrase: &str, scratch: &Path) -> Result<Self> {
        Self::over(folder, Vault::open_read_only(folder, passphrase, scratch)?)
    }

    /// Opens a vault; to look at it only, as [`Workspace::open_read_only`] does, when another program
    /// has it open, its medium cannot be written, or it lies on a network share.
    ///
    /// # Errors
    ///
    /// As [`Workspace::open_read_only`].
    pub fn open_or_look(folder: &Path, passphrase: &str, scratch: &Path) -> Result<Self> {
        match Vault::open(folder, passphrase) {
            Ok(vault) => Self::over(folder, vault),
            Err(error) if cannot_be_written(&error) => {
                Self::open_read_only(folder, passphrase, scratch)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Leaves a note in the vault's folder of who has it open and since when, for whoever finds it in
    /// use; taken away when it is closed. Nothing is noted in a vault that is open for looking only.
    ///
    /// `program` is what its users call the program; the name of the computer is added.
    pub fn announce(&mut self, program: &str, now: Timestamp) {
        self.vault.announce(Holder::here(program, now));
    }

    /// Who else has the vault open, or may have: looked at when it was opened.
    #[must_use]
    pub fn elsewhere(&self) -> &Elsewhere {
        self.vault.elsewhere()
    }

    /// The kind of network share that a folder lies on, such as `nfs4`; `None` when it lies on a medium
    /// of this computer, or when its system does not tell. A vault there is opened for looking only.
    #[must_use]
    pub fn network_share(folder: &Path) -> Option<String> {
        Vault::network_share(folder)
    }

    /// True when the vault is open for looking only.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.vault.is_read_only()
    }

    /// What lies in a vault's folder and does not belong there, such as the second version of a file
    /// that a cloud folder made. Needs no passphrase and touches nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`](crate::Error::Vault) when the folder cannot be listed.
    pub fn strays(folder: &Path) -> Result<Vec<Stray>> {
        Ok(Vault::strays(folder)?)
    }

    /// Reads every byte of the vault and names what is damaged.
    ///
    /// # Errors
    ///
    /// `cancelled`, or `database-damaged` when it cannot be said what the vault contains.
    pub fn check(&self, progress: Progress<'_>) -> Result<Checked> {
        let checked = self.vault.check(&mut step("check", progress))?;
        Ok(self.named(checked))
    }

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

    /// Copies the vault to `to`, a new folder or an earlier backup of the same vault, and reads back
    /// what was written.
    ///
    /// # Errors
    ///
    /// `already-exists` when something else is there, `copy-moved-on` when that backup has changes of
    /// its own, `in-use` when it is open, `copy-damaged` when it does not read back, `cancelled`. An
    /// earlier backup stays what it was then, and nothing stays of a new one.
    pub fn backup(&mut self, to: &Path, progress: Progress<'_>) -> Result<Copied> {
        let copied = self.vault.backup(to, &mut step("backup", progress))?;
        Ok(self.named_copy(copied))
    }

    /// Opens a backup with its passphrase as on the day it is needed, reads all of it, and compares it
    /// with the vault. Nothing of it is written; `scratch` is as in [`Workspace::open_read_only`].
    ///
    /// # Errors
    ///
    /// As [`Workspace::open_read_only`] and [`Workspace::check`].
    pub fn rehearse(
        &self,
        backup: &Path,
        passphrase: &str,
        scratch: &Path,
        progress: Progress<'_>,
    ) -> Result<Rehearsal> {
        let found =
            self.vault.rehearse(backup, passphrase, scratch, &mut step("rehearse", progress))?;
        let lanthan_store::Rehearsal { contents, is_current, checked } = found;
        Ok(Rehearsal { contents, is_current, checked: self.named(checked) })
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
            return Ok(copied_by(copied, |_| None));
        }
        // Opened once more, so that what is damaged can be named by its titles. The vault is restored
        // either way: without titles the ids have to do.
        let Ok(restored) = Self::open_read_only(to, passphrase, scratch) else {
            return Ok(copied_by(copied, |_| None));
        };
        Ok(restored.named_copy(copied))
    }

    fn named(&self, checked: lanthan_store::Checked) -> Checked {
        let is_whole = checked.is_whole();
        let lanthan_store::Checked {
            objects,
            size_bytes,
            damaged,
            database,
            ledger,
            keys_agree,
            strays,
        } = checked;
        let damaged = damaged.into_iter().map(|one| named(one, self.titles())).collect();
        Checked { objects, size_bytes, damaged, database, ledger, keys_agree, strays, is_whole }
    }

    fn named_copy(&self, copied: lanthan_store::Copied) -> Copied {
        copied_by(copied, self.titles())
    }

    /// Finds the dossiers that give what is damaged its titles.
    fn titles(&self) -> impl Fn(&DossierId) -> Option<Dossier> + '_ {
        // A dossier that cannot be read is no reason to keep silent about its exhibits.
        |id| self.dossier(id).ok().map(|(known, _)| known)
    }
}

fn copied_by(
    copied: lanthan_store::Copied,
    titles: impl Fn(&DossierId) -> Option<Dossier>,
) -> Copied {
    let lanthan_store::Copied { contents, new_objects, new_bytes, damaged, ledger } = copied;
    let damaged = damaged.into_iter().map(|one| named(one, &titles)).collect();
    Copied { contents, new_objects, new_bytes, damaged, ledger }
}

fn named(
    damaged: lanthan_store::Damaged,
    titles: impl Fn(&DossierId) -> Option<Dossier>,
) -> Damaged {
    let lanthan_store::Damaged { object, what, exhibits } = damaged;
    let exhibits = exhibits.into_iter().map(|(dossier, exhibit)| {
        let known = titles(&dossier);
        let shown = known.as_ref().and_then(|known| known.exhibit(&exhibit));
        let exhibit_title =
            shown.map_or_else(|| Bilingual::same(exhibit.to_string()), Exhibit::name_in_the_house);
        let dossier_title = known.map_or_else(|| dossier.to_string(), |known| known.title);
        DamagedExhibit { dossier, dossier_title, exhibit, exhibit_title }
    });
    Damaged { object: object.to_string(), what, exhibits: exhibits.collect() }
}

/// True when only somebody else's lock or the place keeps a vault from being opened for changes.
fn cannot_be_written(error: &VaultError) -> bool {
    matches!(
        error,
        VaultError::InUse(_)
            | VaultError::NetworkShare { .. }
            | VaultError::NoPermission(_)
            | VaultError::ReadOnly
            | VaultError::ReadOnlyMedium(_)
    )
}

/// The stable word for what a stray looks like.
#[must_use]
pub fn stray_word(kind: StrayKind) -> &'static str {
    match kind {
        StrayKind::ConflictCopy => "conflict-copy",
        StrayKind::Unknown => "unknown",
    }
}

/// Hands the bytes that the vault counts on as steps of a stage.
pub(crate) fn step<'a>(
    stage: &'static str,
    progress: Progress<'a>,
) -> impl FnMut(u64, u64) -> std::ops::ControlFlow<()> + 'a {
    move |done, total| progress(Step { stage, done, total })
}
