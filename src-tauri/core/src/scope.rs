//! Do the goods need a licence at all?
//!
//! Answers about one item are held against the rules of the pack. What comes of it is never a bare yes
//! or no: it carries the rules that matched, those that were ruled out and why, and what must be asked.
//! A content that no report states is unknown, whatever the grade is called. Deliberately absent: any
//! rule (pack), and the decision, which is the exporter's.

mod facts;
mod paper;
mod say;

use jiff::civil::Date;

pub use facts::{Condition, Facts};
pub use paper::paper;
pub use say::{Said, SaidLine, SaidRule, number, say, status, unknown_since};

use crate::{
    composition::Amount,
    dossier::{Dossier, Item},
    id::ItemId,
    pack::{Announcement, ListedGoods, Pack, ScopeRule, Status, Verdict},
};
use facts::Holds;

/// What comes of the scope question for one item.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    /// What was answered of it.
    pub facts: Facts,
    /// What comes of it.
    pub verdict: Verdict,
    /// The rules that hold and decide.
    pub matched: Vec<Matched<'a>>,
    /// Rules that would hold but for one thing.
    pub ruled_out: Vec<RuledOut<'a>>,
    /// What must be asked before more can be said.
    pub open: Vec<Open>,
    /// What should be known beside.
    pub notes: Vec<Note>,
}

/// A rule that holds.
#[derive(Debug, Clone)]
pub struct Matched<'a> {
    /// The rule.
    pub rule: &'a ScopeRule,
    /// The lines of the tables that it names and that the goods meet, each with the status of its
    /// announcement.
    pub lines: Vec<(&'a ListedGoods, Status)>,
}

/// A rule that does not hold, for one reason alone.
#[derive(Debug, Clone)]
pub struct RuledOut<'a> {
    /// The rule.
    pub rule: &'a ScopeRule,
    /// Why it does not.
    pub by: Reason,
}

/// Why a rule does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// One of its conditions.
    Condition(Condition),
    /// Its announcement is not in force on the day.
    Status(Status),
}

/// What must be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open {
    /// What kind of material it is.
    Form,
    /// What the magnet is made of.
    Material,
    /// What is shipped.
    Build,
    /// Whether these elements are in it.
    Content(Vec<String>),
    /// A report, since contents were typed without one.
    Report,
    /// A content below what the report can see.
    Trace(Vec<String>),
    /// How an announcement stands, by its id.
    Status(String, Date),
    /// No rule of the pack speaks of such goods.
    NoRule,
}

impl Open {
    /// Its word in texts and in `--json`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Material => "material",
            Self::Build => "build",
            Self::Content(_) => "content",
            Self::Report => "report",
            Self::Trace(_) => "trace",
            Self::Status(..) => "status",
            Self::NoRule => "no-rule",
        }
    }
}

impl Note {
    /// Its word in texts and in `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Grade => "grade",
            Self::NoReport => "no-report",
            Self::Samples => "samples",
            Self::Practice => "practice",
        }
    }
}

/// What should be known beside the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The letters of a grade say nothing of its elements.
    Grade,
    /// Contents were typed, but no report is named.
    NoReport,
    /// Customs take samples of their own.
    Samples,
    /// The content lies within a limit that only firms report.
    Practice,
}

/// Judges every item of a dossier; a dossier without items is asked about one that is blank.
#[must_use]
pub fn scope<'a>(dossier: &Dossier, pack: &'a Pack, day: Date) -> Vec<(ItemId, Finding<'a>)> {
    let of = |item: &Item| {
        let facts = Facts::of(&item.specification, pack);
        (item.id.clone(), judge(facts, pack, day))
    };
    if dossier.items.is_empty() {
        // A form has something to fill in, under the id that `field::expand` gives it.
        let blank = judge(Facts::default(), pack, day);
        return ItemId::new("1").map(|id| (id, blank)).into_iter().collect();
    }
    dossier.items.iter().map(of).collect()
}

/// What comes of all items together: one that is listed decides, then one that is unknown.
#[must_use]
pub fn together<'a>(findings: impl IntoIterator<Item = &'a Verdict>) -> Verdict {
    // Verdicts by the weight that they have beside others.
    let weight = |verdict: &Verdict| match verdict {
        Verdict::InScope => 3,
        Verdict::Unknown => 2,
        Verdict::Outside => 1,
        Verdict::NotListed => 0,
    };
    findings.into_iter().copied().max_by_key(weight).unwrap_or(Verdict::Unknown)
}

/// True when no application is needed as far as the pack can say.
#[must_use]
pub fn is_free(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Outside | Verdict::NotListed)
}

/// What the answers to the scope question say of the situation, by the keys of its fields. Only offered;
/// a blank takes an earlier answer back.
#[must_use]
pub fn suggestions(findings: &[(ItemId, Finding<'_>)]) -> [(&'static str, &'static str); 3] {
    let verdict = together(findings.iter().map(|(_, finding)| &finding.verdict));
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    let built = findings.iter().filter_map(|(_, finding)| finding.facts.build);
    let mut built = built.peekable();
    let assembly = match built.peek() {
        None => "",
        Some(_) => yes_no(built.any(|build| build != crate::dossier::Build::Bare)),
    };
    let in_scope = match verdict {
        Verdict::Unknown => "",
        verdict => yes_no(verdict == Verdict::InScope),
    };
    [
        ("situation.in-scope", in_scope),
        ("situation.assembly", assembly),
        ("situation.near-threshold", yes_no(verdict == Verdict::Unknown)),
    ]
}

/// Holds one item against the rules.
#[must_use]
pub fn judge<'a>(facts: Facts, pack: &'a Pack, day: Date) -> Finding<'a> {
    let held: Vec<Held<'a>> =
        pack.scope.rules.iter().map(|rule| Held::of(rule, &facts, pack, day)).collect();
    let verdict = verdict(&held);
    let matched: Vec<Matched<'a>> = held
        .iter()
        .filter(|one| one.is_yes() && one.decides(verdict))
        .map(|one| Matched { rule: one.rule, lines: one.lines.clone() })
        .collect();
    let ruled_out = held.iter().filter_map(Held::ruled_out).collect();
    let open = open(&held, &facts, verdict, !matched.is_empty());
    let notes = notes(&facts, pack, verdict, &open);
    Finding { facts, verdict, matched, ruled_out, open, notes }
}

/// A rule held against the answers.
struct Held<'a> {
    rule: &'a ScopeRule,
    conditions: Vec<(Condition, Holds)>,
    lines: Vec<(&'a ListedGoods, Status)>,
}

impl<'a> Held<'a> {
    fn of(rule: &'a ScopeRule, facts: &Facts, pack: &'a Pack, day: Date) -> Self {
        let conditions = facts.against(rule);
        let lines = rule
            .lines(pack)
            .filter(|line| facts.meets(rule, line))
            .map(|line| (line, pack.announcement(&line.announcement)))
            .filter_map(|(line, of)| Some((line, of?.status(day))))
            .collect();
        Self { rule, conditions, lines }
    }

    fn all(&self, wanted: Holds) -> impl Iterator<Item = Condition> {
        self.conditions
            .iter()
            .filter(move |(_, holds)| *holds == wanted)
            .map(|(condition, _)| *condition)
    }

    fn is_no(&self) -> bool {
        self.all(Holds::No).next().is_some()
    }

    /// True when every condition holds.
    fn is_yes(&self) -> bool {
        self.conditions.iter().all(|(_, holds)| *holds == Holds::Yes)
    }

    /// True when beside contents nothing is open; what is shipped may be, where the material is known.
    fn only_contents_are_open(&self) -> bool {
        let of_form = self.conditions.contains(&(Condition::Form, Holds::Yes));
        self.all(Holds::Unknown)
            .all(|one| one == Condition::Contains || of_form && one == Condition::Build)
    }

    /// True when nothing that it names is in force, pending a newer entry.
    fn sleeps(&self) -> bool {
        let asleep = |status: Status| !matches!(status, Status::InForce | Status::UnknownSince(_));
        !self.lines.is_empty() && self.lines.iter().all(|(_, status)| asleep(*status))
    }

    fn is_in_force(&self) -> bool {
        self.lines.iter().any(|(_, status)| *status == Status::InForce)
    }

    /// True when it speaks for a control: what is open in it keeps everything open.
    fn is_strict(&self) -> bool {
        matches!(self.rule.verdict, Verdict::InScope | Verdict::Unknown) && !self.sleeps()
    }

    fn decides(&self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::InScope => self.rule.verdict == Verdict::InScope && self.is_in_force(),
            Verdict::Unknown => self.is_strict(),
            other => self.rule.verdict == other,
        }
    }

    fn ruled_out(&self) -> Option<RuledOut<'a>> {
        let rule = self.rule;
        if self.is_yes() {
            let (_, status) = self.lines.first().filter(|_| self.sleeps())?;
            return Some(RuledOut { rule, by: Reason::Status(*status) });
        }
        let mut failing = self.all(Holds::No);
        let (by, more) = (failing.next()?, failing.next());
        // Without this, an item of which little is known would be beside every rule.
        let near =
            self.rule.form.is_empty() || self.conditions.contains(&(Condition::Form, Holds::Yes));
        (more.is_none() && near && by != Condition::Form)
            .then_some(RuledOut { rule, by: Reason::Condition(by) })
    }
}

fn verdict(held: &[Held<'_>]) -> Verdict {
    let strict = || held.iter().filter(|one| one.is_strict());
    let listed = |one: &Held<'_>| one.rule.verdict == Verdict::InScope;
    let says = |wanted| held.iter().any(|one| one.is_yes() && one.rule.verdict == wanted);
    if strict().any(|one| one.is_yes() && listed(one) && one.is_in_force()) {
        Verdict::InScope
    } else if strict().any(|one| !one.is_no()) {
        // It holds and its status is unknown, or it may hold.
        Verdict::Unknown
    } else if says(Verdict::Outside) {
        Verdict::Outside
    } else if says(Verdict::NotListed) {
        Verdict::NotListed
    } else {
        Verdict::Unknown
    }
}

fn open(held: &[Held<'_>], facts: &Facts, verdict: Verdict, is_matched: bool) -> Vec<Open> {
    let mut open = Vec::new();
    if is_free(verdict) {
        return open;
    }
    let live = || held.iter().filter(|one| !one.is_no() && !one.sleeps());
    let is_open = |one: &Held<'_>, condition| one.all(Holds::Unknown).any(|c| c == condition);
    if live().any(|one| is_open(one, Condition::Form)) {
        open.push(Open::Form);
    }
    if live().any(|one| is_open(one, Condition::Build)) {
        open.push(Open::Build);
    }
    let settled = |one: &&Held<'_>| !is_open(one, Condition::Form);
    if live().filter(settled).any(|one| is_open(one, Condition::Material)) {
        open.push(Open::Material);
    }
    let contents = live()
        .filter(|one| one.is_strict() && one.only_contents_are_open())
        .flat_map(|one| facts.unsettled(&one.rule.contains));
    let mut symbols: Vec<String> = Vec::new();
    for symbol in contents {
        if !symbols.contains(&symbol) {
            symbols.push(symbol);
        }
    }
    let is_trace = |symbol: &String| matches!(facts.amount(symbol), Some(Amount::Below(_)));
    let (traces, rest): (Vec<String>, Vec<String>) = symbols.into_iter().partition(is_trace);
    if !traces.is_empty() {
        open.push(Open::Trace(traces));
    }
    if !rest.is_empty() {
        open.push(if facts.has_typed(&rest) { Open::Report } else { Open::Content(rest) });
    }
    let yes = held.iter().filter(|one| one.is_yes() && one.is_strict());
    for (line, status) in yes.flat_map(|one| &one.lines) {
        let asked = |o: &Open| matches!(o, Open::Status(id, _) if *id == line.announcement);
        if let Status::UnknownSince(day) = status
            && !open.iter().any(asked)
        {
            open.push(Open::Status(line.announcement.clone(), *day));
        }
    }
    if open.is_empty() && verdict == Verdict::Unknown && !is_matched {
        open.push(Open::NoRule);
    }
    open
}

fn notes(facts: &Facts, pack: &Pack, verdict: Verdict, open: &[Open]) -> Vec<Note> {
    let mut notes = Vec::new();
    let asks = |o: &Open| matches!(o, Open::Content(_) | Open::Report | Open::Trace(_));
    if open.iter().any(asks) && facts.has_grade {
        notes.push(Note::Grade);
    }
    if !facts.measured.amounts.is_empty() && !facts.has_report {
        notes.push(Note::NoReport);
    }
    if let Some(limit) = &pack.scope.practice
        && facts.sum(&limit.elements).is_some_and(|sum| !sum.is_zero() && sum <= limit.percent)
    {
        notes.push(Note::Practice);
    }
    if verdict == Verdict::NotListed && facts.has_report {
        notes.push(Note::Samples);
    }
    notes
}

/// How every announcement of the pack stands on a day, those of which nobody knows first.
#[must_use]
pub fn register(pack: &Pack, day: Date) -> Vec<(&Announcement, Status)> {
    let mut all: Vec<_> = pack.announcements.iter().map(|one| (one, one.status(day))).collect();
    all.sort_by_key(|(_, status)| !status.is_unknown());
    all
}
