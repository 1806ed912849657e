//! What becomes of a vault when the part of the program that reads files dies, and what has that part
//! given up before?
//!
//! The terminal program takes photographs in while its readers are ended from outside. Deliberately
//! absent: readers that hang or lie; those are made up beside their watch (`lanthan-api`).
#![cfg(target_os = "linux")]

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use lanthan_tests::{
    args, cli, dossier::OpenDossier, hostile, project, start, tools, vault::TestVault,
};
use serde_json::Value;

/// So many photographs come in.
const PHOTOS: usize = 8;
/// So many readers are ended, and no more, so that there is always another one.
const VICTIMS: usize = 2;

/// The readers of a program that have given up everything.
fn readers(parent: u32) -> Vec<u32> {
    let is_reader = |process: &u32| {
        let read = |name: &str| fs::read_to_string(format!("/proc/{process}/{name}"));
        let (Ok(stat), Ok(cmdline), Ok(status)) = (read("stat"), read("cmdline"), read("status"))
        else {
            return false;
        };
        let of = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1));
        of == Some(&parent.to_string())
            && cmdline.contains("--lanthan-reader")
            && status.contains("Seccomp:\t2")
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter(is_reader).collect()
}

/// Runs the program and does something to the first readers that are seen; what the program answers.
fn disturbed(words: Vec<OsString>, disturb: &dyn Fn(u32)) -> Value {
    let mut command = Command::new(cli::program());
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = start::start(&mut command).unwrap();
    let mut victims = BTreeSet::new();
    while child.try_wait().unwrap().is_none() {
        for reader in readers(child.id()) {
            if victims.len() < VICTIMS && victims.insert(reader) {
                disturb(reader);
            }
        }
        thread::sleep(Duration::from_millis(5));
    }
    let answer = child.wait_with_output().unwrap();
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// Takes photographs in.
fn add(photos: &[PathBuf], vault: &TestVault) -> Vec<OsString> {
    let words = args!["exhibit", "add", "--dossier", "test", "--json"];
    let photos = photos.iter().map(OsString::from);
    words.into_iter().chain(photos).chain(vault.args()).collect()
}

fn photos(place: &std::path::Path) -> Vec<PathBuf> {
    // Large enough that a reader is at work on one whenever it is looked at.
    let photo = hostile::jpeg(4000, 3000);
    (0..PHOTOS)
        .map(|number| {
            let path = place.join(format!("{number}.jpg"));
            fs::write(&path, &photo).unwrap();
            path
        })
        .collect()
}

fn count(answer: &Value, name: &str) -> usize {
    answer[name].as_array().unwrap().len()
}

/// What is done to a reader, with its word.
type Way = (&'static str, Box<dyn Fn(u32)>);

fn ways() -> [Way; 3] {
    let signal = |name: &'static str| {
        Box::new(move |reader: u32| {
            // The first one of a crash may be taken for a stack that overflows, and be gone with that. It may
            // have ended by itself meanwhile.
            for _ in 0..2 {
                let _ = tools::ask("kill", args![format!("-{name}"), reader.to_string()]);
            }
        })
    };
    let starve = Box::new(|reader: u32| {
        let _ = tools::ask("prlimit", args!["--pid", reader.to_string(), "--data=1"]);
    });
    [("crash", signal("SEGV")), ("kill", signal("KILL")), ("starve", starve)]
}

#[test]
fn a_reader_that_is_ended_leaves_the_vault_open_and_the_others_come_in() {
    let place = project::place();
    let photos = photos(place.path());
    // One that starves goes on refusing for as long as it lives, which no real one does.
    for (way, disturb) in ways().into_iter().filter(|(way, _)| *way != "starve") {
        let vault = TestVault::with(&OpenDossier::small());
        let answer = disturbed(add(&photos, &vault), &*disturb);
        let (added, refused) = (count(&answer, "added"), count(&answer, "refused"));
        assert_eq!(added + refused, PHOTOS, "{way}: {answer}");
        assert!(refused <= VICTIMS, "{way}: {answer}");
        for one in answer["refused"].as_array().unwrap() {
            assert_eq!(one["code"], "breaks-reader", "{way}: {answer}");
        }
        // The vault is whole, and what was refused comes in when nobody disturbs.
        let again = cli::run(add(&photos[..1], &vault)).done().json();
        assert_eq!(count(&again, "added"), 1);
        let key = args!["--passphrase-file", vault.passphrase_file()];
        let check = args!["vault", "check", vault.folder()].into_iter().chain(key);
        let _ = cli::run(check).done();
    }
}

#[test]
fn a_reader_that_is_ended_costs_the_file_that_it_had_and_no_other() {
    let place = project::place();
    let photos = photos(place.path());
    for (way, disturb) in ways() {
        // One that waits for work is replaced without a word, so that it may take more than one try.
        let met = (0..30).any(|number| {
            let out = place.path().join(format!("{way}-{number}"));
            let files = photos.iter().map(OsString::from);
            let words = args!["clean", "--json", "--out", out].into_iter().chain(files).collect();
            let answer = disturbed(words, &*disturb);
            let (copies, refused) = (count(&answer, "copies"), count(&answer, "refused"));
            assert_eq!(copies + refused, PHOTOS, "{way}: {answer}");
            let left = fs::read_dir(&out).map_or(0, Iterator::count);
            assert_eq!(left, copies);
            // One that starves may live on, and call every file damaged that it has no memory for.
            let is_starved = way == "starve";
            assert!(refused <= VICTIMS || is_starved, "{way}: {answer}");
            for one in answer["refused"].as_array().unwrap() {
                let is_damaged = is_starved && one["code"] == "damaged";
                assert!(is_damaged || one["code"] == "breaks-reader", "{way}: {answer}");
            }
            refused > 0
        });
        assert!(met, "{way}: no reader was met at work");
    }
}

#[test]
fn a_reader_has_no_files_no_settings_and_little_memory() {
    let place = project::place();
    let photos = photos(place.path());
    let vault = TestVault::with(&OpenDossier::small());
    let seen = std::cell::RefCell::new(Vec::new());
    let _ = disturbed(add(&photos, &vault), &|reader| {
        let read = |name: &str| fs::read_to_string(format!("/proc/{reader}/{name}"));
        let limits = read("limits");
        seen.borrow_mut().push((limits, read("environ")));
    });
    let seen = seen.into_inner();
    let (limits, environment) =
        seen.iter().find(|(limits, _)| limits.is_ok()).expect("a reader is seen at work");
    let limit = |name: &str| {
        let line = limits.as_ref().unwrap().lines().find(|line| line.starts_with(name)).unwrap();
        line[name.len()..].split_whitespace().next().unwrap().to_owned()
    };
    assert_eq!(limit("Max data size"), (1024 * 1024 * 1024).to_string());
    assert_eq!(limit("Max open files"), "0");
    assert_eq!(limit("Max file size"), "0");
    assert_eq!(limit("Max core file size"), "0");
    assert!(limit("Max cpu time").parse::<u32>().unwrap() <= 60);
    // Only an administrator may look at it.
    if let Ok(environment) = environment {
        assert_eq!(environment, "");
    }
}
