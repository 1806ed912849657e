//! Commands of the exhibits screen and the mask editor.

use std::{collections::BTreeMap, path::PathBuf};

use lanthan_api::{
    Error, PageSize, exhibit::Change, import::Imported, position, sight::Listed, texts::Texts,
};
use lanthan_core::{
    clean::Trace,
    exhibit::{Area, Exhibit, ExhibitKind, KeptInside, Level, Mask, MaskReason, Original},
    id::{DossierId, ExhibitId, PartyId, RequirementId},
    position::{Among, NamedPlace},
    redaction::Passage,
};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{
    error::Answer,
    shared::{BilingualDto, teller},
};
use crate::session::{Session, today};

/// An exhibit as the window shows it.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExhibitDto {
    #[ts(type = "string")]
    id: ExhibitId,
    name: String,
    title: BilingualDto,
    caption: BilingualDto,
    #[ts(type = "\"photo\" | \"document\"")]
    kind: ExhibitKind,
    #[ts(type = "\"public\" | \"generic\" | \"specific\" | \"secret\"")]
    level: Level,
    format: String,
    /// What it is when it never leaves.
    #[ts(type = "\"video\" | \"office\" | null")]
    kept_inside: Option<&'static str>,
    pages: Vec<PageSizeDto>,
    #[ts(type = "number")]
    size_bytes: u64,
    sha256: String,
    masks: Vec<MaskDto>,
    crop: Option<AreaDto>,
    leaving_pages: Vec<u32>,
    /// Whether what its file only marks for redaction may be seen.
    marked_may_be_seen: bool,
    #[ts(type = "string[]")]
    answers: Vec<RequirementId>,
    #[ts(type = "string[]")]
    cleared_for: Vec<PartyId>,
    /// What its file would give away; null in a list, which opens no file.
    traces: Option<Vec<TraceDto>>,
    /// What somebody meant to hide in it and did not; blank in a list.
    hidden: Vec<HiddenDto>,
}

/// What somebody meant to hide on a page and did not.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct HiddenDto {
    page: u32,
    #[ts(type = "\"marked\" | \"under-bar\" | \"in-ground\"")]
    kind: &'static str,
    words: String,
    /// The masks that cover it.
    masks: Vec<MaskDto>,
}

/// Width and height of a page; the ratio is what counts.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[ts(export)]
pub(crate) struct PageSizeDto {
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// A mask, in ten-thousandths of the upright page.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct MaskDto {
    page: u32,
    x: u32,
    y: u32,
    w: u32,
    h: u32,
    #[ts(type = "\"customer\" | \"trade-secret\" | \"personal\" | \"price\" | \"not-asked\"")]
    reason: MaskReason,
}

/// A part of a page, in ten-thousandths of it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct AreaDto {
    x: u32,
    y: u32,
    w: u32,
    h: u32,
}

/// Something that a file would give away.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct TraceDto {
    kind: &'static str,
    text: String,
    /// For a place on earth: what the house calls it, blank when it has no name yet.
    place: Option<String>,
}

/// What the window changes of an exhibit.
#[derive(Debug, Deserialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExhibitChangeDto {
    title: BilingualDto,
    caption: BilingualDto,
    #[ts(type = "\"photo\" | \"document\"")]
    kind: ExhibitKind,
    #[ts(type = "\"public\" | \"generic\" | \"specific\" | \"secret\"")]
    level: Level,
    masks: Vec<MaskDto>,
    crop: Option<AreaDto>,
    leaving_pages: Vec<u32>,
    marked_may_be_seen: bool,
    #[ts(type = "string[]")]
    answers: Vec<RequirementId>,
    #[ts(type = "string[]")]
    cleared_for: Vec<PartyId>,
}

/// What came of an import.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ImportedDto {
    #[ts(type = "string[]")]
    added: Vec<ExhibitId>,
    refused: Vec<RefusedDto>,
    cancelled: bool,
    #[ts(type = "number")]
    revision: u64,
}

/// A file that was not taken.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct RefusedDto {
    name: String,
    code: &'static str,
    args: BTreeMap<&'static str, String>,
}

impl From<&(String, Error)> for RefusedDto {
    fn from((name, error): &(String, Error)) -> Self {
        Self { name: name.clone(), code: error.code(), args: error.args().into_iter().collect() }
    }
}

/// Every exhibit of a dossier.
#[tauri::command(async)]
pub(crate) fn exhibits(session: State<'_, Session>, dossier: DossierId) -> Answer<Vec<ExhibitDto>> {
    session.with(|workspace| {
        let listed = workspace.exhibits(&dossier)?;
        Ok(listed.into_iter().map(|Listed { exhibit, pages }| dto(exhibit, &pages, None)).collect())
    })
}

/// One exhibit.
#[tauri::command(async)]
pub(crate) fn exhibit(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
) -> Answer<ExhibitDto> {
    session.with(|workspace| {
        let (mut known, _) = workspace.dossier(&dossier)?;
        let found = known.exhibits.iter().position(|known| known.id == exhibit);
        let at = found.ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
        let probe = workspace.probe(&dossier, &exhibit)?;
        let traces = traces_dto(&probe.traces, &known.places);
        let found = dto(known.exhibits.swap_remove(at), &probe.pages, Some(traces));
        let hidden = probe.buried.into_iter().map(HiddenDto::from).collect();
        Ok(ExhibitDto { hidden, ..found })
    })
}

/// Takes files in.
#[tauri::command(async)]
pub(crate) fn import_exhibits(
    app: AppHandle,
    session: State<'_, Session>,
    dossier: DossierId,
    paths: Vec<PathBuf>,
    job: String,
) -> Answer<ImportedDto> {
    let mut progress = session.job(&job, teller(app, job.clone()));
    session.with(|workspace| {
        let Imported { added, refused, cancelled } =
            workspace.import(&dossier, &paths, today(), &mut progress)?;
        let (_, revision) = workspace.dossier(&dossier)?;
        let refused = refused.iter().map(RefusedDto::from).collect();
        Ok(ImportedDto { added, refused, cancelled, revision })
    })
}

/// Gives an exhibit its recipe and texts; answers whom it may go to afterwards.
#[tauri::command(async)]
pub(crate) fn save_exhibit(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
    change: ExhibitChangeDto,
) -> Answer<Vec<PartyId>> {
    session
        .with(|workspace| Ok(workspace.save_exhibit(&dossier, &exhibit, change.into(), today())?))
}

/// Takes an exhibit out; answers the revision that undo would take back.
#[tauri::command(async)]
pub(crate) fn remove_exhibit(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
) -> Answer<u64> {
    session.with(|workspace| {
        workspace.remove_exhibit(&dossier, &exhibit, today())?;
        Ok(workspace.dossier(&dossier)?.1)
    })
}

/// The masks that would cover every occurrence of a text; nothing is changed.
#[tauri::command(async)]
pub(crate) fn find_text(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
    text: String,
    reason: MaskReason,
) -> Answer<Vec<MaskDto>> {
    session.with(|workspace| {
        let found = workspace.find_text(&dossier, &exhibit, &text, reason)?;
        Ok(found.into_iter().map(MaskDto::from).collect())
    })
}

/// The pictures of a dossier that show the same as one exhibit.
#[tauri::command(async)]
pub(crate) fn look_alikes(
    session: State<'_, Session>,
    dossier: DossierId,
    exhibit: ExhibitId,
) -> Answer<Vec<ExhibitId>> {
    session.with(|workspace| {
        let mut alike = workspace.look_alikes(&dossier)?;
        Ok(alike.remove(&exhibit).unwrap_or_default())
    })
}

/// What a file would give away, told with the names that the house gave to its places.
pub(crate) fn traces_dto(traces: &[Trace], places: &[NamedPlace]) -> Vec<TraceDto> {
    let texts = Texts::english();
    let name = |at: Among<'_>| match at {
        Among::At(place) => place.name.clone(),
        Among::Away { .. } | Among::Unknown => String::new(),
    };
    let said = |trace: &Trace| TraceDto {
        kind: trace.kind,
        text: position::say(&texts, trace, places),
        place: position::position(trace).map(|position| name(position.among(places))),
    };
    traces.iter().map(said).collect()
}

fn dto(exhibit: Exhibit, pages: &[PageSize], traces: Option<Vec<TraceDto>>) -> ExhibitDto {
    let kept_inside = exhibit.kept_inside().map(KeptInside::word);
    let page = |page: &PageSize| PageSizeDto { width: page.width, height: page.height };
    let Exhibit {
        id,
        path,
        kind,
        level,
        title,
        caption,
        masks,
        crop,
        pages: leaving_pages,
        marked_may_be_seen,
        answers,
        cleared_for,
        original,
    } = exhibit;
    let (size_bytes, sha256, format) = match original {
        Some(Original { size_bytes, sha256, format, pages: _ }) => {
            (size_bytes, sha256, format!("{format:?}").to_uppercase())
        }
        None => (0, String::new(), String::new()),
    };
    ExhibitDto {
        id,
        name: path,
        title: title.into(),
        caption: caption.into(),
        kind,
        level,
        format,
        kept_inside,
        pages: pages.iter().map(page).collect(),
        size_bytes,
        sha256,
        masks: masks.into_iter().map(MaskDto::from).collect(),
        crop: crop.map(|Area { x, y, w, h }| AreaDto { x, y, w, h }),
        leaving_pages,
        marked_may_be_seen,
        answers,
        cleared_for,
        traces,
        hidden: Vec::new(),
    }
}

impl From<Passage> for HiddenDto {
    fn from(passage: Passage) -> Self {
        // Why is asked for in the window; the masks get it there.
        let masks = passage.masks(MaskReason::NotAsked).into_iter().map(MaskDto::from).collect();
        Self { page: passage.page, kind: passage.hiding.word(), words: passage.text(), masks }
    }
}

impl From<Mask> for MaskDto {
    fn from(Mask { page, area: Area { x, y, w, h }, reason }: Mask) -> Self {
        Self { page, x, y, w, h, reason }
    }
}

impl From<MaskDto> for Mask {
    fn from(MaskDto { page, x, y, w, h, reason }: MaskDto) -> Self {
        Self { page, area: Area { x, y, w, h }, reason }
    }
}

impl From<ExhibitChangeDto> for Change {
    fn from(change: ExhibitChangeDto) -> Self {
        let ExhibitChangeDto {
            title,
            caption,
            kind,
            level,
            masks,
            crop,
            leaving_pages,
            marked_may_be_seen,
            answers,
            cleared_for,
        } = change;
        Self {
            title: title.into(),
            caption: caption.into(),
            kind,
            level,
            masks: masks.into_iter().map(Mask::from).collect(),
            crop: crop.map(|AreaDto { x, y, w, h }| Area { x, y, w, h }),
            pages: leaving_pages,
            marked_may_be_seen,
            answers,
            cleared_for,
        }
    }
}
