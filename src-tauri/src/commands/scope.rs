//! Commands of the scope screen, and how announcements stand.

use std::path::PathBuf;

use jiff::civil::Date;
use lanthan_api::scope::{Page, Printed};
use lanthan_core::{
    dossier::Dossier,
    id::{DossierId, ItemId, PartyId},
    ledger::GivenFile,
    lookup::{self, Hit},
    pack::{Announcement, BasisKind, Pack, Status},
    scope::{self, Finding, SaidLine, SaidRule, register, say, unknown_since},
};
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::{
    consistency::{GroundsDto, grounds},
    error::Answer,
    shared::{BilingualDto, both},
};
use crate::session::{Session, today};

/// What comes of the scope question.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScopeDto {
    day: String,
    #[ts(type = "\"in-scope\" | \"outside\" | \"not-listed\" | \"unknown\"")]
    verdict: &'static str,
    /// True when no application is needed as far as the pack can say.
    free: bool,
    items: Vec<ScopeItemDto>,
    /// What would be taken over into the situation that is not there yet.
    suggests: Vec<SuggestionDto>,
    register: Vec<AnnouncementDto>,
    status_advice: String,
}

/// What comes of it for one item.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScopeItemDto {
    #[ts(type = "string")]
    id: ItemId,
    name: String,
    #[ts(type = "\"in-scope\" | \"outside\" | \"not-listed\" | \"unknown\"")]
    verdict: &'static str,
    says: BilingualDto,
    advice: BilingualDto,
    matched: Vec<ScopeRuleDto>,
    ruled_out: Vec<ScopeRuleDto>,
    open: Vec<BilingualDto>,
    notes: Vec<BilingualDto>,
    /// What was typed of the contents and not understood.
    unread: Vec<String>,
}

/// A rule that holds, or does not for one reason.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ScopeRuleDto {
    id: String,
    says: BilingualDto,
    because: BilingualDto,
    grounds: GroundsDto,
    lines: Vec<ScopeLineDto>,
}

/// A line of the tables that is met.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ScopeLineDto {
    code: String,
    name: BilingualDto,
    announcement: String,
    status: StatusDto,
}

/// How an announcement stands.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct StatusDto {
    #[ts(type = "\"pending\" | \"in-force\" | \"suspended\" | \"unknown\" | \"ended\"")]
    word: &'static str,
    label: String,
}

/// An announcement, and how it stands today.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnnouncementDto {
    id: String,
    name: BilingualDto,
    status: StatusDto,
    from: String,
    verified_on: String,
    mark: &'static str,
    mark_label: String,
}

/// An answer that follows for the situation.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct SuggestionDto {
    label: String,
    now: String,
    then: String,
}

/// Goods in the tables.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GoodsDto {
    code: String,
    name: BilingualDto,
    announcement: String,
    status: StatusDto,
    hs: Vec<String>,
    hs_practice: Vec<String>,
    grounds: GroundsDto,
}

/// Announcements of which nobody knows how they stand, since one day.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct UnknownSinceDto {
    day: String,
    announcements: Vec<String>,
}

/// The page that was written.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PrintedDto {
    folder: String,
    name: String,
    pages: u32,
    #[ts(type = "number")]
    ledger_number: u64,
}

/// What comes of the scope question today.
#[tauri::command(async)]
pub(crate) fn scope(session: State<'_, Session>, dossier: DossierId) -> Answer<ScopeDto> {
    session.with(|workspace| {
        let (dossier, _) = workspace.dossier(&dossier)?;
        let pack = workspace.pack_of(&dossier)?;
        Ok(scope_dto(pack, &dossier, &workspace.scope(&dossier, today())?))
    })
}

/// Takes what follows over into the situation.
#[tauri::command(async)]
pub(crate) fn adopt_scope(session: State<'_, Session>, dossier: DossierId) -> Answer<()> {
    session.with(|workspace| Ok(workspace.adopt_scope(&dossier, today())?))
}

/// Finds goods in the tables of the dossier's pack.
#[tauri::command(async)]
pub(crate) fn goods(
    session: State<'_, Session>,
    dossier: DossierId,
    asked: String,
) -> Answer<Vec<GoodsDto>> {
    session.with(|workspace| {
        let (dossier, _) = workspace.dossier(&dossier)?;
        let pack = workspace.pack_of(&dossier)?;
        let hits = lookup::look_up(&pack.goods, &asked);
        Ok(hits.iter().map(|hit| goods_dto(pack, hit, today())).collect())
    })
}

/// Writes the finding as a page; for the firm's own files without a recipient.
#[tauri::command(async)]
pub(crate) fn print_scope(
    session: State<'_, Session>,
    dossier: DossierId,
    recipient: Option<PartyId>,
    folder: PathBuf,
) -> Answer<PrintedDto> {
    session.with(|workspace| {
        let printed = workspace.print_scope(&dossier, recipient.as_ref(), &folder, today())?;
        let Printed { page: Page { file: GivenFile { name, .. }, pages }, ledger } = printed;
        let folder = folder.display().to_string();
        Ok(PrintedDto { folder, name, pages, ledger_number: ledger.seq })
    })
}

/// What nobody knows today, for the frame of a dossier.
pub(crate) fn unknown(pack: &Pack) -> Vec<UnknownSinceDto> {
    unknown_since(&register(pack, today()))
        .into_iter()
        .map(|(day, announcements)| UnknownSinceDto { day: day.to_string(), announcements })
        .collect()
}

fn scope_dto(pack: &Pack, dossier: &Dossier, findings: &[(ItemId, Finding<'_>)]) -> ScopeDto {
    let verdict = scope::together(findings.iter().map(|(_, finding)| &finding.verdict));
    let item = |(id, finding): &(ItemId, Finding<'_>)| item_dto(pack, dossier, id, finding);
    let register = register(pack, today());
    ScopeDto {
        day: today().to_string(),
        verdict: verdict.word(),
        free: scope::is_free(verdict),
        items: findings.iter().map(item).collect(),
        suggests: suggestions(pack, dossier, findings),
        register: register.iter().map(|one| announcement_dto(pack, one)).collect(),
        status_advice: pack.say("status.advice").en,
    }
}

/// What follows, where the situation says something else.
fn suggestions(
    pack: &Pack,
    dossier: &Dossier,
    findings: &[(ItemId, Finding<'_>)],
) -> Vec<SuggestionDto> {
    let word = |word: &str| match word {
        "" => String::new(),
        word => pack.say(&format!("choice.yes-no.{word}")).en,
    };
    let one = |(key, then): (&str, &str)| {
        let (_, now) = lanthan_core::field::read(dossier, key).ok()?;
        let differs = now.en != then;
        let label = pack.label(key).en;
        differs.then(|| SuggestionDto { label, now: word(&now.en), then: word(then) })
    };
    scope::suggestions(findings).into_iter().filter_map(one).collect()
}

fn item_dto(pack: &Pack, dossier: &Dossier, id: &ItemId, finding: &Finding<'_>) -> ScopeItemDto {
    let said = say(pack, finding);
    let rules =
        |all: &[SaidRule<'_>]| all.iter().map(|one| rule_dto(pack, one)).collect::<Vec<_>>();
    let item = dossier.items.iter().find(|item| item.id == *id);
    ScopeItemDto {
        id: id.clone(),
        name: item.map(|item| item.specification.name.en.clone()).unwrap_or_default(),
        verdict: finding.verdict.word(),
        matched: rules(&said.matched),
        ruled_out: rules(&said.ruled_out),
        says: said.verdict.into(),
        advice: said.advice.into(),
        open: both(said.open),
        notes: both(said.notes),
        unread: finding.facts.measured.unread.clone(),
    }
}

fn rule_dto(pack: &Pack, said: &SaidRule<'_>) -> ScopeRuleDto {
    let basis = &said.rule.basis;
    let line = |line: &SaidLine<'_>| ScopeLineDto {
        code: line.goods.code.clone(),
        name: line.goods.name.clone().into(),
        announcement: scope::number(&line.goods.announcement),
        status: status_dto(pack, line.stands),
    };
    ScopeRuleDto {
        id: said.rule.id.clone(),
        says: said.sentence.clone().into(),
        because: said.because.clone().into(),
        grounds: grounds(pack, basis.kind, basis.mark, &basis.sources),
        lines: said.lines.iter().map(line).collect(),
    }
}

fn status_dto(pack: &Pack, status: Status) -> StatusDto {
    StatusDto { word: status.word(), label: scope::status(pack, status).en }
}

fn announcement_dto(pack: &Pack, (one, status): &(&Announcement, Status)) -> AnnouncementDto {
    AnnouncementDto {
        id: scope::number(&one.id),
        name: pack.say(&format!("announcement.{}", one.id)).into(),
        status: status_dto(pack, *status),
        from: one.from.to_string(),
        verified_on: one.verified_on.to_string(),
        mark: one.mark.word(),
        mark_label: pack.say(&format!("mark.{}", one.mark.word())).en,
    }
}

fn goods_dto(pack: &Pack, hit: &Hit<'_>, day: Date) -> GoodsDto {
    let goods = hit.goods;
    // A pack is whole only when every line's announcement is in it.
    let status = pack.announcement(&goods.announcement).map(|one| one.status(day));
    GoodsDto {
        code: goods.code.clone(),
        name: goods.name.clone().into(),
        announcement: scope::number(&goods.announcement),
        status: status_dto(pack, status.unwrap_or(Status::Pending)),
        hs: goods.hs.clone(),
        hs_practice: goods.hs_practice.clone(),
        grounds: grounds(pack, BasisKind::Announcement, goods.mark, &goods.sources),
    }
}
