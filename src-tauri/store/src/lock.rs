//! Is the vault open elsewhere?
//!
//! A lock of the operating system on an empty file: a program that dies loses it by itself, so there
//! is no stale lock and no way to override a live one. Deliberately absent: who holds it; the file
//! stays empty.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
};

use crate::{VaultError, durable};

/// The lock on a vault, given back when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    // Closing the file gives the lock back.
    _file: File,
}

/// Name of the lock's file inside the vault.
pub(crate) const NAME: &str = "lock";

impl Lock {
    /// Takes the lock of the vault in `folder`, without waiting.
    pub(crate) fn take(folder: &Path) -> Result<Self, VaultError> {
        let path = folder.join(NAME);
        let file = match OpenOptions::new().read(true).write(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => durable::create_file(&path),
            opened => opened,
        }
        .map_err(|source| VaultError::io(&path, source))?;
        Self::taken(&path, file.try_lock(), file)
    }

    /// Keeps writers out without writing a byte; `None` when there is no file to lock, as on a copy
    /// that somebody made without it.
    pub(crate) fn share(folder: &Path) -> Result<Option<Self>, VaultError> {
        let path = folder.join(NAME);
        match File::open(&path) {
            Ok(file) => Self::taken(&path, file.try_lock_shared(), file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(VaultError::io(&path, source)),
        }
    }

    fn taken(
        path: &Path,
        answer: Result<(), TryLockError>,
        file: File,
    ) -> Result<Self, VaultError> {
        match answer {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
            Err(TryLockError::Error(source)) => Err(VaultError::io(path, source)),
        }
    }
}
