//! Commands of the "what left" screen.

use lanthan_api::release::LedgerEntry;
use lanthan_core::ledger::{Given, GivenFile};
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::{error::Answer, release::FileDto};
use crate::session::Session;

/// A line of the ledger.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct LedgerRowDto {
    #[ts(type = "number")]
    number: u64,
    day: String,
    dossier: String,
    recipient: String,
    kind: String,
    files: Vec<FileDto>,
    exhibits: Vec<String>,
    statements: Vec<String>,
    withheld: u32,
    hash: String,
}

/// Every line of the ledger, the oldest first.
#[tauri::command(async)]
pub(crate) fn ledger(session: State<'_, Session>) -> Answer<Vec<LedgerRowDto>> {
    let entries = session.with(|workspace| Ok(workspace.ledger()?))?;
    Ok(entries.into_iter().map(LedgerRowDto::from).collect())
}

impl From<LedgerEntry> for LedgerRowDto {
    fn from(LedgerEntry { row, given }: LedgerEntry) -> Self {
        let file = |GivenFile { name, size_bytes, sha256 }: GivenFile| FileDto {
            name,
            size_bytes,
            sha256,
        };
        let (recipient, files, exhibits, statements, withheld) = match given {
            Some(Given { recipient, files, exhibits, statements, masks, .. }) => {
                (recipient, files, exhibits, statements, masks)
            }
            None => (row.recipient, Vec::new(), Vec::new(), Vec::new(), 0),
        };
        Self {
            number: row.seq,
            day: row.day.to_string(),
            dossier: row.dossier.to_string(),
            recipient,
            kind: row.kind,
            files: files.into_iter().map(file).collect(),
            exhibits: exhibits.into_iter().map(|exhibit| exhibit.title).collect(),
            statements,
            withheld,
            hash: row.hash,
        }
    }
}
