//! How does what leaves come into a folder, whole or not at all?
//!
//! It is written into a hidden folder beside the target, `.NAME.unfinished`, and takes the target's
//! name in one step when it is whole and on the disk; whatever kills the program before, the target is
//! not there or empty. Only where a folder cannot take the target's place (a mount point, the folder
//! that the program runs in, a parent that may not be written) the hidden folder lies inside of the
//! target and its entries are moved one by one: a kill just then leaves some of them together with the
//! hidden folder, which says so. A hidden folder that a kill left is known by its free lock and removed
//! by the next one that goes there. Deliberately absent: overwriting anything that was there before.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use super::OutsideError;
use crate::{durable, medium};

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
    /// As the user named it, for errors.
    named: String,
    /// Without links.
    target: PathBuf,
    hidden: PathBuf,
    is_inside: bool,
    /// Held for as long as somebody writes; given back before its folder is removed.
    lock: Option<File>,
    /// True once something was written that is not on the disk yet.
    is_loose: AtomicBool,
}

/// Ending of the hidden folder beside a target, and its whole name inside of one.
const UNFINISHED: &str = ".unfinished";
/// In the hidden folder: a lock that is held for as long as somebody writes.
const LOCK: &str = "lock";
/// In the hidden folder: what leaves.
const CONTENT: &str = "content";

impl Outgoing {
    /// Prepares a folder that is empty or not there yet; nothing can be seen there until it is whole.
    ///
    /// # Errors
    ///
    /// [`OutsideError::NotEmpty`] when something is in it, [`OutsideError::NotAFolder`] when it is
    /// something else, [`OutsideError::Busy`] when another program is writing there,
    /// [`OutsideError::Missing`] when there is no folder around it.
    pub fn prepare(target: &Path) -> Result<Self, OutsideError> {
        let named = target.display().to_string();
        let io = |source| OutsideError::from_io(target, source);
        let (target, is_there) = whereabouts(target)?;
        let beside = match (target.parent(), target.file_name()) {
            (Some(parent), Some(name)) if !(is_there && must_stay(&target)) => {
                let mut hidden = std::ffi::OsString::from(".");
                hidden.push(name);
                hidden.push(UNFINISHED);
                Some(parent.join(hidden))
            }
            _ => None,
        };
        let begun = |hidden: PathBuf, is_inside, lock| Self {
            named: named.clone(),
            target: target.clone(),
            hidden,
            is_inside,
            lock: Some(lock),
            is_loose: AtomicBool::new(false),
        };
        if let Some(hidden) = beside {
            match begin(&hidden, &named) {
                Ok(lock) => return Ok(begun(hidden, false, lock)),
                // A user may own a folder in one that belongs to somebody else.
                Err(Failed::System(error)) if is_there && is_forbidden(&error) => {}
                Err(Failed::System(error)) => return Err(io(error)),
                Err(Failed::Told(error)) => return Err(error),
            }
        }
        let hidden = target.join(UNFINISHED);
        match begin(&hidden, &named) {
            Ok(lock) => Ok(begun(hidden, true, lock)),
            Err(Failed::System(error)) => Err(io(error)),
            Err(Failed::Told(error)) => Err(error),
        }
    }

    /// Where to write.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.hidden.join(CONTENT)
    }

    /// Writes one file, with folders on its way, and brings it to the disk.
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

    /// The same without bringing it to the disk: [`Outgoing::finish`] does that for all of them at once.
    ///
    /// # Errors
    ///
    /// As [`Outgoing::write`].
    pub fn write_for_now(&self, path: &str, bytes: &[u8]) -> Result<(), OutsideError> {
        self.is_loose.store(true, Ordering::SeqCst);
        let mut file = self.create(path)?;
        let written = file.file.write_all(bytes);
        written.map_err(|source| OutsideError::from_io(&file.path, source))
    }

    /// Creates one file, with folders on its way, to be written piece by piece.
    ///
    /// # Errors
    ///
    /// [`OutsideError::DiskFull`] or [`OutsideError::Io`].
    pub fn create(&self, path: &str) -> Result<OutgoingFile, OutsideError> {
        let path = self.folder().join(path);
        let io = |source| OutsideError::from_io(&path, source);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(io)?;
        }
        let file = File::create_new(&path).map_err(io)?;
        Ok(OutgoingFile { path, file, failure: None })
    }

    /// Makes what was written visible under the target's name.
    ///
    /// # Errors
    ///
    /// [`OutsideError::NotEmpty`] when something came into the target meanwhile, otherwise what the
    /// system says; nothing of it can be seen then.
    pub fn finish(self) -> Result<(), OutsideError> {
        let io = |source: io::Error| match source.kind() {
            io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => {
                OutsideError::NotEmpty(self.named.clone())
            }
            _ => OutsideError::from_io(Path::new(&self.named), source),
        };
        if self.is_loose.load(Ordering::SeqCst) {
            durable::sync_all_in(&self.folder()).map_err(io)?;
        }
        sync_folders(&self.folder()).map_err(io)?;
        if self.is_inside { self.move_entries() } else { self.take_place() }.map_err(io)
        // What is left of the hidden folder goes when this is dropped.
    }

    /// The content becomes the target, in one step.
    fn take_place(&self) -> io::Result<()> {
        let content = self.folder();
        if let Ok(known) = fs::metadata(&self.target) {
            // The folder that the user made is replaced by one with the same rights.
            fs::set_permissions(&content, known.permissions())?;
            if cfg!(windows) {
                // There an empty folder is not renamed over everywhere; it holds nothing to lose.
                fs::remove_dir(&self.target)?;
            }
        }
        let was_there = self.target.exists();
        fs::rename(&content, &self.target)?;
        durable::sync_parent(&self.target).inspect_err(|_| {
            // Its name may not be safe: hidden again. If even this fails, nothing more can be done.
            let _ = fs::rename(&self.target, &content);
            if was_there {
                let _ = fs::create_dir(&self.target);
            }
        })
    }

    /// The entries of the content move into the target; what was moved is taken back on an error.
    fn move_entries(&self) -> io::Result<()> {
        let content = self.folder();
        let entries = fs::read_dir(&content)?.map(|entry| entry.map(|entry| entry.file_name()));
        let mut names = entries.collect::<io::Result<Vec<_>>>()?;
        names.sort();
        for (moved, name) in names.iter().enumerate() {
            let (from, to) = (content.join(name), self.target.join(name));
            let free = match fs::symlink_metadata(&to) {
                Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                Err(_) => Ok(()),
            };
            if let Err(error) = free.and_then(|()| fs::rename(from, to)) {
                self.take_back(&names[..moved]);
                return Err(error);
            }
        }
        // All new names are safe before the hidden folder goes, which says that some may be missing.
        durable::sync_folder(&self.target).inspect_err(|_| self.take_back(&names))
    }

    /// Hides again what was made visible.
    fn take_back(&self, names: &[std::ffi::OsString]) {
        for name in names {
            // If even this fails, nothing that is not ours is removed, and nothing is said.
            let _ = fs::rename(self.target.join(name), self.folder().join(name));
        }
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        // A file that is open is not removed everywhere.
        self.lock = None;
        // Best effort: an error here would hide the one that brought us here.
        let _ = fs::remove_dir_all(&self.hidden);
    }
}

/// Why a hidden folder could not be begun.
enum Failed {
    System(io::Error),
    Told(OutsideError),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// The target without links, and whether it is there; refuses one with something in it.
fn whereabouts(target: &Path) -> Result<(PathBuf, bool), OutsideError> {
    let named = || target.display().to_string();
    let io = |source| OutsideError::from_io(target, source);
    match fs::read_dir(target) {
        Ok(entries) => {
            for entry in entries {
                // Judged where the next one is begun: it may be what a kill left.
                if entry.map_err(io)?.file_name() != UNFINISHED {
                    return Err(OutsideError::NotEmpty(named()));
                }
            }
            Ok((target.canonicalize().map_err(io)?, true))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if fs::symlink_metadata(target).is_ok() {
                // A link that leads nowhere.
                return Err(OutsideError::NotAFolder(named()));
            }
            let absolute = std::path::absolute(target).map_err(io)?;
            match (absolute.parent(), absolute.file_name()) {
                (Some(parent), Some(name)) => {
                    Ok((parent.canonicalize().map_err(io)?.join(name), false))
                }
                _ => Err(OutsideError::NotAFolder(named())),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(OutsideError::NotAFolder(named()))
        }
        Err(error) => Err(io(error)),
    }
}

/// True when another folder cannot take the place of this one.
fn must_stay(target: &Path) -> bool {
    let is_used = std::env::current_dir().and_then(|current| current.canonicalize());
    is_used.is_ok_and(|current| current.starts_with(target))
        || medium::is_mount_point(target)
        // What was left inside of it is cleared from inside.
        || target.join(UNFINISHED).exists()
}

/// Makes the hidden folder, instead of one that a kill left, and takes its lock.
fn begin(hidden: &Path, named: &str) -> Result<File, Failed> {
    if let Err(error) = fs::create_dir(hidden) {
        if error.kind() != io::ErrorKind::AlreadyExists {
            return Err(error.into());
        }
        clear_left(hidden, named)?;
        fs::create_dir(hidden)?;
    }
    let lock = File::create_new(hidden.join(LOCK)).and_then(|lock| {
        // Where the system knows no locks, a second program is not seen; nothing else is lost.
        let _ = lock.try_lock();
        fs::create_dir(hidden.join(CONTENT)).map(|()| lock)
    });
    lock.map_err(|error| {
        // Best effort, as above.
        let _ = fs::remove_dir_all(hidden);
        error.into()
    })
}

/// Removes a hidden folder that nobody writes any more and that holds nothing but what is ours.
fn clear_left(hidden: &Path, named: &str) -> Result<(), Failed> {
    for entry in fs::read_dir(hidden)? {
        let name = entry?.file_name();
        if name != LOCK && name != CONTENT {
            return Err(Failed::Told(OutsideError::NotEmpty(hidden.display().to_string())));
        }
    }
    if let Ok(lock) = File::open(hidden.join(LOCK))
        && matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
    {
        return Err(Failed::Told(OutsideError::Busy(named.to_owned())));
    }
    Ok(fs::remove_dir_all(hidden)?)
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
mod tests;
