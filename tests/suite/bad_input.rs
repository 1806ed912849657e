//! What does the terminal program do with bad files, folders and calls?
//!
//! Each test holds four things: the exit code, a sentence that names the thing and says what to do,
//! nothing half-written, and a vault in which no byte has changed.

use std::{fs, path::Path};

use lanthan_tests::{
    args, cli,
    cli::Call,
    dossier::OpenDossier,
    folder::{snapshot, unchanged},
    hostile,
    pdf::{self, Pdf},
    project,
    vault::TestVault,
};
use serde_json::json;

/// Loads a dossier that must be refused, and holds that the vault has not changed.
#[track_caller]
fn load_is_refused(dossier: &OpenDossier, code: &str, names: &str) {
    let vault = TestVault::new();
    let folder = dossier.write(&vault.beside("dossier"));
    refuses(&vault, &folder, code, names);
}

#[track_caller]
fn refuses(vault: &TestVault, folder: &Path, code: &str, names: &str) {
    let (before, given) = (vault.snapshot(), snapshot(folder));
    let ran = vault.load(folder);
    ran.refused(3, code, names);
    ran.advises(code);
    unchanged(&vault.snapshot(), &before, "the vault");
    unchanged(&snapshot(folder), &given, "the folder");
    let list = vault.run(args!["dossier", "list", "--json"]).done();
    assert_eq!(list.json(), json!([]), "the vault holds something");
}

/// Cleans one file that must be refused; nothing may be written then.
#[track_caller]
fn clean_is_refused(name: &str, bytes: &[u8], code: &str) {
    let place = project::place();
    let (file, out) = (place.path().join(name), place.path().join("out"));
    fs::write(&file, bytes).unwrap();
    // A picture may unpack to its limit of 60 megapixels, not to whatever it claims.
    let bounded = ["sh", "-c", "ulimit -v 2000000 && exec \"$@\"", "sh"];
    let ran = Call::new(args!["clean", file, "--out", out]).under(bounded).run();
    ran.refused(3, code, name);
    assert!(!out.exists(), "something was written");
}

#[test]
fn a_wrong_passphrase_is_told_from_a_damaged_vault_and_changes_nothing() {
    let vault = TestVault::with(&OpenDossier::small());
    let before = vault.snapshot();
    fs::write(vault.passphrase_file(), "another passphrase altogether\n").unwrap();
    for words in [args!["dossier", "list"], args!["checklist", "--dossier", "test"]] {
        let ran = vault.run(words);
        ran.refused(4, "wrong-passphrase", "passphrase");
        ran.advises("wrong-passphrase");
    }
    let out = vault.beside("out");
    vault.release("supplier", &out).refused(4, "wrong-passphrase", "passphrase");
    assert!(!out.exists());
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn a_vault_of_a_later_program_is_refused_before_anything_is_touched() {
    use sha2::{Digest, Sha256};
    let vault = TestVault::with(&OpenDossier::small());
    for name in ["keys.a", "keys.b"] {
        let path = vault.folder().join(name);
        let mut header = fs::read(&path).unwrap();
        assert_eq!(&header[..8], b"LNTHVLT1", "{name} has another format than vault.md says");
        // Format version and oldest reader, then the checksum over everything before it.
        header[8..10].copy_from_slice(&3_u16.to_le_bytes());
        header[10..12].copy_from_slice(&3_u16.to_le_bytes());
        let checksum = Sha256::digest(&header[..992]);
        header[992..].copy_from_slice(&checksum);
        fs::write(&path, header).unwrap();
    }
    let before = vault.snapshot();
    let ran = vault.run(args!["dossier", "list"]);
    ran.refused(4, "newer-vault", "update this program");
    ran.advises("newer-vault");
    cli::run(args!["vault", "info", vault.folder()]).refused(
        4,
        "newer-vault",
        "update this program",
    );
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn both_key_files_damaged_is_not_called_a_wrong_passphrase() {
    let vault = TestVault::new();
    for name in ["keys.a", "keys.b"] {
        let path = vault.folder().join(name);
        let mut header = fs::read(&path).unwrap();
        header[100] ^= 1;
        fs::write(&path, header).unwrap();
    }
    let before = vault.snapshot();
    let ran = vault.run(args!["dossier", "list"]);
    ran.refused(4, "header-damaged", "keys");
    ran.advises("header-damaged");
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn one_key_file_damaged_opens_from_the_other_and_is_healed() {
    let vault = TestVault::with(&OpenDossier::small());
    let path = vault.folder().join("keys.a");
    fs::write(&path, b"torn").unwrap();
    let _ = vault.run(args!["dossier", "list"]).done();
    assert_eq!(fs::read(&path).unwrap(), fs::read(vault.folder().join("keys.b")).unwrap());
}

#[test]
fn a_folder_that_is_no_vault_is_named() {
    let vault = TestVault::new();
    let missing = vault.beside("nowhere.lanthan");
    let empty = vault.beside("empty.lanthan");
    fs::create_dir(&empty).unwrap();
    for folder in [&missing, &empty] {
        let file = vault.passphrase_file();
        let call = args!["dossier", "list", "--vault", folder, "--passphrase-file", file];
        let ran = cli::run(call);
        ran.refused(4, "not-a-vault", &folder.display().to_string());
        ran.advises("not-a-vault");
        cli::run(args!["vault", "info", folder]).refused(4, "not-a-vault", "lanthan");
    }
    assert!(!missing.exists());
    assert!(snapshot(&empty).is_empty());
}

#[test]
fn an_unknown_rule_pack_is_named() {
    let dossier = OpenDossier::small().put("/pack/id", json!("xx-another-country"));
    load_is_refused(&dossier, "unknown-pack", "xx-another-country");
}

#[test]
fn an_unknown_field_is_named_wherever_it_stands() {
    let dossier = OpenDossier::small().put("/favourite-colour", json!("blue"));
    load_is_refused(&dossier, "dossier-file-shape", "favourite-colour");
    let deep = OpenDossier::small().put("/parties/0/profile/shoe-size", json!(43));
    load_is_refused(&deep, "dossier-file-shape", "shoe-size");
    let mut top = OpenDossier::small();
    top.json["extra"] = json!({});
    load_is_refused(&top, "dossier-file-shape", "extra");
}

#[test]
fn a_later_format_of_the_dossier_is_refused() {
    let mut dossier = OpenDossier::small();
    dossier.json["format"] = json!(2);
    load_is_refused(&dossier, "dossier-file-newer", "format 2");
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    let vault = TestVault::new();
    let folder = OpenDossier::small().write(&vault.beside("dossier"));
    fs::write(folder.join("dossier.json"), "{\"format\": 1,\n \"dossier\": ").unwrap();
    refuses(&vault, &folder, "dossier-file-shape", "line 2");
    fs::write(folder.join("dossier.json"), b"{\"format\": 1, \"x\": \"\xff\xfe\"}").unwrap();
    refuses(&vault, &folder, "not-text", "dossier.json");
    // Nested deeper than any reader follows.
    fs::write(folder.join("dossier.json"), "[".repeat(200_000)).unwrap();
    refuses(&vault, &folder, "dossier-file-shape", "dossier.json");
}

#[test]
fn a_path_that_leaves_the_folder_is_refused() {
    let vault = TestVault::new();
    fs::write(vault.beside("secret.jpg"), hostile::jpeg(32, 32)).unwrap();
    let absolute = vault.beside("secret.jpg").display().to_string();
    for path in ["../secret.jpg", "a/../../secret.jpg", absolute.as_str(), "C:\\secret.jpg", ""] {
        let dossier = OpenDossier::small().put("/exhibits/0/path", json!(path));
        let folder = vault.beside("dossier");
        let _ = fs::remove_dir_all(&folder);
        refuses(&vault, &dossier.write(&folder), "dossier-file-path", "photo");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_where_a_file_was_wanted() {
    use std::os::unix::fs::symlink;
    let vault = TestVault::new();
    let secret = vault.beside("secret.jpg");
    fs::write(&secret, hostile::jpeg(32, 32)).unwrap();
    let folder = OpenDossier::small().write(&vault.beside("dossier"));
    fs::remove_file(folder.join("photo.jpg")).unwrap();
    symlink(&secret, folder.join("photo.jpg")).unwrap();
    refuses(&vault, &folder, "file-link", "photo.jpg");
    // A linked folder on the way is no better.
    let inside = OpenDossier::small().put("/exhibits/0/path", json!("in/secret.jpg"));
    let folder = inside.write(&vault.beside("second"));
    symlink(vault.beside(""), folder.join("in")).unwrap();
    refuses(&vault, &folder, "file-link", "in/secret.jpg");
    // Nor is a linked dossier.json.
    let folder = OpenDossier::small().write(&vault.beside("third"));
    let real = vault.beside("real.json");
    fs::rename(folder.join("dossier.json"), &real).unwrap();
    symlink(&real, folder.join("dossier.json")).unwrap();
    refuses(&vault, &folder, "file-link", "dossier.json");
}

#[test]
fn a_missing_exhibit_is_named() {
    let vault = TestVault::new();
    let folder = OpenDossier::small().write(&vault.beside("dossier"));
    fs::remove_file(folder.join("photo.jpg")).unwrap();
    refuses(&vault, &folder, "file-missing", "photo.jpg");
    fs::create_dir(folder.join("photo.jpg")).unwrap();
    refuses(&vault, &folder, "file-not-ordinary", "photo.jpg");
    let nothing = vault.beside("nothing");
    fs::create_dir(&nothing).unwrap();
    refuses(&vault, &nothing, "file-missing", "dossier.json");
}

#[test]
fn a_file_other_than_its_hash_says_is_refused() {
    let original = json!({
        "sha256": "0".repeat(64), "size-bytes": 1, "format": "jpeg", "pages": 1,
    });
    let dossier = OpenDossier::small().put("/exhibits/0/original", original);
    load_is_refused(&dossier, "other-file", "photo.jpg");
}

#[test]
fn a_dossier_that_is_there_already_is_not_overwritten() {
    let vault = TestVault::with(&OpenDossier::small());
    let folder = OpenDossier::small().put("/title", json!("Another")).write(&vault.beside("again"));
    let before = vault.snapshot();
    let ran = vault.load(&folder);
    ran.refused(3, "dossier-exists", "test");
    ran.advises("dossier-exists");
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn a_truncated_photograph_is_refused() {
    let dossier = OpenDossier::small().photo(hostile::truncated_jpeg());
    load_is_refused(&dossier, "damaged", "photo.jpg");
    clean_is_refused("half.jpg", &hostile::truncated_jpeg(), "damaged");
}

#[test]
fn a_file_without_a_byte_is_refused() {
    load_is_refused(&OpenDossier::small().photo(Vec::new()), "empty-file", "photo.jpg");
    clean_is_refused("nothing.pdf", b"", "empty-file");
}

#[test]
fn what_is_no_picture_and_no_paper_is_refused() {
    let script = b"#!/bin/sh\necho hello\n".to_vec();
    load_is_refused(&OpenDossier::small().photo(script.clone()), "unsupported", "photo.jpg");
    clean_is_refused("program.jpg", &script, "unsupported");
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>";
    clean_is_refused("drawing.svg", drawing, "unsupported");
}

#[test]
fn a_photograph_under_a_wrong_ending_is_taken_for_what_it_is() {
    let vault = TestVault::new();
    let dossier = OpenDossier::small().exhibit("second", "drawing.png", hostile::jpeg(48, 32));
    let _ = vault.load(&dossier.write(&vault.beside("dossier"))).done();
    let out = vault.beside("out");
    let _ = vault.run(args!["dossier", "export", "--dossier", "test", "--out", out]).done();
    let exported = fs::read_to_string(out.join("dossier.json")).unwrap();
    let exported: serde_json::Value = serde_json::from_str(&exported).unwrap();
    let second = &exported["dossier"]["exhibits"][1];
    assert_eq!(second["path"], "drawing.png");
    assert_eq!(second["original"]["format"], "jpeg");
    // The clean copy gets the ending of what it is.
    let file = vault.beside("dossier").join("drawing.png");
    let copies = vault.beside("copies");
    let cleaned = cli::run(args!["clean", file, "--out", copies, "--json"]).done().json();
    assert_eq!(cleaned["copies"][0]["name"], "clean-1.jpg");
}

#[test]
fn a_picture_that_claims_a_hundred_megapixels_is_refused() {
    let claims = hostile::png(10_001, 10_000, 0);
    assert!(claims.len() < 1000, "it is a small file");
    load_is_refused(&OpenDossier::small().photo(claims.clone()), "too-many-pixels", "photo.jpg");
    clean_is_refused("claims.png", &claims, "too-many-pixels");
}

#[test]
fn a_picture_that_unpacks_to_a_hundred_megapixels_is_refused() {
    let bomb = hostile::png(10_001, 10_000, 10_000);
    assert!(bomb.len() < 200_000, "it is a small file");
    clean_is_refused("bomb.png", &bomb, "too-many-pixels");
}

#[test]
fn data_behind_the_last_row_of_a_picture_are_not_unpacked_into_memory() {
    let place = project::place();
    let (file, out) = (place.path().join("long.png"), place.path().join("out"));
    fs::write(&file, hostile::png_with_endless_data()).unwrap();
    let bounded = ["sh", "-c", "ulimit -v 600000 && exec \"$@\"", "sh"];
    let ran = Call::new(args!["clean", file, "--out", out]).under(bounded).run();
    // Either is right: the picture is whole, and what follows it does not belong there.
    match ran.exit {
        0 => assert!(out.join("clean-1.jpg").exists()),
        _ => ran.refused(3, "damaged", "long.png"),
    }
}

#[test]
fn a_paper_that_unpacks_without_end_is_refused() {
    let bomb = pdf::unpacking_without_end();
    assert!(bomb.len() < 2_000_000, "it is a small file");
    clean_is_refused("bomb.pdf", &bomb, "too-large");
}

#[test]
fn a_locked_paper_is_refused_also_when_it_opens_without_a_password() {
    let asks = Pdf::saying("secret").locked("open sesame", "owner");
    let only_changes = Pdf::saying("secret").locked("", "owner");
    clean_is_refused("asks.pdf", &asks, "encrypted");
    clean_is_refused("changes.pdf", &only_changes, "encrypted");
    let dossier = OpenDossier::small().exhibit("paper", "paper.pdf", asks);
    load_is_refused(&dossier, "encrypted", "paper.pdf");
}

#[test]
fn a_script_in_a_paper_is_reported_and_does_not_come_out_again() {
    let place = project::place();
    let (file, out) = (place.path().join("script.pdf"), place.path().join("out"));
    fs::write(&file, Pdf::saying("Purchase order").with_script().by("Klangwerk").bytes()).unwrap();
    let cleaned = cli::run(args!["clean", file, "--out", out, "--json"]).done().json();
    let removed = cleaned["copies"][0]["removed"].as_array().unwrap();
    let kinds: Vec<&str> = removed.iter().filter_map(|trace| trace["kind"].as_str()).collect();
    assert!(kinds.contains(&"pdf-javascript"), "{kinds:?}");
    let copy = fs::read(out.join("clean-1.pdf")).unwrap();
    let inside = String::from_utf8_lossy(&pdf::unpacked(&copy)).into_owned();
    for word in ["JavaScript", "launchURL", "OpenAction", "Klangwerk"] {
        assert!(!inside.contains(word), "{word} came out again");
    }
    let text = lanthan_tests::tools::praised("pdftotext", [out.join("clean-1.pdf"), "-".into()]);
    assert!(text.contains("Purchase order"), "the words stay findable: {text}");
}

#[test]
fn one_bad_file_does_not_keep_the_others_from_being_cleaned() {
    let place = project::place();
    let (good, bad) = (place.path().join("good.jpg"), place.path().join("bad.jpg"));
    fs::write(&good, hostile::jpeg_saying("made for Klangwerk")).unwrap();
    fs::write(&bad, b"no picture").unwrap();
    let out = place.path().join("out");
    let ran = cli::run(args!["clean", bad, good, "--out", out, "--json"]);
    assert_eq!(ran.exit, 3, "{}", ran.err);
    let answer = ran.json();
    assert_eq!(answer["refused"][0]["code"], "unsupported");
    assert_eq!(answer["copies"][0]["name"], "clean-2.jpg");
    let copy = fs::read(out.join("clean-2.jpg")).unwrap();
    assert!(!copy.windows(9).any(|piece| piece == b"Klangwerk"));
    assert_eq!(snapshot(&out).len(), 1);
}

#[test]
fn a_target_with_something_in_it_is_left_as_it_is() {
    let vault = TestVault::with(&OpenDossier::small());
    let before = vault.snapshot();
    let out = vault.beside("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    let target = snapshot(&out);
    let photo = vault.beside("dossier").join("photo.jpg");
    let export = args!["dossier", "export", "--dossier", "test", "--out", out];
    for ran in [
        vault.release("supplier", &out),
        vault.run(export),
        cli::run(args!["clean", photo, "--out", out]),
        cli::run(args!["sample", "--out", out]),
    ] {
        ran.refused(2, "folder-not-empty", &out.display().to_string());
        ran.advises("folder-not-empty");
        unchanged(&snapshot(&out), &target, &ran.call);
    }
    let file = vault.beside("file");
    fs::write(&file, "a file").unwrap();
    vault.release("supplier", &file).refused(2, "folder-not-a-folder", "file");
    assert_eq!(fs::read(&file).unwrap(), b"a file");
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn a_vault_is_not_created_over_anything() {
    let vault = TestVault::with(&OpenDossier::small());
    let before = vault.snapshot();
    let file = vault.passphrase_file();
    let create = args!["vault", "create", vault.folder(), "--passphrase-file", file];
    cli::run(create).refused(4, "already-exists", "test.lanthan");
    unchanged(&vault.snapshot(), &before, "the vault");
}

#[test]
fn a_short_passphrase_is_refused_and_no_vault_is_left() {
    let place = project::place();
    let (file, folder) = (place.path().join("short"), place.path().join("new.lanthan"));
    fs::write(&file, "secret\n").unwrap();
    let ran = cli::run(args!["vault", "create", folder, "--passphrase-file", file]);
    ran.refused(4, "passphrase-too-short", "12");
    assert!(!folder.exists());
}
