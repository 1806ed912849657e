//! Is a vault in its old or its new state, however a session ends?
//!
//! Sessions of `durability-worker` are killed at random moments, and calls of the system are made to
//! fail, one after the other (`strace`). `LANTHAN_KILLS` says how many kills there are, `LANTHAN_SEED`
//! where their chance begins. Deliberately absent: power cuts, whose lost writes no kill can show.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use lanthan_tests::{
    args, project,
    session::{Action, Place, State},
    start::start,
    tools,
};

const WORKER: &str = env!("CARGO_BIN_EXE_durability-worker");

/// So many kills belong to every run of the suite.
const KILLS: u64 = 60;

/// So many calls of a kind fail one by one; behind them only some do, spread to the last.
const ONE_BY_ONE: usize = 8;
const SPREAD: usize = 6;

/// Chance that can be repeated (`SplitMix64`).
struct Chance(u64);

impl Chance {
    /// A number from 0 to `end`, without `end`.
    fn below<N: Copy + TryInto<u64> + TryFrom<u64>>(&mut self, end: N) -> N {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = end.try_into().unwrap_or_else(|_| panic!("an end above 0"));
        N::try_from((z ^ (z >> 31)) % end).unwrap_or_else(|_| unreachable!("below the end"))
    }
}

/// Actions that are possible one after the other; releases are rare, since setting takes its time.
fn session(chance: &mut Chance, state: &State, length: usize, number: &mut u32) -> Vec<Action> {
    let (mut state, mut actions) = (state.clone(), Vec::new());
    while actions.len() < length {
        *number += 1;
        let has_dossier = !state.versions.is_empty();
        let imported = state.imported();
        let action = match chance.below(40_u32) {
            0..3 => Action::Backup,
            3..6 => Action::Passphrase,
            _ if !has_dossier => Action::Load,
            6..8 => Action::Release(*number),
            8..10 => Action::Delete,
            10..18 if state.versions.len() > 1 => Action::Undo,
            18..24 if !imported.is_empty() => Action::Remove(imported[0].clone()),
            24..33 if imported.len() < 4 => Action::Import(chance.below(3)),
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
            Action::Backup | Action::Import(_) | Action::Load => 60,
            Action::Passphrase => 40,
            _ => 12,
        },
    };
    Duration::from_millis(millis)
}

fn number_from(variable: &str, otherwise: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{variable} must be a number")),
        Err(_) => otherwise,
    }
}

fn tell(line: &str) {
    // Not caught by the test's frame, because it is worth reading when all goes well, too.
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[test]
fn whatever_the_moment_of_a_kill_what_was_acknowledged_is_there() {
    let (kills, seed) = (number_from("LANTHAN_KILLS", KILLS), number_from("LANTHAN_SEED", 7));
    let home = project::place();
    let place = Place::furnish(home.path());
    let (mut chance, mut state, mut number) = (Chance(seed), State::default(), 0);
    let (begun, mut under_way, mut acks) = (Instant::now(), 0, 0);
    for kill in 1..=kills {
        let actions = session(&mut chance, &state, 6, &mut number);
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
        for action in &actions {
            if let Action::Release(number) = action {
                let _ = fs::remove_dir_all(place.out(*number));
            }
        }
    }
    let seconds = begun.elapsed().as_secs();
    tell(&format!(
        "{kills} kills (seed {seed}) in {seconds} s, {under_way} of them in the middle of an action; \
         {acks} acknowledged actions were all there"
    ));
    assert!(under_way > 0 && acks > 0, "the kills missed everything");
}

/// Calls that fail, how, and whether all later ones do too, as on a full disk; or at whose beginning the
/// program is killed.
const FAULTS: [(&str, &str, &str); 7] = [
    ("pwrite64", "error=ENOSPC", "+"),
    ("write", "error=ENOSPC", "+"),
    ("pwrite64", "error=EIO", ""),
    ("fsync", "error=EIO", ""),
    ("rename", "error=EIO", ""),
    ("fsync", "signal=SIGKILL", ""),
    ("rename", "signal=SIGKILL", ""),
];

/// False, with the reason on standard error, where the system lets nobody trace.
fn may_trace() -> bool {
    let said = tools::ask("strace", args!["-qq", "-o", "/dev/null", "true"]);
    let is_forbidden = ["not permitted", "PTRACE", "ptrace"].iter().any(|w| said.all.contains(w));
    assert!(said.ok || is_forbidden, "strace does not work: {}", said.all);
    if !said.ok {
        tell(&format!("NOT TESTED: this system lets nobody trace a program: {}", said.all.trim()));
    }
    said.ok
}

/// Runs a session on a copy of `base` under strace; answers its lines and how many calls were made,
/// and whether one of them was made to fail.
fn traced(
    base: &Path,
    to: &Path,
    call: &str,
    inject: Option<&str>,
    actions: &[Action],
) -> (String, usize, bool) {
    let _ = fs::remove_dir_all(to);
    tools::praised("cp", args!["-a", base, to]);
    let trace = to.with_extension("trace");
    let mut words = args!["-f", "-q", "-o", trace, "-e", format!("trace={call}")];
    if let Some(inject) = inject {
        words.extend(args!["-e", format!("inject={inject}")]);
    }
    words.extend(args![WORKER, to, "0"]);
    words.extend(actions.iter().map(|action| action.to_string().into()));
    let said = tools::ask("strace", words);
    assert!(!said.all.contains("panicked"), "{inject:?}: {}", said.all);
    let trace = fs::read_to_string(trace).unwrap();
    let calls = trace.lines().filter(|line| line.contains(&format!(" {call}("))).count();
    (String::from_utf8(said.bytes).unwrap(), calls, trace.contains("INJECTED") || !said.ok)
}

/// The first calls one by one, and some of the others up to the last.
fn some_of(calls: usize) -> Vec<usize> {
    let first = calls.min(ONE_BY_ONE);
    let rest = calls - first;
    let spread = (1..=SPREAD.min(rest)).map(|part| first + rest * part / SPREAD.min(rest));
    (1..=first).chain(spread).collect()
}

/// Each kind of call fails at its first 8 places one by one, behind them at 6 places spread evenly to
/// the last one.
#[test]
fn whichever_call_of_the_system_fails_the_vault_is_the_old_or_the_new_one() {
    if !may_trace() {
        return;
    }
    let home = project::place();
    let base = home.path().join("base");
    fs::create_dir(&base).unwrap();
    let place = Place::furnish(&base);
    let mut open = place.open(0).unwrap();
    place.perform(&mut open, &Action::Load, 0).unwrap();
    open.close().unwrap();
    let before = State::default().after(&Action::Load);
    let actions = [Action::Import(0), Action::Rename(1), Action::Release(1)];
    let begun = Instant::now();
    let (to, mut figures) = (home.path().join("copy"), Vec::new());
    for (call, what, later) in FAULTS {
        let (said, calls, _) = traced(&base, &to, call, None, &actions);
        assert!(said.ends_with("done release:1\n"), "without any fault: {said}");
        let mut failed = 0;
        for at in some_of(calls) {
            let inject = format!("{call}:{what}:when={at}{later}");
            let (said, _, was_injected) = traced(&base, &to, call, Some(&inject), &actions);
            let lines: Vec<String> = said.lines().map(str::to_owned).collect();
            let judged = Place::at(&to).judge(&before, &actions, acknowledged(&lines));
            judged.unwrap_or_else(|fault| panic!("{inject}\n said {lines:?}\n {fault}"));
            failed += usize::from(was_injected);
        }
        figures.push(format!("{call} {what} {failed} of {calls}"));
        assert!(failed > 0, "{what} met no {call}");
    }
    tell(&format!("calls that failed: {} in {} s", figures.join(", "), begun.elapsed().as_secs()));
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
