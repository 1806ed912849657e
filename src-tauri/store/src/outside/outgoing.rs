//! How does something leave so that it is there whole or not at all?
//!
//! It is written into a hidden folder inside the target, file by file or piece by piece, and renamed when
//! whole; an unfinished one is removed. Deliberately absent: overwriting anything that was there before.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::OutsideError;
use crate::durable;

/// A file that is being written into an [`Outgoing`] folder.
#[derive(Debug)]
pub struct OutgoingFile {
    path: PathBuf,
    file: File,
    failure: Option<OutsideError>,
}

impl OutgoingFile {
    /// Why the last writing failed; whoever wrote may have seen only that it failed.
    pub fn take_failure(&mut self) -> Option<OutsideError> {
        self.failure.take()
    }

    /// Brings it to the disk.
    ///
    /// # Errors
    ///
    /// [`OutsideError::DiskFull`] or [`OutsideError::Io`].
    pub fn finish(self) -> Result<(), OutsideError> {
        self.file.sync_all().map_err(|source| OutsideError::from_io(&self.path, source))
    }
}

impl Write for OutgoingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|error| {
            let said = io::Error::from(error.kind());
            if error.kind() != io::ErrorKind::Interrupted {
                self.failure = Some(OutsideError::from_io(&self.path, error));
            }
            said
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A folder in which something that leaves is being written.
///
/// Dropped before [`Outgoing::finish`], it removes what it wrote and nothing else.
#[derive(Debug)]
pub struct Outgoing {
    target: PathBuf,
    unfinished: PathBuf,
    made_target: bool,
    done: bool,
}

/// Name of the hidden folder in which a package is written until it is whole.
const UNFINISHED: &str = ".unfinished";

impl Outgoing {
    /// Prepares an empty or new folder.
    ///
    /// # Errors
    ///
    /// [`OutsideError::NotEmpty`] when something is in it, [`OutsideError::NotAFolder`] when it is
    /// something else.
    pub fn prepare(target: &Path) -> Result<Self, OutsideError> {
        let io = |source| OutsideError::from_io(target, source);
        let made_target = match fs::read_dir(target) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    return Err(OutsideError::NotEmpty(target.display().to_string()));
                }
                false
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir(target).map_err(io)?;
                true
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(OutsideError::NotAFolder(target.display().to_string()));
            }
            Err(error) => return Err(io(error)),
        };
        let unfinished = target.join(UNFINISHED);
        let outgoing = Self { target: target.to_owned(), unfinished, made_target, done: false };
        fs::create_dir(&outgoing.unfinished).map_err(io)?;
        if made_target {
            // Its name must be safe before anything in it counts.
            durable::sync_parent(target).map_err(io)?;
        }
        Ok(outgoing)
    }

    /// Where to write.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.unfinished
    }

    /// Writes one file, with folders on its way, and brings it to the disk; the names follow at the end.
    ///
    /// # Errors
    ///
    /// [`OutsideError::DiskFull`] or [`OutsideError::Io`].
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), OutsideError> {
        let mut file = self.create(path)?;
        let written = file.file.write_all(bytes);
        written.map_err(|source| OutsideError::from_io(&file.path, source))?;
        file.finish()
    }

    /// Creates one file, with folders on its way, to be written piece by piece.
    ///
    /// # Errors
    ///
    /// [`OutsideError::DiskFull`] or [`OutsideError::Io`].
    pub fn create(&self, path: &str) -> Result<OutgoingFile, OutsideError> {
        let path = self.unfinished.join(path);
        let io = |source| OutsideError::from_io(&path, source);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(io)?;
        }
        let file = File::create_new(&path).map_err(io)?;
        Ok(OutgoingFile { path, file, failure: None })
    }

    /// Makes what was written visible: every entry is moved into the target.
    ///
    /// # Errors
    ///
    /// [`OutsideError::Io`] when the system refuses; what was already moved is taken back.
    pub fn finish(mut self) -> Result<(), OutsideError> {
        let io = |source| OutsideError::from_io(&self.target, source);
        let mut names: Vec<_> = fs::read_dir(&self.unfinished)
            .and_then(|entries| {
                entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<_, _>>()
            })
            .map_err(io)?;
        names.sort();
        sync_folders(&self.unfinished).map_err(io)?;
        for (moved, name) in names.iter().enumerate() {
            if let Err(error) = fs::rename(self.unfinished.join(name), self.target.join(name)) {
                self.take_back(&names[..moved]);
                return Err(io(error));
            }
        }
        // All new names are safe before the hidden folder goes, which says that some may be missing.
        if let Err(error) = durable::sync_folder(&self.target) {
            self.take_back(&names);
            return Err(io(error));
        }
        if let Err(error) = fs::remove_dir(&self.unfinished) {
            self.take_back(&names);
            return Err(io(error));
        }
        // Were it to come back after a power cut, it would be empty, and what lies beside it is whole.
        let _ = durable::sync_folder(&self.target);
        self.done = true;
        Ok(())
    }

    /// Hides again what was made visible.
    fn take_back(&self, names: &[std::ffi::OsString]) {
        for name in names {
            // If even this fails, Drop removes nothing that is not ours, and says nothing.
            let _ = fs::rename(self.target.join(name), self.unfinished.join(name));
        }
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        // Best effort: an error here would hide the one that brought us here.
        let _ = fs::remove_dir_all(&self.unfinished);
        if self.made_target {
            let _ = fs::remove_dir(&self.target);
        }
    }
}

/// Brings the names in a folder, and in those below it, to the disk.
fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    durable::sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("out");
        let outgoing = Outgoing::prepare(&target).unwrap();
        outgoing.write("a/b.txt", b"x").unwrap();
        drop(outgoing);
        assert!(!target.exists());
    }

    #[test]
    fn what_is_finished_is_whole_and_has_no_hidden_folder() {
        let place = tempfile::tempdir().unwrap();
        let outgoing = Outgoing::prepare(place.path()).unwrap();
        outgoing.write("a/b.txt", b"x").unwrap();
        outgoing.write("c.txt", b"y").unwrap();
        outgoing.finish().unwrap();
        assert_eq!(fs::read(place.path().join("a/b.txt")).unwrap(), b"x");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_folder_with_something_in_it_is_refused_and_kept() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("mine.txt"), b"mine").unwrap();
        let refused = Outgoing::prepare(place.path());
        assert!(matches!(refused, Err(OutsideError::NotEmpty(_))));
        assert_eq!(fs::read(place.path().join("mine.txt")).unwrap(), b"mine");
    }
}
