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

use super::{exhibit, object, search};
use crate::{DatabaseDamage, VaultError, object::ObjectId};

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
    /// Its revision.
    pub revision: u64,
}

/// A dossier as it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDossier {
    /// The text that was saved, without its exhibits.
    pub body: String,
    /// The text of each exhibit, in order.
    pub exhibits: Vec<String>,
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
    /// Its text, without its exhibits.
    pub body: &'a str,
    /// The day of the change.
    pub day: Date,
    /// The revision that the change was made from; `None` when the dossier must not be there yet.
    pub expected_revision: Option<u64>,
    /// Every exhibit that it has now, in order.
    pub exhibits: &'a [SavedExhibit<'a>],
    /// What the change does to what can be searched for.
    pub search: &'a Changes,
}

/// An exhibit of a dossier that is saved.
#[derive(Debug, Clone)]
pub struct SavedExhibit<'a> {
    /// Its name.
    pub id: &'a ExhibitId,
    /// Its text; `None` when that is what it was.
    pub body: Option<String>,
    /// Its original; `None` when that is what it was.
    pub object: Option<ObjectId>,
}

/// Every dossier, the last changed first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<DossierRow>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT d.id, v.title, v.day, d.revision FROM dossier d JOIN dossier_version v
         ON v.number = (SELECT max(number) FROM dossier_version WHERE dossier = d.id)
         ORDER BY d.revision DESC",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = id(&row.get::<_, String>(0)?)?;
        let revision = unsigned(row.get(3)?);
        found.push(DossierRow { id, title: row.get(1)?, changed: row.get(2)?, revision });
    }
    Ok(found)
}

fn id(untrusted: &str) -> Result<DossierId, VaultError> {
    DossierId::new(untrusted).map_err(|_| VaultError::DatabaseDamaged(DatabaseDamage::Rows))
}

/// The holding version of a dossier.
pub(crate) fn get(conn: &Connection, id: &DossierId) -> Result<Option<StoredDossier>, VaultError> {
    let found = conn
        .query_row(
            "SELECT v.body, d.revision FROM dossier d JOIN dossier_version v ON v.dossier = d.id
             WHERE d.id = :id ORDER BY v.number DESC LIMIT 1",
            named_params! { ":id": id.as_str() },
            |row| Ok((row.get(0)?, unsigned(row.get(1)?))),
        )
        .optional()?;
    found
        .map(|(body, revision)| {
            Ok(StoredDossier { body, exhibits: exhibit::bodies(conn, id)?, revision })
        })
        .transpose()
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
    exhibit::save(tx, save.id, number, save.exhibits)?;
    search::follow(tx, save.id, save.search)?;
    tx.execute(
        "DELETE FROM dossier_version WHERE dossier = :dossier AND number NOT IN
         (SELECT number FROM dossier_version WHERE dossier = :dossier
          ORDER BY number DESC LIMIT :kept)",
        named_params! { ":dossier": save.id.as_str(), ":kept": MOST_UNDO + 1 },
    )?;
    exhibit::forget_old(tx, save.id)?;
    Ok(moved)
}

/// Takes the last change back and answers the new revision; `None` when there is none.
///
/// `search` says what that does to what can be searched for, when it is told the text that holds then;
/// `None` when it cannot tell, and nothing of the dossier is found any more.
pub(crate) fn undo(
    tx: &Transaction<'_>,
    id: &DossierId,
    search: &dyn Fn(&StoredDossier) -> Option<Changes>,
) -> Result<Option<u64>, VaultError> {
    if revision(tx, id)?.is_none() {
        return Err(VaultError::NoSuchDossier(id.clone()));
    }
    if !can_undo(tx, id)? {
        return Ok(None);
    }
    let number: i64 = tx.query_row(
        "DELETE FROM dossier_version WHERE number =
         (SELECT max(number) FROM dossier_version WHERE dossier = :dossier) RETURNING number",
        named_params! { ":dossier": id.as_str() },
        |row| row.get(0),
    )?;
    exhibit::take_back(tx, id, number)?;
    match get(tx, id)?.and_then(|stored| search(&stored)) {
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
    let objects = exhibit::delete(tx, id)?;
    tx.execute("DELETE FROM dossier WHERE id = :id", named_params! { ":id": id.as_str() })?;
    object::bury_unnamed(tx, &objects)
}

/// The revision of a dossier; `None` when there is none.
pub(crate) fn revision(conn: &Connection, id: &DossierId) -> Result<Option<u64>, VaultError> {
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

fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}
