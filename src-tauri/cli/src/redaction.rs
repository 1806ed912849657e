//! How does the terminal deal with what somebody hid badly in a paper?

use std::process::ExitCode;

use clap::Args;
use lanthan_core::{
    exhibit::MaskReason,
    id::ExhibitId,
    redaction::{Hiding, Passage},
};
use serde_json::{Value, json};

use crate::{
    args::{Day, OneDossier, Output},
    commands::{open_dossier, today},
    output::{Failure, say, say_json},
    recipe::{reason, say_masks},
};

/// What was hidden badly gets masks.
#[derive(Debug, Args)]
pub(crate) struct MaskHiddenCall {
    /// The exhibit's id
    exhibit: String,
    /// Why: customer, trade-secret, personal, price or not-asked
    #[arg(long, value_name = "WORD", value_parser = reason)]
    reason: MaskReason,
    #[command(flatten)]
    dossier: OneDossier,
    #[command(flatten)]
    day: Day,
    #[command(flatten)]
    output: Output,
}

/// What is only marked for redaction may be seen, or may not.
#[derive(Debug, Args)]
pub(crate) struct MarkedCall {
    /// The exhibit's id
    exhibit: String,
    /// It may be seen in what leaves; without this, a release is blocked until it is masked
    #[arg(long)]
    may_be_seen: bool,
    #[command(flatten)]
    dossier: OneDossier,
    #[command(flatten)]
    day: Day,
    #[command(flatten)]
    output: Output,
}

/// Covers everything that somebody meant to hide.
pub(crate) fn mask_hidden(call: &MaskHiddenCall) -> Result<ExitCode, Failure> {
    let MaskHiddenCall { exhibit, reason, dossier, day, output } = call;
    let (mut workspace, id) = open_dossier(dossier)?;
    let exhibit = ExhibitId::new(exhibit).map_err(lanthan_api::Error::from)?;
    let added = workspace.mask_hidden(&id, &exhibit, (None, *reason), today(day.day))?;
    workspace.close()?;
    say_masks(&exhibit, &added, output);
    Ok(ExitCode::SUCCESS)
}

/// Says whether what is marked may be seen.
pub(crate) fn marked(call: &MarkedCall) -> Result<ExitCode, Failure> {
    let MarkedCall { exhibit, may_be_seen, dossier, day, output } = call;
    let (mut workspace, id) = open_dossier(dossier)?;
    let exhibit = ExhibitId::new(exhibit).map_err(lanthan_api::Error::from)?;
    workspace.let_marked_be_seen(&id, &exhibit, *may_be_seen, today(day.day))?;
    workspace.close()?;
    if output.json {
        say_json(&json!({"exhibit": exhibit.as_str(), "markedMayBeSeen": may_be_seen}));
    } else {
        let word = if *may_be_seen { "may be seen" } else { "must be masked before it leaves" };
        say(&format!("what {exhibit} marks for redaction {word}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Passages as JSON.
pub(crate) fn passages_json(passages: &[Passage]) -> Value {
    let one = |passage: &Passage| {
        let kind = Hiding::word(passage.hiding);
        json!({"page": passage.page, "kind": kind, "words": passage.text()})
    };
    passages.iter().map(one).collect()
}
