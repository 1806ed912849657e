//! Is a vault in its old or its new state, however a session is killed?
//!
//! Sessions of `durability-worker` are killed at random moments. `LANTHAN_KILLS` says how many kills
//! there are, `LANTHAN_SEED` where their chance begins. Deliberately absent: calls of the system that
//! fail (`failing_calls`), and power cuts, whose lost writes no kill can show (`power_cut`).

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use lanthan_tests::{
    chance::{Chance, number_from},
    project,
    session::{Action, Place, State},
    start::start,
    strace::tell,
};

const WORKER: &str = env!("CARGO_BIN_EXE_durability-worker");

/// So many kills belong to every run of the suite.
const KILLS: u64 = 300;

/// Actions that are possible one after the other; releases are rare, since setting takes its time.
fn session(chance: &mut Chance, state: &State, length: usize, number: &mut u32) -> Vec<Action> {
    let (mut state, mut actions) = (state.clone(), Vec::<Action>::new());
    while actions.len() < length {
        *number += 1;
        let has_dossier = !state.versions.is_empty();
        let imported = state.imported();
        let may_make = !actions.iter().any(Action::makes_second);
        let action = match chance.below(53_u32) {
            0..4 => Action::Backup,
            4..6 => Action::Passphrase,
            6 => Action::Recover,
            7..10 if may_make && state.backup.is_some() => {
                Action::Restore(state.backup.as_ref().map_or(0, |(passphrase, _)| *passphrase))
            }
            10 if may_make => Action::Create,
            49.. => Action::Turn(1 + chance.below(3)),
            _ if !has_dossier => Action::Load,
            46..49 if state.backup.is_none() || state.keys_behind == 0 => Action::Rekey,
            11 => Action::Release(*number),
            12..14 => Action::Delete,
            14..22 if state.versions.len() > 1 => Action::Undo,
            22..29 if !imported.is_empty() => Action::Remove(imported[0].clone()),
            29..38 if imported.len() < 4 => Action::Import(chance.below(3)),
            _ => Action::Rename(*number),
        };
        state = state.after(&action);
        actions.push(action);
    }
    actions
}

/// Starts a session, waits for a number of lines, then for a time, and kills it; answers its lines.
fn killed(
    place: &Path,
    state: &State,
    actions: &[Action],
    line: usize,
    wait: Duration,
) -> Vec<String> {
    let mut program = Command::new(WORKER);
    program.arg(place).arg(state.passphrase.to_string());
    program.args(actions.iter().map(ToString::to_string));
    program.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut worker = start(&mut program).unwrap();
    let (teller, hears) = mpsc::channel();
    let lines = BufReader::new(worker.stdout.take().unwrap()).lines();
    let listener =
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|l| teller.send(l)));
    let mut said: Vec<String> = hears.iter().take(line).collect();
    thread::sleep(wait);
    worker.kill().unwrap();
    worker.wait().unwrap();
    said.extend(hears.iter());
    listener.join().unwrap().unwrap();
    said
}

fn acknowledged(said: &[String]) -> usize {
    said.iter().filter(|line| line.starts_with("done ")).count()
}

/// The longest wait behind a line: as long as the action that was begun may take.
fn longest(line: usize, actions: &[Action]) -> Duration {
    let millis = match line {
        0 => 60,
        line if line % 2 == 0 => 3,
        line => match actions[line / 2] {
            Action::Release(_) => 900,
            Action::Backup
            | Action::Turn(_)
            | Action::Import(_)
            | Action::Load
            | Action::Restore(_)
            | Action::Create => 60,
            Action::Rekey => 120,
            Action::Passphrase | Action::Recover => 40,
            _ => 12,
        },
    };
    Duration::from_millis(millis)
}

#[test]
fn whatever_the_moment_of_a_kill_what_was_acknowledged_is_there() {
    let (kills, seed) = (number_from("LANTHAN_KILLS", KILLS), number_from("LANTHAN_SEED", 7));
    let home = project::place();
    let place = Place::furnish(home.path());
    let (mut chance, mut state, mut number) = (Chance(seed), State::default(), 0);
    let (begun, mut under_way, mut acks) = (Instant::now(), 0, 0);
    for kill in 1..=kills {
        let actions = session(&mut chance, &state, 4, &mut number);
        let line = chance.below(2 * actions.len());
        let micros = u64::try_from(longest(line, &actions).as_micros()).unwrap();
        let wait = Duration::from_micros(chance.below(micros));
        let said = killed(home.path(), &state, &actions, line, wait);
        let done = acknowledged(&said);
        let how = format!("seed {seed}, kill {kill}: {wait:?} after line {line} of {actions:?}");
        assert!(!said.iter().any(|line| line.starts_with("error")), "{how}\n said {said:?}");
        state = place
            .judge(&state, &actions, done)
            .unwrap_or_else(|fault| panic!("{how}\n said {said:?}\n {fault}"));
        acks += done;
        under_way += usize::from(said.len() % 2 == 1);
        place.clear(&mut state, &actions);
    }
    let seconds = begun.elapsed().as_secs();
    tell(&format!(
        "{kills} kills (seed {seed}) in {seconds} s, {under_way} of them in the middle of an action; \
         {acks} acknowledged actions were all there"
    ));
    assert!(under_way > 0 && acks > 0, "the kills missed everything");
}

/// A session that was done to its end, for spoiling.
fn done() -> (tempfile::TempDir, Place, [Action; 4]) {
    let home = project::place();
    let place = Place::furnish(home.path());
    let actions = [Action::Load, Action::Release(1), Action::Import(0), Action::Rename(2)];
    let mut open = place.open(0).unwrap();
    for action in &actions {
        place.perform(&mut open, action, 0).unwrap();
    }
    open.close().unwrap();
    let found = place.judge(&State::default(), &actions, actions.len());
    assert!(found.is_ok(), "{found:?}");
    (home, place, actions)
}

#[test]
fn an_acknowledged_action_that_is_lost_is_noticed() {
    let (_home, place, actions) = done();
    let mut open = place.open(0).unwrap();
    place.perform(&mut open, &Action::Undo, 0).unwrap();
    open.close().unwrap();
    let fault = place.judge(&State::default(), &actions, actions.len()).unwrap_err();
    assert!(fault.starts_with("it shows"), "{fault}");
    // Had the last action not been acknowledged, the same vault would be the old one.
    assert!(place.judge(&State::default(), &actions, actions.len() - 1).is_ok());
}

#[test]
fn damage_and_half_a_package_are_noticed() {
    let (_home, place, actions) = done();
    let manifest = place.out(1).join("manifest.json");
    let kept = fs::read(&manifest).unwrap();
    fs::remove_file(&manifest).unwrap();
    let fault = place.judge(&State::default(), &actions, actions.len()).unwrap_err();
    assert!(fault.starts_with("released, but"), "{fault}");
    let fault = place.judge(&State::default(), &actions[..2], 1).unwrap_err();
    assert!(fault.starts_with("it shows"), "{fault}");
    fs::write(&manifest, kept).unwrap();
    let objects = lanthan_tests::folder::contents(&place.vault());
    let (name, mut bytes) = objects.into_iter().find(|(name, _)| name.starts_with("obj/")).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(place.vault().join(name), bytes).unwrap();
    let fault = place.judge(&State::default(), &actions, actions.len()).unwrap_err();
    assert!(fault.starts_with("not whole"), "{fault}");
}

#[test]
fn a_backup_or_a_restored_vault_that_is_lost_or_another_is_noticed() {
    let home = project::place();
    let place = Place::furnish(home.path());
    let actions = [Action::Load, Action::Backup, Action::Rename(1), Action::Restore(0)];
    let mut open = place.open(0).unwrap();
    for action in &actions {
        place.perform(&mut open, action, 0).unwrap();
    }
    open.close().unwrap();
    let judge = || place.judge(&State::default(), &actions, actions.len());
    assert!(judge().is_ok(), "{:?}", judge());
    // The vault has gone on since, so it is not what the backup must bring back.
    fs::remove_dir_all(place.second()).unwrap();
    lanthan_tests::folder::copy(&place.vault(), &place.second());
    let fault = judge().unwrap_err();
    assert!(fault.starts_with("the second vault"), "{fault}");
    fs::remove_dir_all(place.second()).unwrap();
    assert_eq!(judge().unwrap_err(), "the second vault is gone");
    fs::remove_dir_all(place.backup()).unwrap();
    assert_eq!(judge().unwrap_err(), "the backup is gone");
}
