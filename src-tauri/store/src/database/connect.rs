//! How is the database's file opened with the vault's key, and locked down?
//!
//! Deliberately absent: passphrases (see [`crate::keys`]); a wrong key and a damaged page look the
//! same from here.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, OpenFlags, config::DbConfig, limits::Limit};
use zeroize::Zeroizing;

use crate::{DatabaseDamage, VaultError, keys::Keys, table::ledger};

/// One page; a shorter file is no database.
const LEAST_BYTES: u64 = 4096;

/// Held while a connection is set up. SQLCipher keeps its settings and its cipher provider for the whole
/// process; of two vaults that were created by two threads at once, one was now and then refused with
/// the general error of SQLite.
static SETTING_UP: Mutex<()> = Mutex::new(());

/// How the file may be treated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Read and written, by this program alone.
    Write,
    /// Not a byte is written, and nobody else writes: there is no log beside it.
    Frozen,
}

/// SQLite takes an empty file for a new database: it must not come that far.
pub(super) fn check_file(path: &Path) -> Result<(), VaultError> {
    let damaged = |what| Err(VaultError::DatabaseDamaged(what));
    match fs::symlink_metadata(path) {
        Ok(file) if !file.is_file() => damaged(DatabaseDamage::Missing),
        Ok(file) if file.len() < LEAST_BYTES => damaged(DatabaseDamage::Cut),
        // SQLite would not say that only the right to read it is missing.
        Ok(_) => match fs::File::open(path) {
            Ok(_) => Ok(()),
            Err(source) => Err(VaultError::io(path, source)),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            damaged(DatabaseDamage::Missing)
        }
        Err(error) => Err(VaultError::io(path, error)),
    }
}

/// Opens an existing file with the vault's key and reads its first page; writes nothing.
pub(super) fn connect(path: &Path, keys: &Keys, access: Access) -> Result<Connection, VaultError> {
    // It guards no data, so a panic of another thread spoils nothing.
    let _alone = SETTING_UP.lock().unwrap_or_else(PoisonError::into_inner);
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let conn = match access {
        Access::Write => {
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)?
        }
        Access::Frozen => Connection::open_with_flags(
            frozen_uri(path)?,
            flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
        )?,
    };
    // SQLCipher would speak on standard error.
    conn.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON;")?;
    conn.execute_batch(&key_pragma("key", keys))?;
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

/// The sentence that gives SQLCipher a raw key with its salt: the file opens without its first 16
/// bytes, and without a second KDF.
pub(super) fn key_pragma(name: &str, keys: &Keys) -> Zeroizing<String> {
    // Room for all of it: a text that grew would leave a copy behind.
    let mut pragma = Zeroizing::new(String::with_capacity(160));
    pragma.push_str("PRAGMA ");
    pragma.push_str(name);
    pragma.push_str(" = \"x'");
    for byte in keys.database.expose().iter().chain(&keys.database_salt) {
        // Writing to a String cannot fail.
        let _ = write!(*pragma, "{byte:02x}");
    }
    pragma.push_str("'\"");
    pragma
}

/// Settings that touch the file, once it is known to be ours.
pub(super) fn settle(conn: &Connection) -> Result<(), VaultError> {
    let mode: String =
        conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(VaultError::Database("no write-ahead log".to_owned()));
    }
    // FULL: a commit is on the disk before anybody hears of it. secure_delete: what was deleted is
    // overwritten. recursive_triggers: REPLACE cannot go round the ledger's triggers. cache_size, in KiB: what a
    // list of 5,000 touches is opened once; with SQLite's 2,000 it is opened again and again.
    conn.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON;
         PRAGMA secure_delete = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA cache_size = -8192;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(())
}

/// The only way to tell SQLite that a file does not change under it.
fn frozen_uri(path: &Path) -> Result<String, VaultError> {
    let absolute = std::path::absolute(path).map_err(|source| VaultError::io(path, source))?;
    let mut uri = String::from("file:");
    if cfg!(windows) {
        uri.push('/');
    }
    for byte in absolute.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b':' | b'-' | b'_' | b'.' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            // Writing to a String cannot fail.
            byte => _ = write!(uri, "%{byte:02x}"),
        }
    }
    uri.push_str("?immutable=1");
    Ok(uri)
}
