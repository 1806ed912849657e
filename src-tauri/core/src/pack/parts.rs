//! Are the parts of a pack whole?
//!
//! Beside `whole.rs`, for the files that a pack may leave out: each id once, each source listed, each
//! sentence in both languages. Deliberately absent: whether a term or a name is right.

use std::collections::BTreeSet;

use super::{Search, Status, scope, whole::Look};
use crate::{
    consistency,
    dossier::{Build, Material},
    draft,
    wording::RULES,
};

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
        self.once("scope rule", rules.iter().map(|rule| rule.id.as_str()));
        for rule in rules {
            self.at_sources(&format!("scope rule {}", rule.id), &rule.basis.sources);
            self.faults.extend(rule.faults(self.pack));
            self.wanted.insert(format!("scope.rule.{}", rule.id));
        }
        if let Some(limit) = &self.pack.scope.practice {
            self.at_sources("the practice of scope.toml", &limit.basis.sources);
        }
        let sentences = scope::SENTENCES.iter();
        self.wanted.extend(sentences.map(|sentence| format!("scope.{sentence}")));
        self.fields.extend(scope::FIELDS.map(str::to_owned));
        self.wanted.extend(Material::WORDS.iter().map(|word| format!("choice.material.{word}")));
        self.wanted.extend(Build::WORDS.iter().map(|word| format!("choice.build.{word}")));
    }

    fn once<'a>(&mut self, what: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id.to_owned()) {
                self.faults.push(format!("{what} {id} stands twice"));
            }
        }
    }

    fn at_checks(&mut self) {
        let rules = &self.pack.checks;
        self.once("check", rules.checks.iter().map(|check| check.id.as_str()));
        for check in &rules.checks {
            let id = &check.id;
            if !consistency::knows(id) {
                self.faults.push(format!("check {id} is none that this program can make"));
            }
            self.at_sources(&format!("check {id}"), &check.basis.sources);
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
            self.faults.push(format!("announcement {id} is to be confirmed, but is not there"));
        }
    }

    fn at_wording(&mut self) {
        let rules = &self.pack.wording;
        if rules.fields.is_empty() {
            return;
        }
        self.at_sources("the wording", &rules.sources);
        self.fields.extend(rules.fields.iter().map(|field| field.key.clone()));
        self.once("wording", rules.revealing.iter().map(|rule| rule.id.as_str()));
        let own = RULES.iter().map(|rule| (*rule).to_owned());
        for rule in own.chain(rules.revealing.iter().map(|rule| rule.id.clone())) {
            self.wanted.extend(["says", "mend"].map(|part| format!("wording.{rule}.{part}")));
        }
        let grades = super::Grade::WORDS.iter().map(|word| format!("grade.{word}"));
        self.wanted.extend(grades);
        for example in &rules.examples {
            if rules.field(&example.field).is_none() {
                self.faults
                    .push(format!("an example is of {}, which is not judged", example.field));
            }
        }
    }

    fn at_certificate(&mut self) {
        let rules = &self.pack.certificate;
        self.once("certificate field", rules.fields.iter().map(|field| field.id.as_str()));
        self.once("fault", rules.faults.iter().map(|fault| fault.id.as_str()));
        for field in &rules.fields {
            let what = format!("certificate field {}", field.id);
            self.at_sources(&what, &field.sources);
            if field.keys.is_empty() && field.texts.is_empty() {
                self.faults.push(format!("{what} is nowhere on the data sheet"));
            }
            self.fields.extend(field.keys.iter().cloned());
            self.wanted.extend(field.texts.iter().cloned());
        }
        for undertaking in &rules.undertakings {
            let what = format!("undertaking {}", undertaking.id);
            self.at_sources(&what, &undertaking.sources);
        }
        for fault in &rules.faults {
            self.at_sources(&format!("fault {}", fault.id), &fault.sources);
            for part in ["title", "why", "mend"] {
                self.wanted.insert(format!("fault.{}.{part}", fault.id));
            }
            let silent = fault.en.is_empty() || fault.zh.is_empty();
            if silent && fault.search != Search::ChineseSaysMore {
                self.faults.push(format!("fault {} has words in one language only", fault.id));
            }
            for phrase in fault.en.iter().chain(&fault.zh) {
                if draft::parts(phrase).any(str::is_empty) {
                    self.faults.push(format!("fault {} has an empty phrase", fault.id));
                }
            }
        }
    }

    fn at_lists(&mut self) {
        let lists = &self.pack.lists;
        self.once("list", lists.lists.iter().map(|list| list.id.as_str()));
        for list in &lists.lists {
            self.at_sources(&format!("list {}", list.id), &list.sources);
            self.wanted.insert(format!("list-kind.{}", list.kind.word()));
        }
        if !lists.lists.is_empty() {
            self.wanted.extend(["partial", "no-clearance", "owners"].map(|w| format!("list.{w}")));
            if lists.as_of.is_none() {
                self.faults.push("the lists have no day".to_owned());
            }
        }
    }

    fn at_own_side(&mut self) {
        let questions = &self.pack.own_side.questions;
        self.once("question", questions.iter().map(|question| question.id.as_str()));
        for question in questions {
            self.at_sources(&format!("question {}", question.id), &question.sources);
            for part in ["asks", "yes", "why"] {
                self.wanted.insert(format!("own-side.{}.{part}", question.id));
            }
        }
    }
}
