//! Which exhibits has a dossier in which of its versions, in which order, and of which originals?
//!
//! A change writes the exhibits that it changes and no others: each form of an exhibit knows from
//! which version on and until which it holds. Deliberately absent: what an exhibit is.

use std::collections::BTreeMap;

use lanthan_core::id::{DossierId, ExhibitId};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, types::Null};

use super::{dossier::SavedExhibit, object};
use crate::{VaultError, object::ObjectId};

/// How far apart the places of two exhibits are that came in one after the other.
const STEP: i64 = 1 << 20;

/// The texts of the exhibits that hold, in order.
pub(crate) fn bodies(conn: &Connection, dossier: &DossierId) -> Result<Vec<String>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT body FROM exhibit_version WHERE dossier = :dossier AND until IS NULL
         ORDER BY place, exhibit",
    )?;
    let rows = statement.query_map(named_params! { ":dossier": dossier.as_str() }, |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The original of an exhibit that holds.
pub(crate) fn object_of(
    conn: &Connection,
    dossier: &DossierId,
    exhibit: &ExhibitId,
) -> Result<Option<ObjectId>, VaultError> {
    Ok(holding(conn, dossier, exhibit)?.map(|form| form.object))
}

/// The form of an exhibit that holds.
struct Form {
    body: String,
    object: ObjectId,
}

fn holding(
    conn: &Connection,
    dossier: &DossierId,
    exhibit: &ExhibitId,
) -> Result<Option<Form>, VaultError> {
    let found = conn
        .query_row(
            "SELECT body, object FROM exhibit_version
             WHERE dossier = :dossier AND exhibit = :exhibit AND until IS NULL",
            named_params! { ":dossier": dossier.as_str(), ":exhibit": exhibit.as_str() },
            |row| Ok(Form { body: row.get(0)?, object: row.get::<_, [u8; 16]>(1)?.into() }),
        )
        .optional()?;
    Ok(found)
}

/// Makes `exhibits` those of the version `number`.
pub(crate) fn save(
    tx: &Transaction<'_>,
    dossier: &DossierId,
    number: i64,
    exhibits: &[SavedExhibit<'_>],
) -> Result<(), VaultError> {
    let mut places = places(tx, dossier)?;
    let most = places.values().copied().max().unwrap_or(0);
    // Behind the last one that was there, places are wide apart again.
    let known = |exhibit: &SavedExhibit<'_>| places.contains_key(exhibit.id.as_str());
    let new_from = exhibits.iter().rposition(known).map_or(0, |at| at + 1);
    let mut last = 0;
    for (at, exhibit) in exhibits.iter().enumerate() {
        let place = places.remove(exhibit.id.as_str());
        let kept = place.filter(|place| *place > last);
        let next = if at >= new_from { last.max(most) + STEP } else { last + 1 };
        last = kept.unwrap_or(next);
        if kept.is_none() || exhibit.body.is_some() || exhibit.object.is_some() {
            let before = match place {
                Some(_) => holding(tx, dossier, exhibit.id)?,
                None => None,
            };
            end(tx, dossier, exhibit.id.as_str(), number)?;
            begin(tx, dossier, number, last, exhibit, before)?;
        }
    }
    for gone in places.keys() {
        end(tx, dossier, gone, number)?;
    }
    Ok(())
}

/// Where each exhibit that holds stands.
fn places(tx: &Transaction<'_>, dossier: &DossierId) -> Result<BTreeMap<String, i64>, VaultError> {
    let mut statement = tx.prepare(
        "SELECT exhibit, place FROM exhibit_version WHERE dossier = :dossier AND until IS NULL",
    )?;
    let rows = statement.query_map(named_params! { ":dossier": dossier.as_str() }, |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn end(
    tx: &Transaction<'_>,
    dossier: &DossierId,
    exhibit: &str,
    number: i64,
) -> Result<(), VaultError> {
    tx.execute(
        "UPDATE exhibit_version SET until = :number
         WHERE dossier = :dossier AND exhibit = :exhibit AND until IS NULL",
        named_params! { ":dossier": dossier.as_str(), ":exhibit": exhibit, ":number": number },
    )?;
    Ok(())
}

fn begin(
    tx: &Transaction<'_>,
    dossier: &DossierId,
    number: i64,
    place: i64,
    exhibit: &SavedExhibit<'_>,
    before: Option<Form>,
) -> Result<(), VaultError> {
    let SavedExhibit { id, body, object } = exhibit;
    let (body_before, object_before) = before.map(|form| (form.body, form.object)).unzip();
    let missing = || VaultError::NoSuchExhibit { dossier: dossier.clone(), exhibit: (*id).clone() };
    let body = body.clone().or(body_before).ok_or_else(missing)?;
    let object = object.or(object_before).ok_or_else(missing)?;
    tx.execute(
        "INSERT INTO exhibit_version (dossier, exhibit, since, until, place, body, object)
         VALUES (:dossier, :exhibit, :since, :until, :place, :body, :object)",
        named_params! {
            ":dossier": dossier.as_str(), ":exhibit": id.as_str(), ":since": number, ":until": Null,
            ":place": place, ":body": body, ":object": object.bytes(),
        },
    )?;
    Ok(())
}

/// Takes the version `number`, which was the last one, back.
pub(crate) fn take_back(
    tx: &Transaction<'_>,
    dossier: &DossierId,
    number: i64,
) -> Result<(), VaultError> {
    let objects = give_up(tx, dossier, "since = :number", number)?;
    tx.execute(
        "UPDATE exhibit_version SET until = NULL WHERE dossier = :dossier AND until = :number",
        named_params! { ":dossier": dossier.as_str(), ":number": number },
    )?;
    object::bury_unnamed(tx, &objects)
}

/// Forgets the forms that no version of a dossier has any more.
pub(crate) fn forget_old(tx: &Transaction<'_>, dossier: &DossierId) -> Result<(), VaultError> {
    let oldest: i64 = tx.query_row(
        "SELECT min(number) FROM dossier_version WHERE dossier = :dossier",
        named_params! { ":dossier": dossier.as_str() },
        |row| row.get(0),
    )?;
    let objects = give_up(tx, dossier, "until <= :number", oldest)?;
    object::bury_unnamed(tx, &objects)
}

/// Forgets every form of every exhibit of a dossier, and answers their originals.
pub(crate) fn delete(
    tx: &Transaction<'_>,
    dossier: &DossierId,
) -> Result<Vec<ObjectId>, VaultError> {
    give_up(tx, dossier, "since >= :number", 0)
}

/// Deletes forms and answers the originals that they were of.
fn give_up(
    tx: &Transaction<'_>,
    dossier: &DossierId,
    which: &'static str,
    number: i64,
) -> Result<Vec<ObjectId>, VaultError> {
    let mut statement = tx.prepare(&format!(
        "DELETE FROM exhibit_version WHERE dossier = :dossier AND {which} RETURNING object"
    ))?;
    let params = named_params! { ":dossier": dossier.as_str(), ":number": number };
    let rows = statement.query_map(params, |row| Ok(row.get::<_, [u8; 16]>(0)?.into()))?;
    let mut objects: Vec<ObjectId> = rows.collect::<Result<_, _>>()?;
    objects.sort();
    objects.dedup();
    Ok(objects)
}
