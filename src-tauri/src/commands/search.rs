//! The command of the search over the whole vault.

use lanthan_api::{Piece, search::Hit};
use lanthan_core::id::DossierId;
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::error::Answer;
use crate::session::Session;

/// Something that was found.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FoundDto {
    #[ts(type = "string")]
    dossier: DossierId,
    dossier_title: String,
    #[ts(
        type = "\"dossier\" | \"party\" | \"item\" | \"order\" | \"end-use\" | \"answer\" | \"request\" | \"exhibit\" | \"protected-terms\""
    )]
    kind: &'static str,
    id: String,
    title: Vec<PieceDto>,
    snippet: Vec<PieceDto>,
}

/// A piece of a text; `found` when it is what was looked for.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct PieceDto {
    text: String,
    found: bool,
}

impl From<Piece> for PieceDto {
    fn from(Piece { text, found }: Piece) -> Self {
        Self { text, found }
    }
}

impl From<Hit> for FoundDto {
    fn from(Hit { dossier, dossier_title, kind, id, title, snippet }: Hit) -> Self {
        let pieces = |all: Vec<Piece>| all.into_iter().map(PieceDto::from).collect();
        let (title, snippet) = (pieces(title), pieces(snippet));
        Self { dossier, dossier_title, kind: kind.word(), id, title, snippet }
    }
}

/// Finds what was typed or imported, the best first.
#[tauri::command(async)]
pub(crate) fn search(
    session: State<'_, Session>,
    words: String,
    limit: usize,
) -> Answer<Vec<FoundDto>> {
    let hits = session.with(|workspace| Ok(workspace.search(&words, limit)?))?;
    Ok(hits.into_iter().map(FoundDto::from).collect())
}
