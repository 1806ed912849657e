//! What did this supplier ask, line by line, and on which day?
//!
//! A list that a supplier sent becomes points of the dossier's own, each with who asked and when, and
//! with the point of the rules that it is nearest to. They stand in the dossier and not in a pack, so
//! they stay when the rules change. Deliberately absent: files and encodings (media crate).

mod lay;
mod lines;
mod nearest;
mod table;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::{
    lay::AskedWords,
    lines::{Line, of_table, of_text},
    nearest::{Confidence, Nearest, Points},
    table::{Cell, Fault, FaultKind, Row, column_name},
};
use crate::{dossier::Dossier, id::RequirementId};

/// What the ids of asked points begin with; no point of a pack may.
pub const ID_HEAD: &str = "asked-";
/// The greatest number of asked points in one dossier, and of lines in one list.
pub const MAX_LINES: usize = 500;
/// The greatest length of a line in characters: it becomes a title.
pub const MAX_LINE_CHARS: usize = 500;

/// One line that a supplier asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Its id among the points of the dossier.
    pub id: RequirementId,
    /// Who asked, by name.
    pub by: String,
    /// On which day.
    pub day: Date,
    /// Its words.
    pub line: String,
    /// The point of the pack that it is nearest to, as a person settled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<RequirementId>,
}

/// Who asked for a point, as the checklist tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedBy {
    /// Who.
    pub by: String,
    /// On which day.
    pub day: Date,
    /// The point of the pack that it is nearest to, when the pack has it.
    pub like: Option<RequirementId>,
}

impl Dossier {
    /// An asked point by its id.
    #[must_use]
    pub fn asked_point(&self, id: &RequirementId) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.id == *id)
    }

    /// True when the supplier asked for a point of the pack in writing: by a request of its own, or by a
    /// line of a list.
    #[must_use]
    pub fn was_requested(&self, id: &RequirementId) -> bool {
        self.requests.contains_key(id)
            || self.asked.iter().any(|asked| asked.id == *id || asked.like.as_ref() == Some(id))
    }

    /// The same words were asked already, whatever their case and spacing.
    #[must_use]
    pub fn asks_already(&self, line: &str) -> bool {
        let plain = crate::words::words(line);
        self.asked.iter().any(|asked| crate::words::words(&asked.line) == plain)
    }

    /// Takes lines in, each with the point that it is nearest to; answers their ids.
    pub fn take_asked(
        &mut self,
        by: &str,
        day: Date,
        lines: Vec<(String, Option<RequirementId>)>,
    ) -> Vec<RequirementId> {
        let number = |asked: &Asked| asked.id.as_str().strip_prefix(ID_HEAD)?.parse::<u64>().ok();
        let last = self.asked.iter().filter_map(number).max().unwrap_or(0);
        let mut ids = Vec::new();
        for ((line, like), number) in lines.into_iter().zip(last.saturating_add(1)..) {
            // A number behind the head always is an id.
            let Ok(id) = RequirementId::new(&format!("{ID_HEAD}{number}")) else { continue };
            ids.push(id.clone());
            self.asked.push(Asked { id, by: by.to_owned(), day, line, like });
        }
        ids
    }

    /// Takes asked points out, with what was answered to them: an id may come back for another line.
    /// Answers how many there were.
    pub fn drop_asked(&mut self, ids: &BTreeSet<RequirementId>) -> usize {
        let before = self.asked.len();
        self.asked.retain(|asked| !ids.contains(&asked.id));
        self.answers.retain(|id, _| !ids.contains(id) || !id.as_str().starts_with(ID_HEAD));
        for exhibit in &mut self.exhibits {
            let is_gone = |id: &RequirementId| ids.contains(id) && id.as_str().starts_with(ID_HEAD);
            exhibit.answers.retain(|id| !is_gone(id));
        }
        before - self.asked.len()
    }
}

/// Why a list of asked points cannot be that of a dossier; `None` when it can.
pub(crate) fn fault(dossier: &Dossier) -> Option<String> {
    let mut seen = BTreeSet::new();
    if dossier.asked.len() > MAX_LINES {
        return Some(format!("more than {MAX_LINES} lines are asked"));
    }
    for asked in &dossier.asked {
        let id = asked.id.as_str();
        let rest = id.strip_prefix(ID_HEAD).unwrap_or_default();
        if rest.is_empty() || !rest.chars().all(|c| c.is_ascii_digit()) {
            return Some(format!("the asked point \"{id}\" is not named {ID_HEAD} and a number"));
        }
        if !seen.insert(id) {
            return Some(format!("the asked point \"{id}\" stands twice"));
        }
        if asked.like.as_ref().is_some_and(|like| like.as_str().starts_with(ID_HEAD)) {
            return Some(format!("the asked point \"{id}\" is like another asked point"));
        }
        if dossier.requests.contains_key(&asked.id) {
            return Some(format!("the asked point \"{id}\" has a request beside it"));
        }
        if lines::fault_of(&asked.line).is_some() || lines::fault_of(&asked.by).is_some() {
            return Some(format!("the words or the name of the asked point \"{id}\" do not fit"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::pack::sample::dossier;

    #[test]
    fn ids_go_on_and_what_was_answered_goes_with_its_line() {
        let mut dossier = dossier();
        let day = date(2026, 11, 25);
        let lines = |texts: &[&str]| texts.iter().map(|text| ((*text).to_owned(), None)).collect();
        let first = dossier.take_asked("Supplier", day, lines(&["one", "two"]));
        assert_eq!(first[1].as_str(), "asked-2");
        let said = crate::dossier::Said::Declared("done".to_owned());
        let answer = crate::dossier::Answer {
            question: "one".to_owned(),
            pack_version: "1".to_owned(),
            given: day,
            said,
        };
        dossier.answers.insert(first[0].clone(), answer);
        assert_eq!(dossier.drop_asked(&[first[0].clone()].into()), 1);
        assert!(dossier.answers.is_empty());
        let more = dossier.take_asked("Supplier", day, lines(&["three"]));
        assert_eq!(more[0].as_str(), "asked-3");
        assert!(dossier.asks_already(" TWO ") && !dossier.asks_already("one"));
        assert!(fault(&dossier).is_none());
    }

    #[test]
    fn a_list_that_no_dossier_can_have_is_named() {
        let mut dossier = dossier();
        let day = date(2026, 11, 25);
        dossier.take_asked("Supplier", day, vec![("one".to_owned(), None)]);
        dossier.asked.push(dossier.asked[0].clone());
        assert!(fault(&dossier).is_some_and(|fault| fault.contains("stands twice")));
        dossier.asked[1].id = RequirementId::new("item-drawing").unwrap();
        assert!(fault(&dossier).is_some_and(|fault| fault.contains("is not named")));
        dossier.asked.truncate(1);
        dossier.asked[0].line = " ".to_owned();
        assert!(fault(&dossier).is_some_and(|fault| fault.contains("do not fit")));
    }
}
