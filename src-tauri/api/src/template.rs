//! Which pages look like one that was masked, and how do its masks come onto them?
//!
//! Orders printed by one program have their prices and names in the same places. The masks of one page can be
//! proposed for every page of its size, and each page is looked at before it gets them: nothing is put
//! on a page that nobody named. Deliberately absent: any guess at what stands on a page.

use std::collections::BTreeSet;

use jiff::civil::Date;
use lanthan_core::{
    exhibit::{Exhibit, Format, Mask},
    id::{DossierId, ExhibitId},
};
use lanthan_media::PageSize;

use crate::{Error, Result, Workspace, masks::covers, sight::Listed};

/// How far the sides of two pages may differ and count as alike, in parts of the longer one.
const TOLERANCE: f32 = 0.02;

/// A page that looks like the one whose masks are proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikePage {
    /// The exhibit.
    pub exhibit: ExhibitId,
    /// Its page, from 1.
    pub page: u32,
    /// The masks that it would get: those of the template whose place no mask covers there yet.
    pub masks: Vec<Mask>,
}

impl Workspace {
    /// The pages of a dossier that are as large as one page and would get masks from it, in order; those of
    /// its own exhibit first. Nothing is changed.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`], [`Error::BadMask`] when it has no such page.
    pub fn alike_pages(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        page: u32,
    ) -> Result<Vec<AlikePage>> {
        let listed = self.exhibits(id)?;
        let (template, size) = page_of(&listed, exhibit, page)?;
        let masks = masks_of(&template.exhibit, page);
        let mut alike = Vec::new();
        let (own, others): (Vec<_>, Vec<_>) =
            listed.iter().partition(|one| one.exhibit.id == *exhibit);
        for one in own.into_iter().chain(others) {
            if is_pdf(&one.exhibit) != is_pdf(&template.exhibit) {
                continue;
            }
            for (number, other) in (1_u32..).zip(&one.pages) {
                let fresh = fresh(&masks, &one.exhibit, number);
                if are_alike(size, *other) && !fresh.is_empty() {
                    let exhibit = one.exhibit.id.clone();
                    alike.push(AlikePage { exhibit, page: number, masks: fresh });
                }
            }
        }
        Ok(alike)
    }

    /// Puts the masks of one page onto other pages, each of which was looked at; answers what they got.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`], [`Error::BadMask`] when there is no such page, or one is not as large;
    /// nothing is changed then.
    pub fn mask_like(
        &mut self,
        id: &DossierId,
        template: (&ExhibitId, u32),
        target: &ExhibitId,
        pages: &BTreeSet<u32>,
        day: Date,
    ) -> Result<Vec<Mask>> {
        let listed = self.exhibits(id)?;
        let (from, size) = page_of(&listed, template.0, template.1)?;
        let masks = masks_of(&from.exhibit, template.1);
        let mut added = Vec::new();
        for page in pages {
            let (to, other) = page_of(&listed, target, *page)?;
            if !are_alike(size, other) || is_pdf(&from.exhibit) != is_pdf(&to.exhibit) {
                return Err(Error::OtherPageSize { page: *page });
            }
            added.extend(fresh(&masks, &to.exhibit, *page));
        }
        self.add_masks(id, target, added, day)
    }
}

/// An exhibit in a list with the size of one of its pages.
fn page_of<'l>(
    listed: &'l [Listed],
    exhibit: &ExhibitId,
    page: u32,
) -> Result<(&'l Listed, PageSize)> {
    let known = listed.iter().find(|one| one.exhibit.id == *exhibit);
    let known = known.ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
    let at = usize::try_from(page).ok().and_then(|page| page.checked_sub(1));
    let size = at.and_then(|at| known.pages.get(at)).ok_or(Error::BadMask)?;
    Ok((known, *size))
}

fn masks_of(exhibit: &Exhibit, page: u32) -> Vec<Mask> {
    exhibit.masks.iter().filter(|mask| mask.page == page).copied().collect()
}

/// The masks as they would lie on another page, without those whose place is covered there.
fn fresh(masks: &[Mask], exhibit: &Exhibit, page: u32) -> Vec<Mask> {
    let moved = masks.iter().map(|mask| Mask { page, ..*mask });
    moved.filter(|mask| !exhibit.masks.iter().any(|there| covers(there, mask))).collect()
}

fn are_alike(a: PageSize, b: PageSize) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= TOLERANCE * a.max(b);
    near(a.width, b.width) && near(a.height, b.height)
}

/// Pages of a PDF are measured in points, pictures in pixels.
fn is_pdf(exhibit: &Exhibit) -> bool {
    exhibit.original.as_ref().is_some_and(|original| original.format == Format::Pdf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_may_differ_by_two_in_a_hundred() {
        let size = |width, height| PageSize { width, height };
        let page = size(595.0, 842.0);
        assert!(are_alike(page, size(595.3, 841.9)) && are_alike(page, size(600.0, 850.0)));
        assert!(!are_alike(page, size(842.0, 595.0)), "lying on its side");
        assert!(!are_alike(page, size(612.0, 792.0)), "letter paper");
    }
}
