//! Which backups were made, and by which plan are the next ones?
//!
//! One row a place: a backup that is brought up to now takes the row of the one before. Not part of
//! what a copy is compared by, since a copy is always older than its own row. Deliberately absent:
//! whether a place is there now (see [`crate::vault`]).

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use lanthan_core::backup::Rhythm;
use rusqlite::{Connection, Row, Transaction, named_params};

use super::contents::Contents;
use crate::{DatabaseDamage, VaultError, object::hex};

/// A backup that was made and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRow {
    /// Its folder.
    pub place: PathBuf,
    /// When it was made, by the clock on the wall, without parts of a second.
    pub made: DateTime,
    /// True when it was made by the plan, which may then write to it again and remove it.
    pub planned: bool,
    /// What it contains.
    pub contents: Contents,
    /// Length of its originals in bytes.
    pub size_bytes: u64,
    /// Originals that were damaged in the vault and are not whole in it.
    pub damaged: u64,
    /// When it was last rehearsed, and whether it was whole.
    pub rehearsed: Option<(DateTime, bool)>,
}

/// Where backups go by themselves, how often, and how many stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlan {
    /// The folder; `None` until one is chosen: then none is made by itself.
    pub folder: Option<PathBuf>,
    /// How often, and how many.
    pub rhythm: Rhythm,
}

/// Remembers a backup in place of an earlier one at the same place.
pub(crate) fn note(tx: &Transaction<'_>, row: &BackupRow) -> Result<(), VaultError> {
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let (rehearsed, verdict) =
        row.rehearsed.map(|(when, works)| (text(when), verdict(works))).unzip();
    tx.execute(
        "INSERT OR REPLACE INTO backup (place, made, planned, dossiers, versions, objects,
             ledger_lines, sha256, size_bytes, damaged, rehearsed, verdict)
         VALUES (:place, :made, :planned, :dossiers, :versions, :objects,
             :ledger_lines, :sha256, :size_bytes, :damaged, :rehearsed, :verdict)",
        named_params! {
            ":place": named(&row.place)?, ":made": text(row.made), ":planned": row.planned,
            ":dossiers": signed(row.contents.dossiers), ":versions": signed(row.contents.versions),
            ":objects": signed(row.contents.objects),
            ":ledger_lines": signed(row.contents.ledger_lines),
            ":sha256": unhex(&row.contents.sha256)?, ":size_bytes": signed(row.size_bytes),
            ":damaged": signed(row.damaged), ":rehearsed": rehearsed, ":verdict": verdict,
        },
    )?;
    Ok(())
}

/// Remembers what a rehearsal found; false when no backup at that place is known.
pub(crate) fn note_rehearsal(
    tx: &Transaction<'_>,
    place: &Path,
    when: DateTime,
    works: bool,
) -> Result<bool, VaultError> {
    let changed = tx.execute(
        "UPDATE backup SET rehearsed = :when, verdict = :verdict WHERE place = :place",
        named_params! {
            ":when": text(when), ":verdict": verdict(works), ":place": named(place)?,
        },
    )?;
    Ok(changed > 0)
}

/// Forgets a backup; false when none at that place is known.
pub(crate) fn forget(tx: &Transaction<'_>, place: &Path) -> Result<bool, VaultError> {
    let sql = "DELETE FROM backup WHERE place = :place";
    Ok(tx.execute(sql, named_params! { ":place": named(place)? })? > 0)
}

/// Every backup, the newest first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<BackupRow>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT place, made, planned, dossiers, versions, objects, ledger_lines, sha256, size_bytes,
             damaged, rehearsed, verdict
         FROM backup ORDER BY made DESC, place",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<BackupRow, VaultError> {
    let number = |at: usize| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or_default());
    let moment = |text: String| text.parse::<DateTime>().map_err(|_| odd());
    let rehearsed = row.get::<_, Option<String>>(10)?.map(moment).transpose()?;
    let works = row.get::<_, Option<String>>(11)?.map(|word| word == verdict(true));
    Ok(BackupRow {
        place: row.get::<_, String>(0)?.into(),
        made: moment(row.get(1)?)?,
        planned: row.get(2)?,
        contents: Contents {
            dossiers: number(3)?,
            versions: number(4)?,
            objects: number(5)?,
            ledger_lines: number(6)?,
            sha256: hex(&row.get::<_, [u8; 32]>(7)?),
        },
        size_bytes: number(8)?,
        damaged: number(9)?,
        rehearsed: rehearsed.zip(works),
    })
}

/// The plan.
pub(crate) fn plan(conn: &Connection) -> Result<BackupPlan, VaultError> {
    let sql = "SELECT folder, every_days, keep FROM backup_plan WHERE only = 1";
    let (folder, every_days, keep) = conn.query_row(sql, [], |row| {
        Ok((row.get::<_, Option<String>>(0)?, row.get(1)?, row.get(2)?))
    })?;
    let rhythm = Rhythm::new(every_days, keep).ok_or_else(odd)?;
    Ok(BackupPlan { folder: folder.map(PathBuf::from), rhythm })
}

/// Replaces the plan.
pub(crate) fn set_plan(tx: &Transaction<'_>, plan: &BackupPlan) -> Result<(), VaultError> {
    let folder = plan.folder.as_deref().map(named).transpose()?;
    tx.execute(
        "UPDATE backup_plan SET folder = :folder, every_days = :every_days, keep = :keep",
        named_params! {
            ":folder": folder, ":every_days": plan.rhythm.every_days(),
            ":keep": plan.rhythm.keep(),
        },
    )?;
    Ok(())
}

fn verdict(works: bool) -> &'static str {
    if works { "works" } else { "damaged" }
}

/// A moment without parts of a second.
fn text(moment: DateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A path as a text, which the database could not keep otherwise.
fn named(place: &Path) -> Result<&str, VaultError> {
    place.to_str().ok_or_else(|| {
        let source =
            std::io::Error::new(std::io::ErrorKind::InvalidInput, "its name is not Unicode");
        VaultError::io(place, source)
    })
}

fn odd() -> VaultError {
    VaultError::DatabaseDamaged(DatabaseDamage::Rows)
}

fn unhex(digits: &str) -> Result<[u8; 32], VaultError> {
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        let pair = digits.get(at * 2..at * 2 + 2).ok_or_else(odd)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| odd())?;
    }
    Ok(bytes)
}
