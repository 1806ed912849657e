//! What would another version of the pack say of a dossier?
//!
//! Only what differs is named; what stays as it was needs nobody's time. Deliberately absent: moving
//! the dossier to that version.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    checklist::{State, checklist},
    dossier::Dossier,
    id::RequirementId,
    pack::Pack,
};

/// A requirement that stands otherwise under another version of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regraded {
    /// The requirement.
    pub requirement: RequirementId,
    /// How far it is under the dossier's version; `None` when that does not have it.
    pub before: Option<State>,
    /// How far it is under the other; `None` when that does not have it.
    pub now: Option<State>,
}

/// The requirements of a dossier that stand otherwise under `other`, in the order of `other`, then
/// those that it does not have.
#[must_use]
pub fn regrade(dossier: &Dossier, pack: &Pack, other: &Pack, day: Date) -> Vec<Regraded> {
    let states = |pack| -> Vec<(RequirementId, State)> {
        let lines = checklist(dossier, pack, day).lines;
        lines.into_iter().map(|line| (line.requirement.id.clone(), line.state)).collect()
    };
    let mut before: BTreeMap<RequirementId, State> = states(pack).into_iter().collect();
    let mut all: Vec<Regraded> = Vec::new();
    for (requirement, state) in states(other) {
        let known = before.remove(&requirement);
        if known != Some(state) {
            all.push(Regraded { requirement, before: known, now: Some(state) });
        }
    }
    let gone = before.into_iter().map(|(requirement, state)| Regraded {
        requirement,
        before: Some(state),
        now: None,
    });
    all.extend(gone);
    all
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::pack::sample::{bare, dossier};

    #[test]
    fn only_what_differs_is_named() {
        let (old, mut new) = (bare(), bare());
        let day = date(2026, 11, 25);
        assert!(regrade(&dossier(), &old, &new, day).is_empty());
        let mut more = new.requirements[0].clone();
        more.id = RequirementId::new("b").unwrap();
        new.requirements.push(more);
        let found = regrade(&dossier(), &old, &new, day);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].requirement.as_str(), found[0].before), ("b", None));
        assert!(found[0].now.is_some());
        let back = regrade(&dossier(), &new, &old, day);
        assert_eq!((back[0].requirement.as_str(), back[0].now), ("b", None));
    }
}
