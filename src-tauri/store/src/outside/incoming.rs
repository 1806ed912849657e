//! How is a file of any length read from the disk without trusting it to stay as it is?
//!
//! The file is looked at before it is opened and again at its end: one that grew, shrank or was written
//! to in between is refused, and so is a pipe, a device and a link to nowhere. Deliberately absent: a
//! proof. Whoever keeps what was read judges what was kept, not the file.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{OutsideError, no_links};

/// A file that is being read.
#[derive(Debug)]
pub struct Incoming {
    path: PathBuf,
    file: File,
    size_bytes: u64,
    modified: Option<SystemTime>,
    at: u64,
    failure: Option<OutsideError>,
}

impl Incoming {
    /// Opens an ordinary file that the user named; a link to one is followed.
    ///
    /// # Errors
    ///
    /// [`OutsideError`] when it is no ordinary file or longer than `limit_bytes`.
    pub fn open(path: &Path, limit_bytes: u64) -> Result<Self, OutsideError> {
        let name = || path.display().to_string();
        let io = |source| OutsideError::from_io(path, source);
        // Looked at before it is opened: opening a named pipe would wait for ever.
        match fs::metadata(path) {
            Ok(kind) if kind.is_file() => {}
            Ok(_) => return Err(OutsideError::NotAFile(name())),
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_symlink() => {
                return Err(OutsideError::BrokenLink(name()));
            }
            Err(error) => return Err(io(error)),
        }
        let file = File::open(path).map_err(io)?;
        let found = file.metadata().map_err(io)?;
        if !found.is_file() {
            return Err(OutsideError::NotAFile(name()));
        }
        let size_bytes = found.len();
        if size_bytes > limit_bytes {
            return Err(OutsideError::TooLarge { name: name(), size_bytes, limit_bytes });
        }
        let modified = found.modified().ok();
        Ok(Self { path: path.to_owned(), file, size_bytes, modified, at: 0, failure: None })
    }

    /// Opens a file inside a folder by its path from there, refusing every link on the way. The caller
    /// has checked that the path stays inside.
    ///
    /// # Errors
    ///
    /// [`OutsideError::Link`] for a link, otherwise as [`Incoming::open`].
    pub fn open_inside(folder: &Path, path: &str, limit_bytes: u64) -> Result<Self, OutsideError> {
        Self::open(&no_links(folder, path)?, limit_bytes)
    }

    /// Its length when it was opened, in bytes.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// Why the last reading failed, in words about the file; whoever read it may have seen only that it
    /// failed.
    pub fn take_failure(&mut self) -> Option<OutsideError> {
        self.failure.take()
    }

    /// All of it in memory.
    ///
    /// # Errors
    ///
    /// [`OutsideError::Changed`] when it is not what it was when it was opened, [`OutsideError::Io`].
    pub fn whole(&mut self) -> Result<Vec<u8>, OutsideError> {
        let mut untrusted = Vec::with_capacity(usize::try_from(self.size_bytes).unwrap_or(0));
        let read = self.rewind().and_then(|()| self.read_to_end(&mut untrusted));
        match read {
            Ok(_) => Ok(untrusted),
            Err(error) => {
                let io = |error| OutsideError::from_io(&self.path, error);
                Err(self.failure.take().unwrap_or_else(|| io(error)))
            }
        }
    }

    /// True while it has the length and the day of change that it was opened with.
    fn is_unchanged(&self) -> bool {
        self.file
            .metadata()
            .is_ok_and(|now| now.len() == self.size_bytes && now.modified().ok() == self.modified)
    }

    fn changed(&mut self) -> io::Error {
        self.failure = Some(OutsideError::Changed(self.path.display().to_string()));
        io::Error::other("the file changed while it was being read")
    }
}

impl Read for Incoming {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if target.is_empty() {
            return Ok(0);
        }
        let read = match self.file.read(target) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => {
                let said = io::Error::from(error.kind());
                self.failure = Some(OutsideError::from_io(&self.path, error));
                return Err(said);
            }
        };
        let end = self.at.saturating_add(read as u64);
        let is_right = match read {
            // Only at its end it is known to have stayed the same.
            0 => self.at >= self.size_bytes && self.is_unchanged(),
            _ => end <= self.size_bytes,
        };
        if !is_right {
            return Err(self.changed());
        }
        self.at = end;
        Ok(read)
    }
}

impl Seek for Incoming {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("f");
        fs::write(&path, bytes).unwrap();
        (place, path)
    }

    #[test]
    fn a_file_that_stays_as_it_is_is_read_whole_and_again() {
        let (_place, path) = file(b"content");
        let mut incoming = Incoming::open(&path, 7).unwrap();
        assert_eq!(incoming.whole().unwrap(), b"content");
        assert_eq!(incoming.whole().unwrap(), b"content");
        assert!(matches!(Incoming::open(&path, 6), Err(OutsideError::TooLarge { .. })));
    }

    #[test]
    fn a_file_that_grows_or_shrinks_while_it_is_read_is_refused() {
        for length in [0, 3, 5000, 100_000] {
            let (_place, path) = file(&[7; 4096]);
            let mut incoming = Incoming::open(&path, u64::MAX).unwrap();
            let mut head = [0; 16];
            incoming.read_exact(&mut head).unwrap();
            fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(length).unwrap();
            let refused = incoming.whole();
            assert!(matches!(refused, Err(OutsideError::Changed(_))), "{length}: {refused:?}");
        }
    }

    #[test]
    fn a_file_that_is_written_to_in_its_middle_is_refused() {
        let (_place, path) = file(&[7; 4096]);
        let mut incoming = Incoming::open(&path, u64::MAX).unwrap();
        // File systems count changes in steps of some milliseconds.
        std::thread::sleep(std::time::Duration::from_millis(30));
        let mut other = fs::OpenOptions::new().write(true).open(&path).unwrap();
        other.write_all(b"other").unwrap();
        assert!(matches!(incoming.whole(), Err(OutsideError::Changed(_))));
    }

    #[test]
    fn what_is_no_file_is_named_as_what_it_is() {
        let (place, path) = file(b"x");
        let missing = Incoming::open(&place.path().join("g"), 9);
        assert!(matches!(missing, Err(OutsideError::Missing(_))));
        assert!(matches!(Incoming::open(place.path(), 9), Err(OutsideError::NotAFile(_))));
        drop(path);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_to_a_file_but_not_to_nowhere_or_a_device() {
        let (place, path) = file(b"x");
        let link = |name: &str, to: &Path| {
            let link = place.path().join(name);
            std::os::unix::fs::symlink(to, &link).unwrap();
            link
        };
        assert_eq!(Incoming::open(&link("good", &path), 9).unwrap().whole().unwrap(), b"x");
        let nowhere = Incoming::open(&link("nowhere", Path::new("gone")), 9);
        assert!(matches!(nowhere, Err(OutsideError::BrokenLink(_))));
        let device = Incoming::open(&link("device", Path::new("/dev/zero")), 9);
        assert!(matches!(device, Err(OutsideError::NotAFile(_))));
    }
}
