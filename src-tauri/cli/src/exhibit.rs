//! How are files added to a dossier from a terminal, and what is found in them?

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;
use lanthan_api::{Workspace, position, texts::Texts};
use lanthan_core::{
    clean::Trace,
    exhibit::{Area, Exhibit, Mask, MaskReason},
    id::{DossierId, ExhibitId},
    position::NamedPlace,
};
use serde_json::{Value, json};

use crate::{
    args::{Day, OneDossier, Output},
    commands::{open_dossier, today},
    leaving::{self, ShowCall},
    output::{self, Failure, complain, say, say_json},
    recipe::{self, Covered},
    redaction::{self, MarkedCall, MaskHiddenCall, passages_json},
};

/// What is to be done with exhibits.
#[derive(Debug, Subcommand)]
pub(crate) enum ExhibitCommand {
    /// Take files in as exhibits: secret, and cleared for nobody
    Add {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Decode new pictures at the next time instead of now; until then a broken one is not told
        #[arg(long)]
        later: bool,
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
        #[arg(long, required_unless_present_any = ["area", "like"], conflicts_with_all = ["area", "page"])]
        text: Option<String>,
        /// Put the masks of this page on: an exhibit's id, a colon and a page, such as order:1
        #[arg(long, value_name = "ID:PAGE", value_parser = recipe::page_of, requires = "pages",
              conflicts_with_all = ["text", "area", "page", "reason"])]
        like: Option<(ExhibitId, u32)>,
        /// The pages that get them, each of which you have looked at, such as 2,3,5-7
        #[arg(long, value_name = "PAGES", value_parser = recipe::pages, requires = "like")]
        pages: Option<recipe::Pages>,
        /// Left edge, top edge, width and height, in ten-thousandths of the upright page
        #[arg(long, value_name = "X,Y,W,H", value_parser = recipe::area)]
        area: Option<Area>,
        /// The page that the area lies on
        #[arg(long, default_value_t = 1)]
        page: u32,
        /// Why: customer, trade-secret, personal, price or not-asked
        #[arg(long, value_name = "WORD", value_parser = recipe::reason, required_unless_present = "like")]
        reason: Option<MaskReason>,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Name the pages that look like one page and would get its masks; nothing is changed
    Alike {
        /// The exhibit's id
        exhibit: String,
        /// The page whose masks are proposed
        #[arg(long, default_value_t = 1)]
        page: u32,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        output: Output,
    },
    /// Let only a part of a picture leave; masks keep their places on the whole of it
    Crop {
        /// The exhibit's id
        exhibit: String,
        /// Left edge, top edge, width and height of what leaves, in ten-thousandths of the upright page
        #[arg(long, value_name = "X,Y,W,H", value_parser = recipe::area)]
        area: Option<Area>,
        /// Let all of it leave again
        #[arg(long, required_unless_present = "area", conflicts_with = "area")]
        off: bool,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Show what an exhibit's file gives away, and what is left of that in the bytes that leave
    Show(ShowCall),
    /// Cover what somebody meant to hide in a PDF and did not
    MaskHidden(MaskHiddenCall),
    /// Say whether what a PDF only marks for redaction may be seen in what leaves
    Marked(MarkedCall),
}

/// Does what was typed.
pub(crate) fn run(command: ExhibitCommand) -> Result<ExitCode, Failure> {
    match command {
        ExhibitCommand::Add { files, later, dossier, day, output } => {
            add(&files, later, &dossier, &day, &output)
        }
        ExhibitCommand::Show(call) => leaving::show(&call),
        ExhibitCommand::MaskHidden(call) => redaction::mask_hidden(&call),
        ExhibitCommand::Marked(call) => redaction::marked(&call),
        ExhibitCommand::List { dossier, output } => list(&dossier, &output),
        ExhibitCommand::Mask {
            exhibit,
            text,
            area,
            page,
            reason,
            like,
            pages,
            dossier,
            day,
            output,
        } => {
            let covered = match (text, area, reason, like, pages) {
                (Some(text), _, Some(reason), ..) => Covered::Text(text, reason),
                (_, Some(area), Some(reason), ..) => Covered::Area(Mask { page, area, reason }),
                (.., Some((from, page)), Some(pages)) => Covered::Like(from, page, pages),
                _ => return Err(lanthan_api::Error::BadMask.into()),
            };
            recipe::mask(&exhibit, covered, &dossier, &day, &output)
        }
        ExhibitCommand::Alike { exhibit, page, dossier, output } => {
            recipe::alike(&exhibit, page, &dossier, &output)
        }
        ExhibitCommand::Crop { exhibit, area, off: _, dossier, day, output } => {
            recipe::crop(&exhibit, area, &dossier, &day, &output)
        }
    }
}

fn add(
    files: &[PathBuf],
    later: bool,
    dossier: &OneDossier,
    day: &Day,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(dossier)?;
    let day = today(day.day);
    let mut imported = workspace.import(&id, files, day, &mut output::progress())?;
    if !later {
        imported.refused.extend(workspace.prove(&id, day, &mut output::progress())?);
    }
    let added = found(&workspace, &id, !later, |exhibit| imported.added.contains(exhibit))?;
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
    let (mut workspace, id) = open_dossier(dossier)?;
    let mut all = found(&workspace, &id, true, |_| true)?;
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

/// What there is to say of some exhibits; of pictures only what is known without decoding them, unless
/// `decode` is wanted.
pub(crate) fn found(
    workspace: &Workspace,
    id: &DossierId,
    decode: bool,
    wanted: impl Fn(&ExhibitId) -> bool,
) -> Result<Vec<Value>, Failure> {
    let (dossier, _) = workspace.dossier(id)?;
    let mut all = Vec::new();
    for exhibit in dossier.exhibits.iter().filter(|exhibit| wanted(&exhibit.id)) {
        if !decode && exhibit.is_picture() {
            all.push(one(exhibit, None));
            continue;
        }
        let probe = workspace.probe(id, &exhibit.id)?;
        let traces: Vec<_> =
            probe.traces.iter().map(|trace| trace_json(trace, &dossier.places)).collect();
        let mut said = one(exhibit, Some(traces));
        said["hidden"] = passages_json(&probe.buried);
        said["markedMayBeSeen"] = exhibit.marked_may_be_seen.into();
        all.push(said);
    }
    Ok(all)
}

fn one(exhibit: &Exhibit, traces: Option<Vec<Value>>) -> Value {
    let original = exhibit.original.as_ref();
    json!({
        "id": exhibit.id.as_str(),
        "name": exhibit.path,
        "format": original.map(|original| original.format.word()),
        "sizeBytes": original.map(|original| original.size_bytes),
        "sha256": original.map(|original| &original.sha256),
        "pages": original.map(|original| original.pages),
        "crop": exhibit.crop.map(recipe::place),
        "keptInside": exhibit.kept_inside().map(lanthan_core::exhibit::KeptInside::word),
        "found": traces,
    })
}

/// Something that a file would give away, by its word and in a sentence.
pub(crate) fn trace_json(trace: &Trace, places: &[NamedPlace]) -> Value {
    let says = position::say(&Texts::english(), trace, places);
    json!({"kind": trace.kind, "detail": trace.detail, "says": says})
}

/// Says in sentences what there is to say of some exhibits.
pub(crate) fn tell(exhibits: &[Value]) {
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
            say(&format!("  {}", word(&trace["says"])));
        }
    }
}
