//! Copying to another medium, rehearsing, bringing back.

use std::fs;

use super::*;
use crate::LedgerLine;

/// A vault with two dossiers, an original each, and a line in the ledger.
fn filled() -> (TempDir, PathBuf, Vault) {
    let (place, folder, mut vault, _) = new_vault();
    for id in ["one", "two"] {
        let stored = import(&mut vault, id.repeat(100_000).as_bytes());
        save(&mut vault, id, "body", None, &[("a", stored.object)]).unwrap();
    }
    let line = LedgerLine {
        day: DAY,
        dossier: dossier("one"),
        recipient: "supplier".to_owned(),
        kind: "release".to_owned(),
        summary_json: "{}".to_owned(),
    };
    vault.append_ledger(&line).unwrap();
    (place, folder, vault)
}

fn object(vault: &Vault, id: &str) -> ObjectId {
    vault.object_of(&dossier(id), &exhibit("a")).unwrap()
}

#[test]
fn a_backup_is_a_vault_that_opens_and_contains_everything() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    let copied = vault.backup(&to, NOW, &mut silent).unwrap().copied;
    assert_eq!((copied.new_objects, copied.contents.dossiers), (2, 2));
    assert_eq!(copied.ledger, vault.verify_ledger().unwrap());
    let rehearsal = vault.rehearse(&to, PHRASE, place.path(), &mut silent).unwrap();
    assert!(rehearsal.is_current && rehearsal.checked.is_whole(), "{rehearsal:?}");
    assert_eq!(rehearsal.contents, copied.contents);
    let copy = Vault::open(&to, PHRASE).unwrap();
    assert_eq!(*copy.read(&object(&copy, "two")).unwrap(), "two".repeat(100_000).as_bytes());
    assert_eq!(copy.verify_ledger().unwrap(), copied.ledger);
    assert!(!copy.is_read_only());
}

#[test]
fn the_second_backup_writes_only_what_is_new_and_follows_deletions_and_the_passphrase() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    let stored = import(&mut vault, b"three");
    save(&mut vault, "three", "body", None, &[("a", stored.object)]).unwrap();
    let gone = vault.place.object(object(&vault, "one"));
    let gone = to.join(gone.strip_prefix(&vault.folder).unwrap());
    assert!(gone.exists());
    vault.delete_dossier(&dossier("one")).unwrap();
    vault.change_passphrase(PHRASE, "nine large blue stones", KdfCost::SMALLEST).unwrap();
    let copied = vault.backup(&to, NOW, &mut silent).unwrap().copied;
    assert_eq!((copied.new_objects, copied.new_bytes), (1, 5));
    assert!(!gone.exists());
    assert!(matches!(Vault::open(&to, PHRASE), Err(VaultError::WrongPassphrase)));
    let rehearsal =
        vault.rehearse(&to, "nine large blue stones", place.path(), &mut silent).unwrap();
    assert!(rehearsal.is_current && rehearsal.checked.is_whole(), "{rehearsal:?}");
    assert!(rehearsal.checked.strays.is_empty());
}

#[test]
fn a_backup_that_is_behind_is_called_so() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    save(&mut vault, "three", "body", None, &[]).unwrap();
    let rehearsal = vault.rehearse(&to, PHRASE, place.path(), &mut silent).unwrap();
    assert!(!rehearsal.is_current && rehearsal.checked.is_whole());
}

#[test]
fn a_backup_that_was_opened_and_changed_is_never_overwritten() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    // Opened and closed without a change it is still a backup.
    Vault::open(&to, PHRASE).unwrap().close().unwrap();
    vault.backup(&to, NOW, &mut silent).unwrap();
    let mut copy = Vault::open(&to, PHRASE).unwrap();
    save(&mut copy, "work", "done here by mistake", None, &[]).unwrap();
    copy.abandon();
    save(&mut vault, "three", "body", None, &[]).unwrap();
    save(&mut vault, "four", "body", None, &[]).unwrap();
    assert!(matches!(vault.backup(&to, NOW, &mut silent), Err(VaultError::CopyMovedOn(_))));
    let copy = Vault::open(&to, PHRASE).unwrap();
    assert!(copy.dossier(&dossier("work")).unwrap().is_some());
}

#[test]
fn nothing_but_an_earlier_backup_of_the_same_vault_is_written_to() {
    let (place, folder, mut vault) = filled();
    let (_other_place, other, other_vault, _) = new_vault();
    other_vault.close().unwrap();
    let full = place.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("mine.txt"), b"mine").unwrap();
    let file = place.path().join("file");
    fs::write(&file, b"mine").unwrap();
    for to in [&other, &full, &file, &folder.join("inside.lanthan")] {
        let refused = vault.backup(to, NOW, &mut silent);
        assert!(matches!(refused, Err(VaultError::AlreadyExists(_))), "{}", to.display());
    }
    assert!(matches!(vault.backup(&folder, NOW, &mut silent), Err(VaultError::InUse(_))));
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    assert_eq!(Vault::strays(&folder).unwrap(), []);
    let open = place.path().join("Backup.lanthan");
    vault.backup(&open, NOW, &mut silent).unwrap();
    let held = Vault::open(&open, PHRASE).unwrap();
    assert!(matches!(vault.backup(&open, NOW, &mut silent), Err(VaultError::InUse(_))));
    drop(held);
}

#[test]
fn a_stopped_backup_leaves_nothing_and_an_earlier_one_as_it_was() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    let mut stop = |done: u64, _: u64| {
        if done > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    assert!(matches!(vault.backup(&to, NOW, &mut stop), Err(VaultError::Cancelled)));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    let first = vault.backup(&to, NOW, &mut silent).unwrap().copied;
    let stored = import(&mut vault, b"three");
    save(&mut vault, "three", "body", None, &[("a", stored.object)]).unwrap();
    assert!(matches!(vault.backup(&to, NOW, &mut stop), Err(VaultError::Cancelled)));
    let rehearsal = vault.rehearse(&to, PHRASE, place.path(), &mut silent).unwrap();
    assert_eq!(rehearsal.contents, first.contents);
    assert!(rehearsal.checked.is_whole());
    // And it can be brought up to now afterwards.
    vault.backup(&to, NOW, &mut silent).unwrap();
    assert!(vault.rehearse(&to, PHRASE, place.path(), &mut silent).unwrap().is_current);
}

#[test]
fn a_damaged_original_is_named_and_a_good_one_in_the_backup_is_kept() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    let bad = object(&vault, "one");
    let path = vault.place.object(bad);
    let mut whole = fs::read(&path).unwrap();
    whole[5000] ^= 1;
    fs::write(&path, &whole).unwrap();
    let copied = vault.backup(&to, NOW, &mut silent).unwrap().copied;
    assert!(copied.damaged.is_empty());
    assert!(vault.rehearse(&to, PHRASE, place.path(), &mut silent).unwrap().checked.is_whole());
    let new = place.path().join("New.lanthan");
    let copied = vault.backup(&new, NOW, &mut silent).unwrap().copied;
    assert_eq!(copied.damaged.len(), 1);
    assert_eq!(copied.damaged[0].object, bad);
    let rehearsal = vault.rehearse(&new, PHRASE, place.path(), &mut silent).unwrap();
    assert_eq!(rehearsal.checked.damaged.len(), 1);
    assert_eq!(rehearsal.checked.objects, 2);
}

#[test]
fn what_is_damaged_in_the_vault_is_mended_from_a_backup() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    for id in ["one", "two"] {
        fs::write(vault.place.object(object(&vault, id)), b"cut").unwrap();
    }
    let theirs =
        to.join(vault.place.object(object(&vault, "two")).strip_prefix(&vault.folder).unwrap());
    fs::write(theirs, b"cut as well").unwrap();
    let left = vault.mend(&to, &mut silent).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].object, object(&vault, "two"));
    assert_eq!(*vault.read(&object(&vault, "one")).unwrap(), "one".repeat(100_000).as_bytes());
    assert!(vault.read(&object(&vault, "two")).is_err());
}

#[test]
fn a_backup_with_a_damaged_database_is_brought_up_to_now_and_the_damaged_one_kept() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    fs::write(to.join("vault.db"), [7; 8192]).unwrap();
    vault.backup(&to, NOW, &mut silent).unwrap();
    assert!(vault.rehearse(&to, PHRASE, place.path(), &mut silent).unwrap().is_current);
    assert_eq!(files(&to.join("quarantine")).len(), 1);
}

#[test]
fn a_rehearsal_notices_one_changed_byte() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    let path = object_files(&to).remove(0);
    let mut whole = fs::read(&path).unwrap();
    let last = whole.len() - 1;
    whole[last] ^= 1;
    fs::write(&path, whole).unwrap();
    let rehearsal = vault.rehearse(&to, PHRASE, place.path(), &mut silent).unwrap();
    assert_eq!(rehearsal.checked.damaged.len(), 1);
    let refused = vault.rehearse(&to, "not the right one", place.path(), &mut silent);
    assert!(matches!(refused, Err(VaultError::WrongPassphrase)));
}

#[test]
fn a_vault_comes_back_from_its_backup_and_the_backup_is_only_read() {
    let (place, folder, mut vault) = filled();
    let backup = place.path().join("Backup.lanthan");
    let copied = vault.backup(&backup, NOW, &mut silent).unwrap().copied;
    vault.close().unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let before = bytes(&backup);
    let restore = |to: &Path| Vault::restore(&backup, PHRASE, to, place.path(), &mut silent);
    let restored = restore(&folder).unwrap();
    assert_eq!(restored.contents, copied.contents);
    assert!(before == bytes(&backup));
    assert!(matches!(restore(&folder), Err(VaultError::AlreadyExists(_))));
    let vault = reopen(&folder);
    assert!(vault.check(&mut silent).unwrap().is_whole());
    assert_eq!(*vault.read(&object(&vault, "one")).unwrap(), "one".repeat(100_000).as_bytes());
}

#[test]
fn a_backup_says_nothing_to_whoever_has_no_key() {
    let (place, _folder, mut vault) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    for (path, content) in bytes(&to) {
        for needle in ["supplier", "Sample order", "oneoneone", "CREATE TABLE"] {
            let found = content.windows(needle.len()).any(|at| at == needle.as_bytes());
            assert!(!found, "{needle} in {}", path.display());
        }
    }
    assert_eq!(fs::read(to.join("backup.mark")).unwrap().len(), 32);
}
