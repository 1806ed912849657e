//! Commands that bring the masks of one page onto others that look like it.

use std::collections::BTreeSet;

use lanthan_api::template::AlikePage;
use lanthan_core::id::{DossierId, ExhibitId};
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::{error::Answer, exhibits::MaskDto};
use crate::session::{Session, today};

/// A page that looks like the one that was masked.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct AlikePageDto {
    #[ts(type = "string")]
    exhibit: ExhibitId,
    page: u32,
    /// The masks that it would get.
    masks: Vec<MaskDto>,
}

/// The pages that look like one page and would get masks from it; nothing is changed.
#[tauri::command(async)]
pub(crate) fn alike_pages(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
    page: u32,
) -> Answer<Vec<AlikePageDto>> {
    session.with(|workspace| {
        let alike = workspace.alike_pages(&dossier, &exhibit, page)?;
        let dto = |AlikePage { exhibit, page, masks }| AlikePageDto {
            exhibit,
            page,
            masks: masks.into_iter().map(MaskDto::from).collect(),
        };
        Ok(alike.into_iter().map(dto).collect())
    })
}

/// Puts the masks of one page onto another that was looked at; answers the revision that undo would take back.
#[tauri::command(async)]
pub(crate) fn mask_like(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
    page: u32,
    target: ExhibitId,
    target_page: u32,
) -> Answer<u64> {
    session.with(|workspace| {
        let pages = BTreeSet::from([target_page]);
        workspace.mask_like(&dossier, (&exhibit, page), &target, &pages, today())?;
        Ok(workspace.dossier(&dossier)?.1)
    })
}
