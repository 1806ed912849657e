//! Commands of the parties screen.

use lanthan_api::dossier::PartyEntry;
use lanthan_core::{
    dossier::{ProtectedTerm, Role},
    id::DossierId,
};
use serde::Deserialize;
use tauri::State;
use ts_rs::TS;

use super::{dossier::ProtectedTermDto, error::Answer, shared::BilingualDto};
use crate::session::{Session, today};

/// A party as the window sends it.
#[derive(Debug, Deserialize, TS)]
#[ts(export)]
pub(crate) struct PartyEntryDto {
    id: String,
    #[ts(type = "string[]")]
    roles: Vec<Role>,
    name: String,
    alias: BilingualDto,
}

impl From<PartyEntryDto> for PartyEntry {
    fn from(PartyEntryDto { id, roles, name, alias }: PartyEntryDto) -> Self {
        Self { id, roles, name, alias: alias.into() }
    }
}

/// Says which parties there are.
#[tauri::command(async)]
pub(crate) fn set_parties(
    session: State<'_, Session>,
    dossier: DossierId,
    parties: Vec<PartyEntryDto>,
) -> Answer<()> {
    let parties: Vec<PartyEntry> = parties.into_iter().map(PartyEntry::from).collect();
    session.with(|workspace| Ok(workspace.set_parties(&dossier, &parties, today())?))
}

/// Says which strings must not leave.
#[tauri::command(async)]
pub(crate) fn set_protected_terms(
    session: State<'_, Session>,
    dossier: DossierId,
    terms: Vec<ProtectedTermDto>,
) -> Answer<()> {
    let term = |ProtectedTermDto { term, why }: ProtectedTermDto| ProtectedTerm { term, why };
    let terms = terms.into_iter().map(term).collect();
    session.with(|workspace| Ok(workspace.set_protected_terms(&dossier, terms, today())?))
}
