//! What is known of one item, and which condition of a rule does that meet?
//!
//! Deliberately absent: what follows from it.

use crate::{
    composition::{self, Amount, Measured, Percent},
    dossier::{Build, Family, Material, Specification},
    pack::{ListedGoods, Pack, ScopeRule},
};

/// What was answered of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its kind of material.
    pub form: Option<Family>,
    /// What the magnet is made of.
    pub material: Option<Material>,
    /// What is shipped.
    pub build: Option<Build>,
    /// Contents, as they were typed.
    pub measured: Measured,
    /// True when a report is named.
    pub has_report: bool,
    /// True when the report rules out every listed element that it does not name.
    pub others_absent: bool,
    /// True when a grade was typed; nothing is concluded from it.
    pub has_grade: bool,
    /// Symbols of elements that somebody has said are in it.
    pub named: Vec<String>,
}

/// A condition of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The kind of material.
    Form,
    /// What the magnet is made of.
    Material,
    /// What is shipped.
    Build,
    /// At least one of some elements is in it.
    Contains,
    /// None of some elements is in it.
    Lacks,
}

impl Condition {
    /// Its word in texts and in `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Material => "material",
            Self::Build => "build",
            Self::Contains => "contains",
            Self::Lacks => "lacks",
        }
    }
}

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    Unknown,
}

impl Facts {
    /// What a dossier says of an item.
    #[must_use]
    pub fn of(specification: &Specification, pack: &Pack) -> Self {
        let named = specification.elements.split(|c: char| !c.is_ascii_alphabetic());
        let known = |symbol: &&str| pack.goods.element(symbol).is_some();
        Self {
            form: specification.family,
            material: specification.material,
            build: specification.build,
            measured: composition::read(&pack.goods, &specification.measured),
            has_report: !specification.report.trim().is_empty(),
            others_absent: specification.others_absent == Some(true),
            has_grade: !specification.grade.trim().is_empty(),
            named: named.filter(known).map(str::to_owned).collect(),
        }
    }

    /// What was typed of an element.
    #[must_use]
    pub fn amount(&self, symbol: &str) -> Option<Amount> {
        self.measured.amounts.get(symbol).copied()
    }

    /// The contents of some elements together; `None` while one of them is not a number.
    #[must_use]
    pub fn sum(&self, symbols: &[String]) -> Option<Percent> {
        let of = |symbol: &String| match self.amount(symbol) {
            Some(Amount::Held(percent)) => Some(percent),
            Some(Amount::None) => Percent::parse("0"),
            None if self.others_absent && self.has_report => Percent::parse("0"),
            _ => None,
        };
        symbols.iter().map(of).try_fold(Percent::parse("0")?, |sum, one| Some(sum.and(one?)))
    }

    /// Whether an element is in it. That it is not, only a report can say.
    pub(super) fn holds(&self, symbol: &str) -> Holds {
        let named = || self.named.iter().any(|named| named == symbol);
        match self.amount(symbol) {
            Some(Amount::Held(_) | Amount::Some) => Holds::Yes,
            Some(Amount::None) if self.has_report => Holds::No,
            None if named() => Holds::Yes,
            None if self.has_report && self.others_absent => Holds::No,
            Some(Amount::Below(_) | Amount::None) | None => Holds::Unknown,
        }
    }

    /// Those of some elements of which it is not known whether they are in it.
    pub(super) fn unsettled(&self, symbols: &[String]) -> Vec<String> {
        let open = |symbol: &&String| self.holds(symbol) == Holds::Unknown;
        symbols.iter().filter(open).cloned().collect()
    }

    /// True when each of them was typed as absent, and only the report is missing.
    pub(super) fn has_typed(&self, symbols: &[String]) -> bool {
        symbols.iter().all(|symbol| self.amount(symbol) == Some(Amount::None))
    }

    /// Each condition of a rule that names something, in the order in which it is asked.
    pub(super) fn against(&self, rule: &ScopeRule) -> Vec<(Condition, Holds)> {
        let mut found = Vec::new();
        if !rule.form.is_empty() {
            found.push((Condition::Form, among(self.form, &rule.form)));
        }
        if !rule.material.is_empty() {
            found.push((Condition::Material, among(self.material, &rule.material)));
        }
        if !rule.build.is_empty() {
            found.push((Condition::Build, among(self.build, &rule.build)));
        }
        if !rule.contains.is_empty() {
            found.push((Condition::Contains, self.any_of(&rule.contains)));
        }
        if !rule.lacks.is_empty() {
            let none = match self.any_of(&rule.lacks) {
                Holds::Yes => Holds::No,
                Holds::No => Holds::Yes,
                Holds::Unknown => Holds::Unknown,
            };
            found.push((Condition::Lacks, none));
        }
        found
    }

    fn any_of(&self, symbols: &[String]) -> Holds {
        let all: Vec<Holds> = symbols.iter().map(|symbol| self.holds(symbol)).collect();
        if all.contains(&Holds::Yes) {
            Holds::Yes
        } else if all.contains(&Holds::Unknown) {
            Holds::Unknown
        } else {
            Holds::No
        }
    }

    /// True when the goods meet a line of a rule: where the rule asks for elements, only the lines of
    /// those that are in it, or may be while none is settled.
    pub(super) fn meets(&self, rule: &ScopeRule, line: &ListedGoods) -> bool {
        if rule.contains.is_empty() || line.elements.is_empty() {
            return true;
        }
        let wanted = match self.any_of(&rule.contains) {
            Holds::Yes => Holds::Yes,
            Holds::Unknown => Holds::Unknown,
            Holds::No => return true,
        };
        line.elements.iter().any(|symbol| self.holds(symbol) == wanted)
    }
}

fn among<T: Copy + PartialEq>(given: Option<T>, wanted: &[T]) -> Holds {
    match given {
        None => Holds::Unknown,
        Some(given) if wanted.contains(&given) => Holds::Yes,
        Some(_) => Holds::No,
    }
}
