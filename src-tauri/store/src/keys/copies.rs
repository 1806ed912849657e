//! Which of the two key files counts, and are both what they should be?
//!
//! They are identical and written one after the other, so one is always whole. The newer whole one is
//! tried first; whatever differs from the one that opened is written again. Deliberately absent: a
//! third copy; backups hold it.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{
    Keys, Secret, Way,
    header::{FORMAT_VERSION, Header, LEN, Unusable},
    previous,
};
use crate::{VaultError, durable};

/// Names of the two files.
const NAMES: [&str; 2] = ["keys.a", "keys.b"];

/// What was found of the two key files.
pub(crate) struct Copies {
    folder: PathBuf,
    /// Whole headers, the newest first, without repetition.
    whole: Vec<Header>,
    /// True when both files are whole and the same.
    agree: bool,
}

/// A header that opened, with its keys.
pub(crate) struct Unlocked {
    pub(crate) header: Header,
    /// The slot that it opened by.
    pub(crate) slot: u8,
    pub(crate) vault_key: Secret,
    pub(crate) keys: Keys,
}

impl Copies {
    /// Reads both files; writes nothing.
    ///
    /// # Errors
    ///
    /// [`VaultError::NotAVault`] when neither is there, [`VaultError::NewerVault`] when one is for
    /// later readers, [`VaultError::HeaderDamaged`] when none is whole.
    pub(crate) fn read(folder: &Path) -> Result<Self, VaultError> {
        let found = NAMES.map(|name| read_one(&folder.join(name)));
        // One that may not be read is no loss while the other may.
        let mut forbidden = None;
        let found = found.map(|one| match one {
            Err(VaultError::NoPermission(at)) => {
                forbidden = Some(VaultError::NoPermission(at));
                Ok(None)
            }
            one => one,
        });
        let [a, b] = found;
        let found = [a?, b?];
        if let Some(error) = forbidden
            && !found.iter().flatten().any(|untrusted| Header::parse(untrusted).is_ok())
        {
            return Err(error);
        }
        if found.iter().all(Option::is_none) {
            return Err(VaultError::NotAVault(folder.display().to_string()));
        }
        let mut whole = Vec::new();
        for untrusted in found.iter().flatten() {
            match Header::parse(untrusted) {
                Ok(header) => whole.push(header),
                Err(Unusable::Damaged) => {}
                Err(Unusable::Newer(format)) => {
                    return Err(VaultError::NewerVault {
                        what: "vault format",
                        found: format.into(),
                        known: FORMAT_VERSION.into(),
                    });
                }
            }
        }
        let both = whole.len() == NAMES.len();
        whole.sort_by_key(|header| std::cmp::Reverse(header.generation()));
        whole.dedup();
        if whole.is_empty() {
            return Err(VaultError::HeaderDamaged);
        }
        let agree = both && whole.len() == 1;
        Ok(Self { folder: folder.to_owned(), whole, agree })
    }

    /// Stands for two files that would hold this header.
    pub(crate) fn of(folder: &Path, header: Header) -> Self {
        Self { folder: folder.to_owned(), whole: vec![header], agree: true }
    }

    /// The newest whole header.
    pub(crate) fn newest(&self) -> &Header {
        &self.whole[0]
    }

    /// The newest header that whoever has these keys wrote.
    pub(crate) fn genuine(&self, keys: &Keys) -> Result<&Header, VaultError> {
        let genuine = self.whole.iter().find(|header| header.is_genuine(&keys.header));
        genuine.ok_or(VaultError::HeaderDamaged)
    }

    /// True when both files are whole and the same.
    pub(crate) fn agree(&self) -> bool {
        self.agree
    }

    /// Opens the first header that `way` fits.
    ///
    /// # Errors
    ///
    /// [`VaultError::HeaderDamaged`] when a key was found but somebody else wrote the rest of the
    /// header; otherwise that `way` does not fit.
    pub(crate) fn unlock(&self, way: Way<'_>) -> Result<Unlocked, VaultError> {
        let mut refusal = way.refusal();
        for header in &self.whole {
            for (number, slot) in header.slots() {
                let Some(vault_key) = slot.unlock(header, number, way)? else { continue };
                let mut keys = Keys::derive(&vault_key, &header.vault(), header.key_generation())?;
                if header.is_genuine(&keys.header) {
                    keys.previous = previous::keys(header, &vault_key)?.map(Box::new);
                    let header = header.clone();
                    return Ok(Unlocked { header, slot: number, vault_key, keys });
                }
                refusal = VaultError::HeaderDamaged;
            }
        }
        Err(refusal)
    }

    /// Makes both files agree with the header that opened, if they do not.
    pub(crate) fn heal(&mut self, unlocked: &mut Unlocked) -> Result<(), VaultError> {
        if self.agree {
            return Ok(());
        }
        let generation = self.newest().generation() + 1;
        unlocked.header.seal(generation, &unlocked.keys.header);
        write(&self.folder, &unlocked.header)?;
        *self = Self::of(&self.folder, unlocked.header.clone());
        Ok(())
    }
}

/// Writes both files, one after the other; at every moment one of them is whole.
pub(crate) fn write(folder: &Path, header: &Header) -> Result<(), VaultError> {
    for name in NAMES {
        let path = folder.join(name);
        durable::replace(&path, header.bytes()).map_err(|source| VaultError::io(&path, source))?;
    }
    Ok(())
}

/// Removes what a crash left of a half-written key file.
pub(crate) fn remove_unfinished(folder: &Path) -> Result<(), VaultError> {
    for name in NAMES {
        let path = folder.join(format!("{name}.new"));
        durable::remove_if_there(&path).map_err(|source| VaultError::io(&path, source))?;
    }
    Ok(())
}

fn read_one(path: &Path) -> Result<Option<Vec<u8>>, VaultError> {
    let absent = |error: &io::Error| {
        matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
    };
    match fs::symlink_metadata(path) {
        // A folder or pipe of that name is no key file; opening a pipe would wait for ever.
        Ok(kind) if !kind.is_file() => return Ok(Some(Vec::new())),
        Ok(_) => {}
        Err(error) if absent(&error) => return Ok(None),
        Err(error) => return Err(VaultError::io(path, error)),
    }
    let mut untrusted = Vec::with_capacity(LEN + 1);
    // One byte more than it may have: a longer file is damaged, however long it is. A bad sector
    // is damage of this copy, not of the vault.
    match File::open(path).and_then(|f| f.take(LEN as u64 + 1).read_to_end(&mut untrusted)) {
        Ok(_) => Ok(Some(untrusted)),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(VaultError::io(path, error))
        }
        Err(_) => Ok(Some(Vec::new())),
    }
}
