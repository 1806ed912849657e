//! What does somebody see who holds the folder and no key?

use std::fs;

use super::*;
use crate::LedgerLine;

#[test]
fn nothing_that_was_put_in_is_found_in_any_byte_of_the_folder() {
    let (_place, folder, mut vault, recovery) = new_vault();
    let planted = ["PLANTED-BODY", "PLANTED-ORIGINAL", "PLANTED-NAME", "PLANTED-RECIPIENT"];
    let original = "PLANTED-ORIGINAL ".repeat(40_000);
    let meta = Meta { name: "PLANTED-NAME.jpg".to_owned(), mime: "image/jpeg".to_owned() };
    let mut go_on = |_| ControlFlow::Continue(());
    let stored = vault.import(&mut original.as_bytes(), meta, &mut go_on).unwrap();
    let objects = [("planted-exhibit", stored.object)];
    save(&mut vault, "planted-dossier", "PLANTED-BODY", None, &objects).unwrap();
    let line = LedgerLine {
        day: DAY,
        dossier: dossier("planted-dossier"),
        recipient: "PLANTED-RECIPIENT".to_owned(),
        kind: "release".to_owned(),
        summary_json: "{}".to_owned(),
    };
    vault.append_ledger(&line).unwrap();
    let mut needles: Vec<&str> = planted.to_vec();
    needles.extend(["planted-dossier", "planted-exhibit", "Sample order", PHRASE, "image/jpeg"]);
    needles.extend(recovery.split('-'));
    needles.extend([stored.sha256.as_str(), "CREATE TABLE", "SQLite format"]);
    // While it is open, with its log, and after it was closed.
    search(&folder, &needles);
    vault.close().unwrap();
    search(&folder, &needles);
}

fn search(folder: &Path, needles: &[&str]) {
    for path in files(folder) {
        // 24 bits a group would be found in 4 MiB of random bytes by chance.
        if path.ends_with("ballast") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for needle in needles {
            let found = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
            assert!(!found, "{needle} in {}", path.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_look_into_any_file_or_folder_of_it() {
    use std::os::unix::fs::PermissionsExt;
    fn check(folder: &Path) {
        for path in std::iter::once(folder.to_owned())
            .chain(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        {
            let metadata = fs::metadata(&path).unwrap();
            let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(metadata.permissions().mode() & 0o777, wanted, "{}", path.display());
            if metadata.is_dir() && path != folder {
                check(&path);
            }
        }
    }
    let (_place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"x");
    save(&mut vault, "one", "1", None, &[("a", stored.object)]).unwrap();
    check(&folder);
    vault.close().unwrap();
    check(&folder);
}

#[test]
fn two_vaults_with_the_same_passphrase_share_no_key() {
    let (_place, folder, mut vault, _) = new_vault();
    let (_other_place, other_folder, mut other, _) = new_vault();
    let one = import(&mut vault, b"same bytes");
    let two = import(&mut other, b"same bytes");
    assert_ne!(one.object, two.object);
    let bytes = |folder: &Path| fs::read(object_files(folder).remove(0)).unwrap();
    assert_ne!(bytes(&folder)[4096..], bytes(&other_folder)[4096..]);
}

#[test]
fn neither_a_vault_nor_a_recovery_key_shows_itself_in_a_log() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Test.lanthan");
    let (vault, recovery) = Vault::create(&folder, PHRASE, KdfCost::SMALLEST).unwrap();
    assert_eq!(format!("{recovery:?}"), "RecoveryKey(..)");
    assert!(!format!("{vault:?}").contains("keys"));
}

#[test]
fn the_connection_is_locked_down() {
    let (_place, _folder, vault, _) = new_vault();
    let conn = vault.database.read().unwrap();
    let number =
        |name: &str| -> i64 { conn.pragma_query_value(None, name, |row| row.get(0)).unwrap() };
    assert_eq!(number("synchronous"), 2);
    assert_eq!(number("foreign_keys"), 1);
    assert_eq!(number("trusted_schema"), 0);
    assert_eq!(number("secure_delete"), 1);
    assert_eq!(number("wal_autocheckpoint"), 0);
    let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    let lock: String = conn.pragma_query_value(None, "locking_mode", |row| row.get(0)).unwrap();
    assert_eq!((mode.as_str(), lock.as_str()), ("wal", "exclusive"));
    let tables: i64 = conn
        .query_row(
            "SELECT count(*) FROM pragma_table_list
             WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let strict: i64 = conn
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE strict AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    // All but SQLite's own, and those that it makes for the index of words.
    assert_eq!(strict, tables);
    assert!(tables >= 8, "{tables}");
    assert!(conn.execute_batch("ATTACH ':memory:' AS other").is_err());
}
