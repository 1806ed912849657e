//! Commands of the checklist screen.

use jiff::civil::Date;
use lanthan_api::texts::Texts;
use lanthan_core::{
    checklist::{Checklist, Lack, Line, State as Progress},
    dossier::{Answer as Given, Dossier, Request, Said},
    id::{DossierId, ExhibitId, RequirementId},
    pack::Pack,
    questionnaire::AskedBy,
};
use serde::{Deserialize, Serialize};
use tauri::State;
use ts_rs::TS;

use super::{error::Answer, shared::BilingualDto};
use crate::session::{Session, today};

/// A dossier's checklist.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ChecklistDto {
    day: String,
    sections: Vec<SectionDto>,
    ready: usize,
    weak: usize,
    missing: usize,
    total: usize,
}

/// A section of it.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct SectionDto {
    letter: String,
    title: String,
    lines: Vec<LineDto>,
}

/// One requirement with everything that the window says of it.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LineDto {
    #[ts(type = "string")]
    id: RequirementId,
    title: BilingualDto,
    #[ts(type = "\"not-applicable\" | \"missing\" | \"weak\" | \"ready\" | \"missing-because\"")]
    state: &'static str,
    demand: &'static str,
    demand_label: String,
    tier: &'static str,
    tier_label: String,
    risk: &'static str,
    risk_label: String,
    who: Vec<String>,
    basis_kind: &'static str,
    basis_label: String,
    basis_text: String,
    mark: &'static str,
    mark_label: String,
    sources: Vec<SourceDto>,
    shows: String,
    least: String,
    gives_away: String,
    because: Option<String>,
    lacks: Vec<LackDto>,
    keys: Vec<String>,
    forms: Vec<String>,
    wants_exhibits: u32,
    #[ts(type = "string[]")]
    exhibits: Vec<ExhibitId>,
    wants_declaration: bool,
    answer: Option<AnswerDto>,
    request: Option<RequestDto>,
    statement: Option<String>,
    asked: Option<AskedDto>,
}

/// Who asked for a point that no pack has.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AskedDto {
    by: String,
    day: String,
    #[ts(type = "string | null")]
    like: Option<RequirementId>,
    like_title: Option<BilingualDto>,
    like_basis_kind: Option<&'static str>,
    like_basis_label: Option<String>,
    like_basis_text: Option<String>,
}

/// A source of the pack.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct SourceDto {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// What keeps a requirement from being ready.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct LackDto {
    code: &'static str,
    text: String,
}

/// An answer by word.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct AnswerDto {
    #[ts(type = "\"declared\" | \"missing-because\"")]
    kind: &'static str,
    text: String,
    given: String,
}

/// A written request of the supplier.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct RequestDto {
    day: String,
    quote: String,
}

/// What the window says of a requirement.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AnswerKind {
    Declared,
    MissingBecause,
    None,
}

/// The checklist of a dossier, today.
#[tauri::command(async)]
pub(crate) fn checklist(session: State<'_, Session>, dossier: DossierId) -> Answer<ChecklistDto> {
    session.with(|workspace| {
        let (dossier, _) = workspace.dossier(&dossier)?;
        let list = workspace.checklist(&dossier, today())?;
        Ok(list_dto(workspace.pack_of(&dossier)?, &dossier, &list))
    })
}

/// Answers a requirement by word.
#[tauri::command(async)]
pub(crate) fn answer(
    session: State<'_, Session>,
    dossier: DossierId,
    requirement: RequirementId,
    kind: AnswerKind,
    text: String,
) -> Answer<()> {
    let said = match kind {
        AnswerKind::Declared => Some(Said::Declared(text)),
        AnswerKind::MissingBecause => Some(Said::MissingBecause(text)),
        AnswerKind::None => None,
    };
    session.with(|workspace| Ok(workspace.answer(&dossier, &requirement, said, today())?))
}

/// Notes a written request of the supplier.
#[tauri::command(async)]
pub(crate) fn request(
    session: State<'_, Session>,
    dossier: DossierId,
    requirement: RequirementId,
    quote: String,
    day: Date,
) -> Answer<()> {
    session.with(|workspace| Ok(workspace.request(&dossier, &requirement, &quote, day, today())?))
}

fn list_dto(pack: &Pack, dossier: &Dossier, list: &Checklist<'_>) -> ChecklistDto {
    let texts = Texts::english();
    let mut sections: Vec<SectionDto> = Vec::new();
    for line in &list.lines {
        let letter = &line.requirement.section;
        if sections.last().is_none_or(|section| section.letter != *letter) {
            let title = pack.say(&format!("section.{letter}")).en;
            sections.push(SectionDto { letter: letter.clone(), title, lines: Vec::new() });
        }
        if let Some(section) = sections.last_mut() {
            section.lines.push(line_dto(pack, dossier, &texts, line));
        }
    }
    ChecklistDto {
        day: list.day.to_string(),
        sections,
        ready: list.count(Progress::Ready),
        weak: list.count(Progress::Weak),
        missing: list.count(Progress::Missing),
        total: list.lines.len() - list.count(Progress::NotApplicable),
    }
}

fn line_dto(pack: &Pack, dossier: &Dossier, texts: &Texts, line: &Line<'_>) -> LineDto {
    let requirement = line.requirement;
    let id = &requirement.id;
    let say = |key: String| pack.say(&key).en;
    let own = |part: &str| say(format!("requirement.{id}.{part}"));
    let basis = &requirement.basis;
    let source = |id: &String| SourceDto {
        id: id.clone(),
        text: pack.sources.get(id).cloned().unwrap_or_default(),
    };
    let statement = pack.statements.iter().find(|s| s.requirement.as_ref() == Some(id));
    LineDto {
        id: id.clone(),
        title: pack.say(&format!("requirement.{id}.title")).into(),
        state: line.state.word(),
        demand: requirement.demand.word(),
        demand_label: say(format!("demand.{}", requirement.demand.word())),
        tier: requirement.tier.word(),
        tier_label: say(format!("tier.{}", requirement.tier.word())),
        risk: requirement.risk.word(),
        risk_label: say(format!("risk.{}", requirement.risk.word())),
        who: requirement.who.iter().map(|role| say(format!("role.{}", role.word()))).collect(),
        basis_kind: basis.kind.word(),
        basis_label: say(format!("basis-kind.{}", basis.kind.word())),
        basis_text: own("basis"),
        mark: basis.mark.word(),
        mark_label: say(format!("mark.{}", basis.mark.word())),
        sources: basis.sources.iter().map(source).collect(),
        shows: own("shows"),
        least: own("least"),
        gives_away: own("gives-away"),
        because: lanthan_api::say_because(pack, line).map(|text| text.en),
        lacks: line.lacks.iter().map(|lack| lack_dto(pack, texts, lack)).collect(),
        keys: line.keys.clone(),
        forms: requirement.forms.iter().map(|form| say(format!("form.{form}"))).collect(),
        wants_exhibits: requirement.needs.exhibits,
        exhibits: line.exhibits.clone(),
        wants_declaration: requirement.needs.declared || line.lacks.contains(&Lack::Declaration),
        answer: dossier.answers.get(id).map(answer_dto),
        request: dossier.requests.get(id).map(|Request { day, quote }| RequestDto {
            day: day.to_string(),
            quote: quote.clone(),
        }),
        statement: statement.map(|statement| statement.id.to_string()),
        asked: requirement.asked.as_ref().map(|asked| asked_dto(pack, asked)),
    }
}

fn asked_dto(pack: &Pack, asked: &AskedBy) -> AskedDto {
    let like = asked.like.as_ref().and_then(|id| pack.requirement(id));
    let say = |id: &RequirementId, part: &str| pack.say(&format!("requirement.{id}.{part}"));
    let kind = like.map(|like| like.basis.kind.word());
    AskedDto {
        by: asked.by.clone(),
        day: asked.day.to_string(),
        like: asked.like.clone(),
        like_title: like.map(|like| say(&like.id, "title").into()),
        like_basis_kind: kind,
        like_basis_label: kind.map(|kind| pack.say(&format!("basis-kind.{kind}")).en),
        like_basis_text: like.map(|like| say(&like.id, "basis").en),
    }
}

fn lack_dto(pack: &Pack, texts: &Texts, lack: &Lack) -> LackDto {
    let code = lack.word();
    let value = match lack {
        Lack::Field(key) | Lack::Language(key) | Lack::Wording(key) => pack.label(key).en,
        Lack::Exhibits(more) | Lack::Cleared(more) => more.to_string(),
        Lack::Declaration | Lack::Condition => String::new(),
    };
    LackDto { code, text: texts.say(&format!("lack-{code}"), &[("value", &value)]) }
}

fn answer_dto(answer: &Given) -> AnswerDto {
    let (kind, text) = match &answer.said {
        Said::Declared(text) => ("declared", text),
        Said::MissingBecause(text) => ("missing-because", text),
    };
    AnswerDto { kind, text: text.clone(), given: answer.given.to_string() }
}
