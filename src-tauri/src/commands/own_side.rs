//! Commands of the own-side questions, whose answers stay in the house.

use lanthan_core::{dossier::Dossier, id::DossierId, pack::Pack};
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::{
    consistency::{GroundsDto, grounds},
    error::Answer,
};
use crate::session::{Session, today};

/// A question with its answer.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct OwnQuestionDto {
    id: String,
    asks: String,
    why: String,
    obstacle: String,
    grounds: GroundsDto,
    answer: Option<OwnAnswerDto>,
}

/// An answer.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct OwnAnswerDto {
    yes: bool,
    reason: String,
    given: String,
}

/// The questions of a dossier.
#[tauri::command(async)]
pub(crate) fn own_side(
    session: State<'_, Session>,
    dossier: DossierId,
) -> Answer<Vec<OwnQuestionDto>> {
    session.with(|workspace| {
        let (dossier, _) = workspace.dossier(&dossier)?;
        Ok(questions(workspace.pack_of(&dossier)?, &dossier))
    })
}

/// Answers a question; `yes` absent takes the answer back.
#[tauri::command(async)]
pub(crate) fn answer_own_side(
    session: State<'_, Session>,
    dossier: DossierId,
    question: String,
    yes: Option<bool>,
    reason: String,
) -> Answer<()> {
    let answer = yes.map(|yes| (yes, reason));
    session.with(|workspace| Ok(workspace.answer_own_side(&dossier, &question, answer, today())?))
}

fn questions(pack: &Pack, dossier: &Dossier) -> Vec<OwnQuestionDto> {
    let dto = |question: &lanthan_core::pack::OwnQuestion| {
        let say = |part: &str| pack.say(&format!("own-side.{}.{part}", question.id)).en;
        let answer = dossier.own_side.get(&question.id).map(|answer| OwnAnswerDto {
            yes: answer.yes,
            reason: answer.reason.clone(),
            given: answer.given.to_string(),
        });
        OwnQuestionDto {
            id: question.id.clone(),
            asks: say("asks"),
            why: say("why"),
            obstacle: say("yes"),
            grounds: grounds(pack, question.kind, question.mark, &question.sources),
            answer,
        }
    };
    pack.own_side.questions.iter().map(dto).collect()
}
