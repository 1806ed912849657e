//! Commands for looking at an exhibit before and after, and at earlier states of a paper.

use lanthan_api::leaving::Leaving;
use lanthan_core::id::{DossierId, ExhibitId};
use serde::Serialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{
    error::Answer,
    exhibits::{TraceDto, traces_dto},
    shared::teller,
};
use crate::session::Session;

/// What was found in a page as it leaves.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LeavingDto {
    #[ts(type = "number")]
    size_bytes: u64,
    /// What it would give away: nothing, unless this program is wrong.
    traces: Vec<TraceDto>,
    /// How many passages are hidden in it.
    hidden: usize,
    /// How many words can be copied out of it.
    words: usize,
}

/// An earlier state of a paper.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct RevisionDto {
    number: u32,
    /// Its pages; 0 when it cannot be read.
    pages: u32,
    gone: Vec<GoneDto>,
}

/// Words of a page that the last state does not show.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct GoneDto {
    page: u32,
    words: String,
}

/// Makes a page as it leaves, and looks at it anew.
#[tauri::command(async)]
pub(crate) fn leaving(
    app: AppHandle,
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
    page: u32,
    job: String,
) -> Answer<LeavingDto> {
    let mut progress = session.job(&job, teller(app, job.clone()));
    session.with(|workspace| {
        let found = workspace.leaving(&dossier, &exhibit, &[page], &mut progress)?;
        let Leaving { format: _, size_bytes, traces, buried, words } = found;
        let traces = traces_dto(&traces, &[]);
        Ok(LeavingDto { size_bytes, traces, hidden: buried.len(), words })
    })
}

/// The earlier states that a paper still holds.
#[tauri::command(async)]
pub(crate) fn revisions(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
) -> Answer<Vec<RevisionDto>> {
    session.with(|workspace| {
        let states = workspace.revisions(&dossier, &exhibit)?;
        let gone = |(page, words)| GoneDto { page, words };
        Ok(states
            .into_iter()
            .map(|state| RevisionDto {
                number: state.number,
                pages: state.pages,
                gone: state.gone.into_iter().map(gone).collect(),
            })
            .collect())
    })
}
