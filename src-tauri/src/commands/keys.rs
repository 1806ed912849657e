//! Commands that change who may open the vault: a new key for everything, and what it leaves behind.

use lanthan_api::{CopyKeys, KdfCost, Recovery, Rekey, Workspace};
use serde::Serialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{error::Answer, shared::teller};
use crate::session::Session;

/// A backup within reach, and which of today's keys open it.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackupKeysDto {
    folder: String,
    passphrase: bool,
    recovery_key: bool,
    vault_key: bool,
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
        cost: KdfCost::default(),
    };
    // Never while a copy is being made, which reads by the keys of before.
    session.beside(progress, |mut progress| {
        session.with(|workspace| Ok(workspace.rekey(&wish, &mut progress)?))
    })
}

/// Which of today's keys open the backups that are known and within reach.
#[tauri::command(async)]
pub(crate) fn backup_keys(session: State<'_, Session>) -> Answer<Vec<BackupKeysDto>> {
    session.with(|workspace| {
        let known = workspace.backups()?.rows.into_iter();
        // A stick that is not there now cannot be asked.
        let judged = known.filter_map(|backup| {
            let keys = workspace.judge_copy(&backup.place).ok()??;
            let CopyKeys { todays_passphrase, todays_recovery_key, todays_vault_key } = keys;
            Some(BackupKeysDto {
                folder: backup.place.display().to_string(),
                passphrase: todays_passphrase,
                recovery_key: todays_recovery_key,
                vault_key: todays_vault_key,
            })
        });
        Ok(judged.collect())
    })
}
