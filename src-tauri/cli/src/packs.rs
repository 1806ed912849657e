//! How do rule packs come in, and which one is a dossier judged by? One api function each, then words
//! or JSON.
//!
//! Deliberately absent: signing; any copy of minisign does that.

mod difference;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use jiff::civil::Date;
use lanthan_api::{
    Error, Workspace,
    pack::{
        Offer, PackVersion, Recheck,
        file::{ENDING, PackFiles, fingerprint},
    },
};
use lanthan_core::id::{DossierId, PackId};
use serde_json::{Value, json};

use self::difference::{changes_json, difference_json, tell_changes, tell_difference};
use crate::{
    args::{Day, OneDossier, OneVault, Output},
    commands::{Answer, DONE, open, open_dossier, today},
    output::{say, say_json},
};

/// What is to be done with the versions of rule packs.
#[derive(Debug, Subcommand)]
pub(crate) enum VersionCommand {
    /// List the packs and overlays that dossiers of a vault can be judged by
    List {
        #[command(flatten)]
        vault: OneVault,
        #[command(flatten)]
        output: Output,
    },
    /// Name every fault of a pack or overlay in a folder; with --out, write the file to be signed
    Check {
        /// The folder with pack.toml, en.toml, zh.toml and further parts
        folder: PathBuf,
        /// For an overlay: the folder of the pack that it is laid over
        #[arg(long, value_name = "FOLDER")]
        over: Option<PathBuf>,
        /// The folder to write; it must not exist or be empty
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        #[command(flatten)]
        output: Output,
    },
    /// Take packs of a publisher from now on; their key must come by another way than the packs
    Trust {
        /// What you call them
        #[arg(long, value_name = "NAME")]
        name: String,
        /// Their public key: the line that begins with RW
        #[arg(long, value_name = "KEY")]
        key: String,
        #[command(flatten)]
        vault: OneVault,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Take packs of a publisher no more; those that are there stay
    Distrust {
        /// Their public key
        #[arg(long, value_name = "KEY")]
        key: String,
        #[command(flatten)]
        vault: OneVault,
        #[command(flatten)]
        output: Output,
    },
    /// Say what a signed pack changes and which dossiers that touches, then take it
    Import {
        /// The pack; its signature lies beside it under the same name with .minisig
        file: PathBuf,
        /// Only say it
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        vault: OneVault,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Begin new dossiers under a version that is there, such as an earlier one
    Choose {
        /// The pack's id
        id: String,
        /// The version
        version: String,
        #[command(flatten)]
        vault: OneVault,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Say what another version would say of a dossier: only what differs
    Recheck {
        #[command(flatten)]
        dossier: OneDossier,
        /// The version; that of new dossiers when left out
        #[arg(long, value_name = "VERSION")]
        version: Option<String>,
        /// Move the dossier to it
        #[arg(long)]
        adopt: bool,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// List the overlays for a dossier, or lay some over its pack instead of those that it has
    Overlay {
        #[command(flatten)]
        dossier: OneDossier,
        /// The overlays' ids
        chosen: Vec<String>,
        /// Take all of them off
        #[arg(long, conflicts_with = "chosen")]
        none: bool,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
}

/// Does it.
pub(crate) fn run(command: VersionCommand) -> Answer {
    match command {
        VersionCommand::List { vault, output } => list(&vault, &output),
        VersionCommand::Check { folder, over, out, output } => {
            check(&folder, over.as_deref(), out.as_deref(), &output)
        }
        VersionCommand::Trust { name, key, vault, day, output } => {
            trust(&name, &key, &vault, today(day.day), &output)
        }
        VersionCommand::Distrust { key, vault, output } => distrust(&key, &vault, &output),
        VersionCommand::Import { file, dry_run, vault, day, output } => {
            import(&file, dry_run, &vault, today(day.day), &output)
        }
        VersionCommand::Choose { id, version, vault, day, output } => {
            choose(&id, &version, &vault, today(day.day), &output)
        }
        VersionCommand::Recheck { dossier, version, adopt, day, output } => {
            recheck(&dossier, version.as_deref(), adopt, today(day.day), &output)
        }
        VersionCommand::Overlay { dossier, chosen, none, day, output } => {
            overlay(&dossier, &chosen, none, today(day.day), &output)
        }
    }
}

/// Lists every version that dossiers can be judged by.
fn list(vault: &OneVault, output: &Output) -> Answer {
    let workspace = open(vault)?;
    let versions = workspace.pack_versions()?;
    workspace.close()?;
    if output.json {
        say_json(&versions.iter().map(version_json).collect());
    } else {
        versions.iter().for_each(tell_version);
    }
    DONE
}

fn tell_version(one: &PackVersion) {
    let by = one.publisher.as_deref().unwrap_or("the program");
    let kind = one.overlay.as_ref().map_or("pack", |(kind, _)| kind.word());
    let current = if one.is_current { ", current" } else { "" };
    let PackVersion { id, version, verified_on, .. } = one;
    say(&format!("{id} {version}  {kind}, checked on {verified_on}, from {by}{current}"));
}

fn version_json(one: &PackVersion) -> Value {
    let overlay =
        one.overlay.as_ref().map(|(kind, title)| json!({"kind": kind.word(), "title": title}));
    json!({
        "id": one.id, "version": one.version, "verifiedOn": one.verified_on,
        "publisher": one.publisher, "current": one.is_current, "overlay": overlay,
    })
}

/// Reads the files of a pack that its author keeps in a folder, and says whether it is whole. With a
/// target, writes the file that is to be signed.
fn check(folder: &Path, over: Option<&Path>, out: Option<&Path>, output: &Output) -> Answer {
    let files = PackFiles::in_folder(folder)?;
    let over = over.map(PackFiles::in_folder).transpose()?;
    let (id, version) = lanthan_api::pack::check(&files, over.as_ref())?;
    let name = format!("{id}-{version}.{ENDING}");
    if let Some(out) = out {
        lanthan_api::pack::write_file(&files, &name, out)?;
    }
    if output.json {
        say_json(
            &json!({"id": id, "version": version, "sha256": files.sha256(), "file": out.map(|_| &name)}),
        );
    } else {
        say(&format!("{id} {version}: whole"));
        if let Some(out) = out {
            say(&format!("{}: sign it with: minisign -S -m {name}", out.join(&name).display()));
        }
    }
    DONE
}

/// Trusts a publisher.
fn trust(name: &str, key: &str, vault: &OneVault, day: Date, output: &Output) -> Answer {
    let mut workspace = open(vault)?;
    workspace.trust_publisher(name, key, day)?;
    publishers(workspace, output)
}

/// Trusts a publisher no more.
fn distrust(key: &str, vault: &OneVault, output: &Output) -> Answer {
    let mut workspace = open(vault)?;
    workspace.distrust_publisher(key)?;
    publishers(workspace, output)
}

fn publishers(workspace: Workspace, output: &Output) -> Answer {
    let all = workspace.publishers()?;
    workspace.close()?;
    if output.json {
        say_json(
            &all.iter()
                .map(|one| {
                    json!({"name": one.name, "key": one.key, "since": one.day,
                                  "fingerprint": fingerprint(&one.key).ok()})
                })
                .collect(),
        );
    } else {
        for one in &all {
            say(&format!("{}  {}  since {}", one.key, one.name, one.day));
            if let Ok(digits) = fingerprint(&one.key) {
                say(&format!("  SHA-256 {digits}"));
            }
        }
    }
    DONE
}

/// Looks at a pack file, and takes it in unless only looking was asked for.
fn import(file: &Path, dry_run: bool, vault: &OneVault, day: Date, output: &Output) -> Answer {
    let mut workspace = open(vault)?;
    let mut offer = workspace.look_at_pack(file, day)?;
    if !dry_run {
        offer = workspace.take_pack(file, &offer.sha256, day)?;
    }
    workspace.close()?;
    if output.json {
        let mut answer = difference_json(&offer.difference, &offer.titles);
        let touched: Vec<Value> = offer
            .touched
            .iter()
            .map(|one| {
                json!({
                    "dossier": one.dossier, "title": one.title, "released": one.is_released,
                    "changes": changes_json(&one.changes),
                })
            })
            .collect();
        for (key, value) in [
            ("id", json!(offer.id)),
            ("version", json!(offer.version)),
            ("publisher", json!(offer.publisher)),
            ("insteadOf", json!(offer.instead_of)),
            ("touched", json!(touched)),
            ("taken", json!(!dry_run)),
        ] {
            answer[key] = value;
        }
        say_json(&answer);
    } else {
        tell_offer(&offer, dry_run);
    }
    DONE
}

fn tell_offer(offer: &Offer, dry_run: bool) {
    let Offer { id, version, publisher, .. } = offer;
    let instead =
        offer.instead_of.as_ref().map_or_else(String::new, |old| format!(" instead of {old}"));
    let done = if dry_run { "looked at, not taken" } else { "taken" };
    say(&format!("{id} {version}{instead}, signed by {publisher}: {done}"));
    tell_difference(&offer.difference, &offer.titles);
    for one in &offer.touched {
        let stays = if one.is_released { " (released: keeps its version)" } else { "" };
        say(&format!("dossier {} \"{}\"{stays}", one.dossier, one.title));
        tell_changes(&one.changes, &offer.titles);
    }
}

/// Begins new dossiers under a version that is there.
fn choose(id: &str, version: &str, vault: &OneVault, day: Date, output: &Output) -> Answer {
    let id = PackId::new(id).map_err(Error::from)?;
    let mut workspace = open(vault)?;
    workspace.choose_pack(&id, version, day)?;
    workspace.close()?;
    if output.json {
        say_json(&json!({"id": id, "version": version}));
    } else {
        say(&format!("{id} {version}: current"));
    }
    DONE
}

/// Says what another version would say of a dossier, and moves it there where that was asked for.
fn recheck(
    dossier: &OneDossier,
    version: Option<&str>,
    adopt: bool,
    day: Date,
    output: &Output,
) -> Answer {
    let (mut workspace, id) = open_dossier(dossier)?;
    let found = workspace.recheck(&id, version, day)?;
    if adopt {
        workspace.adopt_pack(&id, version, day)?;
    }
    workspace.close()?;
    tell_recheck(&id, &found, adopt, output);
    DONE
}

fn tell_recheck(id: &DossierId, found: &Recheck, adopted: bool, output: &Output) {
    if output.json {
        let mut answer = difference_json(&found.difference, &found.titles);
        answer["dossier"] = json!(id);
        answer["version"] = json!(found.version);
        answer["other"] = json!(found.other);
        answer["changes"] = changes_json(&found.changes);
        answer["adopted"] = json!(adopted);
        say_json(&answer);
        return;
    }
    say(&format!("{id}: {} against {}", found.version, found.other));
    tell_difference(&found.difference, &found.titles);
    tell_changes(&found.changes, &found.titles);
    if adopted {
        say(&format!("{id}: moved to {}", found.other));
    }
}

/// Lays overlays over a dossier's pack, or lists those that there are.
fn overlay(
    dossier: &OneDossier,
    chosen: &[String],
    none: bool,
    day: Date,
    output: &Output,
) -> Answer {
    let (mut workspace, id) = open_dossier(dossier)?;
    if none || !chosen.is_empty() {
        let chosen: Result<Vec<PackId>, _> = chosen.iter().map(|id| PackId::new(id)).collect();
        workspace.choose_overlays(&id, &chosen.map_err(Error::from)?, day)?;
    }
    let all = workspace.overlays(&id)?;
    workspace.close()?;
    if output.json {
        let all = all.iter().map(|one| {
            let mut json = version_json(&one.version);
            json["suits"] = json!(one.suits);
            json["chosen"] = json!(one.chosen);
            json
        });
        say_json(&all.collect());
        return DONE;
    }
    for one in &all {
        let mark = if one.chosen { "x" } else { " " };
        let suits = if one.suits { ", suits a party" } else { "" };
        let title = one.version.overlay.as_ref().map_or("", |(_, title)| title.en.as_str());
        say(&format!("[{mark}] {} {}  {title}{suits}", one.version.id, one.version.version));
    }
    DONE
}
