//! How is the encrypted database kept, and brought to the disk?
//!
//! SQLCipher with its own key and salt; write-ahead log, every commit on the disk before it counts;
//! checkpoints are made here, because SQLite's own hide errors of the disk. Deliberately absent:
//! tables (see [`crate::table`]).

mod connect;
mod copy;
mod rekey;

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior, config::DbConfig};

pub(crate) use copy::Snapshot;

use self::connect::{Access, check_file, connect, settle};
use crate::{DatabaseDamage, VaultError, durable, keys::Keys, migrate};

/// Folder of the copies that are made before a migration.
pub(crate) const COPIES: &str = "backups";
/// Name of the database inside the vault.
pub(crate) const NAME: &str = "vault.db";
/// A log longer than this is written back into the database.
const LOG_LIMIT_BYTES: u64 = 1024 * 1024;

/// The one connection to the database of an open vault.
pub(crate) struct Database {
    conn: Connection,
    log: PathBuf,
    access: Access,
    /// Set when the disk failed: what it holds is unknown until everything is opened again.
    stopped: Cell<bool>,
}

impl Database {
    /// Makes the database of a new vault.
    pub(crate) fn create(folder: &Path, keys: &Keys) -> Result<(), VaultError> {
        Self::create_as(folder, keys, migrate::RELEASED)
    }

    /// The same in given shapes.
    pub(crate) fn create_as(
        folder: &Path,
        keys: &Keys,
        shapes: migrate::Shapes,
    ) -> Result<(), VaultError> {
        let path = folder.join(NAME);
        durable::write_new(&path, b"").map_err(|source| VaultError::io(&path, source))?;
        let mut conn = connect(&path, keys, Access::Write)?;
        settle(&conn)?;
        shapes.begin(&mut conn)?;
        Self::over(conn, &path, Access::Write).close()
    }

    /// Opens the database of a vault whose lock is held, and brings it up to the newest shape.
    ///
    /// # Errors
    ///
    /// [`VaultError::DatabaseDamaged`], or [`VaultError::NewerVault`] before anything is written.
    pub(crate) fn open(folder: &Path, keys: &Keys) -> Result<Self, VaultError> {
        Self::open_as(folder, keys, migrate::RELEASED)
    }

    /// The same for given shapes.
    pub(crate) fn open_as(
        folder: &Path,
        keys: &Keys,
        shapes: migrate::Shapes,
    ) -> Result<Self, VaultError> {
        let path = folder.join(NAME);
        check_file(&path)?;
        // A log with content means that the last program did not get to close.
        let unclean = has_log(folder);
        let mut conn = connect(&path, keys, Access::Write)?;
        let shape = shapes.of(&conn)?;
        settle(&conn)?;
        if unclean {
            checkpoint(&conn)?;
            check_pages(&conn)?;
        }
        if shape < shapes.known() {
            copy::before_migration(&conn, folder, shape)?;
            shapes.up(&mut conn, shape)?;
        }
        Ok(Self::over(conn, &path, Access::Write))
    }

    /// Opens a database that nobody writes and that has no log, without writing a byte.
    ///
    /// # Errors
    ///
    /// As [`Database::open`]; `None` when it has an older shape and would have to be written.
    pub(crate) fn open_frozen(path: &Path, keys: &Keys) -> Result<Option<Self>, VaultError> {
        let database = Self::open_frozen_file(path, keys)?;
        let shape = migrate::RELEASED.of(&database.conn)?;
        Ok((shape == migrate::RELEASED.known()).then_some(database))
    }

    /// The same for a file of any shape.
    pub(crate) fn open_frozen_file(path: &Path, keys: &Keys) -> Result<Self, VaultError> {
        check_file(path)?;
        let conn = connect(path, keys, Access::Frozen)?;
        Ok(Self::over(conn, path, Access::Frozen))
    }

    /// Stands for a database that is closed while its file is being replaced: nothing can be asked of
    /// it until the vault is opened again.
    pub(crate) fn absent() -> Result<Self, VaultError> {
        let absent = Self::over(Connection::open_in_memory()?, Path::new(""), Access::Frozen);
        absent.stopped.set(true);
        Ok(absent)
    }

    fn over(conn: Connection, path: &Path, access: Access) -> Self {
        Self { conn, log: log_of(path), access, stopped: Cell::new(false) }
    }

    /// The connection, for reading.
    pub(crate) fn read(&self) -> Result<&Connection, VaultError> {
        if self.stopped.get() {
            return Err(VaultError::Database("the disk failed".to_owned()));
        }
        Ok(&self.conn)
    }

    /// Does `work` in one transaction; on any error nothing of it stays.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        self.read()?;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&tx)?;
        if let Err(error) = tx.commit() {
            if error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure) {
                self.stopped.set(true);
            }
            return Err(error.into());
        }
        let long = fs::metadata(&self.log).is_ok_and(|log| log.len() > LOG_LIMIT_BYTES);
        if long && matches!(checkpoint(&self.conn), Err(error) if !is_full(&error)) {
            // The commit counts: it is in the log. Nothing more is trusted to this disk.
            self.stopped.set(true);
        }
        Ok(answer)
    }

    /// True when a failure of the disk stopped the vault.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    /// Checks the seal of every page, the order of every table and every reference.
    ///
    /// # Errors
    ///
    /// [`VaultError::DatabaseDamaged`].
    pub(crate) fn check(&self) -> Result<(), VaultError> {
        let conn = self.read()?;
        if self.access == Access::Write {
            // The seals are read from the file alone: what stands in the log must be there first.
            checkpoint(conn)?;
        }
        check_pages(conn)?;
        let order: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if order != "ok" {
            return Err(VaultError::DatabaseDamaged(DatabaseDamage::Order));
        }
        if conn.prepare("PRAGMA foreign_key_check")?.exists([])? {
            return Err(VaultError::DatabaseDamaged(DatabaseDamage::Rows));
        }
        Ok(())
    }

    /// Writes the log back, closes, and leaves one file.
    pub(crate) fn close(self) -> Result<(), VaultError> {
        if self.stopped.get() {
            // Dropped with its log: the next opening replays it.
            return Err(VaultError::Database("the disk failed".to_owned()));
        }
        let done = self.tidy_up();
        // Whatever came of it: not a second time when it is dropped behind this.
        self.stopped.set(true);
        done
    }

    /// Writes the log back and lets SQLite remove it when the connection goes.
    fn tidy_up(&self) -> Result<(), VaultError> {
        if self.access == Access::Write {
            checkpoint(&self.conn)?;
            self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        }
        Ok(())
    }

    /// Lets go of it as a crash does: neither the log nor anything beside it is touched.
    pub(crate) fn let_go(&self) {
        self.stopped.set(true);
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !self.stopped.get() {
            // Whoever lets go without closing has an error of its own to tell. What could not be
            // written back is safe in the log, and the next opening finds it there.
            let _ = self.tidy_up();
        }
    }
}

fn is_full(error: &VaultError) -> bool {
    matches!(error, VaultError::DiskFull)
}

fn log_of(path: &Path) -> PathBuf {
    path.with_file_name(format!("{NAME}-wal"))
}

/// Where SQLite keeps the old pages while it changes a database that has no log.
fn journal_of(path: &Path) -> PathBuf {
    path.with_file_name(format!("{NAME}-journal"))
}

/// Removes what SQLite keeps beside a database that is closed, so that nothing of it can ever be
/// taken for a part of the database that is to come.
pub(crate) fn remove_log(folder: &Path) -> Result<(), VaultError> {
    for ending in ["-wal", "-journal", "-shm"] {
        let path = folder.join(format!("{NAME}{ending}"));
        durable::remove_if_there(&path).map_err(|source| VaultError::io(&path, source))?;
    }
    durable::sync_folder(folder).map_err(|source| VaultError::io(folder, source))
}

/// True when the last writes stand in a log beside the database, or must be rolled back from a journal.
pub(crate) fn has_log(folder: &Path) -> bool {
    let path = folder.join(NAME);
    let holds = |path: &Path| fs::metadata(path).is_ok_and(|file| file.len() > 0);
    holds(&log_of(&path)) || holds(&journal_of(&path))
}

/// Writes the log back into the database and empties it.
fn checkpoint(conn: &Connection) -> Result<(), VaultError> {
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(VaultError::Database("it is busy".to_owned())) }
}

/// Checks the seal of every page.
fn check_pages(conn: &Connection) -> Result<(), VaultError> {
    let mut statement = conn.prepare("PRAGMA cipher_integrity_check")?;
    let mut rows = statement.query([])?;
    if rows.next()?.is_some() {
        return Err(VaultError::DatabaseDamaged(DatabaseDamage::Page));
    }
    Ok(())
}
