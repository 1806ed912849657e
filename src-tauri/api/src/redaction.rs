//! How is what somebody hid badly in a paper dealt with before the paper leaves?
//!
//! It is covered by masks like anything else, or somebody says that it may be seen. Deliberately absent:
//! what counts as hidden badly (media crate), and what is said of it (core).

use jiff::civil::Date;
use lanthan_core::{
    dossier::Dossier,
    exhibit::{Exhibit, Format, Mask, MaskReason},
    id::{DossierId, ExhibitId, PartyId},
    redaction::{Hiding, Papers, Passage},
};

use crate::{Error, Result, Workspace};

impl Workspace {
    /// Covers what somebody meant to hide in a PDF and did not, on the pages that leave, in one way of hiding
    /// or in all; answers the masks that are new.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn mask_hidden(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        (hiding, reason): (Option<Hiding>, MaskReason),
        day: Date,
    ) -> Result<Vec<Mask>> {
        let buried = self.probe(id, exhibit)?.buried;
        let (dossier, _) = self.dossier(id)?;
        let known = dossier.exhibit(exhibit);
        let known = known.ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
        let is_meant = |passage: &&Passage| hiding.is_none_or(|hiding| passage.hiding == hiding);
        let open = buried.iter().filter(is_meant).filter(|passage| passage.is_open(known));
        let masks = open.flat_map(|passage| passage.masks(reason)).collect();
        self.add_masks(id, exhibit, masks, day)
    }

    /// Says whether what a file only marks for redaction may be seen in what leaves.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`].
    pub fn let_marked_be_seen(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        may_be_seen: bool,
        day: Date,
    ) -> Result<()> {
        self.change(id, day, |dossier| {
            let known = dossier.exhibit_mut(exhibit);
            let known = known.ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
            known.marked_may_be_seen = may_be_seen;
            Ok(())
        })
    }

    /// What is read out of papers before a release.
    pub(crate) fn papers(&self, dossier: &Dossier, recipient: &PartyId) -> Papers {
        let leaves = |exhibit: &&Exhibit| {
            exhibit.is_cleared_for(recipient)
                && exhibit.original.as_ref().is_some_and(|o| o.format == Format::Pdf)
        };
        let read = |exhibit: &Exhibit| -> Option<(ExhibitId, Vec<Passage>)> {
            // One that cannot be read cannot be made into clean pages either, so it does not leave.
            let probe = self.probe(&dossier.id, &exhibit.id).ok()?;
            Some((exhibit.id.clone(), probe.buried))
        };
        let passages = dossier.exhibits.iter().filter(leaves).filter_map(read).collect();
        Papers { readings: self.readings(dossier), passages }
    }
}
