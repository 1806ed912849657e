//! Which passages are there, and which of them hold what somebody looks for?
//!
//! The index is changed in the transaction of the dossier that it follows from. Deliberately absent:
//! which texts are passages (core), and what a word is (see [`crate::words`]).

use lanthan_core::{
    id::DossierId,
    search::{self, Changes, Kind, Passage},
};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use crate::{
    DatabaseDamage, VaultError,
    words::{self, Query},
};

/// From how many of the passages that were touched last the best are chosen.
const MOST_RANKED: i64 = 400;

/// A passage that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPassage {
    /// Its dossier.
    pub dossier: DossierId,
    /// The title of that.
    pub dossier_title: String,
    /// What was found.
    pub passage: Passage,
}

/// True when the index was made by the rules of this program.
pub(crate) fn is_current(conn: &Connection) -> Result<bool, VaultError> {
    let found = conn
        .query_row("SELECT passages, words FROM passage_state", [], |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, u32>(1)?))
        })
        .optional()?;
    Ok(found == Some((search::VERSION, words::VERSION)))
}

/// Empties the index and says by which rules it is made from now on.
pub(crate) fn begin(tx: &Transaction<'_>) -> Result<(), VaultError> {
    tx.execute("DELETE FROM passage", [])?;
    tx.execute(
        "UPDATE passage_state SET passages = :passages, words = :words",
        named_params! { ":passages": search::VERSION, ":words": words::VERSION },
    )?;
    Ok(())
}

/// Follows a change of a dossier.
pub(crate) fn follow(
    tx: &Transaction<'_>,
    dossier: &DossierId,
    changes: &Changes,
) -> Result<(), VaultError> {
    let mut forget = tx.prepare(
        "DELETE FROM passage WHERE dossier = :dossier AND kind = :kind AND thing = :thing",
    )?;
    let mut learn = tx.prepare(
        "INSERT INTO passage (dossier, kind, thing, title, text)
         VALUES (:dossier, :kind, :thing, :title, :text)",
    )?;
    let mut learn_words = tx.prepare(
        "INSERT INTO passage_words (rowid, title, text) VALUES (:number, :title, :text)",
    )?;
    let fresh = changes.fresh.iter().map(|passage| (passage.kind, &passage.id));
    for (kind, id) in changes.gone.iter().map(|(kind, id)| (*kind, id)).chain(fresh) {
        forget.execute(named_params! {
            ":dossier": dossier.as_str(), ":kind": kind.word(), ":thing": id,
        })?;
    }
    for Passage { kind, id, title, text } in &changes.fresh {
        learn.execute(named_params! {
            ":dossier": dossier.as_str(), ":kind": kind.word(), ":thing": id,
            ":title": title, ":text": text,
        })?;
        learn_words.execute(named_params! {
            ":number": tx.last_insert_rowid(),
            ":title": words::indexed(title), ":text": words::indexed(text),
        })?;
    }
    Ok(())
}

/// Forgets everything of a dossier.
pub(crate) fn forget(tx: &Transaction<'_>, dossier: &DossierId) -> Result<(), VaultError> {
    tx.execute(
        "DELETE FROM passage WHERE dossier = :dossier",
        named_params! { ":dossier": dossier.as_str() },
    )?;
    Ok(())
}

/// The best passages for a query, at most `limit`; titles count more than texts, and of equals what
/// was touched last stands first.
pub(crate) fn find(
    conn: &Connection,
    query: &Query,
    limit: usize,
) -> Result<Vec<FoundPassage>, VaultError> {
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = conn.prepare(
        "SELECT p.dossier, p.kind, p.thing, p.title, p.text,
           (SELECT v.title FROM dossier_version v WHERE v.dossier = p.dossier
            ORDER BY v.number DESC LIMIT 1)
         FROM (SELECT rowid AS number, bm25(passage_words, 4.0, 1.0) AS weight FROM passage_words
               WHERE passage_words MATCH :query ORDER BY rowid DESC LIMIT :ranked) AS found
         JOIN passage p ON p.number = found.number
         ORDER BY found.weight, p.number DESC LIMIT :limit",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query(named_params! {
        ":query": query.expression(), ":ranked": MOST_RANKED.max(limit), ":limit": limit,
    })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged = || VaultError::DatabaseDamaged(DatabaseDamage::Rows);
        let dossier = DossierId::new(&row.get::<_, String>(0)?).map_err(|_| damaged())?;
        let kind = Kind::of_word(&row.get::<_, String>(1)?).ok_or_else(damaged)?;
        found.push(FoundPassage {
            dossier,
            dossier_title: row.get(5)?,
            passage: Passage { kind, id: row.get(2)?, title: row.get(3)?, text: row.get(4)? },
        });
    }
    Ok(found)
}
