//! What does each command on a vault do? One api function each, then words or JSON.
//!
//! Damage is named and ends with exit code 4, whatever else was done. Deliberately absent: what a
//! vault contains (see `commands`), and who may open it (see `keys`).

use std::{path::Path, process::ExitCode};

use lanthan_api::{
    DatabaseDamage, KdfCost, LedgerHead, Stray, StrayKind, Workspace,
    texts::Texts,
    vault::{Checked, Damaged, stray_word},
};
use serde_json::{Value, json};

use crate::{
    args::{Output, VaultCommand},
    backup, keys, opening,
    output::{self, Failure, complain, say, say_json},
    passphrase, place,
};

pub(crate) type Answer = Result<ExitCode, Failure>;

pub(crate) const DONE: Answer = Ok(ExitCode::SUCCESS);

/// Does what was typed.
pub(crate) fn run(command: VaultCommand) -> Answer {
    match command {
        VaultCommand::Create { folder, passphrase, output } => {
            let passphrase = passphrase::read(&passphrase, true)?;
            let (workspace, recovery) =
                Workspace::create(&folder, &passphrase, KdfCost::measured())?;
            workspace.close()?;
            keys::tell_key("created", &folder, &recovery, &output);
            DONE
        }
        VaultCommand::Info { folder, output } => info(&folder, &output),
        VaultCommand::Check { folder, passphrase, output } => {
            let passphrase = passphrase::read(&passphrase, false)?;
            let workspace = opening::to_look(&folder, &passphrase)?;
            let checked = workspace.check(&mut output::progress())?;
            workspace.close()?;
            tell_checked(&checked, &output);
            Ok(ending(checked.is_whole))
        }
        VaultCommand::Backup(call) => backup::make(&call),
        VaultCommand::Backups(call) => backup::list(&call),
        VaultCommand::BackupPlan(call) => backup::plan(&call),
        VaultCommand::Rehearse(call) => backup::rehearse(&call),
        VaultCommand::Restore { backup, out, passphrase, output } => {
            let passphrase = passphrase::read(&passphrase, false)?;
            let scratch = place::scratch(&out);
            let mut progress = output::progress();
            let copied = Workspace::restore(&backup, &passphrase, &out, &scratch, &mut progress)?;
            backup::tell_copied("vault", "restored", &copied, None, &output);
            Ok(ending(copied.damaged.is_empty()))
        }
        VaultCommand::ChangePassphrase { folder, passphrase, new, copies, output } => {
            keys::change_passphrase(&folder, &passphrase, &new, &copies, &output)
        }
        VaultCommand::Rekey(call) => keys::rekey(&call),
        VaultCommand::RecoveryKey { folder, passphrase, output } => {
            keys::replace_recovery_key(&folder, &passphrase, &output)
        }
        VaultCommand::Recover { folder, recovery_key_file, new, output } => {
            keys::recover(&folder, recovery_key_file.as_deref(), &new, &output)
        }
    }
}

/// Exit code 4 when something is damaged, 0 otherwise.
pub(crate) fn ending(is_whole: bool) -> ExitCode {
    ExitCode::from(if is_whole { 0 } else { 4 })
}

fn info(folder: &Path, output: &Output) -> Answer {
    let info = Workspace::info(folder)?;
    if output.json {
        say_json(&json!({
            "name": info.name,
            "formatVersion": info.format_version,
            "vaultId": info.vault_id,
            "generation": info.generation,
            "hasRecoveryKey": info.has_recovery,
            "elsewhere": opening::as_json(&info.elsewhere),
        }));
    } else {
        say(&format!("vault:        {}", info.name));
        say(&format!("format:       {}", info.format_version));
        say(&format!("id:           {}", info.vault_id));
        say(&format!("recovery key: {}", if info.has_recovery { "yes" } else { "no" }));
        if let Some(who) = opening::in_words(&info.elsewhere) {
            say(&format!("open:         {who}"));
        }
    }
    DONE
}

fn tell_checked(checked: &Checked, output: &Output) {
    if output.json {
        say_json(&checked_json(checked));
    } else {
        let whole = if checked.is_whole { "whole" } else { "damaged" };
        say(&format!("{whole}: {} originals, {} bytes", checked.objects, checked.size_bytes));
    }
    complain_of(checked);
}

pub(crate) fn complain_of(checked: &Checked) {
    let texts = Texts::english();
    complain_of_damage(&checked.damaged);
    let remedy = |code: &str| complain(&format!("{} [{code}]", fix(&texts, code)));
    if let Some(what) = checked.database {
        complain(&format!("the database: {what}"));
        remedy("database-damaged");
    }
    if checked.ledger.is_none() {
        complain("the chain of the ledger is broken");
        remedy("database-damaged");
    }
    if !checked.keys_agree {
        complain("one of the two key files is damaged or older; opening the vault mends it");
        remedy("header-damaged");
    }
    for stray in &checked.strays {
        let path = stray.path.display();
        complain(&match stray.kind {
            StrayKind::ConflictCopy => {
                format!("conflict copy: {path}: the vault was changed in two places; keep both")
            }
            StrayKind::Unknown => format!("not of the vault: {path}"),
        });
    }
}

pub(crate) fn complain_of_damage(damaged: &[Damaged]) {
    for one in damaged {
        complain(&format!("damaged original {}: {}", one.object, one.what));
        for place in &one.exhibits {
            complain(&format!(
                "  dossier \"{}\" ({}), exhibit \"{}\" ({})",
                place.dossier_title, place.dossier, place.exhibit_title.en, place.exhibit
            ));
        }
        if one.exhibits.is_empty() {
            complain("  only older versions of a dossier show it");
        }
    }
    if !damaged.is_empty() {
        complain(&format!("{} [object-damaged]", fix(&Texts::english(), "object-damaged")));
    }
}

fn fix(texts: &Texts, code: &str) -> String {
    texts.say(&format!("fix-{code}"), &[])
}

pub(crate) fn checked_json(checked: &Checked) -> Value {
    json!({
        "whole": checked.is_whole,
        "objects": checked.objects,
        "sizeBytes": checked.size_bytes,
        "damaged": checked.damaged.iter().map(damaged_json).collect::<Vec<_>>(),
        "database": checked.database.map(|what| what.to_string()),
        "databaseWord": checked.database.map(DatabaseDamage::word),
        "ledger": checked.ledger.as_ref().map(ledger_json),
        "keysAgree": checked.keys_agree,
        "strays": checked.strays.iter().map(stray_json).collect::<Vec<_>>(),
    })
}

pub(crate) fn damaged_json(damaged: &Damaged) -> Value {
    let places = damaged.exhibits.iter().map(|place| {
        json!({
            "dossier": place.dossier.as_str(),
            "dossierTitle": place.dossier_title,
            "exhibit": place.exhibit.as_str(),
            "exhibitTitle": {"en": place.exhibit_title.en, "zh": place.exhibit_title.zh},
        })
    });
    json!({
        "object": damaged.object,
        "what": damaged.what.to_string(),
        "word": damaged.what.word(),
        "exhibits": places.collect::<Vec<_>>(),
    })
}

pub(crate) fn ledger_json(head: &LedgerHead) -> Value {
    json!({"number": head.seq, "hash": head.hash})
}

fn stray_json(stray: &Stray) -> Value {
    json!({"path": stray.path.display().to_string(), "kind": stray_word(stray.kind)})
}
