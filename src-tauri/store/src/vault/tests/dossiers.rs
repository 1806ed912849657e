//! Saving, undoing, refusing, deleting.

use super::*;

#[test]
fn a_change_from_another_revision_is_refused_and_changes_nothing() {
    let (_place, _folder, mut vault, _) = new_vault();
    let first = save(&mut vault, "one", "first", None, &[]).unwrap();
    let second = save(&mut vault, "one", "second", Some(first), &[]).unwrap();
    for stale in [None, Some(first), Some(second + 1)] {
        let refused = save(&mut vault, "one", "third", stale, &[]);
        assert!(matches!(refused, Err(VaultError::RevisionMoved(_))), "{stale:?}");
    }
    let stored = vault.dossier(&dossier("one")).unwrap().unwrap();
    assert_eq!((stored.body.as_str(), stored.revision), ("second", second));
    let refused = save(&mut vault, "two", "x", Some(1), &[]);
    assert!(matches!(refused, Err(VaultError::NoSuchDossier(_))));
}

#[test]
fn a_revision_never_returns_even_when_the_dossier_is_made_anew() {
    let (_place, _folder, mut vault, _) = new_vault();
    let first = save(&mut vault, "one", "a", None, &[]).unwrap();
    vault.delete_dossier(&dossier("one")).unwrap();
    let again = save(&mut vault, "one", "b", None, &[]).unwrap();
    assert!(again > first);
}

#[test]
fn changes_are_taken_back_one_after_another_to_the_beginning() {
    let (_place, folder, mut vault, _) = new_vault();
    let mut revision = save(&mut vault, "one", "0", None, &[]).unwrap();
    assert!(!vault.can_undo(&dossier("one")).unwrap());
    for body in ["1", "2", "3"] {
        revision = save(&mut vault, "one", body, Some(revision), &[]).unwrap();
    }
    vault.close().unwrap();
    let mut vault = reopen(&folder);
    for body in ["2", "1", "0"] {
        assert!(vault.can_undo(&dossier("one")).unwrap());
        let undone = undo(&mut vault, "one").unwrap().unwrap();
        assert!(undone > revision);
        revision = undone;
        let stored = vault.dossier(&dossier("one")).unwrap().unwrap();
        assert_eq!((stored.body.as_str(), stored.revision), (body, revision));
    }
    assert_eq!(undo(&mut vault, "one").unwrap(), None);
    assert!(matches!(undo(&mut vault, "no"), Err(VaultError::NoSuchDossier(_))));
}

#[test]
fn fifty_changes_can_be_taken_back_and_no_more() {
    let (_place, _folder, mut vault, _) = new_vault();
    let mut revision = save(&mut vault, "one", "first", None, &[]).unwrap();
    for _ in 0..60 {
        revision = save(&mut vault, "one", "later", Some(revision), &[]).unwrap();
    }
    let mut undone = 0;
    while undo(&mut vault, "one").unwrap().is_some() {
        undone += 1;
    }
    assert_eq!(undone, 50);
}

#[test]
fn undo_brings_a_removed_exhibit_back() {
    let (_place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"evidence");
    let first = save(&mut vault, "one", "with", None, &[("a", stored.object)]).unwrap();
    save(&mut vault, "one", "without", Some(first), &[]).unwrap();
    let gone = vault.object_of(&dossier("one"), &exhibit("a"));
    assert!(matches!(gone, Err(VaultError::NoSuchExhibit { .. })));
    vault.close().unwrap();
    let mut vault = reopen(&folder);
    undo(&mut vault, "one").unwrap().unwrap();
    let object = vault.object_of(&dossier("one"), &exhibit("a")).unwrap();
    assert_eq!(*vault.read(&object).unwrap(), b"evidence");
}

#[test]
fn an_original_that_only_the_undone_version_named_is_destroyed() {
    let (_place, folder, mut vault, _) = new_vault();
    let first = save(&mut vault, "one", "without", None, &[]).unwrap();
    let stored = import(&mut vault, b"evidence");
    save(&mut vault, "one", "with", Some(first), &[("a", stored.object)]).unwrap();
    undo(&mut vault, "one").unwrap().unwrap();
    assert!(object_files(&folder).is_empty());
    assert!(vault.read(&stored.object).is_err());
}

#[test]
fn an_original_that_falls_out_of_the_history_is_destroyed() {
    let (_place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"evidence");
    let mut revision = save(&mut vault, "one", "with", None, &[("a", stored.object)]).unwrap();
    for _ in 0..50 {
        revision = save(&mut vault, "one", "without", Some(revision), &[]).unwrap();
    }
    assert_eq!(object_files(&folder).len(), 1);
    save(&mut vault, "one", "without", Some(revision), &[]).unwrap();
    assert!(object_files(&folder).is_empty());
}

#[test]
fn deleting_a_dossier_destroys_what_only_it_names() {
    let (_place, folder, mut vault, _) = new_vault();
    let shared = import(&mut vault, b"shared");
    let own = import(&mut vault, b"own");
    let objects = [("a", shared.object), ("b", own.object)];
    save(&mut vault, "one", "1", None, &objects).unwrap();
    save(&mut vault, "two", "2", None, &objects[..1]).unwrap();
    vault.delete_dossier(&dossier("one")).unwrap();
    assert!(vault.dossier(&dossier("one")).unwrap().is_none());
    assert!(matches!(vault.delete_dossier(&dossier("one")), Err(VaultError::NoSuchDossier(_))));
    assert_eq!(object_files(&folder).len(), 1);
    assert_eq!(*vault.read(&shared.object).unwrap(), b"shared");
}

#[test]
fn what_is_being_brought_in_is_not_destroyed_by_a_change_elsewhere() {
    let (_place, _folder, mut vault, _) = new_vault();
    let first = save(&mut vault, "one", "1", None, &[]).unwrap();
    let coming = import(&mut vault, b"coming");
    save(&mut vault, "one", "2", Some(first), &[]).unwrap();
    undo(&mut vault, "one").unwrap().unwrap();
    save(&mut vault, "two", "1", None, &[("a", coming.object)]).unwrap();
    assert_eq!(*vault.read(&coming.object).unwrap(), b"coming");
}

#[test]
fn a_dossier_cannot_name_an_original_that_is_not_there() {
    let (_place, folder, mut vault, _) = new_vault();
    let unknown = ObjectId::from([1; 16]);
    assert!(save(&mut vault, "one", "1", None, &[("a", unknown)]).is_err());
    assert!(vault.dossiers().unwrap().is_empty());
    vault.close().unwrap();
    assert!(reopen(&folder).dossiers().unwrap().is_empty());
}

#[test]
fn the_last_changed_dossier_stands_first() {
    let (_place, _folder, mut vault, _) = new_vault();
    let order = |vault: &Vault| {
        let rows = vault.dossiers().unwrap();
        rows.into_iter().map(|row| row.id.to_string()).collect::<Vec<_>>()
    };
    let one = save(&mut vault, "one", "1", None, &[]).unwrap();
    save(&mut vault, "two", "2", None, &[]).unwrap();
    assert_eq!(order(&vault), ["two", "one"]);
    save(&mut vault, "one", "1b", Some(one), &[]).unwrap();
    assert_eq!(order(&vault), ["one", "two"]);
    assert_eq!(vault.dossiers().unwrap()[0].changed, "2026-11-25");
}

#[test]
fn hundreds_of_changes_do_not_let_the_log_grow_without_end() {
    let (_place, folder, mut vault, _) = new_vault();
    let body = "x".repeat(60_000);
    let mut revision = save(&mut vault, "one", &body, None, &[]).unwrap();
    for _ in 0..200 {
        revision = save(&mut vault, "one", &body, Some(revision), &[]).unwrap();
        let log = std::fs::metadata(folder.join("vault.db-wal")).unwrap().len();
        assert!(log < 2 * 1024 * 1024, "{log}");
    }
}
