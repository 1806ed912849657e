//! How is a vault copied to another medium, and brought back from there?
//!
//! A backup is a vault like any other. Doing it again into the same folder writes only what is new; a
//! folder that was itself opened and changed is never overwritten. Deliberately absent: choosing the
//! medium, and when (see [`super::planned`]).

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::civil::DateTime;

use super::{Copied, Damaged, Progress, Vault, copy, copy::Source, create, mark};
use crate::{
    Contents, Result, VaultError,
    database::{self, Database},
    durable,
    keys::{self, Copies, Keys},
    lock::Lock,
    object::{self, ObjectId, Place, Reader},
    table,
};

/// A backup that was begun. It needs the vault no more: that can be used meanwhile. Dropped before it is
/// finished, nothing stays of it.
pub struct Backing {
    source: Source,
    target: Target,
    to: PathBuf,
    made: DateTime,
    /// Set when the plan makes it: what may go afterwards.
    pub(super) planned: Option<Vec<PathBuf>>,
}

/// What stands in the target.
enum Target {
    /// Nothing: it is built under a hidden name.
    New { beside: create::Beside, is_backup: bool },
    /// An earlier backup: its lock, and what is in it; `None` when its database was damaged.
    Again { lock: Lock, before: Option<(Contents, Vec<ObjectId>)> },
}

/// A backup that was made and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// Where it lies.
    pub place: PathBuf,
    /// When it was begun; what was changed later is not in it.
    pub made: DateTime,
    /// True when the plan made it.
    pub planned: bool,
    /// What was copied.
    pub copied: Copied,
    /// Earlier ones that the plan removed for it.
    pub removed: Vec<PathBuf>,
}

impl Vault {
    /// Copies the vault to `to`, a new folder or an earlier backup of the same vault, reads back what
    /// was written, and remembers it.
    ///
    /// # Errors
    ///
    /// As [`Vault::begin_backup`], [`Backing::finish`] and [`Vault::note_backup`].
    pub fn backup(&mut self, to: &Path, now: DateTime, progress: Progress<'_>) -> Result<BackedUp> {
        let made = self.begin_backup(to, now)?.finish(progress)?;
        self.note_backup(&made)?;
        Ok(made)
    }

    /// Begins a backup to `to`, a new folder or an earlier backup of the same vault: takes what it
    /// needs of the vault, and copies the database.
    ///
    /// # Errors
    ///
    /// [`VaultError::AlreadyExists`] when something else is there, [`VaultError::CopyMovedOn`] when
    /// that backup has changes of its own, [`VaultError::CopyOtherKey`] when it has neither the vault's
    /// key nor the one before, [`VaultError::InUse`] when it is open. Whatever the error,
    /// an earlier backup stays what it was, and nothing stays of a new one.
    pub fn begin_backup(&mut self, to: &Path, now: DateTime) -> Result<Backing> {
        if !self.is_read_only() {
            self.bury_loose()?;
        }
        if fs::symlink_metadata(to).is_ok() {
            return self.begin_again(to, now);
        }
        self.must_not_contain(to)?;
        let beside = create::Beside::make_again(to, &self.keys.vault)?;
        let source = self.source(beside.folder())?;
        let target = Target::New { beside, is_backup: true };
        Ok(Backing { source, target, to: to.to_owned(), made: now, planned: None })
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
        let vault = Self::open_read_only(backup, passphrase, scratch)?;
        vault.must_not_contain(to)?;
        let beside = create::Beside::make(to)?;
        let source = vault.source(beside.folder())?;
        let target = Target::New { beside, is_backup: false };
        let made = DateTime::default();
        let back = Backing { source, target, to: to.to_owned(), made, planned: None };
        Ok(back.finish(progress)?.copied)
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
                let mut go_on = |bytes: u64| progress(done + bytes.min(object.size_bytes), total);
                match whole {
                    Ok(()) => copy::copy_object_file(&theirs, &self.place, object, &mut go_on)?,
                    Err(_) => left.push(damaged),
                }
            }
            done += object.size_bytes;
        }
        Ok(left)
    }

    /// Begins to bring an earlier backup up to now.
    pub(super) fn begin_again(&self, to: &Path, now: DateTime) -> Result<Backing> {
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
        self.bring_backup_over(to, &mut |_, _| std::ops::ControlFlow::Continue(()))?;
        let before = self.contents_of_backup(to)?;
        let source = self.source(to)?;
        let target = Target::Again { lock, before };
        Ok(Backing { source, target, to: to.to_owned(), made: now, planned: None })
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

impl Backing {
    /// Copies the originals, reads back what was written, and lets the backup count. One that the plan
    /// made then removes those that may go.
    ///
    /// # Errors
    ///
    /// [`VaultError::CopyDamaged`] when it does not read back, [`VaultError::Cancelled`], or what the
    /// medium says. An earlier backup stays what it was then, and nothing stays of a new one.
    pub fn finish(self, progress: Progress<'_>) -> Result<BackedUp> {
        let Self { source, target, to, made, planned } = self;
        let copied = match target {
            Target::New { beside, is_backup } => anew(&source, beside, &to, is_backup, progress)?,
            Target::Again { lock, before } => {
                let copied = again(&source, &to, before, progress)?;
                drop(lock);
                copied
            }
        };
        let is_planned = planned.is_some();
        let removed = super::planned::remove(&source.keys, planned.unwrap_or_default());
        Ok(BackedUp { place: to, made, planned: is_planned, copied, removed })
    }
}

/// Copies into a folder that does not exist yet: whole or not at all.
fn anew(
    source: &Source,
    beside: create::Beside,
    to: &Path,
    is_backup: bool,
    progress: Progress<'_>,
) -> Result<Copied> {
    let at = beside.folder();
    let lock = Lock::take(at)?;
    let copied = source.copy_into(at, progress)?;
    copy::reveal_database(at)?;
    if is_backup {
        mark::note(at, &source.keys, &[&copied.contents])?;
    }
    keys::write(at, &source.header)?;
    // A folder with an open file in it cannot be renamed everywhere.
    drop(lock);
    beside.reveal(to)?;
    Ok(copied)
}

/// Brings an earlier backup up to now.
fn again(
    source: &Source,
    to: &Path,
    before: Option<(Contents, Vec<ObjectId>)>,
    progress: Progress<'_>,
) -> Result<Copied> {
    let copied = source.copy_into(to, progress)?;
    let mut marks = vec![&copied.contents];
    marks.extend(before.as_ref().map(|(contents, _)| contents));
    mark::note(to, &source.keys, &marks)?;
    keys::write(to, &source.header)?;
    copy::reveal_database(to)?;
    mark::note(to, &source.keys, &[&copied.contents])?;
    // What the vault has given up since is given up in the backup too.
    let place = Place::new(to);
    for id in before.into_iter().flat_map(|(_, objects)| objects) {
        if !source.objects.iter().any(|object| object.id == id) {
            place.destroy(id)?;
        }
    }
    Ok(copied)
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
