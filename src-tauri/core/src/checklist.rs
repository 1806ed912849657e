//! What does the pack ask of this dossier on this day, and how far is it?
//!
//! A checklist is a value computed from its arguments. Nothing in it is ticked by hand, and every
//! state comes with its reasons. Deliberately absent: wording (pack) and storage.

use jiff::civil::Date;

use crate::{
    condition::{Grounds, Reason, Truth},
    dossier::{Dossier, Said},
    exhibit::Exhibit,
    field,
    id::ExhibitId,
    pack::{Demand, Needs, Pack, Requirement},
    record::FieldKind,
    wording,
};

/// Dossier × pack × day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist<'a> {
    /// The day it holds for.
    pub day: Date,
    /// One line for each requirement, in the pack's order.
    pub lines: Vec<Line<'a>>,
}

/// One requirement and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The requirement.
    pub requirement: &'a Requirement,
    /// How far it is.
    pub state: State,
    /// The facts on which it is asked, or not asked; empty when it is always asked.
    pub reasons: Vec<Reason>,
    /// What keeps it from being ready.
    pub lacks: Vec<Lack>,
    /// The keys of its form, one for each item where the pack says `item.*`.
    pub keys: Vec<String>,
    /// The exhibits that answer it.
    pub exhibits: Vec<ExhibitId>,
}

/// How far a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Its condition does not hold.
    NotApplicable,
    /// Something that it needs is absent.
    Missing,
    /// Everything is there, but something is doubtful.
    Weak,
    /// Everything is there.
    Ready,
    /// The user has said why it cannot be had.
    MissingBecause,
}

impl State {
    /// The state's word in texts and in `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotApplicable => "not-applicable",
            Self::Missing => "missing",
            Self::Weak => "weak",
            Self::Ready => "ready",
            Self::MissingBecause => "missing-because",
        }
    }
}

/// Something that keeps a requirement from being ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// A field is blank.
    Field(String),
    /// A field has only one of its two languages.
    Language(String),
    /// A field says too little, or too much.
    Wording(String),
    /// Exhibits are wanted: how many more.
    Exhibits(u32),
    /// Exhibits answer it, but none too many of them are cleared: how many more must be.
    Cleared(u32),
    /// The declaration is missing.
    Declaration,
    /// It is not settled whether it applies.
    Condition,
}

impl Lack {
    /// The lack's word; texts stand under `lack-<word>`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Field(_) => "field",
            Self::Language(_) => "language",
            Self::Wording(_) => "wording",
            Self::Exhibits(_) => "exhibits",
            Self::Cleared(_) => "cleared",
            Self::Declaration => "declaration",
            Self::Condition => "condition",
        }
    }

    /// True when it makes the requirement missing rather than weak.
    #[must_use]
    fn is_hole(&self) -> bool {
        matches!(self, Self::Field(_) | Self::Exhibits(_) | Self::Declaration)
    }
}

/// Computes the checklist of a dossier on a day.
#[must_use]
pub fn checklist<'a>(dossier: &Dossier, pack: &'a Pack, day: Date) -> Checklist<'a> {
    let lines = pack
        .requirements
        .iter()
        .filter(|requirement| requirement.replaced_by.is_none())
        .map(|requirement| line(dossier, pack, day, requirement))
        .collect();
    Checklist { day, lines }
}

fn line<'a>(dossier: &Dossier, pack: &Pack, day: Date, requirement: &'a Requirement) -> Line<'a> {
    let grounds = Grounds { dossier, pack, day, requirement: &requirement.id };
    let (truth, reasons) =
        requirement.when.as_ref().map_or((Truth::Yes, Vec::new()), |when| when.judge(grounds));
    let keys: Vec<String> =
        requirement.needs.fields.iter().flat_map(|key| field::expand(dossier, key)).collect();
    let exhibits: Vec<&Exhibit> = dossier
        .exhibits
        .iter()
        .filter(|exhibit| requirement.answered_as().any(|id| exhibit.answers.contains(id)))
        .collect();
    let mut lacks = lacks(dossier, pack, requirement, &keys, &exhibits);
    if truth == Truth::Unknown {
        lacks.push(Lack::Condition);
    }
    let said = said(dossier, requirement);
    let state = match truth {
        Truth::No => State::NotApplicable,
        _ if matches!(said, Some(Said::MissingBecause(_))) => State::MissingBecause,
        _ if lacks.iter().any(Lack::is_hole) => State::Missing,
        _ if !lacks.is_empty() => State::Weak,
        _ => State::Ready,
    };
    if state == State::NotApplicable {
        lacks.clear();
    }
    let exhibits = exhibits.into_iter().map(|exhibit| exhibit.id.clone()).collect();
    Line { requirement, state, reasons, lacks, keys, exhibits }
}

fn lacks(
    dossier: &Dossier,
    pack: &Pack,
    requirement: &Requirement,
    keys: &[String],
    exhibits: &[&Exhibit],
) -> Vec<Lack> {
    let mut lacks = Vec::new();
    for key in keys {
        let Ok((kind, value)) = field::read(dossier, key) else { continue };
        if value.is_empty() {
            lacks.push(Lack::Field(key.clone()));
        } else if kind == FieldKind::Bilingual && !value.is_complete() {
            lacks.push(Lack::Language(key.clone()));
        }
        if !wording::judge(dossier, pack, key, &value).is_empty() {
            lacks.push(Lack::Wording(key.clone()));
        }
    }
    let wanted = requirement.needs.exhibits;
    // What never leaves is shown beside the requirement, and does not answer it before an authority.
    let may_leave = exhibits.iter().filter(|exhibit| exhibit.kept_inside().is_none());
    let have = u32::try_from(may_leave.count()).unwrap_or(u32::MAX);
    let cleared = exhibits.iter().filter(|exhibit| !exhibit.cleared_for.is_empty()).count();
    let cleared = u32::try_from(cleared).unwrap_or(u32::MAX);
    if have < wanted {
        lacks.push(Lack::Exhibits(wanted - have));
    } else if cleared < wanted {
        lacks.push(Lack::Cleared(wanted - cleared));
    }
    let declared = said(dossier, requirement);
    // A requirement that names no need at all is answered by a declaration or by any exhibit.
    let by_word = requirement.needs.declared
        || (requirement.needs == Needs::default() && exhibits.is_empty());
    if by_word && !matches!(declared, Some(Said::Declared(_))) {
        lacks.push(Lack::Declaration);
    }
    lacks
}

/// What was said of it by word; of an asked point also what was said of the one that it is like.
fn said<'a>(dossier: &'a Dossier, requirement: &Requirement) -> Option<&'a Said> {
    requirement.answered_as().find_map(|id| dossier.answers.get(id)).map(|answer| &answer.said)
}

impl Checklist<'_> {
    /// How many lines have a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.lines.iter().filter(|line| line.state == state).count()
    }

    /// The lines that are asked for by law or office guide and are not ready.
    pub fn open_required(&self) -> impl Iterator<Item = &Line<'_>> {
        self.lines.iter().filter(|line| {
            line.requirement.demand != Demand::Recommended
                && matches!(line.state, State::Missing | State::Weak)
        })
    }
}
