//! How is a vault copied to another medium, and brought back from there?
//!
//! A backup is a vault like any other. Doing it again into the same folder writes only what is new; a
//! folder that was itself opened and changed is never overwritten. Deliberately absent: choosing the
//! medium, and a schedule.

use std::{fs, io, path::Path};

use super::{Copied, Damaged, Progress, Vault, copy, create, mark};
use crate::{
    Contents, Result, VaultError,
    database::{self, Database},
    durable,
    keys::{self, Copies, Keys},
    lock::Lock,
    object::{self, ObjectId, Place, Reader},
    table,
};

impl Vault {
    /// Copies the vault to `to`, a new folder or an earlier backup of the same vault, and reads back
    /// what was written.
    ///
    /// # Errors
    ///
    /// [`VaultError::AlreadyExists`] when something else is there, [`VaultError::CopyMovedOn`] when
    /// that backup has changes of its own, [`VaultError::CopyOtherKey`] when it has neither the vault's
    /// key nor the one before, [`VaultError::InUse`] when it is open,
    /// [`VaultError::CopyDamaged`] when it does not read back, [`VaultError::Cancelled`]. Whatever
    /// the error, an earlier backup stays what it was, and nothing stays of a new one.
    pub fn backup(&mut self, to: &Path, progress: Progress<'_>) -> Result<Copied> {
        if !self.is_read_only() {
            self.bury_loose()?;
        }
        match fs::symlink_metadata(to) {
            Ok(_) => self.backup_again(to, progress),
            Err(_) => self.copy_anew(to, true, progress),
        }
    }

    /// Brings a vault back from a backup into a folder that does not exist yet. The backup is only
    /// read; `scratch` is as in [`Vault::open_read_only`].
    ///
    /// # Errors
    ///
    /// As [`Vault::open_read_only`], [`VaultError::AlreadyExists`], [`VaultError::Cancelled`];
    /// nothing is left then.
    pub fn restore(
        backup: &Path,
        passphrase: &str,
        to: &Path,
        scratch: &Path,
        progress: Progress<'_>,
    ) -> Result<Copied> {
        create::must_be_free(to)?;
        Self::open_read_only(backup, passphrase, scratch)?.copy_anew(to, false, progress)
    }

    /// Takes originals that are damaged here from a backup that has them whole, and answers those
    /// that are damaged in both.
    ///
    /// # Errors
    ///
    /// [`VaultError::AlreadyExists`] when the folder is no backup of this vault,
    /// [`VaultError::Cancelled`]; what was mended before stays.
    pub fn mend(&mut self, backup: &Path, progress: Progress<'_>) -> Result<Vec<Damaged>> {
        self.changing()?.read()?;
        if Copies::read(backup)?.newest().vault() != self.keys.vault {
            return Err(VaultError::AlreadyExists(backup.display().to_string()));
        }
        let theirs = Place::new(backup);
        let objects = table::object::all(self.database.read()?)?;
        let total = objects.iter().map(|object| object.size_bytes).sum();
        let (mut done, mut left) = (0, Vec::new());
        for object in objects {
            if progress(done, total).is_break() {
                return Err(VaultError::Cancelled);
            }
            if let Some(damaged) = self.damage(object)? {
                let whole = Reader::open(&theirs, self.owner(), object)
                    .and_then(|reader| reader.copy_to(&mut io::sink()));
                match whole {
                    Ok(()) => copy::copy_object_file(&theirs, &self.place, object)?,
                    Err(_) => left.push(damaged),
                }
            }
            done += object.size_bytes;
        }
        Ok(left)
    }

    /// Copies into a folder that does not exist yet: whole or not at all.
    fn copy_anew(&self, to: &Path, marked: bool, progress: Progress<'_>) -> Result<Copied> {
        self.must_not_contain(to)?;
        let beside = create::Beside::make(to)?;
        let copied = self.copy_into(beside.folder(), progress)?;
        copy::reveal_database(beside.folder())?;
        if marked {
            mark::note(beside.folder(), &self.keys, &[&copied.contents])?;
        }
        let keys = Copies::read(&self.folder)?;
        keys::write(beside.folder(), keys.genuine(&self.keys)?)?;
        beside.reveal(to)?;
        Ok(copied)
    }

    /// Brings an earlier backup up to now.
    fn backup_again(&self, to: &Path, progress: Progress<'_>) -> Result<Copied> {
        let other = || VaultError::AlreadyExists(to.display().to_string());
        let theirs = Copies::read(to).map_err(|error| match error {
            VaultError::NotAVault(_) => other(),
            error => error,
        })?;
        if theirs.newest().vault() != self.keys.vault {
            return Err(other());
        }
        // Also refuses the vault itself, whose lock we hold.
        let lock = Lock::take(to)?;
        self.bring_backup_over(to, progress)?;
        let before = self.contents_of_backup(to)?;
        let copied = self.copy_into(to, progress)?;
        let mut marks = vec![&copied.contents];
        marks.extend(before.as_ref().map(|(contents, _)| contents));
        mark::note(to, &self.keys, &marks)?;
        let keys = Copies::read(&self.folder)?;
        keys::write(to, keys.genuine(&self.keys)?)?;
        copy::reveal_database(to)?;
        mark::note(to, &self.keys, &[&copied.contents])?;
        if let Some((_, objects)) = before {
            self.destroy_given_up(to, &objects)?;
        }
        drop(lock);
        Ok(copied)
    }

    /// What the earlier backup contains and which originals it knows; `None` when its database is
    /// damaged, which is then put aside.
    fn contents_of_backup(&self, to: &Path) -> Result<Option<(Contents, Vec<ObjectId>)>> {
        let opened = open_copy(to, &self.keys).and_then(|database| {
            let contents = table::contents::of(database.read()?)?;
            let objects = table::object::all(database.read()?)?;
            // Closed tidily, so that no log stands beside the database that is to come.
            database.close()?;
            Ok((contents, objects.into_iter().map(|object| object.id).collect()))
        });
        match opened {
            Ok((contents, objects)) => {
                let known =
                    contents == self.contents()? || mark::vouches(to, &self.keys, &contents)?;
                if !known {
                    return Err(VaultError::CopyMovedOn(to.display().to_string()));
                }
                Ok(Some((contents, objects)))
            }
            Err(VaultError::DatabaseDamaged(_)) => put_aside(to).map(|()| None),
            Err(error) => Err(error),
        }
    }

    /// What the vault has given up since is given up in the backup too.
    fn destroy_given_up(&self, to: &Path, before: &[ObjectId]) -> Result<()> {
        let place = Place::new(to);
        let conn = self.database.read()?;
        for id in before {
            if table::object::expected(conn, *id)?.is_none() {
                place.destroy(*id)?;
            }
        }
        Ok(())
    }

    /// A copy inside of the vault would be no copy, and would be found there as a stray.
    fn must_not_contain(&self, to: &Path) -> Result<()> {
        let real = |path: &Path| fs::canonicalize(path).map_err(|e| VaultError::io(path, e));
        let parent = match to.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if real(parent)?.starts_with(real(&self.folder)?) {
            return Err(VaultError::AlreadyExists(to.display().to_string()));
        }
        Ok(())
    }
}

/// Opens the database of an earlier backup whose lock is held. One that was closed well is only read: a
/// copy that is being looked at must not be changed on the way.
pub(super) fn open_copy(to: &Path, keys: &Keys) -> Result<Database> {
    if !database::has_log(to)
        && let Some(database) = Database::open_frozen(&to.join(database::NAME), keys)?
    {
        return Ok(database);
    }
    Database::open(to, keys)
}

/// Keeps a damaged database of a backup, out of the way of the one that is to come.
fn put_aside(to: &Path) -> Result<()> {
    let mut number = [0; 4];
    keys::random(&mut number)?;
    for name in [database::NAME, "vault.db-wal", "vault.db-journal"] {
        let from = to.join(name);
        let aside = format!("{name}.{}", object::hex(&number));
        match fs::rename(&from, to.join("quarantine").join(aside)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(VaultError::io(&from, error));
            }
            _ => {}
        }
    }
    durable::sync_folder(to).map_err(|source| VaultError::io(to, source))
}
