//! Does a copy contain exactly what the vault contains?

use rusqlite::{Connection, types::ValueRef};
use sha2::{Digest, Sha256};

use crate::{VaultError, object::hex};

/// How much a vault contains, and a hash of all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Number of dossiers.
    pub dossiers: u64,
    /// Number of versions of them, the holding ones too.
    pub versions: u64,
    /// Number of originals.
    pub objects: u64,
    /// Number of lines in the ledger.
    pub ledger_lines: u64,
    /// SHA-256 of every row, 64 hexadecimal digits. Secret: it is a hash of secrets.
    pub sha256: String,
}

/// Counts and hashes every row of every table.
pub(crate) fn of(conn: &Connection) -> Result<Contents, VaultError> {
    let mut hash = Sha256::new();
    let mut add = |sql: &str| add_rows(conn, &mut hash, sql);
    let dossiers = add("SELECT id, revision FROM dossier ORDER BY id")?;
    let versions =
        add("SELECT number, dossier, title, body, day FROM dossier_version ORDER BY number")?;
    add("SELECT dossier, exhibit, since, until, place, body, object FROM exhibit_version
         ORDER BY dossier, exhibit, since")?;
    let objects = add("SELECT id, sha256, size_bytes FROM object ORDER BY id")?;
    let ledger_lines = add("SELECT seq, hash, mac FROM ledger ORDER BY seq")?;
    add("SELECT id, version, sha256, publisher, day FROM pack ORDER BY id, version")?;
    add("SELECT id, version FROM pack_choice ORDER BY id")?;
    add("SELECT key, name, day FROM publisher ORDER BY key")?;
    add("SELECT changes FROM state")?;
    let sha256 = hex(&hash.finalize());
    Ok(Contents { dossiers, versions, objects, ledger_lines, sha256 })
}

fn add_rows(conn: &Connection, hash: &mut Sha256, sql: &str) -> Result<u64, VaultError> {
    let mut statement = conn.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut count = 0_u64;
    while let Some(row) = rows.next()? {
        count += 1;
        for at in 0..columns {
            let (kind, bytes): (u8, &[u8]) = match row.get_ref(at)? {
                ValueRef::Integer(number) => {
                    hash.update([1]);
                    hash.update(number.to_be_bytes());
                    continue;
                }
                ValueRef::Text(text) => (2, text),
                ValueRef::Blob(bytes) => (3, bytes),
                ValueRef::Null | ValueRef::Real(_) => (0, &[]),
            };
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
    }
    // The number of rows keeps the tables apart.
    hash.update([4]);
    hash.update(count.to_be_bytes());
    Ok(count)
}
