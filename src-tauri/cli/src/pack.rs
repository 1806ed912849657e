//! What does a rule pack hold that helps without a dossier: terms, examples, names on lists?

use std::process::ExitCode;

use clap::Subcommand;
use lanthan_api::packs::Packs;
use lanthan_core::{glossary, pack::Pack, screening};
use serde_json::json;

use crate::{
    args::Output,
    output::{Failure, say, say_json},
};

/// What is to be done with a rule pack.
#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Find terms by English, Chinese or pinyin; all of them without a word
    Glossary {
        /// The word, or a part of it
        word: Option<String>,
        #[command(flatten)]
        output: Output,
    },
    /// Compare one name with the pack's partial lists; no match is not clearance
    Screen {
        /// The firm's name, in any of its forms
        name: String,
        #[command(flatten)]
        output: Output,
    },
    /// Graded examples of end-use wording
    Wording {
        #[command(flatten)]
        output: Output,
    },
    #[command(flatten)]
    Version(crate::packs::VersionCommand),
}

/// Does it.
pub(crate) fn run(command: PackCommand) -> Result<ExitCode, Failure> {
    let packs = Packs::carried().map_err(lanthan_api::Error::from)?;
    let pack = packs.all().next().ok_or(lanthan_api::Error::NoPack)?;
    match command {
        PackCommand::Glossary { word, output } => terms(pack, &word.unwrap_or_default(), &output),
        PackCommand::Screen { name, output } => screen(pack, &name, &output),
        PackCommand::Wording { output } => examples(pack, &output),
        PackCommand::Version(command) => return crate::packs::run(command),
    }
    Ok(ExitCode::SUCCESS)
}

fn terms(pack: &Pack, word: &str, output: &Output) {
    let found = glossary::find(&pack.glossary, word);
    if output.json {
        let term = |term: &&lanthan_core::pack::Term| json!({"en": term.en, "zh": term.zh, "pinyin": term.pinyin, "source": term.source.word()});
        say_json(&found.iter().map(term).collect());
        return;
    }
    for term in &found {
        say(&format!("{}  {}  {}  [{}]", term.zh, term.pinyin, term.en, term.source.word()));
    }
    if found.is_empty() {
        say("no such term");
    }
}

fn screen(pack: &Pack, name: &str, output: &Output) {
    let found = screening::compare(&pack.lists, name);
    let as_of = pack.lists.as_of.map(|day| day.to_string());
    if output.json {
        say_json(&json!({
            "name": name,
            "asOf": as_of,
            "partial": true,
            "noClearance": sentence(pack, "no-clearance"),
            "likenesses": found.iter().map(likeness_json).collect::<Vec<_>>(),
        }));
        return;
    }
    for likeness in &found {
        say(&likeness_line(pack, likeness));
    }
    say(&limits(pack));
}

/// The sentences that stand under every comparison.
pub(crate) fn limits(pack: &Pack) -> String {
    let as_of = pack.lists.as_of.map(|day| day.to_string()).unwrap_or_default();
    let say = |part: &str| pack.say(&format!("list.{part}")).en;
    format!("{} ({as_of}) {}", say("partial"), say("no-clearance"))
}

fn sentence(pack: &Pack, part: &str) -> serde_json::Value {
    let text = pack.say(&format!("list.{part}"));
    json!({"en": text.en, "zh": text.zh})
}

/// A likeness as a line.
pub(crate) fn likeness_line(pack: &Pack, likeness: &screening::Likeness<'_>) -> String {
    let screening::Likeness { list, listed, written, percent } = likeness;
    let kind = pack.say(&format!("list-kind.{}", list.kind.word())).en;
    let day = list.day.map(|day| day.to_string()).unwrap_or_default();
    format!("{percent} %: {written} looks like {listed}: {kind}, announcement {} {day}", list.id)
}

/// A likeness as JSON.
pub(crate) fn likeness_json(likeness: &screening::Likeness<'_>) -> serde_json::Value {
    let screening::Likeness { list, listed, written, percent } = likeness;
    json!({
        "written": written, "listed": listed, "percent": percent,
        "list": {"id": list.id, "kind": list.kind.word(), "mark": list.mark.word(),
                 "day": list.day.map(|day| day.to_string()), "region": list.region,
                 "sources": list.sources},
    })
}

fn examples(pack: &Pack, output: &Output) {
    let rules = &pack.wording;
    if output.json {
        let example = |example: &lanthan_core::pack::Example| {
            json!({"field": example.field, "grade": example.grade.word(),
                   "en": example.en, "zh": example.zh})
        };
        say_json(&rules.examples.iter().map(example).collect());
        return;
    }
    for field in &rules.fields {
        say(&pack.label(&field.key).en);
        for example in rules.examples_of(&field.key) {
            let grade = pack.say(&format!("grade.{}", example.grade.word())).en;
            say(&format!("  {grade}: {}", example.en));
            say(&format!("  {:>1$}  {2}", "", grade.len(), example.zh));
        }
    }
}
