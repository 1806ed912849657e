//! What did an earlier state of a paper show, and how did it look?
//!
//! For the eyes of the house only: no earlier state ever leaves. Deliberately absent: how states are told
//! apart (media crate).

use lanthan_core::id::{DossierId, ExhibitId};
use lanthan_media::Revision;

use crate::{Result, Workspace, reader};

/// Longer side of a page that is looked at, in pixels.
const EDGE_PX: u32 = 1600;

impl Workspace {
    /// The earlier states that an exhibit's file still holds, the oldest first.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn revisions(&self, id: &DossierId, exhibit: &ExhibitId) -> Result<Vec<Revision>> {
        reader::revisions(&self.original(id, exhibit)?)
    }

    /// An upright JPEG of a page of an earlier state, by its number.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`], and [`Error::Refused`](crate::Error::Refused) when there is no such state or
    /// page.
    pub fn revision_image(
        &self,
        id: &DossierId,
        exhibit: &ExhibitId,
        number: u32,
        page: u32,
    ) -> Result<Vec<u8>> {
        let bytes = self.original(id, exhibit)?;
        Ok(reader::revision_image(&bytes, number, page, EDGE_PX)?.2)
    }
}
