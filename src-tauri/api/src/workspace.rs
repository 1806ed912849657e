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
};
use lanthan_media::{Likeness, Probe};
use lanthan_store::{
    Info, KdfCost, ObjectId, RecoveryKey, Save, SavedExhibit, StoredDossier, Vault,
};

use crate::{
    Error, Result, dossier::Row, length, packs::Packs, reader::Dismissing, search, strength,
};

/// An open vault with the program's packs.
pub struct Workspace {
    pub(crate) vault: Vault,
    pub(crate) packs: Packs,
    folder: PathBuf,
    /// What was found in originals that were looked at; an original never changes. It goes with the
    /// open vault.
    probes: RefCell<BTreeMap<ObjectId, Probe>>,
    /// What pictures that were looked at look like from afar, likewise.
    pub(crate) likenesses: BTreeMap<ObjectId, Option<Likeness>>,
    /// The dossier that was read or written last, in its revision: the next question is about it.
    last: RefCell<Option<(Dossier, u64)>>,
    /// The rows of the list of dossiers, each with the revision and the day that it was counted for.
    pub(crate) rows: RefCell<BTreeMap<DossierId, (u64, Date, Row)>>,
    /// What reads files ends with the vault.
    _readers: Dismissing,
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
        Ok((Self::with_packs(folder, vault, packs)?, recovery))
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
        Self::with_packs(folder, vault, Packs::carried()?)
    }

    fn with_packs(folder: &Path, vault: Vault, packs: Packs) -> Result<Self> {
        let mut workspace = Self {
            vault,
            packs,
            folder: folder.to_owned(),
            probes: RefCell::default(),
            likenesses: BTreeMap::new(),
            last: RefCell::default(),
            rows: RefCell::default(),
            _readers: Dismissing,
        };
        workspace.make_searchable()?;
        Ok(workspace)
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
        let revision = self.vault.revision(id)?;
        if let Some((known, known_revision)) = &*self.last.borrow()
            && known.id == *id
            && Some(*known_revision) == revision
        {
            return Ok((known.clone(), *known_revision));
        }
        let (dossier, revision) = self.read_dossier(id)?;
        *self.last.borrow_mut() = Some((dossier.clone(), revision));
        Ok((dossier, revision))
    }

    /// The same, read anew.
    pub(crate) fn read_dossier(&self, id: &DossierId) -> Result<(Dossier, u64)> {
        let stored = self.vault.dossier(id)?.ok_or_else(|| Error::NoSuchDossier(id.to_string()))?;
        let StoredDossier { body, exhibits, revision } = stored;
        Ok((interchange::read_parts(&body, &exhibits)?, revision))
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
        self.save(Some((&before, revision)), dossier, day, new)?;
        Ok(answer)
    }

    /// Saves what `before` has become in its revision; `None` when the dossier is new. `new` are the
    /// originals that come into use with it.
    pub(crate) fn save(
        &mut self,
        before: Option<(&Dossier, u64)>,
        dossier: Dossier,
        day: Date,
        new: &[(ExhibitId, ObjectId)],
    ) -> Result<u64> {
        length::check(&dossier)?;
        let body = interchange::write_trunk(&dossier)?;
        let (before, expected_revision) = before.unzip();
        let revision = self.vault.save_dossier(Save {
            id: &dossier.id,
            title: &dossier.title,
            body: &body,
            day,
            expected_revision,
            exhibits: &changed_exhibits(before, &dossier, new)?,
            search: &search::follow(before, &dossier),
        })?;
        *self.last.borrow_mut() = Some((dossier, revision));
        Ok(revision)
    }
}

/// Every exhibit of a dossier, with its text where that is not what it was.
fn changed_exhibits<'a>(
    before: Option<&Dossier>,
    dossier: &'a Dossier,
    new: &[(ExhibitId, ObjectId)],
) -> Result<Vec<SavedExhibit<'a>>> {
    let old = before.map_or(&[][..], |before| &before.exhibits);
    let by_id: BTreeMap<_, _> = old.iter().map(|exhibit| (&exhibit.id, exhibit)).collect();
    let objects: BTreeMap<_, _> = new.iter().map(|(id, object)| (id, *object)).collect();
    dossier
        .exhibits
        .iter()
        .map(|exhibit| {
            let same = by_id.get(&exhibit.id).is_some_and(|before| *before == exhibit);
            let body = if same { None } else { Some(interchange::write_exhibit(exhibit)?) };
            Ok(SavedExhibit { id: &exhibit.id, body, object: objects.get(&exhibit.id).copied() })
        })
        .collect()
}
