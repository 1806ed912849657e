//! How is a dossier moved to another version of its pack, or put under overlays?
//!
//! Only what differs is shown before. Deliberately absent: moving a dossier unasked once something of
//! it was released.

use jiff::civil::Date;
use lanthan_core::{
    dossier::{Dossier, OverlayRef, PackRef},
    id::{DossierId, PackId, RequirementId},
    pack::Difference,
    regrade::{Regraded, regrade},
    text::Bilingual,
};

use super::{PackVersion, titles};
use crate::{Error, Result, Workspace};

/// What another version of its pack would say of a dossier.
#[derive(Debug, Clone)]
pub struct Recheck {
    /// The version that the dossier is judged by.
    pub version: String,
    /// The other version.
    pub other: String,
    /// What stands otherwise.
    pub changes: Vec<Regraded>,
    /// What the pack says otherwise.
    pub difference: Difference,
    /// The words of every requirement that is named.
    pub titles: Vec<(RequirementId, Bilingual)>,
}

/// An overlay that a dossier can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayChoice {
    /// The overlay, in its newest version.
    pub version: PackVersion,
    /// True when it is for one of the dossier's parties. Only a hint.
    pub suits: bool,
    /// True when the dossier has it.
    pub chosen: bool,
}

impl Workspace {
    /// Begins new dossiers under a version that is there, such as an earlier one, and moves every
    /// dossier of which nothing was released.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`] when that version is not there.
    pub fn choose_pack(&mut self, id: &PackId, version: &str, day: Date) -> Result<()> {
        if !self.has_version(id, version)? {
            return Err(Error::UnknownPack(id.clone()));
        }
        self.vault.choose_pack(id, version)?;
        self.move_open_dossiers(id, day)
    }

    /// Each in a transaction of its own; one that cannot take the version keeps its own.
    pub(super) fn move_open_dossiers(&mut self, id: &PackId, day: Date) -> Result<()> {
        for row in self.vault.dossiers()? {
            let (dossier, _) = self.dossier(&row.id)?;
            if dossier.pack.id == *id && !self.is_released(&row.id)? {
                match self.adopt_pack(&row.id, None, day) {
                    Ok(()) | Err(Error::Pack(_)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// What another version of its pack would say of a dossier; only what differs. `None` stands for
    /// the version under which new dossiers are begun.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`], [`Error::UnknownPack`].
    pub fn recheck(&self, id: &DossierId, version: Option<&str>, day: Date) -> Result<Recheck> {
        let (dossier, _) = self.dossier(id)?;
        let other = self.moved(&dossier, version)?;
        let changes = regrade(&dossier, self.pack_of(&dossier)?, self.laid(&dossier, &other)?, day);
        let (pack, other) = (&self.held(&dossier.pack)?.pack, &self.held(&other)?.pack);
        let difference = pack.difference(other);
        let named: Vec<&Regraded> = changes.iter().collect();
        let titles = titles(&difference, &named, pack, other);
        let (version, other) = (pack.version.clone(), other.version.clone());
        Ok(Recheck { version, other, changes, difference, titles })
    }

    /// Moves a dossier to another version of its pack; `None` stands for the one under which new
    /// dossiers are begun. Undo takes it back.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`], [`Error::Pack`] when its overlays do not fit that version; the dossier is
    /// unchanged then.
    pub fn adopt_pack(&mut self, id: &DossierId, version: Option<&str>, day: Date) -> Result<()> {
        let (dossier, _) = self.dossier(id)?;
        let moved = self.moved(&dossier, version)?;
        self.put_under(id, moved, day)
    }

    fn moved(&self, dossier: &Dossier, version: Option<&str>) -> Result<PackRef> {
        let id = &dossier.pack.id;
        let version = match version {
            Some(version) => version.to_owned(),
            None => self.current_version(id)?.ok_or_else(|| Error::UnknownPack(id.clone()))?,
        };
        if !self.has_version(id, &version)? {
            return Err(Error::UnknownPack(id.clone()));
        }
        Ok(PackRef { version, ..dossier.pack.clone() })
    }

    /// The newest version of every overlay for the dossier's pack: whether it suits the dossier's
    /// parties, and whether the dossier has it.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`].
    pub fn overlays(&self, id: &DossierId) -> Result<Vec<OverlayChoice>> {
        let (dossier, _) = self.dossier(id)?;
        let mut all: Vec<OverlayChoice> = Vec::new();
        for one in self.pack_versions()? {
            // Sorted by id, the newest version first.
            if one.overlay.is_none() || all.iter().any(|known| known.version.id == one.id) {
                continue;
            }
            let of = OverlayRef { id: one.id.clone(), version: one.version.clone() };
            let (overlay, _) = self.overlay(&of)?;
            if overlay.over == dossier.pack.id {
                let chosen = dossier.pack.overlays.iter().any(|known| known.id == of.id);
                all.push(OverlayChoice { suits: overlay.suits(&dossier), chosen, version: one });
            }
        }
        Ok(all)
    }

    /// Lays overlays over a dossier's pack, in their newest versions, instead of those that it had.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownOverlay`], [`Error::Pack`] when they contradict each other; the dossier is
    /// unchanged then.
    pub fn choose_overlays(
        &mut self,
        id: &DossierId,
        overlays: &[PackId],
        day: Date,
    ) -> Result<()> {
        let known = self.overlays(id)?;
        let mut chosen = Vec::new();
        for wanted in overlays {
            let found = known.iter().map(|one| &one.version).find(|one| one.id == *wanted);
            let found = found.ok_or_else(|| Error::UnknownOverlay(wanted.clone()))?;
            chosen.push(OverlayRef { id: found.id.clone(), version: found.version.clone() });
        }
        let (dossier, _) = self.dossier(id)?;
        self.put_under(id, PackRef { overlays: chosen, ..dossier.pack }, day)
    }

    fn put_under(&mut self, id: &DossierId, pack: PackRef, day: Date) -> Result<()> {
        // Read first: what does not fit together changes nothing.
        self.held(&pack)?;
        self.keep_pack_of(&pack, day)?;
        self.change(id, day, |dossier| {
            dossier.pack = pack;
            Ok(())
        })
    }
}
