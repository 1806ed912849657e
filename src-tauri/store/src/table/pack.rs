//! Which rule packs does the vault hold, and whose packs does it take?
//!
//! Texts only: what they mean is core's. Deliberately absent: signatures.

use lanthan_core::id::PackId;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use crate::{DatabaseDamage, VaultError};

/// A rule pack or overlay in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRow {
    /// Its id.
    pub id: PackId,
    /// Its version.
    pub version: String,
    /// SHA-256 over its files, 64 hexadecimal digits.
    pub sha256: String,
    /// The key that signed it; `None` when a program carried it.
    pub publisher: Option<String>,
    /// The day on which it came in.
    pub day: jiff::civil::Date,
}

/// Somebody whose packs are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// The public key, as minisign writes it.
    pub key: String,
    /// What the user calls them.
    pub name: String,
    /// The day on which the user trusted them.
    pub day: jiff::civil::Date,
}

/// Every pack, the newest arrivals last.
pub(crate) fn all(conn: &Connection) -> Result<Vec<PackRow>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT id, version, lower(hex(sha256)), publisher, day FROM pack ORDER BY rowid",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(PackRow {
            id: id(&row.get::<_, String>(0)?)?,
            version: row.get(1)?,
            sha256: row.get(2)?,
            publisher: row.get(3)?,
            day: day(row, 4)?,
        });
    }
    Ok(all)
}

/// The files of a pack, as the JSON that they came in as.
pub(crate) fn files(
    conn: &Connection,
    id: &PackId,
    version: &str,
) -> Result<Option<String>, VaultError> {
    let sql = "SELECT files FROM pack WHERE id = :id AND version = :version";
    let known = named_params! { ":id": id.as_str(), ":version": version };
    Ok(conn.query_row(sql, known, |row| row.get(0)).optional()?)
}

/// Puts a pack in; a version that is there already stays as it is.
pub(crate) fn insert(tx: &Transaction<'_>, row: &PackRow, files: &str) -> Result<(), VaultError> {
    tx.execute(
        "INSERT INTO pack (id, version, files, sha256, publisher, day)
         VALUES (:id, :version, :files, unhex(:sha256), :publisher, :day)
         ON CONFLICT (id, version) DO NOTHING",
        named_params! {
            ":id": row.id.as_str(), ":version": row.version, ":files": files, ":sha256": row.sha256,
            ":publisher": row.publisher, ":day": row.day.to_string(),
        },
    )?;
    Ok(())
}

/// The version of a pack that somebody chose for new dossiers.
pub(crate) fn chosen(conn: &Connection, id: &PackId) -> Result<Option<String>, VaultError> {
    let sql = "SELECT version FROM pack_choice WHERE id = :id";
    Ok(conn.query_row(sql, named_params! { ":id": id.as_str() }, |row| row.get(0)).optional()?)
}

/// Chooses the version of a pack for new dossiers.
pub(crate) fn choose(tx: &Transaction<'_>, id: &PackId, version: &str) -> Result<(), VaultError> {
    tx.execute(
        "INSERT INTO pack_choice (id, version) VALUES (:id, :version)
         ON CONFLICT (id) DO UPDATE SET version = :version",
        named_params! { ":id": id.as_str(), ":version": version },
    )?;
    Ok(())
}

/// Everybody whose packs are taken, by name.
pub(crate) fn publishers(conn: &Connection) -> Result<Vec<Publisher>, VaultError> {
    let mut statement = conn.prepare("SELECT key, name, day FROM publisher ORDER BY name, key")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(Publisher { key: row.get(0)?, name: row.get(1)?, day: day(row, 2)? });
    }
    Ok(all)
}

/// Takes somebody's packs from now on, or calls them otherwise.
pub(crate) fn trust(tx: &Transaction<'_>, publisher: &Publisher) -> Result<(), VaultError> {
    tx.execute(
        "INSERT INTO publisher (key, name, day) VALUES (:key, :name, :day)
         ON CONFLICT (key) DO UPDATE SET name = :name",
        named_params! {
            ":key": publisher.key, ":name": publisher.name, ":day": publisher.day.to_string(),
        },
    )?;
    Ok(())
}

/// Takes somebody's packs no more; true when they were taken. Those that are there stay.
pub(crate) fn distrust(tx: &Transaction<'_>, key: &str) -> Result<bool, VaultError> {
    Ok(tx.execute("DELETE FROM publisher WHERE key = :key", named_params! { ":key": key })? > 0)
}

fn id(text: &str) -> Result<PackId, VaultError> {
    PackId::new(text).map_err(|_| VaultError::DatabaseDamaged(DatabaseDamage::Rows))
}

fn day(row: &Row<'_>, at: usize) -> Result<jiff::civil::Date, VaultError> {
    let text: String = row.get(at)?;
    text.parse().map_err(|_| VaultError::DatabaseDamaged(DatabaseDamage::Rows))
}
