//! How does a dossier come from an open folder into the vault, and leave the vault again?
//!
//! The open form is `dossier.json` beside its files. Nothing of it is taken unless all of it can be.

use std::path::Path;

use jiff::civil::Date;
use lanthan_core::{dossier::Dossier, id::DossierId, interchange};
use lanthan_store::outside::{self, Outgoing};
use sha2::{Digest, Sha256};

use crate::{
    Error, Progress, Result, Step, Workspace,
    exhibit::{MAX_FILE_BYTES, limits},
    length,
    packs::hex,
};

/// Greatest length of a `dossier.json`, in bytes.
const MAX_JSON_BYTES: u64 = 16 * 1024 * 1024;

/// Where the files of an open dossier come from.
pub(crate) trait Source {
    /// The bytes of the file under a path that has been checked to stay inside.
    fn read(&self, path: &str, limit_bytes: u64) -> Result<Vec<u8>>;
}

/// A folder on disk.
struct Folder<'a>(&'a Path);

impl Source for Folder<'_> {
    fn read(&self, path: &str, limit_bytes: u64) -> Result<Vec<u8>> {
        Ok(outside::read_inside(self.0, path, limit_bytes)?)
    }
}

impl Workspace {
    /// Takes a dossier in from a folder with a `dossier.json`, with all its exhibits.
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
        let json = source.read("dossier.json", MAX_JSON_BYTES)?;
        let untrusted = String::from_utf8(json).map_err(|_| Error::NotText("dossier.json"))?;
        let mut dossier = interchange::read(&untrusted)?;
        length::check(&dossier)?;
        self.packs.get(&dossier.pack.id)?;
        if self.vault.dossier(&dossier.id)?.is_some() {
            return Err(Error::DossierExists(dossier.id.to_string()));
        }
        // First look at every file, so that a bad one is named before anything is stored.
        let total = dossier.exhibits.len() as u64 * 2;
        for (done, exhibit) in (0_u64..).zip(&dossier.exhibits) {
            step(progress, done, total)?;
            let (bytes, _) = probe(source, &exhibit.path)?;
            let said = exhibit.original.as_ref().map(|original| &original.sha256);
            if said.is_some_and(|said| *said != hex(&Sha256::digest(&bytes))) {
                return Err(Error::OtherFile(exhibit.path.clone()));
            }
        }
        let mut objects = Vec::new();
        for index in 0..dossier.exhibits.len() {
            step(progress, total / 2 + index as u64, total)?;
            let path = dossier.exhibits[index].path.clone();
            let (bytes, probe) = probe(source, &path)?;
            let (object, original) = self.store_original(&path, &bytes, &probe)?;
            let exhibit = &mut dossier.exhibits[index];
            if exhibit.original.as_ref().is_some_and(|said| said.sha256 != original.sha256) {
                return Err(Error::OtherFile(path));
            }
            exhibit.original = Some(original);
            objects.push((exhibit.id.clone(), object));
        }
        self.save(None, &dossier, day, &objects)?;
        Ok(dossier.id)
    }

    /// Writes a dossier with its originals into a new folder. What is written is not encrypted.
    ///
    /// # Errors
    ///
    /// [`Error::Outside`] when the folder is not empty or the disk is full; nothing is left there.
    pub fn export(&self, id: &DossierId, folder: &Path, progress: Progress<'_>) -> Result<Dossier> {
        let (dossier, _) = self.dossier(id)?;
        let outgoing = Outgoing::prepare(folder)?;
        let total = dossier.exhibits.len() as u64;
        for (done, exhibit) in (0_u64..).zip(&dossier.exhibits) {
            step(progress, done, total)?;
            outgoing.write(&exhibit.path, &self.original(id, &exhibit.id)?)?;
        }
        outgoing.write("dossier.json", interchange::write(&dossier)?.as_bytes())?;
        outgoing.finish()?;
        Ok(dossier)
    }
}

fn step(
    progress: &mut dyn FnMut(Step) -> std::ops::ControlFlow<()>,
    done: u64,
    total: u64,
) -> Result<()> {
    if progress(Step { stage: "files", done, total }).is_break() {
        return Err(Error::Cancelled);
    }
    Ok(())
}

fn probe(source: &dyn Source, path: &str) -> Result<(Vec<u8>, lanthan_media::Probe)> {
    let bytes = source.read(path, MAX_FILE_BYTES)?;
    let named = |refusal| Error::RefusedFile { name: path.to_owned(), refusal };
    let probe = lanthan_media::probe(&bytes, &limits()).map_err(named)?;
    Ok((bytes, probe))
}
