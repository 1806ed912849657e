//! Commands for the places of the firm.

use lanthan_core::id::{DossierId, ExhibitId};
use tauri::State;

use super::{
    error::Answer,
    exhibits::{TraceDto, traces_dto},
};
use crate::session::{Session, today};

/// Names the place where an exhibit was taken; answers what its file gives away, told anew.
#[tauri::command(async)]
pub(crate) fn name_place(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
    name: String,
    radius_m: u32,
) -> Answer<Vec<TraceDto>> {
    session.with(|workspace| {
        workspace.name_place(&dossier, &exhibit, (&name, radius_m), today())?;
        told(workspace, &dossier, &exhibit)
    })
}

/// Forgets a place; answers what an exhibit's file gives away, told anew.
#[tauri::command(async)]
pub(crate) fn forget_place(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
    name: String,
) -> Answer<Vec<TraceDto>> {
    session.with(|workspace| {
        workspace.forget_place(&dossier, &name, today())?;
        told(workspace, &dossier, &exhibit)
    })
}

fn told(
    workspace: &lanthan_api::Workspace,
    dossier: &DossierId,
    exhibit: &ExhibitId,
) -> Answer<Vec<TraceDto>> {
    let traces = workspace.probe(dossier, exhibit)?.traces;
    Ok(traces_dto(&traces, &workspace.dossier(dossier)?.0.places))
}
