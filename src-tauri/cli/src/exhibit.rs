//! How are files added to a dossier from a terminal, and what is found in them?

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;
use lanthan_api::{Workspace, texts::Texts};
use lanthan_core::{
    exhibit::Exhibit,
    id::{DossierId, ExhibitId},
};
use serde_json::{Value, json};

use crate::{
    args::{Day, OneDossier, Output},
    commands::{open_dossier, today},
    output::{self, Failure, complain, say, say_json},
};

/// What is to be done with exhibits.
#[derive(Debug, Subcommand)]
pub(crate) enum ExhibitCommand {
    /// Take files in as exhibits: secret, and cleared for nobody
    Add {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// List the exhibits of a dossier with what their files would give away
    List {
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        output: Output,
    },
}

/// Does what was typed.
pub(crate) fn run(command: ExhibitCommand) -> Result<ExitCode, Failure> {
    match command {
        ExhibitCommand::Add { files, dossier, day, output } => add(&files, &dossier, &day, &output),
        ExhibitCommand::List { dossier, output } => list(&dossier, &output),
    }
}

fn add(
    files: &[PathBuf],
    dossier: &OneDossier,
    day: &Day,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(dossier)?;
    let imported = workspace.import(&id, files, today(day.day), &mut output::progress())?;
    let added = found(&workspace, &id, |exhibit| imported.added.contains(exhibit))?;
    workspace.close()?;
    if output.json {
        let refused: Vec<_> = imported
            .refused
            .iter()
            .map(|(name, error)| json!({"name": name, "code": error.code(), "message": error.to_string()}))
            .collect();
        say_json(&json!({"dossier": id.as_str(), "added": added, "refused": refused}));
    } else {
        tell(&added);
        for (name, error) in &imported.refused {
            complain(&format!("{name}: refused: {error} [{}]", error.code()));
        }
    }
    Ok(ExitCode::from(if imported.refused.is_empty() { 0 } else { 3 }))
}

fn list(dossier: &OneDossier, output: &Output) -> Result<ExitCode, Failure> {
    let (workspace, id) = open_dossier(dossier)?;
    let all = found(&workspace, &id, |_| true)?;
    workspace.close()?;
    if output.json {
        say_json(&Value::Array(all));
    } else {
        tell(&all);
    }
    Ok(ExitCode::SUCCESS)
}

/// What there is to say of some exhibits.
fn found(
    workspace: &Workspace,
    id: &DossierId,
    wanted: impl Fn(&ExhibitId) -> bool,
) -> Result<Vec<Value>, Failure> {
    let (dossier, _) = workspace.dossier(id)?;
    let mut all = Vec::new();
    for exhibit in dossier.exhibits.iter().filter(|exhibit| wanted(&exhibit.id)) {
        let probe = workspace.probe(id, &exhibit.id)?;
        let traces: Vec<_> =
            probe.traces.iter().map(|t| json!({"kind": t.kind, "detail": t.detail})).collect();
        all.push(one(exhibit, &traces));
    }
    Ok(all)
}

fn one(exhibit: &Exhibit, traces: &[Value]) -> Value {
    let original = exhibit.original.as_ref();
    json!({
        "id": exhibit.id.as_str(),
        "name": exhibit.path,
        "format": original.map(|original| original.format.word()),
        "sizeBytes": original.map(|original| original.size_bytes),
        "sha256": original.map(|original| &original.sha256),
        "pages": original.map(|original| original.pages),
        "keptInside": exhibit.kept_inside().map(lanthan_core::exhibit::KeptInside::word),
        "found": traces,
    })
}

fn tell(exhibits: &[Value]) {
    let texts = Texts::english();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for exhibit in exhibits {
        say(&format!(
            "{}  {}  {}",
            word(&exhibit["id"]),
            word(&exhibit["format"]),
            word(&exhibit["name"])
        ));
        if let Some(kept) = exhibit["keptInside"].as_str() {
            say(&format!("  {}", texts.say(&format!("exhibits.kept-{kept}"), &[])));
        }
        for trace in exhibit["found"].as_array().into_iter().flatten() {
            let (kind, detail) = (word(&trace["kind"]), word(&trace["detail"]));
            say(&format!("  {}", texts.say(&format!("trace-{kind}"), &[("detail", &detail)])));
        }
    }
}
