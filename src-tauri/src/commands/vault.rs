//! Commands that look after a vault: check, other keys, and who is at the window.

use std::path::PathBuf;

use lanthan_api::{
    DatabaseDamage, Elsewhere, Holder, KdfCost, Stray, StrayKind, Workspace,
    strength::{Strength, strength},
    vault::{Checked, Damaged, DamagedExhibit},
};
use lanthan_core::id::{DossierId, ExhibitId};
use serde::Serialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{
    error::{Answer, code},
    shared::teller,
    unlock::OpenVaultDto,
};
use crate::{memory, session::Session};

/// What reading every byte of a vault found.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckedDto {
    #[ts(type = "number")]
    objects: u64,
    #[ts(type = "number")]
    size_bytes: u64,
    damaged: Vec<DamagedDto>,
    /// A word; `None` when each page and each row is right.
    database: Option<&'static str>,
    ledger_whole: bool,
    keys_agree: bool,
    strays: Vec<StrayDto>,
    is_whole: bool,
}

/// An original that is not what was stored.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct DamagedDto {
    /// A word: what is wrong with it.
    what: &'static str,
    exhibits: Vec<DamagedExhibitDto>,
}

/// An exhibit whose original is damaged.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DamagedExhibitDto {
    #[ts(type = "string")]
    dossier: DossierId,
    dossier_title: String,
    #[ts(type = "string")]
    exhibit: ExhibitId,
    exhibit_title: String,
}

/// Something in the vault's folder that the vault did not put there.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct StrayDto {
    path: String,
    conflict: bool,
}

/// How hard a passphrase is to guess.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct StrengthDto {
    score: u8,
    accepted: bool,
}

/// Who else has the open vault open, or may have.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ElsewhereDto {
    /// True when a program that may change it held it when it was opened here; false when another
    /// computer left a note and nothing more is known.
    held: bool,
    holder: Option<HolderDto>,
}

/// Who has it open.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct HolderDto {
    /// Name of the computer; may be blank.
    host: String,
    program: String,
    /// Moment as RFC 3339 writes it.
    since: String,
}

/// Opens a vault by its recovery key and gives it another passphrase.
#[tauri::command(async)]
pub(crate) fn open_with_recovery_key(
    session: State<'_, Session>,
    folder: PathBuf,
    recovery_key: String,
    new_passphrase: String,
) -> Answer<OpenVaultDto> {
    session.lock()?;
    let cost = KdfCost::measured();
    let opened = Workspace::open_with_recovery_key(&folder, &recovery_key, &new_passphrase, cost)?;
    session.hold(opened)?;
    memory::remember(&folder);
    Ok(OpenVaultDto::from(folder.as_path()))
}

/// Judges a passphrase.
#[tauri::command(async)]
pub(crate) fn passphrase_strength(passphrase: String) -> StrengthDto {
    let Strength { score, is_accepted } = strength(&passphrase);
    StrengthDto { score, accepted: is_accepted }
}

/// Gives the open vault another passphrase.
#[tauri::command(async)]
pub(crate) fn change_passphrase(
    session: State<'_, Session>,
    current: String,
    new: String,
) -> Answer<()> {
    session
        .with(|workspace| Ok(workspace.change_passphrase(&current, &new, KdfCost::measured())?))
}

/// Gives the open vault another recovery key and answers it.
#[tauri::command(async)]
pub(crate) fn replace_recovery_key(session: State<'_, Session>, current: String) -> Answer<String> {
    let cost = KdfCost::default();
    session.with(|workspace| Ok(workspace.replace_recovery_key(&current, cost)?.to_string()))
}

/// Reads every byte of the open vault.
#[tauri::command(async)]
pub(crate) fn check_vault(
    app: AppHandle,
    session: State<'_, Session>,
    job: String,
) -> Answer<CheckedDto> {
    let mut progress = session.job(&job, teller(app, job.clone()));
    let checked = session.with(|workspace| Ok(workspace.check(&mut progress)?))?;
    Ok(CheckedDto::from(checked))
}

/// What lies in the open vault's folder and does not belong there.
#[tauri::command(async)]
pub(crate) fn strays(session: State<'_, Session>) -> Answer<Vec<StrayDto>> {
    let folder = session.open_vault().ok_or_else(|| code("vault-locked"))?;
    Ok(strays_of(Workspace::strays(&folder)?))
}

/// Somebody is at the window: the vault stays open.
#[tauri::command(async)]
pub(crate) fn touch(session: State<'_, Session>) {
    session.touch();
}

pub(super) fn elsewhere_of(elsewhere: Elsewhere) -> Option<ElsewhereDto> {
    let dto = |Holder { host, program, since }: Holder| HolderDto {
        host,
        program,
        since: since.to_string(),
    };
    match elsewhere {
        Elsewhere::Nobody => None,
        Elsewhere::Held(holder) => Some(ElsewhereDto { held: true, holder: holder.map(dto) }),
        Elsewhere::LeftOpen(holder) => {
            Some(ElsewhereDto { held: false, holder: Some(dto(holder)) })
        }
    }
}

pub(super) fn strays_of(strays: Vec<Stray>) -> Vec<StrayDto> {
    let dto = |Stray { path, kind }: Stray| StrayDto {
        path: path.display().to_string(),
        conflict: kind == StrayKind::ConflictCopy,
    };
    strays.into_iter().map(dto).collect()
}

pub(super) fn damaged_of(damaged: Vec<Damaged>) -> Vec<DamagedDto> {
    damaged.into_iter().map(DamagedDto::from).collect()
}

impl From<Checked> for CheckedDto {
    fn from(checked: Checked) -> Self {
        let Checked {
            objects,
            size_bytes,
            damaged,
            database,
            ledger,
            keys_agree,
            strays,
            is_whole,
        } = checked;
        Self {
            objects,
            size_bytes,
            damaged: damaged_of(damaged),
            database: database.map(DatabaseDamage::word),
            ledger_whole: ledger.is_some(),
            keys_agree,
            strays: strays_of(strays),
            is_whole,
        }
    }
}

impl From<Damaged> for DamagedDto {
    fn from(Damaged { object: _, what, exhibits }: Damaged) -> Self {
        let exhibit = |place: DamagedExhibit| {
            let DamagedExhibit { dossier, dossier_title, exhibit, exhibit_title } = place;
            DamagedExhibitDto { dossier, dossier_title, exhibit, exhibit_title: exhibit_title.en }
        };
        Self { what: what.word(), exhibits: exhibits.into_iter().map(exhibit).collect() }
    }
}
