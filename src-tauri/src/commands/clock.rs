//! Commands of the clock screen.

use jiff::civil::Date;
use lanthan_api::{Error, clock::calendar};
use lanthan_core::{
    clock::{Deadline, Deadlines, StopRule},
    field::FieldError,
    filing::{Stop, StopReason},
    id::DossierId,
    pack::{BasisKind, Mark, Pack},
    record::{EntryError, Leaf},
    text::Bilingual,
};
use serde::{Deserialize, Serialize};
use tauri::State;
use ts_rs::TS;

use super::error::{Answer, CommandError};
use crate::session::{Session, today};

/// The last days of a dossier, and what may be entered.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) struct ClockDto {
    deadlines: Vec<DeadlineDto>,
    stops: Vec<StopDto>,
    reasons: Vec<StopRuleDto>,
    /// Why nothing can be counted, such as a stop before the acceptance; what was entered is kept.
    problem: Option<CommandError>,
    /// Whether the decision comes in time; null while that is not known.
    in_time: Option<bool>,
    /// Today, as the last days are judged.
    today: String,
    /// The day on which the calendar was last checked.
    verified_on: String,
}

/// A last day.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) struct DeadlineDto {
    purpose: String,
    day: String,
    counted_from: String,
    working_days: u16,
    #[ts(type = "\"law\" | \"announcement\" | \"guide\" | \"practice\" | \"inference\"")]
    basis: &'static str,
    basis_label: String,
    mark: &'static str,
    mark_label: String,
    source: String,
    stops: Vec<String>,
    stopped_working_days: u32,
    still_stopped: bool,
    estimated_from: Option<String>,
    done: Option<String>,
    /// True when it has passed and nothing was done.
    is_past: bool,
}

/// A time in which the clock stood still; `to` is blank while it lasts.
#[derive(Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) struct StopDto {
    reason: String,
    from: String,
    to: String,
}

/// Why the clock may stand still, and who says so.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub(crate) struct StopRuleDto {
    reason: &'static str,
    #[ts(type = "\"law\" | \"announcement\" | \"guide\" | \"practice\" | \"inference\"")]
    basis: &'static str,
    basis_label: String,
    mark: &'static str,
    mark_label: String,
    source: String,
}

/// What follows from what was entered of the filing.
#[tauri::command(async)]
pub(crate) fn deadlines(session: State<'_, Session>, dossier: DossierId) -> Answer<ClockDto> {
    let (today, calendar) = (today(), calendar()?);
    session.with(|workspace| {
        let (known, _) = workspace.dossier(&dossier)?;
        let pack = workspace.pack_of(&known)?;
        let (found, problem) = match workspace.deadlines(&dossier, today) {
            Err(error @ Error::Clock(_)) => (Deadlines::default(), Some(error.into())),
            found => (found?, None),
        };
        let Deadlines { all, in_time } = found;
        let of = |one| DeadlineDto::of(one, pack, today);
        Ok(ClockDto {
            deadlines: all.into_iter().map(of).collect(),
            stops: known.stops.into_iter().map(StopDto::from).collect(),
            reasons: calendar.stops.into_iter().map(|rule| StopRuleDto::of(rule, pack)).collect(),
            problem,
            in_time,
            today: today.to_string(),
            verified_on: calendar.verified_on.to_string(),
        })
    })
}

/// Says anew when the clock of the authority stood still.
#[tauri::command(async)]
pub(crate) fn set_stops(
    session: State<'_, Session>,
    dossier: DossierId,
    stops: Vec<StopDto>,
) -> Answer<()> {
    let stops: Result<Vec<Stop>, FieldError> = stops.iter().map(StopDto::read).collect();
    let stops = stops?;
    session.with(|workspace| Ok(workspace.set_stops(&dossier, stops, today())?))
}

impl StopDto {
    /// Takes what was typed as a field of its kind does.
    fn read(&self) -> Result<Stop, FieldError> {
        fn take<T>(key: &str, text: &str) -> Result<Option<T>, FieldError>
        where
            Option<T>: Leaf,
        {
            let mut value: Option<T> = None;
            let taken = value.write(&Bilingual::same(text));
            taken.map_err(|source| FieldError::Entry { key: key.to_owned(), source })?;
            Ok(value)
        }
        let missing = |key: &str, source| FieldError::Entry { key: key.to_owned(), source };
        let reason = take("reason", &self.reason)?
            .ok_or_else(|| missing("reason", EntryError::Choice(StopReason::WORDS)))?;
        let from = take("from", &self.from)?.ok_or_else(|| missing("from", EntryError::Date))?;
        Ok(Stop { reason, from, to: take("to", &self.to)? })
    }
}

impl From<Stop> for StopDto {
    fn from(Stop { reason, from, to }: Stop) -> Self {
        Self {
            reason: reason.word().to_owned(),
            from: from.to_string(),
            to: to.map(|to| to.to_string()).unwrap_or_default(),
        }
    }
}

impl StopRuleDto {
    fn of(rule: StopRule, pack: &Pack) -> Self {
        let StopRule { reason, basis, mark, source } = rule;
        let (basis_label, mark_label) = labels(pack, basis, mark);
        let (basis, mark) = (basis.word(), mark.word());
        Self { reason: reason.word(), basis, basis_label, mark, mark_label, source }
    }
}

/// What the pack calls a basis and a mark.
fn labels(pack: &Pack, basis: BasisKind, mark: Mark) -> (String, String) {
    let say = |key: &str| pack.say(key).en;
    (say(&format!("basis-kind.{}", basis.word())), say(&format!("mark.{}", mark.word())))
}

impl DeadlineDto {
    fn of(deadline: Deadline, pack: &Pack, today: Date) -> Self {
        let Deadline {
            purpose,
            day,
            counted_from,
            period,
            stops,
            stopped_working_days,
            still_stopped,
            estimated_from,
            done,
        } = deadline;
        let (basis_label, mark_label) = labels(pack, period.basis, period.mark);
        Self {
            purpose: purpose.word().to_owned(),
            day: day.to_string(),
            counted_from: counted_from.to_string(),
            working_days: period.working_days,
            basis: period.basis.word(),
            basis_label,
            mark: period.mark.word(),
            mark_label,
            source: period.source,
            stops: stops.iter().map(ToString::to_string).collect(),
            stopped_working_days,
            still_stopped,
            estimated_from: estimated_from.map(|day| day.to_string()),
            is_past: done.is_none() && day < today,
            done: done.map(|day| day.to_string()),
        }
    }
}
