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

/// Saves what has changed: name, text, original; `None` leaves them as they are.
fn change(
    vault: &mut Vault,
    expected_revision: Option<u64>,
    exhibits: &[(&str, Option<&str>, Option<ObjectId>)],
) -> Result<u64, VaultError> {
    let named: Vec<_> = exhibits.iter().map(|(id, ..)| exhibit(id)).collect();
    let exhibits: Vec<_> = named
        .iter()
        .zip(exhibits)
        .map(|(id, (_, body, object))| SavedExhibit {
            id,
            body: body.map(Into::into),
            object: *object,
        })
        .collect();
    vault.save_dossier(Save {
        id: &dossier("one"),
        title: "T",
        body: "{}",
        day: DAY,
        expected_revision,
        exhibits: &exhibits,
        search: &Changes::default(),
    })
}

fn bodies(vault: &Vault) -> String {
    vault.dossier(&dossier("one")).unwrap().unwrap().exhibits.concat()
}

fn forms(vault: &Vault) -> i64 {
    let conn = vault.database.read().unwrap();
    conn.query_row("SELECT count(*) FROM exhibit_version", [], |row| row.get(0)).unwrap()
}

#[test]
fn exhibits_come_and_go_and_change_places_and_every_step_is_taken_back() {
    let (_place, _folder, mut vault, _) = new_vault();
    let object = import(&mut vault, b"x").object;
    let new = |id: &'static str| (id, Some(id), Some(object));
    let same = |id: &'static str| (id, None, None);
    let steps: [(&str, Vec<_>); 7] = [
        ("abc", vec![new("a"), new("b"), new("c")]),
        ("abcd", vec![same("a"), same("b"), same("c"), new("d")]),
        ("acd", vec![same("a"), same("c"), same("d")]),
        ("dac", vec![same("d"), same("a"), same("c")]),
        ("daBc", vec![same("d"), same("a"), ("b", Some("B"), Some(object)), same("c")]),
        ("dABc", vec![same("d"), ("a", Some("A"), None), same("b"), same("c")]),
        ("", vec![]),
    ];
    let mut revision = None;
    for (wanted, step) in &steps {
        revision = Some(change(&mut vault, revision, step).unwrap());
        assert_eq!(bodies(&vault), *wanted);
    }
    for (wanted, _) in steps.iter().rev().skip(1) {
        undo(&mut vault, "one").unwrap().unwrap();
        assert_eq!(bodies(&vault), *wanted);
    }
    assert_eq!(undo(&mut vault, "one").unwrap(), None);
    assert_eq!(forms(&vault), 3);
}

#[test]
fn a_change_writes_only_what_it_changes_and_old_forms_go() {
    let (_place, _folder, mut vault, _) = new_vault();
    let object = import(&mut vault, b"x").object;
    let ids: Vec<String> = (0..100).map(|at| format!("e{at}")).collect();
    let all: Vec<_> = ids.iter().map(|id| (id.as_str(), Some("first"), Some(object))).collect();
    let mut revision = change(&mut vault, None, &all).unwrap();
    for number in 0..120 {
        let body = format!("form {number}");
        let mut next: Vec<_> = ids.iter().map(|id| (id.as_str(), None, None)).collect();
        next[40].1 = Some(body.as_str());
        revision = change(&mut vault, Some(revision), &next).unwrap();
    }
    // Each exhibit once, and the changed one in each version that undo leads to.
    assert_eq!(forms(&vault), 99 + 51);
    while undo(&mut vault, "one").unwrap().is_some() {}
    assert!(bodies(&vault).contains("form 69"));
    assert_eq!(forms(&vault), 100);
}

#[test]
fn an_exhibit_of_which_nothing_is_known_is_refused_and_nothing_is_changed() {
    let (_place, _folder, mut vault, _) = new_vault();
    let object = import(&mut vault, b"x").object;
    let revision = change(&mut vault, None, &[("a", Some("a"), Some(object))]).unwrap();
    for stranger in [("b", None, None), ("b", Some("b"), None), ("b", None, Some(object))] {
        let refused = change(&mut vault, Some(revision), &[("a", None, None), stranger]);
        assert!(matches!(refused, Err(VaultError::NoSuchExhibit { .. })));
        assert_eq!(bodies(&vault), "a");
    }
}
