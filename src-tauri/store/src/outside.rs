//! How are files outside the vault read, and folders for what leaves made, without surprises?
//!
//! Reading refuses what is no ordinary file and what is larger than the caller allows. Writing goes
//! into a hidden folder inside the target and is renamed when whole; an unfinished one is removed.
//! Deliberately absent: overwriting anything that was there before.

mod incoming;

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

pub use incoming::Incoming;

use crate::durable;

/// Why a file or folder outside the vault could not be used.
#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    /// Nothing there.
    #[error("there is no file \"{0}\": check the name, or put the file there")]
    Missing(String),
    /// A link where a plain file was wanted.
    #[error(
        "\"{0}\" is a link: put the file itself there, because a link could lead out of the folder"
    )]
    Link(String),
    /// A link that leads to nothing.
    #[error("\"{0}\" is a link that leads to no file: choose the file itself")]
    BrokenLink(String),
    /// It grew, shrank or was written to.
    #[error(
        "\"{0}\" changed while it was being read: wait until whoever writes it is done, then try again"
    )]
    Changed(String),
    /// A folder or device where a file was wanted.
    #[error("\"{0}\" is not an ordinary file")]
    NotAFile(String),
    /// Larger than allowed.
    #[error(
        "\"{name}\" has {size_bytes} bytes; at most {limit_bytes} are taken: split or shrink it"
    )]
    TooLarge {
        /// The file.
        name: String,
        /// Its length.
        size_bytes: u64,
        /// The greatest length taken.
        limit_bytes: u64,
    },
    /// The target has something in it.
    #[error(
        "the folder \"{0}\" is not empty: choose a new or empty folder, nothing is overwritten"
    )]
    NotEmpty(String),
    /// The target cannot be a folder.
    #[error("\"{0}\" exists and is not a folder: choose another place")]
    NotAFolder(String),
    /// No room.
    #[error("the disk of \"{0}\" is full: free some space and try again; nothing was left there")]
    DiskFull(String),
    /// Anything else that the system says.
    #[error("\"{name}\" cannot be used: {source}")]
    Io {
        /// The file or folder.
        name: String,
        /// What the system says.
        source: io::Error,
    },
}

impl OutsideError {
    /// The stable word under which its texts stand.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "file-missing",
            Self::Link(_) => "file-link",
            Self::BrokenLink(_) => "file-link-broken",
            Self::Changed(_) => "file-changed",
            Self::NotAFile(_) => "file-not-ordinary",
            Self::TooLarge { .. } => "file-too-large",
            Self::NotEmpty(_) => "folder-not-empty",
            Self::NotAFolder(_) => "folder-not-a-folder",
            Self::DiskFull(_) => "disk-full",
            Self::Io { .. } => "file-io",
        }
    }

    /// Names an I/O error after the file it happened to.
    #[must_use]
    pub fn from_io(path: &Path, source: io::Error) -> Self {
        let name = path.display().to_string();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing(name),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(name),
            _ => Self::Io { name, source },
        }
    }
}

/// The length of an ordinary file, in bytes; 0 for what is none.
#[must_use]
pub fn size_bytes(path: &Path) -> u64 {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map_or(0, |found| found.len())
}

/// Reads an ordinary file that the user named; a link to one is followed.
///
/// # Errors
///
/// [`OutsideError`] when it is no ordinary file or longer than `limit_bytes`.
pub fn read(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, OutsideError> {
    Incoming::open(path, limit_bytes)?.whole()
}

/// Reads a file inside a folder by its path from there, refusing every link on the way.
///
/// # Errors
///
/// [`OutsideError::Link`] for a link, otherwise as [`read`]. The caller has checked that the path
/// stays inside.
pub fn read_inside(folder: &Path, path: &str, limit_bytes: u64) -> Result<Vec<u8>, OutsideError> {
    Incoming::open_inside(folder, path, limit_bytes)?.whole()
}

/// The place of a file inside a folder, on whose way there is no link.
fn no_links(folder: &Path, path: &str) -> Result<PathBuf, OutsideError> {
    let mut at = folder.to_owned();
    for part in path.split('/') {
        at.push(part);
        let kind = fs::symlink_metadata(&at).map_err(|e| OutsideError::from_io(&at, e))?;
        if kind.file_type().is_symlink() {
            return Err(OutsideError::Link(path.to_owned()));
        }
    }
    Ok(at)
}

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

/// A place for a vault that is not to stay: beside another folder, removed when dropped.
#[derive(Debug)]
pub struct Passing(PathBuf);

impl Passing {
    /// A place beside `path` that nothing occupies.
    ///
    /// # Errors
    ///
    /// [`OutsideError::Io`] when the parent folder is not there or cannot be written.
    pub fn beside(path: &Path) -> Result<Self, OutsideError> {
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        for number in 1..=u32::MAX {
            let folder = parent.join(format!(".passing-{}-{number}", std::process::id()));
            match fs::create_dir(&folder) {
                Ok(()) => return Ok(Self(folder)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(OutsideError::from_io(parent, error)),
            }
        }
        Err(OutsideError::NotEmpty(parent.display().to_string()))
    }

    /// Where the vault goes; not there yet.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.0.join("passing.lanthan")
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        // Best effort: what stays behind is encrypted.
        let _ = fs::remove_dir_all(&self.0);
    }
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

    #[test]
    fn a_file_of_the_greatest_length_is_read_and_one_byte_more_is_not() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("f");
        fs::write(&path, [0; 10]).unwrap();
        assert_eq!(read(&path, 10).unwrap().len(), 10);
        assert!(matches!(read(&path, 9), Err(OutsideError::TooLarge { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_inside_a_folder_is_refused() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("real"), b"x").unwrap();
        std::os::unix::fs::symlink("real", place.path().join("link")).unwrap();
        assert_eq!(read_inside(place.path(), "real", 10).unwrap(), b"x");
        let refused = read_inside(place.path(), "link", 10);
        assert!(matches!(refused, Err(OutsideError::Link(_))));
    }
}
