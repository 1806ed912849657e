//! Is the vault open elsewhere?
//!
//! A lock of the operating system on an empty file: a program that dies loses it by itself, so there
//! is no stale lock and no way to override a live one. Whoever may change the vault also leaves a note
//! beside it (see [`crate::holder`]). Deliberately absent: waiting until somebody is done.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::Path,
    thread,
    time::Duration,
};

use crate::{
    Elsewhere, Holder, VaultError, durable,
    holder::{self, Note},
};

/// The lock on a vault, given back when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    // Dropped in this order: the note is gone before the lock is.
    note: Option<Note>,
    // Closing the file gives the lock back.
    file: File,
}

/// Name of the lock's file inside the vault.
pub(crate) const NAME: &str = "lock";

/// A lock that was just given back may be held a little longer: a program that its last holder was
/// starting at that moment has every open file of it until the system has let go of them, some of them
/// after the start is reported as done. On a busy machine that took up to 20 ms; it was never seen to
/// happen without such a start, not even when the holder was killed. Somebody who asks who holds the
/// vault ([`Lock::look`]) also has it for an instant.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_millis(10);

impl Lock {
    /// Takes the lock of the vault in `folder`; waits for the instants named above and no longer.
    ///
    /// # Errors
    ///
    /// [`VaultError::InUse`] naming the holder when it is a program that may change the vault.
    pub(crate) fn take(folder: &Path) -> Result<Self, VaultError> {
        let path = folder.join(NAME);
        let file = match OpenOptions::new().read(true).write(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => durable::create_file(&path),
            opened => opened,
        }
        .map_err(|source| VaultError::io(&path, source))?;
        Self::taken(folder, patiently(|| file.try_lock()), file)
    }

    /// Keeps writers out without writing a byte; `None` when there is no file to lock, as on a copy
    /// that somebody made without it.
    ///
    /// # Errors
    ///
    /// As [`Lock::take`].
    pub(crate) fn share(folder: &Path) -> Result<Option<Self>, VaultError> {
        let Some(file) = Self::file(folder)? else { return Ok(None) };
        Self::taken(folder, patiently(|| file.try_lock_shared()), file).map(Some)
    }

    /// Who else has the vault open, or may have; writes nothing and waits for nobody.
    pub(crate) fn look(folder: &Path) -> Elsewhere {
        let Ok(Some(file)) = Self::file(folder) else { return holder::left_open(folder) };
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Elsewhere::Held(holder::read(folder)),
            // A system that locks nothing there tells nothing either.
            Ok(()) | Err(TryLockError::Error(_)) => holder::left_open(folder),
        }
    }

    /// Leaves a note of who holds it. That it cannot be written is no reason not to work: on a full
    /// disk the vault opens all the same.
    pub(crate) fn announce(&mut self, folder: &Path, holder: Holder) {
        self.note = Note::write(folder, holder).ok();
    }

    /// True when the file that is locked is the one that lies in `folder` now, so that the folder was
    /// neither moved nor replaced nor pulled out with its medium.
    pub(crate) fn lies_in(&self, folder: &Path) -> bool {
        let Ok(there) = fs::metadata(folder.join(NAME)) else { return false };
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            self.file
                .metadata()
                .is_ok_and(|ours| (ours.dev(), ours.ino()) == (there.dev(), there.ino()))
        }
        // Elsewhere a folder in which a file is open cannot be moved.
        #[cfg(not(unix))]
        there.is_file()
    }

    fn file(folder: &Path) -> Result<Option<File>, VaultError> {
        let path = folder.join(NAME);
        match File::open(&path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(VaultError::io(&path, source)),
        }
    }

    fn taken(
        folder: &Path,
        answer: Result<(), TryLockError>,
        file: File,
    ) -> Result<Self, VaultError> {
        match answer {
            Ok(()) => Ok(Self { note: None, file }),
            Err(TryLockError::WouldBlock) => {
                // Readers leave no note: what lies there then is of somebody who is gone.
                let read_only = file.try_lock_shared().is_ok();
                let holder = if read_only { None } else { holder::read(folder) };
                Err(VaultError::InUse(holder.map(Box::new)))
            }
            Err(TryLockError::Error(source)) => Err(VaultError::io(&folder.join(NAME), source)),
        }
    }
}

/// Asks again for a moment.
fn patiently(ask: impl Fn() -> Result<(), TryLockError>) -> Result<(), TryLockError> {
    for _ in 1..TRIES {
        match ask() {
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            answer => return answer,
        }
    }
    ask()
}
