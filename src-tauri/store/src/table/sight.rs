//! What is seen of an original without opening it?
//!
//! Kept only as long as the original is, and only trusted when it was made from an original of that
//! hash by the rules of this program. Deliberately absent: making it (media).

use lanthan_core::id::{DossierId, ExhibitId};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use crate::{VaultError, object::ObjectId};

/// The greatest length of a thumbnail in bytes.
pub const MAX_THUMBNAIL_BYTES: usize = 64 * 1024;

/// Keeps the pages of an original. What the vault does not know has none.
pub(crate) fn keep_pages(
    tx: &Transaction<'_>,
    object: ObjectId,
    rules: u32,
    pages: &str,
) -> Result<(), VaultError> {
    tx.prepare(
        "INSERT OR REPLACE INTO sight (object, sha256, rules, pages)
         SELECT id, sha256, :rules, :pages FROM object WHERE id = :id",
    )?
    .execute(named_params! { ":id": object.bytes(), ":rules": rules, ":pages": pages })?;
    Ok(())
}

/// Keeps a thumbnail; one that is too long is left out.
pub(crate) fn keep_thumbnail(
    tx: &Transaction<'_>,
    object: ObjectId,
    rules: u32,
    jpeg: &[u8],
) -> Result<(), VaultError> {
    if jpeg.is_empty() || jpeg.len() > MAX_THUMBNAIL_BYTES {
        return Ok(());
    }
    tx.prepare(
        "INSERT OR REPLACE INTO thumbnail (object, sha256, rules, jpeg)
         SELECT id, sha256, :rules, :jpeg FROM object WHERE id = :id",
    )?
    .execute(named_params! { ":id": object.bytes(), ":rules": rules, ":jpeg": jpeg })?;
    Ok(())
}

/// The thumbnail of an original; `None` when none was kept.
pub(crate) fn thumbnail(
    conn: &Connection,
    object: ObjectId,
    rules: u32,
) -> Result<Option<Vec<u8>>, VaultError> {
    let found = conn
        .prepare(
            "SELECT t.jpeg FROM thumbnail t JOIN object o ON o.id = t.object
             WHERE t.object = :id AND t.sha256 = o.sha256 AND t.rules = :rules",
        )?
        .query_row(named_params! { ":id": object.bytes(), ":rules": rules }, |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// The exhibits of a dossier whose thumbnail was kept, sorted.
pub(crate) fn shown(
    conn: &Connection,
    dossier: &DossierId,
    rules: u32,
) -> Result<Vec<ExhibitId>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT v.exhibit FROM exhibit_version v
         JOIN object o ON o.id = v.object JOIN thumbnail t ON t.object = v.object
         WHERE v.dossier = :dossier AND v.until IS NULL
         AND t.sha256 = o.sha256 AND t.rules = :rules",
    )?;
    let mut rows = statement.query(named_params! {
        ":dossier": dossier.as_str(), ":rules": rules,
    })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(ExhibitId::new(&row.get::<_, String>(0)?));
    }
    found.sort();
    Ok(found)
}

/// The pages of every exhibit of a dossier that were kept, by exhibit.
pub(crate) fn pages(
    conn: &Connection,
    dossier: &DossierId,
    rules: u32,
) -> Result<Vec<(ExhibitId, String)>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT v.exhibit, s.pages FROM exhibit_version v
         JOIN object o ON o.id = v.object JOIN sight s ON s.object = v.object
         WHERE v.dossier = :dossier AND v.until IS NULL
         AND s.sha256 = o.sha256 AND s.rules = :rules",
    )?;
    let mut rows = statement.query(named_params! {
        ":dossier": dossier.as_str(), ":rules": rules,
    })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        // An id that cannot be one belongs to no exhibit that anybody asks for.
        if let Ok(exhibit) = ExhibitId::new(&row.get::<_, String>(0)?) {
            found.push((exhibit, row.get(1)?));
        }
    }
    found.sort();
    Ok(found)
}
