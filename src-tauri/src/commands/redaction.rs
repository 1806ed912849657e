//! Commands for what somebody hid badly in a paper.

use lanthan_core::{
    exhibit::MaskReason,
    id::{DossierId, ExhibitId},
    redaction::Hiding,
};
use tauri::State;

use super::error::Answer;
use crate::session::{Session, today};

/// Covers what somebody meant to hide in one way, on the pages that leave; answers the revision that undo would take
/// back.
#[tauri::command(async)]
pub(crate) fn mask_hidden(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
    kind: Hiding,
    reason: MaskReason,
) -> Answer<u64> {
    session.with(|workspace| {
        workspace.mask_hidden(&dossier, &exhibit, (Some(kind), reason), today())?;
        Ok(workspace.dossier(&dossier)?.1)
    })
}
