//! Are the parts of a pack whole?
//!
//! Beside `whole.rs`, for the files that a pack may leave out: each id once, each source listed, each
//! sentence in both languages. Deliberately absent: whether a term or a name is right.

use std::collections::BTreeSet;

use super::{Fault, Search, Status, place::About, scope, whole::Look};
use crate::{
    consistency,
    dossier::{Build, Material},
    draft,
    wording::RULES,
};

const CERTIFICATE: &str = "certificate.toml";
const CHECKS: &str = "checks.toml";
const OWN_SIDE: &str = "own-side.toml";
const PARTIES: &str = "parties.toml";
const SCOPE: &str = "scope.toml";
const WORDING: &str = "wording.toml";

impl Look<'_> {
    pub(super) fn at_parts(&mut self) {
        self.at_checks();
        self.at_wording();
        self.at_certificate();
        self.at_lists();
        self.at_own_side();
        self.at_goods();
        self.at_scope();
    }

    /// A pack that lists goods says how their announcements stand.
    fn at_goods(&mut self) {
        self.faults.extend(self.pack.goods.faults(self.pack));
        if self.pack.goods.listed.is_empty() {
            return;
        }
        let words = Status::WORDS.iter().chain(&["advice"]);
        self.wanted.extend(words.map(|word| format!("status.{word}")));
    }

    fn at_scope(&mut self) {
        let rules = &self.pack.scope.rules;
        if rules.is_empty() {
            return;
        }
        self.once(SCOPE, "rule", rules.iter().map(|rule| rule.id.as_str()));
        for rule in rules {
            let spot = (SCOPE, "rule", rule.id.as_str());
            self.at_sources(spot, &rule.basis.sources);
            for says in rule.faults(self.pack) {
                self.at(spot, &says);
            }
            self.wanted.insert(format!("scope.rule.{}", rule.id));
        }
        if let Some(limit) = &self.pack.scope.practice {
            self.at_sources((SCOPE, "practice", "percent"), &limit.basis.sources);
        }
        let sentences = scope::SENTENCES.iter();
        self.wanted.extend(sentences.map(|sentence| format!("scope.{sentence}")));
        self.fields.extend(scope::FIELDS.map(str::to_owned));
        self.wanted.extend(Material::WORDS.iter().map(|word| format!("choice.material.{word}")));
        self.wanted.extend(Build::WORDS.iter().map(|word| format!("choice.build.{word}")));
    }

    fn once<'a>(
        &mut self,
        file: &'static str,
        table: &'static str,
        ids: impl Iterator<Item = &'a str>,
    ) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id.to_owned()) {
                self.at((file, table, id), "stands twice: give one of them another id");
            }
        }
    }

    fn at_checks(&mut self) {
        let rules = &self.pack.checks;
        self.once(CHECKS, "check", rules.checks.iter().map(|check| check.id.as_str()));
        for check in &rules.checks {
            let id = &check.id;
            let spot = (CHECKS, "check", id.as_str());
            if !consistency::knows(id) {
                self.at(spot, "is none that this program can make: take it out");
            }
            self.at_sources(spot, &check.basis.sources);
            for part in ["title", "why", "mend"] {
                self.wanted.insert(format!("check.{id}.{part}"));
            }
        }
        if !rules.checks.is_empty() {
            let words = consistency::Kind::WORDS.iter().map(|word| format!("discord.{word}"));
            self.wanted.extend(words);
            self.wanted.extend(consistency::PLACES.map(|place| format!("where.{place}")));
        }
        let announced = &self.pack.announcements;
        for id in rules.confirm.iter().filter(|id| announced.iter().all(|a| a.id != **id)) {
            let says =
                format!("announcement {id} is to be confirmed, but pack.toml lacks it: add it");
            self.faults.push(Fault::new(About::Word(CHECKS, id.clone()), says));
        }
    }

    fn at_wording(&mut self) {
        let rules = &self.pack.wording;
        if rules.fields.is_empty() {
            return;
        }
        self.at_sources((WORDING, "", "sources"), &rules.sources);
        self.fields.extend(rules.fields.iter().map(|field| field.key.clone()));
        self.once(WORDING, "revealing", rules.revealing.iter().map(|rule| rule.id.as_str()));
        let own = RULES.iter().map(|rule| (*rule).to_owned());
        for rule in own.chain(rules.revealing.iter().map(|rule| rule.id.clone())) {
            self.wanted.extend(["says", "mend"].map(|part| format!("wording.{rule}.{part}")));
        }
        let grades = super::Grade::WORDS.iter().map(|word| format!("grade.{word}"));
        self.wanted.extend(grades);
        for example in &rules.examples {
            if rules.field(&example.field).is_none() {
                let field = &example.field;
                let says =
                    format!("an example is of {field}, which is not judged: add a [[field]]");
                self.faults.push(Fault::new(About::Word(WORDING, field.clone()), says));
            }
        }
    }

    fn at_certificate(&mut self) {
        let rules = &self.pack.certificate;
        self.once(CERTIFICATE, "field", rules.fields.iter().map(|field| field.id.as_str()));
        self.once(CERTIFICATE, "fault", rules.faults.iter().map(|fault| fault.id.as_str()));
        for field in &rules.fields {
            let spot = (CERTIFICATE, "field", field.id.as_str());
            self.at_sources(spot, &field.sources);
            if field.keys.is_empty() && field.texts.is_empty() {
                self.at(spot, "is nowhere on the data sheet: write keys or texts");
            }
            self.fields.extend(field.keys.iter().cloned());
            self.wanted.extend(field.texts.iter().cloned());
        }
        for undertaking in &rules.undertakings {
            let spot = (CERTIFICATE, "undertaking", undertaking.id.as_str());
            self.at_sources(spot, &undertaking.sources);
        }
        for fault in &rules.faults {
            let spot = (CERTIFICATE, "fault", fault.id.as_str());
            self.at_sources(spot, &fault.sources);
            for part in ["title", "why", "mend"] {
                self.wanted.insert(format!("fault.{}.{part}", fault.id));
            }
            let silent = fault.en.is_empty() || fault.zh.is_empty();
            if silent && fault.search != Search::ChineseSaysMore {
                self.at(spot, "has words in one language only: write en and zh");
            }
            for phrase in fault.en.iter().chain(&fault.zh) {
                if draft::parts(phrase).any(str::is_empty) {
                    self.at(spot, "has an empty phrase: write it, or take it out");
                }
            }
        }
    }

    fn at_lists(&mut self) {
        let lists = &self.pack.lists;
        self.once(PARTIES, "list", lists.lists.iter().map(|list| list.id.as_str()));
        for list in &lists.lists {
            self.at_sources((PARTIES, "list", list.id.as_str()), &list.sources);
            self.wanted.insert(format!("list-kind.{}", list.kind.word()));
        }
        if !lists.lists.is_empty() {
            self.wanted.extend(["partial", "no-clearance", "owners"].map(|w| format!("list.{w}")));
            if lists.as_of.is_none() {
                let says = "the lists have no day: write as-of = …".to_owned();
                self.faults.push(Fault::new(About::File(PARTIES), says));
            }
        }
    }

    fn at_own_side(&mut self) {
        let questions = &self.pack.own_side.questions;
        self.once(OWN_SIDE, "question", questions.iter().map(|question| question.id.as_str()));
        for question in questions {
            self.at_sources((OWN_SIDE, "question", question.id.as_str()), &question.sources);
            for part in ["asks", "yes", "why"] {
                self.wanted.insert(format!("own-side.{}.{part}", question.id));
            }
        }
    }
}
