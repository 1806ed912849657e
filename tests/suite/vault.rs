//! What can somebody read who has the vault but not its passphrase?

use std::fs;

use lanthan_api::progress;
use lanthan_core::id::DossierId;
use lanthan_tests::{
    args, cli,
    dossier::{DAY, OpenDossier},
    folder::{contents, snapshot, unchanged},
    hostile, project,
    vault::{PASSPHRASE, TestVault},
};
use serde_json::json;

/// Strings that stand nowhere but in the dossier.
const PLANTED: [&str; 6] = [
    "Wintermoor-Titel",
    "Wintermoor Kunde GmbH",
    "wintermoor-term",
    "wintermoor-photo.jpg",
    "Wintermoor comment in a photograph",
    "温特莫尔",
];

fn planted() -> OpenDossier {
    let mut dossier = OpenDossier::small()
        .put("/title", json!(PLANTED[0]))
        .put("/parties/2/profile/name", json!(PLANTED[1]))
        .put("/protected-terms/0/term", json!(PLANTED[2]))
        .put("/exhibits/0/path", json!(PLANTED[3]))
        .put("/order/number", json!(PLANTED[5]))
        .photo(hostile::jpeg_saying(PLANTED[4]));
    PLANTED[3].clone_into(&mut dossier.files[0].0);
    dossier
}

/// Looks for every planted string, in three spellings, in names and bytes of the vault.
#[track_caller]
fn nothing_shows(vault: &TestVault, when: &str) {
    let secrets = PLANTED.iter().chain(&[PASSPHRASE, "Example Magnetics", "\"exhibits\""]);
    let files = contents(&vault.folder());
    assert!(files.len() > 4, "the vault has files");
    for secret in secrets {
        let wide = |turn: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(turn).collect();
        let forms: [Vec<u8>; 3] =
            [secret.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
        for (name, bytes) in &files {
            assert!(!name.contains(secret), "{when}: a file is named {name}");
            for form in &forms {
                let found = bytes.windows(form.len()).any(|piece| piece == form);
                assert!(!found, "{when}: {secret} stands in {name}");
            }
        }
    }
}

/// The start of a photograph's own bytes is as telling as a word.
#[track_caller]
fn no_picture_shows(vault: &TestVault, photo: &[u8]) {
    let middle = &photo[photo.len() / 2..photo.len() / 2 + 24];
    for (name, bytes) in contents(&vault.folder()) {
        assert!(!bytes.windows(24).any(|piece| piece == middle), "the picture stands in {name}");
    }
}

#[test]
fn nothing_of_a_dossier_can_be_read_in_its_vault_while_open_and_after() {
    let dossier = planted();
    let vault = TestVault::new();
    let folder = dossier.write(&vault.beside("dossier"));
    let mut workspace = vault.open();
    let id = workspace.load(&folder, DAY, &mut progress::silent).unwrap();
    nothing_shows(&vault, "just loaded");
    workspace.rename_dossier(&id, "Wintermoor-Titel again", DAY).unwrap();
    nothing_shows(&vault, "while open");
    no_picture_shows(&vault, &dossier.files[0].1);
    workspace.close().unwrap();
    nothing_shows(&vault, "after closing");
    let mut workspace = vault.open();
    workspace.delete_dossier(&DossierId::new("test").unwrap()).unwrap();
    nothing_shows(&vault, "after deleting");
    workspace.close().unwrap();
    nothing_shows(&vault, "at the end");
}

#[test]
fn a_vault_says_what_it_is_without_its_passphrase_and_nothing_more() {
    let vault = TestVault::with(&planted());
    let before = vault.snapshot();
    let ran = cli::run(args!["vault", "info", vault.folder(), "--json"]).done();
    let info = ran.json();
    let keys: Vec<&String> = info.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["formatVersion", "generation", "hasRecoveryKey", "name", "vaultId"]);
    assert_eq!(info["name"], "test");
    assert_eq!(info["formatVersion"], 1);
    assert_eq!(info["hasRecoveryKey"], true);
    let plain = cli::run(args!["vault", "info", vault.folder()]).done();
    assert!(plain.out.contains("recovery key: yes"), "{}", plain.out);
    for secret in PLANTED {
        assert!(!plain.out.contains(secret) && !ran.out.contains(secret));
    }
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn reading_changes_nothing_and_leaves_no_plain_file() {
    let vault = TestVault::with(&planted());
    let before = vault.snapshot();
    let beside = snapshot(vault.folder().parent().unwrap()).len();
    let _ = vault.run(args!["dossier", "list"]).done();
    let _ = vault.run(args!["checklist", "--dossier", "test", "--day", "2026-11-20"]);
    unchanged(&vault.snapshot(), &before, "the vault");
    assert_eq!(snapshot(vault.folder().parent().unwrap()).len(), beside);
}

#[test]
fn a_vault_is_created_with_a_recovery_key_of_eight_groups() {
    let place = project::place();
    let (file, folder) = (place.path().join("passphrase"), place.path().join("New.lanthan"));
    fs::write(&file, "a sentence that only we would write\n").unwrap();
    let call = args!["vault", "create", folder, "--passphrase-file", file, "--json"];
    let made = cli::run(call).done().json();
    assert_eq!(made["vault"], folder.display().to_string());
    let key = made["recoveryKey"].as_str().unwrap();
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits.len(), 48, "{key}");
    let groups: Vec<&str> = key.split(|c: char| !c.is_ascii_digit()).collect();
    assert!(groups.iter().all(|group| group.len() == 6), "{key}");
    let call = args!["dossier", "list", "--vault", folder, "--passphrase-file", file];
    assert_eq!(cli::run(call).done().out, "no dossiers yet\n");
    for (name, bytes) in contents(&folder) {
        assert!(!bytes.windows(6).any(|piece| piece == groups[0].as_bytes()), "{name}");
    }
}

#[test]
fn an_open_vault_cannot_be_opened_twice() {
    let vault = TestVault::with(&planted());
    let workspace = vault.open();
    let ran = vault.run(args!["dossier", "list"]);
    ran.refused(4, "in-use", "another program");
    ran.advises("in-use");
    workspace.close().unwrap();
    let _ = vault.run(args!["dossier", "list"]).done();
}

#[test]
fn a_flipped_bit_in_the_vault_never_goes_unnoticed_into_an_export() {
    let vault = TestVault::with(&planted());
    let files = contents(&vault.folder());
    let object = files.keys().find(|name| name.starts_with("obj/")).expect("an original");
    let at = vault.folder().join(object);
    let whole = &files[object];
    for byte in [0, 40, 80, 130, 4096, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[byte] ^= 1;
        fs::write(&at, changed).unwrap();
        let out = vault.beside("out");
        let export = args!["dossier", "export", "--dossier", "test", "--out", out];
        vault.run(export).named(4, "object-damaged", "damaged");
        assert!(!out.exists(), "byte {byte}: something was written");
    }
    fs::write(&at, whole).unwrap();
    let out = vault.beside("out");
    let _ = vault.run(args!["dossier", "export", "--dossier", "test", "--out", out]).done();
}
