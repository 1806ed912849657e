//! How does a dossier come from an open folder into the vault, and leave the vault again?
//!
//! The open form is `dossier.json` beside its files. Nothing of it is taken unless all of it can be.

use std::{
    io::{self, Read, Write},
    path::Path,
};

use jiff::civil::Date;
use lanthan_core::{dossier::Dossier, exhibit::Exhibit, id::DossierId, interchange};
use lanthan_media::Probe;
use lanthan_store::outside::{Incoming, Outgoing, OutsideError};
use sha2::{Digest, Sha256};

use crate::{
    Error, Progress, Result, Workspace,
    ahead::Ahead,
    import::{self, Arriving, Depth, MAX_KEPT_BYTES, TOGETHER, Taken},
    length,
    packs::hex,
    progress::Told,
    reader,
};

/// Greatest length of a `dossier.json`, in bytes.
const MAX_JSON_BYTES: u64 = 16 * 1024 * 1024;
/// How much of a file is hashed at a time, in bytes.
const PIECE_BYTES: usize = 256 * 1024;

/// Where the files of an open dossier come from.
pub(crate) trait Source: Sync {
    /// The file under a path that has been checked to stay inside.
    fn open(&self, path: &str, limit_bytes: u64) -> Result<Box<dyn Arriving>>;
}

/// A folder on disk.
struct Folder<'a>(&'a Path);

impl Source for Folder<'_> {
    fn open(&self, path: &str, limit_bytes: u64) -> Result<Box<dyn Arriving>> {
        Ok(Box::new(Incoming::open_inside(self.0, path, limit_bytes)?))
    }
}

/// What was found in a file before anything is stored.
struct Seen {
    sha256: String,
    probe: Probe,
    thumbnail: Option<Vec<u8>>,
}

impl Workspace {
    /// Takes a dossier in from a folder with a `dossier.json`, with all its exhibits.
    ///
    /// Progress is told in two stages: `file`, the number of the file that is begun, and `load`, the
    /// bytes that are done; each file is read twice.
    ///
    /// # Errors
    ///
    /// [`Error`] naming the first thing that is wrong; the vault is unchanged then.
    pub fn load(&mut self, folder: &Path, day: Date, progress: Progress<'_>) -> Result<DossierId> {
        self.load_from(&Folder(folder), day, progress)
    }

    pub(crate) fn load_from(
        &mut self,
        source: &dyn Source,
        day: Date,
        progress: Progress<'_>,
    ) -> Result<DossierId> {
        let json = import::all(&mut *source.open("dossier.json", MAX_JSON_BYTES)?)?;
        let untrusted = String::from_utf8(json).map_err(|_| Error::NotText("dossier.json"))?;
        let mut dossier = interchange::read(&untrusted)?;
        length::check(&dossier)?;
        // As from the hand: the width of a mask says nothing about what it covers.
        for mask in dossier.exhibits.iter_mut().flat_map(|exhibit| &mut exhibit.masks) {
            mask.area = mask.area.snapped();
        }
        self.pack_of(&dossier)?;
        if self.vault.revision(&dossier.id)?.is_some() {
            return Err(Error::DossierExists(dossier.id.to_string()));
        }
        let paths: Vec<String> = dossier.exhibits.iter().map(|one| one.path.clone()).collect();
        let mut sizes = Vec::with_capacity(paths.len());
        for path in &paths {
            sizes.push(source.open(path, MAX_KEPT_BYTES)?.size_bytes());
        }
        let mut told = Told::new(progress, "load", 2 * sizes.iter().sum::<u64>());
        // First look at every file, so that a bad one is named before anything is stored.
        let seen = look(source, &dossier.exhibits, &sizes, &mut told)?;
        let (mut arrived, mut kept) = (Vec::new(), Vec::with_capacity(paths.len()));
        for (at, seen) in seen.into_iter().enumerate() {
            let exhibit = &dossier.exhibits[at];
            told.file(at + 1, paths.len()).is_continue().then_some(()).ok_or(Error::Cancelled)?;
            let mut file = source.open(&exhibit.path, MAX_KEPT_BYTES)?;
            let format = seen.probe.format;
            let sealed = self.seal_from(&exhibit.path, format, &mut *file, &mut told)?;
            if sealed.sha256() != seen.sha256 {
                return Err(OutsideError::Changed(exhibit.path.clone()).into());
            }
            if format.kept_inside().is_some() {
                self.judge(&sealed, format).map_err(|error| error.in_file(&exhibit.path))?;
            }
            arrived.push((sealed, seen.probe, seen.thumbnail));
            told.passed(sizes[at]);
            if arrived.len() >= TOGETHER {
                kept.extend(self.keep(std::mem::take(&mut arrived))?);
            }
        }
        kept.extend(self.keep(arrived)?);
        let mut objects = Vec::with_capacity(kept.len());
        for (exhibit, (object, original)) in dossier.exhibits.iter_mut().zip(kept) {
            exhibit.original = Some(original);
            objects.push((exhibit.id.clone(), object));
        }
        let id = dossier.id.clone();
        self.keep_pack_of(&dossier.pack, day)?;
        self.save(None, dossier, day, &objects)?;
        Ok(id)
    }

    /// As [`Workspace::export`], after the passphrase was asked for once more: whoever finds an open window
    /// must not carry everything away.
    ///
    /// # Errors
    ///
    /// `wrong-passphrase` before anything is written, otherwise as [`Workspace::export`].
    pub fn export_confirmed(
        &self,
        id: &DossierId,
        folder: &Path,
        passphrase: &str,
        progress: Progress<'_>,
    ) -> Result<Dossier> {
        self.vault.confirm(passphrase)?;
        self.export(id, folder, progress)
    }

    /// Writes a dossier with its originals into a new folder, in constant memory. What is written is not
    /// encrypted.
    ///
    /// Progress is told in two stages: `file`, the number of the file that is begun, and `export`, the
    /// bytes that are done.
    ///
    /// # Errors
    ///
    /// [`Error::Outside`] when the folder is not empty or the disk is full; nothing is left there.
    pub fn export(&self, id: &DossierId, folder: &Path, progress: Progress<'_>) -> Result<Dossier> {
        let (dossier, _) = self.dossier(id)?;
        let outgoing = Outgoing::prepare(folder)?;
        let size = |one: &Exhibit| one.original.as_ref().map_or(0, |original| original.size_bytes);
        let mut told = Told::new(progress, "export", dossier.exhibits.iter().map(size).sum());
        for (at, exhibit) in dossier.exhibits.iter().enumerate() {
            if told.file(at + 1, dossier.exhibits.len()).is_break() {
                return Err(Error::Cancelled);
            }
            let object = self.vault.object_of(id, &exhibit.id)?;
            let mut file = outgoing.create(&exhibit.path)?;
            let mut leaving = Leaving { file: &mut file, told: &mut told, done: 0, stopped: false };
            let copied = self.vault.copy_to(&object, &mut leaving);
            let stopped = leaving.stopped;
            if let Err(error) = copied {
                let failure = file.take_failure().map(Error::from);
                return Err(if stopped {
                    Error::Cancelled
                } else {
                    failure.unwrap_or(error.into())
                });
            }
            file.finish()?;
            told.passed(size(exhibit));
        }
        outgoing.write("dossier.json", interchange::write(&dossier)?.as_bytes())?;
        outgoing.finish()?;
        Ok(dossier)
    }
}

/// Looks at every file of an open dossier, and holds it against what the dossier says of it.
fn look(
    source: &dyn Source,
    exhibits: &[Exhibit],
    sizes: &[u64],
    told: &mut Told<'_>,
) -> Result<Vec<Seen>> {
    let mut all = Vec::with_capacity(exhibits.len());
    let open = |at: usize| {
        let path = &exhibits[at].path;
        see(source.open(path, MAX_KEPT_BYTES)?).map_err(|error| error.in_file(path))
    };
    Ahead::run(sizes, &open, |next| {
        for (at, exhibit) in exhibits.iter().enumerate() {
            if told.file(at + 1, exhibits.len()).is_break() {
                return Err(Error::Cancelled);
            }
            let seen = next(at)?;
            let said = exhibit.original.as_ref().map(|original| &original.sha256);
            if said.is_some_and(|said| *said != seen.sha256) {
                return Err(Error::OtherFile(exhibit.path.clone()));
            }
            all.push(seen);
            told.passed(sizes[at]);
        }
        Ok(())
    })?;
    Ok(all)
}

fn see(file: Box<dyn Arriving>) -> Result<Seen> {
    match import::look(file, Depth::Pixels)? {
        Taken::Whole(bytes, probe, thumbnail) => {
            let sha256 = hex(&Sha256::digest(&bytes));
            Ok(Seen { sha256, probe, thumbnail })
        }
        Taken::Piecewise(mut file, _) => {
            let probe = reader::probe_kept(&mut *file);
            let probe = probe.map_err(|error| file.failure().unwrap_or(error))?;
            let mut hash = Sha256::new();
            let mut piece = vec![0; PIECE_BYTES];
            file.rewind().map_err(|_| import::failed(&mut *file))?;
            loop {
                match file.read(&mut piece) {
                    Ok(0) => break,
                    Ok(read) => hash.update(&piece[..read]),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(_) => return Err(import::failed(&mut *file)),
                }
            }
            Ok(Seen { sha256: hex(&hash.finalize()), probe, thumbnail: None })
        }
    }
}

/// A file that is being exported, which tells how far it is.
struct Leaving<'a, 'b, W> {
    file: &'a mut W,
    told: &'a mut Told<'b>,
    done: u64,
    stopped: bool,
}

impl<W: Write> Write for Leaving<'_, '_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.done += written as u64;
        if self.told.bytes(self.done).is_break() {
            self.stopped = true;
            return Err(io::Error::other("stopped"));
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
