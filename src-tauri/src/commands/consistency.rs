//! Commands of the screen that holds papers against one another.

use lanthan_core::{
    consistency::{self, Outcome},
    dossier::Dossier,
    draft::Fault,
    id::DossierId,
    pack::{BasisKind, Mark, Pack},
};
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::{checklist::SourceDto, error::Answer, place, shared::BilingualDto};
use crate::session::{Session, today};

/// How the papers of a dossier stand.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ConsistencyDto {
    day: String,
    checks: Vec<CheckDto>,
    faults: Vec<FaultDto>,
    drafted: bool,
}

/// What stands behind a check or a fault.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroundsDto {
    basis_kind: &'static str,
    basis_label: String,
    mark: &'static str,
    mark_label: String,
    sources: Vec<SourceDto>,
}

/// One check.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct CheckDto {
    id: String,
    title: BilingualDto,
    #[ts(type = "\"agrees\" | \"differs\" | \"open\" | \"not-asked\"")]
    standing: &'static str,
    why: String,
    mend: String,
    grounds: GroundsDto,
    discords: Vec<DiscordDto>,
}

/// One thing that does not agree, and where it is mended.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct DiscordDto {
    text: String,
    #[ts(type = "\"checklist\" | \"statements\" | \"exhibits\" | \"parties\" | \"consistency\"")]
    screen: &'static str,
    target: String,
}

/// A fault of the certificate's draft.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct FaultDto {
    id: String,
    title: BilingualDto,
    why: String,
    mend: String,
    grounds: GroundsDto,
    quotes: Vec<String>,
    accepted: Option<AcceptedDto>,
}

/// Why a fault was taken on.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct AcceptedDto {
    given: String,
    reason: String,
}

/// How the papers of a dossier stand today.
#[tauri::command(async)]
pub(crate) fn consistency(
    session: State<'_, Session>,
    dossier: DossierId,
) -> Answer<ConsistencyDto> {
    session.with(|workspace| {
        let (dossier, _) = workspace.dossier(&dossier)?;
        let pack = workspace.pack_of(&dossier)?;
        let checks = workspace.consistency(&dossier, today())?;
        let faults = workspace.draft_faults(&dossier)?;
        Ok(ConsistencyDto {
            day: today().to_string(),
            checks: checks.iter().map(|check| check_dto(pack, &dossier, check)).collect(),
            faults: faults.into_iter().map(|fault| fault_dto(pack, &dossier, fault)).collect(),
            drafted: !dossier.certificate.text.is_empty(),
        })
    })
}

/// Takes a fault of the draft on knowingly; a blank reason takes that back.
#[tauri::command(async)]
pub(crate) fn accept_fault(
    session: State<'_, Session>,
    dossier: DossierId,
    fault: String,
    reason: String,
) -> Answer<()> {
    session.with(|workspace| Ok(workspace.accept_fault(&dossier, &fault, &reason, today())?))
}

/// What stands behind something, in words.
pub(crate) fn grounds(pack: &Pack, kind: BasisKind, mark: Mark, sources: &[String]) -> GroundsDto {
    let source = |id: &String| SourceDto {
        id: id.clone(),
        text: pack.sources.get(id).cloned().unwrap_or_default(),
    };
    GroundsDto {
        basis_kind: kind.word(),
        basis_label: pack.say(&format!("basis-kind.{}", kind.word())).en,
        mark: mark.word(),
        mark_label: pack.say(&format!("mark.{}", mark.word())).en,
        sources: sources.iter().map(source).collect(),
    }
}

fn check_dto(pack: &Pack, dossier: &Dossier, outcome: &Outcome<'_>) -> CheckDto {
    let Outcome { rule, standing, discords } = outcome;
    let say = |part: &str| pack.say(&format!("check.{}.{part}", rule.id));
    let discord = |discord: &consistency::Discord| {
        let (screen, target) = place::place(pack, dossier, &discord.place);
        DiscordDto { text: consistency::say(pack, discord).en, screen, target }
    };
    CheckDto {
        id: rule.id.clone(),
        title: say("title").into(),
        standing: standing.word(),
        why: say("why").en,
        mend: say("mend").en,
        grounds: grounds(pack, rule.basis.kind, rule.basis.mark, &rule.basis.sources),
        discords: discords.iter().map(discord).collect(),
    }
}

fn fault_dto(pack: &Pack, dossier: &Dossier, fault: Fault<'_>) -> FaultDto {
    let Fault { rule, quotes } = fault;
    let say = |part: &str| pack.say(&format!("fault.{}.{part}", rule.id));
    let accepted = dossier.accepted_faults.get(&rule.id).map(|accepted| AcceptedDto {
        given: accepted.given.to_string(),
        reason: accepted.reason.clone(),
    });
    FaultDto {
        id: rule.id.clone(),
        title: say("title").into(),
        why: say("why").en,
        mend: say("mend").en,
        grounds: grounds(pack, rule.kind, rule.mark, &rule.sources),
        quotes,
        accepted,
    }
}
