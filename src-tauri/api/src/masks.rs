//! How is something on the pages of an exhibit covered, by place or by what stands there?
//!
//! A mask is a recipe: nothing is burnt in before a release. Deliberately absent: words that are only
//! pixels, and masks that are drawn by hand (exhibit).

use jiff::civil::Date;
use lanthan_core::{
    exhibit::{Area, Mask, MaskReason},
    id::{DossierId, ExhibitId},
    occurrence::occurrences,
};

use crate::{Error, Result, Workspace, reader};

impl Workspace {
    /// The masks that would cover every occurrence of a text in the words of a PDF, page by page; none
    /// for a picture, whose words nobody has read.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn find_text(
        &self,
        id: &DossierId,
        exhibit: &ExhibitId,
        text: &str,
        reason: MaskReason,
    ) -> Result<Vec<Mask>> {
        let bytes = self.original(id, exhibit)?;
        let pages = reader::words(&bytes)?;
        let on_page = |(page, words): (u32, &Vec<_>)| {
            let areas = occurrences(words, text);
            areas.into_iter().map(move |area| Mask { page, area, reason }).collect::<Vec<_>>()
        };
        Ok((1_u32..).zip(&pages).flat_map(on_page).collect())
    }

    /// Covers every occurrence of a text in the words of a PDF; answers the masks that are new. A place
    /// that a mask covers already gets no second one.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn mask_text(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        text: &str,
        reason: MaskReason,
        day: Date,
    ) -> Result<Vec<Mask>> {
        let found = self.find_text(id, exhibit, text, reason)?;
        self.add_masks(id, exhibit, found, day)
    }

    /// Covers an area of one page; answers it as it was taken, its width grown to a step.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`], [`Error::BadMask`] when it lies outside.
    pub fn mask_area(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        mask: Mask,
        day: Date,
    ) -> Result<Vec<Mask>> {
        let (dossier, _) = self.dossier(id)?;
        let known = dossier.exhibit(exhibit);
        let known = known.ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
        let pages = known.original.as_ref().map_or(1, |original| original.pages);
        if !mask.area.is_valid() || !(1..=pages).contains(&mask.page) {
            return Err(Error::BadMask);
        }
        self.add_masks(id, exhibit, vec![Mask { area: mask.area.snapped(), ..mask }], day)
    }

    /// Puts masks on, those left out that lie under another one; answers the others.
    pub(crate) fn add_masks(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        masks: Vec<Mask>,
        day: Date,
    ) -> Result<Vec<Mask>> {
        let (dossier, _) = self.dossier(id)?;
        let known = dossier.exhibit(exhibit);
        let known = known.ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
        let is_new = |mask: &Mask| !known.masks.iter().any(|there| covers(there, mask));
        let fresh: Vec<Mask> = masks.into_iter().filter(is_new).collect();
        if fresh.is_empty() {
            return Ok(fresh);
        }
        self.change(id, day, |dossier| {
            let known = dossier.exhibit_mut(exhibit);
            let known = known.ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
            known.masks.extend_from_slice(&fresh);
            Ok(())
        })?;
        Ok(fresh)
    }
}

/// True when a mask lies wholly under one that is there.
pub(crate) fn covers(there: &Mask, mask: &Mask) -> bool {
    let (Area { x, y, w, h }, inner) = (there.area, mask.area);
    there.page == mask.page
        && x <= inner.x
        && y <= inner.y
        && x + w >= inner.x + inner.w
        && y + h >= inner.y + inner.h
}
