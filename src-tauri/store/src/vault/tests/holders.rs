//! Who has it open, and what a note of that is worth.

use std::fs;

use super::*;
use crate::{Elsewhere, Holder};

fn at_work() -> Holder {
    Holder::here("Lanthan of a test", "2026-11-25T13:02:00Z".parse().unwrap())
}

fn elsewhere() -> Holder {
    Holder { host: "LAPTOP-OF-ANNA".to_owned(), ..at_work() }
}

fn leave(folder: &Path, holder: &Holder) {
    fs::write(folder.join("holder"), serde_json::to_vec(holder).unwrap()).unwrap();
}

#[test]
fn whoever_finds_it_in_use_learns_who_has_it_and_since_when() {
    let (place, folder, mut vault, _) = new_vault();
    vault.announce(at_work());
    let before = bytes(&folder);
    match Vault::open(&folder, PHRASE) {
        Err(VaultError::InUse(Some(holder))) => assert_eq!(*holder, at_work()),
        other => panic!("{other:?}"),
    }
    assert_eq!(Vault::info(&folder).unwrap().elsewhere, Elsewhere::Held(Some(at_work())));
    let reader = Vault::open_read_only(&folder, PHRASE, place.path()).unwrap();
    assert_eq!(*reader.elsewhere(), Elsewhere::Held(Some(at_work())));
    reader.close().unwrap();
    assert!(before == bytes(&folder), "finding out wrote something");
    assert_eq!(Vault::strays(&folder).unwrap(), []);
    vault.close().unwrap();
    assert!(!folder.join("holder").exists());
    assert_eq!(Vault::info(&folder).unwrap().elsewhere, Elsewhere::Nobody);
}

#[test]
fn a_note_of_a_crash_on_this_computer_is_no_holder() {
    let (place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    leave(&folder, &at_work());
    assert_eq!(Vault::info(&folder).unwrap().elsewhere, Elsewhere::Nobody);
    let reader = Vault::open_read_only(&folder, PHRASE, place.path()).unwrap();
    assert_eq!(*reader.elsewhere(), Elsewhere::Nobody);
    // Whoever looks only leaves no note, so the old one is not taken for theirs.
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::InUse(None))));
    reader.close().unwrap();
    assert_eq!(*reopen(&folder).elsewhere(), Elsewhere::Nobody);
}

#[test]
fn a_note_of_another_computer_is_told_and_keeps_nobody_out() {
    let (place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    leave(&folder, &elsewhere());
    let left = Elsewhere::LeftOpen(elsewhere());
    assert_eq!(Vault::info(&folder).unwrap().elsewhere, left);
    let reader = Vault::open_read_only(&folder, PHRASE, place.path()).unwrap();
    assert_eq!(*reader.elsewhere(), left);
    reader.close().unwrap();
    assert!(matches!(Vault::open(&folder, "wrong"), Err(VaultError::WrongPassphrase)));
    let mut vault = reopen(&folder);
    assert_eq!(*vault.elsewhere(), left);
    vault.announce(at_work());
    assert_eq!(Vault::info(&folder).unwrap().elsewhere, Elsewhere::Held(Some(at_work())));
    // While it is open, a cloud program brings the note of the other computer again: it stays.
    leave(&folder, &elsewhere());
    vault.close().unwrap();
    assert_eq!(Vault::info(&folder).unwrap().elsewhere, left);
}

#[test]
fn what_is_no_note_is_nobody() {
    let (_place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    fs::write(folder.join("holder"), b"{\"host\": 7").unwrap();
    let mut vault = reopen(&folder);
    assert_eq!(*vault.elsewhere(), Elsewhere::Nobody);
    vault.announce(at_work());
    assert_eq!(Vault::info(&folder).unwrap().elsewhere, Elsewhere::Held(Some(at_work())));
    vault.close().unwrap();
}

#[test]
fn a_lock_that_is_just_being_given_back_is_waited_for() {
    let (_place, folder, vault, _) = new_vault();
    let giving_back = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(60));
        vault.close().unwrap();
    });
    assert!(Vault::open(&folder, PHRASE).is_ok());
    giving_back.join().unwrap();
}

#[test]
fn a_note_and_a_copy_of_a_note_are_told_apart() {
    let (_place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    leave(&folder, &elsewhere());
    fs::write(folder.join("holder (conflicted copy)"), b"{}").unwrap();
    let strays = Vault::strays(&folder).unwrap();
    let names: Vec<_> = strays.iter().map(|stray| stray.path.to_str().unwrap()).collect();
    assert_eq!(names, ["holder (conflicted copy)"]);
    assert_eq!(strays[0].kind, crate::StrayKind::ConflictCopy);
}
