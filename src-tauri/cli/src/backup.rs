//! What does each command on backups do? One api function each, then words or JSON.
//!
//! Damage is named and ends with exit code 4. Deliberately absent: a clock that makes backups by itself;
//! `--if-due` is for one of the system.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::{ZonedDateTime, civil::DateTime};
use lanthan_api::backup::{BackupPlan, BackupRow, Copied, Rehearsal, Rhythm, Standing};
use serde_json::{Value, json};

use crate::{
    args::{Output, Passphrase},
    commands::{Answer, DONE},
    opening,
    output::{self, Failure, say, say_json},
    passphrase, place,
    vault::{checked_json, complain_of, complain_of_damage, damaged_json, ending, ledger_json},
};

/// Makes a backup.
#[derive(Debug, Args)]
pub(crate) struct BackupCall {
    /// The vault's folder
    folder: PathBuf,
    /// A folder that does not exist yet, or an earlier backup of the same vault; by the plan when left
    /// out
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Do nothing unless the plan asks for a backup today
    #[arg(long, conflicts_with = "out")]
    if_due: bool,
    /// Open the copy with the passphrase afterwards and read it to its last byte
    #[arg(long)]
    rehearse: bool,
    #[command(flatten)]
    passphrase: Passphrase,
    #[command(flatten)]
    output: Output,
}

/// Lists the backups.
#[derive(Debug, Args)]
pub(crate) struct BackupsCall {
    /// The vault's folder
    folder: PathBuf,
    /// Take this backup off the list; its folder stays as it is
    #[arg(long, value_name = "FOLDER")]
    forget: Option<PathBuf>,
    #[command(flatten)]
    passphrase: Passphrase,
    #[command(flatten)]
    output: Output,
}

/// Shows or changes the plan.
#[derive(Debug, Args)]
pub(crate) struct PlanCall {
    /// The vault's folder
    folder: PathBuf,
    /// The folder into which backups go
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// Make none by themselves any more
    #[arg(long, conflicts_with = "into")]
    none: bool,
    /// Days from one backup to the next, 1 to 90
    #[arg(long, value_name = "DAYS")]
    every: Option<u16>,
    /// How many backups stay, 1 to 30
    #[arg(long, value_name = "NUMBER")]
    keep: Option<u8>,
    #[command(flatten)]
    passphrase: Passphrase,
    #[command(flatten)]
    output: Output,
}

/// Rehearses a backup.
#[derive(Debug, Args)]
pub(crate) struct RehearseCall {
    /// The vault's folder
    folder: PathBuf,
    /// The backup's folder; the newest that is known when left out
    #[arg(long, value_name = "FOLDER")]
    copy: Option<PathBuf>,
    /// A file whose first line is the passphrase that the backup had, when that was another
    #[arg(long, value_name = "FILE")]
    copy_passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    passphrase: Passphrase,
    #[command(flatten)]
    output: Output,
}

fn now() -> DateTime {
    ZonedDateTime::now().datetime()
}

/// Makes a backup, by the plan or to a folder.
pub(crate) fn make(call: &BackupCall) -> Answer {
    let passphrase = passphrase::read(&call.passphrase, false)?;
    let mut workspace = opening::to_change(&call.folder, &passphrase)?;
    if call.if_due && !workspace.is_backup_due(now().date())? {
        workspace.close()?;
        if call.output.json {
            say_json(&json!({"backup": null}));
        } else {
            say("no backup is due");
        }
        return DONE;
    }
    let mut progress = output::progress();
    let copied = match &call.out {
        Some(out) => workspace.backup(out, now(), &mut progress)?,
        None => workspace.backup_by_plan(now(), &mut progress)?,
    };
    let rehearsal = if call.rehearse {
        let scratch = place::scratch(&call.folder);
        let to = &copied.place;
        Some(workspace.rehearse(to, &passphrase, &scratch, now(), &mut output::progress())?)
    } else {
        None
    };
    workspace.close()?;
    tell_copied("backup", "backed up to", &copied, rehearsal.as_ref(), &call.output);
    let rehearsed = rehearsal.is_none_or(|found| found.is_current && found.works);
    Ok(ending(copied.damaged.is_empty() && rehearsed))
}

/// Lists the backups, or takes one off the list.
pub(crate) fn list(call: &BackupsCall) -> Answer {
    let passphrase = passphrase::read(&call.passphrase, false)?;
    let workspace = match &call.forget {
        Some(place) => {
            let mut workspace = opening::to_change(&call.folder, &passphrase)?;
            if !workspace.forget_backup(place)? {
                return Err(Failure::usage("the vault knows no backup in that folder"));
            }
            workspace
        }
        None => opening::to_look(&call.folder, &passphrase)?,
    };
    let (register, is_old) = (workspace.backups()?, workspace.is_backup_old(now().date())?);
    workspace.close()?;
    if call.output.json {
        let rows: Vec<Value> =
            register.rows.iter().map(|row| row_json(row, register.standing(row))).collect();
        say_json(&json!({"old": is_old, "backups": rows}));
        return DONE;
    }
    for row in &register.rows {
        let said = match row.rehearsed {
            Some((when, true)) => format!("works, {when}"),
            Some((when, false)) => format!("damaged, {when}"),
            None => "not rehearsed".to_owned(),
        };
        let (made, bytes) = (row.made, row.size_bytes);
        let standing = standing_word(register.standing(row));
        say(&format!("{made}  {bytes} bytes  {said}  {standing}  {}", row.place.display()));
    }
    if is_old {
        output::complain("The last backup is old, or there is none: make one.");
    }
    DONE
}

/// Shows the plan, and changes what is given of it.
pub(crate) fn plan(call: &PlanCall) -> Answer {
    let passphrase = passphrase::read(&call.passphrase, false)?;
    let mut workspace = opening::to_change(&call.folder, &passphrase)?;
    let before = workspace.backup_plan()?;
    let every_days = call.every.unwrap_or(before.rhythm.every_days());
    let keep = call.keep.unwrap_or(before.rhythm.keep());
    let rhythm = Rhythm::new(every_days, keep)
        .ok_or_else(|| Failure::usage("--every is 1 to 90 days, --keep is 1 to 30 backups"))?;
    let folder = if call.none { None } else { call.into.clone().or(before.folder.clone()) };
    let plan = BackupPlan { folder, rhythm };
    if plan != before {
        workspace.set_backup_plan(&plan)?;
    }
    let plan = workspace.backup_plan()?;
    let is_due = workspace.is_backup_due(now().date())?;
    workspace.close()?;
    let folder = plan.folder.map(|folder| folder.display().to_string());
    if call.output.json {
        say_json(&json!({
            "folder": folder, "everyDays": every_days, "keep": keep, "due": is_due,
        }));
    } else {
        say(&format!(
            "folder:     {}",
            folder.as_deref().unwrap_or("none; no backup is made by itself")
        ));
        say(&format!("every days: {every_days}"));
        say(&format!("keep:       {keep}"));
        say(&format!("due today:  {}", if is_due { "yes" } else { "no" }));
    }
    DONE
}

/// Rehearses a backup.
pub(crate) fn rehearse(call: &RehearseCall) -> Answer {
    let passphrase = passphrase::read(&call.passphrase, false)?;
    let mut workspace = opening::to_change(&call.folder, &passphrase)?;
    let newest = || Ok(workspace.backups()?.rows.into_iter().next().map(|row| row.place));
    let copy = match &call.copy {
        Some(copy) => Some(copy.clone()),
        None => newest().map_err(Failure::Api)?,
    };
    let copy = copy.ok_or_else(|| Failure::usage("the vault knows no backup: give --copy"))?;
    let theirs = match &call.copy_passphrase_file {
        Some(file) => passphrase::read(&Passphrase { passphrase_file: Some(file.clone()) }, false)?,
        None => passphrase,
    };
    let scratch = place::scratch(&call.folder);
    let mut progress = output::progress();
    let found = workspace.rehearse(&copy, &theirs, &scratch, now(), &mut progress)?;
    workspace.close()?;
    if call.output.json {
        let mut answer = rehearsal_json(&found);
        answer["backup"] = json!(copy.display().to_string());
        say_json(&answer);
    } else {
        let works = if found.works { "works" } else { "does not work" };
        say(&format!("{}: this backup {works}", copy.display()));
        tell_rehearsal(&found);
    }
    complain_of(&found.checked);
    Ok(ending(found.works))
}

/// Says what was copied, and what a rehearsal found.
pub(crate) fn tell_copied(
    role: &str,
    done: &str,
    copied: &Copied,
    rehearsal: Option<&Rehearsal>,
    output: &Output,
) {
    let shown = copied.place.display().to_string();
    let contents = &copied.contents;
    if output.json {
        let mut answer = json!({
            "dossiers": contents.dossiers,
            "objects": contents.objects,
            "sizeBytes": copied.size_bytes,
            "newObjects": copied.new_objects,
            "newBytes": copied.new_bytes,
            "damaged": copied.damaged.iter().map(damaged_json).collect::<Vec<_>>(),
            "ledger": ledger_json(&copied.ledger),
        });
        answer[role] = json!(shown);
        if role == "backup" {
            answer["removed"] = copied.removed.iter().map(|gone| shown_json(gone)).collect();
            answer["rehearsal"] = rehearsal.map_or(Value::Null, rehearsal_json);
        }
        say_json(&answer);
    } else {
        let (dossiers, objects) = (contents.dossiers, contents.objects);
        say(&format!("{done} {shown}: {dossiers} dossiers, {objects} originals"));
        say(&format!("  {} originals written, the others were there", copied.new_objects));
        say(&format!("  ledger line {}  {}", copied.ledger.seq, copied.ledger.hash));
        for gone in &copied.removed {
            say(&format!("  removed {}", gone.display()));
        }
        if let Some(found) = rehearsal {
            tell_rehearsal(found);
        }
    }
    complain_of_damage(&copied.damaged);
    if let Some(found) = rehearsal {
        complain_of(&found.checked);
    }
}

fn tell_rehearsal(found: &Rehearsal) {
    let same = if found.is_current { "the same as the vault" } else { "not the same as the vault" };
    say(&format!("  opened and read to its last byte: {same}"));
    if !found.is_as_made {
        say("  it is not what was written when it was made");
    }
}

fn rehearsal_json(found: &Rehearsal) -> Value {
    let mut answer = checked_json(&found.checked);
    answer["works"] = json!(found.works);
    answer["current"] = json!(found.is_current);
    answer["asMade"] = json!(found.is_as_made);
    answer
}

fn row_json(row: &BackupRow, standing: Standing) -> Value {
    json!({
        "backup": shown_json(&row.place),
        "made": row.made.to_string(),
        "byPlan": row.planned,
        "dossiers": row.contents.dossiers,
        "objects": row.contents.objects,
        "sizeBytes": row.size_bytes,
        "damaged": row.damaged,
        "rehearsed": row.rehearsed.map(|(when, _)| when.to_string()),
        "works": row.rehearsed.map(|(_, works)| works),
        "standing": standing_word(standing),
    })
}

fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::There => "there",
        Standing::OtherPassphrase => "other-passphrase",
        Standing::Missing => "missing",
        Standing::Unreadable => "unreadable",
    }
}

fn shown_json(path: &Path) -> Value {
    json!(path.display().to_string())
}
