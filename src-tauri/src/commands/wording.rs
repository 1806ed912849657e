//! Commands that help with words while they are typed: the grade of a wording, and the glossary.

use lanthan_api::form::Judged;
use lanthan_core::{
    glossary,
    id::DossierId,
    pack::{Grade, Pack, Term},
    text::{Bilingual, Language},
    wording::Hit,
};
use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use super::{error::Answer, shared::BilingualDto};
use crate::session::Session;

/// How a wording is judged.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct JudgedDto {
    #[ts(type = "\"too-vague\" | \"enough\" | \"too-revealing\" | null")]
    grade: Option<&'static str>,
    hits: Vec<HitDto>,
    examples: Vec<ExampleDto>,
}

/// What is wrong with it.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct HitDto {
    #[ts(type = "\"too-vague\" | \"enough\" | \"too-revealing\"")]
    grade: &'static str,
    #[ts(type = "\"en\" | \"zh\"")]
    language: &'static str,
    says: String,
    mend: String,
    words: Vec<String>,
}

/// An example of one grade.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ExampleDto {
    #[ts(type = "\"too-vague\" | \"enough\" | \"too-revealing\"")]
    grade: &'static str,
    label: String,
    text: BilingualDto,
}

/// A term of the glossary.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct TermDto {
    en: String,
    zh: String,
    pinyin: String,
    #[ts(type = "\"legal-text\" | \"trade-usage\"")]
    source: &'static str,
}

/// How what is being typed would be judged; nothing is saved.
#[tauri::command(async)]
pub(crate) fn judge_wording(
    session: State<'_, Session>,
    dossier: DossierId,
    key: String,
    en: String,
    zh: String,
) -> Answer<JudgedDto> {
    session.with(|workspace| {
        let judged = workspace.judge_wording(&dossier, &key, &Bilingual { en, zh })?;
        let (dossier, _) = workspace.dossier(&dossier)?;
        Ok(judged_dto(workspace.pack_of(&dossier)?, judged))
    })
}

/// The terms that somebody means, the best first.
#[tauri::command(async)]
pub(crate) fn glossary(
    session: State<'_, Session>,
    dossier: DossierId,
    asked: String,
) -> Answer<Vec<TermDto>> {
    session.with(|workspace| {
        let (dossier, _) = workspace.dossier(&dossier)?;
        let found = glossary::find(&workspace.pack_of(&dossier)?.glossary, &asked);
        Ok(found.into_iter().map(TermDto::from).collect())
    })
}

impl From<&Term> for TermDto {
    fn from(Term { en, zh, pinyin, source }: &Term) -> Self {
        let source = source.word();
        Self { en: en.clone(), zh: zh.clone(), pinyin: pinyin.clone(), source }
    }
}

fn judged_dto(pack: &Pack, Judged { grade, hits, examples }: Judged) -> JudgedDto {
    let hit = |Hit { rule, grade, language, words }: Hit| HitDto {
        grade: grade.word(),
        language: if language == Language::En { "en" } else { "zh" },
        says: pack.say(&format!("wording.{rule}.says")).en,
        mend: pack.say(&format!("wording.{rule}.mend")).en,
        words,
    };
    let example = |(grade, text): (Grade, Bilingual)| ExampleDto {
        grade: grade.word(),
        label: pack.say(&format!("grade.{}", grade.word())).en,
        text: text.into(),
    };
    JudgedDto {
        grade: grade.map(Grade::word),
        hits: hits.into_iter().map(hit).collect(),
        examples: examples.into_iter().map(example).collect(),
    }
}
