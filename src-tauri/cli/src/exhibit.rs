//! How are files added to a dossier from a terminal, and what is found in them?

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;
use lanthan_api::{Workspace, texts::Texts};
use lanthan_core::{
    exhibit::{Area, Exhibit, Mask, MaskReason},
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
    /// Cover an area of a page, or every occurrence of a text in a PDF's words
    Mask {
        /// The exhibit's id
        exhibit: String,
        /// The text to cover wherever it stands
        #[arg(long, required_unless_present = "area", conflicts_with_all = ["area", "page"])]
        text: Option<String>,
        /// Left edge, top edge, width and height, in ten-thousandths of the upright page
        #[arg(long, value_name = "X,Y,W,H", value_parser = area)]
        area: Option<Area>,
        /// The page that the area lies on
        #[arg(long, default_value_t = 1)]
        page: u32,
        /// Why: customer, trade-secret, personal, price or not-asked
        #[arg(long, value_name = "WORD", value_parser = reason)]
        reason: MaskReason,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
}

/// Four numbers with commas between them.
fn area(text: &str) -> Result<Area, String> {
    let numbers: Result<Vec<u32>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    match numbers.as_deref() {
        Ok(&[x, y, w, h]) => Ok(Area { x, y, w, h }),
        _ => Err("write four whole numbers, such as 1000,2000,500,400".to_owned()),
    }
}

/// The reason behind its word.
fn reason(word: &str) -> Result<MaskReason, String> {
    let words = MaskReason::ALL.map(MaskReason::word).join(", ");
    MaskReason::ALL
        .into_iter()
        .find(|reason| reason.word() == word)
        .ok_or_else(|| format!("write one of {words}"))
}

/// Does what was typed.
pub(crate) fn run(command: ExhibitCommand) -> Result<ExitCode, Failure> {
    match command {
        ExhibitCommand::Add { files, dossier, day, output } => add(&files, &dossier, &day, &output),
        ExhibitCommand::List { dossier, output } => list(&dossier, &output),
        ExhibitCommand::Mask { exhibit, text, area, page, reason, dossier, day, output } => {
            let place = match (text, area) {
                (Some(text), _) => Covered::Text(text),
                (None, Some(area)) => Covered::Area(page, area),
                (None, _) => return Err(lanthan_api::Error::BadMask.into()),
            };
            mask(&exhibit, place, reason, &dossier, &day, &output)
        }
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

/// What is to be covered.
enum Covered {
    Text(String),
    Area(u32, Area),
}

fn mask(
    exhibit: &str,
    place: Covered,
    reason: MaskReason,
    dossier: &OneDossier,
    day: &Day,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(dossier)?;
    let exhibit = ExhibitId::new(exhibit).map_err(lanthan_api::Error::from)?;
    let day = today(day.day);
    let added = match place {
        Covered::Text(text) => workspace.mask_text(&id, &exhibit, &text, reason, day)?,
        Covered::Area(page, area) => {
            workspace.mask_area(&id, &exhibit, Mask { page, area, reason }, day)?
        }
    };
    workspace.close()?;
    let place = |mask: &Mask| {
        let Area { x, y, w, h } = mask.area;
        json!({"page": mask.page, "x": x, "y": y, "w": w, "h": h, "reason": mask.reason.word()})
    };
    if output.json {
        let masks: Vec<_> = added.iter().map(place).collect();
        say_json(&json!({"exhibit": exhibit.as_str(), "added": masks}));
    } else {
        for mask in &added {
            let Area { x, y, w, h } = mask.area;
            say(&format!("page {}: {x},{y},{w},{h}  {}", mask.page, mask.reason.word()));
        }
        say(&format!("{} masks were added", added.len()));
    }
    Ok(ExitCode::SUCCESS)
}

fn list(dossier: &OneDossier, output: &Output) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(dossier)?;
    let mut all = found(&workspace, &id, |_| true)?;
    let alike = workspace.look_alikes(&id)?;
    workspace.close()?;
    for one in &mut all {
        let own = one["id"].as_str().unwrap_or_default();
        let others = alike.iter().find(|(id, _)| id.as_str() == own).map(|(_, others)| others);
        let others = others.into_iter().flatten().map(ExhibitId::as_str).collect::<Vec<_>>();
        one["lookAlikes"] = others.into();
    }
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
        for other in exhibit["lookAlikes"].as_array().into_iter().flatten() {
            let args = [("name", word(other))];
            let args: Vec<_> = args.iter().map(|(key, value)| (*key, value.as_str())).collect();
            say(&format!("  {}", texts.say("exhibits.look-alike", &args)));
        }
        for trace in exhibit["found"].as_array().into_iter().flatten() {
            let (kind, detail) = (word(&trace["kind"]), word(&trace["detail"]));
            say(&format!("  {}", texts.say(&format!("trace-{kind}"), &[("detail", &detail)])));
        }
    }
}
