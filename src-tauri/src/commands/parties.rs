//! Commands of the parties screen.

use lanthan_api::dossier::PartyEntry;
use lanthan_core::{
    dossier::{ProtectedTerm, Role},
    id::{DossierId, PartyId},
    pack::Pack,
    screening::{Likeness, Screened},
};
use serde::{Deserialize, Serialize};
use tauri::State;
use ts_rs::TS;

use super::{dossier::ProtectedTermDto, error::Answer, shared::BilingualDto};
use crate::session::{Session, today};

/// A party as the window sends it.
#[derive(Debug, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PartyEntryDto {
    id: String,
    #[ts(type = "string[]")]
    roles: Vec<Role>,
    name: String,
    name_local: String,
    name_zh: String,
    alias: BilingualDto,
}

impl From<PartyEntryDto> for PartyEntry {
    fn from(entry: PartyEntryDto) -> Self {
        let PartyEntryDto { id, roles, name, name_local, name_zh, alias } = entry;
        Self { id, roles, name, name_local, name_zh, alias: alias.into() }
    }
}

/// How every party's names compare with the pack's partial lists.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScreeningDto {
    as_of: Option<String>,
    known: usize,
    listed: usize,
    partial: String,
    no_clearance: String,
    owners: String,
    parties: Vec<ScreenedDto>,
}

/// One party, compared.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScreenedDto {
    #[ts(type = "string")]
    id: PartyId,
    screened: Option<String>,
    listed_owner: Option<bool>,
    likenesses: Vec<LikenessDto>,
}

/// A name that looks like a listed one.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct LikenessDto {
    written: String,
    listed: String,
    percent: u8,
    kind: String,
    announcement: String,
    day: Option<String>,
    region: String,
    mark: String,
}

/// Compares every party's names with the pack's partial lists.
#[tauri::command(async)]
pub(crate) fn screening(session: State<'_, Session>, dossier: DossierId) -> Answer<ScreeningDto> {
    session.with(|workspace| {
        let (dossier, _) = workspace.dossier(&dossier)?;
        let pack = workspace.pack_of(&dossier)?;
        let screened = workspace.screen(&dossier)?;
        Ok(screening_dto(pack, &screened))
    })
}

fn screening_dto(pack: &Pack, screened: &[Screened<'_>]) -> ScreeningDto {
    let (known, listed) = pack.lists.known_of_listed();
    let say = |part: &str| pack.say(&format!("list.{part}")).en;
    let party = |screened: &Screened<'_>| ScreenedDto {
        id: screened.party.clone(),
        screened: screened.screened.map(|day| day.to_string()),
        listed_owner: screened.listed_owner,
        likenesses: screened
            .likenesses
            .iter()
            .map(|likeness| likeness_dto(pack, likeness))
            .collect(),
    };
    ScreeningDto {
        as_of: pack.lists.as_of.map(|day| day.to_string()),
        known,
        listed,
        partial: say("partial"),
        no_clearance: say("no-clearance"),
        owners: say("owners"),
        parties: screened.iter().map(party).collect(),
    }
}

fn likeness_dto(pack: &Pack, likeness: &Likeness<'_>) -> LikenessDto {
    let Likeness { list, listed, written, percent } = likeness;
    LikenessDto {
        written: written.clone(),
        listed: (*listed).to_owned(),
        percent: *percent,
        kind: pack.say(&format!("list-kind.{}", list.kind.word())).en,
        announcement: list.id.clone(),
        day: list.day.map(|day| day.to_string()),
        region: list.region.clone(),
        mark: pack.say(&format!("mark.{}", list.mark.word())).en,
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
