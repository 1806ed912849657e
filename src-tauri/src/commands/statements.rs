//! Commands of the statements screen and of every form.

use lanthan_api::form::{Field, Problem};
use lanthan_core::{
    content::{Block, Row, Statement},
    id::{DossierId, StatementId},
    record::FieldKind,
    text::Bilingual,
};
use serde::{Deserialize, Serialize};
use tauri::State;
use ts_rs::TS;

use super::{
    error::Answer,
    shared::{BilingualDto, both},
};
use crate::session::{Session, today};

/// A field of a form.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct FieldDto {
    key: String,
    label: BilingualDto,
    remark: String,
    #[ts(type = "\"text\" | \"bilingual\" | \"date\" | \"whole\" | \"choice\" | \"yes-no\"")]
    kind: &'static str,
    options: Vec<OptionDto>,
    value: BilingualDto,
    judged: bool,
}

/// A word of a choice.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct OptionDto {
    word: String,
    label: String,
}

/// What was typed into a field.
#[derive(Debug, Deserialize, TS)]
#[ts(export)]
pub(crate) struct EntryDto {
    key: String,
    en: String,
    zh: String,
}

/// An entry that was not taken.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct EntryProblemDto {
    key: String,
    /// A word: what is wrong with it.
    what: &'static str,
    /// The greatest number of characters that is taken.
    most: usize,
}

/// What came of saving.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct SavedDto {
    #[ts(type = "number")]
    revision: u64,
    problems: Vec<EntryProblemDto>,
}

/// A statement as it stands now.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct StatementDto {
    #[ts(type = "string")]
    id: StatementId,
    title: BilingualDto,
    issuer: BilingualDto,
    keys: Vec<String>,
    applies: bool,
    blocks: Vec<BlockDto>,
}

/// One part of a statement.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum BlockDto {
    Heading { text: BilingualDto },
    Text { text: BilingualDto },
    Notice { text: BilingualDto },
    Rows { rows: Vec<RowDto> },
    Signature { rows: Vec<RowDto> },
    Table { head: Vec<BilingualDto>, lines: Vec<Vec<BilingualDto>> },
}

/// A label and its value.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct RowDto {
    label: BilingualDto,
    value: BilingualDto,
    remark: BilingualDto,
}

/// The fields under some keys.
#[tauri::command(async)]
pub(crate) fn form(
    session: State<'_, Session>,
    dossier: DossierId,
    keys: Vec<String>,
) -> Answer<Vec<FieldDto>> {
    session.with(|workspace| {
        let (dossier, _) = workspace.dossier(&dossier)?;
        let pack = workspace.pack_of(&dossier)?;
        let fields = lanthan_api::form::fields(&dossier, pack, &keys)?;
        Ok(fields.into_iter().map(FieldDto::from).collect())
    })
}

/// Saves what was typed.
#[tauri::command(async)]
pub(crate) fn save_fields(
    session: State<'_, Session>,
    dossier: DossierId,
    entries: Vec<EntryDto>,
) -> Answer<SavedDto> {
    let entry = |EntryDto { key, en, zh }: EntryDto| (key, Bilingual { en, zh });
    let entries: Vec<_> = entries.into_iter().map(entry).collect();
    let (revision, problems) =
        session.with(|workspace| Ok(workspace.save_fields(&dossier, &entries, today())?))?;
    let problem = |Problem { key, error }: Problem| {
        let (what, most) = (error.word(), lanthan_core::record::MAX_ENTRY_CHARS);
        EntryProblemDto { key, what, most }
    };
    Ok(SavedDto { revision, problems: problems.into_iter().map(problem).collect() })
}

/// Every statement of the pack, as it would be printed today.
#[tauri::command(async)]
pub(crate) fn statements(
    session: State<'_, Session>,
    dossier: DossierId,
) -> Answer<Vec<StatementDto>> {
    let all = session.with(|workspace| Ok(workspace.statements(&dossier, today())?))?;
    Ok(all
        .into_iter()
        .map(|lanthan_api::statement::Draft { statement, keys, applies }| {
            let Statement { id, title, issuer, blocks } = statement;
            let blocks = blocks.into_iter().map(BlockDto::from).collect();
            StatementDto { id, title: title.into(), issuer: issuer.into(), keys, applies, blocks }
        })
        .collect())
}

impl From<Field> for FieldDto {
    fn from(Field { key, label, remark, kind, options, value, judged }: Field) -> Self {
        let kind = match kind {
            FieldKind::Text => "text",
            FieldKind::Bilingual => "bilingual",
            FieldKind::Date => "date",
            FieldKind::Whole => "whole",
            FieldKind::Choice(_) => "choice",
            FieldKind::YesNo => "yes-no",
        };
        let option = |(word, label): (String, Bilingual)| OptionDto { word, label: label.en };
        Self {
            key,
            label: label.into(),
            remark: remark.en,
            kind,
            options: options.into_iter().map(option).collect(),
            value: value.into(),
            judged,
        }
    }
}

impl From<Block> for BlockDto {
    fn from(block: Block) -> Self {
        let rows = |rows: Vec<Row>| rows.into_iter().map(RowDto::from).collect();
        match block {
            Block::Heading { text } => Self::Heading { text: text.into() },
            Block::Text { text } => Self::Text { text: text.into() },
            Block::Notice { text } => Self::Notice { text: text.into() },
            Block::Rows { rows: all } => Self::Rows { rows: rows(all) },
            Block::Signature { firm: _, rows: all } => Self::Signature { rows: rows(all) },
            Block::Table { head, lines } => {
                Self::Table { head: both(head), lines: lines.into_iter().map(both).collect() }
            }
        }
    }
}

impl From<Row> for RowDto {
    fn from(Row { label, value, remark }: Row) -> Self {
        Self { label: label.into(), value: value.into(), remark: remark.into() }
    }
}
