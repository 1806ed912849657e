//! What does a newer version of a pack say otherwise?
//!
//! For people: which points appear, change or vanish, and how announcements stand now. Deliberately
//! absent: sentences, and which dossiers it touches (see [`crate::checklist::regrade`]).

use super::{Fault, ListedGoods, Pack, PartDifference, Requirement, ScopeRule};
use crate::id::RequirementId;

/// What changes from one version of a pack to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Requirements that only the newer one has.
    pub appear: Vec<RequirementId>,
    /// Requirements that only the older one has, or that the newer one replaced.
    pub vanish: Vec<RequirementId>,
    /// Requirements that both have and that ask for something else now, with what changed.
    pub change: Vec<(RequirementId, Vec<Aspect>)>,
    /// Announcements that are new, or whose dates are others, by their ids.
    pub announcements: Vec<String>,
    /// Lines of the tables of goods that are new, gone or others, by their codes.
    pub goods: Vec<String>,
    /// Rules of the scope question that are new, gone or others, by their ids.
    pub scope: Vec<String>,
    /// What the other parts say otherwise: checks, wording, certificate, statements, terms, lists.
    pub parts: Vec<PartDifference>,
    /// How many other sentences differ.
    pub other_texts: usize,
}

/// What of a requirement is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// How strongly it is asked.
    Demand,
    /// When it applies.
    Condition,
    /// When it leaves the house.
    Tier,
    /// What makes it ready.
    Needs,
    /// What stands behind it.
    Basis,
    /// Who provides it, in which form, or what it may give away.
    Handling,
    /// Its sentences.
    Words,
}

impl Aspect {
    /// Its word in texts and in `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Condition => "condition",
            Self::Tier => "tier",
            Self::Needs => "needs",
            Self::Basis => "basis",
            Self::Handling => "handling",
            Self::Words => "words",
        }
    }
}

impl Difference {
    /// True when both say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Pack {
    /// What `newer` says otherwise than this version.
    #[must_use]
    pub fn difference(&self, newer: &Self) -> Difference {
        let held = |pack: &Self, id: &RequirementId| {
            pack.requirement(id).is_some_and(|known| known.replaced_by.is_none())
        };
        let ids = |pack: &Self| -> Vec<RequirementId> {
            let all = pack.requirements.iter().filter(|known| known.replaced_by.is_none());
            all.map(|known| known.id.clone()).collect()
        };
        let appear = ids(newer).into_iter().filter(|id| !held(self, id)).collect();
        let vanish = ids(self).into_iter().filter(|id| !held(newer, id)).collect();
        let change =
            newer.requirements.iter().filter(|now| held(newer, &now.id)).filter_map(|now| {
                let before =
                    self.requirement(&now.id).filter(|known| known.replaced_by.is_none())?;
                let aspects = self.aspects(before, newer, now);
                (!aspects.is_empty()).then(|| (now.id.clone(), aspects))
            });
        let change = change.collect();
        let announcements =
            newer.announcements.iter().filter(|now| !self.announcements.contains(now));
        let announcements = announcements.map(|now| now.id.clone()).collect();
        let (goods, scope) = (self.other_goods(newer), self.other_rules(newer));
        let (parts, other_texts) = (self.part_differences(newer), self.other_texts(newer));
        Difference { appear, vanish, change, announcements, goods, scope, parts, other_texts }
    }

    fn other_goods(&self, newer: &Self) -> Vec<String> {
        let only = |of: &Self, other: &Self| -> Vec<String> {
            let same = |one: &ListedGoods| other.goods.listed.iter().any(|held| held.says_as(one));
            let found = of.goods.listed.iter().filter(|one| !same(one));
            found.map(|one| one.code.clone()).collect()
        };
        both(only(self, newer), only(newer, self))
    }

    fn other_rules(&self, newer: &Self) -> Vec<String> {
        let only = |of: &Self, other: &Self| -> Vec<String> {
            let key = |id: &str| format!("scope.rule.{id}");
            let same = |rule: &ScopeRule| {
                other.scope.rules.contains(rule)
                    && of.text(&key(&rule.id)) == other.text(&key(&rule.id))
            };
            let found = of.scope.rules.iter().filter(|rule| !same(rule));
            found.map(|rule| rule.id.clone()).collect()
        };
        both(only(self, newer), only(newer, self))
    }

    /// Requirements of this pack whose ids a newer version no longer has: what was answered to them would
    /// hang in the air, so each must at least name its successor.
    #[must_use]
    pub fn renamed_in(&self, newer: &Self) -> Vec<Fault> {
        let gone = self.requirements.iter().filter(|one| newer.requirement(&one.id).is_none());
        gone.map(|Requirement { id, .. }| {
            let says = format!("requirement {id} of {} is not there any more", self.version);
            Fault::of_pack(format!("{says}: keep it, with replaced-by when another took its place"))
        })
        .collect()
    }

    fn aspects(&self, before: &Requirement, newer: &Self, now: &Requirement) -> Vec<Aspect> {
        let words = format!("requirement.{}.", now.id);
        [
            (Aspect::Demand, before.demand != now.demand),
            (Aspect::Condition, before.when != now.when),
            (Aspect::Tier, before.tier != now.tier),
            (Aspect::Needs, before.needs != now.needs),
            (Aspect::Basis, before.basis != now.basis),
            (
                Aspect::Handling,
                before.who != now.who || before.forms != now.forms || before.risk != now.risk,
            ),
            (Aspect::Words, !self.texts_under(&words).eq(newer.texts_under(&words))),
        ]
        .into_iter()
        .filter_map(|(aspect, differs)| differs.then_some(aspect))
        .collect()
    }

    /// How many sentences differ that belong to nothing that is named.
    fn other_texts(&self, newer: &Self) -> usize {
        let named = ["requirement.", "check.", "fault.", "statement.", "list.", "own-side."];
        let of_none = |key: &&String| !named.iter().any(|head| key.starts_with(head));
        let changed = newer
            .texts
            .iter()
            .filter(|(key, text)| of_none(key) && self.texts.get(*key) != Some(*text));
        let gone = self.texts.keys().filter(|key| of_none(key) && !newer.texts.contains_key(*key));
        changed.count() + gone.count()
    }
}

/// Names from both sides, each once.
fn both(mut one: Vec<String>, other: Vec<String>) -> Vec<String> {
    one.extend(other);
    one.sort();
    one.dedup();
    one
}

#[cfg(test)]
mod tests {
    use super::{super::sample::bare, *};
    use crate::pack::{Demand, Goods, Tier};

    #[test]
    fn a_pack_does_not_differ_from_itself() {
        assert!(bare().difference(&bare()).is_empty());
    }

    #[test]
    fn what_appears_changes_and_vanishes_is_named() {
        let old = bare();
        let mut new = bare();
        let mut more = old.requirements[0].clone();
        more.id = RequirementId::new("b").unwrap();
        new.requirements.push(more);
        new.requirements[0].demand = Demand::Required;
        new.requirements[0].tier = Tier::OnRequest;
        let id = |word: &str| RequirementId::new(word).unwrap();
        let difference = old.difference(&new);
        assert_eq!(difference.appear, [id("b")]);
        assert_eq!(difference.change, [(id("a"), vec![Aspect::Demand, Aspect::Tier])]);
        assert!(difference.vanish.is_empty());
        assert_eq!(new.difference(&old).vanish, [id("b")]);
    }

    #[test]
    fn other_words_are_counted_and_those_of_a_point_are_named() {
        let old = bare();
        let mut new = bare();
        for key in ["requirement.a.title", "section.A"] {
            new.texts.get_mut(key).unwrap().en.push('!');
        }
        let difference = old.difference(&new);
        assert_eq!(difference.change.len(), 1);
        assert_eq!(difference.change[0].1, [Aspect::Words]);
        assert_eq!(difference.other_texts, 1);
    }

    #[test]
    fn a_line_of_goods_or_a_scope_rule_that_is_another_is_named() {
        let old = bare();
        let mut new = bare();
        let table = "[[goods]]\ncode = \"1C905.a.4\"\nen = \"Magnets\"\nzh = \"磁体\"\n\
            announcement = \"2025-18\"\nsources = [\"s\"]\nmark = \"2+\"\n";
        new.goods = Goods::read(table).unwrap();
        let rule = "[[rule]]\nid = \"magnets\"\nverdict = \"in-scope\"\nform = [\"magnet\"]\n\
            basis = { kind = \"law\", mark = \"P\", sources = [\"s\"] }\n";
        new.scope = toml::from_str(rule).unwrap();
        let difference = old.difference(&new);
        assert_eq!(
            (difference.goods, difference.scope),
            (vec!["1C905.a.4".into()], vec!["magnets".into()])
        );
        let mut moved = new.clone();
        moved.goods = Goods::read(&format!("\n\n{table}")).unwrap();
        assert!(new.difference(&moved).is_empty(), "another line of the file is no difference");
        moved.goods = Goods::read(&table.replace("Magnets", "Others")).unwrap();
        assert_eq!(new.difference(&moved).goods, ["1C905.a.4"]);
        assert_eq!(new.difference(&old).scope, ["magnets"]);
    }

    #[test]
    fn a_replaced_point_vanishes() {
        let old = bare();
        let mut new = bare();
        let mut more = old.requirements[0].clone();
        more.id = RequirementId::new("b").unwrap();
        new.requirements[0].replaced_by = Some(more.id.clone());
        new.requirements.push(more);
        let difference = old.difference(&new);
        assert_eq!(difference.vanish.len(), 1);
        assert_eq!(difference.appear.len(), 1);
    }
}
