//! Commands of the home screen: the list of dossiers.

use std::path::PathBuf;

use lanthan_api::dossier::Row;
use lanthan_core::id::DossierId;
use serde::Serialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{error::Answer, shared::teller};
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

/// What was exported.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ExportedDto {
    /// Where it lies.
    folder: String,
    exhibits: usize,
}

/// Writes a dossier with its originals, not encrypted, into a new folder; asks for the passphrase again.
#[tauri::command(async)]
pub(crate) fn export_dossier(
    app: AppHandle,
    session: State<'_, Session>,
    dossier: DossierId,
    folder: PathBuf,
    passphrase: String,
    job: String,
) -> Answer<ExportedDto> {
    let mut progress = session.job(&job, teller(app, job.clone()));
    session.with(|workspace| {
        let written = workspace.export_confirmed(&dossier, &folder, &passphrase, &mut progress)?;
        let folder = folder.display().to_string();
        Ok(ExportedDto { folder, exhibits: written.exhibits.len() })
    })
}

/// Takes the sample dossier in.
#[tauri::command(async)]
pub(crate) fn load_sample(session: State<'_, Session>) -> Answer<DossierId> {
    let mut silent = lanthan_api::progress::silent;
    session.with(|workspace| Ok(workspace.load_sample(today(), &mut silent)?))
}
