//! Commands of the rules: which packs there are, how one comes in, and which one a dossier is judged by.

use std::path::PathBuf;

use lanthan_api::{
    Workspace,
    pack::{Offer, OverlayChoice, PackVersion, Recheck, Touched, file},
};
use lanthan_core::{
    checklist::State as Progress,
    id::{DossierId, PackId, RequirementId},
    pack::{Difference, Pack, PartDifference},
    regrade::Regraded,
    text::Bilingual,
};
use serde::Serialize;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;

use super::{
    error::Answer,
    shared::{BilingualDto, both},
};
use crate::session::{Session, today};

/// Every version that dossiers can be judged by, and whose packs are taken.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct PacksDto {
    packs: Vec<PackVersionDto>,
    publishers: Vec<PublisherDto>,
}

/// A version of a pack, or an overlay.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PackVersionDto {
    #[ts(type = "string")]
    id: PackId,
    version: String,
    verified_on: String,
    /// Who signed it; null when the program carries it.
    publisher: Option<String>,
    current: bool,
    /// Whose demands an overlay holds; null for a pack.
    #[ts(type = "\"province\" | \"destination\" | \"supplier\" | null")]
    kind: Option<&'static str>,
    title: Option<BilingualDto>,
}

/// Somebody whose packs are taken.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct PublisherDto {
    name: String,
    key: String,
    fingerprint: String,
    since: String,
}

/// What another version says otherwise.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DifferenceDto {
    appear: Vec<BilingualDto>,
    vanish: Vec<BilingualDto>,
    change: Vec<ChangedPointDto>,
    announcements: Vec<String>,
    /// Control codes of goods that are listed otherwise.
    goods: Vec<String>,
    /// Rules of the scope question.
    scope: Vec<String>,
    parts: Vec<PartDto>,
    other_texts: usize,
}

/// A requirement that asks for something else.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ChangedPointDto {
    title: BilingualDto,
    /// What of it is different; the words stand in the texts.
    aspects: Vec<&'static str>,
}

/// What changes in another part of the pack.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct PartDto {
    part: &'static str,
    appear: Vec<BilingualDto>,
    change: Vec<BilingualDto>,
    vanish: Vec<BilingualDto>,
}

/// A point of a dossier that stands otherwise under another version.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct RegradedDto {
    title: BilingualDto,
    #[ts(
        type = "\"not-applicable\" | \"missing\" | \"weak\" | \"ready\" | \"missing-because\" | null"
    )]
    before: Option<&'static str>,
    #[ts(
        type = "\"not-applicable\" | \"missing\" | \"weak\" | \"ready\" | \"missing-because\" | null"
    )]
    now: Option<&'static str>,
}

/// A pack file that was looked at and not taken.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OfferDto {
    path: String,
    #[ts(type = "string")]
    id: PackId,
    version: String,
    publisher: String,
    sha256: String,
    instead_of: Option<String>,
    difference: DifferenceDto,
    touched: Vec<TouchedDto>,
}

/// A dossier that stands otherwise under it.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct TouchedDto {
    #[ts(type = "string")]
    dossier: DossierId,
    title: String,
    /// Something of it left the house: it keeps its version.
    released: bool,
    changes: Vec<RegradedDto>,
}

/// The rules of one dossier.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct RulesDto {
    #[ts(type = "string")]
    id: PackId,
    version: String,
    /// Every version of its pack, the newest first.
    versions: Vec<PackVersionDto>,
    overlays: Vec<OverlayDto>,
}

/// An overlay that a dossier can have.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct OverlayDto {
    version: PackVersionDto,
    /// It is for one of the dossier's parties.
    suits: bool,
    chosen: bool,
}

/// What another version would say of a dossier.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct RecheckDto {
    version: String,
    other: String,
    changes: Vec<RegradedDto>,
    difference: DifferenceDto,
}

type Titles = [(RequirementId, Bilingual)];

/// Lets the user choose a pack file.
#[tauri::command(async)]
pub(crate) fn pick_pack(app: AppHandle) -> Option<String> {
    let dialog = app.dialog().file().add_filter("Lanthan", &[file::ENDING]);
    dialog.blocking_pick_file().map(|file| file.to_string())
}

/// Everything that dossiers can be judged by.
#[tauri::command(async)]
pub(crate) fn packs(session: State<'_, Session>) -> Answer<PacksDto> {
    session.with(|workspace| Ok(packs_dto(workspace)?))
}

/// The fingerprint of a key that is about to be trusted.
#[tauri::command(async)]
pub(crate) fn key_fingerprint(key: String) -> Answer<String> {
    Ok(file::fingerprint(&key)?)
}

/// Takes somebody's packs from now on.
#[tauri::command(async)]
pub(crate) fn trust_publisher(
    session: State<'_, Session>,
    name: String,
    key: String,
) -> Answer<()> {
    session.with(|workspace| Ok(workspace.trust_publisher(&name, &key, today())?))
}

/// Takes somebody's packs no more.
#[tauri::command(async)]
pub(crate) fn distrust_publisher(session: State<'_, Session>, key: String) -> Answer<()> {
    session.with(|workspace| Ok(workspace.distrust_publisher(&key)?))
}

/// Looks at a pack file: what it says otherwise, and which dossiers that touches.
#[tauri::command(async)]
pub(crate) fn look_at_pack(session: State<'_, Session>, path: PathBuf) -> Answer<OfferDto> {
    session.with(|workspace| {
        let offer = workspace.look_at_pack(&path, today())?;
        Ok(offer_dto(path.to_string_lossy().into_owned(), offer))
    })
}

/// Takes the pack file that was looked at.
#[tauri::command(async)]
pub(crate) fn take_pack(session: State<'_, Session>, path: PathBuf, seen: String) -> Answer<()> {
    session.with(|workspace| {
        workspace.take_pack(&path, &seen, today())?;
        Ok(())
    })
}

/// Begins new dossiers under another version that is there.
#[tauri::command(async)]
pub(crate) fn choose_pack(session: State<'_, Session>, id: PackId, version: String) -> Answer<()> {
    session.with(|workspace| Ok(workspace.choose_pack(&id, &version, today())?))
}

/// The rules of a dossier.
#[tauri::command(async)]
pub(crate) fn rules(session: State<'_, Session>, dossier: DossierId) -> Answer<RulesDto> {
    session.with(|workspace| {
        let (known, _) = workspace.dossier(&dossier)?;
        let Pack { id, version, .. } = workspace.pack_of(&known)?;
        let (id, version) = (id.clone(), version.clone());
        let of_it = |one: &PackVersion| one.id == id && one.overlay.is_none();
        let versions = workspace.pack_versions()?.into_iter().filter(of_it).map(version_dto);
        let versions = versions.collect();
        let overlay = |OverlayChoice { version, suits, chosen }| OverlayDto {
            version: version_dto(version),
            suits,
            chosen,
        };
        let overlays = workspace.overlays(&dossier)?.into_iter().map(overlay).collect();
        Ok(RulesDto { id, version, versions, overlays })
    })
}

/// What another version would say of a dossier; `version` absent is that of new dossiers.
#[tauri::command(async)]
pub(crate) fn recheck(
    session: State<'_, Session>,
    dossier: DossierId,
    version: Option<String>,
) -> Answer<RecheckDto> {
    session.with(|workspace| {
        let found = workspace.recheck(&dossier, version.as_deref(), today())?;
        let Recheck { version, other, changes, difference, titles } = found;
        let changes = regraded(&changes, &titles);
        let difference = difference_dto(&difference, &titles);
        Ok(RecheckDto { version, other, changes, difference })
    })
}

/// Moves a dossier to another version.
#[tauri::command(async)]
pub(crate) fn adopt_pack(
    session: State<'_, Session>,
    dossier: DossierId,
    version: String,
) -> Answer<()> {
    session.with(|workspace| Ok(workspace.adopt_pack(&dossier, Some(&version), today())?))
}

/// Lays overlays over a dossier's pack instead of those that it has.
#[tauri::command(async)]
pub(crate) fn choose_overlays(
    session: State<'_, Session>,
    dossier: DossierId,
    overlays: Vec<PackId>,
) -> Answer<()> {
    session.with(|workspace| Ok(workspace.choose_overlays(&dossier, &overlays, today())?))
}

fn packs_dto(workspace: &Workspace) -> lanthan_api::Result<PacksDto> {
    let packs = workspace.pack_versions()?.into_iter().map(version_dto).collect();
    let mut publishers = Vec::new();
    for one in workspace.publishers()? {
        let fingerprint = file::fingerprint(&one.key)?;
        let (name, key, since) = (one.name, one.key, one.day.to_string());
        publishers.push(PublisherDto { name, key, fingerprint, since });
    }
    Ok(PacksDto { packs, publishers })
}

fn version_dto(one: PackVersion) -> PackVersionDto {
    let PackVersion { id, version, verified_on, publisher, is_current, overlay } = one;
    let (kind, title) = overlay.map(|(kind, title)| (kind.word(), title.into())).unzip();
    let verified_on = verified_on.to_string();
    PackVersionDto { id, version, verified_on, publisher, current: is_current, kind, title }
}

fn offer_dto(path: String, offer: Offer) -> OfferDto {
    let Offer { id, version, publisher, sha256, instead_of, difference, titles, touched } = offer;
    let touched_dto = |one: Touched| TouchedDto {
        changes: regraded(&one.changes, &titles),
        dossier: one.dossier,
        title: one.title,
        released: one.is_released,
    };
    let touched = touched.into_iter().map(touched_dto).collect();
    let difference = difference_dto(&difference, &titles);
    OfferDto { path, id, version, publisher, sha256, instead_of, difference, touched }
}

fn named(titles: &Titles, id: &RequirementId) -> BilingualDto {
    let known = titles.iter().find(|(known, _)| known == id).map(|(_, title)| title.clone());
    known.unwrap_or_else(|| Bilingual::same(id.to_string())).into()
}

fn difference_dto(difference: &Difference, titles: &Titles) -> DifferenceDto {
    let all = |ids: &[RequirementId]| ids.iter().map(|id| named(titles, id)).collect();
    let change = difference.change.iter().map(|(id, aspects)| ChangedPointDto {
        title: named(titles, id),
        aspects: aspects.iter().map(|aspect| aspect.word()).collect(),
    });
    let part = |one: &PartDifference| PartDto {
        part: one.part.word(),
        appear: both(one.appear.clone()),
        change: both(one.change.clone()),
        vanish: both(one.vanish.clone()),
    };
    DifferenceDto {
        appear: all(&difference.appear),
        vanish: all(&difference.vanish),
        change: change.collect(),
        announcements: difference.announcements.clone(),
        goods: difference.goods.clone(),
        scope: difference.scope.clone(),
        parts: difference.parts.iter().map(part).collect(),
        other_texts: difference.other_texts,
    }
}

fn regraded(changes: &[Regraded], titles: &Titles) -> Vec<RegradedDto> {
    let one = |change: &Regraded| RegradedDto {
        title: named(titles, &change.requirement),
        before: change.before.map(Progress::word),
        now: change.now.map(Progress::word),
    };
    changes.iter().map(one).collect()
}
