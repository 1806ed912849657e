//! How does the terminal say by which day a decision is due?

use std::process::ExitCode;

use jiff::civil::Date;
use lanthan_api::clock::{self, Answer, Question};
use lanthan_core::clock::Span;
use serde_json::json;

use crate::{
    args::ClockCall,
    output::{Failure, say, say_json},
};

/// Exit code 0 also when the decision is due too late: that is an answer.
pub(crate) fn run(call: ClockCall) -> Result<ExitCode, Failure> {
    let ClockCall { accepted, working_days, stop, needed_by, output } = call;
    let question = Question { accepted, working_days, stops: stop, needed_by };
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
    forward.into_iter().chain(back).min()
}

/// Whether a decision on its last day is early enough; needs both days.
fn in_time(question: &Question, answer: &Answer) -> Option<bool> {
    Some(answer.due.as_ref()?.day <= question.needed_by?)
}

fn as_json(question: &Question, answer: &Answer) -> serde_json::Value {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let stop =
        |span: &Span| json!({"from": span.first().to_string(), "to": span.last().to_string()});
    let (due, last) = (answer.due.as_ref(), answer.last_acceptance);
    json!({
        "accepted": day(question.accepted),
        "workingDays": answer.working_days,
        "source": answer.period.as_ref().map(|period| period.source.as_str()),
        "due": day(due.map(|due| due.day)),
        "dueEstimatedFrom": day(due.and_then(|due| due.estimated_from)),
        "stops": due.map_or_else(Vec::new, |due| due.stops.iter().map(stop).collect()),
        "stoppedWorkingDays": due.map_or(0, |due| due.stopped_working_days),
        "neededBy": day(question.needed_by),
        "lastAcceptance": day(last.map(|last| last.day)),
        "lastAcceptanceEstimatedFrom": day(last.and_then(|last| last.estimated_from)),
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
    }
    if let Some(period) = &answer.period {
        say(&format!("period:           {days} working days from {}", period.begins));
        say(&format!("                  {}", period.source));
    }
    if let Some(from) = estimated_from(answer) {
        let (year, checked) = (from.year(), answer.verified_on);
        say(&format!(
            "estimate:         from {from} on, because no notice of the days off in {year}"
        ));
        say(&format!(
            "                  was known on {checked}; festivals without a fixed day are not"
        ));
        say("                  in it, so leave time to spare");
    }
}
