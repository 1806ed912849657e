//! Where in the vault's folder do objects lie, and how are they put there and destroyed?
//!
//! `obj/ab/<32 digits>` when whole, `tmp/<32 digits>.part` while being written, `quarantine/` for
//! whole ones that nobody names. Deliberately absent: what is in them.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{ObjectId, header};
use crate::{VaultError, durable};

/// The folder of a vault, as far as objects are concerned.
#[derive(Debug, Clone)]
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new(vault: &Path) -> Self {
        Self(vault.to_owned())
    }

    /// Where an object lies, whether it is there or not.
    pub(crate) fn object(&self, id: ObjectId) -> PathBuf {
        let name = id.to_string();
        self.0.join("obj").join(&name[..2]).join(name)
    }

    pub(crate) fn part(&self, id: ObjectId) -> PathBuf {
        self.0.join("tmp").join(format!("{id}.part"))
    }

    /// Moves a finished part to its place and brings the new entry to the disk.
    pub(crate) fn put(&self, part: &Path, id: ObjectId) -> Result<(), VaultError> {
        let path = self.object(id);
        let at = |source| VaultError::io(&path, source);
        if let Some(folder) = path.parent() {
            match durable::create_folder(folder) {
                Ok(()) => durable::sync_parent(folder).map_err(at)?,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(at(error)),
            }
        }
        fs::rename(part, &path).and_then(|()| durable::sync_parent(&path)).map_err(at)
    }

    /// Destroys an object: its key first, then its entry. That it is gone already is no fault.
    pub(crate) fn destroy(&self, id: ObjectId) -> Result<(), VaultError> {
        let path = self.object(id);
        let at = |source| VaultError::io(&path, source);
        match fs::symlink_metadata(&path) {
            // Without its key the rest is noise. A disk that refuses this must not keep the file.
            Ok(file) if file.is_file() => _ = overwrite_header(&path, &[0; header::LEN]),
            // A link that somebody put here goes; what it points at is not ours.
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(at(error)),
        }
        fs::remove_file(&path).and_then(|()| durable::sync_parent(&path)).map_err(at)
    }

    /// Every object that lies in its place.
    pub(crate) fn all(&self) -> Result<Vec<ObjectId>, VaultError> {
        let obj = self.0.join("obj");
        let mut found = Vec::new();
        for folder in entries(&obj)? {
            for file in entries(&folder)? {
                let name = file.file_name().and_then(|name| name.to_str());
                if let Some(id) = name.and_then(|name| name.parse().ok())
                    && self.object(id) == file
                {
                    found.push(id);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Takes an object that nobody names out of the way, without destroying it.
    pub(crate) fn quarantine(&self, id: ObjectId) -> Result<(), VaultError> {
        let folder = self.0.join("quarantine");
        let from = self.object(id);
        let at = |source| VaultError::io(&folder, source);
        fs::rename(&from, folder.join(id.to_string()))
            .and_then(|()| durable::sync_folder(&folder))
            .and_then(|()| durable::sync_parent(&from))
            .map_err(at)
    }

    /// Removes every unfinished part.
    pub(crate) fn remove_parts(&self) -> Result<(), VaultError> {
        for file in entries(&self.0.join("tmp"))? {
            if stray_name(&file, "part").is_some() {
                durable::remove_if_there(&file).map_err(|e| VaultError::io(&file, e))?;
            }
        }
        Ok(())
    }
}

/// Writes the header of an object's file anew and brings it to the disk.
pub(super) fn overwrite_header(path: &Path, header: &[u8; header::LEN]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(header)?;
    // The length, which is not brought along, stays what it was.
    file.sync_data()
}

/// The object that a file with this ending was for.
fn stray_name(file: &Path, ending: &str) -> Option<ObjectId> {
    let stem = file.file_stem()?.to_str()?;
    (file.extension()? == ending).then(|| stem.parse().ok())?
}

/// What a folder contains, links left aside; nothing when it is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, VaultError> {
    let at = |source| VaultError::io(folder, source);
    let listed = match fs::read_dir(folder) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            return Ok(Vec::new());
        }
        listed => listed.map_err(at)?,
    };
    let mut paths = Vec::new();
    for entry in listed {
        let entry = entry.map_err(at)?;
        if !entry.file_type().map_err(at)?.is_symlink() {
            paths.push(entry.path());
        }
    }
    Ok(paths)
}
