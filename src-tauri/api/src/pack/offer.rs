//! How does a rule pack come in from outside?
//!
//! It is looked at first: what it says otherwise than the current one, and which dossiers that
//! touches. Deliberately absent: packs that nobody vouches for.

use std::path::Path;

use jiff::civil::Date;
use lanthan_core::{
    id::{DossierId, PackId, RequirementId},
    pack::{Difference, Overlay, Pack, PackError, compare_versions},
    regrade::{Regraded, regrade},
    text::Bilingual,
};
use lanthan_store::{PackRow, Publisher};

use super::{
    file::{self, Signed},
    from_outside, titles, written,
};
use crate::{Error, Result, Workspace, packs::read_overlay, questionnaire};

/// A signed pack that was looked at and not taken yet.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Its id.
    pub id: PackId,
    /// Its version.
    pub version: String,
    /// Who signed it.
    pub publisher: String,
    /// SHA-256 over its files; [`Workspace::take_pack`] takes nothing else.
    pub sha256: String,
    /// The version that new dossiers are begun under now; `None` for an overlay or a new pack.
    pub instead_of: Option<String>,
    /// What it says otherwise than that.
    pub difference: Difference,
    /// The words of the requirements that the difference names.
    pub titles: Vec<(RequirementId, Bilingual)>,
    /// The dossiers under that pack that would stand otherwise, and how.
    pub touched: Vec<Touched>,
}

/// A dossier that stands otherwise under another version of its pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The dossier.
    pub dossier: DossierId,
    /// What the firm calls it.
    pub title: String,
    /// True when something of it was released: it keeps its version then.
    pub is_released: bool,
    /// What stands otherwise.
    pub changes: Vec<Regraded>,
}

impl Workspace {
    /// Everybody whose packs are taken.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the vault cannot be read.
    pub fn publishers(&self) -> Result<Vec<Publisher>> {
        Ok(self.vault.publishers()?)
    }

    /// Takes somebody's packs from now on. The key must have come by another way than the pack.
    ///
    /// # Errors
    ///
    /// [`Error::BadPublisherKey`], [`Error::Empty`] when the name is blank.
    pub fn trust_publisher(&mut self, name: &str, typed_key: &str, day: Date) -> Result<()> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Error::Empty("name"));
        }
        file::key(typed_key)?;
        let key = file::key_line(typed_key).to_owned();
        let name = name.chars().take(crate::length::MAX_TITLE_CHARS).collect();
        Ok(self.vault.trust_publisher(&Publisher { key, name, day })?)
    }

    /// Takes somebody's packs no more; those that are there stay.
    ///
    /// # Errors
    ///
    /// [`Error::BadPublisherKey`] when they were not taken before.
    pub fn distrust_publisher(&mut self, typed_key: &str) -> Result<()> {
        let key = file::key_line(typed_key);
        if self.vault.distrust_publisher(key)? { Ok(()) } else { Err(Error::BadPublisherKey) }
    }

    /// Looks at a signed pack file: what it says otherwise, and which dossiers that touches. Nothing
    /// is changed.
    ///
    /// # Errors
    ///
    /// [`Error::PackUnsigned`], [`Error::PackAltered`], [`Error::PackByStranger`],
    /// [`Error::PackOlder`], [`Error::Imported`] when the pack is not whole.
    pub fn look_at_pack(&self, file: &Path, day: Date) -> Result<Offer> {
        Ok(self.look(file, day)?.1)
    }

    fn look(&self, file: &Path, day: Date) -> Result<(Signed, Offer)> {
        let signed = file::read_signed(file, &self.vault.publishers()?)?;
        let sha256 = signed.files.sha256();
        let publisher = signed.publisher.name.clone();
        if Overlay::is_one(signed.files.text("pack.toml")) {
            let overlay = read_overlay(&signed.files).map_err(Error::Imported)?;
            self.refuse_older(&overlay.id, &overlay.version)?;
            let base = self.current(&overlay.over)?;
            let laid = base.pack.with(&[&overlay]).map_err(Error::Imported)?;
            let difference = base.pack.difference(&laid);
            let titles = titles(&difference, &[], &base.pack, &laid);
            let Overlay { id, version, .. } = overlay;
            let (instead_of, touched) = (None, Vec::new());
            let offer =
                Offer { id, version, publisher, sha256, instead_of, difference, titles, touched };
            return Ok((signed, offer));
        }
        let pack = from_outside(&signed.files)?;
        self.refuse_older(&pack.id, &pack.version)?;
        let instead_of = self.current_version(&pack.id)?;
        let (mut difference, mut touched) = (Difference::default(), Vec::new());
        let mut titles = Vec::new();
        if instead_of.is_some() {
            let now = &self.current(&pack.id)?.pack;
            let renamed = now.renamed_in(&pack);
            if !renamed.is_empty() {
                let refused = PackError::NotWhole(renamed).found(&signed.files.all());
                return Err(Error::Imported(refused));
            }
            difference = now.difference(&pack);
            touched = self.touched(&pack, day)?;
            let changes: Vec<&Regraded> = touched.iter().flat_map(|one| &one.changes).collect();
            titles = super::titles(&difference, &changes, now, &pack);
        }
        let (id, version) = (pack.id, pack.version);
        let offer =
            Offer { id, version, publisher, sha256, instead_of, difference, titles, touched };
        Ok((signed, offer))
    }

    fn refuse_older(&self, id: &PackId, version: &str) -> Result<()> {
        let kept =
            self.vault.packs()?.into_iter().filter(|row| row.id == *id).map(|row| row.version);
        let carried = self.packs.newest_carried(id).map(|(held, _)| held.pack.version.clone());
        let overlays = self.packs.carried_overlays().filter(|(known, _)| known.id == *id);
        let overlays = overlays.map(|(known, _)| known.version.clone());
        let newest = kept.chain(carried).chain(overlays).max_by(|a, b| compare_versions(a, b));
        match newest {
            Some(newest) if compare_versions(version, &newest).is_le() => {
                Err(Error::PackOlder { offered: version.to_owned(), held: newest })
            }
            _ => Ok(()),
        }
    }

    fn touched(&self, pack: &Pack, day: Date) -> Result<Vec<Touched>> {
        let mut all = Vec::new();
        for row in self.vault.dossiers()? {
            let (dossier, _) = self.dossier(&row.id)?;
            if dossier.pack.id != pack.id || !dossier.pack.overlays.is_empty() {
                continue;
            }
            let laid = pack.with_asked(&dossier.asked, &questionnaire::words());
            let changes = regrade(&dossier, self.pack_of(&dossier)?, &laid, day);
            if !changes.is_empty() {
                let is_released = self.is_released(&row.id)?;
                all.push(Touched { dossier: row.id, title: row.title, is_released, changes });
            }
        }
        Ok(all)
    }

    /// True when something of the dossier left the house.
    pub(super) fn is_released(&self, id: &DossierId) -> Result<bool> {
        Ok(!self.vault.ledger(Some(id))?.is_empty())
    }

    /// Takes a signed pack file in. New dossiers are begun under it, and every dossier of which nothing
    /// was released is moved to it; released ones keep their version.
    ///
    /// `seen` is [`Offer::sha256`] of what the user looked at.
    ///
    /// # Errors
    ///
    /// As [`Workspace::look_at_pack`], and [`Error::Moved`] when the file is another one now.
    pub fn take_pack(&mut self, file: &Path, seen: &str, day: Date) -> Result<Offer> {
        let (signed, offer) = self.look(file, day)?;
        if offer.sha256 != seen {
            return Err(Error::Moved);
        }
        let row = PackRow {
            id: offer.id.clone(),
            version: offer.version.clone(),
            sha256: offer.sha256.clone(),
            publisher: Some(signed.publisher.key.clone()),
            day,
        };
        let is_pack = !Overlay::is_one(signed.files.text("pack.toml"));
        self.vault.keep_pack(&row, &written(&signed.files)?, is_pack)?;
        if is_pack {
            self.move_open_dossiers(&offer.id, day)?;
        }
        Ok(offer)
    }
}
