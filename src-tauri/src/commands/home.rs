//! Commands of the home screen: the list of dossiers.

use lanthan_api::dossier::Row;
use lanthan_core::id::DossierId;
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::error::Answer;
use crate::session::{Session, today};

/// A dossier in the list.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct DossierRowDto {
    #[ts(type = "string")]
    id: DossierId,
    title: String,
    changed: String,
    ready: usize,
    open: usize,
    total: usize,
}

impl From<Row> for DossierRowDto {
    fn from(Row { id, title, changed, ready, open, total }: Row) -> Self {
        Self { id, title, changed, ready, open, total }
    }
}

/// Lists the dossiers.
#[tauri::command(async)]
pub(crate) fn list_dossiers(session: State<'_, Session>) -> Answer<Vec<DossierRowDto>> {
    let rows = session.with(|workspace| Ok(workspace.dossiers(today())?))?;
    Ok(rows.into_iter().map(DossierRowDto::from).collect())
}

/// Begins a dossier.
#[tauri::command(async)]
pub(crate) fn create_dossier(session: State<'_, Session>, title: String) -> Answer<DossierId> {
    session.with(|workspace| Ok(workspace.create_dossier(&title, today())?))
}

/// Gives a dossier another title.
#[tauri::command(async)]
pub(crate) fn rename_dossier(
    session: State<'_, Session>,
    dossier: DossierId,
    title: String,
) -> Answer<()> {
    session.with(|workspace| Ok(workspace.rename_dossier(&dossier, &title, today())?))
}

/// Gives a dossier up.
#[tauri::command(async)]
pub(crate) fn delete_dossier(session: State<'_, Session>, dossier: DossierId) -> Answer<()> {
    session.with(|workspace| Ok(workspace.delete_dossier(&dossier)?))
}

/// Takes the sample dossier in.
#[tauri::command(async)]
pub(crate) fn load_sample(session: State<'_, Session>) -> Answer<DossierId> {
    let mut silent = lanthan_api::progress::silent;
    session.with(|workspace| Ok(workspace.load_sample(today(), &mut silent)?))
}
