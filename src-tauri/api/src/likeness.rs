//! Which pictures of a dossier show the same, so that one of them may tell what the other hides?
//!
//! Told from the thumbnails; nothing is opened that the list does not show. Deliberately absent:
//! papers, whose pages look alike from afar, and any verdict: the user looks at both.

use std::collections::BTreeMap;

use lanthan_core::{
    exhibit::Exhibit,
    id::{DossierId, ExhibitId},
};
use lanthan_media::Likeness;

use crate::{Result, Workspace, reader};

impl Workspace {
    /// The pictures of a dossier that show the same as others, scaled, coded anew or masked otherwise: each with
    /// those others in their order.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`](crate::Error::NoSuchDossier).
    pub fn look_alikes(&mut self, id: &DossierId) -> Result<BTreeMap<ExhibitId, Vec<ExhibitId>>> {
        let (dossier, _) = self.dossier(id)?;
        let mut known: Vec<(ExhibitId, Option<Likeness>, String)> = Vec::new();
        let mut alike: BTreeMap<ExhibitId, Vec<ExhibitId>> = BTreeMap::new();
        // Those that are still to be decoded would keep everybody waiting; they are compared afterwards.
        let unproven = self.unproven(&dossier)?;
        let pages = |exhibit: &Exhibit| exhibit.original.as_ref().map_or(0, |o| o.pages);
        let pictures = dossier.exhibits.iter().filter(|one| one.is_picture() && pages(one) == 1);
        for exhibit in pictures.filter(|one| !unproven.contains(&one.id)) {
            // One that is damaged looks like nothing; the list says what is wrong with it.
            let Ok(likeness) = self.likeness(id, &exhibit.id) else { continue };
            let hash = exhibit.original.as_ref().map_or("", |o| &o.sha256).to_owned();
            for (other, its, its_hash) in &known {
                let is_like =
                    likeness.as_ref().zip(its.as_ref()).is_some_and(|(a, b)| a.is_like(b));
                if is_like || hash == *its_hash {
                    alike.entry(other.clone()).or_default().push(exhibit.id.clone());
                    alike.entry(exhibit.id.clone()).or_default().push(other.clone());
                }
            }
            known.push((exhibit.id.clone(), likeness, hash));
        }
        Ok(alike)
    }

    /// What a picture looks like from afar, remembered for as long as the vault is open; `None` when its
    /// thumbnail cannot be read.
    fn likeness(&mut self, id: &DossierId, exhibit: &ExhibitId) -> Result<Option<Likeness>> {
        let object = self.vault.object_of(id, exhibit)?;
        if let Some(known) = self.likenesses.get(&object) {
            return Ok(known.clone());
        }
        let likeness = reader::likeness(&self.thumbnail(id, exhibit)?).ok();
        self.likenesses.insert(object, likeness.clone());
        Ok(likeness)
    }
}
