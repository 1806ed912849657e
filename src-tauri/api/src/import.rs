//! How do files come in from the disk, whatever their length?
//!
//! A picture or a paper is read into memory, proven whole, and sealed from there: what was proven is
//! what is kept. A video or an Office file goes through in pieces; it is judged before, so that a wrong
//! one costs no time, and again from what was sealed. One file is one transaction, so what was added
//! before a stop stays; of the file that was under way nothing is left. Deliberately absent: formats.

use std::{
    io::Cursor,
    ops::ControlFlow,
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
    Meta, Sealed, StoredObject, VaultError,
    outside::{self, Incoming},
};

use crate::{
    Error, Progress, Result, Step, Workspace,
    ahead::Ahead,
    dossier::free_id,
    exhibit::{MAX_FILE_BYTES, limits},
    sight::THUMBNAIL_EDGE_PX,
};

/// The greatest length of a file that is kept inside, in bytes.
pub const MAX_KEPT_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// How many bytes go by between two words about the progress.
const WORD_BYTES: u64 = 4 * 1024 * 1024;

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
    /// All of it, proven whole, with a thumbnail of a picture.
    Whole(Vec<u8>, Probe, Option<Vec<u8>>),
    /// What is kept inside, still on the disk.
    Piecewise(Box<dyn Arriving>, Format),
}

/// A file that was sealed, what it is, and a thumbnail where that cost nothing more.
type Arrived = (Sealed, Probe, Option<Vec<u8>>);

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

/// Looks at a file before anything of it is kept.
///
/// # Errors
///
/// [`Error`] about the file.
pub(crate) fn look(mut file: Box<dyn Arriving>) -> Result<Taken> {
    let limits = limits();
    let format = kept::recognise(&mut *file, &limits);
    let format = format.map_err(|refusal| file.failure().unwrap_or(refusal.into()))?;
    if format.kept_inside().is_some() {
        return Ok(Taken::Piecewise(file, format));
    }
    if file.size_bytes() > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge { limit_mb: MAX_FILE_BYTES / (1024 * 1024) }.into());
    }
    let untrusted = all(&mut *file)?;
    let (probe, thumbnail) = lanthan_media::look(&untrusted, THUMBNAIL_EDGE_PX, &limits)?;
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
    /// Takes files in, one after another; a file that is refused changes nothing.
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
        let open = |at: usize| look(Box::new(Incoming::open(&files[at], MAX_KEPT_BYTES)?));
        Ahead::run(&sizes, &open, |next| {
            for (at, (file, size)) in files.iter().zip(&sizes).enumerate() {
                if told.file(at + 1, files.len()).is_break() {
                    imported.cancelled = true;
                    return Ok(());
                }
                let name = file_name(file);
                let taken =
                    next(at).and_then(|taken| self.take_in(id, &name, taken, day, &mut told));
                match taken {
                    Ok(exhibit) => imported.added.push(exhibit),
                    Err(Error::Cancelled | Error::Vault(VaultError::Cancelled)) => {
                        imported.cancelled = true;
                        return Ok(());
                    }
                    Err(error) if error.is_about_the_file() => imported.refused.push((name, error)),
                    Err(error) => return Err(error),
                }
                told.passed(*size);
            }
            // The work is done: whether to go on is no longer a question.
            let _ = told.say();
            Ok(())
        })?;
        Ok(imported)
    }

    fn take_in(
        &mut self,
        id: &DossierId,
        name: &str,
        taken: Taken,
        day: Date,
        told: &mut Told<'_>,
    ) -> Result<ExhibitId> {
        let (dossier, _) = self.dossier(id)?;
        let is_taken = |word: &str| dossier.exhibits.iter().any(|e| e.id.as_str() == word);
        let exhibit = free_id("exhibit", |word| word == "exhibit" || is_taken(word));
        let exhibit = ExhibitId::new(&exhibit)?;
        let (sealed, probe, thumbnail) = self.seal(name, taken, told)?;
        let (stored, original) = self.keep(sealed, &probe, thumbnail.as_deref())?;
        let kind = match probe.format {
            Format::Pdf | Format::Docx | Format::Xlsx | Format::Pptx => ExhibitKind::Document,
            // Scanners and fax machines put several pages into one.
            _ if probe.pages.len() > 1 => ExhibitKind::Document,
            _ => ExhibitKind::Photo,
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
            marked_may_be_seen: false,
            answers: Vec::new(),
            cleared_for: Vec::new(),
            original: Some(original),
        };
        self.change_with(id, day, &[(exhibit.clone(), stored.object)], |dossier| {
            dossier.exhibits.push(new);
            Ok(())
        })?;
        Ok(exhibit)
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
        let probe = kept::probe(&mut looking, &limits());
        let probe = probe.map_err(|refusal| match looking.take_failure() {
            Some(failure) => failure.into(),
            None => Error::from(refusal),
        })?;
        if probe.format == format {
            Ok(probe)
        } else {
            Err(Refusal::Damaged("it is another file than before").into())
        }
    }

    /// Makes a sealed file part of the vault; it stays loose until a dossier names it.
    pub(crate) fn keep(
        &mut self,
        sealed: Sealed,
        probe: &Probe,
        thumbnail: Option<&[u8]>,
    ) -> Result<(StoredObject, Original)> {
        let stored = self.vault.keep(sealed)?;
        self.remember(stored.object, probe);
        self.keep_sight(stored.object, probe, thumbnail);
        let original = Original {
            sha256: stored.sha256.clone(),
            size_bytes: stored.size_bytes,
            format: probe.format,
            pages: u32::try_from(probe.pages.len()).unwrap_or(u32::MAX),
        };
        Ok((stored, original))
    }
}

fn meta(name: &str, format: Format) -> Meta {
    Meta { name: name.to_owned(), mime: format.mime().to_owned() }
}

/// How far work on many files is, in bytes over all of them.
pub(crate) struct Told<'a> {
    progress: Progress<'a>,
    stage: &'static str,
    total: u64,
    /// The bytes of the files that are behind.
    behind: u64,
    /// The bytes of the file that is under way.
    here: u64,
    last: u64,
}

impl<'a> Told<'a> {
    pub(crate) fn new(progress: Progress<'a>, stage: &'static str, total: u64) -> Self {
        Self { progress, stage, total, behind: 0, here: 0, last: 0 }
    }

    /// Says that a file begins, by its number from 1.
    pub(crate) fn file(&mut self, number: usize, files: usize) -> ControlFlow<()> {
        (self.progress)(Step { stage: "file", done: number as u64, total: files as u64 })?;
        self.say()
    }

    /// Says how much of the file under way is done, unless little has changed.
    pub(crate) fn bytes(&mut self, here: u64) -> ControlFlow<()> {
        self.here = here;
        if self.done() < self.last + WORD_BYTES { ControlFlow::Continue(()) } else { self.say() }
    }

    /// Puts a file behind.
    pub(crate) fn passed(&mut self, size_bytes: u64) {
        self.behind += size_bytes;
        self.here = 0;
    }

    /// Says how far it is.
    pub(crate) fn say(&mut self) -> ControlFlow<()> {
        self.last = self.done();
        (self.progress)(Step { stage: self.stage, done: self.last, total: self.total })
    }

    fn done(&self) -> u64 {
        // A file that grows is refused at its end; until then the bar stays inside.
        (self.behind + self.here).min(self.total)
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
