//! Which rule packs are there, and which one is a dossier judged by?
//!
//! A dossier keeps the version that it was begun under until somebody moves it; a released one keeps
//! it for good reasons. So every version that a dossier names is kept in the vault, also those that a
//! program carried. Deliberately absent: signing, and changing a pack.

pub mod file;
mod moving;
mod offer;

use std::path::Path;

use jiff::civil::Date;
use lanthan_core::{
    dossier::{Dossier, OverlayRef, PackRef},
    id::{PackId, RequirementId},
    pack::{
        Difference, Fault, Overlay, OverlayKind, Pack, PackError, compare_versions, is_version,
    },
    regrade::Regraded,
    text::Bilingual,
};
use lanthan_store::{PackRow, outside::Outgoing};
use sha2::{Digest, Sha256};

use self::file::PackFiles;
pub use self::{
    moving::{OverlayChoice, Recheck},
    offer::{Offer, Touched},
};
use crate::{
    Error, Result, Workspace,
    packs::{Held, hex, read_overlay},
    questionnaire,
};

/// A version of a rule pack, or an overlay, that dossiers can be judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackVersion {
    /// Its id.
    pub id: PackId,
    /// Its version.
    pub version: String,
    /// The day on which its facts were last checked.
    pub verified_on: Date,
    /// Who signed it; `None` when the program carries it.
    pub publisher: Option<String>,
    /// True when new dossiers are begun under it.
    pub is_current: bool,
    /// Whose demands it holds, and its name, when it is an overlay.
    pub overlay: Option<(OverlayKind, Bilingual)>,
}

impl Workspace {
    /// The pack of a dossier, in the version and with the overlays that the dossier names. A version
    /// that nobody has, such as that of a foreign `dossier.json`, is read as the current one.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`] when there is no such pack at all, [`Error::UnknownOverlay`].
    pub fn pack_of(&self, dossier: &Dossier) -> Result<&Pack> {
        self.laid(dossier, &dossier.pack)
    }

    /// Another version of it, with what the dossier was asked beyond.
    pub(super) fn laid(&self, dossier: &Dossier, of: &PackRef) -> Result<&Pack> {
        let held = self.held(of)?;
        if dossier.asked.is_empty() {
            return Ok(&held.pack);
        }
        let mark = questionnaire::mark(&dossier.asked);
        if let Some(known) = self.packs.asked_before(of, &mark) {
            return Ok(&known.pack);
        }
        let pack = held.pack.with_asked(&dossier.asked, &questionnaire::words());
        let laid = Held { pack, sha256: held.sha256.clone() };
        Ok(&self.packs.remember_asked(of, &mark, laid).pack)
    }

    /// The same, with its hash.
    pub(crate) fn held(&self, of: &PackRef) -> Result<&Held> {
        if let Some(held) = self.packs.read_before(of) {
            return Ok(held);
        }
        if of.overlays.is_empty() {
            return match self.vault.pack_files(&of.id, &of.version)? {
                Some(files) => Ok(self.packs.remember(of, Held::read(&kept(&files)?)?)),
                None => self.current(&of.id),
            };
        }
        let base = self.held(&PackRef { overlays: Vec::new(), ..of.clone() })?;
        let mut hash = Sha256::new();
        hash.update(&base.sha256);
        let mut overlays = Vec::new();
        for one in &of.overlays {
            let (overlay, files) = self.overlay(one)?;
            hash.update(files.sha256());
            overlays.push(overlay);
        }
        let laid: Vec<&Overlay> = overlays.iter().collect();
        let held = Held { pack: base.pack.with(&laid)?, sha256: hex(&hash.finalize()) };
        Ok(self.packs.remember(of, held))
    }

    /// The version of a pack under which new dossiers are begun: the chosen one, else the newest.
    pub(crate) fn current(&self, id: &PackId) -> Result<&Held> {
        let version = self.current_version(id)?.ok_or_else(|| Error::UnknownPack(id.clone()))?;
        self.held(&PackRef { id: id.clone(), version, overlays: Vec::new() })
    }

    pub(super) fn current_version(&self, id: &PackId) -> Result<Option<String>> {
        let carried = self.packs.newest_carried(id).map(|(held, _)| held.pack.version.clone());
        let kept =
            self.vault.packs()?.into_iter().filter(|row| row.id == *id).map(|row| row.version);
        let all: Vec<String> = carried.into_iter().chain(kept).collect();
        let chosen = self.vault.chosen_pack(id)?.filter(|version| all.contains(version));
        let newest = all.into_iter().max_by(|a, b| compare_versions(a, b));
        Ok(chosen.or(newest))
    }

    /// True when that very version is there.
    pub(super) fn has_version(&self, id: &PackId, version: &str) -> Result<bool> {
        let carried = self.packs.newest_carried(id);
        let is_carried = carried.is_some_and(|(held, _)| held.pack.version == version);
        Ok(is_carried || self.vault.pack_files(id, version)?.is_some())
    }

    /// What a new dossier is begun under.
    pub(crate) fn begin_under(&self) -> Result<PackRef> {
        let pack = &self.current(self.packs.default_id()?)?.pack;
        Ok(PackRef { id: pack.id.clone(), version: pack.version.clone(), overlays: Vec::new() })
    }

    /// Keeps what the program carries of a dossier's pack in the vault: a later program carries
    /// another version.
    pub(crate) fn keep_pack_of(&mut self, of: &PackRef, day: Date) -> Result<()> {
        let mut keep = Vec::new();
        if let Some((held, files)) = self.packs.newest_carried(&of.id)
            && held.pack.version == of.version
        {
            keep.push((of.id.clone(), of.version.clone(), files.clone()));
        }
        for (overlay, files) in self.packs.carried_overlays() {
            if of.overlays.iter().any(|one| one.id == overlay.id && one.version == overlay.version)
            {
                keep.push((overlay.id.clone(), overlay.version.clone(), files.clone()));
            }
        }
        for (id, version, files) in keep {
            if self.vault.pack_files(&id, &version)?.is_none() {
                let row = PackRow { id, version, sha256: files.sha256(), publisher: None, day };
                self.vault.keep_pack(&row, &written(&files)?, false)?;
            }
        }
        Ok(())
    }

    pub(super) fn overlay(&self, of: &OverlayRef) -> Result<(Overlay, PackFiles)> {
        let mut carried = self.packs.carried_overlays();
        if let Some((overlay, files)) =
            carried.find(|(known, _)| known.id == of.id && known.version == of.version)
        {
            return Ok((overlay.clone(), files.clone()));
        }
        let files = self.vault.pack_files(&of.id, &of.version)?;
        let files = kept(&files.ok_or_else(|| Error::UnknownOverlay(of.id.clone()))?)?;
        Ok((read_overlay(&files)?, files))
    }

    /// Every version that dossiers can be judged by: carried and imported, overlays too.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the vault cannot be read.
    pub fn pack_versions(&self) -> Result<Vec<PackVersion>> {
        let publishers = self.vault.publishers()?;
        let name = |key: &Option<String>| {
            let key = key.as_deref()?;
            let known = publishers.iter().find(|known| known.key == key);
            Some(known.map_or_else(|| key.to_owned(), |known| known.name.clone()))
        };
        let mut all = Vec::new();
        for row in self.vault.packs()? {
            let publisher = name(&row.publisher);
            let Some(files) = self.vault.pack_files(&row.id, &row.version)? else { continue };
            let files = kept(&files)?;
            all.push(if Overlay::is_one(files.text("pack.toml")) {
                overlay_version(&read_overlay(&files)?, publisher)
            } else {
                let of = PackRef { id: row.id, version: row.version, overlays: Vec::new() };
                self.version_of(&self.held(&of)?.pack, publisher)?
            });
        }
        let packs = self.packs.all().map(|pack| self.version_of(pack, None));
        let overlays = self.packs.carried_overlays();
        let overlays = overlays.map(|(overlay, _)| Ok(overlay_version(overlay, None)));
        for one in packs.chain(overlays) {
            let one = one?;
            if !all.iter().any(|known| known.id == one.id && known.version == one.version) {
                all.push(one);
            }
        }
        all.sort_by(|a, b| {
            (a.overlay.is_some(), &a.id)
                .cmp(&(b.overlay.is_some(), &b.id))
                .then_with(|| compare_versions(&b.version, &a.version))
        });
        Ok(all)
    }

    fn version_of(&self, pack: &Pack, publisher: Option<String>) -> Result<PackVersion> {
        let is_current = self.current_version(&pack.id)?.as_ref() == Some(&pack.version);
        let (id, version) = (pack.id.clone(), pack.version.clone());
        let verified_on = pack.verified_on;
        Ok(PackVersion { id, version, verified_on, publisher, is_current, overlay: None })
    }
}

fn overlay_version(overlay: &Overlay, publisher: Option<String>) -> PackVersion {
    PackVersion {
        id: overlay.id.clone(),
        version: overlay.version.clone(),
        verified_on: overlay.verified_on,
        publisher,
        is_current: false,
        overlay: Some((overlay.kind, overlay.title())),
    }
}

/// The words of every requirement that is named.
fn titles(
    difference: &Difference,
    changes: &[&Regraded],
    old: &Pack,
    new: &Pack,
) -> Vec<(RequirementId, Bilingual)> {
    let otherwise = difference.change.iter().map(|(id, _)| id);
    let graded = changes.iter().map(|change| &change.requirement);
    let mut ids: Vec<_> =
        difference.appear.iter().chain(&difference.vanish).chain(otherwise).chain(graded).collect();
    ids.sort();
    ids.dedup();
    let words = |id: &RequirementId| {
        let key = format!("requirement.{id}.title");
        new.text(&key)
            .or_else(|| old.text(&key))
            .cloned()
            .unwrap_or_else(|| Bilingual::same(id.to_string()))
    };
    ids.into_iter().map(|id| (id.clone(), words(id))).collect()
}

fn kept(files: &str) -> Result<PackFiles> {
    serde_json::from_str(files).map_err(|error| Error::NotAPack(error.to_string()))
}

fn written(files: &PackFiles) -> Result<String> {
    serde_json::to_string(files).map_err(|error| Error::NotAPack(error.to_string()))
}

/// Says whether the files of a pack, or of an overlay over `over`, are whole; answers id and version.
///
/// # Errors
///
/// [`Error::Imported`] naming every fault with its file, [`Error::NotAPack`] when an overlay comes
/// without the pack that it is laid over.
pub fn check(files: &PackFiles, over: Option<&PackFiles>) -> Result<(PackId, String)> {
    if Overlay::is_one(files.text("pack.toml")) {
        let overlay = read_overlay(files).map_err(Error::Imported)?;
        let missing =
            || Error::NotAPack(format!("it is an overlay: name the pack {}", overlay.over));
        let base = Held::read(over.ok_or_else(missing)?).map_err(Error::Imported)?.pack;
        let laid = base.with(&[&overlay]);
        laid.map_err(|fault| Error::Imported(fault.found(&files.all())))?;
        return Ok((overlay.id, overlay.version));
    }
    let pack = from_outside(files)?;
    Ok((pack.id, pack.version))
}

/// Reads a pack that somebody wrote by hand.
fn from_outside(files: &PackFiles) -> Result<Pack> {
    let pack = Held::read(files).map_err(Error::Imported)?.pack;
    if is_version(&pack.version) {
        return Ok(pack);
    }
    let fault = format!("\"{}\" is no version: write numbers with dots", pack.version);
    let fault = PackError::NotWhole(vec![Fault::of_pack(fault)]);
    Err(Error::Imported(fault.found(&files.all())))
}

/// Writes the file that is to be signed into a new or empty folder.
///
/// # Errors
///
/// [`Error::Outside`]; nothing is left there then.
pub fn write_file(files: &PackFiles, name: &str, folder: &Path) -> Result<()> {
    let outgoing = Outgoing::prepare(folder)?;
    outgoing.write(name, &files.to_file()?)?;
    Ok(outgoing.finish()?)
}
