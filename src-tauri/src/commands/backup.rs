//! Commands on backups: by hand and by the plan, what is known of them, that they work, and the way back.
//!
//! Each goes on beside the open vault, which can be used meanwhile. Deliberately absent: the clock that
//! makes them by itself (see `schedule`).

use std::path::PathBuf;

use lanthan_api::{
    Step, Workspace,
    backup::{Backing, BackupPlan, BackupRow, Copied, Rehearsal, Rhythm, Standing, longest_days},
};
use serde::Serialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{
    error::{Answer, CommandError, code},
    shared::teller,
    vault::{CheckedDto, DamagedDto, ElsewhereDto, StrayDto, damaged_of, elsewhere_of, strays_of},
};
use crate::{
    memory,
    schedule::Schedule,
    session::{Session, now, today},
};

/// How the open vault is looked after.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CareDto {
    /// When the last backup was made, such as `2026-11-25T14:02:00`.
    last_backup: Option<String>,
    /// Where it lies.
    folder: Option<String>,
    /// True when it is so old that the user is to be warned.
    is_old: bool,
    /// After how many days it is.
    most_days: u16,
    plan: BackupPlanDto,
    /// True while a backup is being made by the plan.
    is_running: bool,
    /// Why the last one by the plan could not be made.
    failure: Option<CommandError>,
    read_only: bool,
    /// The kind of network share that it lies on.
    share: Option<String>,
    elsewhere: Option<ElsewhereDto>,
    strays: Vec<StrayDto>,
}

/// Where backups go by themselves, how often, and how many stay.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackupPlanDto {
    folder: Option<String>,
    every_days: u16,
    keep: u8,
}

/// A backup that the vault knows.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackupRowDto {
    folder: String,
    made: String,
    by_plan: bool,
    #[ts(type = "number")]
    dossiers: u64,
    #[ts(type = "number")]
    objects: u64,
    #[ts(type = "number")]
    size_bytes: u64,
    #[ts(type = "number")]
    damaged: u64,
    /// When it was last rehearsed.
    rehearsed: Option<String>,
    /// Whether it worked then.
    works: Option<bool>,
    standing: StandingDto,
}

/// How a backup stands now.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StandingDto {
    There,
    OtherPassphrase,
    Missing,
    Unreadable,
}

/// A copy that was made: a backup, or a vault that was brought back from one.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackupDto {
    folder: String,
    #[ts(type = "number")]
    dossiers: u64,
    #[ts(type = "number")]
    objects: u64,
    #[ts(type = "number")]
    new_objects: u64,
    #[ts(type = "number")]
    new_bytes: u64,
    damaged: Vec<DamagedDto>,
    /// How many earlier ones the plan removed.
    removed: usize,
}

/// What the rehearsal of a backup found.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RehearsalDto {
    #[ts(type = "number")]
    dossiers: u64,
    #[ts(type = "number")]
    objects: u64,
    works: bool,
    is_current: bool,
    is_as_made: bool,
    checked: CheckedDto,
}

/// How the open vault is looked after.
#[tauri::command(async)]
pub(crate) fn vault_care(
    session: State<'_, Session>,
    schedule: State<'_, Schedule>,
) -> Answer<CareDto> {
    let mut care = session.with(|open| {
        let last = open.backups()?.rows.into_iter().next();
        let plan = open.backup_plan()?;
        let folder = open.folder();
        Ok(CareDto {
            last_backup: last.as_ref().map(|row| row.made.to_string()),
            folder: last.map(|row| row.place.display().to_string()),
            is_old: open.is_backup_old(today())?,
            most_days: longest_days(plan.rhythm),
            plan: plan.into(),
            is_running: false,
            failure: None,
            read_only: open.is_read_only(),
            share: Workspace::network_share(folder),
            elsewhere: elsewhere_of(open.elsewhere().clone()),
            strays: strays_of(Workspace::strays(folder)?),
        })
    })?;
    (care.is_running, care.failure) = (schedule.is_running(), schedule.failure());
    Ok(care)
}

/// Lists the backups that the open vault knows. Their media are looked at, but not the vault meanwhile.
#[tauri::command(async)]
pub(crate) fn backups(session: State<'_, Session>) -> Answer<Vec<BackupRowDto>> {
    let register = session.with(|workspace| Ok(workspace.backups()?))?;
    let dto = |row: &BackupRow| BackupRowDto {
        folder: row.place.display().to_string(),
        made: row.made.to_string(),
        by_plan: row.planned,
        dossiers: row.contents.dossiers,
        objects: row.contents.objects,
        size_bytes: row.size_bytes,
        damaged: row.damaged,
        rehearsed: row.rehearsed.map(|(when, _)| when.to_string()),
        works: row.rehearsed.map(|(_, works)| works),
        standing: register.standing(row).into(),
    };
    Ok(register.rows.iter().map(dto).collect())
}

/// Replaces the plan.
#[tauri::command(async)]
pub(crate) fn set_backup_plan(
    session: State<'_, Session>,
    schedule: State<'_, Schedule>,
    folder: Option<PathBuf>,
    every_days: u16,
    keep: u8,
) -> Answer<()> {
    let rhythm = Rhythm::new(every_days, keep).ok_or_else(|| code("bad-rhythm"))?;
    session.with(|workspace| Ok(workspace.set_backup_plan(&BackupPlan { folder, rhythm })?))?;
    schedule.look_soon();
    Ok(())
}

/// Makes the next backup of the plan, whether it is due or not.
#[tauri::command(async)]
pub(crate) fn back_up_now(
    app: AppHandle,
    session: State<'_, Session>,
    schedule: State<'_, Schedule>,
    job: String,
) -> Answer<BackupDto> {
    let progress = session.job(&job, teller(app, job.clone()));
    let copied = backed_up(&session, progress, |open| Ok(open.begin_planned_backup(now())?))?;
    schedule.went_well();
    Ok(copied.into())
}

/// Copies the open vault to a folder or into it.
#[tauri::command(async)]
pub(crate) fn backup_vault(
    app: AppHandle,
    session: State<'_, Session>,
    folder: PathBuf,
    job: String,
) -> Answer<BackupDto> {
    let progress = session.job(&job, teller(app, job.clone()));
    let copied = backed_up(&session, progress, |open| {
        let place = open.backup_place(&folder);
        Ok(open.begin_backup(&place, now())?)
    })?;
    Ok(copied.into())
}

/// Begins a backup with the open vault, goes on beside it, and notes it there.
pub(crate) fn backed_up(
    session: &Session,
    progress: impl FnMut(Step) -> std::ops::ControlFlow<()>,
    begin: impl FnOnce(&mut Workspace) -> Answer<Backing>,
) -> Answer<Copied> {
    session.beside(progress, |progress| {
        let locked = || code("vault-locked");
        let made = session.quietly(begin).ok_or_else(locked)??.finish(progress)?;
        Ok(session.quietly(|open| open.note_backup(made)).ok_or_else(locked)??)
    })
}

/// Opens a backup of the open vault as on the day it is needed, and reads all of it.
#[tauri::command(async)]
pub(crate) fn rehearse_backup(
    app: AppHandle,
    session: State<'_, Session>,
    folder: PathBuf,
    passphrase: String,
    job: String,
) -> Answer<RehearsalDto> {
    let progress = session.job(&job, teller(app, job.clone()));
    session.beside(progress, |mut progress| {
        let (place, scratch) = session
            .with(|open| Ok((open.backup_place(&folder), memory::scratch(open.folder()))))?;
        let read = Workspace::read_backup(&place, &passphrase, &scratch, &mut progress)?;
        let found = session.with(|open| Ok(open.note_rehearsal(&place, now(), read)?))?;
        Ok(RehearsalDto::from(found))
    })
}

/// Brings a vault back from a backup into a folder that does not exist yet. Needs no open vault.
#[tauri::command(async)]
pub(crate) fn restore_backup(
    app: AppHandle,
    session: State<'_, Session>,
    backup: PathBuf,
    passphrase: String,
    folder: PathBuf,
    job: String,
) -> Answer<BackupDto> {
    let progress = session.job(&job, teller(app, job.clone()));
    session.beside(progress, |mut progress| {
        let scratch = memory::scratch(&folder);
        let copied = Workspace::restore(&backup, &passphrase, &folder, &scratch, &mut progress)?;
        memory::remember(&folder);
        Ok(copied.into())
    })
}

/// Takes a backup off the list; its folder stays as it is.
#[tauri::command(async)]
pub(crate) fn forget_backup(session: State<'_, Session>, folder: PathBuf) -> Answer<()> {
    session.with(|workspace| Ok(workspace.forget_backup(&folder).map(|_| ())?))
}

impl From<BackupPlan> for BackupPlanDto {
    fn from(BackupPlan { folder, rhythm }: BackupPlan) -> Self {
        Self {
            folder: folder.map(|folder| folder.display().to_string()),
            every_days: rhythm.every_days(),
            keep: rhythm.keep(),
        }
    }
}

impl From<Standing> for StandingDto {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::There => Self::There,
            Standing::OtherPassphrase => Self::OtherPassphrase,
            Standing::Missing => Self::Missing,
            Standing::Unreadable => Self::Unreadable,
        }
    }
}

impl From<Copied> for BackupDto {
    fn from(copied: Copied) -> Self {
        let Copied {
            place,
            contents,
            size_bytes: _,
            new_objects,
            new_bytes,
            damaged,
            ledger: _,
            removed,
        } = copied;
        Self {
            folder: place.display().to_string(),
            dossiers: contents.dossiers,
            objects: contents.objects,
            new_objects,
            new_bytes,
            damaged: damaged_of(damaged),
            removed: removed.len(),
        }
    }
}

impl From<Rehearsal> for RehearsalDto {
    fn from(found: Rehearsal) -> Self {
        let Rehearsal { contents, is_current, is_as_made, works, checked } = found;
        Self {
            dossiers: contents.dossiers,
            objects: contents.objects,
            works,
            is_current,
            is_as_made,
            checked: checked.into(),
        }
    }
}
