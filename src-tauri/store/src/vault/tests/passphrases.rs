//! Another passphrase, another recovery key.

use std::fs;

use super::*;
use crate::RecoveryKeyError;

const OTHER: &str = "nine large blue stones";

#[test]
fn after_a_change_only_the_new_passphrase_and_the_recovery_key_open() {
    let (_place, folder, mut vault, recovery) = new_vault();
    let stored = import(&mut vault, b"evidence");
    save(&mut vault, "one", "body", None, &[("a", stored.object)]).unwrap();
    vault.change_passphrase(PHRASE, OTHER, KdfCost::SMALLEST).unwrap();
    vault.close().unwrap();
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::WrongPassphrase)));
    let vault = Vault::open(&folder, OTHER).unwrap();
    assert_eq!(*vault.read(&stored.object).unwrap(), b"evidence");
    vault.close().unwrap();
    Vault::open_with_recovery_key(&folder, &recovery).unwrap().close().unwrap();
    let info = Vault::info(&folder).unwrap();
    assert_eq!((info.generation, info.has_recovery), (2, true));
    assert_eq!(fs::read(folder.join("keys.a")).unwrap(), fs::read(folder.join("keys.b")).unwrap());
}

#[test]
fn without_the_current_passphrase_or_with_a_short_new_one_nothing_changes() {
    let (_place, folder, mut vault, _) = new_vault();
    let before = fs::read(folder.join("keys.a")).unwrap();
    let refused = vault.change_passphrase("not the right one", OTHER, KdfCost::SMALLEST);
    assert!(matches!(refused, Err(VaultError::WrongPassphrase)));
    let refused = vault.change_passphrase(PHRASE, "eleven char", KdfCost::SMALLEST);
    assert!(matches!(refused, Err(VaultError::PassphraseTooShort { .. })));
    assert!(matches!(
        vault.reset_passphrase("000011", OTHER, KdfCost::SMALLEST),
        Err(VaultError::RecoveryKey(RecoveryKeyError::Length(6)))
    ));
    for name in ["keys.a", "keys.b"] {
        assert!(before == fs::read(folder.join(name)).unwrap());
    }
}

#[test]
fn a_forgotten_passphrase_is_replaced_by_the_recovery_key() {
    let (_place, folder, vault, recovery) = new_vault();
    vault.close().unwrap();
    let mut vault = Vault::open_with_recovery_key(&folder, &recovery).unwrap();
    vault.reset_passphrase(&recovery, OTHER, KdfCost::SMALLEST).unwrap();
    vault.close().unwrap();
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::WrongPassphrase)));
    Vault::open(&folder, OTHER).unwrap();
}

#[test]
fn a_replaced_recovery_key_opens_no_more() {
    let (_place, folder, mut vault, old) = new_vault();
    let new = vault.replace_recovery_key(PHRASE, KdfCost::SMALLEST).unwrap().to_string();
    vault.close().unwrap();
    assert!(matches!(
        Vault::open_with_recovery_key(&folder, &old),
        Err(VaultError::RecoveryKey(RecoveryKeyError::OtherVault))
    ));
    Vault::open_with_recovery_key(&folder, &new).unwrap().close().unwrap();
    reopen(&folder);
}

#[test]
fn when_only_one_key_file_was_rewritten_either_passphrase_opens_and_both_files_agree_again() {
    for phrase in [PHRASE, OTHER] {
        let (_place, folder, mut vault, recovery) = new_vault();
        let old = fs::read(folder.join("keys.b")).unwrap();
        vault.change_passphrase(PHRASE, OTHER, KdfCost::SMALLEST).unwrap();
        vault.close().unwrap();
        // As after a power cut between the two files.
        fs::write(folder.join("keys.b"), old).unwrap();
        assert_eq!(Vault::info(&folder).unwrap().generation, 2);
        Vault::open(&folder, phrase).unwrap().close().unwrap();
        assert_eq!(Vault::info(&folder).unwrap().generation, 3);
        let [a, b] = ["keys.a", "keys.b"].map(|name| fs::read(folder.join(name)).unwrap());
        assert!(a == b);
        let other = if phrase == PHRASE { OTHER } else { PHRASE };
        assert!(matches!(Vault::open(&folder, other), Err(VaultError::WrongPassphrase)));
        Vault::open_with_recovery_key(&folder, &recovery).unwrap();
    }
}

#[test]
fn half_a_key_file_of_a_crash_is_removed() {
    let (_place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    fs::write(folder.join("keys.b.new"), b"half").unwrap();
    reopen(&folder);
    assert!(!folder.join("keys.b.new").exists());
}
