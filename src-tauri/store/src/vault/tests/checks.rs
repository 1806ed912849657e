//! Naming what is damaged, and what does not belong there.

use std::fs;

use super::*;
use crate::StrayKind;

#[test]
fn a_whole_vault_is_called_whole_and_counted() {
    let (_place, _folder, mut vault, _) = new_vault();
    let one = import(&mut vault, &vec![1; 300_000]);
    let two = import(&mut vault, b"two");
    save(&mut vault, "one", "1", None, &[("a", one.object), ("b", two.object)]).unwrap();
    let mut heard = Vec::new();
    let checked = vault
        .check(&mut |done, total| {
            heard.push((done, total));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(checked.is_whole(), "{checked:?}");
    assert_eq!((checked.objects, checked.size_bytes), (2, 300_003));
    assert!(checked.strays.is_empty());
    assert_eq!(heard.last(), Some(&(300_003, 300_003)));
    let stopped = vault.check(&mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(VaultError::Cancelled)));
}

#[test]
fn one_changed_byte_names_its_exhibit_and_the_rest_stays_usable() {
    let (_place, _folder, mut vault, _) = new_vault();
    let good = import(&mut vault, b"good");
    let bad = import(&mut vault, &vec![7; 300_000]);
    save(&mut vault, "one", "1", None, &[("a", good.object), ("b", bad.object)]).unwrap();
    save(&mut vault, "two", "2", None, &[("c", bad.object)]).unwrap();
    let path = vault.place.object(bad.object);
    let mut untouched = fs::read(&path).unwrap();
    let last = untouched.len() - 1;
    untouched[last] ^= 1;
    fs::write(&path, untouched).unwrap();
    let checked = vault.check(&mut silent).unwrap();
    assert!(!checked.is_whole());
    let [damaged] = &checked.damaged[..] else { panic!("{checked:?}") };
    assert_eq!(damaged.object, bad.object);
    let named: Vec<_> = damaged.exhibits.iter().map(|(d, e)| format!("{d}/{e}")).collect();
    assert_eq!(named, ["one/b", "two/c"]);
    assert_eq!(*vault.read(&good.object).unwrap(), b"good");
    assert!(checked.database.is_none() && checked.ledger.is_some() && checked.keys_agree);
}

#[test]
fn a_changed_page_a_broken_ledger_and_a_lost_key_file_are_each_named() {
    let (_place, folder, mut vault, _) = new_vault();
    save(&mut vault, "one", &"x".repeat(50_000), None, &[]).unwrap();
    vault.check(&mut silent).unwrap();
    let path = folder.join("vault.db");
    let mut pages = fs::read(&path).unwrap();
    let middle = pages.len() - 6000;
    pages[middle] ^= 1;
    fs::write(&path, pages).unwrap();
    fs::remove_file(folder.join("keys.b")).unwrap();
    let checked = vault.check(&mut silent).unwrap();
    assert!(checked.database.is_some());
    assert!(!checked.keys_agree);
    assert!(!checked.is_whole());
    let (_place, _folder, mut vault, _) = new_vault();
    vault
        .database
        .write(|tx| {
            Ok(tx.execute_batch(
                "DROP TRIGGER ledger_chain;
                 INSERT INTO ledger VALUES (1, '2026-11-25', 'a', 'b', 'c', '{}',
                     zeroblob(32), zeroblob(32), zeroblob(32));",
            )?)
        })
        .unwrap();
    let checked = vault.check(&mut silent).unwrap();
    assert_eq!(checked.ledger, None);
    assert!(!checked.is_whole());
}

#[test]
fn second_versions_that_cloud_folders_make_are_recognised() {
    let (_place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"x");
    save(&mut vault, "one", "1", None, &[("a", stored.object)]).unwrap();
    assert_eq!(Vault::strays(&folder).unwrap(), []);
    let conflicts = [
        "vault (1).db",
        "vault (conflicted copy 2026-11-25).db",
        "vault-LAPTOP.db",
        "vault.sync-conflict-20261125-101010-ABCDEFG.db",
        "vault.db.conflict-1",
        "keys (1).a",
        "keys-LAPTOP.b",
        "keys.sync-conflict-20261125-101010-ABCDEFG.a",
    ];
    let unknown = ["notes.txt", "vaulted.db", ".DS_Store", "keysmith.b"];
    for name in conflicts.iter().chain(&unknown) {
        fs::write(folder.join(name), b"x").unwrap();
    }
    let object = vault.place.object(stored.object);
    fs::copy(&object, object.with_extension("conflict")).unwrap();
    let strays = Vault::strays(&folder).unwrap();
    let of = |kind: StrayKind| strays.iter().filter(move |stray| stray.kind == kind);
    let names: Vec<_> =
        of(StrayKind::ConflictCopy).map(|stray| stray.path.to_str().unwrap()).collect();
    let mut wanted = conflicts.to_vec();
    wanted.sort_unstable();
    assert_eq!(names, wanted);
    assert_eq!(of(StrayKind::Unknown).count(), unknown.len() + 1);
    vault.close().unwrap();
    // Opening touches none of them.
    reopen(&folder);
    assert_eq!(Vault::strays(&folder).unwrap(), strays);
}
