//! What of a passphrase is left in the memory of a program that closed its vault?
//!
//! A process of its own does what the programs do, with the same allocator, and is looked into from
//! outside (`proc_pid_mem(5)`). Deliberately absent: the keys, which only the store knows (its own tests
//! look for them), and the processes of the WebView.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    os::unix::fs::FileExt,
    process::{Command, Stdio},
};

use lanthan_tests::{args, project, start, strace};

/// How often each of some texts stands in the memory that a process can write to.
fn count(process: u32, sought: &[&str]) -> Vec<usize> {
    let at = |name: &str| format!("/proc/{process}/{name}");
    let memory = File::open(at("mem")).unwrap();
    let number = |digits: &str| u64::from_str_radix(digits, 16).unwrap();
    let mut found = vec![0; sought.len()];
    for region in fs::read_to_string(at("maps")).unwrap().lines() {
        let mut words = region.split(' ');
        let (start, end) = words.next().unwrap().split_once('-').unwrap();
        if !words.next().unwrap().starts_with("rw") {
            continue;
        }
        let mut bytes = vec![0; usize::try_from(number(end) - number(start)).unwrap()];
        // Some regions are the system's own and cannot be read.
        let Ok(read) = memory.read_at(&mut bytes, number(start)) else { continue };
        for (text, found) in sought.iter().zip(&mut found) {
            let text = text.as_bytes();
            let here = |at: &usize| bytes[*at..read].starts_with(text);
            *found += (0..read).filter(|at| bytes[*at] == text[0]).filter(here).count();
        }
    }
    found
}

#[test]
fn neither_passphrase_nor_recovery_key_is_left_in_the_memory_when_the_vault_is_closed() {
    if !strace::may_trace() {
        return;
    }
    let passphrase = "eleven planted walruses sing below the pier";
    let place = project::place();
    let [folder, file, key] =
        ["v.lanthan", "passphrase", "key"].map(|name| place.path().join(name));
    let cost = lanthan_api::KdfCost::SMALLEST;
    let made = lanthan_api::Workspace::create(&folder, passphrase, cost).unwrap();
    let recovery = made.1.to_string();
    made.0.close().unwrap();
    fs::write(&file, format!("{passphrase}\n")).unwrap();
    fs::write(&key, format!("{recovery}\n")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_durability-worker"));
    command.args(args!["secrets", folder, file, key]);
    let mut child = start::start(command.stdin(Stdio::piped()).stdout(Stdio::piped())).unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut stdin = child.stdin.take().unwrap();
    // Pieces, because a beginning may be overwritten and the rest be left.
    let sought = [&passphrase[..16], &passphrase[16..], &recovery[..20], &recovery[21..]];
    assert_eq!(said.next().unwrap().unwrap(), "open");
    let held = count(child.id(), &sought);
    assert!(held.iter().all(|found| *found > 0), "what is held must be found: {held:?}");
    writeln!(stdin).unwrap();
    assert_eq!(said.next().unwrap().unwrap(), "closed");
    let left = count(child.id(), &sought);
    writeln!(stdin).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(left, [0; 4]);
}
