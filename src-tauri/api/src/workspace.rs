//! What is open: one vault, and the packs to read it with?
//!
//! Use cases of the other modules are methods of [`Workspace`]. Reads take `&self`, changes
//! `&mut self` and end in one transaction. Deliberately absent: more than one open vault.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use lanthan_core::{
    dossier::Dossier,
    id::{DossierId, ExhibitId},
    interchange,
    pack::Pack,
};
use lanthan_media::Probe;
use lanthan_store::{Info, KdfCost, ObjectId, RecoveryKey, Save, Vault};

use crate::{Error, Result, length, packs::Packs, search, strength};

/// An open vault with the program's packs.
pub struct Workspace {
    pub(crate) vault: Vault,
    pub(crate) packs: Packs,
    folder: PathBuf,
    /// What was found in originals that were looked at; an original never changes. It goes with the
    /// open vault.
    probes: RefCell<BTreeMap<ObjectId, Probe>>,
}

impl Workspace {
    /// Creates a vault in a folder that does not exist yet, and opens it.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the folder is taken, the passphrase too short or the disk refuses,
    /// [`Error::GuessablePassphrase`].
    pub fn create(folder: &Path, passphrase: &str, cost: KdfCost) -> Result<(Self, RecoveryKey)> {
        let packs = Packs::carried()?;
        strength::accept(passphrase)?;
        let (vault, recovery) = Vault::create(folder, passphrase, cost)?;
        let mut workspace = Self::with(folder, vault, packs);
        workspace.make_searchable()?;
        Ok((workspace, recovery))
    }

    /// Opens a vault.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when it is no vault, the passphrase is wrong, or somebody has it open.
    pub fn open(folder: &Path, passphrase: &str) -> Result<Self> {
        Self::over(folder, Vault::open(folder, passphrase)?)
    }

    pub(crate) fn over(folder: &Path, vault: Vault) -> Result<Self> {
        let mut workspace = Self::with(folder, vault, Packs::carried()?);
        workspace.make_searchable()?;
        Ok(workspace)
    }

    fn with(folder: &Path, vault: Vault, packs: Packs) -> Self {
        Self { vault, packs, folder: folder.to_owned(), probes: RefCell::default() }
    }

    /// What was found in an original before.
    pub(crate) fn remembered(&self, object: ObjectId) -> Option<Probe> {
        self.probes.borrow().get(&object).cloned()
    }

    /// Remembers what was found in an original.
    pub(crate) fn remember(&self, object: ObjectId, probe: &Probe) {
        self.probes.borrow_mut().insert(object, probe.clone());
    }

    /// What can be said of a vault without its passphrase.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when it is no vault.
    pub fn info(folder: &Path) -> Result<Info> {
        Ok(Vault::info(folder)?)
    }

    /// Closes the vault.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the last writes cannot be brought to the disk.
    pub fn close(self) -> Result<()> {
        Ok(self.vault.close()?)
    }

    /// Where the vault lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The packs that the program carries.
    #[must_use]
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// A dossier with its revision.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`], or [`Error::Interchange`] when a later program wrote it.
    pub fn dossier(&self, id: &DossierId) -> Result<(Dossier, u64)> {
        let stored = self.vault.dossier(id)?.ok_or_else(|| Error::NoSuchDossier(id.to_string()))?;
        Ok((interchange::read(&stored.body)?, stored.revision))
    }

    /// The pack of a dossier.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`] when the program does not carry it.
    pub fn pack_of(&self, dossier: &Dossier) -> Result<&Pack> {
        Ok(self.packs.get(&dossier.pack.id)?.0)
    }

    /// Changes a dossier in one transaction: old state or new state.
    pub(crate) fn change<T>(
        &mut self,
        id: &DossierId,
        day: Date,
        change: impl FnOnce(&mut Dossier) -> Result<T>,
    ) -> Result<T> {
        self.change_with(id, day, &[], change)
    }

    /// The same, when new objects come into use with it.
    pub(crate) fn change_with<T>(
        &mut self,
        id: &DossierId,
        day: Date,
        new: &[(ExhibitId, ObjectId)],
        change: impl FnOnce(&mut Dossier) -> Result<T>,
    ) -> Result<T> {
        let (mut dossier, revision) = self.dossier(id)?;
        let before = dossier.clone();
        let answer = change(&mut dossier)?;
        if dossier == before && new.is_empty() {
            return Ok(answer);
        }
        let mut objects = Vec::with_capacity(dossier.exhibits.len());
        for exhibit in &dossier.exhibits {
            let fresh = new.iter().find(|(fresh, _)| *fresh == exhibit.id);
            let object = match fresh {
                Some((_, object)) => *object,
                None => self.vault.object_of(id, &exhibit.id)?,
            };
            objects.push((exhibit.id.clone(), object));
        }
        self.save(Some((&before, revision)), &dossier, day, &objects)?;
        Ok(answer)
    }

    /// Saves what `before` has become in its revision; `None` when the dossier is new.
    pub(crate) fn save(
        &mut self,
        before: Option<(&Dossier, u64)>,
        dossier: &Dossier,
        day: Date,
        objects: &[(ExhibitId, ObjectId)],
    ) -> Result<u64> {
        length::check(dossier)?;
        let body = interchange::write(dossier)?;
        Ok(self.vault.save_dossier(Save {
            id: &dossier.id,
            title: &dossier.title,
            body: &body,
            day,
            expected_revision: before.map(|(_, revision)| revision),
            objects,
            search: &search::follow(before.map(|(before, _)| before), dossier),
        })?)
    }
}
