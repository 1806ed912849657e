//! How does the terminal show what an exhibit gives away, and what of it is left once it leaves?

use std::process::ExitCode;

use clap::Args;
use lanthan_api::{Workspace, leaving::Leaving, texts::Texts};
use lanthan_core::id::{DossierId, ExhibitId};
use serde_json::{Value, json};

use crate::{
    args::{OneDossier, Output},
    commands::open_dossier,
    exhibit::{found, tell, trace_json},
    output::{self, Failure, say, say_json},
    redaction::passages_json,
};

/// One exhibit.
#[derive(Debug, Args)]
pub(crate) struct ShowCall {
    /// The exhibit's id
    exhibit: String,
    #[command(flatten)]
    dossier: OneDossier,
    #[command(flatten)]
    output: Output,
}

/// Shows one exhibit before and after.
pub(crate) fn show(call: &ShowCall) -> Result<ExitCode, Failure> {
    let ShowCall { exhibit, dossier, output } = call;
    let (workspace, id) = open_dossier(dossier)?;
    let exhibit = ExhibitId::new(exhibit).map_err(lanthan_api::Error::from)?;
    let mut all = found(&workspace, &id, true, |known| *known == exhibit)?;
    let Some(mut one) = all.pop() else {
        return Err(lanthan_api::Error::NoSuchExhibit(exhibit.to_string()).into());
    };
    one["revisions"] = Value::Null;
    one["leaves"] = Value::Null;
    if one["keptInside"].is_null() {
        one["revisions"] = revisions(&workspace, &id, &exhibit)?;
        let leaving = workspace.leaving(&id, &exhibit, &[], &mut output::progress())?;
        one["leaves"] = leaves(&leaving);
    }
    workspace.close()?;
    if output.json {
        say_json(&one);
        return Ok(ExitCode::SUCCESS);
    }
    tell(std::slice::from_ref(&one));
    let texts = Texts::english();
    for state in one["revisions"].as_array().into_iter().flatten() {
        for gone in state["gone"].as_array().into_iter().flatten() {
            let words = gone["words"].as_str().unwrap_or_default();
            say(&format!("  state {}, page {}: {words}", state["number"], gone["page"]));
        }
    }
    if let Some(traces) = one["leaves"]["found"].as_array() {
        let key = if traces.is_empty() { "exhibits.after-nothing" } else { "exhibits.after-found" };
        say(&format!("  {}", texts.say(key, &[])));
        for trace in traces {
            say(&format!("    {}", trace["says"].as_str().unwrap_or_default()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn revisions(workspace: &Workspace, id: &DossierId, exhibit: &ExhibitId) -> Result<Value, Failure> {
    let gone = |(page, words): &(u32, String)| json!({"page": page, "words": words});
    let states = workspace.revisions(id, exhibit)?;
    let state = states.iter().map(|state| {
        let gone: Vec<Value> = state.gone.iter().map(gone).collect();
        json!({"number": state.number, "pages": state.pages, "gone": gone})
    });
    Ok(state.collect())
}

fn leaves(leaving: &Leaving) -> Value {
    let Leaving { format, size_bytes, traces, buried, words } = leaving;
    let found: Vec<Value> = traces.iter().map(|trace| trace_json(trace, &[])).collect();
    json!({"format": format.word(), "sizeBytes": size_bytes, "found": found,
           "hidden": passages_json(buried), "words": words})
}
