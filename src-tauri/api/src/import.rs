//! How do files come in from the disk, whatever their length?
//!
//! A picture or a paper is read into memory, its parts are walked to the end, and it is sealed from there:
//! what was looked at is what is kept. Decoding a photograph takes longer than all of that, so it comes
//! afterwards ([`crate::prove`]), when the file is safe already. A video or an Office file goes through in
//! pieces; it is judged before, so that a wrong one costs no time, and again from what was sealed. A few
//! files become exhibits together, in one change of the dossier; what came in before a stop stays, and of the
//! file that was under way nothing is left. Deliberately absent: formats.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use lanthan_core::{
    dossier::Dossier,
    exhibit::{Exhibit, ExhibitKind, Format, Level, Original},
    id::{DossierId, ExhibitId},
    text::Bilingual,
};
use lanthan_media::{Probe, Refusal, kept};
use lanthan_store::{
    Meta, ObjectId, Sealed, StoredObject, VaultError,
    outside::{self, Incoming},
};

use crate::{
    Error, Progress, Result, Workspace,
    ahead::Ahead,
    dossier::free_id,
    exhibit::MAX_FILE_BYTES,
    progress::Told,
    reader,
    sight::{THUMBNAIL_EDGE_PX, sight},
};

/// The greatest length of a file that is kept inside, in bytes.
pub const MAX_KEPT_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// So many files become exhibits together: a change of a large dossier takes longer than sealing a photograph.
pub(crate) const TOGETHER: usize = 16;

/// Sealed files of this length together do not wait for more, in bytes.
const TOGETHER_BYTES: u64 = 128 * 1024 * 1024;

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

/// A file that may come in.
pub(crate) enum Taken {
    /// All of it, with a thumbnail of a picture that was decoded.
    Whole(Vec<u8>, Probe, Option<Vec<u8>>),
    /// What is kept inside, still on the disk.
    Piecewise(Box<dyn Arriving>, Format),
}

/// A file that was sealed, what it is, and a thumbnail where one was made.
pub(crate) type Arrived = (Sealed, Probe, Option<Vec<u8>>);

/// A source of bytes that says in its own words why reading it failed.
pub(crate) trait Arriving: kept::Source + Send {
    /// Why the last reading failed.
    fn failure(&mut self) -> Option<Error>;
    /// Its length in bytes.
    fn size_bytes(&self) -> u64;
}

impl Arriving for Incoming {
    fn failure(&mut self) -> Option<Error> {
        self.take_failure().map(Error::from)
    }

    fn size_bytes(&self) -> u64 {
        Self::size_bytes(self)
    }
}

impl Arriving for Cursor<&'static [u8]> {
    fn failure(&mut self) -> Option<Error> {
        None
    }

    fn size_bytes(&self) -> u64 {
        self.get_ref().len() as u64
    }
}

/// How far a picture is looked at before it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Its parts; nothing is decoded.
    Parts,
    /// Every pixel.
    Pixels,
}

/// Looks at a file before anything of it is kept.
///
/// # Errors
///
/// [`Error`] about the file.
pub(crate) fn look(mut file: Box<dyn Arriving>, depth: Depth) -> Result<Taken> {
    let format = reader::recognise(&mut *file);
    let format = format.map_err(|error| file.failure().unwrap_or(error))?;
    if format.kept_inside().is_some() {
        return Ok(Taken::Piecewise(file, format));
    }
    if file.size_bytes() > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge { limit_mb: MAX_FILE_BYTES / (1024 * 1024) }.into());
    }
    let untrusted = all(&mut *file)?;
    let (probe, thumbnail) = match depth {
        Depth::Parts => (reader::parts(&untrusted)?, None),
        Depth::Pixels => reader::look(&untrusted, THUMBNAIL_EDGE_PX)?,
    };
    Ok(Taken::Whole(untrusted, probe, thumbnail))
}

/// All of a file, in memory.
///
/// # Errors
///
/// [`Error`] about the file.
pub(crate) fn all(file: &mut dyn Arriving) -> Result<Vec<u8>> {
    let mut untrusted = Vec::with_capacity(usize::try_from(file.size_bytes()).unwrap_or(0));
    let read = file.rewind().and_then(|()| file.read_to_end(&mut untrusted));
    match read {
        Ok(_) => Ok(untrusted),
        Err(_) => Err(failed(file)),
    }
}

/// Why reading a file failed: every failure of a file on the disk has its words.
pub(crate) fn failed(file: &mut dyn Arriving) -> Error {
    file.failure().unwrap_or(Refusal::Damaged("it cannot be read").into())
}

impl Workspace {
    /// Takes files in, one after another; a file that is refused changes nothing. Pictures are not decoded:
    /// that is for [`Workspace::prove`], which whoever calls this calls next.
    ///
    /// Progress is told in two stages: `file`, the number of the file that is begun (from 1) among all,
    /// and `import`, the bytes that are done of those of all files.
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
        let sizes: Vec<u64> = files.iter().map(|file| outside::size_bytes(file)).collect();
        let mut told = Told::new(progress, "import", sizes.iter().sum());
        let open =
            |at: usize| look(Box::new(Incoming::open(&files[at], MAX_KEPT_BYTES)?), Depth::Parts);
        let mut batch = Vec::new();
        Ahead::run(&sizes, &open, |next| {
            for (at, (file, size)) in files.iter().zip(&sizes).enumerate() {
                if told.file(at + 1, files.len()).is_break() {
                    imported.cancelled = true;
                    break;
                }
                let name = file_name(file);
                let sealed = next(at).and_then(|taken| self.seal(&name, taken, &mut told));
                match sealed {
                    Ok(arrived) => batch.push((name, arrived)),
                    Err(Error::Cancelled | Error::Vault(VaultError::Cancelled)) => {
                        imported.cancelled = true;
                        break;
                    }
                    Err(error) if error.is_about_the_file() => imported.refused.push((name, error)),
                    Err(error) => {
                        // What came in whole before the disk failed stays, as far as the disk allows.
                        let _ = self.take_in(id, &mut batch, day);
                        return Err(error);
                    }
                }
                told.passed(*size);
                if batch.len() >= TOGETHER || size_of(&batch) >= TOGETHER_BYTES {
                    imported.added.extend(self.take_in(id, &mut batch, day)?);
                }
            }
            imported.added.extend(self.take_in(id, &mut batch, day)?);
            // The work is done: whether to go on is no longer a question.
            let _ = told.say();
            Ok(())
        })?;
        Ok(imported)
    }

    /// Makes sealed files exhibits, in one change of the dossier.
    fn take_in(
        &mut self,
        id: &DossierId,
        batch: &mut Vec<(String, Arrived)>,
        day: Date,
    ) -> Result<Vec<ExhibitId>> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let (names, arrived): (Vec<_>, Vec<_>) = batch.drain(..).unzip();
        let kept = self.keep(arrived)?;
        let (mut dossier, _) = self.dossier(id)?;
        let before = dossier.exhibits.len();
        let mut objects = Vec::with_capacity(kept.len());
        for (name, (object, original)) in names.iter().zip(kept) {
            let new = exhibit(&dossier, name, original)?;
            objects.push((new.id.clone(), object));
            dossier.exhibits.push(new);
        }
        let new = dossier.exhibits.split_off(before);
        self.change_with(id, day, &objects, |dossier| {
            dossier.exhibits.extend(new);
            Ok(())
        })?;
        Ok(objects.into_iter().map(|(exhibit, _)| exhibit).collect())
    }

    /// Seals a file that was looked at, and judges what was sealed; dropped, it is gone.
    fn seal(&mut self, name: &str, taken: Taken, told: &mut Told<'_>) -> Result<Arrived> {
        match taken {
            Taken::Whole(untrusted, probe, thumbnail) => {
                let meta = meta(name, probe.format);
                let mut hear = |done| told.bytes(done);
                Ok((self.vault.seal(&mut &untrusted[..], &meta, &mut hear)?, probe, thumbnail))
            }
            Taken::Piecewise(mut file, format) => {
                let sealed = self.seal_from(name, format, &mut *file, told)?;
                let probe = self.judge(&sealed, format)?;
                Ok((sealed, probe, None))
            }
        }
    }

    /// Seals a file piece by piece, from its beginning.
    pub(crate) fn seal_from(
        &mut self,
        name: &str,
        format: Format,
        file: &mut dyn Arriving,
        told: &mut Told<'_>,
    ) -> Result<Sealed> {
        file.rewind().map_err(|_| failed(file))?;
        let mut hear = |done| told.bytes(done);
        let sealed = self.vault.seal(file, &meta(name, format), &mut hear);
        sealed.map_err(|error| file.failure().unwrap_or(error.into()))
    }

    /// Judges what is kept inside from what was sealed, and not from a file that may have changed.
    pub(crate) fn judge(&self, sealed: &Sealed, format: Format) -> Result<Probe> {
        let mut looking = self.vault.look_at(sealed)?;
        let probe = reader::probe_kept(&mut looking);
        let probe = probe.map_err(|error| looking.take_failure().map_or(error, Error::from))?;
        if probe.format == format {
            Ok(probe)
        } else {
            Err(Refusal::Damaged("it is another file than before").into())
        }
    }

    /// Makes sealed files part of the vault, all or none; they stay loose until a dossier names them.
    pub(crate) fn keep(&mut self, arrived: Vec<Arrived>) -> Result<Vec<(ObjectId, Original)>> {
        let mut sealed = Vec::with_capacity(arrived.len());
        let mut found = Vec::with_capacity(arrived.len());
        for (one, probe, thumbnail) in arrived {
            sealed.push(one);
            found.push((probe, thumbnail));
        }
        let stored = self.vault.keep(sealed)?;
        let mut kept = Vec::with_capacity(stored.len());
        let mut sights = Vec::with_capacity(stored.len());
        for (StoredObject { object, sha256, size_bytes }, (probe, thumbnail)) in
            stored.into_iter().zip(found)
        {
            // Of a picture that was not decoded nobody knows yet all that it would give away.
            if thumbnail.is_some() || !probe.format.is_picture() {
                self.remember(object, &probe);
            }
            let pages = u32::try_from(probe.pages.len()).unwrap_or(u32::MAX);
            kept.push((object, Original { sha256, size_bytes, format: probe.format, pages }));
            sights.push(sight(object, &probe, thumbnail));
        }
        self.keep_sights(&sights);
        Ok(kept)
    }
}

/// A new exhibit of a dossier: secret, and cleared for nobody.
fn exhibit(dossier: &Dossier, name: &str, original: Original) -> Result<Exhibit> {
    let is_taken = |word: &str| dossier.exhibits.iter().any(|e| e.id.as_str() == word);
    let id = free_id("exhibit", |word| word == "exhibit" || is_taken(word));
    let kind = match original.format {
        Format::Pdf | Format::Docx | Format::Xlsx | Format::Pptx => ExhibitKind::Document,
        // Scanners and fax machines put several pages into one.
        _ if original.pages > 1 => ExhibitKind::Document,
        _ => ExhibitKind::Photo,
    };
    Ok(Exhibit {
        id: ExhibitId::new(&id)?,
        path: free_path(dossier, name),
        kind,
        level: Level::default(),
        title: Bilingual::default(),
        caption: Bilingual::default(),
        masks: Vec::new(),
        crop: None,
        pages: Vec::new(),
        marked_may_be_seen: false,
        answers: Vec::new(),
        cleared_for: Vec::new(),
        original: Some(original),
    })
}

/// The length of sealed files together, in bytes.
fn size_of(batch: &[(String, Arrived)]) -> u64 {
    batch.iter().map(|(_, (sealed, ..))| sealed.size_bytes()).sum()
}

fn meta(name: &str, format: Format) -> Meta {
    Meta { name: name.to_owned(), mime: format.mime().to_owned() }
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
