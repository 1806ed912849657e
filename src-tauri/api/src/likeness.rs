//! Which pictures of a dossier show the same, so that one of them may tell what the other hides?
//!
//! Told from the thumbnails; nothing is opened that the list does not show. Deliberately absent:
//! papers, whose pages look alike from afar, and any verdict: the user looks at both.

use lanthan_core::{
    exhibit::{Exhibit, Format},
    id::{DossierId, ExhibitId},
};
use lanthan_media::Likeness;

use crate::{Result, Workspace};

impl Workspace {
    /// Every two pictures of a dossier that show the same: scaled, coded anew or masked otherwise.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`](crate::Error::NoSuchDossier).
    pub fn look_alikes(&mut self, id: &DossierId) -> Result<Vec<(ExhibitId, ExhibitId)>> {
        let (dossier, _) = self.dossier(id)?;
        let mut known: Vec<(ExhibitId, Option<Likeness>, String)> = Vec::new();
        let mut pairs = Vec::new();
        for exhibit in dossier.exhibits.iter().filter(|exhibit| is_picture(exhibit)) {
            // One that is damaged looks like nothing; the list says what is wrong with it.
            let Ok(jpeg) = self.thumbnail(id, &exhibit.id) else { continue };
            let likeness = Likeness::of(&jpeg).ok();
            let hash = exhibit.original.as_ref().map_or("", |o| &o.sha256).to_owned();
            for (other, its, its_hash) in &known {
                let is_like =
                    likeness.as_ref().zip(its.as_ref()).is_some_and(|(a, b)| a.is_like(b));
                if is_like || hash == *its_hash {
                    pairs.push((other.clone(), exhibit.id.clone()));
                }
            }
            known.push((exhibit.id.clone(), likeness, hash));
        }
        Ok(pairs)
    }
}

fn is_picture(exhibit: &Exhibit) -> bool {
    let original = exhibit.original.as_ref();
    original.is_some_and(|o| {
        o.pages == 1 && o.format != Format::Pdf && o.format.kept_inside().is_none()
    })
}
