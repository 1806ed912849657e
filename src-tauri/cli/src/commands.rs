//! What does each command do? One api function each, then words or JSON.

use std::process::ExitCode;

use jiff::{ZonedDateTime, civil::Date};
use lanthan_api::{Error, KdfCost, Piece, Workspace, WrittenFile, sample, search::Hit, verify};
use lanthan_core::{
    checklist::{Lack, Line, State},
    id::{DossierId, ExhibitId, PartyId},
    pack::Pack,
};

use serde_json::json;

use crate::{
    args::{Command, DossierCommand, OneDossier, OneVault, Output},
    checks, clean, clock, opening,
    output::{self, Failure, complain, say, say_json},
    passphrase, vault,
};

pub(crate) type Answer = Result<ExitCode, Failure>;

pub(crate) const DONE: Answer = Ok(ExitCode::SUCCESS);

/// Does what was typed.
pub(crate) fn run(command: Command) -> Answer {
    match command {
        Command::Vault(command) => vault::run(command),
        Command::Dossier(command) => dossier(command),
        Command::Exhibit(command) => crate::exhibit::run(command),
        Command::Position(command) => crate::position::run(command),
        Command::Checklist { dossier, day, output } => checklist(&dossier, today(day.day), &output),
        Command::Search { words, limit, vault, output } => {
            search(&words.join(" "), limit, &vault, &output)
        }
        Command::Release { dossier, to, out, day, output } => {
            let recipient = PartyId::new(&to).map_err(Error::from)?;
            let (mut workspace, id) = open_dossier(&dossier)?;
            let released = workspace.release(
                &id,
                &recipient,
                &out,
                None,
                today(day.day),
                &mut output::progress(),
            )?;
            workspace.close()?;
            tell_released(&released, &out, &output);
            DONE
        }
        Command::Verify { dir, output } => {
            let verified = verify::verify(&dir)?;
            if output.json {
                say_json(&json!({"ok": true, "files": verified.files, "pages": verified.pages}));
            } else {
                say(&format!("whole: {} files, {} pages", verified.files, verified.pages));
            }
            DONE
        }
        Command::Clean { files, out, wish, output } => clean::run(&files, &out, wish, &output),
        Command::Sample { out, vault, day, output } => {
            run_sample(&out, vault, today(day.day), &output)
        }
        Command::Pack(command) => crate::pack::run(command),
        Command::Scope(call) => crate::scope::run(call),
        Command::Goods(call) => crate::scope::goods(&call),
        Command::Certificate(call) => checks::certificate(call),
        Command::Screen(call) => checks::screen(&call),
        Command::OwnSide(call) => checks::own_side(call),
        Command::Questionnaire(command) => crate::questionnaire::run(command),
        Command::Clock(call) => clock::run(call),
        Command::Deadlines { dossier, day, output } => {
            let (workspace, id) = open_dossier(&dossier)?;
            clock::deadlines(&workspace, &id, today(day.day), &output)?;
            workspace.close()?;
            DONE
        }
    }
}

pub(crate) fn today(day: Option<Date>) -> Date {
    day.unwrap_or_else(|| ZonedDateTime::now().date())
}

pub(crate) fn open(vault: &OneVault) -> Result<Workspace, Failure> {
    // Looked at first, so that a wrong folder is named before anybody types a passphrase.
    Workspace::info(&vault.vault)?;
    let passphrase = passphrase::read(&vault.passphrase, false)?;
    if vault.read_only {
        opening::to_look(&vault.vault, &passphrase)
    } else {
        opening::to_change(&vault.vault, &passphrase)
    }
}

pub(crate) fn open_dossier(dossier: &OneDossier) -> Result<(Workspace, DossierId), Failure> {
    let id = DossierId::new(&dossier.dossier).map_err(Error::from)?;
    Ok((open(&dossier.vault)?, id))
}

fn dossier(command: DossierCommand) -> Answer {
    match command {
        DossierCommand::Load { folder, vault, day, output } => {
            let mut workspace = open(&vault)?;
            let id = workspace.load(&folder, today(day.day), &mut output::progress())?;
            workspace.close()?;
            if output.json {
                say_json(&json!({"dossier": id.as_str()}));
            } else {
                say(&format!("loaded {id}"));
            }
            DONE
        }
        DossierCommand::Export { dossier, out, output } => {
            let (workspace, id) = open_dossier(&dossier)?;
            let exported = workspace.export(&id, &out, &mut output::progress())?;
            workspace.close()?;
            complain("What was written is not encrypted. Delete it when it is no longer needed.");
            if !exported.own_side.is_empty() {
                complain(
                    "It holds your own-side check under \"own-side-stays-in-the-house\": \
                     it is your own copy, never send it to the supplier.",
                );
            }
            if output.json {
                say_json(&json!({"dossier": id.as_str(), "exhibits": exported.exhibits.len()}));
            } else {
                say(&format!("exported {id} with {} exhibits", exported.exhibits.len()));
            }
            DONE
        }
        DossierCommand::List { vault, day, output } => {
            let workspace = open(&vault)?;
            let rows = workspace.dossiers(today(day.day))?;
            workspace.close()?;
            if output.json {
                let row = |row: &lanthan_api::dossier::Row| {
                    json!({"id": row.id.as_str(), "title": row.title, "changed": row.changed,
                           "ready": row.ready, "open": row.open, "total": row.total})
                };
                say_json(&rows.iter().map(row).collect());
            } else if rows.is_empty() {
                say("no dossiers yet");
            } else {
                for row in rows {
                    let (id, title) = (row.id, row.title);
                    say(&format!(
                        "{id}  {}/{} ready  {}  {title}",
                        row.ready, row.total, row.changed
                    ));
                }
            }
            DONE
        }
    }
}

fn search(typed: &str, limit: usize, vault: &OneVault, output: &Output) -> Answer {
    let workspace = open(vault)?;
    let hits = workspace.search(typed, limit)?;
    workspace.close()?;
    let pieces = |pieces: &[Piece]| -> serde_json::Value {
        pieces.iter().map(|piece| json!({"text": piece.text, "found": piece.found})).collect()
    };
    if output.json {
        let hit = |hit: &Hit| {
            json!({"dossier": hit.dossier.as_str(), "dossierTitle": hit.dossier_title,
                   "kind": hit.kind.word(), "id": hit.id,
                   "title": pieces(&hit.title), "snippet": pieces(&hit.snippet)})
        };
        say_json(&hits.iter().map(hit).collect());
        return DONE;
    }
    if hits.is_empty() {
        say("nothing found");
    }
    for Hit { dossier, dossier_title: _, kind, id, title, snippet } in &hits {
        let place = if id.is_empty() { String::new() } else { format!(" {id}") };
        say(&format!("{dossier}  {}{place}  {}", kind.word(), marked(title)));
        if !snippet.is_empty() {
            say(&format!("    {}", marked(snippet)));
        }
    }
    DONE
}

/// What was found stands in brackets.
fn marked(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|Piece { text, found }| if *found { format!("[{text}]") } else { text.clone() })
        .collect()
}

/// Exit code 1 when something that law or office guide asks is open, 0 otherwise.
fn checklist(dossier: &OneDossier, day: Date, output: &Output) -> Answer {
    let (workspace, id) = open_dossier(dossier)?;
    let (dossier, _) = workspace.dossier(&id)?;
    let pack = workspace.pack_of(&dossier)?;
    let list = workspace.checklist(&dossier, day)?;
    let open = list.open_required().count();
    if output.json {
        let lines: Vec<_> = list.lines.iter().map(|line| line_json(pack, line)).collect();
        say_json(&json!({"dossier": id.as_str(), "day": day.to_string(),
            "pack": format!("{} {}", pack.id, pack.version), "open": open, "lines": lines,
            "checks": checks::checks_json(&workspace, &dossier, day)?,
            "wording": checks::wording_json(pack, &dossier),
            "unknownStatus": crate::scope::unknown_json(pack, day)}));
    } else {
        for line in list.lines.iter().filter(|line| line.state != State::NotApplicable) {
            let title = pack.say(&format!("requirement.{}.title", line.requirement.id)).en;
            say(&format!("{:<16} {title}", line.state.word()));
            if let Some(asked) = &line.requirement.asked {
                say(&format!("{:<16}   asked by {} on {}", "", asked.by, asked.day));
            }
            if let Some(because) = lanthan_api::say_because(pack, line) {
                say(&format!("{:<16}   {}", "", because.en));
            }
        }
        for line in checks::lines(&workspace, &dossier, day)? {
            say(&line);
        }
        for line in crate::scope::unknown_lines(pack, day) {
            say(&line);
        }
        say(&format!("{open} open by law or office guide"));
    }
    workspace.close()?;
    Ok(ExitCode::from(u8::from(open > 0)))
}

fn line_json(pack: &Pack, line: &Line<'_>) -> serde_json::Value {
    let requirement = line.requirement;
    let title = pack.say(&format!("requirement.{}.title", requirement.id));
    let because = lanthan_api::say_because(pack, line);
    json!({
        "id": requirement.id.as_str(),
        "title": {"en": title.en, "zh": title.zh},
        "state": line.state.word(),
        "demand": requirement.demand.word(),
        "tier": requirement.tier.word(),
        "risk": requirement.risk.word(),
        "basis": {"kind": requirement.basis.kind.word(), "mark": requirement.basis.mark.word(),
                  "sources": requirement.basis.sources},
        "asked": requirement.asked.as_ref().map(|asked| {
            json!({"by": asked.by, "askedOn": asked.day, "like": asked.like})
        }),
        "because": because.map(|text| json!({"en": text.en, "zh": text.zh})),
        "lacks": line.lacks.iter().map(Lack::word).collect::<Vec<_>>(),
        "exhibits": line.exhibits.iter().map(ExhibitId::as_str).collect::<Vec<_>>(),
    })
}

fn run_sample(
    out: &std::path::Path,
    vault: Option<std::path::PathBuf>,
    day: Date,
    output: &Output,
) -> Answer {
    let released = match vault {
        Some(vault) => {
            sample::sample(&vault, out, KdfCost::default(), day, &mut output::progress())?
        }
        None => sample::sample_and_forget(out, day, &mut output::progress())?,
    };
    tell_released(&released, out, output);
    DONE
}

fn tell_released(
    released: &lanthan_api::release::Released,
    out: &std::path::Path,
    output: &Output,
) {
    let written = &released.written;
    if output.json {
        let file = |file: &WrittenFile| json!({"name": file.name, "sizeBytes": file.size_bytes, "sha256": file.sha256});
        say_json(&json!({
            "folder": out.display().to_string(),
            "pages": written.pages,
            "files": written.files.iter().map(file).collect::<Vec<_>>(),
            "ledger": {"number": released.ledger.seq, "hash": released.ledger.hash},
        }));
        return;
    }
    say(&format!("released to {}: {} pages", out.display(), written.pages));
    for file in &written.files {
        say(&format!("  {}  {:>9}  {}", file.sha256, file.size_bytes, file.name));
    }
    say(&format!("  ledger line {}", released.ledger.seq));
}
