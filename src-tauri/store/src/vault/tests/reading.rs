//! Looking without writing.

use std::fs;

use super::*;
use crate::LedgerLine;

#[test]
fn a_vault_that_rests_is_read_without_writing_a_byte_anywhere() {
    let (place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"evidence");
    save(&mut vault, "one", "body", None, &[("a", stored.object)]).unwrap();
    vault.close().unwrap();
    let before = bytes(&folder);
    let scratch = place.path().join("not there, and not needed");
    let vault = Vault::open_read_only(&folder, PHRASE, &scratch).unwrap();
    assert!(vault.is_read_only());
    assert_eq!(vault.dossier(&dossier("one")).unwrap().unwrap().body, "body");
    assert_eq!(*vault.read(&stored.object).unwrap(), b"evidence");
    assert!(vault.check(&mut silent).unwrap().is_whole());
    // Readers do not keep each other out, but a writer.
    let second = Vault::open_read_only(&folder, PHRASE, &scratch).unwrap();
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::InUse(_))));
    second.close().unwrap();
    vault.close().unwrap();
    assert!(before == bytes(&folder));
    reopen(&folder);
}

#[test]
fn every_change_is_refused_and_changes_no_byte() {
    let (place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"evidence");
    let first = save(&mut vault, "one", "1", None, &[("a", stored.object)]).unwrap();
    save(&mut vault, "one", "2", Some(first), &[("a", stored.object)]).unwrap();
    vault.close().unwrap();
    let before = bytes(&folder);
    let mut vault = Vault::open_read_only(&folder, PHRASE, place.path()).unwrap();
    let meta = Meta { name: "a".to_owned(), mime: "b".to_owned() };
    let line = LedgerLine {
        day: DAY,
        dossier: dossier("one"),
        recipient: "r".to_owned(),
        kind: "release".to_owned(),
        summary_json: "{}".to_owned(),
    };
    let refusals = [
        save(&mut vault, "two", "x", None, &[]).unwrap_err(),
        undo(&mut vault, "one").unwrap_err(),
        vault.delete_dossier(&dossier("one")).unwrap_err(),
        vault.append_ledger(&line).unwrap_err(),
        vault.import(&mut &b"x"[..], meta, &mut |_| ControlFlow::Continue(())).unwrap_err(),
        vault.change_passphrase(PHRASE, "another long phrase", KdfCost::SMALLEST).unwrap_err(),
        vault.mend(place.path(), &mut silent).unwrap_err(),
    ];
    for refusal in refusals {
        assert!(matches!(refusal, VaultError::ReadOnly), "{refusal:?}");
    }
    // A backup changes only the copy.
    vault.backup(&place.path().join("Backup.lanthan"), NOW, &mut silent).unwrap();
    vault.close().unwrap();
    assert!(before == bytes(&folder));
}

#[test]
fn what_somebody_else_has_open_is_read_as_it_was_last_committed() {
    let (place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"evidence");
    let revision = save(&mut vault, "one", "in the log", None, &[("a", stored.object)]).unwrap();
    let before = bytes(&folder);
    let scratch = place.path().join("scratch");
    fs::create_dir(&scratch).unwrap();
    let reader = Vault::open_read_only(&folder, PHRASE, &scratch).unwrap();
    assert_eq!(reader.dossier(&dossier("one")).unwrap().unwrap().body, "in the log");
    assert_eq!(*reader.read(&stored.object).unwrap(), b"evidence");
    assert!(before == bytes(&folder));
    // The owner works on, and the reader keeps what it saw.
    save(&mut vault, "one", "later", Some(revision), &[]).unwrap();
    assert_eq!(reader.dossier(&dossier("one")).unwrap().unwrap().body, "in the log");
    reader.close().unwrap();
    assert!(files(&scratch).is_empty());
    vault.close().unwrap();
}

#[test]
fn what_a_crash_left_in_the_log_is_not_missed() {
    let (place, folder, mut vault, _) = new_vault();
    save(&mut vault, "one", "in the log", None, &[]).unwrap();
    vault.abandon();
    assert!(fs::metadata(folder.join("vault.db-wal")).unwrap().len() > 0);
    let before = bytes(&folder);
    let reader = Vault::open_read_only(&folder, PHRASE, place.path()).unwrap();
    assert_eq!(reader.dossier(&dossier("one")).unwrap().unwrap().body, "in the log");
    reader.close().unwrap();
    assert!(before == bytes(&folder));
}

#[test]
fn a_wrong_passphrase_or_a_damaged_database_is_refused_here_too() {
    let (place, folder, vault, _) = new_vault();
    vault.close().unwrap();
    let refused = Vault::open_read_only(&folder, "another phrase", place.path());
    assert!(matches!(refused, Err(VaultError::WrongPassphrase)));
    fs::write(folder.join("vault.db"), b"").unwrap();
    let refused = Vault::open_read_only(&folder, PHRASE, place.path());
    assert!(matches!(refused, Err(VaultError::DatabaseDamaged(_))));
}

#[test]
fn a_folder_with_a_difficult_name_is_read_too() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("50% ?a=1&b #钕 \u{e9}.lanthan");
    let (mut vault, _) = Vault::create(&folder, PHRASE, KdfCost::SMALLEST).unwrap();
    save(&mut vault, "one", "body", None, &[]).unwrap();
    vault.close().unwrap();
    let reader = Vault::open_read_only(&folder, PHRASE, place.path()).unwrap();
    assert_eq!(reader.dossiers().unwrap().len(), 1);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let (place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"evidence");
    save(&mut vault, "one", "body", None, &[("a", stored.object)]).unwrap();
    vault.close().unwrap();
    let set = |mode: u32, file_mode: u32| {
        for path in files(&folder) {
            fs::set_permissions(path, fs::Permissions::from_mode(file_mode)).unwrap();
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o500, 0o400);
    let reader = Vault::open_read_only(&folder, PHRASE, &place.path().join("none"));
    let read = reader.and_then(|vault| vault.read(&stored.object).map(|bytes| bytes.to_vec()));
    set(0o700, 0o600);
    assert_eq!(read.unwrap(), b"evidence");
}
