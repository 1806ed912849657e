//! Is what lies there after a bad end the old or the new state, and is all there that was acknowledged?

use std::{fs, path::Path};

use lanthan_api::{Error, Workspace, progress::silent, vault::Checked, verify::verify};

use super::{
    Action, Place, Seen, State, Version,
    place::{PASSPHRASES, dossier_id, open},
};
use crate::folder;

/// What is known of an action when the session has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was acknowledged.
    Done,
    /// It was begun; nobody knows how far it came.
    Begun,
    /// It was not begun.
    NotBegun,
}

/// A state that may be found, and which actions led to it.
struct Possible {
    state: State,
    applied: Vec<bool>,
}

fn possible(before: &State, session: &[Action], outcomes: &[Outcome]) -> Vec<Possible> {
    let mut all = vec![Possible { state: before.clone(), applied: Vec::new() }];
    for (action, outcome) in session.iter().zip(outcomes) {
        let mut next = Vec::new();
        for Possible { state, applied } in all {
            let with = |is_applied: bool| [applied.clone(), vec![is_applied]].concat();
            if *outcome != Outcome::Done {
                next.push(Possible { state: state.clone(), applied: with(false) });
            }
            if *outcome != Outcome::NotBegun {
                next.push(Possible { state: state.after(action), applied: with(true) });
            }
        }
        all = next;
    }
    all
}

impl Place {
    /// Opens the vault after a session of which the first `acknowledged` actions were acknowledged,
    /// and answers the state in which it is.
    ///
    /// # Errors
    ///
    /// As [`Place::judge_outcomes`].
    pub fn judge(
        &self,
        before: &State,
        session: &[Action],
        acknowledged: usize,
    ) -> Result<State, String> {
        let outcome = |number: usize| match number.cmp(&acknowledged) {
            std::cmp::Ordering::Less => Outcome::Done,
            std::cmp::Ordering::Equal => Outcome::Begun,
            std::cmp::Ordering::Greater => Outcome::NotBegun,
        };
        let outcomes: Vec<Outcome> = (0..session.len()).map(outcome).collect();
        self.judge_outcomes(before, session, &outcomes)
    }

    /// Opens the vault after a session, and answers the state in which it is.
    ///
    /// # Errors
    ///
    /// A sentence when something that was acknowledged is missing, something that was begun is there
    /// in part, or anything lies about that does not belong there.
    pub fn judge_outcomes(
        &self,
        before: &State,
        session: &[Action],
        outcomes: &[Outcome],
    ) -> Result<State, String> {
        let possible = possible(before, session, outcomes);
        let passphrase = self.passphrase_of(&possible, session)?;
        let open = self.open(passphrase).map_err(|error| format!("does not open: {error}"))?;
        let seen = self.look(&open)?;
        open.close().map_err(|error| format!("does not close: {error}"))?;
        let found = possible
            .iter()
            .find(|one| (one.state.passphrase, one.state.seen()) == (passphrase, seen.clone()));
        let Some(found) = found else {
            let all: Vec<Seen> = possible.iter().map(|one| one.state.seen()).collect();
            return Err(format!("it shows {seen:?}\n not one of {all:?}"));
        };
        for (number, (action, outcome)) in session.iter().zip(outcomes).enumerate() {
            let Action::Release(folder) = action else { continue };
            let out = self.out(*folder);
            match outcome {
                Outcome::Done => {
                    verify(&out).map_err(|error| format!("released, but {error}"))?;
                }
                Outcome::Begun => Self::judge_unfinished(&out, found.applied[number])?,
                Outcome::NotBegun => {}
            }
        }
        let mut state = found.state.clone();
        if session.contains(&Action::Backup) {
            let is_begun =
                |(action, outcome)| matches!((action, outcome), (&Action::Backup, &Outcome::Begun));
            let may_be_half = session.iter().zip(outcomes).any(is_begun);
            state.backup = self.judge_backup(&possible, may_be_half)?;
        }
        if session.iter().any(|action| matches!(action, Action::Turn(_))) {
            state.turns = self.judge_turns(&possible)?;
        }
        if session.iter().any(Action::makes_second) {
            state.second = self.judge_second(&possible)?;
        }
        Ok(state)
    }

    /// Which passphrase opens it: that of a possible state, and no other.
    fn passphrase_of(&self, possible: &[Possible], session: &[Action]) -> Result<usize, String> {
        if !session.iter().any(Action::turns_passphrase) {
            return Ok(possible[0].state.passphrase);
        }
        let mut opens = Vec::new();
        for passphrase in 0..PASSPHRASES.len() {
            match self.open(passphrase) {
                Ok(open) => {
                    drop(open);
                    opens.push(passphrase);
                }
                Err(error) if error.code() == "wrong-passphrase" => {}
                Err(error) => return Err(format!("does not open: {error}")),
            }
        }
        match opens[..] {
            [one] if possible.iter().any(|possible| possible.state.passphrase == one) => Ok(one),
            _ => Err(format!("the passphrases {opens:?} open it, which cannot be")),
        }
    }

    /// Reads all of an open vault, and looks for what lies about in its folder.
    fn look(&self, open: &Workspace) -> Result<Seen, String> {
        let objects = whole(open)?;
        nothing_lies_about(&self.vault(), objects)?;
        see(open)
    }

    /// A release that was not acknowledged: no folder at all, or a whole package and a line in the
    /// ledger. The hidden folder beside it in which it was being written may be left.
    fn judge_unfinished(out: &Path, has_line: bool) -> Result<(), String> {
        if !out.exists() {
            return Ok(());
        }
        verify(out).map_err(|error| format!("half a package is left: {error}"))?;
        if has_line { Ok(()) } else { Err("a package left without its line in the ledger".into()) }
    }

    /// The backup is one of those that are possible, whole either way. Only its two key files may
    /// differ while it is being brought up to now: each of them opens it, and the next backup writes
    /// both.
    fn judge_backup(
        &self,
        possible: &[Possible],
        may_be_half: bool,
    ) -> Result<Option<(usize, Seen)>, String> {
        let known: Vec<_> = possible.iter().map(|one| one.state.backup.as_ref()).collect();
        if !self.backup().exists() {
            return if known.contains(&None) { Ok(None) } else { Err("the backup is gone".into()) };
        }
        let known: Vec<_> = known.into_iter().flatten().collect();
        let scratch = self.scratch();
        for (passphrase, secret) in PASSPHRASES.into_iter().enumerate() {
            let open = match Workspace::open_read_only(&self.backup(), secret, &scratch) {
                Err(error) if error.code() == "wrong-passphrase" => continue,
                opened => opened.map_err(|error| format!("the backup does not open: {error}"))?,
            };
            let checked = checked(&open).map_err(|error| format!("the backup: {error}"))?;
            let is_whole = |keys_agree: bool| {
                keys_agree
                    && checked.damaged.is_empty()
                    && checked.database.is_none()
                    && checked.ledger.is_some()
                    && checked.strays.is_empty()
            };
            if !is_whole(checked.keys_agree || may_be_half) {
                return Err(format!("the backup is not whole: {checked:?}"));
            }
            let seen = see(&open)?;
            // The keys are written before the database takes its place.
            let is_known = known.iter().any(|(_, known)| *known == seen)
                && known.iter().any(|(known, _)| *known == passphrase);
            if is_known {
                return Ok(Some((passphrase, seen)));
            }
            return Err(format!("the backup shows {seen:?}, not one of {known:?}"));
        }
        Err("no passphrase opens the backup".to_owned())
    }

    /// Every backup of the plan that can be seen is whole and shows what was backed up once, and the
    /// newest is among them. Of one that was begun anew only the key files may differ.
    fn judge_turns(&self, possible: &[Possible]) -> Result<Vec<(usize, Seen)>, String> {
        let known: Vec<_> = possible.iter().flat_map(|one| &one.state.turns).collect();
        let mut found = Vec::new();
        for entry in fs::read_dir(self.turns()).map_err(|error| error.to_string())? {
            let at = entry.map_err(|error| error.to_string())?.path();
            if at.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
                continue;
            }
            let (passphrase, seen) = self.whole_copy(&at)?;
            let is_known = known.iter().any(|(_, known)| *known == seen)
                && known.iter().any(|(known, _)| *known == passphrase);
            if !is_known {
                return Err(format!("{} shows {seen:?}, not one of {known:?}", at.display()));
            }
            found.push(seen);
        }
        // The longest of those that can be: what is there was made.
        let mut turns: Vec<_> = possible.iter().map(|one| &one.state.turns).collect();
        turns.sort_by_key(|turns| std::cmp::Reverse(turns.len()));
        let newest = |turns: &&&Vec<(usize, Seen)>| {
            turns.last().map_or(found.is_empty(), |(_, newest)| found.contains(newest))
        };
        let is = turns.iter().find(newest);
        is.map(|turns| (*turns).clone()).ok_or_else(|| "the newest backup is gone".to_owned())
    }

    /// Reads all of a backup; answers which passphrase opens it and what it shows.
    fn whole_copy(&self, at: &Path) -> Result<(usize, Seen), String> {
        let named = |what: &dyn std::fmt::Display| format!("{}: {what}", at.display());
        for (passphrase, secret) in PASSPHRASES.into_iter().enumerate() {
            let open = match Workspace::open_read_only(at, secret, &self.scratch()) {
                Err(error) if error.code() == "wrong-passphrase" => continue,
                opened => opened.map_err(|error| named(&error))?,
            };
            let checked = checked(&open).map_err(|error| named(&error))?;
            let is_whole = checked.damaged.is_empty()
                && checked.database.is_none()
                && checked.ledger.is_some()
                && checked.strays.is_empty();
            let seen = see(&open).map_err(|error| named(&error))?;
            return is_whole.then_some((passphrase, seen)).ok_or_else(|| named(&"it is not whole"));
        }
        Err(named(&"no passphrase opens it"))
    }

    /// The second vault is one of those that are possible, whole; or it is not there.
    fn judge_second(&self, possible: &[Possible]) -> Result<Option<(usize, Seen)>, String> {
        let known: Vec<_> = possible.iter().map(|one| one.state.second.as_ref()).collect();
        let at = self.second();
        if !at.exists() {
            let may_be = known.contains(&None);
            return if may_be { Ok(None) } else { Err("the second vault is gone".to_owned()) };
        }
        let Some((passphrase, must)) = known.into_iter().flatten().next() else {
            return Err("a second vault that nobody made".to_owned());
        };
        let vault = open(&at, *passphrase)
            .map_err(|error| format!("the second vault does not open: {error}"))?;
        let objects = whole(&vault).map_err(|error| format!("the second vault: {error}"))?;
        let seen = see(&vault)?;
        vault.close().map_err(|error| format!("the second vault does not close: {error}"))?;
        nothing_lies_about(&at, objects)?;
        if seen == *must {
            Ok(Some((*passphrase, seen)))
        } else {
            Err(format!("the second vault shows {seen:?}, not {must:?}"))
        }
    }

    /// Removes what a session may leave beside its vault and what the next one makes anew.
    ///
    /// # Panics
    ///
    /// When the disk refuses.
    pub fn clear(&self, state: &mut State, session: &[Action]) {
        state.second = None;
        for action in session {
            if let Action::Release(number) = action {
                remove(&self.out(*number));
            }
        }
        remove(&self.second());
        let beside = self.vault();
        let beside = beside.parent().expect("a vault lies in a folder");
        for entry in fs::read_dir(beside).unwrap() {
            let path = entry.unwrap().path();
            // The hidden folder of a vault or a package that was being made.
            if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
                remove(&path);
            }
        }
    }
}

fn remove(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
}

/// Nothing of an import is left, and there is one file for each original.
fn nothing_lies_about(vault: &Path, objects: u64) -> Result<(), String> {
    let files = folder::names(vault);
    let within = |place: &str| files.iter().filter(|path| path.starts_with(place)).count();
    if within("tmp/") != 0 {
        return Err("parts of an import are left".to_owned());
    }
    if within("obj/") as u64 != objects {
        return Err(format!("{} files for {objects} originals", within("obj/")));
    }
    Ok(())
}

/// Reads every byte.
fn checked(open: &Workspace) -> Result<Checked, String> {
    open.check(&mut silent).map_err(|error| format!("cannot be checked: {error}"))
}

/// Reads every byte, which must be right; answers the number of originals.
fn whole(open: &Workspace) -> Result<u64, String> {
    let checked = checked(open)?;
    if checked.is_whole && checked.keys_agree && checked.strays.is_empty() {
        Ok(checked.objects)
    } else {
        Err(format!("not whole: {checked:?}"))
    }
}

fn see(open: &Workspace) -> Result<Seen, String> {
    let said = |error: Error| error.to_string();
    let id = dossier_id();
    let (dossier, can_undo) = match open.dossier(&id) {
        Ok((dossier, _)) => (Some(dossier), open.can_undo(&id).map_err(said)?),
        Err(Error::NoSuchDossier(_)) => (None, false),
        Err(error) => return Err(said(error)),
    };
    let dossier = dossier.map(|dossier| Version {
        exhibits: dossier
            .exhibits
            .into_iter()
            .map(|one| (one.id.to_string(), one.original.map(|o| o.sha256).unwrap_or_default()))
            .collect(),
        title: dossier.title,
    });
    let lines = open.ledger().map_err(said)?;
    let count = |kind: &str| lines.iter().filter(|line| line.row.kind == kind).count();
    Ok(Seen { dossier, can_undo, released: count("release") - count("void") })
}
