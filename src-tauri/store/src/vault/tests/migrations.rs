//! An older shape comes up to a newer one, and a copy of it stays.

use std::fs;

use rusqlite::Connection;

use super::*;
use crate::{
    database::Database,
    migrate::{RELEASED, Shapes},
    table,
};

const LATER: &str = "CREATE TABLE later (only INTEGER NOT NULL PRIMARY KEY) STRICT;";
const FAILING: &str =
    "CREATE TABLE later (only INTEGER NOT NULL PRIMARY KEY) STRICT; DELETE FROM nothing;";
const CONTRADICTING: &str =
    "INSERT INTO exhibit_version VALUES ('no', 'x', 1, NULL, 1, '{}', zeroblob(16));";

/// The shapes of this program and one more.
fn and(step: &'static str) -> Shapes {
    let mut steps = RELEASED.0.to_vec();
    steps.push(step);
    Shapes(steps.leak())
}

/// A closed vault with one dossier, and its keys.
fn older() -> (TempDir, PathBuf, crate::keys::Keys) {
    let (place, folder, mut vault, _) = new_vault();
    save(&mut vault, "one", "body", None, &[]).unwrap();
    vault.close().unwrap();
    let keys = crate::keys::Copies::read(&folder)
        .unwrap()
        .unlock(crate::keys::Way::Passphrase(PHRASE))
        .unwrap()
        .keys;
    (place, folder, keys)
}

fn has_later(conn: &Connection) -> bool {
    conn.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'later'").unwrap().exists([]).unwrap()
}

#[test]
fn a_copy_of_the_old_shape_is_kept_before_the_first_step() {
    let (_place, folder, keys) = older();
    let database = Database::open_as(&folder, &keys, and(LATER)).unwrap();
    assert!(has_later(database.read().unwrap()));
    assert_eq!(and(LATER).of(database.read().unwrap()).unwrap(), and(LATER).known());
    assert_eq!(table::dossier::all(database.read().unwrap()).unwrap().len(), 1);
    database.close().unwrap();
    let copy = folder.join(format!("backups/pre-v{}.db", and(LATER).known()));
    let copy = Database::open_frozen_file(&copy, &keys).unwrap();
    assert!(!has_later(copy.read().unwrap()));
    assert_eq!(RELEASED.of(copy.read().unwrap()).unwrap(), RELEASED.known());
    assert_eq!(table::dossier::all(copy.read().unwrap()).unwrap().len(), 1);
    // A program that knows only the old shape refuses the new one.
    let refused = Vault::open(&folder, PHRASE).unwrap_err();
    let VaultError::NewerVault { found, known, .. } = refused else { panic!("{refused}") };
    assert_eq!((found, known), (and(LATER).known(), RELEASED.known()));
    assert_eq!(Vault::strays(&folder).unwrap(), []);
}

#[test]
fn a_step_that_fails_or_leaves_contradictions_leaves_the_old_shape() {
    for step in [FAILING, CONTRADICTING] {
        let (_place, folder, keys) = older();
        assert!(Database::open_as(&folder, &keys, and(step)).is_err());
        let vault = reopen(&folder);
        assert!(!has_later(vault.database.read().unwrap()));
        assert_eq!(vault.dossiers().unwrap().len(), 1);
        vault.close().unwrap();
        // The next try, with a step that works, is not stopped by the copy of the first.
        Database::open_as(&folder, &keys, and(LATER)).unwrap().close().unwrap();
    }
}

#[test]
fn the_copy_before_a_migration_is_encrypted_and_its_owners_alone() {
    let (_place, folder, keys) = older();
    Database::open_as(&folder, &keys, and(LATER)).unwrap().close().unwrap();
    let path = folder.join(format!("backups/pre-v{}.db", and(LATER).known()));
    assert!(!fs::read(&path).unwrap().starts_with(b"SQLite format"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn the_versions_of_the_first_shape_come_up_with_their_exhibits_and_undo() {
    let (_place, folder, keys) = older();
    fs::remove_file(folder.join("vault.db")).unwrap();
    let first = Shapes(&RELEASED.0[..1]);
    Database::create_as(&folder, &keys, first).unwrap();
    let mut database = Database::open_as(&folder, &keys, first).unwrap();
    // As the first program wrote it: b before a, then a alone under another title.
    let text = |exhibits: &str| {
        format!(r#"{{"format": 1, "dossier": {{"id": "old", "exhibits": [{exhibits}]}}}}"#)
    };
    let before = text(r#"{"id": "b", "title": "B"}, {"id": "a", "title": "A"}"#);
    let after = text(r#"{"id": "a", "title": "Another A"}"#);
    let sql = format!(
        "INSERT INTO dossier VALUES ('old', 2);
         UPDATE state SET changes = 2;
         INSERT INTO dossier_version VALUES (1, 'old', 'Old', '{before}', '2026-11-01'),
             (2, 'old', 'Old', '{after}', '2026-11-02');
         INSERT INTO object VALUES (randomblob(16), zeroblob(32), 0), (randomblob(16), zeroblob(32), 1);
         INSERT INTO version_object SELECT 1, 'b', id FROM object WHERE size_bytes = 0;
         INSERT INTO version_object SELECT 1, 'a', id FROM object WHERE size_bytes = 1;
         INSERT INTO version_object SELECT 2, 'a', id FROM object WHERE size_bytes = 1;"
    );
    database.write(|tx| Ok(tx.execute_batch(&sql)?)).unwrap();
    database.close().unwrap();
    let mut vault = reopen(&folder);
    let stored = vault.dossier(&dossier("old")).unwrap().unwrap();
    assert_eq!(stored.body, r#"{"format":1,"dossier":{"id":"old"}}"#);
    assert_eq!(stored.exhibits, [r#"{"id":"a","title":"Another A"}"#]);
    undo(&mut vault, "old").unwrap().unwrap();
    let stored = vault.dossier(&dossier("old")).unwrap().unwrap();
    assert_eq!(stored.exhibits, [r#"{"id":"b","title":"B"}"#, r#"{"id":"a","title":"A"}"#]);
    let object = |id: &str| vault.object_of(&dossier("old"), &exhibit(id)).unwrap();
    assert_ne!(object("a"), object("b"));
    assert!(folder.join("backups/pre-v2.db").exists());
}
