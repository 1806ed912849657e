//! How is an exhibit cut down to the part that leaves?
//!
//! A crop is a recipe like a mask: the original stays whole, masks keep their places on it, and nothing
//! is cut before a release. Pictures can be cut, on every page of their file alike. The pages of a PDF
//! leave whole, because a part of a paper must not pass for all of it. Deliberately absent: pixels
//! (media crate), and crops that are drawn by hand (exhibit).

use jiff::civil::Date;
use lanthan_core::{
    exhibit::{Area, Exhibit, Format},
    id::{DossierId, ExhibitId, PartyId},
};
use lanthan_media::Refusal;

use crate::{Error, Result, Workspace, exhibit::take_back};

impl Workspace {
    /// Lets only a part of every page leave, or all of them again; answers the parties from whom the
    /// clearance was taken back, because more is to be seen than when it was given.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`], [`Error::BadMask`] when the part lies outside,
    /// [`Error::PaperStaysWhole`] for a PDF, [`Error::Refused`] for what is kept inside.
    pub fn crop(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        part: Option<Area>,
        day: Date,
    ) -> Result<Vec<PartyId>> {
        self.change(id, day, |dossier| {
            let known = dossier.exhibit_mut(exhibit);
            let known = known.ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
            judge(known, part)?;
            let before = known.clone();
            known.crop = part;
            Ok(take_back(&before, known))
        })
    }
}

/// Whether an exhibit may be cut to a part; a crop can always be taken off.
pub(crate) fn judge(exhibit: &Exhibit, part: Option<Area>) -> Result<()> {
    let Some(part) = part else { return Ok(()) };
    if let Some(kept) = exhibit.kept_inside() {
        return Err(Refusal::StaysInside(kept).into());
    }
    if exhibit.original.as_ref().is_some_and(|original| original.format == Format::Pdf) {
        return Err(Error::PaperStaysWhole);
    }
    if part.is_valid() { Ok(()) } else { Err(Error::BadMask) }
}
