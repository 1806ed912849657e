//! How does evidence come in, get its recipe, and get looked at?
//!
//! Coming in never discloses: a new exhibit is secret and cleared for nobody. The original is stored
//! as it is and never changed. Deliberately absent: pixels and file formats (media crate).

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use lanthan_core::{
    clean::CleanPage,
    dossier::Dossier,
    exhibit::{Exhibit, ExhibitKind, Format, Level, Mask, Original},
    id::{DossierId, ExhibitId, PartyId, RequirementId},
    text::Bilingual,
};
use lanthan_media::{Limits, Probe, Recipe};
use lanthan_store::{Meta, ObjectId, outside};

use crate::{Error, Progress, Result, Step, Workspace, dossier::free_id};

/// The greatest length of a file that is taken in, in bytes.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// What came of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// The new exhibits.
    pub added: Vec<ExhibitId>,
    /// The files that were not taken, with the reason.
    pub refused: Vec<(String, Error)>,
    /// True when the user stopped it; what was added before stays.
    pub cancelled: bool,
}

/// Everything of an exhibit that a user may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is.
    pub title: Bilingual,
    /// The sentence under it.
    pub caption: Bilingual,
    /// How it is laid out.
    pub kind: ExhibitKind,
    /// How secret it is.
    pub level: Level,
    /// Its masks.
    pub masks: Vec<Mask>,
    /// The pages that leave; all when empty.
    pub pages: Vec<u32>,
    /// The requirements that it answers.
    pub answers: Vec<RequirementId>,
    /// The parties it may go to.
    pub cleared_for: Vec<PartyId>,
}

impl Workspace {
    /// Takes files in, one after another; a file that is refused changes nothing.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`], or [`Error::Vault`] when the vault cannot be written. A refused file
    /// is no error: it stands in [`Imported::refused`].
    pub fn import(
        &mut self,
        id: &DossierId,
        files: &[PathBuf],
        day: Date,
        progress: Progress<'_>,
    ) -> Result<Imported> {
        self.dossier(id)?;
        let mut imported = Imported::default();
        let total = files.len() as u64;
        for (done, file) in (0_u64..).zip(files) {
            if progress(Step { stage: "import", done, total }).is_break() {
                imported.cancelled = true;
                return Ok(imported);
            }
            let name = file_name(file);
            let taken = outside::read(file, MAX_FILE_BYTES)
                .map_err(Error::from)
                .and_then(|untrusted| self.take_in(id, &name, &untrusted, day));
            match taken {
                Ok(exhibit) => imported.added.push(exhibit),
                Err(error) if error.is_about_the_file() => imported.refused.push((name, error)),
                Err(error) => return Err(error),
            }
        }
        // The work is done: whether to go on is no longer a question.
        let _ = progress(Step { stage: "import", done: total, total });
        Ok(imported)
    }

    fn take_in(
        &mut self,
        id: &DossierId,
        name: &str,
        untrusted: &[u8],
        day: Date,
    ) -> Result<ExhibitId> {
        let probe = lanthan_media::probe(untrusted, &limits())?;
        let (dossier, _) = self.dossier(id)?;
        let taken = |word: &str| dossier.exhibits.iter().any(|e| e.id.as_str() == word);
        let exhibit = ExhibitId::new(&free_id("exhibit", |word| word == "exhibit" || taken(word)))?;
        let (object, original) = self.store_original(name, untrusted, &probe)?;
        let kind = match probe.format {
            Format::Pdf => ExhibitKind::Document,
            Format::Jpeg | Format::Png => ExhibitKind::Photo,
        };
        let new = Exhibit {
            id: exhibit.clone(),
            path: free_path(&dossier, name),
            kind,
            level: Level::default(),
            title: Bilingual::default(),
            caption: Bilingual::default(),
            masks: Vec::new(),
            crop: None,
            pages: Vec::new(),
            answers: Vec::new(),
            cleared_for: Vec::new(),
            original: Some(original),
        };
        self.change_with(id, day, &[(exhibit.clone(), object)], |dossier| {
            dossier.exhibits.push(new);
            Ok(())
        })?;
        Ok(exhibit)
    }

    /// Puts an original into the vault; it stays loose until a dossier names it.
    pub(crate) fn store_original(
        &mut self,
        name: &str,
        untrusted: &[u8],
        probe: &Probe,
    ) -> Result<(ObjectId, Original)> {
        let mime = match probe.format {
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
            Format::Pdf => "application/pdf",
        };
        let meta = Meta { name: name.to_owned(), mime: mime.to_owned() };
        let mut go_on = |_: u64| ControlFlow::Continue(());
        let stored = self.vault.import(&mut &untrusted[..], meta, &mut go_on)?;
        let original = Original {
            sha256: stored.sha256,
            size_bytes: stored.size_bytes,
            format: probe.format,
            pages: u32::try_from(probe.pages.len()).unwrap_or(u32::MAX),
        };
        Ok((stored.object, original))
    }

    /// Gives an exhibit its recipe and its texts.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`], or [`Error::BadMask`] when a mask or page lies outside.
    pub fn save_exhibit(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        change: Change,
        day: Date,
    ) -> Result<()> {
        self.change(id, day, |dossier| {
            let parties: Vec<PartyId> = dossier.parties.iter().map(|p| p.id.clone()).collect();
            let exhibit = dossier
                .exhibit_mut(exhibit)
                .ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
            let pages = exhibit.original.as_ref().map_or(1, |original| original.pages);
            let on_page = |page: u32| page >= 1 && page <= pages;
            if change.masks.iter().any(|m| !m.area.is_valid() || !on_page(m.page))
                || change.pages.iter().any(|page| !on_page(*page))
            {
                return Err(Error::BadMask);
            }
            let Change { title, caption, kind, level, masks, pages, answers, cleared_for } = change;
            exhibit.title = title;
            exhibit.caption = caption;
            exhibit.kind = kind;
            exhibit.level = level;
            exhibit.masks = masks;
            exhibit.pages = pages;
            exhibit.answers = answers;
            exhibit.cleared_for =
                cleared_for.into_iter().filter(|party| parties.contains(party)).collect();
            Ok(())
        })
    }

    /// Takes an exhibit out of a dossier; undo brings it back.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`].
    pub fn remove_exhibit(&mut self, id: &DossierId, exhibit: &ExhibitId, day: Date) -> Result<()> {
        self.change(id, day, |dossier| {
            let before = dossier.exhibits.len();
            dossier.exhibits.retain(|known| known.id != *exhibit);
            if dossier.exhibits.len() == before {
                return Err(Error::NoSuchExhibit(exhibit.to_string()));
            }
            Ok(())
        })
    }

    /// What an exhibit's original is and would give away.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchExhibit`], or [`Error::Vault`] when its bytes are damaged.
    pub fn probe(&self, id: &DossierId, exhibit: &ExhibitId) -> Result<Probe> {
        Ok(lanthan_media::probe(&self.original(id, exhibit)?, &limits())?)
    }

    /// A small JPEG of an exhibit's first page, for the window only.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn thumbnail(&self, id: &DossierId, exhibit: &ExhibitId) -> Result<Vec<u8>> {
        Ok(lanthan_media::thumbnail(&self.original(id, exhibit)?, 320, &limits())?)
    }

    /// An upright JPEG of one page without masks, for the window only.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn page_image(&self, id: &DossierId, exhibit: &ExhibitId, page: u32) -> Result<Vec<u8>> {
        let bytes = self.original(id, exhibit)?;
        Ok(lanthan_media::page_image(&bytes, page, 1600, &limits())?.2)
    }

    /// One page as it would leave, with its masks burnt in.
    ///
    /// # Errors
    ///
    /// As [`Workspace::probe`].
    pub fn clean_image(&self, id: &DossierId, exhibit: &ExhibitId, page: u32) -> Result<Vec<u8>> {
        let (dossier, _) = self.dossier(id)?;
        let known =
            dossier.exhibit(exhibit).ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
        let pages = self.clean_pages(&dossier, known, &[page])?;
        pages.into_iter().next().map(|page| page.jpeg).ok_or(Error::BadMask)
    }

    /// The clean pages of an exhibit, in the order of `pages`.
    pub(crate) fn clean_pages(
        &self,
        dossier: &Dossier,
        exhibit: &Exhibit,
        pages: &[u32],
    ) -> Result<Vec<CleanPage>> {
        let bytes = self.original(&dossier.id, &exhibit.id)?;
        let recipe =
            Recipe { masks: &exhibit.masks, crop: exhibit.crop, pages, ..Recipe::default() };
        let mut found = BTreeMap::new();
        lanthan_media::clean(&bytes, &recipe, &limits(), &mut |page, clean| {
            found.insert(page, clean);
            ControlFlow::Continue(())
        })?;
        pages.iter().map(|page| found.remove(page).ok_or(Error::BadMask)).collect()
    }

    /// The bytes of an original, checked against its hash.
    pub(crate) fn original(
        &self,
        id: &DossierId,
        exhibit: &ExhibitId,
    ) -> Result<impl std::ops::Deref<Target = Vec<u8>> + use<>> {
        let object = self.vault.object_of(id, exhibit)?;
        Ok(self.vault.read(&object)?)
    }
}

/// The limits for hostile files, with our Chinese font for papers that embed none.
pub(crate) fn limits() -> Limits {
    Limits {
        max_bytes: MAX_FILE_BYTES,
        fallback_font: Some(lanthan_package::fonts::cjk_regular()),
        ..Limits::default()
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| "file".to_owned(), |n| n.to_string_lossy().into_owned())
}

/// A path in the open form of the dossier that no other exhibit has.
fn free_path(dossier: &Dossier, name: &str) -> String {
    let clean: String =
        name.chars().map(|c| if matches!(c, '/' | '\\' | ':' | '\0') { '-' } else { c }).collect();
    let clean = if matches!(clean.as_str(), "" | "." | "..") { "file".to_owned() } else { clean };
    let taken = |path: &str| dossier.exhibits.iter().any(|exhibit| exhibit.path == path);
    if !taken(&clean) {
        return clean;
    }
    let (stem, ending) = clean.rsplit_once('.').unwrap_or((&clean, ""));
    let dot = if ending.is_empty() { "" } else { "." };
    (2_u32..=u32::MAX)
        .map(|number| format!("{stem}-{number}{dot}{ending}"))
        .find(|path| !taken(path))
        .unwrap_or_default()
}
