//! What do the commands do that change who may open a vault?
//!
//! Each says of every backup that the vault remembers or that is named to it which of today's keys open it. Deliberately absent:
//! where passphrases come from (see `passphrase`).

use std::path::{Path, PathBuf};

use lanthan_api::{CopyKeys, JudgedBackup, KdfCost, Recovery, RecoveryKey, Rekey, Workspace};
use serde_json::{Value, json};

use crate::{
    args::{Copies, NewPassphrase, Output, Passphrase, RekeyCall},
    opening,
    output::{self, complain, say, say_json},
    passphrase,
    vault::{Answer, DONE},
};

pub(crate) fn change_passphrase(
    folder: &Path,
    passphrase: &Passphrase,
    new: &NewPassphrase,
    copies: &Copies,
    output: &Output,
) -> Answer {
    let current = passphrase::read(passphrase, false)?;
    let new = passphrase::read_new(new.new_passphrase_file.as_deref())?;
    let mut workspace = opening::to_change(folder, &current)?;
    workspace.change_passphrase(&current, &new, KdfCost::measured())?;
    let judged = judge(&workspace, &copies.backups)?;
    workspace.close()?;
    tell_new_passphrase(folder, &judged, output);
    DONE
}

pub(crate) fn rekey(call: &RekeyCall) -> Answer {
    let RekeyCall { folder, passphrase, new_passphrase_file, recovery_key_file, .. } = call;
    let current = passphrase::read(passphrase, false)?;
    let read_new = |file| passphrase::read_new(Some(file));
    let new = new_passphrase_file.as_deref().map(read_new).transpose()?;
    let read_kept = |file| passphrase::read_recovery_key(Some(file));
    let kept = recovery_key_file.as_deref().map(read_kept).transpose()?;
    let mut workspace = opening::to_change(folder, &current)?;
    let drawn = workspace.draw_recovery_key(&current)?;
    let recovery = kept.as_deref().map_or(Recovery::Replace(&drawn), Recovery::Keep);
    let wish = Rekey {
        current: &current,
        new_passphrase: new.as_deref(),
        recovery,
        cost: KdfCost::measured(),
    };
    workspace.rekey(&wish, &mut output::progress())?;
    let judged = judge(&workspace, &call.copies.backups)?;
    workspace.close()?;
    let shown = folder.display().to_string();
    if call.output.json {
        let key = kept.is_none().then(|| drawn.to_string());
        say_json(&json!({"vault": shown, "recoveryKey": key, "backups": backups_json(&judged)}));
    } else {
        say(&format!("{shown} has a new key for everything"));
    }
    if kept.is_none() {
        if !call.output.json {
            say(&format!("recovery key: {drawn}"));
        }
        complain("Write the new recovery key on paper and destroy the old paper.");
    }
    complain_of_copies(&judged, &call.output);
    complain("Whoever has an old copy and its passphrase can still read that copy.");
    DONE
}

pub(crate) fn replace_recovery_key(
    folder: &Path,
    passphrase: &Passphrase,
    output: &Output,
) -> Answer {
    let passphrase = passphrase::read(passphrase, false)?;
    let mut workspace = opening::to_change(folder, &passphrase)?;
    let recovery = workspace.replace_recovery_key(&passphrase, KdfCost::default())?;
    workspace.close()?;
    tell_key("new recovery key for", folder, &recovery, output);
    DONE
}

pub(crate) fn recover(
    folder: &Path,
    recovery_key_file: Option<&Path>,
    new: &NewPassphrase,
    output: &Output,
) -> Answer {
    let recovery = passphrase::read_recovery_key(recovery_key_file)?;
    let new = passphrase::read_new(new.new_passphrase_file.as_deref())?;
    let opened = Workspace::open_with_recovery_key(folder, &recovery, &new, KdfCost::measured())?;
    let workspace = opening::held(opened);
    let judged = judge(&workspace, &[])?;
    workspace.close()?;
    tell_new_passphrase(folder, &judged, output);
    DONE
}

/// A backup and what was found of it; words when that cannot be said.
type Judged = (String, Result<CopyKeys, String>);

/// Those that are named, and then the others that the vault remembers.
fn judge(workspace: &Workspace, named: &[PathBuf]) -> Result<Vec<Judged>, lanthan_api::Error> {
    let judged = named.iter().map(|folder| {
        let found = match workspace.judge_copy(folder) {
            Ok(Some(keys)) => Ok(keys),
            Ok(None) => Err("it is a backup of another vault".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        (folder.display().to_string(), found)
    });
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let is_named = |place: &Path| named.iter().any(|folder| whole(folder) == place);
    let remembered = workspace.judge_backups()?.into_iter().filter(|one| !is_named(&one.place));
    let remembered = remembered.map(|JudgedBackup { place, keys }| {
        let unknown = || "it is out of reach; what was valid when it was made opens it".to_owned();
        (place.display().to_string(), keys.ok_or_else(unknown))
    });
    Ok(judged.chain(remembered).collect())
}

fn backups_json(judged: &[Judged]) -> Vec<Value> {
    let one = |(folder, found): &Judged| match found {
        Ok(keys) => json!({
            "folder": folder,
            "passphrase": keys.todays_passphrase,
            "recoveryKey": keys.todays_recovery_key,
            "vaultKey": keys.todays_vault_key,
            "unknown": null,
        }),
        Err(why) => json!({
            "folder": folder, "passphrase": null, "recoveryKey": null, "vaultKey": null,
            "unknown": why,
        }),
    };
    judged.iter().map(one).collect()
}

fn complain_of_copies(judged: &[Judged], output: &Output) {
    for (folder, found) in judged {
        let which = |todays| if todays { "today's" } else { "an earlier" };
        match found {
            Ok(keys) if !output.json => say(&format!(
                "{folder} opens with {} passphrase and {} recovery key",
                which(keys.todays_passphrase),
                which(keys.todays_recovery_key)
            )),
            Ok(_) => {}
            Err(why) => complain(&format!("{folder}: {why}")),
        }
    }
    if judged.is_empty() {
        complain("Backups that were made before still open with the old passphrase.");
    } else if !judged.iter().all(|(_, found)| found.as_ref().is_ok_and(|k| k.todays_passphrase)) {
        complain("The old passphrase still opens backups: bring them up to now, or destroy them.");
    }
}

pub(crate) fn tell_key(done: &str, folder: &Path, recovery: &RecoveryKey, output: &Output) {
    let shown = folder.display().to_string();
    if output.json {
        say_json(&json!({"vault": shown, "recoveryKey": recovery.to_string()}));
        return;
    }
    say(&format!("{done} {shown}"));
    say(&format!("recovery key: {recovery}"));
    complain("Write the recovery key on paper and keep it away from the laptop.");
    complain("Without passphrase and recovery key nobody can open the vault again.");
}

fn tell_new_passphrase(folder: &Path, judged: &[Judged], output: &Output) {
    let shown = folder.display().to_string();
    if output.json {
        say_json(&json!({"vault": shown, "backups": backups_json(judged)}));
    } else {
        say(&format!("{shown} has the new passphrase"));
    }
    complain_of_copies(judged, output);
}
