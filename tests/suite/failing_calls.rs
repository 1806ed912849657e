//! Is a vault in its old or its new state, whichever call of the system fails?
//!
//! For each action the first, second, third … call of a kind fails, until none is left that could:
//! with "no space left", with an input/output error, or by the end of the program. Where the program
//! lives on it goes on with another action in the same session. `LANTHAN_FAULTS` says how many of all
//! the faults are tried, spread evenly over each action and kind, or `all`. Deliberately absent: a
//! real full disk (`full_disk`), and bytes that a power cut takes (`power_cut`).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use lanthan_tests::{
    args,
    chance::{number_from, spread},
    project,
    session::{Action, Outcome, Place, State},
    strace::{self, Call, Texts, may_trace, tell, watch},
    tools,
};

const WORKER: &str = env!("CARGO_BIN_EXE_durability-worker");

/// So many faults belong to every run of the suite.
const FAULTS: u64 = 300;

/// Calls that fail, how, and whether all later ones of the kind do too, as on a full disk; or at whose
/// beginning the program is killed.
const KINDS: [(&str, &str, &str); 17] = [
    ("write", "error=ENOSPC", "+"),
    ("pwrite64", "error=ENOSPC", "+"),
    ("ftruncate", "error=ENOSPC", "+"),
    ("mkdir", "error=ENOSPC", "+"),
    ("openat", "error=ENOSPC", ""),
    ("write", "error=EIO", ""),
    ("pwrite64", "error=EIO", ""),
    ("pread64", "error=EIO", ""),
    ("fsync", "error=EIO", ""),
    ("fdatasync", "error=EIO", ""),
    ("rename", "error=EIO", ""),
    ("unlink", "error=EIO", ""),
    ("write", "signal=SIGKILL", ""),
    ("pwrite64", "signal=SIGKILL", ""),
    ("fsync", "signal=SIGKILL", ""),
    ("rename", "signal=SIGKILL", ""),
    ("unlink", "signal=SIGKILL", ""),
];

/// One action, what comes before it, and what the user does when it failed.
struct Scene {
    name: &'static str,
    /// The vault of an earlier program that is opened for it; a new one when there is none.
    kept: Option<&'static str>,
    before: Vec<Action>,
    action: Action,
    then: Action,
}

fn scenes() -> Vec<Scene> {
    use Action::{
        Backup, Create, Delete, Import, Load, Passphrase, Recover, Rekey, Release, Remove, Rename,
        Restore, Turn, Undo,
    };
    let scene = |name, before: &[Action], action, then| Scene {
        name,
        kept: None,
        before: before.to_vec(),
        action,
        then,
    };
    let taken = || Remove("exhibit-2".to_owned());
    vec![
        scene("create", &[Load], Create, Rename(9)),
        scene("load", &[], Load, Passphrase),
        scene("import", &[Load], Import(1), Rename(9)),
        scene("edit", &[Load], Rename(1), Import(0)),
        scene("undo", &[Load, Import(1)], Undo, Import(0)),
        scene("remove", &[Load, Import(0)], taken(), Rename(9)),
        scene("delete", &[Load, Import(0), Rename(1)], Delete, Backup),
        scene("release", &[Load], Release(1), Rename(9)),
        scene("passphrase", &[Load], Passphrase, Rename(9)),
        scene("recovery key", &[Load], Recover, Rename(9)),
        scene("new key", &[Load, Import(0)], Rekey, Rename(9)),
        scene("backup", &[Load, Import(1)], Backup, Rename(9)),
        scene("backup again", &[Load, Backup, Import(1), Passphrase], Backup, Rename(9)),
        scene("backup with the new key", &[Load, Backup, Rekey], Backup, Rename(9)),
        scene("turn", &[Load, Turn(3), Import(1)], Turn(3), Rename(9)),
        scene("turn again", &[Load, Turn(2), Import(1), Turn(2), Rename(1)], Turn(1), Turn(2)),
        scene("restore", &[Load, Import(1), Backup], Restore(0), Rename(9)),
        Scene { kept: Some("shape-1"), ..scene("migration", &[], Rename(1), Import(0)) },
        Scene { kept: Some("shape-1"), ..scene("new key of an earlier", &[], Rekey, Rename(1)) },
    ]
}

/// A scene that is ready to be played.
struct Stage {
    scene: Scene,
    base: PathBuf,
    before: State,
}

impl Stage {
    fn build(scene: Scene, home: &Path) -> Self {
        let base = home.join(scene.name);
        fs::create_dir(&base).unwrap();
        let (place, mut before) = match scene.kept {
            Some(kept) => Place::furnish_with(&base, kept),
            None => (Place::furnish(&base), State::default()),
        };
        if !scene.before.is_empty() {
            let mut open = place.open(0).unwrap();
            for action in &scene.before {
                place.perform(&mut open, action, before.passphrase).unwrap();
                before = before.after(action);
            }
            open.close().unwrap();
        }
        Self { scene, base, before }
    }

    /// Plays it on a copy under `strace`.
    fn play(&self, to: &Path, calls: &[&str], inject: Option<&str>) -> strace::Watched {
        let _ = fs::remove_dir_all(to);
        tools::praised("cp", args!["-a", self.base, to]);
        let record = to.with_extension("record");
        let passphrase = self.before.passphrase.to_string();
        let (action, then) = (self.scene.action.to_string(), self.scene.then.to_string());
        let program = args![WORKER, to, passphrase, "go-on", action, then];
        let watched = watch(&record, calls, Texts::Begun, inject, program);
        assert!(!watched.err.contains("panicked"), "{inject:?}: {}", watched.err);
        watched
    }

    /// Which calls of each kind the program makes from the opening of the vault on.
    fn places(&self, to: &Path) -> BTreeMap<&'static str, Vec<usize>> {
        let mut names: Vec<&str> = KINDS.map(|(call, ..)| call).to_vec();
        names.sort_unstable();
        names.dedup();
        let watched = self.play(to, &names, None);
        assert!(watched.ok, "without any fault: {:?}", watched.said);
        let calls = strace::calls(&watched.record);
        let main = calls.first().map(|call| call.thread.clone()).unwrap_or_default();
        let vault = Place::at(to).vault();
        let is_begin = |call: &Call| call.name == "openat" && call.path(1).starts_with(&vault);
        let (mut begun, mut places) = (false, BTreeMap::<_, (usize, Vec<usize>)>::new());
        for call in calls.iter().filter(|call| call.thread == main) {
            begun = begun || is_begin(call);
            let name = names.iter().find(|name| **name == call.name).unwrap();
            let (count, found) = places.entry(*name).or_default();
            *count += 1;
            if begun {
                found.push(*count);
            }
        }
        places.into_iter().map(|(name, (_, found))| (name, found)).collect()
    }

    /// Judges what came of a fault; answers whether the action was said to have failed.
    fn judge(&self, to: &Path, said: &[String]) -> Result<bool, String> {
        let session = [self.scene.action.clone(), self.scene.then.clone()];
        let outcomes = session.clone().map(|action| {
            let is =
                |word: &str| said.iter().any(|line| line.starts_with(&format!("{word} {action}")));
            match (is("done"), is("doing")) {
                (true, _) => Outcome::Done,
                (false, true) => Outcome::Begun,
                (false, false) => Outcome::NotBegun,
            }
        });
        Place::at(to).judge_outcomes(&self.before, &session, &outcomes)?;
        Ok(said.iter().any(|line| line.starts_with("failed ") || line.starts_with("error ")))
    }
}

#[test]
fn whichever_call_of_the_system_fails_the_vault_is_the_old_or_the_new_one() {
    if !may_trace() {
        return;
    }
    let wanted = number_from("LANTHAN_FAULTS", FAULTS);
    let home = project::place();
    let (to, begun) = (home.path().join("copy"), Instant::now());
    let stages: Vec<Stage> =
        scenes().into_iter().map(|scene| Stage::build(scene, home.path())).collect();
    let mut plan = Vec::new();
    for (number, stage) in stages.iter().enumerate() {
        let places = stage.places(&to);
        for (call, what, later) in KINDS {
            let at = places.get(call).into_iter().flatten();
            plan.extend(at.map(|at| (number, call, format!("{call}:{what}:when={at}{later}"))));
        }
    }
    let (mut tried, mut met, mut failed) = (0, 0, 0);
    let mut faults = Vec::new();
    for one in spread(plan.len(), wanted) {
        let (stage, call, inject) = &plan[one];
        let stage = &stages[*stage];
        let watched = stage.play(&to, &[call], Some(inject));
        tried += 1;
        met += usize::from(watched.was_injected());
        match stage.judge(&to, &watched.said) {
            Ok(was_told) => failed += usize::from(was_told),
            Err(fault) => faults.push(format!(
                "{}, {inject}\n  said {:?}\n  {fault}",
                stage.scene.name, watched.said
            )),
        }
    }
    tell(&format!(
        "{tried} of {} faults in {} s: {met} met a call, {failed} were told to the user",
        plan.len(),
        begun.elapsed().as_secs()
    ));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(met * 10 > tried * 9, "only {met} of {tried} faults met a call");
}
