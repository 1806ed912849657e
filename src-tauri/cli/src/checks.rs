//! How does the terminal show what holds papers, names and wording of a dossier against one another?
//!
//! The same use cases as the window's: checks, faults of the draft, screening, own-side questions.

use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;
use lanthan_api::{Error, Workspace};
use lanthan_core::{
    consistency::{self, Standing},
    dossier::Dossier,
    finding::Place,
    pack::Pack,
    wording,
};
use serde_json::{Value, json};

use crate::{
    args::{Day, OneDossier, Output},
    commands::{open_dossier, today},
    output::{Failure, say, say_json},
    pack,
};

/// The own-side questions, and an answer to one of them.
#[derive(Debug, Args)]
pub(crate) struct OwnSideCall {
    #[command(flatten)]
    dossier: OneDossier,
    /// The question to be answered, by its id; otherwise all are shown
    #[arg(long, value_name = "ID", requires = "reason")]
    question: Option<String>,
    /// The answer is yes: there is an obstacle; without it the answer is no
    #[arg(long, requires = "question")]
    yes: bool,
    /// Why; stays in the vault
    #[arg(long, value_name = "TEXT", requires = "question")]
    reason: Option<String>,
    #[command(flatten)]
    day: Day,
    #[command(flatten)]
    output: Output,
}

/// The faults of the certificate's draft, and one of them taken on.
#[derive(Debug, Args)]
pub(crate) struct CertificateCall {
    #[command(flatten)]
    dossier: OneDossier,
    /// A fault that is taken on knowingly, by its id
    #[arg(long, value_name = "ID", requires = "reason")]
    accept: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "accept")]
    reason: Option<String>,
    #[command(flatten)]
    day: Day,
    #[command(flatten)]
    output: Output,
}

/// The parties of a dossier, compared with the pack's partial lists.
#[derive(Debug, Args)]
pub(crate) struct ScreenCall {
    #[command(flatten)]
    dossier: OneDossier,
    #[command(flatten)]
    output: Output,
}

/// The checks of a dossier as JSON, for the checklist.
pub(crate) fn checks_json(
    workspace: &Workspace,
    dossier: &Dossier,
    day: Date,
) -> Result<Value, Error> {
    let pack = workspace.pack_of(dossier)?;
    let discord = |discord: &consistency::Discord| {
        let said = consistency::say(pack, discord);
        json!({"kind": discord.kind.word(), "what": {"en": said.en, "zh": said.zh},
               "place": place_json(&discord.place)})
    };
    let check = |outcome: &consistency::Outcome<'_>| {
        let id = &outcome.rule.id;
        let say = |part: &str| {
            let text = pack.say(&format!("check.{id}.{part}"));
            json!({"en": text.en, "zh": text.zh})
        };
        let basis = &outcome.rule.basis;
        json!({
            "id": id, "title": say("title"), "standing": outcome.standing.word(),
            "why": say("why"), "mend": say("mend"),
            "basis": {"kind": basis.kind.word(), "mark": basis.mark.word(), "sources": basis.sources},
            "discords": outcome.discords.iter().map(discord).collect::<Vec<_>>(),
        })
    };
    Ok(workspace.consistency(dossier, day)?.iter().map(check).collect())
}

/// What is wrong with the wording, as JSON.
pub(crate) fn wording_json(pack: &Pack, dossier: &Dossier) -> Value {
    let hit = |key: &str, hit: &wording::Hit| {
        let say = |part: &str| {
            let text = pack.say(&format!("wording.{}.{part}", hit.rule));
            json!({"en": text.en, "zh": text.zh})
        };
        let language = if hit.language == lanthan_core::text::Language::En { "en" } else { "zh" };
        json!({"field": key, "rule": hit.rule, "grade": hit.grade.word(), "language": language,
               "words": hit.words, "says": say("says"), "mend": say("mend")})
    };
    let all = wording::judge_all(dossier, pack);
    all.iter().flat_map(|(key, hits)| hits.iter().map(move |one| hit(key, one))).collect()
}

/// The checks and the wording, as lines under a checklist.
pub(crate) fn lines(
    workspace: &Workspace,
    dossier: &Dossier,
    day: Date,
) -> Result<Vec<String>, Error> {
    let pack = workspace.pack_of(dossier)?;
    let mut lines = Vec::new();
    for outcome in workspace.consistency(dossier, day)? {
        if matches!(outcome.standing, Standing::Agrees | Standing::NotAsked) {
            continue;
        }
        let title = pack.say(&format!("check.{}.title", outcome.rule.id)).en;
        lines.push(format!("check {}: {title}", outcome.standing.word()));
        let said = outcome.discords.iter().map(|discord| consistency::say(pack, discord).en);
        lines.extend(said.map(|said| format!("    {said}")));
    }
    for (key, hits) in wording::judge_all(dossier, pack) {
        for hit in hits {
            let says = pack.say(&format!("wording.{}.says", hit.rule)).en;
            let words = hit.words.join(", ");
            lines.push(format!("wording {}: {says} {words}", pack.label(&key).en));
        }
    }
    Ok(lines)
}

fn place_json(place: &Place) -> Value {
    let (kind, id) = match place {
        Place::Requirement(id) => ("requirement", id.as_str()),
        Place::Exhibit(id) => ("exhibit", id.as_str()),
        Place::Statement(id) => ("statement", id.as_str()),
        Place::Party(id) => ("party", id.as_str()),
        Place::Field(key) => ("field", key.as_str()),
        Place::Fault(id) => ("fault", id.as_str()),
        Place::Dossier => ("dossier", ""),
        Place::Checks => ("checks", ""),
    };
    json!({"kind": kind, "id": id})
}

/// Shows or answers the own-side questions.
pub(crate) fn own_side(call: OwnSideCall) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(&call.dossier)?;
    if let Some(question) = &call.question {
        let answer = Some((call.yes, call.reason.unwrap_or_default()));
        workspace.answer_own_side(&id, question, answer, today(call.day.day))?;
    }
    let (dossier, _) = workspace.dossier(&id)?;
    let pack = workspace.pack_of(&dossier)?;
    let questions = &pack.own_side.questions;
    if call.output.json {
        let question = |question: &lanthan_core::pack::OwnQuestion| {
            let asks = pack.say(&format!("own-side.{}.asks", question.id));
            let answer = dossier.own_side.get(&question.id);
            json!({"id": question.id, "asks": {"en": asks.en, "zh": asks.zh},
                   "mark": question.mark.word(), "sources": question.sources,
                   "answer": answer.map(|a| json!({"yes": a.yes, "reason": a.reason,
                                                   "given": a.given.to_string()}))})
        };
        say_json(&questions.iter().map(question).collect());
    } else {
        for question in questions {
            let asks = pack.say(&format!("own-side.{}.asks", question.id)).en;
            say(&format!("{}: {asks}", question.id));
            match dossier.own_side.get(&question.id) {
                Some(answer) if answer.yes => say(&format!("    yes: {}", answer.reason)),
                Some(answer) => say(&format!("    no: {}", answer.reason)),
                None => say("    not answered"),
            }
        }
        say("The answers stay in the vault; no package holds them.");
    }
    workspace.close()?;
    Ok(ExitCode::SUCCESS)
}

/// Exit code 1 when a fault is neither mended nor accepted, 0 otherwise.
pub(crate) fn certificate(call: CertificateCall) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(&call.dossier)?;
    if let Some(fault) = &call.accept {
        let reason = call.reason.unwrap_or_default();
        workspace.accept_fault(&id, fault, &reason, today(call.day.day))?;
    }
    let (dossier, _) = workspace.dossier(&id)?;
    let pack = workspace.pack_of(&dossier)?;
    let faults = workspace.draft_faults(&dossier)?;
    let accepted = |id: &str| dossier.accepted_faults.get(id);
    let open = faults.iter().filter(|fault| accepted(&fault.rule.id).is_none()).count();
    if call.output.json {
        let fault = |fault: &lanthan_core::draft::Fault<'_>| {
            let rule = fault.rule;
            let say = |part: &str| {
                let text = pack.say(&format!("fault.{}.{part}", rule.id));
                json!({"en": text.en, "zh": text.zh})
            };
            json!({"id": rule.id, "title": say("title"), "why": say("why"), "mend": say("mend"),
                   "basis": {"kind": rule.kind.word(), "mark": rule.mark.word(),
                             "sources": rule.sources},
                   "quotes": fault.quotes,
                   "accepted": accepted(&rule.id).map(|a| json!({"reason": a.reason,
                                                                 "given": a.given.to_string()}))})
        };
        say_json(&json!({"drafted": !dossier.certificate.text.is_empty(), "open": open,
                         "faults": faults.iter().map(fault).collect::<Vec<_>>()}));
    } else if dossier.certificate.text.is_empty() {
        say("no draft of the certificate is in the dossier yet (field certificate.text)");
    } else {
        for fault in &faults {
            let title = pack.say(&format!("fault.{}.title", fault.rule.id)).en;
            say(&format!("{}: {title}", fault.rule.id));
            for quote in &fault.quotes {
                say(&format!("    “{quote}”"));
            }
            if let Some(accepted) = accepted(&fault.rule.id) {
                say(&format!("    accepted: {}", accepted.reason));
            }
        }
        say(&format!("{open} neither mended nor accepted"));
    }
    workspace.close()?;
    Ok(ExitCode::from(u8::from(open > 0)))
}

/// Compares every party's names with the pack's partial lists.
pub(crate) fn screen(call: &ScreenCall) -> Result<ExitCode, Failure> {
    let (workspace, id) = open_dossier(&call.dossier)?;
    let (dossier, _) = workspace.dossier(&id)?;
    let rules = workspace.pack_of(&dossier)?;
    let screened = workspace.screen(&dossier)?;
    if call.output.json {
        let party = |screened: &lanthan_core::screening::Screened<'_>| {
            json!({"id": screened.party.as_str(), "name": screened.name,
                   "screened": screened.screened.map(|day| day.to_string()),
                   "listedOwner": screened.listed_owner,
                   "likenesses": screened.likenesses.iter().map(pack::likeness_json).collect::<Vec<_>>()})
        };
        say_json(&json!({
            "asOf": rules.lists.as_of.map(|day| day.to_string()), "partial": true,
            "parties": screened.iter().map(party).collect::<Vec<_>>(),
        }));
    } else {
        for party in &screened {
            say(&party.name);
            for likeness in &party.likenesses {
                say(&format!("    {}", pack::likeness_line(rules, likeness)));
            }
            if party.listed_owner.is_none() {
                say(&format!("    {}", rules.say("list.owners").en));
            }
        }
        say(&pack::limits(rules));
    }
    workspace.close()?;
    Ok(ExitCode::SUCCESS)
}
