//! Which texts of a dossier can be searched for, and which of them does a change touch?
//!
//! A passage is what belongs to one thing that can be opened: a party, an item, an exhibit. Everything
//! that was typed or imported is in one, also what must not leave: searching stays in the house.
//! Deliberately absent: words and how they are found (store), texts of the pack, and what stands
//! inside of the originals.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    dossier::{
        Accepted, Answer, Certificate, Dossier, Item, OwnAnswer, Party, ProtectedTerm, Request,
        Said,
    },
    exhibit::Exhibit,
    questionnaire::Asked,
    record::{FieldKind, Record},
    text::Bilingual,
};

/// Grows whenever passages of the same dossier become others; an index of another version is made
/// anew.
pub const VERSION: u32 = 1;

/// What kind of thing a passage belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The dossier itself.
    Dossier,
    /// A firm.
    Party,
    /// Goods.
    Item,
    /// The purchase.
    Order,
    /// What the goods are for.
    EndUse,
    /// What was declared of a requirement.
    Answer,
    /// What the supplier asked for.
    Request,
    /// A piece of evidence.
    Exhibit,
    /// What must not leave.
    ProtectedTerms,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Dossier,
        Self::Party,
        Self::Item,
        Self::Order,
        Self::EndUse,
        Self::Answer,
        Self::Request,
        Self::Exhibit,
        Self::ProtectedTerms,
    ];

    /// The kind's word in answers and texts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Party => "party",
            Self::Item => "item",
            Self::Order => "order",
            Self::EndUse => "end-use",
            Self::Answer => "answer",
            Self::Request => "request",
            Self::Exhibit => "exhibit",
            Self::ProtectedTerms => "protected-terms",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The texts of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What the thing is.
    pub kind: Kind,
    /// Its id in the dossier; blank where there is only one.
    pub id: String,
    /// What it is called; blank where the pack says it.
    pub title: String,
    /// Everything else that was typed or imported of it, one entry a line.
    pub text: String,
}

/// What a change does to the passages of a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Passages that are no more.
    pub gone: Vec<(Kind, String)>,
    /// Passages that are new or others than before.
    pub fresh: Vec<Passage>,
}

/// Every passage of a dossier.
#[must_use]
pub fn passages(dossier: &Dossier) -> Vec<Passage> {
    parts(dossier).into_iter().map(|part| part.passage()).collect()
}

/// What has to be forgotten and learnt when a dossier becomes another one.
#[must_use]
pub fn changes(before: &Dossier, after: &Dossier) -> Changes {
    let mut old: Vec<Part<'_>> = parts(before);
    old.sort_by_key(Part::key);
    let mut changes = Changes::default();
    let mut kept = vec![false; old.len()];
    for part in parts(after) {
        match old.binary_search_by_key(&part.key(), Part::key) {
            Ok(at) => {
                kept[at] = true;
                if old[at] != part {
                    changes.fresh.push(part.passage());
                }
            }
            Err(_) => changes.fresh.push(part.passage()),
        }
    }
    let gone = old.iter().zip(kept).filter(|(_, kept)| !kept);
    changes.gone = gone.map(|(part, _)| (part.kind, part.id.to_owned())).collect();
    changes
}

/// A thing of a dossier, before anybody needs its words.
#[derive(PartialEq)]
struct Part<'a> {
    kind: Kind,
    id: &'a str,
    of: Of<'a>,
}

type By<'a, T> = &'a BTreeMap<String, T>;

#[derive(PartialEq)]
enum Of<'a> {
    /// Its title, and what was typed of the certificate and of the own side.
    Dossier(&'a str, &'a Certificate, By<'a, Accepted>, By<'a, OwnAnswer>),
    Party(&'a Party),
    Item(&'a Item),
    Order(&'a crate::dossier::Order),
    EndUse(&'a crate::dossier::EndUse),
    Answer(&'a Answer),
    Request(&'a Request),
    Asked(&'a Asked),
    Exhibit(&'a Exhibit),
    ProtectedTerms(&'a [ProtectedTerm]),
}

fn parts(dossier: &Dossier) -> Vec<Part<'_>> {
    // Taken apart, so that a new field of a dossier asks whether it can be searched for.
    let Dossier {
        id: _,
        title,
        pack: _,
        parties,
        items,
        order,
        end_use,
        situation: _,
        answers,
        requests,
        exhibits,
        protected_terms,
        certificate,
        accepted_faults,
        own_side,
        // Days and numbers, and names that nobody looks for.
        filing: _,
        stops: _,
        places: _,
        asked,
    } = dossier;
    let of = Of::Dossier(title, certificate, accepted_faults, own_side);
    let mut parts = vec![
        Part { kind: Kind::Dossier, id: "", of },
        Part { kind: Kind::Order, id: "", of: Of::Order(order) },
        Part { kind: Kind::EndUse, id: "", of: Of::EndUse(end_use) },
        Part { kind: Kind::ProtectedTerms, id: "", of: Of::ProtectedTerms(protected_terms) },
    ];
    let part = |kind, id, of| Part { kind, id, of };
    parts.extend(parties.iter().map(|one| part(Kind::Party, one.id.as_str(), Of::Party(one))));
    parts.extend(items.iter().map(|one| part(Kind::Item, one.id.as_str(), Of::Item(one))));
    parts.extend(answers.iter().map(|(id, one)| part(Kind::Answer, id.as_str(), Of::Answer(one))));
    parts.extend(
        requests.iter().map(|(id, one)| part(Kind::Request, id.as_str(), Of::Request(one))),
    );
    parts.extend(asked.iter().map(|one| part(Kind::Request, one.id.as_str(), Of::Asked(one))));
    parts.extend(exhibits.iter().map(|one| part(Kind::Exhibit, one.id.as_str(), Of::Exhibit(one))));
    parts
}

impl<'a> Part<'a> {
    fn key(&self) -> (Kind, &'a str) {
        (self.kind, self.id)
    }

    fn passage(&self) -> Passage {
        let mut title = String::new();
        let mut text = Lines::default();
        match self.of {
            Of::Dossier(named, certificate, accepted, own_side) => {
                named.clone_into(&mut title);
                text.add_record(certificate);
                let reasons = accepted.values().map(|accepted| &accepted.reason);
                for reason in reasons.chain(own_side.values().map(|answer| &answer.reason)) {
                    text.add(reason);
                }
            }
            Of::Party(Party { id, roles: _, alias, profile }) => {
                title = first(&[&profile.name, &profile.name_zh, &alias.en, id.as_str()]);
                text.add_both(alias);
                text.add_record(profile);
            }
            Of::Item(Item { id, specification }) => {
                let name = &specification.name;
                title = first(&[&name.en, &name.zh, &specification.model, id.as_str()]);
                text.add_record(specification);
            }
            Of::Order(order) => {
                title.clone_from(&order.number);
                text.add_record(order);
            }
            Of::EndUse(end_use) => text.add_record(end_use),
            Of::Answer(Answer { said, question: _, pack_version: _, given: _ }) => match said {
                Said::Declared(words) | Said::MissingBecause(words) => text.add(words),
            },
            Of::Request(Request { day: _, quote }) => text.add(quote),
            Of::Asked(Asked { id: _, by, day: _, line, like: _ }) => {
                title.clone_from(line);
                text.add(by);
            }
            Of::Exhibit(exhibit) => {
                let name = exhibit.name_in_the_house();
                title = first(&[&name.en, &name.zh]);
                text.add_both(&exhibit.title);
                text.add_both(&exhibit.caption);
                text.add(&exhibit.path);
            }
            Of::ProtectedTerms(terms) => {
                for ProtectedTerm { term, why } in terms {
                    text.add(term);
                    text.add(why);
                }
            }
        }
        let text = text.without(&title);
        Passage { kind: self.kind, id: self.id.to_owned(), title, text }
    }
}

/// The first text that says something.
fn first(texts: &[&str]) -> String {
    texts.iter().find(|text| !text.trim().is_empty()).unwrap_or(&"").trim().to_owned()
}

/// Entries, one a line, each once.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && !self.0.iter().any(|known| known == text) {
            self.0.push(text.to_owned());
        }
    }

    fn add_both(&mut self, text: &Bilingual) {
        self.add(&text.en);
        self.add(&text.zh);
    }

    /// Everything typed; a choice of a few words is not.
    fn add_record(&mut self, record: &dyn Record) {
        for leaf in record.keys().iter().filter_map(|key| record.leaf(key)) {
            match leaf.kind() {
                FieldKind::Choice(_) | FieldKind::YesNo => {}
                FieldKind::Text | FieldKind::Bilingual | FieldKind::Date | FieldKind::Whole => {
                    self.add_both(&leaf.read());
                }
            }
        }
    }

    fn without(self, title: &str) -> String {
        let lines = self.0.iter().filter(|line| *line != title);
        lines.fold(String::new(), |mut text, line| {
            let between = if text.is_empty() { "" } else { "\n" };
            // Writing to a String cannot fail.
            let _ = write!(text, "{between}{line}");
            text
        })
    }
}

#[cfg(test)]
mod tests;
