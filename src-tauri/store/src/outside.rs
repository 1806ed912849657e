//! How are files outside the vault read, and folders for what leaves made, without surprises?
//!
//! Reading refuses what is no ordinary file and what is larger than the caller allows; writing is in
//! [`Outgoing`]. Deliberately absent: overwriting anything that was there before.

mod incoming;
mod outgoing;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use incoming::Incoming;
pub use outgoing::{Outgoing, OutgoingFile};

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
    /// Another program is at work there.
    #[error(
        "another program is writing into \"{0}\": wait until it is done, or choose another folder"
    )]
    Busy(String),
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
            Self::Busy(_) => "folder-busy",
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

/// The names of the ordinary files in a folder, sorted; names that are no text are left out.
///
/// # Errors
///
/// As [`read`].
pub fn names(folder: &Path) -> Result<Vec<String>, OutsideError> {
    let io = |source| OutsideError::from_io(folder, source);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        if entry.file_type().map_err(io)?.is_file() {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    Ok(names)
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
