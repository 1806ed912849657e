//! Commands of the first screen: open, create and lock a vault; the system's dialogs.

use std::path::{Path, PathBuf};

use lanthan_api::{KdfCost, Workspace};
use serde::Serialize;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;

use super::error::Answer;
use crate::{
    memory,
    session::{Session, today},
};

/// How things stand when the window opens.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StartDto {
    open: Option<OpenVaultDto>,
    recent: Vec<String>,
    suggested_folder: String,
    version: &'static str,
    day: String,
}

/// The open vault.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct OpenVaultDto {
    name: String,
    folder: String,
}

impl From<&Path> for OpenVaultDto {
    fn from(folder: &Path) -> Self {
        let name = folder.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self { name, folder: folder.display().to_string() }
    }
}

/// Says how things stand.
#[tauri::command(async)]
pub(crate) fn start(session: State<'_, Session>) -> StartDto {
    let shown = |path: PathBuf| path.display().to_string();
    StartDto {
        open: session.open_vault().as_deref().map(OpenVaultDto::from),
        recent: memory::recent().into_iter().map(shown).collect(),
        suggested_folder: shown(memory::suggested()),
        version: env!("CARGO_PKG_VERSION"),
        day: today().to_string(),
    }
}

/// Lets the user choose a folder.
#[tauri::command(async)]
pub(crate) fn pick_folder(app: AppHandle) -> Option<String> {
    Some(app.dialog().file().blocking_pick_folder()?.to_string())
}

/// Lets the user choose files.
#[tauri::command(async)]
pub(crate) fn pick_files(app: AppHandle) -> Vec<String> {
    let endings = [
        "jpg", "jpeg", "png", "webp", "tif", "tiff", "bmp", "gif", "pdf", "mp4", "m4v", "mov",
        "docx", "xlsx", "pptx",
    ];
    let dialog = app.dialog().file().add_filter("JPEG, PNG, TIFF, PDF, MP4, Office …", &endings);
    let files = dialog.blocking_pick_files().unwrap_or_default();
    files.into_iter().map(|file| file.to_string()).collect()
}

/// Creates a vault, opens it and answers its recovery key.
#[tauri::command(async)]
pub(crate) fn create_vault(
    session: State<'_, Session>,
    folder: PathBuf,
    passphrase: String,
) -> Answer<String> {
    let (workspace, recovery) = Workspace::create(&folder, &passphrase, KdfCost::measured())?;
    session.hold(workspace)?;
    memory::remember(&folder);
    Ok(recovery.to_string())
}

/// Opens a vault; to look at it only when another program has it open or it cannot be written.
#[tauri::command(async)]
pub(crate) fn open_vault(
    session: State<'_, Session>,
    folder: PathBuf,
    passphrase: String,
) -> Answer<OpenVaultDto> {
    session.lock()?;
    session.hold(Workspace::open_or_look(&folder, &passphrase, &memory::scratch(&folder))?)?;
    memory::remember(&folder);
    Ok(OpenVaultDto::from(folder.as_path()))
}

/// Closes the window; the vault is closed with it.
#[tauri::command(async)]
pub(crate) fn close_window(window: tauri::Window) {
    // A window that is gone already needs no closing.
    let _ = window.destroy();
}

/// Closes the vault.
#[tauri::command(async)]
pub(crate) fn lock_vault(session: State<'_, Session>) -> Answer<()> {
    session.lock()
}
