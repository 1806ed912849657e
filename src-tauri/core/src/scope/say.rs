//! In which words is a finding told, in both languages?
//!
//! Every sentence is the pack's; here only its blanks are filled. Deliberately absent: layout.

use jiff::civil::Date;

use super::{Condition, Facts, Finding, Matched, Note, Open, Reason, RuledOut};
use crate::{
    dossier::{Build, Family, Material},
    pack::{Announcement, ListedGoods, Pack, ScopeRule, Status},
    text::Bilingual,
};

/// A finding in words.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    /// What comes of it.
    pub verdict: Bilingual,
    /// What to do now.
    pub advice: Bilingual,
    /// The rules that hold.
    pub matched: Vec<SaidRule<'a>>,
    /// The rules that would hold but for one thing.
    pub ruled_out: Vec<SaidRule<'a>>,
    /// What must be asked.
    pub open: Vec<Bilingual>,
    /// What should be known beside.
    pub notes: Vec<Bilingual>,
}

/// A rule in words.
#[derive(Debug, Clone)]
pub struct SaidRule<'a> {
    /// The rule.
    pub rule: &'a ScopeRule,
    /// Its sentence.
    pub sentence: Bilingual,
    /// Why it does not hold; blank when it does.
    pub because: Bilingual,
    /// The lines of the tables that are met.
    pub lines: Vec<SaidLine<'a>>,
}

/// A line of the tables in words.
#[derive(Debug, Clone)]
pub struct SaidLine<'a> {
    /// The line.
    pub goods: &'a ListedGoods,
    /// The announcement that lists it.
    pub announcement: Bilingual,
    /// How that stands.
    pub status: Bilingual,
    /// How that stands, as the program knows it.
    pub stands: Status,
}

/// Tells a finding in words.
#[must_use]
pub fn say<'a>(pack: &Pack, finding: &Finding<'a>) -> Said<'a> {
    let word = finding.verdict.word();
    Said {
        verdict: pack.say(&format!("scope.verdict.{word}")),
        advice: pack.say(&format!("scope.advice.{word}")),
        matched: finding.matched.iter().map(|one| matched(pack, one)).collect(),
        ruled_out: finding.ruled_out.iter().map(|o| ruled_out(pack, &finding.facts, o)).collect(),
        open: finding.open.iter().map(|one| open(pack, one)).collect(),
        notes: finding.notes.iter().map(|note| note_of(pack, *note)).collect(),
    }
}

fn matched<'a>(pack: &Pack, one: &Matched<'a>) -> SaidRule<'a> {
    let line = |(goods, stands): &(&'a ListedGoods, Status)| SaidLine {
        goods,
        announcement: pack.say(&format!("announcement.{}", goods.announcement)),
        status: status(pack, *stands),
        stands: *stands,
    };
    SaidRule {
        rule: one.rule,
        sentence: one.rule.says(pack),
        because: Bilingual::default(),
        lines: one.lines.iter().map(line).collect(),
    }
}

fn ruled_out<'a>(pack: &Pack, facts: &Facts, one: &RuledOut<'a>) -> SaidRule<'a> {
    let because = match one.by {
        Reason::Status(stands) => {
            let says = status(pack, stands);
            fill(&pack.say("scope.ruled-out.status"), &[("status", says)])
        }
        Reason::Condition(condition) => {
            let (is, wants) = sides(pack, facts, one.rule, condition);
            let sentence = pack.say(&format!("scope.ruled-out.{}", condition.word()));
            fill(&sentence, &[("is", is), ("wants", wants)])
        }
    };
    SaidRule { rule: one.rule, sentence: one.rule.says(pack), because, lines: Vec::new() }
}

/// What was answered, and what the rule speaks of.
fn sides(
    pack: &Pack,
    facts: &Facts,
    rule: &ScopeRule,
    condition: Condition,
) -> (Bilingual, Bilingual) {
    let choice = |head: &str, word: &str| pack.say(&format!("choice.{head}.{word}"));
    let all = |head: &str, words: Vec<&str>| list(words.iter().map(|word| choice(head, word)));
    let given = |head: &str, word: Option<&str>| word.map(|w| choice(head, w)).unwrap_or_default();
    match condition {
        Condition::Form => (
            given("family", facts.form.map(Family::word)),
            all("family", rule.form.iter().map(|one| one.word()).collect()),
        ),
        Condition::Material => (
            given("material", facts.material.map(Material::word)),
            all("material", rule.material.iter().map(|one| one.word()).collect()),
        ),
        Condition::Build => (
            given("build", facts.build.map(Build::word)),
            all("build", rule.build.iter().map(|one| one.word()).collect()),
        ),
        Condition::Contains => (Bilingual::default(), elements(pack, &rule.contains)),
        Condition::Lacks => (Bilingual::default(), elements(pack, &rule.lacks)),
    }
}

fn open(pack: &Pack, one: &Open) -> Bilingual {
    match one {
        Open::Form => pack.say("scope.open.form"),
        Open::Material => pack.say("scope.open.material"),
        Open::Build => pack.say("scope.open.build"),
        Open::Report => pack.say("scope.open.report"),
        Open::NoRule => pack.say("scope.open.no-rule"),
        Open::Content(symbols) => {
            fill(&pack.say("scope.open.content"), &[("elements", elements(pack, symbols))])
        }
        Open::Trace(symbols) => {
            fill(&pack.say("scope.open.trace"), &[("elements", elements(pack, symbols))])
        }
        Open::Status(id, day) => {
            let announcement = pack.say(&format!("announcement.{id}"));
            let day = Bilingual::same(day.to_string());
            fill(&pack.say("scope.open.status"), &[("announcement", announcement), ("day", day)])
        }
    }
}

fn note_of(pack: &Pack, note: Note) -> Bilingual {
    match note {
        Note::Grade => pack.say("scope.note.grade"),
        Note::NoReport => pack.say("scope.note.no-report"),
        Note::Samples => pack.say("scope.note.samples"),
        Note::Practice => {
            let limit = pack.scope.practice.as_ref();
            let percent = limit.map(|limit| limit.percent.to_string()).unwrap_or_default();
            let symbols = limit.map(|limit| limit.elements.clone()).unwrap_or_default();
            let blanks =
                [("percent", Bilingual::same(percent)), ("elements", elements(pack, &symbols))];
            fill(&pack.say("scope.note.practice"), &blanks)
        }
    }
}

/// How an announcement stands, with its day.
#[must_use]
pub fn status(pack: &Pack, status: Status) -> Bilingual {
    let day = Bilingual::same(status.day().map(|day| day.to_string()).unwrap_or_default());
    fill(&pack.say(&format!("status.{}", status.word())), &[("day", day)])
}

/// Announcements of which nobody knows how they stand, by the day since which, with their numbers.
#[must_use]
pub fn unknown_since(all: &[(&Announcement, Status)]) -> Vec<(Date, Vec<String>)> {
    let mut days: Vec<(Date, Vec<String>)> = Vec::new();
    for (announcement, status) in all {
        let Status::UnknownSince(day) = status else { continue };
        let name = number(&announcement.id);
        match days.iter_mut().find(|(known, _)| known == day) {
            Some((_, names)) => names.push(name),
            None => days.push((*day, vec![name])),
        }
    }
    days.sort();
    days
}

/// `2025-18` is written 18/2025, `2024-46-2` 46/2024 (2).
#[must_use]
pub fn number(id: &str) -> String {
    let parts: Vec<&str> = id.split('-').collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year, number] if digits(number) => format!("{number}/{year}"),
        [year, number, part] if digits(number) => format!("{number}/{year} ({part})"),
        _ => id.to_owned(),
    }
}

/// Elements with their names.
fn elements(pack: &Pack, symbols: &[String]) -> Bilingual {
    let name = |symbol: &String| match pack.goods.element(symbol) {
        Some(element) => Bilingual::new(
            format!("{} ({symbol})", element.name.en),
            format!("{}（{symbol}）", element.name.zh),
        ),
        None => Bilingual::same(symbol),
    };
    list(symbols.iter().map(name))
}

pub(super) fn list(all: impl Iterator<Item = Bilingual>) -> Bilingual {
    let all: Vec<Bilingual> = all.collect();
    let join = |pick: fn(&Bilingual) -> &String, between: &str| {
        all.iter().map(|one| pick(one).as_str()).collect::<Vec<_>>().join(between)
    };
    Bilingual::new(join(|one| &one.en, ", "), join(|one| &one.zh, "、"))
}

pub(super) fn fill(text: &Bilingual, values: &[(&str, Bilingual)]) -> Bilingual {
    text.fill(|key, language| {
        let found = values.iter().find(|(name, _)| *name == key);
        found.map(|(_, value)| value.side(language).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_is_called_by_its_number() {
        assert_eq!(number("2025-18"), "18/2025");
        assert_eq!(number("2024-46-2"), "46/2024 (2)");
        assert_eq!(number("2026-catalogue"), "2026-catalogue");
    }
}
