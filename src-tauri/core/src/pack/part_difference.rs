//! What do the other parts of a newer pack say otherwise: checks, wording, terms, lists?
//!
//! Each thing of a part is named as people know it. Deliberately absent: what of a thing is different,
//! and the tables of goods with the scope question (see [`super::difference`]).

use std::collections::BTreeMap;

use super::{CheckRules, Pack};
use crate::{record::choice, text::Bilingual};

choice! {
    /// A part of a pack beside its requirements.
    Part {
        /// Which papers must say the same.
        "checks" Checks,
        /// How an end use is worded.
        "wording" Wording,
        /// What stands on the certificate, and what in its draft nobody should sign.
        "certificate" Certificate,
        /// The statements that Lanthan typesets.
        "statements" Statements,
        /// Terms in both languages.
        "glossary" Glossary,
        /// Firms on official lists.
        "lists" Lists,
        /// What a firm asks itself at home.
        "own-side" OwnSide,
    }
}

/// What changes in one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartDifference {
    /// The part.
    pub part: Part,
    /// What only the newer pack has.
    pub appear: Vec<Bilingual>,
    /// What both have and what says something else now.
    pub change: Vec<Bilingual>,
    /// What only the older pack has.
    pub vanish: Vec<Bilingual>,
}

/// The things of a part: by a key, their name and all that they say.
type Things = BTreeMap<String, (Bilingual, String)>;

impl Pack {
    /// What the parts of `newer` say otherwise; parts that say the same are left out.
    pub(super) fn part_differences(&self, newer: &Self) -> Vec<PartDifference> {
        let (before, now) = (self.things(), newer.things());
        let changed = before.into_iter().zip(now).filter_map(|((part, old), (_, new))| {
            let (mut appear, mut change, mut vanish) = (Vec::new(), Vec::new(), Vec::new());
            for (key, (name, says)) in &new {
                match old.get(key) {
                    None => appear.push(name.clone()),
                    Some((_, said)) if said != says => change.push(name.clone()),
                    Some(_) => {}
                }
            }
            for (key, (name, _)) in &old {
                if !new.contains_key(key) {
                    vanish.push(name.clone());
                }
            }
            let found = PartDifference { part, appear, change, vanish };
            let is_same =
                found.appear.is_empty() && found.change.is_empty() && found.vanish.is_empty();
            (!is_same).then_some(found)
        });
        changed.collect()
    }

    fn things(&self) -> Vec<(Part, Things)> {
        vec![
            (Part::Checks, self.check_things()),
            (Part::Wording, self.wording_things()),
            (Part::Certificate, self.certificate_things()),
            (Part::Statements, self.statement_things()),
            (Part::Glossary, self.glossary_things()),
            (Part::Lists, self.list_things()),
            (Part::OwnSide, self.own_side_things()),
        ]
    }

    /// A thing with its texts: its name is its title where the pack has one.
    fn worded(&self, head: &str, title: &str, thing: &dyn std::fmt::Debug) -> (Bilingual, String) {
        let texts: Vec<_> = self.texts_under(head).collect();
        let name = self.text(&format!("{head}{title}")).cloned();
        let id = head.split('.').nth(1).unwrap_or(head);
        (name.unwrap_or_else(|| Bilingual::same(id)), format!("{thing:?} {texts:?}"))
    }

    fn check_things(&self) -> Things {
        let CheckRules { checks, limits, codes, forms, transports, confirm } = &self.checks;
        let mut things = Things::new();
        for check in checks {
            let head = format!("check.{}.", check.id);
            things.insert(head.clone(), self.worded(&head, "title", check));
        }
        let mut plain = |key: String, thing: &dyn std::fmt::Debug| {
            let name = Bilingual::same(key.trim_start_matches('~'));
            things.insert(format!("~{key}"), (name, format!("{thing:?}")));
        };
        for code in codes {
            plain(format!("{} {}", code.code, code.element), code);
        }
        for form in forms {
            plain(format!("…{}", form.ending), form);
        }
        for words in transports {
            plain(words.mode.word().to_owned(), words);
        }
        plain("limits".to_owned(), &(limits, confirm));
        things
    }

    fn wording_things(&self) -> Things {
        let rules = &self.wording;
        let mut things = Things::new();
        let mut put = |key: String, name: Bilingual, says: String| {
            things.insert(key, (name, says));
        };
        for field in &rules.fields {
            put(format!("field {}", field.key), self.label(&field.key), format!("{field:?}"));
        }
        for words in &rules.revealing {
            put(format!("words {}", words.id), Bilingual::same(&*words.id), format!("{words:?}"));
        }
        for example in &rules.examples {
            let says = format!("{} {}", example.grade.word(), example.zh);
            put(format!("example {} {}", example.field, example.en), example.text(), says);
        }
        for (kind, words) in [("vague", &rules.vague), ("joining", &rules.joining)] {
            for en in &words.en {
                put(format!("{kind} {en}"), Bilingual::new(en, ""), String::new());
            }
            for zh in &words.zh {
                put(format!("{kind} {zh}"), Bilingual::new("", zh), String::new());
            }
        }
        things
    }

    fn certificate_things(&self) -> Things {
        let rules = &self.certificate;
        let mut things = Things::new();
        for field in &rules.fields {
            let name = Bilingual::new(&field.en, &field.zh);
            things.insert(format!("field {}", field.id), (name, format!("{field:?}")));
        }
        for one in &rules.undertakings {
            let name = Bilingual::new(&one.en, &one.zh);
            things.insert(format!("undertaking {}", one.id), (name, format!("{one:?}")));
        }
        for fault in &rules.faults {
            let head = format!("fault.{}.", fault.id);
            things.insert(head.clone(), self.worded(&head, "title", fault));
        }
        things
    }

    fn statement_things(&self) -> Things {
        let thing = |rule: &super::StatementRule| {
            let head = format!("statement.{}.", rule.id);
            (head.clone(), self.worded(&head, "title", rule))
        };
        self.statements.iter().map(thing).collect()
    }

    fn glossary_things(&self) -> Things {
        let thing = |term: &super::Term| {
            let name = Bilingual::new(&term.en, &term.zh);
            (format!("{} {}", term.en, term.zh), (name, format!("{term:?}")))
        };
        self.glossary.terms.iter().map(thing).collect()
    }

    fn list_things(&self) -> Things {
        let mut things = Things::new();
        for list in &self.lists.lists {
            let head = format!("list.{}", list.id);
            let title = self.text(&head).cloned().unwrap_or_else(|| Bilingual::same(&*list.id));
            let about = (list.kind, list.day, list.listed, list.mark, &list.sources);
            let says = format!("{about:?} {title:?}");
            for name in &list.names {
                things.insert(format!("{head} {name}"), (Bilingual::same(name), String::new()));
            }
            things.insert(head, (title, says));
        }
        let forms = format!("{:?}", self.lists.legal_forms);
        things.insert("~".to_owned(), (Bilingual::same("legal forms"), forms));
        things
    }

    fn own_side_things(&self) -> Things {
        let thing = |question: &super::OwnQuestion| {
            let head = format!("own-side.{}.", question.id);
            (head.clone(), self.worded(&head, "asks", question))
        };
        self.own_side.questions.iter().map(thing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::sample::bare, *};
    use crate::pack::{Term, TermSource};

    fn term(en: &str, pinyin: &str) -> Term {
        let (en, zh, pinyin) = (en.to_owned(), "磁".to_owned(), pinyin.to_owned());
        Term { en, zh, pinyin, source: TermSource::LegalText }
    }

    #[test]
    fn terms_and_listed_names_are_named_and_what_says_the_same_is_not() {
        let (mut old, mut new) = (bare(), bare());
        old.glossary.terms = vec![term("magnet", "ci"), term("old", "x"), term("same", "x")];
        new.glossary.terms = vec![term("magnet", "cí"), term("new", "x"), term("same", "x")];
        let found = old.part_differences(&new);
        assert_eq!(found.len(), 1);
        let names = |all: &[Bilingual]| all.iter().map(|name| name.en.clone()).collect::<Vec<_>>();
        assert_eq!(found[0].part, Part::Glossary);
        assert_eq!(names(&found[0].appear), ["new"]);
        assert_eq!(names(&found[0].change), ["magnet"]);
        assert_eq!(names(&found[0].vanish), ["old"]);
        assert!(new.part_differences(&new).is_empty());
    }
}
