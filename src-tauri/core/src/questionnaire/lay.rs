//! How do asked points come to stand in a checklist beside those of the pack?
//!
//! They are laid over the pack of their dossier: everything that looks a point up finds them. A point
//! that is linked needs what its neighbour in the pack needs, and never leaves when that one never
//! does. Deliberately absent: any demand of law; what is asked here may politely be declined.

use super::{Asked, AskedBy};
use crate::{
    dossier::Role,
    pack::{Basis, BasisKind, Demand, Mark, Needs, Pack, Requirement, Risk, Tier},
    text::Bilingual,
};

/// The section of asked points.
const SECTION: &str = "?";

/// The sentences about asked points, which no pack has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedWords {
    /// The title of their section.
    pub section: Bilingual,
    /// Who asked and when, with the blanks `{by}` and `{day}`.
    pub basis: Bilingual,
    /// What is the least that is enough, when no point of the pack says it.
    pub least: Bilingual,
    /// What it gives away, when no point of the pack says it.
    pub gives_away: Bilingual,
}

impl Pack {
    /// The pack with the asked points of a dossier behind its own.
    #[must_use]
    pub fn with_asked(&self, asked: &[Asked], words: &AskedWords) -> Self {
        let mut whole = self.clone();
        for one in asked {
            let like = one.like.as_ref().and_then(|id| self.living(id));
            whole.lay_asked(one, like, words);
        }
        whole.texts.insert(format!("section.{SECTION}"), words.section.clone());
        whole
    }

    /// A requirement by its id, or what replaced it.
    fn living(&self, id: &crate::id::RequirementId) -> Option<&Requirement> {
        let found = self.requirement(id)?;
        match &found.replaced_by {
            Some(next) => self.requirement(next).filter(|next| next.replaced_by.is_none()),
            None => Some(found),
        }
    }

    fn lay_asked(&mut self, asked: &Asked, like: Option<&Requirement>, words: &AskedWords) {
        let id = &asked.id;
        let title = Bilingual::same(asked.line.clone());
        let basis = words.basis.fill(|key, _| match key {
            "by" => Some(asked.by.clone()),
            "day" => Some(asked.day.to_string()),
            _ => None,
        });
        let of_like = |part: &str| {
            like.and_then(|like| self.text(&format!("requirement.{}.{part}", like.id)).cloned())
        };
        let shows = of_like("shows").unwrap_or_else(|| title.clone());
        let least = of_like("least").unwrap_or_else(|| words.least.clone());
        let gives_away = of_like("gives-away").unwrap_or_else(|| words.gives_away.clone());
        let all = [
            ("title", title),
            ("shows", shows),
            ("least", least),
            ("gives-away", gives_away),
            ("basis", basis),
        ];
        for (part, text) in all {
            self.texts.insert(format!("requirement.{id}.{part}"), text);
        }
        self.requirements.push(point(asked, like));
    }
}

fn point(asked: &Asked, like: Option<&Requirement>) -> Requirement {
    let tier = match like.map(|like| like.tier) {
        Some(Tier::Never) => Tier::Never,
        _ => Tier::OnRequest,
    };
    Requirement {
        id: asked.id.clone(),
        section: SECTION.to_owned(),
        who: like.map_or_else(|| vec![Role::EndUser], |like| like.who.clone()),
        basis: Basis { kind: BasisKind::Practice, mark: Mark::One, sources: Vec::new() },
        demand: Demand::Recommended,
        when: None,
        tier,
        forms: like.map_or_else(Vec::new, |like| like.forms.clone()),
        risk: like.map_or(Risk::Medium, |like| like.risk),
        needs: like.map_or_else(Needs::default, |like| like.needs.clone()),
        replaced_by: None,
        asked: Some(AskedBy {
            by: asked.by.clone(),
            day: asked.day,
            like: like.map(|like| like.id.clone()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        checklist::{State, checklist},
        id::RequirementId,
        pack::sample::{bare, dossier},
    };

    fn words() -> AskedWords {
        AskedWords {
            section: Bilingual::same("Asked"),
            basis: Bilingual::same("Asked by {by} on {day}."),
            least: Bilingual::same("Little."),
            gives_away: Bilingual::same("Something."),
        }
    }

    #[test]
    fn an_asked_point_stands_in_the_checklist_with_who_asked_and_when() {
        let mut dossier = dossier();
        let day = date(2026, 11, 25);
        let lines = vec![("Photos of the canteen".to_owned(), None)];
        let ids = dossier.take_asked("Sample Supplier", day, lines);
        let pack = bare().with_asked(&dossier.asked, &words());
        assert_eq!(
            pack.say("requirement.asked-1.basis").en,
            "Asked by Sample Supplier on 2026-11-25."
        );
        let list = checklist(&dossier, &pack, day);
        let line = list.lines.last().unwrap();
        assert_eq!((&line.requirement.id, line.state), (&ids[0], State::Missing));
        assert_eq!(line.requirement.demand, Demand::Recommended);
    }

    #[test]
    fn a_linked_point_needs_what_its_neighbour_needs_and_is_answered_with_it() {
        let mut dossier = dossier();
        let day = date(2026, 11, 25);
        let neighbour = RequirementId::new("a").unwrap();
        let mut base = bare();
        base.requirements[0].needs = Needs { declared: true, ..Needs::default() };
        base.requirements[0].tier = Tier::Never;
        dossier.take_asked("S", day, vec![("The same".to_owned(), Some(neighbour.clone()))]);
        let state = |dossier: &crate::dossier::Dossier| {
            let pack = base.with_asked(&dossier.asked, &words());
            let list = checklist(dossier, &pack, day);
            let line = list.lines.last().unwrap();
            (line.state, line.requirement.tier)
        };
        assert_eq!(state(&dossier), (State::Missing, Tier::Never));
        let answer = crate::dossier::Answer {
            question: String::new(),
            pack_version: "1".to_owned(),
            given: day,
            said: crate::dossier::Said::Declared("done".to_owned()),
        };
        dossier.answers.insert(neighbour, answer);
        assert_eq!(state(&dossier).0, State::Ready);
    }

    #[test]
    fn a_link_to_what_the_pack_no_longer_has_is_no_link() {
        let mut dossier = dossier();
        let like = RequirementId::new("gone").unwrap();
        dossier.take_asked("S", date(2026, 11, 25), vec![("x".to_owned(), Some(like))]);
        let pack = bare().with_asked(&dossier.asked, &words());
        let point = pack.requirements.last().unwrap();
        assert_eq!(point.asked.as_ref().unwrap().like, None);
    }
}
