//! How is the encrypted database opened, locked down and brought to the disk?
//!
//! SQLCipher with its own key and salt; write-ahead log, every commit on the disk before it counts;
//! checkpoints are made here, because SQLite's own hide errors of the disk. Deliberately absent:
//! tables (see [`crate::table`]) and passphrases (see [`crate::keys`]).

use std::{
    cell::Cell,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{
    Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, config::DbConfig,
    limits::Limit,
};
use zeroize::Zeroizing;

use crate::{VaultError, durable, keys::Keys, migrate, table::ledger};

/// Name of the database inside the vault.
pub(crate) const NAME: &str = "vault.db";
/// A log longer than this is written back into the database.
const LOG_LIMIT_BYTES: u64 = 1024 * 1024;
/// One page; a shorter file is no database.
const LEAST_BYTES: u64 = 4096;

/// The one connection to the database of an open vault.
pub(crate) struct Database {
    conn: Connection,
    log: PathBuf,
    /// Set when the disk failed: what it holds is unknown until everything is opened again.
    stopped: Cell<bool>,
}

impl Database {
    /// Makes the database of a new vault.
    pub(crate) fn create(folder: &Path, keys: &Keys) -> Result<(), VaultError> {
        let path = folder.join(NAME);
        durable::write_new(&path, b"").map_err(|source| VaultError::io(&path, source))?;
        let mut conn = connect(&path, keys)?;
        settle(&conn)?;
        migrate::begin(&mut conn)?;
        let database = Self { conn, log: log_of(&path), stopped: Cell::new(false) };
        database.close()
    }

    /// Opens the database of a vault whose lock is held, and brings it up to the newest shape.
    ///
    /// # Errors
    ///
    /// [`VaultError::DatabaseDamaged`], or [`VaultError::NewerVault`] before anything is written.
    pub(crate) fn open(folder: &Path, keys: &Keys) -> Result<Self, VaultError> {
        let path = folder.join(NAME);
        let log = log_of(&path);
        check_file(&path)?;
        // A log with content means that the last program did not get to close.
        let unclean = fs::metadata(&log).is_ok_and(|log| log.len() > 0);
        let mut conn = connect(&path, keys)?;
        let shape = migrate::shape(&conn)?;
        settle(&conn)?;
        if unclean {
            checkpoint(&conn)?;
            check_pages(&conn)?;
        }
        if shape < migrate::known() {
            migrate::up(&mut conn, shape)?;
        }
        Ok(Self { conn, log, stopped: Cell::new(false) })
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

    /// Writes the log back, closes, and leaves one file.
    pub(crate) fn close(self) -> Result<(), VaultError> {
        if self.stopped.get() {
            // Dropped with its log: the next opening replays it.
            return Err(VaultError::Database("the disk failed".to_owned()));
        }
        checkpoint(&self.conn)?;
        self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        self.conn.close().map_err(|(_, error)| error.into())
    }
}

fn is_full(error: &VaultError) -> bool {
    matches!(error, VaultError::DiskFull)
}

fn log_of(path: &Path) -> PathBuf {
    path.with_file_name(format!("{NAME}-wal"))
}

/// SQLite takes an empty file for a new database: it must not come that far.
fn check_file(path: &Path) -> Result<(), VaultError> {
    let damaged = |what: &str| Err(VaultError::DatabaseDamaged(what.to_owned()));
    match fs::symlink_metadata(path) {
        Ok(file) if !file.is_file() => damaged("it is no file"),
        Ok(file) if file.len() < LEAST_BYTES => damaged("it is cut or empty"),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => damaged("it is missing"),
        Err(error) => Err(VaultError::io(path, error)),
    }
}

/// Opens an existing file with the vault's key and reads its first page; writes nothing.
fn connect(path: &Path, keys: &Keys) -> Result<Connection, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let conn = Connection::open_with_flags(path, flags)?;
    // SQLCipher would speak on standard error.
    conn.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON;")?;
    // A raw key with its salt: the file opens without its first 16 bytes, and without a second KDF.
    let mut pragma = Zeroizing::new(String::with_capacity(160));
    pragma.push_str("PRAGMA key = \"x'");
    for byte in keys.database.expose().iter().chain(&keys.database_salt) {
        // Writing to a String cannot fail.
        let _ = write!(*pragma, "{byte:02x}");
    }
    pragma.push_str("'\"");
    conn.execute_batch(&pragma)?;
    // One process, one connection: no shared-memory file beside the database.
    conn.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // The schema is ours, but a file is not trusted because it says so.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    ledger::functions(&conn, keys)?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(conn)
}

/// Settings that touch the file, once it is known to be ours.
fn settle(conn: &Connection) -> Result<(), VaultError> {
    let mode: String =
        conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(VaultError::Database("no write-ahead log".to_owned()));
    }
    // FULL: a commit is on the disk before anybody hears of it. secure_delete: what was deleted is
    // overwritten. recursive_triggers: REPLACE cannot go round the ledger's triggers.
    conn.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON;
         PRAGMA secure_delete = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(())
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
        return Err(VaultError::DatabaseDamaged("a page was changed".to_owned()));
    }
    Ok(())
}
