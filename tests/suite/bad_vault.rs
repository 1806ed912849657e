//! What does the program say of a vault that is damaged, foreign, out of reach or in other hands?
//!
//! Each test holds the exit code, the stable code, a sentence that names the thing, and what became of the
//! bytes. Deliberately absent: bad files and bad calls (`bad_input`), and calls of the system that fail
//! one by one (`failing_calls`).

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use lanthan_api::{Workspace, progress};
use lanthan_core::id::{DossierId, ExhibitId};
use lanthan_tests::{
    args,
    cli::{self, Call, Ran},
    dossier::{DAY, OpenDossier},
    folder::{contents, copy, snapshot, unchanged},
    hostile, project, start,
    start::in_between,
    strace::{Texts, may_trace, tell, watch},
    tools,
    vault::{PASSPHRASE, TestVault},
};

fn vault() -> TestVault {
    TestVault::with(&OpenDossier::small().exhibit("second", "second.jpg", hostile::jpeg(64, 64)))
}

fn list(vault: &TestVault) -> Ran {
    vault.run(args!["dossier", "list"])
}

fn check(vault: &TestVault) -> Ran {
    let words = args!["vault", "check", vault.folder()];
    let call =
        Call::new(words.into_iter().chain(args!["--passphrase-file", vault.passphrase_file()]));
    call.env("LANTHAN_DATA_DIR", vault.beside("data")).run()
}

fn refused(ran: &Ran, code: &str, names: &str) {
    ran.named(4, code, names);
    ran.advises(code);
}

/// The originals of the vault, the larger one first.
fn objects(vault: &TestVault) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found: Vec<_> = contents(&vault.folder())
        .into_iter()
        .filter(|(name, _)| name.starts_with("obj/"))
        .map(|(name, bytes)| (vault.folder().join(name), bytes))
        .collect();
    found.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.len()));
    found
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 0x10;
    bytes
}

/// Lengths at which a file is cut: at its beginning, within and at the borders of its parts, at its end.
fn cuts(length: usize) -> impl Iterator<Item = usize> {
    [0, 1, 11, 991, 1023, 4095, 4096, 4097, length / 2, length - 1]
        .into_iter()
        .filter(move |cut| *cut < length)
}

#[test]
fn key_files_cut_anywhere_are_damaged_and_one_whole_one_is_enough() {
    let vault = vault();
    let [a, b] = ["keys.a", "keys.b"].map(|name| vault.folder().join(name));
    for cut in cuts(fs::read(&a).unwrap().len()) {
        let whole = fs::read(&a).unwrap();
        fs::write(&a, &whole[..cut]).unwrap();
        fs::write(&b, &whole[..cut]).unwrap();
        let before = vault.snapshot();
        refused(&list(&vault), "header-damaged", "keys.a");
        unchanged(&vault.snapshot(), &before, "the vault");
        fs::write(&b, &whole).unwrap();
        assert!(list(&vault).done().out.contains("Test order"), "cut at {cut}");
        let healed = fs::read(&a).unwrap();
        assert!(healed.len() == whole.len() && healed == fs::read(&b).unwrap(), "cut at {cut}");
    }
}

#[test]
fn a_bit_flipped_in_both_key_files_is_damage_wherever_it_is() {
    let vault = vault();
    let names = ["keys.a", "keys.b"].map(|name| vault.folder().join(name));
    let whole = fs::read(&names[0]).unwrap();
    // Identity, generation, cost, salt, wrapped key, reserve, seal, checksum.
    for at in [16, 32, 68, 90, 150, 700, 970, 1000] {
        for name in &names {
            fs::write(name, flipped(&whole, at)).unwrap();
        }
        let before = vault.snapshot();
        refused(&list(&vault), "header-damaged", "keys.a");
        unchanged(&vault.snapshot(), &before, "the vault");
    }
    // Its first bytes say that it is one; without them nobody can tell.
    for name in &names {
        fs::write(name, flipped(&whole, 0)).unwrap();
    }
    let ran = list(&vault);
    assert_eq!(ran.exit, 4, "{}", ran.err);
    assert!(
        ran.err.contains("[header-damaged]") || ran.err.contains("[not-a-vault]"),
        "{}",
        ran.err
    );
}

#[test]
fn a_database_cut_anywhere_is_damaged_and_neither_healed_nor_made_anew() {
    let vault = vault();
    let at = vault.folder().join("vault.db");
    let whole = fs::read(&at).unwrap();
    for cut in cuts(whole.len()) {
        fs::write(&at, &whole[..cut]).unwrap();
        let before = fs::read(&at).unwrap();
        let said = check(&vault);
        refused(&said, "database-damaged", "backup");
        assert_eq!(fs::read(&at).unwrap(), before, "cut at {cut}");
    }
    fs::write(&at, &whole).unwrap();
    let _ = check(&vault).done();
}

#[test]
fn a_bit_flipped_in_any_page_of_the_database_is_found_and_never_read_as_something_else() {
    let vault = vault();
    let at = vault.folder().join("vault.db");
    let whole = fs::read(&at).unwrap();
    let told = list(&vault).done().out;
    for page in (0..whole.len() / 4096).step_by(3) {
        fs::write(&at, flipped(&whole, page * 4096 + 2000)).unwrap();
        refused(&check(&vault), "database-damaged", "backup");
        let ran = list(&vault);
        match ran.exit {
            // A page that the list does not need.
            0 => assert_eq!(ran.out, told, "page {page}"),
            _ => refused(&ran, "database-damaged", "backup"),
        }
    }
}

#[test]
fn an_original_cut_or_gone_is_named_and_never_blocks_the_others() {
    let vault = vault();
    let all = objects(&vault);
    let (bad, whole) = &all[0];
    let other = ExhibitId::new("second").unwrap();
    let damaged = |what: &str| {
        let ran = check(&vault);
        refused(&ran, "object-damaged", "Exhibit photo");
        assert!(!ran.err.contains("Exhibit second"), "{what}: {}", ran.err);
        // Whatever befell one, the other is as it was, and the dossier can be worked on.
        let mut open = vault.open();
        let id = DossierId::new("test").unwrap();
        assert!(!open.thumbnail(&id, &other).unwrap().is_empty(), "{what}");
        open.rename_dossier(&id, what, DAY).unwrap();
        open.close().unwrap();
        assert!(list(&vault).done().out.contains(what), "{what}");
    };
    for cut in cuts(whole.len()) {
        fs::write(bad, &whole[..cut]).unwrap();
        damaged(&format!("cut at {cut}"));
    }
    for at in [3, 20, 100, 200, 4095, 4096, whole.len() - 1] {
        fs::write(bad, flipped(whole, at)).unwrap();
        // Reserved bytes of the header are sealed, too, or nobody reads them.
        let ran = check(&vault);
        assert!(ran.exit == 0 && (130..4096).contains(&at) || ran.exit == 4, "{at}: {}", ran.err);
        if ran.exit == 4 {
            damaged(&format!("bit at {at}"));
        }
    }
    fs::remove_file(bad).unwrap();
    damaged("gone");
    fs::write(bad, whole).unwrap();
    let _ = check(&vault).done();
}

#[test]
fn a_recovery_key_one_character_off_names_the_group_and_tells_a_wrong_one_from_a_mistyped_one() {
    let vault = vault();
    let mut open = vault.open();
    let key = open.replace_recovery_key(PASSPHRASE, lanthan_api::KdfCost::SMALLEST).unwrap();
    open.close().unwrap();
    let new = vault.beside("new.txt");
    fs::write(&new, "nine otters under the old stone bridge\n").unwrap();
    let before = vault.snapshot();
    let recover = |typed: &str| {
        let file = vault.beside("typed.txt");
        fs::write(&file, typed).unwrap();
        let words = args!["vault", "recover", vault.folder(), "--recovery-key-file", file];
        cli::run(words.into_iter().chain(args!["--new-passphrase-file", new]))
    };
    for group in 0..8 {
        let mut typed = key.groups();
        let last = if typed[group].ends_with('7') { "8" } else { "7" };
        typed[group].replace_range(5.., last);
        refused(&recover(&typed.join(" ")), "recovery-key", &format!("group {}", group + 1));
    }
    let mut letter = key.groups();
    letter[4].replace_range(..1, "O");
    refused(&recover(&letter.join(" ")), "recovery-key", "O");
    let mut short = key.groups();
    short[6].pop();
    refused(&recover(&short.join(" ")), "recovery-key", "group 7");
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn a_vault_of_another_program_is_told_from_a_damaged_one() {
    let place = project::place();
    let passphrase = place.path().join("passphrase");
    fs::write(&passphrase, format!("{PASSPHRASE}\n")).unwrap();
    let ask = |folder: &Path| {
        let words = args!["dossier", "list", "--vault", folder, "--passphrase-file", passphrase];
        cli::run(words)
    };
    // Folders and files such as other programs keep their secrets in.
    let folder = place.path().join("theirs");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("gocryptfs.conf"), b"{\"Version\": 2}").unwrap();
    fs::write(folder.join("vault.db"), b"SQLite format 3\0").unwrap();
    let file = place.path().join("Theirs.kdbx");
    fs::write(&file, b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5").unwrap();
    for theirs in [&folder, &file] {
        let ran = ask(theirs);
        refused(&ran, "not-a-vault", &theirs.display().to_string());
    }
    assert_eq!(snapshot(&folder).len(), 2, "something was written there");
    // Ours, with somebody else's database in its place.
    let vault = vault();
    let (mine, theirs) = (vault.folder().join("vault.db"), TestVault::new());
    fs::copy(theirs.folder().join("vault.db"), &mine).unwrap();
    refused(&list(&vault), "database-damaged", "backup");
}

#[test]
fn a_conflict_copy_of_every_usual_make_is_named_and_never_opened_instead() {
    // As the programs that synchronise folders name the second version of a file.
    let copies = [
        "vault (conflicted copy).db",
        "vault (LAPTOP-2's conflicted copy 2026-11-25).db",
        "vault-LAPTOP-2.db",
        "vault (1).db",
        "vault.sync-conflict-20261125-140211-ABCDEFG.db",
        "vault_conf(1).db",
        "vault (Case Conflict).db",
        "vault.db.conflict",
        "vault 2.db",
        "keys (conflicted copy 2026-11-25 140211).a",
        "keys-LAPTOP-2.b",
        "keys.sync-conflict-20261125-140211-ABCDEFG.a",
        "keys.a (1)",
        "holder (1)",
    ];
    let vault = vault();
    let told = list(&vault).done().out;
    for name in copies {
        let of = if name.starts_with("keys") { "keys.a" } else { "vault.db" };
        let mut other = fs::read(vault.folder().join(of)).unwrap();
        other.reverse();
        fs::write(vault.folder().join(name), other).unwrap();
    }
    let before = vault.snapshot();
    let ran = check(&vault).done();
    for name in copies {
        assert!(ran.err.contains(name), "{name} is not named: {}", ran.err);
    }
    assert!(ran.err.contains("two places"), "{}", ran.err);
    assert_eq!(list(&vault).done().out, told);
    let now = vault.snapshot();
    for name in copies {
        assert_eq!(now.get(name), before.get(name), "{name}");
    }
}

/// Every entry with its length, its rights and when it was changed last.
#[cfg(unix)]
pub(crate) fn marks(folder: &Path) -> Vec<(PathBuf, u64, u32, i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    let mut found = vec![folder.to_owned()];
    found.extend(snapshot(folder).into_keys().map(|name| folder.join(name)));
    let mark = |path: PathBuf| {
        let file = fs::symlink_metadata(&path).unwrap();
        (path, file.size(), file.mode(), file.mtime(), file.mtime_nsec())
    };
    found.into_iter().map(mark).collect()
}

#[cfg(unix)]
#[test]
fn a_second_instance_looks_without_writing_a_byte_and_learns_who_has_it_since_when() {
    let vault = vault();
    let mut open = vault.open();
    open.announce("Lanthan of a test", "2026-11-25T13:02:00Z".parse().unwrap());
    // Its last change stands in the log only.
    let id = DossierId::new("test").unwrap();
    open.rename_dossier(&id, "Renamed a moment ago", DAY).unwrap();
    let (before, marked) = (vault.snapshot(), marks(&vault.folder()));
    let refusal = list(&vault);
    refused(&refusal, "in-use", "in Lanthan of a test since 2026-11-25 13:02 UTC");
    let look = args!["dossier", "list", "--read-only"].into_iter().chain(vault.args());
    let ran = Call::new(look).env("LANTHAN_DATA_DIR", vault.beside("data")).run().done();
    assert!(ran.out.contains("Renamed a moment ago"), "{}", ran.out);
    assert!(ran.err.contains("in Lanthan of a test since 2026-11-25 13:02 UTC"), "{}", ran.err);
    let info = cli::run(args!["vault", "info", vault.folder(), "--json"]).done().json();
    assert_eq!(info["elsewhere"]["held"], true);
    assert_eq!(info["elsewhere"]["holder"]["since"], "2026-11-25T13:02:00Z");
    unchanged(&vault.snapshot(), &before, "the vault");
    assert_eq!(marks(&vault.folder()), marked);
    open.close().unwrap();
    let info = cli::run(args!["vault", "info", vault.folder(), "--json"]).done().json();
    assert_eq!(info["elsewhere"], serde_json::Value::Null);
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_looks_asks_the_system_to_write_nothing_in_the_vaults_folder() {
    if !may_trace() {
        return;
    }
    let vault = vault();
    let record = vault.beside("record");
    let data = vault.beside("data");
    let held = vault.open();
    let words = args!["dossier", "list", "--read-only"].into_iter().chain(vault.args());
    let env = format!("LANTHAN_DATA_DIR={}", data.display());
    let program = args!["env", env, cli::program()].into_iter().chain(words);
    let calls = [
        "openat",
        "open",
        "creat",
        "mkdir",
        "mkdirat",
        "rename",
        "renameat",
        "renameat2",
        "unlink",
        "unlinkat",
        "link",
        "linkat",
        "symlinkat",
        "truncate",
        "fchmodat",
        "utimensat",
    ];
    let seen = watch(&record, &calls, Texts::Whole, None, program);
    held.close().unwrap();
    assert!(seen.ok, "{}", seen.err);
    let here = vault.folder();
    let calls = lanthan_tests::strace::calls(&seen.record);
    // Beginnings of a path, so that a call on the folder itself counts.
    let inside = |path: &Path| path.starts_with(&here);
    let mut opened = 0;
    for call in calls.iter().filter(|call| call.answer >= 0) {
        let opens = ["openat", "open"].contains(&call.name.as_str());
        let at = usize::from(call.name.ends_with("at") || call.name == "renameat2");
        if !inside(&call.path(at)) {
            continue;
        }
        assert!(opens, "{call:?}");
        let flags = at + 1;
        let writes =
            ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|f| call.has(flags, f));
        assert!(!writes, "{call:?}");
        opened += 1;
    }
    assert!(opened > 2, "the record shows nothing: {}", seen.record);
}

/// Runs a program where mounting is allowed; `None`, said aloud, where the system allows it nobody.
fn in_a_space_of_its_own(script: &str, words: Vec<OsString>) -> Option<Ran> {
    let spaces: [&[&str]; 2] =
        [&["unshare", "--mount"], &["unshare", "--map-root-user", "--mount"]];
    let space = spaces.into_iter().find(|space| {
        let probe = ["mount", "-t", "tmpfs", "none", "/mnt"];
        tools::ask(space[0], space.iter().skip(1).copied().chain(probe)).ok
    });
    let Some(space) = space else {
        tell("NOT TESTED: this system lets nobody mount a medium");
        return None;
    };
    let mut line: Vec<OsString> = space.iter().map(Into::into).collect();
    line.extend(args!["sh", "-c", script, "sh"]);
    Some(Call::new(words).under(line).run())
}

#[test]
fn a_vault_on_a_medium_that_cannot_be_written_is_named_and_can_be_looked_at() {
    let vault = vault();
    let before = vault.snapshot();
    // The folder is bound onto itself so that it cannot be written; the program is what follows.
    let script = format!(
        "mount --bind '{0}' '{0}' && mount -o remount,bind,ro '{0}' || exit 99; \"$@\"",
        vault.folder().display()
    );
    let words = args!["dossier", "list"].into_iter().chain(vault.args()).collect();
    let Some(ran) = in_a_space_of_its_own(&script, words) else { return };
    assert_ne!(ran.exit, 99, "{}", ran.err);
    refused(&ran, "read-only-medium", &vault.folder().display().to_string());
    let words = args!["dossier", "list", "--read-only"].into_iter().chain(vault.args()).collect();
    let Some(ran) = in_a_space_of_its_own(&script, words) else { return };
    assert!(ran.done().out.contains("Test order"));
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[cfg(unix)]
#[test]
fn a_vault_that_may_not_be_read_or_written_says_so_and_names_the_place() {
    use std::os::unix::fs::PermissionsExt;
    let nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
    let vault = vault();
    // As somebody else: by root's leave, or not at all.
    let probe = nobody.iter().skip(1).copied().chain(["true"]);
    if !tools::ask(nobody[0], probe).ok {
        tell("NOT TESTED: only root may become somebody else");
        return;
    }
    // The place itself lies where nobody else may look; what is tested must lie where he may.
    let place = tempfile::tempdir().unwrap();
    let shared = place.path();
    let folder = shared.join("test.lanthan");
    copy(&vault.folder(), &folder);
    let program = shared.join("lanthan-cli");
    // No other program may be born holding the copy open: the system would start it no more.
    in_between(|| fs::copy(cli::program(), &program)).unwrap();
    let passphrase = shared.join("passphrase");
    fs::write(&passphrase, format!("{PASSPHRASE}\n")).unwrap();
    let open = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    open(shared, 0o755);
    open(&program, 0o755);
    open(&passphrase, 0o644);
    let ask = || {
        let words = args!["dossier", "list", "--vault", folder, "--passphrase-file", passphrase];
        let mut command = Command::new(nobody[0]);
        command.args(&nobody[1..]).arg(&program).args(words);
        command.env("HOME", shared).env_remove("LANTHAN_PASSPHRASE_FILE");
        let answer = start::answer(&mut command).unwrap();
        (answer.status.code(), String::from_utf8_lossy(&answer.stderr).into_owned())
    };
    // Not even the folder may be entered; then it may be read and not written.
    open(&folder, 0o700);
    let closed = ask();
    open(&folder, 0o755);
    for name in snapshot(&folder).keys() {
        let path = folder.join(name);
        open(&path, if path.is_dir() { 0o755 } else { 0o644 });
    }
    let readable = ask();
    for (code, said) in [closed, readable] {
        assert_eq!(code, Some(4), "{said}");
        assert!(said.contains("[no-permission]"), "{said}");
        assert!(said.contains(&folder.display().to_string()), "{said}");
    }
}

#[test]
fn a_medium_that_vanishes_in_the_middle_is_said_and_what_was_done_before_is_there() {
    let vault = vault();
    let mut open = vault.open();
    let id = DossierId::new("test").unwrap();
    open.rename_dossier(&id, "Done before", DAY).unwrap();
    let away = vault.beside("away.lanthan");
    fs::rename(vault.folder(), &away).unwrap();
    let stick = vault.folder().display().to_string();
    for (what, error) in [
        ("a change", open.rename_dossier(&id, "Done after", DAY).unwrap_err()),
        (
            "an export",
            open.export(&id, &vault.beside("out"), &mut progress::silent).map(|_| ()).unwrap_err(),
        ),
    ] {
        assert_eq!(error.code(), "vault-gone", "{what}: {error}");
        assert!(error.to_string().contains(&stick), "{what}: {error}");
    }
    assert!(!vault.beside("out").exists());
    // A vault that somebody puts in its place is another one.
    copy(&away, &vault.folder());
    let error = open.rename_dossier(&id, "Done in another", DAY).unwrap_err();
    assert_eq!(error.code(), "vault-gone");
    fs::remove_dir_all(vault.folder()).unwrap();
    // Put in again, it goes on where it was.
    fs::rename(&away, vault.folder()).unwrap();
    open.rename_dossier(&id, "Done at last", DAY).unwrap();
    let gone = vault.beside("gone.lanthan");
    fs::rename(vault.folder(), &gone).unwrap();
    drop(open);
    fs::rename(&gone, vault.folder()).unwrap();
    let again = in_between(|| Workspace::open(&vault.folder(), PASSPHRASE)).unwrap();
    assert_eq!(again.dossiers(DAY).unwrap()[0].title, "Done at last");
    again.close().unwrap();
}

#[test]
fn a_stick_pulled_out_while_the_terminal_works_leaves_a_vault_that_opens() {
    let vault = vault();
    let (stick, kept) = (vault.beside("stick"), vault.beside("kept.lanthan"));
    fs::create_dir(&stick).unwrap();
    let more = OpenDossier::small().put("/id", serde_json::json!("more"));
    let more = more.photo(hostile::jpeg(3000, 2000)).write(&vault.beside("more"));
    // A disk in memory that lies elsewhere, too, so that what was on the stick can be looked at.
    let script = format!(
        "mount -t tmpfs -o size=64m none '{stick}' && cp -r '{vault}' '{stick}/v.lanthan' || exit 99
         cd '{stick}'; \"$@\" & work=$!
         while [ ! -e '{stick}/v.lanthan/holder' ] && kill -0 $work 2> /dev/null; do sleep 0.01; done
         umount -l '{stick}'; wait $work; code=$?
         cp -r v.lanthan '{kept}'; exit $code",
        stick = stick.display(),
        vault = vault.folder().display(),
        kept = kept.display(),
    );
    let on_stick = stick.join("v.lanthan");
    let file = vault.passphrase_file();
    let words = args!["dossier", "load", more, "--vault", on_stick, "--passphrase-file", file];
    let Some(ran) = in_a_space_of_its_own(&script, words) else { return };
    assert_ne!(ran.exit, 99, "{}", ran.err);
    if ran.exit != 0 {
        ran.named(4, "vault-gone", "v.lanthan");
    }
    // Pulled out between the last write and the farewell, all of it came in: never a part.
    let _ = cli::run(args!["vault", "check", kept, "--passphrase-file", file]).done();
    let list = args!["exhibit", "list", "--dossier", "more", "--vault", kept];
    let came = cli::run(list.into_iter().chain(args!["--passphrase-file", file]));
    if came.exit == 0 {
        assert!(came.out.contains("photo.jpg"), "{}", came.out);
    } else {
        assert_ne!(ran.exit, 0, "what was acknowledged is lost");
        came.named(2, "no-such-dossier", "more");
    }
}
