//! Which objects are there, which are in use, and which are given up?

use lanthan_core::id::{DossierId, ExhibitId};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use crate::{
    VaultError,
    object::{Expected, ObjectId},
};

/// Remembers an object that has come in and that no dossier names yet.
pub(crate) fn insert(tx: &Transaction<'_>, object: &Expected) -> Result<(), VaultError> {
    let size_bytes = i64::try_from(object.size_bytes).unwrap_or(i64::MAX);
    tx.execute(
        "INSERT INTO object (id, sha256, size_bytes) VALUES (:id, :sha256, :size_bytes)",
        named_params! {
            ":id": object.id.bytes(), ":sha256": object.sha256, ":size_bytes": size_bytes,
        },
    )?;
    Ok(())
}

/// What an object must contain; `None` when the vault does not know it.
pub(crate) fn expected(conn: &Connection, id: ObjectId) -> Result<Option<Expected>, VaultError> {
    let row = conn
        .query_row(
            "SELECT id, sha256, size_bytes FROM object WHERE id = :id",
            named_params! { ":id": id.bytes() },
            read,
        )
        .optional()?;
    Ok(row)
}

/// The name of every object that the vault knows.
pub(crate) fn names(conn: &Connection) -> Result<Vec<ObjectId>, VaultError> {
    // Read from the index alone: a vault may have many thousands.
    ids(conn, "SELECT id FROM object")
}

/// Every object that the vault knows.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Expected>, VaultError> {
    let mut statement = conn.prepare("SELECT id, sha256, size_bytes FROM object ORDER BY id")?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Expected> {
    Ok(Expected {
        id: row.get::<_, [u8; 16]>(0)?.into(),
        sha256: row.get(1)?,
        size_bytes: u64::try_from(row.get::<_, i64>(2)?).unwrap_or_default(),
    })
}

/// Gives up those of `candidates` that no version of any dossier names any more.
pub(crate) fn bury_unnamed(
    tx: &Transaction<'_>,
    candidates: &[ObjectId],
) -> Result<(), VaultError> {
    for id in candidates {
        let buried = tx.execute(
            "INSERT OR IGNORE INTO tombstone (object)
             SELECT id FROM object WHERE id = :id
             AND NOT EXISTS (SELECT 1 FROM exhibit_version WHERE object = :id)",
            named_params! { ":id": id.bytes() },
        )?;
        if buried > 0 {
            tx.execute("DELETE FROM object WHERE id = :id", named_params! { ":id": id.bytes() })?;
        }
    }
    Ok(())
}

/// The exhibits that name an object in the holding version of their dossier.
pub(crate) fn named_by(
    conn: &Connection,
    id: ObjectId,
) -> Result<Vec<(DossierId, ExhibitId)>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT dossier, exhibit FROM exhibit_version
         WHERE object = :id AND until IS NULL ORDER BY dossier, exhibit",
    )?;
    let mut rows = statement.query(named_params! { ":id": id.bytes() })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let dossier = DossierId::new(&row.get::<_, String>(0)?);
        let exhibit = ExhibitId::new(&row.get::<_, String>(1)?);
        if let (Ok(dossier), Ok(exhibit)) = (dossier, exhibit) {
            found.push((dossier, exhibit));
        }
    }
    Ok(found)
}

/// Objects that came in and that no dossier ever named.
pub(crate) fn loose(conn: &Connection) -> Result<Vec<ObjectId>, VaultError> {
    ids(
        conn,
        "SELECT id FROM object
         WHERE NOT EXISTS (SELECT 1 FROM exhibit_version v WHERE v.object = object.id)",
    )
}

/// Objects that are given up and whose file may still be there.
pub(crate) fn tombstones(conn: &Connection) -> Result<Vec<ObjectId>, VaultError> {
    ids(conn, "SELECT object FROM tombstone")
}

/// Forgets that an object was given up, once its file is gone.
pub(crate) fn forget(tx: &Transaction<'_>, gone: &[ObjectId]) -> Result<(), VaultError> {
    let mut statement = tx.prepare("DELETE FROM tombstone WHERE object = :id")?;
    for id in gone {
        statement.execute(named_params! { ":id": id.bytes() })?;
    }
    Ok(())
}

fn ids(conn: &Connection, sql: &'static str) -> Result<Vec<ObjectId>, VaultError> {
    let mut statement = conn.prepare(sql)?;
    let found = statement.query_map([], |row| Ok(row.get::<_, [u8; 16]>(0)?.into()))?;
    Ok(found.collect::<Result<_, _>>()?)
}
