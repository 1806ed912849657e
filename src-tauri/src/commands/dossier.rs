//! Commands of the frame around one dossier.

use lanthan_api::Workspace;
use lanthan_core::{
    dossier::{Dossier, Party, ProtectedTerm, Role},
    id::{DossierId, PartyId},
    pack::Pack,
};
use serde::{Deserialize, Serialize};
use tauri::State;
use ts_rs::TS;

use super::{
    error::Answer,
    scope::{self, UnknownSinceDto},
    shared::BilingualDto,
};
use crate::session::Session;

/// A party as the window shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PartyDto {
    #[ts(type = "string")]
    id: PartyId,
    name: String,
    name_local: String,
    name_zh: String,
    roles: Vec<&'static str>,
    role_labels: Vec<String>,
    alias: BilingualDto,
}

/// A string that must not leave.
#[derive(Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct ProtectedTermDto {
    pub(crate) term: String,
    pub(crate) why: String,
}

/// One dossier, without what its screens ask for themselves.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DossierDto {
    #[ts(type = "string")]
    id: DossierId,
    title: String,
    #[ts(type = "number")]
    revision: u64,
    parties: Vec<PartyDto>,
    recipients: Vec<PartyDto>,
    pack: String,
    pack_version: String,
    verified_on: String,
    can_undo: bool,
    /// Announcements of which nobody knows today how they stand, and what to do then.
    unknown: Vec<UnknownSinceDto>,
    status_advice: String,
    protected_terms: Vec<ProtectedTermDto>,
}

/// One dossier.
#[tauri::command(async)]
pub(crate) fn dossier(session: State<'_, Session>, dossier: DossierId) -> Answer<DossierDto> {
    session.with(|workspace| {
        let (dossier, revision) = workspace.dossier(&dossier)?;
        Ok(dossier_dto(workspace, dossier, revision)?)
    })
}

fn dossier_dto(
    workspace: &Workspace,
    dossier: Dossier,
    revision: u64,
) -> lanthan_api::Result<DossierDto> {
    let pack = workspace.pack_of(&dossier)?;
    let parties: Vec<PartyDto> = dossier.parties.iter().map(|p| party_dto(pack, p)).collect();
    let may_receive = |party: &&Party| !party.roles.contains(&Role::DownstreamCustomer);
    let recipients =
        dossier.parties.iter().filter(may_receive).map(|p| party_dto(pack, p)).collect();
    let term = |ProtectedTerm { term, why }: ProtectedTerm| ProtectedTermDto { term, why };
    Ok(DossierDto {
        revision,
        parties,
        recipients,
        pack: pack.id.to_string(),
        pack_version: pack.version.clone(),
        verified_on: pack.verified_on.to_string(),
        can_undo: workspace.can_undo(&dossier.id)?,
        unknown: scope::unknown(pack),
        status_advice: pack.text("status.advice").map(|text| text.en.clone()).unwrap_or_default(),
        id: dossier.id,
        title: dossier.title,
        protected_terms: dossier.protected_terms.into_iter().map(term).collect(),
    })
}

fn party_dto(pack: &Pack, party: &Party) -> PartyDto {
    let Party { id, roles, alias, profile } = party;
    PartyDto {
        id: id.clone(),
        name: profile.name.clone(),
        name_local: profile.name_local.clone(),
        name_zh: profile.name_zh.clone(),
        roles: roles.iter().map(|role| role.word()).collect(),
        role_labels: roles
            .iter()
            .map(|role| pack.say(&format!("role.{}", role.word())).en)
            .collect(),
        alias: alias.clone().into(),
    }
}

/// Takes the last change back, if it is still the one that the user means.
#[tauri::command(async)]
pub(crate) fn undo(
    session: State<'_, Session>,
    dossier: DossierId,
    seen: Option<u64>,
) -> Answer<bool> {
    session.with(|workspace| Ok(workspace.undo(&dossier, seen)?))
}

/// Asks a job to stop.
#[tauri::command(async)]
pub(crate) fn cancel(session: State<'_, Session>, job: String) {
    session.stop(job);
}
