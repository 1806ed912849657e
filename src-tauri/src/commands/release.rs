//! Commands of the release screen.

use std::path::PathBuf;

use lanthan_api::{WrittenFile, texts::Texts};
use lanthan_core::{
    content::{PlannedExhibit, Withheld},
    dossier::Dossier,
    finding::{Finding, Severity},
    id::{DossierId, ExhibitId, PartyId},
    pack::Pack,
    release::Plan,
};
use serde::Serialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{
    error::Answer,
    exhibits::PageSizeDto,
    place,
    shared::{BilingualDto, both, teller},
};
use crate::session::{Session, today};

/// Something that a check found.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct FindingDto {
    #[ts(type = "\"blocks\" | \"weak\" | \"tip\"")]
    severity: &'static str,
    code: &'static str,
    text: String,
    fix: String,
    #[ts(type = "\"checklist\" | \"statements\" | \"exhibits\" | \"parties\" | \"consistency\"")]
    screen: &'static str,
    target: String,
}

/// What would leave.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlanDto {
    day: String,
    #[ts(type = "number")]
    revision: u64,
    findings: Vec<FindingDto>,
    statements: Vec<BilingualDto>,
    exhibits: Vec<PlannedDto>,
    withheld: Vec<WithheldDto>,
    stays_here: Vec<StayingDto>,
}

/// An exhibit that stays, because nobody cleared it for this recipient.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct StayingDto {
    #[ts(type = "string")]
    id: ExhibitId,
    title: BilingualDto,
}

/// An exhibit that would leave.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct PlannedDto {
    #[ts(type = "string")]
    id: ExhibitId,
    number: u32,
    title: BilingualDto,
    pages: usize,
    masks: u32,
}

/// Something that is withheld.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct WithheldDto {
    exhibit: u32,
    page: u32,
    reason: BilingualDto,
    masks: u32,
}

/// The package as it would leave.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewDto {
    pages: Vec<PageSizeDto>,
    size_bytes: usize,
    outline: Vec<String>,
}

/// A package that has left.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReleasedDto {
    folder: String,
    files: Vec<FileDto>,
    pages: u32,
    #[ts(type = "number")]
    ledger_number: u64,
    ledger_hash: String,
}

/// A file that has left.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileDto {
    pub(crate) name: String,
    #[ts(type = "number")]
    pub(crate) size_bytes: u64,
    pub(crate) sha256: String,
}

/// What would leave for a recipient.
#[tauri::command(async)]
pub(crate) fn plan(
    session: State<'_, Session>,
    dossier: DossierId,
    recipient: PartyId,
) -> Answer<PlanDto> {
    session.with(|workspace| {
        let plan = workspace.plan(&dossier, &recipient, today())?;
        let (dossier, revision) = workspace.dossier(&dossier)?;
        Ok(plan_dto(workspace.pack_of(&dossier)?, &dossier, revision, plan))
    })
}

/// Sets the package without letting it leave.
#[tauri::command(async)]
pub(crate) fn preview(
    app: AppHandle,
    session: State<'_, Session>,
    dossier: DossierId,
    recipient: PartyId,
    job: String,
) -> Answer<PreviewDto> {
    let mut progress = session.job(&job, teller(app, job.clone()));
    let preview = session
        .with(|workspace| Ok(workspace.preview(&dossier, &recipient, today(), &mut progress)?))?;
    let size = |[width, height]: &[f32; 2]| PageSizeDto { width: *width, height: *height };
    let dto = PreviewDto {
        pages: preview.pages.iter().map(size).collect(),
        size_bytes: preview.pdf.len(),
        outline: preview.outline.clone(),
    };
    session.show(preview);
    Ok(dto)
}

/// Writes the package.
#[tauri::command(async)]
pub(crate) fn release(
    app: AppHandle,
    session: State<'_, Session>,
    dossier: DossierId,
    recipient: PartyId,
    folder: PathBuf,
    seen: u64,
    job: String,
) -> Answer<ReleasedDto> {
    let mut progress = session.job(&job, teller(app, job.clone()));
    let released = session.with(|workspace| {
        Ok(workspace.release(&dossier, &recipient, &folder, Some(seen), today(), &mut progress)?)
    })?;
    Ok(ReleasedDto {
        folder: folder.display().to_string(),
        files: released.written.files.into_iter().map(FileDto::from).collect(),
        pages: released.written.pages,
        ledger_number: released.ledger.seq,
        ledger_hash: released.ledger.hash,
    })
}

impl From<WrittenFile> for FileDto {
    fn from(WrittenFile { name, size_bytes, sha256, pages: _ }: WrittenFile) -> Self {
        Self { name, size_bytes, sha256 }
    }
}

fn plan_dto(pack: &Pack, dossier: &Dossier, revision: u64, plan: Plan) -> PlanDto {
    let Plan { content, findings, stays, guard: _ } = plan;
    let texts = Texts::english();
    let stays = stays.iter().filter_map(|id| dossier.exhibit(id)).map(|exhibit| StayingDto {
        id: exhibit.id.clone(),
        title: exhibit.name_in_the_house().into(),
    });
    PlanDto {
        day: content.day.to_string(),
        revision,
        findings: findings
            .iter()
            .map(|finding| finding_dto(pack, dossier, &texts, finding))
            .collect(),
        stays_here: stays.collect(),
        statements: both(content.statements.into_iter().map(|statement| statement.title)),
        exhibits: content.exhibits.into_iter().map(PlannedDto::from).collect(),
        withheld: content.withheld.into_iter().map(WithheldDto::from).collect(),
    }
}

fn finding_dto(pack: &Pack, dossier: &Dossier, texts: &Texts, finding: &Finding) -> FindingDto {
    let (screen, target) = place::place(pack, dossier, &finding.place);
    // A requirement is named by its title, not by its id.
    let titled: Vec<(&str, String)> = finding
        .args
        .iter()
        .map(|(name, value)| match *name {
            "requirement" => (*name, pack.say(&format!("requirement.{value}.title")).en),
            _ => (*name, value.clone()),
        })
        .collect();
    let args: Vec<(&str, &str)> = titled.iter().map(|(n, v)| (*n, v.as_str())).collect();
    FindingDto {
        severity: match finding.severity {
            Severity::Blocks => "blocks",
            Severity::Weak => "weak",
            Severity::Tip => "tip",
        },
        code: finding.code,
        text: texts.say(&format!("find-{}", finding.code), &args),
        fix: texts.say(&format!("mend-{}", finding.code), &args),
        screen,
        target,
    }
}

impl From<PlannedExhibit> for PlannedDto {
    fn from(planned: PlannedExhibit) -> Self {
        let PlannedExhibit { id, number, title, pages, masks, .. } = planned;
        Self { id, number, title: title.into(), pages: pages.len(), masks }
    }
}

impl From<Withheld> for WithheldDto {
    fn from(withheld: Withheld) -> Self {
        let Withheld { exhibit, page, reason: _, reason_text, masks, areas: _ } = withheld;
        Self { exhibit, page, reason: reason_text.into(), masks }
    }
}
