//! Creating, opening, refusing, healing.

use std::fs;

use super::*;
use crate::{Elsewhere, Info, RecoveryKeyError, lock::Lock, migrate};

#[test]
fn a_new_vault_opens_with_its_passphrase_and_its_recovery_key() {
    let (_place, folder, mut vault, recovery) = new_vault();
    save(&mut vault, "one", "body", None, &[]).unwrap();
    vault.close().unwrap();
    let vault = reopen(&folder);
    assert_eq!(vault.dossiers().unwrap().len(), 1);
    vault.close().unwrap();
    let vault = Vault::open_with_recovery_key(&folder, &recovery).unwrap();
    assert_eq!(vault.dossier(&dossier("one")).unwrap().unwrap().body, "body");
    vault.close().unwrap();
}

#[test]
fn what_was_saved_is_there_even_if_the_vault_was_never_closed() {
    let (_place, folder, mut vault, _) = new_vault();
    save(&mut vault, "one", "body", None, &[]).unwrap();
    vault.abandon();
    assert_eq!(reopen(&folder).dossier(&dossier("one")).unwrap().unwrap().body, "body");
}

#[test]
fn a_closed_vault_has_no_log_beside_its_database() {
    let (_place, folder, mut vault, _) = new_vault();
    save(&mut vault, "one", "body", None, &[]).unwrap();
    vault.close().unwrap();
    let names: Vec<_> = files(&folder)
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["README.txt", "ballast", "keys.a", "keys.b", "lock", "vault.db"]);
    assert_eq!(fs::metadata(folder.join("lock")).unwrap().len(), 0);
}

#[test]
fn a_vault_that_somebody_lets_go_of_without_closing_has_no_log_either() {
    let (_place, folder, mut vault, _) = new_vault();
    save(&mut vault, "one", "body", None, &[]).unwrap();
    drop(vault);
    assert!(!folder.join("vault.db-wal").exists());
    assert_eq!(reopen(&folder).dossier(&dossier("one")).unwrap().unwrap().body, "body");
}

#[test]
fn a_wrong_passphrase_is_refused_and_changes_no_byte() {
    let (_place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    let before = bytes(&folder);
    for wrong in ["", "seven small grey stone", "Seven small grey stones"] {
        assert!(matches!(Vault::open(&folder, wrong), Err(VaultError::WrongPassphrase)));
    }
    assert!(before == bytes(&folder));
}

#[test]
fn a_recovery_key_that_is_one_digit_off_names_the_group() {
    let (_place, folder, vault, recovery) = new_vault();
    vault.close().unwrap();
    let mut digits: Vec<char> = recovery.chars().collect();
    let at = 7 * 3 + 2;
    digits[at] = if digits[at] == '9' { '0' } else { '9' };
    let typed: String = digits.into_iter().collect();
    let refused = Vault::open_with_recovery_key(&folder, &typed);
    assert!(matches!(refused, Err(VaultError::RecoveryKey(RecoveryKeyError::Group(4)))));
}

#[test]
fn the_recovery_key_of_another_vault_is_refused_as_such() {
    let (_place, folder, vault, _) = new_vault();
    let (_other_place, _, _other, other) = new_vault();
    vault.close().unwrap();
    let refused = Vault::open_with_recovery_key(&folder, &other);
    assert!(matches!(refused, Err(VaultError::RecoveryKey(RecoveryKeyError::OtherVault))));
}

#[test]
fn eleven_characters_make_no_vault_and_leave_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Test.lanthan");
    let refused = Vault::create(&folder, "eleven char", KdfCost::SMALLEST);
    assert!(matches!(refused, Err(VaultError::PassphraseTooShort { found: 11, least: 12 })));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_vault_is_never_made_where_something_is() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Test.lanthan");
    fs::create_dir(&folder).unwrap();
    let refused = Vault::create(&folder, PHRASE, KdfCost::SMALLEST);
    assert!(matches!(refused, Err(VaultError::AlreadyExists(_))));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn a_vault_in_a_folder_that_is_not_there_names_the_place_and_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("no").join("Test.lanthan");
    let refused = Vault::create(&folder, PHRASE, KdfCost::SMALLEST);
    assert!(matches!(refused, Err(VaultError::Io { .. })));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_second_opener_is_refused_and_a_third_after_closing_is_not() {
    let (_place, folder, vault, _) = new_vault();
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::InUse(_))));
    vault.close().unwrap();
    reopen(&folder);
}

#[test]
fn what_is_no_vault_is_refused_and_stays_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, b"x").unwrap();
    for folder in [place.path().to_owned(), place.path().join("missing"), file] {
        assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::NotAVault(_))));
        assert!(matches!(Vault::info(&folder), Err(VaultError::NotAVault(_))));
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn it_says_who_it_is_without_a_passphrase() {
    let (_place, folder, vault, _) = new_vault();
    let info = Vault::info(&folder).unwrap();
    vault.close().unwrap();
    assert_eq!(info.name, "Test");
    assert_eq!((info.format_version, info.generation, info.has_recovery), (2, 1, true));
    assert_eq!(info.vault_id.len(), 32);
    assert_eq!(info.elsewhere, Elsewhere::Held(None), "it was open, and by whom was not said");
    let closed = Info { elsewhere: Elsewhere::Nobody, ..info };
    assert_eq!(closed, Vault::info(&folder).unwrap());
}

#[test]
fn one_damaged_key_file_is_healed_from_the_other() {
    for name in ["keys.a", "keys.b"] {
        let (_place, folder, vault, _) = new_vault();
        vault.close().unwrap();
        let path = folder.join(name);
        let mut bytes = fs::read(&path).unwrap();
        bytes[100] ^= 1;
        fs::write(&path, &bytes).unwrap();
        reopen(&folder).close().unwrap();
        let healed = fs::read(folder.join("keys.a")).unwrap();
        assert_eq!(healed, fs::read(folder.join("keys.b")).unwrap());
        fs::remove_file(&path).unwrap();
        reopen(&folder).close().unwrap();
        assert!(path.is_file());
    }
}

#[test]
fn two_damaged_key_files_are_not_called_a_wrong_passphrase() {
    let (_place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    for name in ["keys.a", "keys.b"] {
        let bytes = fs::read(folder.join(name)).unwrap();
        fs::write(folder.join(name), &bytes[..1000]).unwrap();
    }
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::HeaderDamaged)));
}

#[test]
fn key_files_that_somebody_else_changed_are_refused_though_their_checksum_is_right() {
    use sha2::{Digest, Sha256};
    let (_place, folder, vault, recovery) = new_vault();
    vault.close().unwrap();
    let whole = fs::read(folder.join("keys.a")).unwrap();
    // The generation; the day of making of the first slot; the recovery slot made free.
    for range in [32..33, 64 + 120..64 + 121, 64 + 128..64 + 256] {
        let mut forged = whole.clone();
        forged[range.clone()].iter_mut().for_each(|byte| *byte = u8::from(*byte == 0));
        let sum = Sha256::digest(&forged[..992]);
        forged[992..].copy_from_slice(&sum);
        for name in ["keys.a", "keys.b"] {
            fs::write(folder.join(name), &forged).unwrap();
        }
        let refused = Vault::open(&folder, PHRASE);
        assert!(matches!(refused, Err(VaultError::HeaderDamaged)), "{range:?}");
        // One whole file is enough.
        fs::write(folder.join("keys.b"), &whole).unwrap();
        reopen(&folder).close().unwrap();
        Vault::open_with_recovery_key(&folder, &recovery).unwrap().close().unwrap();
    }
}

#[test]
fn keys_of_a_later_format_are_refused_before_anything_is_written() {
    use sha2::{Digest, Sha256};
    let (_place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    fs::remove_file(folder.join("lock")).unwrap();
    let mut bytes = fs::read(folder.join("keys.a")).unwrap();
    bytes[10] = 7;
    let sum = Sha256::digest(&bytes[..992]);
    bytes[992..].copy_from_slice(&sum);
    fs::write(folder.join("keys.a"), &bytes).unwrap();
    let refused = Vault::open(&folder, PHRASE);
    assert!(matches!(refused, Err(VaultError::NewerVault { found: 7, known: 2, .. })));
    assert!(!folder.join("lock").exists());
}

#[test]
fn a_database_of_a_later_shape_is_refused_and_stays_as_it_is() {
    let (_place, folder, mut vault, _) = new_vault();
    let later = migrate::RELEASED.known() + 1;
    vault.database.write(|tx| Ok(tx.pragma_update(None, "user_version", later)?)).unwrap();
    vault.close().unwrap();
    let before = fs::read(folder.join("vault.db")).unwrap();
    let refused = Vault::open(&folder, PHRASE);
    assert!(matches!(refused, Err(VaultError::NewerVault { found, .. }) if found == later));
    assert!(before == fs::read(folder.join("vault.db")).unwrap());
}

#[test]
fn a_database_of_something_else_is_refused() {
    let (_place, folder, mut vault, _) = new_vault();
    vault.database.write(|tx| Ok(tx.pragma_update(None, "application_id", 1)?)).unwrap();
    vault.close().unwrap();
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::DatabaseDamaged(_))));
}

#[test]
fn an_empty_short_missing_or_foreign_database_is_refused_and_not_made_anew() {
    for length in [Some(0), Some(1), Some(4095), Some(8192), None] {
        let (_place, folder, vault, _) = new_vault();
        vault.close().unwrap();
        let path = folder.join("vault.db");
        match length {
            Some(length) => fs::write(&path, vec![7; length]).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let refused = Vault::open(&folder, PHRASE);
        assert!(matches!(refused, Err(VaultError::DatabaseDamaged(_))), "{length:?}");
        match length {
            Some(length) => assert_eq!(fs::read(&path).unwrap(), vec![7; length]),
            None => assert!(!path.exists()),
        }
    }
}

#[test]
fn a_database_that_was_not_closed_is_checked_page_by_page() {
    let (_place, folder, mut vault, _) = new_vault();
    save(&mut vault, "one", &"x".repeat(100_000), None, &[]).unwrap();
    vault.close().unwrap();
    let path = folder.join("vault.db");
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 2000;
    bytes[last] ^= 1;
    fs::write(&path, &bytes).unwrap();
    // A log with content says that the last program did not close.
    fs::write(folder.join("vault.db-wal"), b"not a log").unwrap();
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::DatabaseDamaged(_))));
}

#[test]
fn the_lock_is_free_again_when_its_holder_is_gone() {
    let (_place, folder, vault, _) = new_vault();
    drop(vault);
    let held = Lock::take(&folder).unwrap();
    assert!(matches!(Lock::take(&folder), Err(VaultError::InUse(_))));
    drop(held);
    assert!(Lock::take(&folder).is_ok());
}

#[test]
fn the_ballast_is_taken_on_again_at_the_next_opening() {
    let (_place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    fs::remove_file(folder.join("ballast")).unwrap();
    reopen(&folder);
    assert_eq!(fs::metadata(folder.join("ballast")).unwrap().len(), 4 * 1024 * 1024);
}

#[test]
fn a_vault_and_its_errors_may_go_to_another_thread() {
    fn goes<T: Send + 'static>() {}
    fn is_shared<T: Send + Sync + 'static>() {}
    goes::<Vault>();
    is_shared::<VaultError>();
}
