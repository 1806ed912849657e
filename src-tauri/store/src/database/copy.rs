//! How is the database copied: into a backup, before a migration, or out of a vault that somebody
//! else has open?
//!
//! Every copy is encrypted like the database itself. Deliberately absent: originals (see
//! [`crate::object`]).

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use rusqlite::{Connection, limits::Limit, named_params};

use super::{Database, NAME, journal_of, log_of};
use crate::{
    VaultError, durable, holder,
    keys::{self, Keys},
    object,
};

impl Database {
    /// Writes the whole database into a new file, without anything that was deleted.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), VaultError> {
        vacuum_into(self.read()?, path)
    }
}

fn vacuum_into(conn: &Connection, path: &Path) -> Result<(), VaultError> {
    let at = |source| VaultError::io(path, source);
    // Made first, so that nobody else may ever read it.
    durable::write_new(path, b"").map_err(at)?;
    let text = path.to_str().ok_or_else(|| {
        at(std::io::Error::new(std::io::ErrorKind::InvalidInput, "its name is not Unicode"))
    })?;
    // SQLite attaches the target for the moment.
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    let done = conn.execute("VACUUM INTO :path", named_params! { ":path": text });
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let done = done.map_err(VaultError::from).and_then(|_| {
        // Opened for writing, because not every system brings a read-only file to the disk.
        File::options().write(true).open(path).and_then(|file| file.sync_all()).map_err(at)
    });
    if done.is_err() {
        // Best effort: half a copy is worth nothing.
        let _ = fs::remove_file(path);
    }
    done
}

/// Keeps the database as it is before its shape changes, under `backups/pre-vN.db`.
pub(super) fn before_migration(
    conn: &Connection,
    folder: &Path,
    shape: u32,
) -> Result<(), VaultError> {
    let backups = folder.join(super::COPIES);
    let at = |source| VaultError::io(&backups, source);
    match durable::create_folder(&backups) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(at(error)),
        _ => {}
    }
    let copy = backups.join(format!("pre-v{}.db", shape + 1));
    let unfinished = backups.join(format!("pre-v{}.db.new", shape + 1));
    if copy.exists() {
        // An earlier try failed after this: the older copy is at least as good.
        return Ok(());
    }
    durable::remove_if_there(&unfinished).map_err(at)?;
    vacuum_into(conn, &unfinished)?;
    fs::rename(&unfinished, &copy)
        .and_then(|()| durable::sync_folder(&backups))
        .and_then(|()| durable::sync_folder(folder))
        .map_err(at)
}

/// The database and its log as they were at one moment, in a folder that is removed when dropped.
pub(crate) struct Snapshot(PathBuf);

/// How often the files may change while they are read.
const TRIES: u32 = 20;

impl Snapshot {
    /// Copies the database at `from`, which somebody else may be writing, into `scratch`.
    ///
    /// Read until two readings are the same: then the copy is what the disk held between them, which
    /// is a state that SQLite recovers from as after a crash.
    ///
    /// # Errors
    ///
    /// [`VaultError::InUse`] when it never stands still.
    pub(crate) fn take(from: &Path, scratch: &Path) -> Result<Self, VaultError> {
        let mut number = [0; 8];
        keys::random(&mut number)?;
        let snapshot = Self(scratch.join(format!(".snapshot-{}", object::hex(&number))));
        durable::create_folder(&snapshot.0).map_err(|e| VaultError::io(&snapshot.0, e))?;
        let mut last = read_both(from)?;
        for _ in 0..TRIES {
            let now = read_both(from)?;
            if now == last {
                let [database, log, journal] = now;
                let to = snapshot.0.join(NAME);
                let write = |path: &Path, bytes: &[u8]| {
                    durable::write_new(path, bytes).map_err(|e| VaultError::io(path, e))
                };
                write(&to, &database)?;
                if !log.is_empty() {
                    write(&log_of(&to), &log)?;
                }
                if !journal.is_empty() {
                    write(&journal_of(&to), &journal)?;
                }
                return Ok(snapshot);
            }
            last = now;
        }
        Err(VaultError::InUse(holder::read(from.parent().unwrap_or(from)).map(Box::new)))
    }

    /// Opens the copy.
    pub(crate) fn open(&self, keys: &Keys) -> Result<Database, VaultError> {
        Database::open(&self.0, keys)
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // Best effort: what stays behind is encrypted.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The database, its log and its journal; what is not there is empty.
fn read_both(path: &Path) -> Result<[Vec<u8>; 3], VaultError> {
    super::check_file(path)?;
    let read = |path: &Path| match fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        bytes => bytes.map_err(|source| VaultError::io(path, source)),
    };
    let database = fs::read(path).map_err(|source| VaultError::io(path, source))?;
    Ok([database, read(&log_of(path))?, read(&journal_of(path))?])
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::database::connect::{Access, connect};

    /// A database as a power cut leaves it in the middle of a change without a log: some pages are the
    /// new ones already, and the old ones stand in the journal.
    fn cut(folder: &Path, keys: &Keys) {
        Database::create(folder, keys).unwrap();
        let path = folder.join(NAME);
        let conn: Connection = connect(&path, keys, Access::Write).unwrap();
        conn.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).unwrap();
        conn.execute_batch("BEGIN IMMEDIATE; PRAGMA user_version = 77;").unwrap();
        conn.cache_flush().unwrap();
        let left = [path.clone(), journal_of(&path)].map(|path| (fs::read(&path).unwrap(), path));
        drop(conn);
        for (bytes, path) in left {
            fs::write(path, bytes).unwrap();
        }
    }

    #[test]
    fn a_change_that_a_power_cut_left_half_done_is_rolled_back_in_the_copy_and_nothing_is_written()
    {
        let place = tempfile::tempdir().unwrap();
        let (folder, scratch) = (place.path().join("v"), place.path().join("scratch"));
        fs::create_dir(&folder).unwrap();
        fs::create_dir(&scratch).unwrap();
        let keys = Keys::derive(&keys::Secret::random().unwrap(), &[7; 16], 0).unwrap();
        cut(&folder, &keys);
        assert!(crate::database::has_log(&folder));
        let before = fs::read(folder.join(NAME)).unwrap();
        let snapshot = Snapshot::take(&folder.join(NAME), &scratch).unwrap();
        let copy = snapshot.open(&keys).unwrap();
        copy.check().unwrap();
        assert_eq!(fs::read(folder.join(NAME)).unwrap(), before);
        // Not the copy alone: opened for changes, the vault itself is whole again, too.
        drop(copy);
        Database::open(&folder, &keys).unwrap().close().unwrap();
        assert!(!crate::database::has_log(&folder));
    }
}
