//! How is a list of exhibits shown without opening every original?
//!
//! What is seen of an original is made when it comes in, or at the first look, and kept encrypted
//! beside it. Deliberately absent: pixels and file formats (media crate); the window's own memory.

use lanthan_core::{
    dossier::Dossier,
    exhibit::Exhibit,
    id::{DossierId, ExhibitId},
};
use lanthan_media::{PageSize, Probe, Refusal};
use lanthan_store::{MAX_THUMBNAIL_BYTES, ObjectId, Sight};

use crate::{Error, Result, Workspace, reader};

/// Grows whenever the same original looks otherwise.
const RULES: u32 = 1;

/// Longer side of a thumbnail in pixels.
pub(crate) const THUMBNAIL_EDGE_PX: u32 = 320;

/// Smaller ones are tried when the first is too long to keep.
const EDGES_PX: [u32; 3] = [THUMBNAIL_EDGE_PX, 240, 160];

/// An exhibit as it stands in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The exhibit.
    pub exhibit: Exhibit,
    /// Its upright pages.
    pub pages: Vec<PageSize>,
}

impl Workspace {
    /// Every exhibit of a dossier in order, without opening the originals. Those that were never
    /// looked at are looked at now; one whose original is damaged is listed with pages of no known
    /// size.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`](crate::Error::NoSuchDossier).
    pub fn exhibits(&mut self, id: &DossierId) -> Result<Vec<Listed>> {
        let (dossier, _) = self.dossier(id)?;
        let known = self.vault.pages(id, RULES)?;
        let mut listed = Vec::with_capacity(dossier.exhibits.len());
        for exhibit in dossier.exhibits {
            let kept = known.binary_search_by(|(known, _)| known.cmp(&exhibit.id));
            let kept = kept.ok().and_then(|at| read_pages(&known[at].1));
            let pages = match kept {
                Some(pages) => pages,
                None => self.look_again(id, &exhibit),
            };
            listed.push(Listed { exhibit, pages });
        }
        Ok(listed)
    }

    /// A small JPEG of an exhibit's first page, for the window only.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn thumbnail(&mut self, id: &DossierId, exhibit: &ExhibitId) -> Result<Vec<u8>> {
        let object = self.vault.object_of(id, exhibit)?;
        if let Some(jpeg) = self.vault.thumbnail(object, RULES)? {
            return Ok(jpeg);
        }
        let made = small(&self.original(id, exhibit)?)?;
        // Shown all the same when it cannot be kept.
        let _ = self.vault.keep_thumbnail(object, RULES, &made);
        Ok(made)
    }

    /// Keeps how originals are seen. It is made anew at the first look when that fails.
    pub(crate) fn keep_sights(&mut self, sights: &[Sight]) {
        let _ = self.vault.keep_sights(RULES, sights);
    }

    /// The pictures of a dossier that were never decoded, in order; none in a vault that may only be read.
    pub(crate) fn unproven(&self, dossier: &Dossier) -> Result<Vec<ExhibitId>> {
        if self.vault.is_read_only() {
            return Ok(Vec::new());
        }
        let shown = self.vault.shown(&dossier.id, RULES)?;
        let pictures = dossier.exhibits.iter().filter(|exhibit| exhibit.is_picture());
        let unproven = pictures.filter(|exhibit| shown.binary_search(&exhibit.id).is_err());
        Ok(unproven.map(|exhibit| exhibit.id.clone()).collect())
    }

    fn look_again(&mut self, id: &DossierId, exhibit: &Exhibit) -> Vec<PageSize> {
        if let (Ok(probe), Ok(object)) =
            (self.probe(id, &exhibit.id), self.vault.object_of(id, &exhibit.id))
        {
            self.keep_sights(&[sight(object, &probe, None)]);
            return probe.pages;
        }
        let count = exhibit.original.as_ref().map_or(1, |original| original.pages);
        vec![PageSize { width: 4.0, height: 3.0 }; count as usize]
    }
}

/// What is seen of an original.
pub(crate) fn sight(object: ObjectId, probe: &Probe, thumbnail: Option<Vec<u8>>) -> Sight {
    Sight { object, pages: write_pages(&probe.pages), thumbnail }
}

/// Decodes a picture: what it is, and a thumbnail that is short enough to be kept.
///
/// # Errors
///
/// As [`lanthan_media::look`].
pub(crate) fn decode(untrusted: &[u8]) -> Result<(Probe, Vec<u8>)> {
    let look = || reader::look(untrusted, THUMBNAIL_EDGE_PX);
    let (probe, jpeg) = match look() {
        // Whoever ended the reader may have had a reason of their own, and what is broken is taken out of the
        // vault: only a picture that breaks the next one as well is to blame.
        Err(Error::Refused(Refusal::BreaksReader | Refusal::HoldsReader)) => look()?,
        seen => seen?,
    };
    match jpeg {
        Some(jpeg) if jpeg.len() <= MAX_THUMBNAIL_BYTES => Ok((probe, jpeg)),
        _ => Ok((probe, small(untrusted)?)),
    }
}

/// A thumbnail, smaller when it is too long to be kept.
fn small(untrusted: &[u8]) -> Result<Vec<u8>> {
    let mut made = Vec::new();
    for edge_px in EDGES_PX {
        made = reader::thumbnail(untrusted, edge_px)?;
        if made.len() <= MAX_THUMBNAIL_BYTES {
            break;
        }
    }
    Ok(made)
}

fn write_pages(pages: &[PageSize]) -> String {
    let sizes: Vec<String> =
        pages.iter().map(|page| format!("[{},{}]", page.width, page.height)).collect();
    format!("[{}]", sizes.join(","))
}

fn read_pages(kept: &str) -> Option<Vec<PageSize>> {
    let sizes: Vec<[f32; 2]> = serde_json::from_str(kept).ok()?;
    Some(sizes.into_iter().map(|[width, height]| PageSize { width, height }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_as_they_were_written() {
        let pages =
            [PageSize { width: 595.276, height: 841.89 }, PageSize { width: 4.0, height: 3.0 }];
        assert_eq!(read_pages(&write_pages(&pages)).unwrap(), pages);
        assert_eq!(read_pages("[]").unwrap(), []);
        for bad in ["", "[[1]]", "{}", "[[1,\"a\"]]"] {
            assert!(read_pages(bad).is_none(), "{bad}");
        }
    }
}
