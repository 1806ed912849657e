//! Commands of the dialog in which a supplier's list becomes points of a dossier.

use std::path::PathBuf;

use jiff::civil::Date;
use lanthan_api::{
    Error,
    questionnaire::{Encoding, Preview, PreviewLine, Source, say_fault},
    texts::Texts,
};
use lanthan_core::id::{DossierId, RequirementId};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;

use super::error::{Answer, CommandError};
use crate::session::{Session, today};

/// A list that was looked at.
#[derive(Debug, Default, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QuestionnaireDto {
    by: String,
    day: String,
    lines: Vec<AskedLineDto>,
    encoding: Option<&'static str>,
    encodings: Vec<&'static str>,
    sheet: Option<String>,
    unread_sheets: Vec<String>,
    /// What cannot be taken, each a sentence; nothing is taken then.
    faults: Vec<String>,
}

/// A line of it.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct AskedLineDto {
    row: u32,
    text: String,
    #[ts(type = "string | null")]
    like: Option<RequirementId>,
    #[ts(type = "\"clear\" | \"likely\" | \"faint\" | null")]
    confidence: Option<&'static str>,
    known: bool,
}

/// A line that is to be taken.
#[derive(Debug, Deserialize, TS)]
#[ts(export)]
pub(crate) struct TakenLineDto {
    text: String,
    #[ts(type = "string | null")]
    like: Option<RequirementId>,
}

/// Lets the user choose a file with a list.
#[tauri::command(async)]
pub(crate) fn pick_list(app: AppHandle) -> Option<String> {
    let dialog = app.dialog().file().add_filter("XLSX, CSV, TXT", &["xlsx", "csv", "tsv", "txt"]);
    dialog.blocking_pick_file().map(|file| file.to_string())
}

/// Looks at a list: pasted text, or a file.
#[tauri::command(async)]
pub(crate) fn look_at_questionnaire(
    session: State<'_, Session>,
    dossier: DossierId,
    text: String,
    path: Option<PathBuf>,
    encoding: Option<String>,
) -> Answer<QuestionnaireDto> {
    let encoding = encoding.as_deref().and_then(Encoding::of_word);
    let source = path.as_deref().map_or(Source::Text(&text), |path| Source::File(path, encoding));
    session.with(|workspace| match workspace.look_at_questionnaire(&dossier, source) {
        Ok(preview) => Ok(dto(preview)),
        Err(Error::List(faults)) => {
            let texts = Texts::english();
            let faults = faults.iter().map(|fault| say_fault(&texts, fault)).collect();
            Ok(QuestionnaireDto { faults, encoding: encoding.map(Encoding::word), ..blank() })
        }
        Err(error) => Err(CommandError::from(error)),
    })
}

/// Takes lines in; answers how many.
#[tauri::command(async)]
pub(crate) fn take_questionnaire(
    session: State<'_, Session>,
    dossier: DossierId,
    by: String,
    asked_on: Date,
    lines: Vec<TakenLineDto>,
) -> Answer<usize> {
    let lines: Vec<_> = lines.into_iter().map(|line| (line.text, line.like)).collect();
    session.with(|workspace| {
        Ok(workspace.take_questionnaire(&dossier, &by, asked_on, &lines, today())?.len())
    })
}

/// Links an asked point to another point of the rules, or to none.
#[tauri::command(async)]
pub(crate) fn link_asked(
    session: State<'_, Session>,
    dossier: DossierId,
    asked: RequirementId,
    like: Option<RequirementId>,
) -> Answer<()> {
    session.with(|workspace| Ok(workspace.link_asked(&dossier, &asked, like, today())?))
}

/// Takes an asked point out again.
#[tauri::command(async)]
pub(crate) fn drop_asked(
    session: State<'_, Session>,
    dossier: DossierId,
    asked: RequirementId,
) -> Answer<()> {
    session.with(|workspace| Ok(workspace.drop_asked(&dossier, &[asked], today())?))
}

fn blank() -> QuestionnaireDto {
    QuestionnaireDto {
        day: today().to_string(),
        encodings: Encoding::ALL.map(Encoding::word).to_vec(),
        ..QuestionnaireDto::default()
    }
}

fn dto(preview: Preview) -> QuestionnaireDto {
    let Preview { by, lines, encoding, sheet, unread_sheets } = preview;
    let line = |PreviewLine { row, text, nearest, is_known }| {
        let (like, confidence) =
            nearest.map(|near| (near.requirement, near.confidence.word())).unzip();
        AskedLineDto { row, text, like, confidence, known: is_known }
    };
    let lines = lines.into_iter().map(line).collect();
    let encoding = encoding.map(Encoding::word);
    QuestionnaireDto { by, lines, encoding, sheet, unread_sheets, ..blank() }
}
