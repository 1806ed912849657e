//! Commands that change who may open the vault: a new key for everything, and what it leaves behind.

use lanthan_api::{CopyKeys, JudgedBackup, KdfCost, Recovery, Rekey, Workspace};
use serde::Serialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{error::Answer, shared::teller};
use crate::session::Session;

/// A backup that the vault remembers, and which of today's keys open it; not known when it is out of
/// reach and keys were changed at some time.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackupKeysDto {
    folder: String,
    known: bool,
    passphrase: bool,
    recovery_key: bool,
}

/// Draws a recovery key that opens nothing yet, for somebody who knows the passphrase.
#[tauri::command(async)]
pub(crate) fn draw_recovery_key(session: State<'_, Session>, current: String) -> Answer<String> {
    session.with(|workspace| Ok(workspace.draw_recovery_key(&current)?.to_string()))
}

/// Gives the open vault a new key for everything, reached by a new passphrase and by the recovery key
/// that was drawn for it.
#[tauri::command(async)]
pub(crate) fn rekey_vault(
    app: AppHandle,
    session: State<'_, Session>,
    current: String,
    new: String,
    recovery_key: String,
    job: String,
) -> Answer<()> {
    let progress = session.job(&job, teller(app, job.clone()));
    let key = Workspace::read_recovery_key(&recovery_key)?;
    let wish = Rekey {
        current: &current,
        new_passphrase: Some(&new),
        recovery: Recovery::Replace(&key),
        cost: KdfCost::measured(),
    };
    // Never while a copy is being made, which reads by the keys of before.
    session.beside(progress, |mut progress| {
        session.with(|workspace| Ok(workspace.rekey(&wish, &mut progress)?))
    })
}

/// Which of today's keys open the backups that the vault remembers.
#[tauri::command(async)]
pub(crate) fn backup_keys(session: State<'_, Session>) -> Answer<Vec<BackupKeysDto>> {
    session.with(|workspace| {
        let judged = workspace.judge_backups()?;
        Ok(judged.into_iter().map(BackupKeysDto::from).collect())
    })
}

impl From<JudgedBackup> for BackupKeysDto {
    fn from(JudgedBackup { place, keys }: JudgedBackup) -> Self {
        let opens = |which: fn(CopyKeys) -> bool| keys.is_some_and(which);
        Self {
            folder: place.display().to_string(),
            known: keys.is_some(),
            passphrase: opens(|keys| keys.todays_passphrase),
            recovery_key: opens(|keys| keys.todays_recovery_key),
        }
    }
}
