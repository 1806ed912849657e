//! Does looking after a vault keep what it promises: check, backup, restore, other keys?

use std::{
    fs,
    path::{Path, PathBuf},
};

use lanthan_api::{KdfCost, Workspace};
use lanthan_tests::{
    args, cli,
    dossier::{DAY, OpenDossier},
    folder::{contents, copy, snapshot, unchanged},
    hostile, project,
    start::in_between,
    vault::{PASSPHRASE, TestVault},
};
use serde_json::json;

const NEW: &str = "nine otters under the old stone bridge";

fn vault() -> TestVault {
    TestVault::with(&OpenDossier::small().exhibit("second", "second.jpg", hostile::jpeg(64, 64)))
}

/// Writes a line into a file beside the vault.
fn line(vault: &TestVault, name: &str, text: &str) -> PathBuf {
    let file = vault.beside(name);
    fs::write(&file, format!("{text}\n")).unwrap();
    file
}

/// Runs a command of `vault` that opens it with its passphrase, in a data folder of its own.
fn run(vault: &TestVault, words: Vec<std::ffi::OsString>) -> cli::Ran {
    let passphrase = args!["--passphrase-file", vault.passphrase_file()];
    let call = cli::Call::new(args!["vault"].into_iter().chain(words).chain(passphrase));
    call.env("LANTHAN_DATA_DIR", vault.beside("data")).run()
}

fn export(folder: &Path, passphrase: &Path, out: &Path) -> cli::Ran {
    let of = args!["--vault", folder, "--passphrase-file", passphrase];
    cli::run(args!["dossier", "export", "--dossier", "test", "--out", out].into_iter().chain(of))
}

/// The file of the original of the first exhibit, found by its length.
fn object_of_the_photo(vault: &TestVault) -> PathBuf {
    let objects = contents(&vault.folder());
    let objects = objects.iter().filter(|(name, _)| name.starts_with("obj/"));
    // The first photograph is the larger one.
    let largest = objects.max_by_key(|(_, bytes)| bytes.len()).expect("there are originals").0;
    vault.folder().join(largest)
}

fn flip(file: &Path, at: usize) {
    let mut bytes = fs::read(file).unwrap();
    bytes[at] ^= 1;
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_backup_passes_its_rehearsal_and_what_is_restored_exports_the_same() {
    let vault = vault();
    let (backup, back) = (vault.beside("stick.lanthan"), vault.beside("back.lanthan"));
    let words = args!["backup", vault.folder(), "--out", backup, "--rehearse", "--json"];
    let made = run(&vault, words).done().json();
    assert_eq!(made["backup"], backup.display().to_string());
    assert_eq!((&made["dossiers"], &made["newObjects"]), (&json!(1), &json!(2)));
    assert_eq!(made["rehearsal"]["current"], true);
    assert_eq!(made["rehearsal"]["whole"], true);
    assert_eq!(made["ledger"]["number"], 0);
    let before = snapshot(&backup);
    let words = args!["restore", backup, "--out", back, "--json"];
    let restored = run(&vault, words).done().json();
    assert_eq!(restored["vault"], back.display().to_string());
    assert_eq!(restored["objects"], 2);
    unchanged(&snapshot(&backup), &before, "the backup");
    let (first, second) = (vault.beside("first"), vault.beside("second"));
    let _ = export(&vault.folder(), &vault.passphrase_file(), &first).done();
    let ran = export(&back, &vault.passphrase_file(), &second).done();
    assert!(ran.err.contains("not encrypted"), "{}", ran.err);
    assert_eq!(snapshot(&first), snapshot(&second));
    assert_eq!(snapshot(&vault.beside("data")).len(), 0, "nothing stays in the program's folder");
}

#[test]
fn a_second_backup_writes_only_what_is_new_and_one_that_moved_on_is_kept() {
    let vault = vault();
    let backup = vault.beside("stick.lanthan");
    let again = || run(&vault, args!["backup", vault.folder(), "--out", backup, "--json"]);
    let _ = again().done();
    assert_eq!(again().done().json()["newObjects"], 0);
    let mut opened = in_between(|| Workspace::open(&backup, PASSPHRASE)).unwrap();
    let id = opened.dossiers(DAY).unwrap()[0].id.clone();
    opened.rename_dossier(&id, "Changed on the stick", DAY).unwrap();
    opened.close().unwrap();
    let before = snapshot(&backup);
    let ran = again();
    ran.refused(4, "copy-moved-on", "stick.lanthan");
    ran.advises("copy-moved-on");
    unchanged(&snapshot(&backup), &before, "the backup");
    let taken = run(&vault, args!["restore", backup, "--out", vault.folder()]);
    taken.refused(4, "already-exists", "test.lanthan");
}

#[test]
fn a_flipped_byte_names_its_exhibit_and_the_rest_stays_usable() {
    let vault = vault();
    let whole = run(&vault, args!["check", vault.folder(), "--json"]).done().json();
    assert_eq!((&whole["whole"], &whole["objects"]), (&json!(true), &json!(2)));
    assert_eq!((&whole["damaged"], &whole["database"]), (&json!([]), &json!(null)));
    flip(&object_of_the_photo(&vault), 5000);
    let before = vault.snapshot();
    let ran = run(&vault, args!["check", vault.folder(), "--json"]);
    ran.named(4, "object-damaged", "Exhibit photo");
    ran.advises("object-damaged");
    assert!(ran.err.contains("Test order"), "{}", ran.err);
    let found = ran.json();
    assert_eq!(found["whole"], false);
    assert_eq!(found["damaged"].as_array().unwrap().len(), 1);
    let place = json!([{"dossier": "test", "dossierTitle": "Test order", "exhibit": "photo",
        "exhibitTitle": {"en": "Exhibit photo", "zh": "附件photo"}}]);
    assert_eq!(found["damaged"][0]["exhibits"], place);
    unchanged(&vault.snapshot(), &before, "the vault");
    let ran = vault.run(args!["checklist", "--dossier", "test", "--day", "2026-11-20"]);
    assert!(ran.exit < 2, "{}", ran.err);
    // A copy of the rest is worth having, and says what it lacks.
    let backup = vault.beside("stick.lanthan");
    let ran = run(&vault, args!["backup", vault.folder(), "--out", backup, "--json"]);
    ran.named(4, "object-damaged", "Exhibit photo");
    assert_eq!(ran.json()["newObjects"], 1);
    let back = vault.beside("back.lanthan");
    let ran = run(&vault, args!["restore", backup, "--out", back, "--json"]);
    ran.named(4, "object-damaged", "Exhibit photo");
    assert_eq!(ran.json()["damaged"][0]["exhibits"], place);
}

#[test]
fn a_changed_passphrase_shuts_the_old_one_and_an_old_backup_keeps_it() {
    let vault = vault();
    let backup = vault.beside("old.lanthan");
    let _ = run(&vault, args!["backup", vault.folder(), "--out", backup]).done();
    let new = line(&vault, "new.txt", NEW);
    let words = args!["passphrase", vault.folder(), "--new-passphrase-file", new, "--json"];
    let ran = run(&vault, words).done();
    let said = ran.json();
    assert_eq!(said["vault"], vault.folder().display().to_string());
    let known = &said["backups"][0];
    assert_eq!(known["folder"], backup.display().to_string(), "nobody had to name it");
    assert_eq!([&known["passphrase"], &known["recoveryKey"]], [&json!(false), &json!(true)]);
    assert!(ran.err.contains("old passphrase"), "{}", ran.err);
    vault.run(args!["dossier", "list"]).refused(4, "wrong-passphrase", "passphrase");
    let list = |folder: &Path, file: &Path| {
        cli::run(args!["dossier", "list", "--vault", folder, "--passphrase-file", file])
    };
    assert!(list(&vault.folder(), &new).done().out.contains("Test order"));
    assert!(list(&backup, &vault.passphrase_file()).done().out.contains("Test order"));
    list(&backup, &new).refused(4, "wrong-passphrase", "passphrase");
}

/// What one guess at the passphrase costs: memory in KiB, passes, lanes, as the key file says.
fn cost(folder: &Path) -> [u32; 3] {
    let keys = fs::read(folder.join("keys.a")).unwrap();
    [68, 72, 76].map(|at| u32::from_le_bytes(keys[at..at + 4].try_into().unwrap()))
}

#[test]
fn every_way_to_a_new_passphrase_makes_a_guess_as_dear_as_this_computer_bears() {
    let vault = TestVault::new();
    assert_eq!(cost(&vault.folder()), [8 * 1024, 1, 1], "tests that are not about it are fast");
    let made = vault.beside("made.lanthan");
    let _ = run(&vault, args!["create", made]).done();
    let (key, new, old) = (vault.beside("key"), vault.beside("new"), vault.passphrase_file());
    fs::write(&new, "eleven planted walruses in blue\n").unwrap();
    let change = args!["passphrase", vault.folder(), "--new-passphrase-file", new];
    let _ = run(&vault, change).done();
    let words = args!["vault", "rekey", made, "--passphrase-file", old];
    let rekeyed = args!["--new-passphrase-file", new, "--json"];
    let said = cli::run(words.into_iter().chain(rekeyed)).done().json();
    let recovered = TestVault::new();
    let words = args!["recovery-key", recovered.folder(), "--json"];
    let drawn = run(&recovered, words).done().json();
    fs::write(&key, drawn["recoveryKey"].as_str().unwrap()).unwrap();
    let words = args!["vault", "recover", recovered.folder(), "--recovery-key-file", key];
    let _ = cli::run(words.into_iter().chain(args!["--new-passphrase-file", new])).done();
    assert!(said["recoveryKey"].is_string());
    for folder in [vault.folder(), made, recovered.folder()] {
        let [memory_kib, passes, lanes] = cost(&folder);
        let dear = (64 * 1024..=256 * 1024).contains(&memory_kib) && (3..=12).contains(&passes);
        assert!(dear && lanes == 1, "{memory_kib} KiB, {passes} passes");
    }
}

#[test]
fn a_new_passphrase_that_is_short_or_guessable_or_a_wrong_old_one_changes_nothing() {
    let vault = vault();
    let before = vault.snapshot();
    let change = |name: &str, text: &str| {
        let new = line(&vault, name, text);
        run(&vault, args!["passphrase", vault.folder(), "--new-passphrase-file", new])
    };
    change("short.txt", "eleven char").refused(4, "passphrase-too-short", "12");
    let ran = change("weak.txt", "passwordpassword");
    ran.refused(4, "guessable-passphrase", "guessed");
    ran.advises("guessable-passphrase");
    let new = line(&vault, "new.txt", NEW);
    let wrong = args!["--new-passphrase-file", new, "--passphrase-file", new];
    let call = args!["vault", "passphrase", vault.folder()].into_iter().chain(wrong);
    cli::run(call).refused(4, "wrong-passphrase", "passphrase");
    let ran = run(&vault, args!["passphrase", vault.folder()]);
    assert_eq!(ran.exit, 2, "{}", ran.err);
    assert!(ran.err.contains("--new-passphrase-file"), "{}", ran.err);
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn a_recovery_key_one_digit_off_names_its_group_and_the_right_one_sets_a_new_passphrase() {
    let place = project::place();
    let folder = place.path().join("kept.lanthan");
    let (made, recovery) = Workspace::create(&folder, PASSPHRASE, KdfCost::SMALLEST).unwrap();
    made.close().unwrap();
    let file = |name: &str, text: &str| {
        let file = place.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let new = file("new.txt", NEW);
    let recover = |key: &Path| {
        let keys = args!["--recovery-key-file", key, "--new-passphrase-file", new, "--json"];
        cli::run(args!["vault", "recover", folder].into_iter().chain(keys))
    };
    let mut groups = recovery.groups();
    let digit = if groups[2].ends_with('0') { "1" } else { "0" };
    groups[2].replace_range(5.., digit);
    let before = snapshot(&folder);
    let ran = recover(&file("wrong.txt", &groups.join("-")));
    ran.refused(4, "recovery-key", "group 3");
    ran.advises("recovery-key");
    let (other, theirs) =
        Workspace::create(&place.path().join("other.lanthan"), PASSPHRASE, KdfCost::SMALLEST)
            .unwrap();
    other.close().unwrap();
    recover(&file("other.txt", &theirs.to_string())).refused(4, "recovery-key", "another vault");
    unchanged(&snapshot(&folder), &before, "the vault");
    let ran = recover(&file("right.txt", &recovery.to_string())).done();
    assert_eq!(ran.json()["vault"], folder.display().to_string());
    let list = |file: &Path| {
        cli::run(args!["dossier", "list", "--vault", folder, "--passphrase-file", file])
    };
    let _ = list(&new).done();
    list(&file("old.txt", PASSPHRASE)).refused(4, "wrong-passphrase", "passphrase");
}

#[test]
fn a_replaced_recovery_key_opens_and_the_one_before_does_not() {
    let vault = vault();
    let replace = || run(&vault, args!["recovery-key", vault.folder(), "--json"]).done().json();
    let keys = [replace(), replace()].map(|made| made["recoveryKey"].as_str().unwrap().to_owned());
    let new = line(&vault, "new.txt", NEW);
    let recover = |name: &str, key: &str| {
        let key = line(&vault, name, key);
        let given = args!["--recovery-key-file", key, "--new-passphrase-file", new];
        cli::run(args!["vault", "recover", vault.folder()].into_iter().chain(given))
    };
    recover("first.txt", &keys[0]).refused(4, "recovery-key", "was replaced");
    let _ = recover("second.txt", &keys[1]).done();
}

#[test]
fn conflict_copies_are_named_kept_and_no_damage() {
    let vault = vault();
    let (theirs, other) =
        (vault.folder().join("vault (conflicted copy).db"), vault.folder().join("notes.txt"));
    fs::copy(vault.folder().join("vault.db"), &theirs).unwrap();
    fs::write(&other, "mine").unwrap();
    let ran = run(&vault, args!["check", vault.folder(), "--json"]).done();
    assert!(ran.err.contains("vault (conflicted copy).db"), "{}", ran.err);
    let strays = json!([{"path": "notes.txt", "kind": "unknown"},
        {"path": "vault (conflicted copy).db", "kind": "conflict-copy"}]);
    assert_eq!(ran.json()["strays"], strays);
    assert!(theirs.exists() && other.exists());
}

#[test]
fn a_vault_in_use_can_be_looked_at_and_not_changed() {
    let vault = vault();
    let workspace = vault.open();
    let data = vault.beside("data");
    let look = |words: Vec<std::ffi::OsString>| {
        let call = words.into_iter().chain(vault.args()).chain(args!["--read-only"]);
        cli::Call::new(call).env("LANTHAN_DATA_DIR", &data).run()
    };
    assert!(look(args!["dossier", "list"]).done().out.contains("Test order"));
    let _ = run(&vault, args!["check", vault.folder()]).done();
    let folder = OpenDossier::small().put("/id", json!("more")).write(&vault.beside("more"));
    let ran = look(args!["dossier", "load", folder]);
    ran.refused(4, "read-only", "reading only");
    ran.advises("read-only");
    assert_eq!(snapshot(&data).len(), 0, "nothing stays in the program's folder");
    let looking =
        Workspace::open_or_look(&vault.folder(), PASSPHRASE, vault.folder().parent().unwrap());
    assert!(looking.unwrap().is_read_only());
    assert!(!workspace.is_read_only());
    workspace.close().unwrap();
}

#[test]
fn a_backup_goes_below_a_chosen_folder_or_into_an_earlier_one() {
    let vault = vault();
    let workspace = vault.open();
    let stick = vault.beside("stick");
    assert_eq!(workspace.backup_place(&stick), stick, "not there yet");
    fs::create_dir(&stick).unwrap();
    assert_eq!(workspace.backup_place(&stick), stick.join("test.lanthan"));
    copy(&vault.folder(), &stick.join("test.lanthan"));
    let earlier = stick.join("test.lanthan");
    assert_eq!(workspace.backup_place(&earlier), earlier);
    workspace.close().unwrap();
}

#[test]
fn a_title_that_is_too_long_is_refused_and_the_vault_is_as_before() {
    let vault = TestVault::new();
    let before = vault.snapshot();
    let long = OpenDossier::small().put("/title", json!("t".repeat(501)));
    let ran = vault.load(&long.write(&vault.beside("long")));
    ran.refused(3, "too-long", "501");
    ran.advises("too-long");
    unchanged(&vault.snapshot(), &before, "the vault");
    let fits = OpenDossier::small().put("/title", json!("t".repeat(500)));
    let _ = vault.load(&fits.write(&vault.beside("fits"))).done();
}

#[test]
fn a_new_key_for_everything_shuts_out_what_an_old_copy_gave_away_and_says_which_backups_are_old() {
    let vault = vault();
    let (old, other) = (vault.beside("old.lanthan"), vault.beside("other.lanthan"));
    let _ = run(&vault, args!["backup", vault.folder(), "--out", old]).done();
    copy(&self::vault().folder(), &other);
    let new = line(&vault, "new.txt", NEW);
    let words = args!["rekey", vault.folder(), "--new-passphrase-file", new, "--json"];
    let copies = args!["--backup", old, "--backup", other];
    let ran = run(&vault, [words, copies].concat()).done();
    let said = ran.json();
    let key = said["recoveryKey"].as_str().unwrap().to_owned();
    assert_eq!(said["backups"][0]["folder"], old.display().to_string());
    for name in ["passphrase", "recoveryKey", "vaultKey"] {
        assert_eq!(said["backups"][0][name], false, "{name}");
    }
    assert!(said["backups"][1]["unknown"].as_str().unwrap().contains("another vault"));
    assert!(ran.err.contains("destroy the old paper"), "{}", ran.err);
    vault.run(args!["dossier", "list"]).refused(4, "wrong-passphrase", "passphrase");
    // A copy with the old keys keeps what it held, and the next backup brings it over.
    let with = |file: &Path, words: Vec<std::ffi::OsString>| {
        let passphrase = args!["--passphrase-file", file];
        let data = vault.beside("data");
        cli::Call::new(words.into_iter().chain(passphrase)).env("LANTHAN_DATA_DIR", data).run()
    };
    let check = |folder: &Path, file: &Path| with(file, args!["vault", "check", folder, "--json"]);
    assert_eq!(check(&old, &vault.passphrase_file()).done().json()["whole"], true);
    assert_eq!(check(&vault.folder(), &new).done().json()["whole"], true);
    let words = args!["vault", "backup", vault.folder(), "--out", old, "--rehearse", "--json"];
    let made = with(&new, words).done().json();
    assert_eq!((&made["newObjects"], &made["rehearsal"]["whole"]), (&json!(0), &json!(true)));
    check(&old, &vault.passphrase_file()).refused(4, "wrong-passphrase", "passphrase");
    // The paper of today stays where it is given, and only the passphrase is judged to be the same.
    let paper = line(&vault, "paper.txt", &key);
    let words = args!["vault", "rekey", vault.folder(), "--recovery-key-file", paper, "--json"];
    let said = with(&new, [words, args!["--backup", old]].concat()).done().json();
    assert_eq!(said["recoveryKey"], json!(null));
    let judged = ["passphrase", "recoveryKey", "vaultKey"].map(|name| &said["backups"][0][name]);
    assert_eq!(judged, [&json!(true), &json!(true), &json!(false)]);
    let newest = line(&vault, "newest.txt", PASSPHRASE);
    let words = args!["vault", "recover", vault.folder(), "--recovery-key-file", paper];
    let words = words.into_iter().chain(args!["--new-passphrase-file", newest]);
    let _ = cli::run(words).done();
    assert!(vault.run(args!["dossier", "list"]).done().out.contains("Test order"));
}
