//! Are backups made by the plan, listed, rehearsed and rotated from the terminal?

use std::{fs, thread, time::Duration};

use lanthan_tests::{
    args, cli,
    dossier::{DAY, OpenDossier},
    folder::{names, snapshot, unchanged},
    vault::TestVault,
};
use serde_json::{Value, json};

fn vault() -> TestVault {
    let vault = TestVault::with(&OpenDossier::small());
    fs::create_dir(vault.beside("stick")).unwrap();
    vault
}

/// Runs a command of `vault` that opens it with its passphrase, in a data folder of its own.
fn run(vault: &TestVault, words: Vec<std::ffi::OsString>) -> cli::Ran {
    let passphrase = args!["--passphrase-file", vault.passphrase_file()];
    let call = cli::Call::new(args!["vault"].into_iter().chain(words).chain(passphrase));
    call.env("LANTHAN_DATA_DIR", vault.beside("data")).run()
}

fn plan(vault: &TestVault, keep: &str) -> Value {
    let into = args!["backup-plan", vault.folder(), "--into", vault.beside("stick"), "--json"];
    run(vault, [into, args!["--every", "7", "--keep", keep]].concat()).done().json()
}

fn rename(vault: &TestVault, title: &str) {
    let mut open = vault.open();
    let id = open.dossiers(DAY).unwrap()[0].id.clone();
    open.rename_dossier(&id, title, DAY).unwrap();
    open.close().unwrap();
}

#[test]
fn by_the_plan_places_take_turns_and_what_is_not_due_is_not_made() {
    let vault = vault();
    let shown = run(&vault, args!["backup-plan", vault.folder(), "--json"]).done().json();
    assert_eq!(shown, json!({"folder": null, "everyDays": 1, "keep": 5, "due": false}));
    let stick = vault.beside("stick");
    let set = plan(&vault, "2");
    let expected = json!({"folder": stick, "everyDays": 7, "keep": 2, "due": true});
    assert_eq!(set, expected);
    let due = || run(&vault, args!["backup", vault.folder(), "--if-due", "--json"]).done().json();
    let first = due();
    assert_eq!(first["backup"], json!(stick.join("test backup 1.lanthan")));
    assert_eq!(due()["backup"], Value::Null);
    for (title, number) in [("Second", 2), ("Third", 1), ("Fourth", 2)] {
        rename(&vault, title);
        // The register counts in whole seconds.
        thread::sleep(Duration::from_millis(1100));
        let words = args!["backup", vault.folder(), "--rehearse", "--json"];
        let made = run(&vault, words).done().json();
        assert_eq!(made["backup"], json!(stick.join(format!("test backup {number}.lanthan"))));
        assert_eq!((&made["rehearsal"]["works"], &made["removed"]), (&json!(true), &json!([])));
    }
    assert_eq!(plan(&vault, "1")["keep"], 1);
    let made = run(&vault, args!["backup", vault.folder(), "--json"]).done().json();
    assert_eq!(made["removed"], json!([stick.join("test backup 1.lanthan")]));
    let listed = run(&vault, args!["backups", vault.folder(), "--json"]).done().json();
    assert_eq!(listed["old"], false);
    let rows = listed["backups"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["standing"], &rows[0]["byPlan"]), (&json!("there"), &json!(true)));
    let tops = fs::read_dir(&stick).unwrap().count();
    assert_eq!(tops, 1, "{:?}", names(&stick));
}

#[test]
fn a_rehearsal_is_remembered_with_its_verdict_and_damage_is_named() {
    let vault = vault();
    let copy = vault.beside("copy.lanthan");
    let _ = run(&vault, args!["backup", vault.folder(), "--out", copy]).done();
    let rehearse = || run(&vault, args!["rehearse", vault.folder(), "--json"]);
    let found = rehearse().done().json();
    assert_eq!((&found["backup"], &found["works"]), (&json!(copy), &json!(true)));
    let verdict = || {
        let listed = run(&vault, args!["backups", vault.folder(), "--json"]).done().json();
        listed["backups"][0]["works"].clone()
    };
    assert_eq!(verdict(), true);
    let object = names(&copy).into_iter().find(|name| name.starts_with("obj/")).unwrap();
    let mut bytes = fs::read(copy.join(&object)).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(copy.join(&object), bytes).unwrap();
    rehearse().named(4, "object-damaged", "Exhibit photo");
    assert_eq!(verdict(), false);
    let words = args!["backups", vault.folder(), "--forget", copy, "--json"];
    assert_eq!(run(&vault, words).done().json()["backups"], json!([]));
    assert!(copy.exists());
    let ran = run(&vault, args!["rehearse", vault.folder()]);
    assert_eq!(ran.exit, 2, "{}", ran.err);
}

#[test]
fn a_folder_that_is_away_or_inside_of_the_vault_is_refused_and_nothing_changes() {
    let vault = vault();
    let _ = plan(&vault, "2");
    fs::remove_dir(vault.beside("stick")).unwrap();
    let before = snapshot(&vault.folder());
    let ran = run(&vault, args!["backup", vault.folder()]);
    ran.refused(4, "backup-folder-missing", "stick");
    ran.advises("backup-folder-missing");
    assert!(!vault.beside("stick").exists());
    let inside = vault.folder().join("obj");
    let ran = run(&vault, args!["backup-plan", vault.folder(), "--into", inside]);
    ran.refused(2, "backup-inside", "inside");
    ran.advises("backup-inside");
    unchanged(&vault.snapshot(), &before, "the vault");
    let ran = run(&vault, args!["backup-plan", vault.folder(), "--keep", "31"]);
    assert_eq!(ran.exit, 2, "{}", ran.err);
    let _ = run(&vault, args!["backup-plan", vault.folder(), "--none"]).done();
    let ran = run(&vault, args!["backup", vault.folder()]);
    ran.refused(2, "no-backup-folder", "no folder");
    ran.advises("no-backup-folder");
}
