//! Which dossiers are there, in which version, and what did they look like before?
//!
//! The version with the greatest number holds; older ones are there so that a change can be taken
//! back. Deliberately absent: what a dossier means.

use jiff::civil::Date;
use lanthan_core::{
    id::{DossierId, ExhibitId},
    search::Changes,
};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::{object, search};
use crate::{VaultError, object::ObjectId};

/// How many changes of a dossier can be taken back.
const MOST_UNDO: i64 = 50;

/// A dossier in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierRow {
    /// Its id.
    pub id: DossierId,
    /// Its title.
    pub title: String,
    /// The day of the change that made it what it is, as `YYYY-MM-DD`.
    pub changed: String,
}

/// A dossier as it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDossier {
    /// The text that was saved.
    pub body: String,
    /// Its revision; every change gives another one, which never returns.
    pub revision: u64,
}

/// A change of a dossier.
#[derive(Debug, Clone, Copy)]
pub struct Save<'a> {
    /// The dossier.
    pub id: &'a DossierId,
    /// Its title, for the list.
    pub title: &'a str,
    /// Its text.
    pub body: &'a str,
    /// The day of the change.
    pub day: Date,
    /// The revision that the change was made from; `None` when the dossier must not be there yet.
    pub expected_revision: Option<u64>,
    /// The original of each exhibit.
    pub objects: &'a [(ExhibitId, ObjectId)],
    /// What the change does to what can be searched for.
    pub search: &'a Changes,
}

/// Every dossier, the last changed first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<DossierRow>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT d.id, v.title, v.day FROM dossier d JOIN dossier_version v
         ON v.number = (SELECT max(number) FROM dossier_version WHERE dossier = d.id)
         ORDER BY d.revision DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = id(&row.get::<_, String>(0)?)?;
        found.push(DossierRow { id, title: row.get(1)?, changed: row.get(2)? });
    }
    Ok(found)
}

fn id(untrusted: &str) -> Result<DossierId, VaultError> {
    DossierId::new(untrusted)
        .map_err(|_| VaultError::DatabaseDamaged("a dossier has an impossible id".to_owned()))
}

/// The holding version of a dossier.
pub(crate) fn get(conn: &Connection, id: &DossierId) -> Result<Option<StoredDossier>, VaultError> {
    let found = conn
        .query_row(
            "SELECT v.body, d.revision FROM dossier d JOIN dossier_version v ON v.dossier = d.id
             WHERE d.id = :id ORDER BY v.number DESC LIMIT 1",
            named_params! { ":id": id.as_str() },
            |row| Ok(StoredDossier { body: row.get(0)?, revision: unsigned(row.get(1)?) }),
        )
        .optional()?;
    Ok(found)
}

/// The original of an exhibit in the holding version.
pub(crate) fn object_of(
    conn: &Connection,
    dossier: &DossierId,
    exhibit: &ExhibitId,
) -> Result<Option<ObjectId>, VaultError> {
    let found = conn
        .query_row(
            "SELECT object FROM version_object WHERE exhibit = :exhibit AND version =
             (SELECT max(number) FROM dossier_version WHERE dossier = :dossier)",
            named_params! { ":exhibit": exhibit.as_str(), ":dossier": dossier.as_str() },
            |row| Ok(row.get::<_, [u8; 16]>(0)?.into()),
        )
        .optional()?;
    Ok(found)
}

/// Saves a new version and answers its revision.
pub(crate) fn save(tx: &Transaction<'_>, save: &Save<'_>) -> Result<u64, VaultError> {
    let revision = revision(tx, save.id)?;
    if revision != save.expected_revision {
        return Err(match revision {
            None => VaultError::NoSuchDossier(save.id.clone()),
            Some(_) => VaultError::RevisionMoved(save.id.clone()),
        });
    }
    let moved = move_on(tx, save.id)?;
    tx.execute(
        "INSERT INTO dossier_version (dossier, title, body, day)
         VALUES (:dossier, :title, :body, :day)",
        named_params! {
            ":dossier": save.id.as_str(), ":title": save.title, ":body": save.body,
            ":day": save.day.to_string(),
        },
    )?;
    let number = tx.last_insert_rowid();
    let mut statement = tx.prepare(
        "INSERT INTO version_object (version, exhibit, object)
         VALUES (:version, :exhibit, :object)",
    )?;
    for (exhibit, object) in save.objects {
        statement.execute(named_params! {
            ":version": number, ":exhibit": exhibit.as_str(), ":object": object.bytes(),
        })?;
    }
    search::follow(tx, save.id, save.search)?;
    drop_versions(
        tx,
        save.id,
        "number NOT IN (SELECT number FROM dossier_version WHERE dossier = :dossier
         ORDER BY number DESC LIMIT :kept)",
        MOST_UNDO + 1,
    )?;
    Ok(moved)
}

/// Takes the last change back and answers the new revision; `None` when there is none.
///
/// `search` says what that does to what can be searched for, when it is told the text that holds then;
/// `None` when it cannot tell, and nothing of the dossier is found any more.
pub(crate) fn undo(
    tx: &Transaction<'_>,
    id: &DossierId,
    search: &dyn Fn(&str) -> Option<Changes>,
) -> Result<Option<u64>, VaultError> {
    if revision(tx, id)?.is_none() {
        return Err(VaultError::NoSuchDossier(id.clone()));
    }
    if !can_undo(tx, id)? {
        return Ok(None);
    }
    drop_versions(
        tx,
        id,
        "number IN (SELECT number FROM dossier_version WHERE dossier = :dossier
         ORDER BY number DESC LIMIT :kept)",
        1,
    )?;
    match get(tx, id)?.and_then(|stored| search(&stored.body)) {
        Some(changes) => search::follow(tx, id, &changes)?,
        None => search::forget(tx, id)?,
    }
    move_on(tx, id).map(Some)
}

/// True when an older version is kept.
pub(crate) fn can_undo(conn: &Connection, id: &DossierId) -> Result<bool, VaultError> {
    Ok(conn.query_row(
        "SELECT count(*) > 1 FROM dossier_version WHERE dossier = :dossier",
        named_params! { ":dossier": id.as_str() },
        |row| row.get(0),
    )?)
}

/// Gives a dossier up with all its versions.
pub(crate) fn delete(tx: &Transaction<'_>, id: &DossierId) -> Result<(), VaultError> {
    if revision(tx, id)?.is_none() {
        return Err(VaultError::NoSuchDossier(id.clone()));
    }
    search::forget(tx, id)?;
    drop_versions(tx, id, "number > :kept", 0)?;
    tx.execute("DELETE FROM dossier WHERE id = :id", named_params! { ":id": id.as_str() })?;
    Ok(())
}

fn revision(conn: &Connection, id: &DossierId) -> Result<Option<u64>, VaultError> {
    let found = conn
        .query_row(
            "SELECT revision FROM dossier WHERE id = :id",
            named_params! { ":id": id.as_str() },
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.map(unsigned))
}

/// Counts a change of the vault and makes it the dossier's revision.
fn move_on(tx: &Transaction<'_>, id: &DossierId) -> Result<u64, VaultError> {
    let revision: i64 =
        tx.query_row("UPDATE state SET changes = changes + 1 RETURNING changes", [], |row| {
            row.get(0)
        })?;
    tx.execute(
        "INSERT INTO dossier (id, revision) VALUES (:id, :revision)
         ON CONFLICT (id) DO UPDATE SET revision = excluded.revision",
        named_params! { ":id": id.as_str(), ":revision": revision },
    )?;
    Ok(unsigned(revision))
}

/// Removes versions of a dossier, and gives up the originals that nothing names afterwards.
fn drop_versions(
    tx: &Transaction<'_>,
    id: &DossierId,
    which: &'static str,
    kept: i64,
) -> Result<(), VaultError> {
    let params = named_params! { ":dossier": id.as_str(), ":kept": kept };
    let mut statement = tx.prepare(&format!(
        "SELECT DISTINCT object FROM version_object WHERE version IN
         (SELECT number FROM dossier_version WHERE dossier = :dossier AND {which})"
    ))?;
    let candidates: Vec<ObjectId> = statement
        .query_map(params, |row| Ok(row.get::<_, [u8; 16]>(0)?.into()))?
        .collect::<Result<_, _>>()?;
    tx.execute(
        &format!("DELETE FROM dossier_version WHERE dossier = :dossier AND {which}"),
        params,
    )?;
    object::bury_unnamed(tx, &candidates)
}

fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}
