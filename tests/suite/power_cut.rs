//! Is what was acknowledged there after the power was cut, at whatever moment?
//!
//! The calls of a session are recorded once; from them every disk is built that a power cut could have
//! left. `LANTHAN_CUTS` says how many of these states are looked at, spread evenly over the session, or
//! `all`; `LANTHAN_SEED` where their chance begins. Deliberately absent: a real power cut.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::Instant,
};

use lanthan_tests::{
    args,
    chance::{Chance, number_from, spread},
    disk::{Disk, Luck, Promises, TRACED},
    project,
    session::{Action, Place, State},
    strace::{self, Call, Texts, may_trace, tell, watch},
    tools,
};

const WORKER: &str = env!("CARGO_BIN_EXE_durability-worker");

/// So many states belong to every run of the suite.
const CUTS: u64 = 320;

/// A session whose calls are known.
struct Recorded {
    /// The folder as it was before.
    base: PathBuf,
    /// Where the session took place.
    root: PathBuf,
    before: State,
    session: Vec<Action>,
    calls: Vec<Call>,
}

impl Recorded {
    fn of(home: &Path, name: &str, before: &[Action], session: Vec<Action>) -> Self {
        let base = home.join(format!("{name}-base"));
        std::fs::create_dir(&base).unwrap();
        let place = Place::furnish(&base);
        let (mut state, mut open) = (State::default(), place.open(0).unwrap());
        for action in before {
            place.perform(&mut open, action, state.passphrase).unwrap();
            state = state.after(action);
        }
        open.close().unwrap();
        Self::from(home, name, base, state, session)
    }

    /// A session on the vault of an earlier program.
    fn of_kept(home: &Path, kept: &str, session: Vec<Action>) -> Self {
        let base = home.join(format!("{kept}-base"));
        std::fs::create_dir(&base).unwrap();
        let (_, state) = Place::furnish_with(&base, kept);
        Self::from(home, kept, base, state, session)
    }

    fn from(home: &Path, name: &str, base: PathBuf, state: State, session: Vec<Action>) -> Self {
        let root = home.join(name);
        tools::praised("cp", args!["-a", base, root]);
        let mut program = args![WORKER, root, state.passphrase.to_string()];
        program.extend(session.iter().map(|action| action.to_string().into()));
        let watched = watch(&home.join("record"), TRACED, Texts::Whole, None, program);
        assert!(watched.ok, "{:?} {}", watched.said, watched.err);
        let calls = strace::calls(&watched.record);
        Self { base, root, before: state, session, calls }
    }

    fn disk(&self, promises: Promises) -> Disk {
        Disk::holding(&self.base, &self.root, promises)
    }

    /// After how many calls the disk is another one.
    fn moments(&self) -> Vec<usize> {
        let mut disk = self.disk(Promises::Kept);
        (0..self.calls.len()).filter(|at| disk.call(&self.calls[*at])).collect()
    }

    /// Looks at the chosen states, given as moments with lucks, in order; answers how many were
    /// different and what was wrong with them.
    fn look(
        &self,
        chosen: &[(usize, Luck)],
        promises: Promises,
        seed: u64,
        to: &Path,
    ) -> (usize, Vec<String>) {
        let (mut disk, mut next) = (self.disk(promises), 0);
        let (mut known, mut faults) = (BTreeSet::new(), Vec::new());
        for (moment, luck) in chosen {
            while next <= *moment {
                let _ = disk.call(&self.calls[next]);
                next += 1;
            }
            let mut chance = Chance(seed ^ (next as u64) << 8 ^ *luck as u64);
            let state = disk.cut(*luck, &mut chance);
            let done = disk.said().iter().filter(|line| line.starts_with("done ")).count();
            if !known.insert((state.mark(), done)) {
                continue;
            }
            state.put_down(to);
            if let Err(fault) = Place::at(to).judge(&self.before, &self.session, done) {
                let call = &self.calls[*moment];
                let last = disk.said().last().cloned().unwrap_or_default();
                faults.push(format!(
                    "{luck:?} after call {moment} ({} {:?}), \"{last}\", seed {seed}:\n  {fault}",
                    call.name,
                    call.args.first().map(|arg| arg.chars().take(20).collect::<String>()),
                ));
                if promises != Promises::Kept {
                    break;
                }
            }
        }
        (known.len(), faults)
    }
}

/// Everything a user does with a vault, in a few sessions.
fn recorded(home: &Path) -> Vec<Recorded> {
    use Action::{
        Backup, Create, Delete, Import, Load, Passphrase, Recover, Rekey, Release, Remove, Rename,
        Restore, Turn, Undo,
    };
    let daily = vec![
        Import(0),
        Rename(1),
        Import(1),
        Remove("exhibit-2".to_owned()),
        Undo,
        Release(1),
        Delete,
        Load,
        Rename(2),
    ];
    let care = vec![
        Passphrase,
        Backup,
        Import(0),
        Rename(3),
        Recover,
        Backup,
        Rename(4),
        Restore(0),
        Delete,
        Backup,
    ];
    let keys = vec![Backup, Rekey, Rename(7), Backup];
    let turns =
        vec![Turn(2), Import(0), Turn(2), Passphrase, Rename(7), Turn(2), Rename(8), Turn(1)];
    let fresh = vec![Load, Create, Rename(5)];
    vec![
        Recorded::of(home, "daily", &[Load], daily),
        Recorded::of(home, "care", &[Load, Import(1)], care),
        Recorded::of(home, "keys", &[Load, Import(1)], keys),
        Recorded::of(home, "turns", &[Load], turns),
        Recorded::of(home, "fresh", &[], fresh),
        Recorded::of_kept(home, "shape-1", vec![Rename(6), Import(0)]),
    ]
}

#[test]
fn whenever_the_power_is_cut_the_vault_is_the_old_or_the_new_one() {
    if !may_trace() {
        return;
    }
    let (wanted, seed) = (number_from("LANTHAN_CUTS", CUTS), number_from("LANTHAN_SEED", 7));
    let home = project::place();
    let begun = Instant::now();
    let recorded = recorded(home.path());
    let all: Vec<(usize, usize, Luck)> = recorded
        .iter()
        .enumerate()
        .flat_map(|(number, one)| {
            one.moments().into_iter().flat_map(move |at| Luck::ALL.map(|luck| (number, at, luck)))
        })
        .collect();
    let chosen: Vec<_> = spread(all.len(), wanted).into_iter().map(|at| all[at]).collect();
    let (mut looked, mut faults) = (0, Vec::new());
    for (number, one) in recorded.iter().enumerate() {
        let of_it = chosen.iter().filter(|(of, ..)| *of == number);
        let of_it: Vec<_> = of_it.map(|(_, at, luck)| (*at, *luck)).collect();
        let to = home.path().join("cut");
        let (different, found) = one.look(&of_it, Promises::Kept, seed, &to);
        looked += different;
        faults.extend(found);
    }
    tell(&format!(
        "{looked} different disks of {} possible moments and lucks (seed {seed}) in {} s",
        all.len(),
        begun.elapsed().as_secs()
    ));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(looked > 0, "nothing was looked at");
}

#[test]
fn a_disk_that_breaks_its_promises_is_noticed() {
    if !may_trace() {
        return;
    }
    let home = project::place();
    let session = vec![Action::Import(0), Action::Rename(1), Action::Passphrase];
    let one = Recorded::of(home.path(), "session", &[Action::Load], session);
    let moments = one.moments();
    let chosen: Vec<_> = moments.iter().rev().map(|at| (*at, Luck::None)).take(40).rev().collect();
    for promises in [Promises::FilesBroken, Promises::FoldersBroken] {
        let (_, faults) = one.look(&chosen, promises, 7, &home.path().join("cut"));
        assert!(!faults.is_empty(), "{promises:?} was not noticed");
    }
    let (_, faults) = one.look(&chosen, Promises::Kept, 7, &home.path().join("cut"));
    assert!(faults.is_empty(), "{faults:?}");
}

/// The disk after a program wrote "old" safely into `a`, and then did what a record says.
fn after(record: &str) -> (Disk, tempfile::TempDir) {
    let home = project::place();
    std::fs::write(home.path().join("a"), "old").unwrap();
    let mut disk = Disk::holding(home.path(), Path::new("/d"), Promises::Kept);
    for call in strace::calls(record) {
        let _ = disk.call(&call);
    }
    (disk, home)
}

/// `text` as `strace -xx` writes it.
fn hex(text: &str) -> String {
    let digits: Vec<String> = text.bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    format!("\"{}\"", digits.concat())
}

fn least(record: &str) -> lanthan_tests::disk::State {
    after(record).0.cut(Luck::None, &mut Chance(1))
}

/// Writes "new" beside `a` and renames it onto `a`, with or without bringing each to the disk.
fn replacing(file: bool, folder: bool) -> String {
    let (beside, a, root, new) = (hex("/d/a.new"), hex("/d/a"), hex("/d"), hex("new"));
    let write = [
        format!("openat(AT_FDCWD, {beside}, O_RDWR|O_CREAT|O_EXCL|O_CLOEXEC, 0600) = 3"),
        format!("write(3, {new}, 3) = 3"),
    ];
    let sync = "fsync(3) = 0".to_owned();
    let rename = ["close(3) = 0".to_owned(), format!("rename({beside}, {a}) = 0")];
    let open = format!("openat(AT_FDCWD, {root}, O_RDONLY|O_CLOEXEC) = 3");
    let calls = write
        .into_iter()
        .chain(file.then(|| sync.clone()))
        .chain(rename)
        .chain(folder.then_some([open, sync]).into_iter().flatten());
    calls.map(|call| format!("1 {call}\n")).collect::<Vec<_>>().concat()
}

#[test]
fn what_was_not_synchronised_may_be_missing_and_what_was_is_not() {
    assert_eq!(least(&replacing(true, true)).file("a"), Some(b"new".as_slice()));
    assert_eq!(least(&replacing(true, false)).file("a"), Some(b"old".as_slice()));
    assert_eq!(least(&replacing(false, true)).file("a"), Some(b"".as_slice()));
    assert!(!least(&replacing(true, false)).has("a.new"));
    let (disk, _home) = after(&replacing(false, false));
    assert_eq!(disk.cut(Luck::Torn, &mut Chance(1)).file("a"), Some(b"".as_slice()));
}

#[test]
fn a_write_is_torn_between_sectors_and_bytes_that_were_cut_off_stay_off() {
    let long = hex(&"x".repeat(2000));
    let record = format!(
        "1 openat(AT_FDCWD, {}, O_RDWR|O_CLOEXEC) = 3\n1 pwrite64(3, {long}, 2000, 1) = 2000\n",
        hex("/d/a")
    );
    let (disk, _home) = after(&record);
    let mut lengths = BTreeSet::new();
    for seed in 0..200 {
        let state = disk.cut(Luck::Torn, &mut Chance(seed));
        let bytes = state.file("a").unwrap().to_vec();
        assert!(bytes.starts_with(b"o"), "what was there before the write");
        lengths.insert(bytes.len());
    }
    assert_eq!(lengths, BTreeSet::from([3, 512, 1024, 1536]));
    let cut = least(&format!("{record}1 ftruncate(3, 1) = 0\n1 fdatasync(3) = 0\n"));
    assert_eq!(cut.file("a"), Some(b"o".as_slice()));
}

#[test]
fn a_call_that_was_interrupted_counts_where_it_ended_and_one_that_failed_does_not() {
    let a = hex("/d/a");
    let record = format!(
        "1 openat(AT_FDCWD, {a}, O_WRONLY|O_TRUNC <unfinished ...>\n\
         2 unlink({a}) = -1 EACCES (Permission denied)\n\
         1 <... openat resumed>) = 3\n1 fsync(3 <unfinished ...>\n1 <... fsync resumed>) = 0\n"
    );
    assert_eq!(least(&record).file("a"), Some(b"".as_slice()));
}

#[test]
#[should_panic(expected = "the model does not know link")]
fn a_call_that_the_model_does_not_know_is_not_passed_over() {
    let _ = after(&format!("1 link({}, {}) = 0\n", hex("/d/a"), hex("/d/b")));
}
