//! How is a vault looked after: opened to be looked at, and checked?
//!
//! Damage is an answer, not an error, and is named by the titles that the user knows. Deliberately
//! absent: copies of it (see [`crate::backup`]), and who may open it (see [`crate::keys`]).

use std::path::Path;

use jiff::Timestamp;
use lanthan_core::{
    dossier::Dossier,
    exhibit::Exhibit,
    id::{DossierId, ExhibitId},
    text::Bilingual,
};
use lanthan_store::{
    Damage, DatabaseDamage, Elsewhere, Holder, LedgerHead, Stray, StrayKind, Vault, VaultError,
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

    pub(crate) fn named(&self, checked: lanthan_store::Checked) -> Checked {
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

    /// Finds the dossiers that give what is damaged its titles.
    pub(crate) fn titles(&self) -> impl Fn(&DossierId) -> Option<Dossier> + '_ {
        // A dossier that cannot be read is no reason to keep silent about its exhibits.
        |id| self.dossier(id).ok().map(|(known, _)| known)
    }
}

pub(crate) fn named(
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
