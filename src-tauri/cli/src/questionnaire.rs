//! How does a supplier's list become points of a dossier from a terminal?
//!
//! One api function each, then words or JSON. Deliberately absent: answers to the points; `dossier.json`
//! and the window give them.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use clap::Subcommand;
use jiff::civil::Date;
use lanthan_api::{
    Error,
    questionnaire::{Encoding, Preview, Source},
};
use lanthan_core::{id::RequirementId, questionnaire::Asked};
use serde_json::{Value, json};

use crate::{
    args::{Day, OneDossier, Output},
    commands::{Answer, DONE, open_dossier, today},
    output::{Failure, say, say_json},
};

/// How much is read from standard input, in bytes.
const MOST_TYPED_BYTES: u64 = 4 * 1024 * 1024;

/// What is to be done with the lines that a supplier asks.
#[derive(Debug, Subcommand)]
pub(crate) enum QuestionnaireCommand {
    /// Make a point of the dossier of every line of a list: text, CSV or XLSX, or standard input
    Add {
        /// The list; - for standard input
        file: PathBuf,
        /// Who asks; the dossier's supplier when left out
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// The day on which it was asked; the day to judge by when left out
        #[arg(long, value_name = "YYYY-MM-DD")]
        asked_on: Option<Date>,
        /// How the file is written: utf-8, gbk, windows-1252, utf-16le or utf-16be; told by its bytes
        /// when left out
        #[arg(long, value_name = "ENCODING")]
        encoding: Option<String>,
        /// Link no line to a point of the rules that is only a guess
        #[arg(long)]
        no_guesses: bool,
        /// Only say what would be taken
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// List the lines that were asked, with the points that they are linked to
    List {
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        output: Output,
    },
    /// Link a line to another point of the rules, or to none
    Link {
        /// The line's id, such as asked-3
        line: String,
        /// The point's id; none when left out
        point: Option<String>,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Take lines out again, with what was answered to them
    Remove {
        /// Their ids
        #[arg(required = true)]
        lines: Vec<String>,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
}

/// How a list is added.
struct Adding<'a> {
    file: &'a Path,
    by: Option<String>,
    asked_on: Option<Date>,
    encoding: Option<Encoding>,
    no_guesses: bool,
    dry_run: bool,
}

/// Does it.
pub(crate) fn run(command: QuestionnaireCommand) -> Answer {
    match command {
        QuestionnaireCommand::Add {
            file,
            by,
            asked_on,
            encoding,
            no_guesses,
            dry_run,
            dossier,
            day,
            output,
        } => {
            let encoding = encoding.as_deref().map(known_encoding).transpose()?;
            let adding = Adding { file: &file, by, asked_on, encoding, no_guesses, dry_run };
            add(adding, &dossier, today(day.day), &output)
        }
        QuestionnaireCommand::List { dossier, output } => list(&dossier, &output),
        QuestionnaireCommand::Link { line, point, dossier, day, output } => {
            let (mut workspace, id) = open_dossier(&dossier)?;
            let point = point.as_deref().map(requirement).transpose()?;
            workspace.link_asked(&id, &requirement(&line)?, point, today(day.day))?;
            workspace.close()?;
            list(&dossier, &output)
        }
        QuestionnaireCommand::Remove { lines, dossier, day, output } => {
            let (mut workspace, id) = open_dossier(&dossier)?;
            let lines: Vec<RequirementId> =
                lines.iter().map(|line| requirement(line)).collect::<Result<_, _>>()?;
            workspace.drop_asked(&id, &lines, today(day.day))?;
            workspace.close()?;
            list(&dossier, &output)
        }
    }
}

fn requirement(id: &str) -> Result<RequirementId, Failure> {
    Ok(RequirementId::new(id).map_err(Error::from)?)
}

fn known_encoding(word: &str) -> Result<Encoding, Failure> {
    Encoding::of_word(word).ok_or_else(|| {
        let known = Encoding::ALL.map(Encoding::word).join(", ");
        Failure::usage(&format!("\"{word}\" is no encoding: write one of {known}"))
    })
}

fn add(adding: Adding<'_>, dossier: &OneDossier, day: Date, output: &Output) -> Answer {
    let (mut workspace, id) = open_dossier(dossier)?;
    let Adding { file, by, asked_on, encoding, no_guesses, dry_run } = adding;
    let typed;
    let source = if file == Path::new("-") {
        typed = from_input()?;
        Source::Text(&typed)
    } else {
        Source::File(file, encoding)
    };
    let preview = workspace.look_at_questionnaire(&id, source)?;
    let by = by.unwrap_or_else(|| preview.by.clone());
    let asked_on = asked_on.unwrap_or(day);
    let guess = |confidence: &str| no_guesses && confidence == "faint";
    let lines: Vec<(String, Option<RequirementId>)> = preview
        .lines
        .iter()
        .filter(|line| !line.is_known)
        .map(|line| {
            let near = line.nearest.as_ref().filter(|near| !guess(near.confidence.word()));
            (line.text.clone(), near.map(|near| near.requirement.clone()))
        })
        .collect();
    let mut ids = Vec::new();
    // A list that was taken before is no error: nothing of it is new.
    if !dry_run && !lines.is_empty() {
        ids = workspace.take_questionnaire(&id, &by, asked_on, &lines, day)?;
    }
    workspace.close()?;
    tell_added(&preview, &by, asked_on, &ids, output);
    DONE
}

fn tell_added(preview: &Preview, by: &str, asked_on: Date, ids: &[RequirementId], output: &Output) {
    let mut ids = ids.iter();
    let lines: Vec<Value> = preview
        .lines
        .iter()
        .map(|line| {
            let id = if line.is_known { None } else { ids.next() };
            json!({
                "row": line.row, "line": line.text, "known": line.is_known, "id": id,
                "like": line.nearest.as_ref().map(|near| &near.requirement),
                "confidence": line.nearest.as_ref().map(|near| near.confidence.word()),
            })
        })
        .collect();
    if output.json {
        say_json(&json!({
            "by": by, "askedOn": asked_on, "encoding": preview.encoding.map(Encoding::word),
            "sheet": preview.sheet, "unreadSheets": preview.unread_sheets, "lines": lines,
        }));
        return;
    }
    for line in &preview.lines {
        let near = line.nearest.as_ref().map_or_else(
            || "no point of the rules".to_owned(),
            |near| format!("{} ({})", near.requirement, near.confidence.word()),
        );
        let known = if line.is_known { ", asked already" } else { "" };
        say(&format!("{}: {}  -> {near}{known}", line.row, line.text));
    }
    for sheet in &preview.unread_sheets {
        say(&format!("not read: the sheet \"{sheet}\""));
    }
    say(&format!("asked by {by} on {asked_on}"));
}

fn from_input() -> Result<String, Failure> {
    let mut typed = Vec::new();
    let read = std::io::stdin().lock().take(MOST_TYPED_BYTES).read_to_end(&mut typed);
    let text = read.ok().and_then(|_| String::from_utf8(typed).ok());
    text.ok_or_else(|| Error::NotText("standard input").into())
}

fn list(dossier: &OneDossier, output: &Output) -> Answer {
    let (workspace, id) = open_dossier(dossier)?;
    let (dossier, _) = workspace.dossier(&id)?;
    workspace.close()?;
    if output.json {
        let line = |one: &Asked| json!({"id": one.id, "by": one.by, "askedOn": one.day, "line": one.line, "like": one.like});
        say_json(&dossier.asked.iter().map(line).collect());
        return DONE;
    }
    if dossier.asked.is_empty() {
        say("nothing asked yet");
    }
    for one in &dossier.asked {
        let like = one.like.as_ref().map_or("no point of the rules", RequirementId::as_str);
        say(&format!("{}  {}  -> {like}  ({}, {})", one.id, one.line, one.by, one.day));
    }
    DONE
}
