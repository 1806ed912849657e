//! What must a vault be after each action?

use std::collections::BTreeMap;

use super::{Action, place};

/// One version of the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub(super) title: String,
    /// Exhibits with the SHA-256 of their originals.
    pub(super) exhibits: BTreeMap<String, String>,
}

/// What can be seen of a vault.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    pub(super) dossier: Option<Version>,
    pub(super) can_undo: bool,
    /// Lines of the ledger that stand.
    pub(super) released: usize,
}

/// What a vault must be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Which passphrase opens it.
    pub passphrase: usize,
    /// The versions of the dossier, the last one current; none when there is no dossier.
    pub versions: Vec<Version>,
    /// Lines of the ledger that stand.
    pub released: usize,
    /// Which passphrase opens the backup, and what it shows.
    pub backup: Option<(usize, Seen)>,
    /// How many vault keys the backup may be behind: it follows to the next one only.
    pub keys_behind: u32,
    /// Which passphrase opens each backup that the plan made, and what it shows; the newest last.
    pub turns: Vec<(usize, Seen)>,
    /// Which passphrase opens the second vault, and what it shows.
    pub second: Option<(usize, Seen)>,
}

impl State {
    /// What an action leads to.
    ///
    /// # Panics
    ///
    /// When the action is not possible in this state.
    #[must_use]
    pub fn after(&self, action: &Action) -> Self {
        let mut next = self.clone();
        let mut current = self.versions.last().cloned();
        match action {
            Action::Load => current = Some(place::first()),
            Action::Import(photo) => {
                let exhibits = &mut current.as_mut().unwrap().exhibits;
                let free = |id: &String| !exhibits.contains_key(id);
                let id = (2..=u32::MAX).map(|n| format!("exhibit-{n}")).find(free);
                exhibits.insert(id.unwrap(), place::photo_sum(*photo));
            }
            Action::Rename(number) => current.as_mut().unwrap().title = place::title(*number),
            Action::Remove(id) => {
                current.as_mut().unwrap().exhibits.remove(id).unwrap();
            }
            Action::Undo => {
                next.versions.pop();
                return next;
            }
            Action::Delete => {
                next.versions.clear();
                return next;
            }
            Action::Release(_) => next.released += 1,
            Action::Passphrase | Action::Recover => next.passphrase = 1 - self.passphrase,
            Action::Rekey => {
                next.passphrase = 1 - self.passphrase;
                next.keys_behind += 1;
            }
            Action::Backup => {
                next.backup = Some((self.passphrase, self.seen()));
                next.keys_behind = 0;
            }
            Action::Turn(_) => next.turns.push((self.passphrase, self.seen())),
            Action::Restore(_) => {
                next.second = Some(self.backup.clone().expect("there is a backup to restore"));
            }
            Action::Create => next.second = Some((0, Seen::default())),
        }
        if let Some(current) = current.filter(|now| self.versions.last() != Some(now)) {
            next.versions.push(current);
        }
        next
    }

    pub(super) fn seen(&self) -> Seen {
        Seen {
            dossier: self.versions.last().cloned(),
            can_undo: self.versions.len() > 1,
            released: self.released,
        }
    }

    /// Ids of the exhibits that were imported into the current version.
    #[must_use]
    pub fn imported(&self) -> Vec<String> {
        let now = self.versions.last().into_iter().flat_map(|version| version.exhibits.keys());
        now.filter(|id| id.starts_with("exhibit-")).cloned().collect()
    }
}
