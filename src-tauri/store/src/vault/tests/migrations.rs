//! An older shape comes up to a newer one, and a copy of it stays.

use std::fs;

use rusqlite::Connection;

use super::*;
use crate::{
    database::Database,
    migrate::{RELEASED, Shapes},
    table,
};

const LATER: Shapes = Shapes(&[
    include_str!("../../migrations/0001_begin.sql"),
    include_str!("../../migrations/0002_search.sql"),
    "CREATE TABLE later (only INTEGER NOT NULL PRIMARY KEY) STRICT;",
]);
const FAILING: Shapes = Shapes(&[
    include_str!("../../migrations/0001_begin.sql"),
    include_str!("../../migrations/0002_search.sql"),
    "CREATE TABLE later (only INTEGER NOT NULL PRIMARY KEY) STRICT; DELETE FROM nothing;",
]);
const CONTRADICTING: Shapes = Shapes(&[
    include_str!("../../migrations/0001_begin.sql"),
    include_str!("../../migrations/0002_search.sql"),
    "INSERT INTO version_object VALUES (77, 'x', zeroblob(16));",
]);

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
    let database = Database::open_as(&folder, &keys, LATER).unwrap();
    assert!(has_later(database.read().unwrap()));
    assert_eq!(LATER.of(database.read().unwrap()).unwrap(), LATER.known());
    assert_eq!(table::dossier::all(database.read().unwrap()).unwrap().len(), 1);
    database.close().unwrap();
    let copy = folder.join(format!("backups/pre-v{}.db", LATER.known()));
    let copy = Database::open_frozen_file(&copy, &keys).unwrap();
    assert!(!has_later(copy.read().unwrap()));
    assert_eq!(RELEASED.of(copy.read().unwrap()).unwrap(), RELEASED.known());
    assert_eq!(table::dossier::all(copy.read().unwrap()).unwrap().len(), 1);
    // A program that knows only the old shape refuses the new one.
    let refused = Vault::open(&folder, PHRASE).unwrap_err();
    let VaultError::NewerVault { found, known, .. } = refused else { panic!("{refused}") };
    assert_eq!((found, known), (LATER.known(), RELEASED.known()));
    assert_eq!(Vault::strays(&folder).unwrap(), []);
}

#[test]
fn a_step_that_fails_or_leaves_contradictions_leaves_the_old_shape() {
    for shapes in [FAILING, CONTRADICTING] {
        let (_place, folder, keys) = older();
        assert!(Database::open_as(&folder, &keys, shapes).is_err());
        let vault = reopen(&folder);
        assert!(!has_later(vault.database.read().unwrap()));
        assert_eq!(vault.dossiers().unwrap().len(), 1);
        vault.close().unwrap();
        // The next try, with a step that works, is not stopped by the copy of the first.
        Database::open_as(&folder, &keys, LATER).unwrap().close().unwrap();
    }
}

#[test]
fn the_copy_before_a_migration_is_encrypted_and_its_owners_alone() {
    let (_place, folder, keys) = older();
    Database::open_as(&folder, &keys, LATER).unwrap().close().unwrap();
    let path = folder.join(format!("backups/pre-v{}.db", LATER.known()));
    assert!(!fs::read(&path).unwrap().starts_with(b"SQLite format"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
