//! How does the terminal say by which day a decision is due?

use std::process::ExitCode;

use jiff::civil::Date;
use lanthan_api::{
    Workspace,
    clock::{self, Answer, Question},
};
use lanthan_core::{
    clock::{Deadline, Deadlines, Purpose, Span},
    id::DossierId,
};
use serde_json::{Value, json};

use crate::{
    args::{ClockCall, Output},
    output::{Failure, say, say_json},
};

/// Exit code 0 also when the decision is due too late: that is an answer.
pub(crate) fn run(call: ClockCall) -> Result<ExitCode, Failure> {
    let ClockCall {
        accepted,
        period,
        working_days,
        stop,
        needed_by,
        courier_days,
        supplier_days,
        output,
    } = call;
    let question = Question {
        accepted,
        period,
        working_days,
        stops: stop,
        needed_by,
        courier_days,
        supplier_days,
    };
    let answer = clock::reckon(&question)?;
    if output.json {
        say_json(&as_json(&question, &answer));
    } else {
        in_words(&question, &answer);
    }
    Ok(ExitCode::SUCCESS)
}

/// The first day that rests on an estimate, forward or back.
fn estimated_from(answer: &Answer) -> Option<Date> {
    let forward = answer.due.as_ref().and_then(|due| due.estimated_from);
    let back = answer.last_acceptance.and_then(|last| last.estimated_from);
    let courier = answer.last_courier.and_then(|last| last.estimated_from);
    forward.into_iter().chain(back).chain(courier).min()
}

/// Whether a decision on its last day is early enough; needs both days.
fn in_time(question: &Question, answer: &Answer) -> Option<bool> {
    Some(answer.due.as_ref()?.day <= question.needed_by?)
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn stop(span: Span) -> Value {
    json!({"from": span.first().to_string(), "to": span.last().to_string()})
}

fn as_json(question: &Question, answer: &Answer) -> Value {
    let (due, last) = (answer.due.as_ref(), answer.last_acceptance);
    json!({
        "accepted": day(question.accepted),
        "period": answer.period.as_ref().map(|period| period.id.as_str()),
        "workingDays": answer.working_days,
        "basis": answer.period.as_ref().map(|period| period.basis.word()),
        "mark": answer.period.as_ref().map(|period| period.mark.word()),
        "source": answer.period.as_ref().map(|period| period.source.as_str()),
        "due": day(due.map(|due| due.day)),
        "dueEstimatedFrom": day(due.and_then(|due| due.estimated_from)),
        "stops": due.map_or_else(Vec::new, |due| due.stops.iter().copied().map(stop).collect()),
        "stoppedWorkingDays": due.map_or(0, |due| due.stopped_working_days),
        "neededBy": day(question.needed_by),
        "lastAcceptance": day(last.map(|last| last.day)),
        "lastAcceptanceEstimatedFrom": day(last.and_then(|last| last.estimated_from)),
        "lastCourier": day(answer.last_courier.map(|last| last.day)),
        "originalsArrive": day(answer.last_courier.map(|last| last.arrives)),
        "inTime": in_time(question, answer),
        "calendarCheckedOn": answer.verified_on.to_string(),
    })
}

fn in_words(question: &Question, answer: &Answer) {
    let days = answer.working_days;
    if let (Some(accepted), Some(due)) = (question.accepted, &answer.due) {
        say(&format!("accepted:         {accepted}"));
        for stop in &due.stops {
            say(&format!("not counted:      {stop}"));
        }
        if !due.stops.is_empty() {
            say(&format!("                  {} working days stopped", due.stopped_working_days));
        }
        let mark = if due.estimated_from.is_some() { "estimate, " } else { "" };
        say(&format!("due:              {} ({mark}end of working day {days})", due.day));
    }
    if let (Some(needed_by), Some(last)) = (question.needed_by, answer.last_acceptance) {
        let late = match in_time(question, answer) {
            Some(true) => " (the due day is early enough)",
            Some(false) => " (the due day is too late)",
            None => "",
        };
        let mark = if last.estimated_from.is_some() { "estimate, " } else { "" };
        say(&format!("needed by:        {needed_by}{late}"));
        say(&format!("accept at latest: {} ({mark}without stops)", last.day));
        if let Some(courier) = answer.last_courier {
            let arrives = courier.arrives;
            say(&format!("courier at latest: {} ({mark}arriving on {arrives})", courier.day));
        }
    }
    if let Some(period) = &answer.period {
        say(&format!("period:           {days} working days from {}", period.begins));
        say(&format!("                  {}", period.source));
    }
    if let Some(from) = estimated_from(answer) {
        say_estimate(from, answer.verified_on);
    }
}

/// The last days of a dossier. Exit code 0 also when one has passed: that is an answer.
pub(crate) fn deadlines(
    workspace: &Workspace,
    id: &DossierId,
    today: Date,
    output: &Output,
) -> Result<(), Failure> {
    let Deadlines { all, in_time } = workspace.deadlines(id, today)?;
    let verified_on = clock::calendar()?.verified_on;
    if output.json {
        say_json(&json!({
            "dossier": id.as_str(),
            "day": today.to_string(),
            "inTime": in_time,
            "deadlines": all.iter().map(deadline_json).collect::<Vec<_>>(),
            "calendarCheckedOn": verified_on.to_string(),
        }));
        return Ok(());
    }
    if all.is_empty() {
        say("nothing of the filing was entered yet");
    }
    for one in &all {
        deadline_in_words(one);
    }
    if in_time == Some(false) {
        say("the decision is due too late for the day of need");
    }
    if let Some(from) = all.iter().filter_map(|one| one.estimated_from).min() {
        say_estimate(from, verified_on);
    }
    Ok(())
}

fn deadline_json(one: &Deadline) -> Value {
    json!({
        "purpose": one.purpose.word(),
        "day": one.day.to_string(),
        "countedFrom": one.counted_from.to_string(),
        "workingDays": one.period.working_days,
        "basis": one.period.basis.word(),
        "mark": one.period.mark.word(),
        "source": one.period.source,
        "stops": one.stops.iter().copied().map(stop).collect::<Vec<_>>(),
        "stoppedWorkingDays": one.stopped_working_days,
        "stillStopped": one.still_stopped,
        "estimatedFrom": day(one.estimated_from),
        "done": day(one.done),
    })
}

fn deadline_in_words(one: &Deadline) {
    let what = match one.purpose {
        Purpose::Courier => "originals with the courier",
        Purpose::Acceptance => "application accepted",
        Purpose::SupplementNotice => "notice of what is missing",
        Purpose::Decision => "decision",
        Purpose::Amendment => "decision on the amendment",
        Purpose::CustomsQuery => "answer to customs",
    };
    let mark = if one.estimated_from.is_some() { ", estimate" } else { "" };
    let stopped = match one.stopped_working_days {
        0 => String::new(),
        days => format!(", {days} working days stopped"),
    };
    let lasts = if one.still_stopped { ", still stopped" } else { "" };
    let done = one.done.map(|day| format!(", done {day}")).unwrap_or_default();
    say(&format!("{} {what}{mark}{stopped}{lasts}{done}", one.day));
    say(&format!("           {}", one.period.source));
}

fn say_estimate(from: Date, checked: Date) {
    let year = from.year();
    say(&format!("estimate:         from {from} on, because no notice of the days off in {year}"));
    say(&format!(
        "                  was known on {checked}; festivals without a fixed day are not"
    ));
    say("                  in it, so leave time to spare");
}
