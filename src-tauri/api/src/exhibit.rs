//! How does evidence get its recipe, and get looked at?
//!
//! The original is stored as it is and never changed. Deliberately absent: how it comes in, and pixels
//! and file formats (media crate).

use std::{collections::BTreeMap, ops::ControlFlow};

use jiff::civil::Date;
use lanthan_core::{
    clean::CleanPage,
    dossier::Dossier,
    exhibit::{Area, Exhibit, ExhibitKind, Level, Mask},
    exposure::shows_more,
    id::{DossierId, ExhibitId, PartyId, RequirementId},
    text::Bilingual,
};
use lanthan_media::{Limits, Probe, Recipe, Refusal};

use crate::{Error, Result, Workspace, crop, reader};

/// The greatest length of a file whose decoder needs all of it, in bytes: pictures and papers.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Everything of an exhibit that a user may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub title: Bilingual,
    /// The sentence under it.
    pub caption: Bilingual,
    /// How it is laid out.
    pub kind: ExhibitKind,
    /// How secret it is.
    pub level: Level,
    /// Its masks.
    pub masks: Vec<Mask>,
    /// The part that leaves; everything when absent.
    pub crop: Option<Area>,
    /// The pages that leave; all when empty.
    pub pages: Vec<u32>,
    /// Whether what its file only marks for redaction may be seen.
    pub marked_may_be_seen: bool,
    /// The requirements that it answers.
    pub answers: Vec<RequirementId>,
    /// The parties it may go to.
    pub cleared_for: Vec<PartyId>,
}

impl Workspace {
    /// Gives an exhibit its recipe and its texts; answers whom it may go to afterwards. Who was cleared
    /// before is no longer when more is to be seen now than then.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`], [`Error::BadMask`] when a mask, the crop or a page lies outside,
    /// [`Error::PaperStaysWhole`], or [`Error::Refused`] when what is kept inside would be cleared.
    pub fn save_exhibit(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        change: Change,
        day: Date,
    ) -> Result<Vec<PartyId>> {
        self.change(id, day, |dossier| {
            let parties: Vec<PartyId> = dossier.parties.iter().map(|p| p.id.clone()).collect();
            let exhibit = dossier
                .exhibit_mut(exhibit)
                .ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
            let pages = exhibit.original.as_ref().map_or(1, |original| original.pages);
            let on_page = |page: u32| page >= 1 && page <= pages;
            if change.masks.iter().any(|m| !m.area.is_valid() || !on_page(m.page))
                || change.pages.iter().any(|page| !on_page(*page))
            {
                return Err(Error::BadMask);
            }
            if let Some(kept) = exhibit.kept_inside()
                && !change.cleared_for.is_empty()
            {
                return Err(Refusal::StaysInside(kept).into());
            }
            if change.crop != exhibit.crop {
                crop::judge(exhibit, change.crop)?;
            }
            let before = exhibit.clone();
            let Change {
                title,
                caption,
                kind,
                level,
                masks,
                crop,
                pages,
                marked_may_be_seen,
                answers,
                cleared_for,
            } = change;
            exhibit.title = title;
            exhibit.caption = caption;
            exhibit.kind = kind;
            exhibit.level = level;
            let snapped = |mask: Mask| Mask { area: mask.area.snapped(), ..mask };
            exhibit.masks = masks.into_iter().map(snapped).collect();
            exhibit.crop = crop;
            exhibit.pages = pages;
            exhibit.marked_may_be_seen = marked_may_be_seen;
            exhibit.answers = answers;
            exhibit.cleared_for =
                cleared_for.into_iter().filter(|party| parties.contains(party)).collect();
            take_back(&before, exhibit);
            Ok(exhibit.cleared_for.clone())
        })
    }

    /// Takes an exhibit out of a dossier; undo brings it back.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`].
    pub fn remove_exhibit(&mut self, id: &DossierId, exhibit: &ExhibitId, day: Date) -> Result<()> {
        self.change(id, day, |dossier| {
            let before = dossier.exhibits.len();
            dossier.exhibits.retain(|known| known.id != *exhibit);
            if dossier.exhibits.len() == before {
                return Err(Error::NoSuchExhibit(exhibit.to_string()));
            }
            Ok(())
        })
    }

    /// What an exhibit's original is and would give away.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`], or [`Error::Vault`] when its bytes are damaged.
    pub fn probe(&self, id: &DossierId, exhibit: &ExhibitId) -> Result<Probe> {
        let object = self.vault.object_of(id, exhibit)?;
        if let Some(known) = self.remembered(object) {
            return Ok(known);
        }
        let (dossier, _) = self.dossier(id)?;
        let is_kept = dossier.exhibit(exhibit).is_some_and(|known| known.kept_inside().is_some());
        let probe = if is_kept {
            let mut looking = self.vault.look(&object)?;
            let probe = reader::probe_kept(&mut looking);
            probe.map_err(|error| looking.take_failure().map_or(error, Error::from))?
        } else {
            reader::probe(&self.vault.read(&object)?)?
        };
        self.remember(object, &probe);
        Ok(probe)
    }

    /// An upright JPEG of one page without masks, for the window only.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn page_image(&self, id: &DossierId, exhibit: &ExhibitId, page: u32) -> Result<Vec<u8>> {
        let bytes = self.original(id, exhibit)?;
        Ok(reader::page_image(&bytes, page, 1600)?.2)
    }

    /// One page as it would leave, with its masks burnt in.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn clean_image(&self, id: &DossierId, exhibit: &ExhibitId, page: u32) -> Result<Vec<u8>> {
        let (dossier, _) = self.dossier(id)?;
        let known =
            dossier.exhibit(exhibit).ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
        let pages = self.clean_pages(&dossier, known, &[page])?;
        pages.into_iter().next().map(|page| page.jpeg).ok_or(Error::BadMask)
    }

    /// The clean pages of an exhibit, in the order of `pages`.
    pub(crate) fn clean_pages(
        &self,
        dossier: &Dossier,
        exhibit: &Exhibit,
        pages: &[u32],
    ) -> Result<Vec<CleanPage>> {
        let bytes = self.original(&dossier.id, &exhibit.id)?;
        let recipe =
            Recipe { masks: &exhibit.masks, crop: exhibit.crop, pages, ..Recipe::default() };
        let mut found = BTreeMap::new();
        reader::clean(&bytes, &recipe, &mut |page, clean| {
            found.insert(page, clean);
            ControlFlow::Continue(())
        })?;
        pages.iter().map(|page| found.remove(page).ok_or(Error::BadMask)).collect()
    }

    /// The bytes of an original, checked against its hash. What is kept inside is never read whole.
    pub(crate) fn original(
        &self,
        id: &DossierId,
        exhibit: &ExhibitId,
    ) -> Result<impl std::ops::Deref<Target = Vec<u8>> + use<>> {
        let (dossier, _) = self.dossier(id)?;
        if let Some(kept) = dossier.exhibit(exhibit).and_then(Exhibit::kept_inside) {
            return Err(Refusal::StaysInside(kept).into());
        }
        let object = self.vault.object_of(id, exhibit)?;
        Ok(self.vault.read(&object)?)
    }
}

/// Takes the clearance of an exhibit back from whom it was cleared for when it showed less; answers those.
pub(crate) fn take_back(before: &Exhibit, exhibit: &mut Exhibit) -> Vec<PartyId> {
    if before.cleared_for.is_empty() || !shows_more(before, exhibit) {
        return Vec::new();
    }
    let (stale, fresh) = std::mem::take(&mut exhibit.cleared_for)
        .into_iter()
        .partition(|party| before.cleared_for.contains(party));
    exhibit.cleared_for = fresh;
    stale
}

/// The limits for hostile files, with our Chinese font for papers that embed none.
pub(crate) fn limits() -> Limits {
    Limits {
        max_bytes: MAX_FILE_BYTES,
        fallback_font: Some(lanthan_package::fonts::cjk_regular()),
        ..Limits::default()
    }
}
