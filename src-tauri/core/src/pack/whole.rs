//! Is a pack whole?
//!
//! Each id is used once, each text exists in both languages, each field and each blank of a text is
//! known, each cited source is listed. Deliberately absent: whether what the pack says is true; that
//! is the work of its authors, who name a source for every point.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::{
    BasisKind, BlockRule, Demand, Fault, Mark, Pack, Requirement, Risk, STRUCTURE, StatementRule,
    Tier, field_label, place::About,
};
use crate::{
    condition::Condition,
    content,
    dossier::{Consignee, Dossier, Family, PackRef, Role, Transport},
    exhibit::MaskReason,
    field,
    id::DossierId,
    questionnaire::ID_HEAD,
    statement::{PLACEHOLDERS, SIGNATURE_LINES},
    text::fill_side,
};

/// A table of the pack: its file, its kind and its id.
pub(super) type Spot<'a> = (&'static str, &'static str, &'a str);

/// What was looked at so far.
pub(super) struct Look<'a> {
    pub(super) pack: &'a Pack,
    probe: Dossier,
    /// Text keys that must be there.
    pub(super) wanted: BTreeSet<String>,
    /// Field keys that must be known and have a label.
    pub(super) fields: BTreeSet<String>,
    pub(super) faults: Vec<Fault>,
}

impl Pack {
    /// Everything that keeps the pack from being whole; empty when it is.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let (probe, wanted) = (probe(self), vocabulary());
        let mut look =
            Look { pack: self, probe, wanted, fields: BTreeSet::new(), faults: Vec::new() };
        look.at_requirements();
        look.at_statements();
        look.at_announcements();
        look.at_parts();
        look.at_fields();
        look.at_texts();
        look.faults
    }
}

impl Look<'_> {
    fn at_requirements(&mut self) {
        let mut seen = BTreeSet::new();
        for requirement in &self.pack.requirements {
            if !seen.insert(&requirement.id) {
                self.at(
                    (STRUCTURE, "requirement", requirement.id.as_str()),
                    "stands twice: give one of them another id",
                );
            }
            self.at_requirement(requirement);
        }
    }

    fn at_requirement(&mut self, requirement: &Requirement) {
        let id = requirement.id.as_str();
        let spot = (STRUCTURE, "requirement", id);
        if id.starts_with(ID_HEAD) {
            self.at(spot, "is named as only what a supplier asks is: give it another id");
        }
        for part in ["title", "shows", "least", "gives-away", "basis"] {
            self.wanted.insert(format!("requirement.{id}.{part}"));
        }
        self.wanted.insert(format!("section.{}", requirement.section));
        self.wanted.extend(requirement.forms.iter().map(|form| format!("form.{form}")));
        self.fields.extend(requirement.needs.fields.iter().cloned());
        let basis = &requirement.basis;
        self.at_sources(spot, &basis.sources);
        for fact in requirement.when.iter().flat_map(Condition::facts) {
            for side in ["yes", "no", "unknown"] {
                self.wanted.insert(format!("fact.{}.{side}", fact.word()));
            }
        }
        if requirement.demand == Demand::Conditional && requirement.when.is_none() {
            self.at(spot, "is conditional without a condition: write when = …");
        }
        if requirement.who.is_empty() {
            self.at(spot, "is nobody's: write who provides it, as in who = [\"importer\"]");
        }
        if requirement.replaced_by.as_ref().is_some_and(|r| self.pack.requirement(r).is_none()) {
            self.at(spot, "is replaced by one that is not there: name one of this pack");
        }
    }

    /// Whatever says something cites sources, and each of them is listed.
    pub(super) fn at_sources(&mut self, spot: Spot<'_>, sources: &[String]) {
        if sources.is_empty() {
            self.at(spot, "cites no source: name one of [sources] in pack.toml");
        }
        for source in sources.iter().filter(|id| !self.pack.sources.contains_key(*id)) {
            let says =
                format!("cites {source}, which is not listed: add it to [sources] in pack.toml");
            self.at(spot, &says);
        }
    }

    /// Notes what is wrong with a table.
    pub(super) fn at(&mut self, spot: Spot<'_>, says: &str) {
        let (file, table, id) = spot;
        let about = About::Table(file, table, id.to_owned());
        self.faults.push(Fault::new(about, format!("{table} {id} {says}")));
    }

    fn at_statements(&mut self) {
        let mut seen = BTreeSet::new();
        for statement in &self.pack.statements {
            if !seen.insert(&statement.id) {
                let spot = (STRUCTURE, "statement", statement.id.as_str());
                self.at(spot, "stands twice: give one of them another id");
            }
            self.at_statement(statement);
        }
    }

    fn at_statement(&mut self, statement: &StatementRule) {
        let id = statement.id.as_str();
        self.wanted.insert(format!("statement.{id}.title"));
        if statement.requirement.as_ref().is_some_and(|r| self.pack.requirement(r).is_none()) {
            let spot = (STRUCTURE, "statement", id);
            self.at(spot, "answers a requirement that is not there: name one of this pack");
        }
        for block in &statement.blocks {
            match block {
                BlockRule::Heading { text } => {
                    self.wanted.insert(text.clone());
                    self.at_blanks(text, false);
                }
                BlockRule::Text { text } | BlockRule::Notice { text } => {
                    self.wanted.insert(text.clone());
                    self.at_blanks(text, true);
                }
                BlockRule::Blanks { labels } => self.wanted.extend(labels.iter().cloned()),
                BlockRule::Rows { fields, .. } => self.fields.extend(fields.iter().cloned()),
                BlockRule::Signature { .. } => {
                    self.wanted.extend(SIGNATURE_LINES.map(str::to_owned));
                }
                BlockRule::ExhibitIndex => {}
            }
        }
    }

    /// Every `{blank}` of a text must be one that can be filled in, the same in both languages.
    fn at_blanks(&mut self, key: &str, may_fill: bool) {
        let Some(text) = self.pack.text(key) else { return };
        let (en, zh) = (blanks(&text.en), blanks(&text.zh));
        if en != zh {
            let says = "has other blanks in Chinese than in English: write the same in both";
            self.faults.push(Fault::in_text(key, format!("text {key} {says}")));
        }
        for blank in en.union(&zh) {
            let known = PLACEHOLDERS.contains(&blank.as_str()) || self.knows(blank);
            if !may_fill || !known {
                let says = format!("text {key} has the blank {{{blank}}}, which stays open");
                let mend = "name a field, or take it out";
                self.faults.push(Fault::in_text(key, format!("{says}: {mend}")));
            }
        }
    }

    fn at_announcements(&mut self) {
        let mut seen = BTreeSet::new();
        for announcement in &self.pack.announcements {
            let id = &announcement.id;
            let spot = (STRUCTURE, "announcement", id.as_str());
            if !seen.insert(id) {
                self.at(spot, "stands twice: give one of them another id");
            }
            self.wanted.insert(format!("announcement.{id}"));
            if announcement.suspended.is_some_and(|[first, last]| first > last) {
                let says =
                    "has a suspension that ends before it begins: the first day stands first";
                self.at(spot, says);
            }
        }
    }

    fn at_fields(&mut self) {
        for key in std::mem::take(&mut self.fields) {
            if !self.knows(&key) {
                let says = format!("there is no field {key}: take it out, or name one that is");
                self.faults.push(Fault::new(About::Word(STRUCTURE, key.clone()), says));
            }
            self.wanted.insert(format!("field.{}", field_label(&key)));
        }
    }

    fn at_texts(&mut self) {
        for key in self.wanted.iter().filter(|key| self.pack.text(key).is_none()) {
            let says = format!("text {key} is missing: write it in en.toml and zh.toml");
            self.faults.push(Fault::in_text(key, says));
        }
        for key in ["package.title", "package.subject", "package.purpose"] {
            self.at_blanks(key, true);
        }
    }

    pub(super) fn knows(&self, key: &str) -> bool {
        field::read(&self.probe, &key.replace("item.*.", "item.1.")).is_ok()
    }
}

/// Every role, since the parties screen names each.
const ROLES: [Role; 6] = [
    Role::Supplier,
    Role::Importer,
    Role::Trader,
    Role::EndUser,
    Role::DownstreamCustomer,
    Role::Recipient,
];

fn blanks(text: &str) -> BTreeSet<String> {
    let found = RefCell::new(BTreeSet::new());
    fill_side(text, |key| {
        found.borrow_mut().insert(key.to_owned());
        None
    });
    found.into_inner()
}

/// The texts that every pack must have, since the program looks them up by its own words.
fn vocabulary() -> BTreeSet<String> {
    let under = |head: &str, words: &[&str]| -> Vec<String> {
        words.iter().map(|word| format!("{head}.{word}")).collect()
    };
    let roles = ROLES.map(Role::word);
    let reasons = MaskReason::ALL.map(MaskReason::word);
    [
        under("package", content::WORDS),
        under("package", &["purpose", "subject"]),
        under("because", &["asked", "not-asked"]),
        under("demand", Demand::WORDS),
        under("tier", Tier::WORDS),
        under("risk", Risk::WORDS),
        under("mark", Mark::WORDS),
        under("basis-kind", BasisKind::WORDS),
        under("choice.family", Family::WORDS),
        under("choice.transport", Transport::WORDS),
        under("choice.consignee", Consignee::WORDS),
        under("choice.yes-no", &["yes", "no"]),
        under("role", &roles),
        under("mask", &reasons),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn probe(pack: &Pack) -> Dossier {
    let of = PackRef { id: pack.id.clone(), version: pack.version.clone(), overlays: Vec::new() };
    #[expect(clippy::expect_used, reason = "the literal is a well-formed id")]
    let id = DossierId::new("probe").expect("a well-formed id");
    Dossier::new(id, String::new(), of)
}

#[cfg(test)]
mod tests {
    use super::super::PackError;
    use super::*;

    const HEAD: &str = "format = 1\nid = \"p\"\nversion = \"1\"\nverified-on = \"2026-11-23\"\n";
    const POINT: &str = "[[requirement]]\nid = \"a\"\nsection = \"A\"\nwho = [\"importer\"]\n\
        basis = { kind = \"law\", mark = \"P\", sources = [\"s\"] }\ndemand = \"required\"\n\
        tier = \"0\"\nforms = [\"form\"]\nrisk = \"none\"\nneeds.fields = [\"order.number\"]\n";
    const LETTER: &str = "[[statement]]\nid = \"l\"\nissuer = \"importer\"\n\
        blocks = [{ kind = \"text\", text = \"t.a\" }]\n[sources]\ns = \"A source\"\n";

    fn faults(point: &str, en: &str, zh: &str) -> Vec<String> {
        match Pack::read(&format!("{HEAD}{point}{LETTER}"), en, zh) {
            Err(PackError::NotWhole(faults)) => faults.iter().map(Fault::to_string).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn has(faults: &[String], fault: &str) {
        assert!(
            faults.iter().any(|found| found.contains(fault)),
            "{fault} is not among {faults:#?}"
        );
    }

    #[test]
    fn a_source_that_is_not_listed_is_named() {
        let point = POINT.replace("[\"s\"]", "[\"x\"]");
        has(
            &faults(&point, "", ""),
            "pack.toml, line 6: requirement a cites x, which is not listed: add it to [sources]",
        );
        let point = POINT.replace("[\"s\"]", "[]");
        has(
            &faults(&point, "", ""),
            "pack.toml, line 6: requirement a cites no source: name one of",
        );
    }

    #[test]
    fn a_condition_may_not_be_missing_and_a_field_may_not_be_unknown() {
        let point =
            POINT.replace("required", "conditional").replace("order.number", "order.colour");
        let faults = faults(&point, "", "");
        has(&faults, "requirement a is conditional without a condition");
        has(&faults, "pack.toml, line 14: there is no field order.colour: take it out");
    }

    #[test]
    fn an_id_stands_once() {
        let twice = faults(&format!("{POINT}{POINT}"), "", "");
        has(&twice, "pack.toml, line 16: requirement a stands twice: give one of them another id");
    }

    #[test]
    fn every_word_that_the_program_looks_up_is_wanted() {
        let faults = faults(POINT, "", "");
        for key in ["requirement.a.least", "section.A", "form.form", "mask.customer", "role.trader"]
        {
            has(&faults, &format!("text {key} is missing"));
        }
        for key in ["field.order.number", "demand.conditional", "choice.family.alloy", "t.a"] {
            has(&faults, &format!("text {key} is missing"));
        }
    }

    #[test]
    fn a_blank_that_nothing_can_fill_is_named() {
        let en = "[t]\na = \"{sender} {order.number} {order.colour}\"";
        let zh = "[t]\na = \"{sender}\"";
        let faults = faults(POINT, en, zh);
        has(
            &faults,
            "en.toml, line 2: text t.a has the blank {order.colour}, which stays open: name",
        );
        has(&faults, "text t.a has other blanks in Chinese than in English");
        assert!(!faults.iter().any(|fault| fault.contains("{sender}")), "{faults:#?}");
        assert!(!faults.iter().any(|fault| fault.contains("{order.number}")), "{faults:#?}");
    }
}
