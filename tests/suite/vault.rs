//! What can somebody read who has the vault but not its passphrase?

use std::{fs, path::Path};

use lanthan_api::{Workspace, progress};
use lanthan_core::id::{DossierId, ExhibitId};
use lanthan_tests::{
    args, cli,
    dossier::{DAY, OpenDossier},
    folder::{contents, copy, snapshot, unchanged},
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

/// Where below a folder something that was planted stands: words in three spellings, in names and
/// bytes; and the bytes of pictures.
fn plants(folder: &Path, words: &[&str], pictures: &[&[u8]]) -> Vec<String> {
    let mut forms: Vec<(String, Vec<u8>)> = Vec::new();
    for word in words {
        let wide = |turn: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(turn).collect();
        let spelled = [word.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
        forms.extend(spelled.map(|form| ((*word).to_owned(), form)));
    }
    for picture in pictures {
        // The start names the format; the middle is as telling as a word.
        let middle = picture.len() / 2;
        for part in [&picture[..16], &picture[middle..middle + 24]] {
            forms.push(("a picture".to_owned(), part.to_vec()));
        }
    }
    let mut found = Vec::new();
    for (name, bytes) in contents(folder) {
        found.extend(words.iter().filter(|w| name.contains(**w)).map(|w| format!("{w}: {name}")));
        for (what, form) in &forms {
            if bytes.windows(form.len()).any(|piece| piece == form) {
                found.push(format!("{what} in {name}"));
            }
        }
    }
    found
}

/// Everything that must not be read: what was planted, and what only a vault in clear would say.
fn secrets() -> Vec<&'static str> {
    let clear = [PASSPHRASE, "Example Magnetics", "\"exhibits\"", "CREATE TABLE", "wintermoor"];
    PLANTED.into_iter().chain(clear).collect()
}

#[track_caller]
fn nothing_shows(folder: &Path, pictures: &[&[u8]], when: &str) {
    assert!(contents(folder).len() > 4, "the vault has files");
    assert_eq!(plants(folder, &secrets(), pictures), [""; 0], "{when}");
}

#[test]
fn whoever_looks_for_what_was_planted_finds_it_in_a_plain_file() {
    let place = project::place();
    let photo = hostile::jpeg(64, 64);
    let word = PLANTED[5];
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(place.path().join("utf8"), format!("before {word} after")).unwrap();
    fs::write(place.path().join("utf16"), wide).unwrap();
    fs::write(place.path().join("start"), &photo[..40]).unwrap();
    fs::write(place.path().join("middle"), &photo[photo.len() / 2 - 3..]).unwrap();
    fs::write(place.path().join(format!("named {word}")), "").unwrap();
    let found = plants(place.path(), &[word], &[&photo]).join(" | ");
    for name in ["in utf8", "in utf16", "in start", "in middle", ": named"] {
        assert!(found.contains(name), "{name}: {found}");
    }
}

#[test]
fn nothing_of_a_dossier_can_be_read_in_its_vault_while_open_and_after() {
    let dossier = planted();
    let vault = TestVault::new();
    let folder = dossier.write(&vault.beside("dossier"));
    let mut workspace = vault.open();
    let id = workspace.load(&folder, DAY, &mut progress::silent).unwrap();
    let exhibit = ExhibitId::new("photo").unwrap();
    let thumbnail = workspace.thumbnail(&id, &exhibit).unwrap();
    let photo = &dossier.files[0].1;
    let pictures = [photo.as_slice(), &thumbnail];
    // Rows and originals, the log beside the database, the index of words, the thumbnail.
    nothing_shows(&vault.folder(), &pictures, "just loaded");
    workspace.rename_dossier(&id, "Wintermoor-Titel again", DAY).unwrap();
    assert_eq!(workspace.search("wintermoor", 20).unwrap().len(), 4);
    nothing_shows(&vault.folder(), &pictures, "while open");
    // What the disk holds now is what a kill leaves; and so does the next opening of it.
    let killed = vault.beside("killed.lanthan");
    copy(&vault.folder(), &killed);
    workspace.close().unwrap();
    nothing_shows(&vault.folder(), &pictures, "after closing");
    let again = Workspace::open(&killed, PASSPHRASE).unwrap();
    assert_eq!(again.search("温特", 20).unwrap().len(), 1);
    nothing_shows(&killed, &pictures, "after a kill");
    drop(again);
    let mut workspace = vault.open();
    workspace.delete_dossier(&DossierId::new("test").unwrap()).unwrap();
    nothing_shows(&vault.folder(), &pictures, "after deleting");
    workspace.close().unwrap();
    nothing_shows(&vault.folder(), &pictures, "at the end");
}

#[test]
fn the_terminal_leaves_nothing_of_a_dossier_in_its_users_folders() {
    let dossier = planted();
    let vault = TestVault::new();
    let folder = dossier.write(&vault.beside("dossier"));
    let home = vault.beside("home");
    fs::create_dir(&home).unwrap();
    let run = |words: Vec<std::ffi::OsString>| {
        let call = cli::Call::new(words.into_iter().chain(vault.args()));
        ["HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LANTHAN_DATA_DIR"]
            .into_iter()
            .fold(call, |call, name| call.env(name, &home))
            .run()
    };
    let _ = run(args!["dossier", "load", folder, "--day", DAY.to_string()]).done();
    assert!(run(args!["search", "wintermoor"]).done().out.contains("Wintermoor"));
    let _ = run(args!["dossier", "list", "--read-only"]).done();
    let _ = run(args!["checklist", "--dossier", "test"]);
    assert_eq!(plants(&home, &secrets(), &[&dossier.files[0].1]), [""; 0]);
}

#[test]
fn a_vault_says_what_it_is_without_its_passphrase_and_nothing_more() {
    let vault = TestVault::with(&planted());
    let before = vault.snapshot();
    let ran = cli::run(args!["vault", "info", vault.folder(), "--json"]).done();
    let info = ran.json();
    let keys: Vec<&String> = info.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["elsewhere", "formatVersion", "generation", "hasRecoveryKey", "name", "vaultId"]
    );
    assert_eq!(info["name"], "test");
    assert_eq!(info["formatVersion"], 2);
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
