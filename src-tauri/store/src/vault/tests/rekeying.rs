//! Another vault key: what opens afterwards, and after every interruption.

use std::fs;

use super::*;
use crate::{CopyKeys, LedgerLine, Recovery, RecoveryKeyError, Rekey};

const OTHER: &str = "nine large blue stones";
const ORIGINAL: &[u8] = b"evidence";

/// A vault with a dossier, two originals and a line in the ledger; its recovery key.
fn filled() -> (TempDir, PathBuf, Vault, String) {
    let (place, folder, mut vault, recovery) = new_vault();
    let one = import(&mut vault, ORIGINAL);
    let two = import(&mut vault, &vec![7; 300_000]);
    save(&mut vault, "one", "body", None, &[("a", one.object), ("b", two.object)]).unwrap();
    let line = LedgerLine {
        day: DAY,
        dossier: dossier("one"),
        recipient: "supplier".to_owned(),
        kind: "release".to_owned(),
        summary_json: "{}".to_owned(),
    };
    vault.append_ledger(&line).unwrap();
    (place, folder, vault, recovery)
}

fn keeping(recovery: &str) -> Rekey<'_> {
    Rekey {
        current: PHRASE,
        new_passphrase: None,
        recovery: Recovery::Keep(recovery),
        cost: KdfCost::SMALLEST,
    }
}

/// Everything that was put in is there, checked to its last byte.
#[track_caller]
fn is_all_there(vault: &Vault) {
    assert_eq!(vault.dossier(&dossier("one")).unwrap().unwrap().body, "body");
    let original = vault.object_of(&dossier("one"), &exhibit("a")).unwrap();
    assert_eq!(*vault.read(&original).unwrap(), ORIGINAL);
    assert_eq!(vault.verify_ledger().unwrap().seq, 1);
    let checked = vault.check(&mut silent).unwrap();
    assert!(checked.is_whole() && checked.strays.is_empty(), "{checked:?}");
    assert_eq!(checked.objects, 2);
}

/// Key generations that the originals' headers name.
fn generations(folder: &Path) -> Vec<u8> {
    object_files(folder).iter().map(|path| fs::read(path).unwrap()[14]).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { _ = fs::copy(&path, &target).unwrap() }
    }
}

fn leaves_nothing(folder: &Path) {
    let names = files(folder);
    let left: Vec<_> =
        names.iter().filter(|path| path.to_string_lossy().contains("rekey")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_vault_works_on_under_its_new_key_and_opens_with_passphrase_and_recovery_key() {
    let (_place, folder, mut vault, recovery) = filled();
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    is_all_there(&vault);
    leaves_nothing(&folder);
    assert_eq!(generations(&folder), [1, 1]);
    let later = import(&mut vault, b"later");
    save(&mut vault, "two", "body", None, &[("a", later.object)]).unwrap();
    vault.delete_dossier(&dossier("two")).unwrap();
    is_all_there(&vault);
    vault.close().unwrap();
    let vault = reopen(&folder);
    is_all_there(&vault);
    vault.close().unwrap();
    let mut vault = Vault::open_with_recovery_key(&folder, &recovery).unwrap();
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    vault.close().unwrap();
    is_all_there(&reopen(&folder));
    assert_eq!(generations(&folder), [2, 2]);
}

#[test]
fn keys_from_an_earlier_copy_open_nothing_any_more() {
    let (_place, folder, mut vault, recovery) = filled();
    let old = fs::read(folder.join("keys.a")).unwrap();
    let old_objects = bytes(&folder.join("obj"));
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    vault.close().unwrap();
    for (path, before) in old_objects {
        let after = fs::read(folder.join("obj").join(path)).unwrap();
        assert_ne!(before[72..120], after[72..120]);
        assert_eq!(before[120..], after[120..]);
    }
    for name in ["keys.a", "keys.b"] {
        fs::write(folder.join(name), &old).unwrap();
    }
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::DatabaseDamaged(_))));
}

#[test]
fn another_passphrase_and_recovery_key_hold_with_the_new_key_and_the_old_ones_do_not() {
    let (_place, folder, mut vault, old) = filled();
    let new = vault.draw_recovery_key(PHRASE).unwrap();
    let recovery = Recovery::Replace(&new);
    let wish = Rekey { new_passphrase: Some(OTHER), recovery, ..keeping(&old) };
    vault.rekey(&wish, &mut silent).unwrap();
    vault.close().unwrap();
    assert!(matches!(Vault::open(&folder, PHRASE), Err(VaultError::WrongPassphrase)));
    assert!(matches!(
        Vault::open_with_recovery_key(&folder, &old),
        Err(VaultError::RecoveryKey(RecoveryKeyError::OtherVault))
    ));
    is_all_there(&Vault::open(&folder, OTHER).unwrap());
    is_all_there(&Vault::open_with_recovery_key(&folder, &new.to_string()).unwrap());
}

#[test]
fn a_wrong_or_missing_secret_changes_no_byte() {
    let (_place, folder, mut vault, recovery) = filled();
    let (_, _, _other, theirs) = new_vault();
    let before = bytes(&folder);
    let wishes = [
        Rekey { current: OTHER, ..keeping(&recovery) },
        Rekey { new_passphrase: Some("eleven char"), ..keeping(&recovery) },
        keeping(&theirs),
        keeping("000011"),
    ];
    for wish in wishes {
        assert!(vault.rekey(&wish, &mut silent).is_err());
    }
    assert!(before == bytes(&folder));
    is_all_there(&vault);
}

#[test]
fn stopped_before_the_point_of_no_return_it_changes_nothing_and_afterwards_it_ends() {
    let (_place, folder, mut vault, recovery) = filled();
    let keys = fs::read(folder.join("keys.a")).unwrap();
    for stop in 1.. {
        let mut heard = 0;
        let mut progress = |done, total| {
            heard += 1;
            assert!(done <= total);
            if heard == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        match vault.rekey(&keeping(&recovery), &mut progress) {
            Err(VaultError::Cancelled) => {
                leaves_nothing(&folder);
                assert!(keys == fs::read(folder.join("keys.a")).unwrap());
                assert_eq!(generations(&folder), [0, 0]);
                is_all_there(&vault);
            }
            Ok(()) => {
                // Two originals, and once each before and behind the copy of the database.
                assert_eq!(stop, 5);
                break;
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(generations(&folder), [1, 1]);
}

#[test]
fn whatever_moment_it_is_interrupted_at_the_next_opening_has_the_old_or_the_new_key_and_all_else() {
    let (place, folder, mut vault, recovery) = filled();
    let mut moments = Vec::new();
    let mut keep = |_, _| {
        let moment = place.path().join(format!("moment-{}.lanthan", moments.len()));
        copy(&folder, &moment);
        moments.push(moment);
        ControlFlow::Continue(())
    };
    vault.rekey(&keeping(&recovery), &mut keep).unwrap();
    let mut found = Vec::new();
    for moment in moments {
        let looked = bytes(&moment);
        let looking = Vault::open_read_only(&moment, PHRASE, place.path()).unwrap();
        assert_eq!(looking.dossiers().unwrap().len(), 1);
        assert!(looking.check(&mut silent).unwrap().is_whole());
        looking.close().unwrap();
        assert!(looked == bytes(&moment), "looking wrote something");
        let opened = reopen(&moment);
        is_all_there(&opened);
        leaves_nothing(&moment);
        found.push(generations(&moment)[0]);
        opened.close().unwrap();
        Vault::open_with_recovery_key(&moment, &recovery).unwrap().close().unwrap();
    }
    assert_eq!(found, [0, 0, 0, 0, 1, 1, 1]);
}

#[test]
fn when_only_one_key_file_leads_to_the_new_key_either_passphrase_decides() {
    for (phrase, generation) in [(PHRASE, 0), (OTHER, 1)] {
        let (place, folder, vault, recovery) = filled();
        let old = fs::read(folder.join("keys.b")).unwrap();
        let moment = place.path().join("Moment.lanthan");
        let mut keep = |done, total| {
            // The first word after the point of no return: nothing is brought over yet.
            if done * 2 == total
                && !moment.exists()
                && fs::read(folder.join("keys.b")).unwrap() != old
            {
                copy(&folder, &moment);
            }
            ControlFlow::Continue(())
        };
        vault.close().unwrap();
        let before = fs::read(folder.join("vault.db")).unwrap();
        let mut vault = reopen(&folder);
        let wish = Rekey { new_passphrase: Some(OTHER), ..keeping(&recovery) };
        vault.rekey(&wish, &mut keep).unwrap();
        // As a power cut between the two files leaves it.
        fs::rename(moment.join("vault.db"), moment.join("rekey.db")).unwrap();
        fs::write(moment.join("vault.db"), before).unwrap();
        fs::write(moment.join("keys.b"), old).unwrap();
        let opened = Vault::open(&moment, phrase).unwrap();
        is_all_there(&opened);
        opened.close().unwrap();
        leaves_nothing(&moment);
        assert_eq!(generations(&moment), [generation; 2]);
        let other = if phrase == PHRASE { OTHER } else { PHRASE };
        assert!(matches!(Vault::open(&moment, other), Err(VaultError::WrongPassphrase)));
        is_all_there(&Vault::open_with_recovery_key(&moment, &recovery).unwrap());
    }
}

#[test]
fn an_original_that_could_not_be_brought_over_opens_by_the_key_before() {
    let (_place, folder, mut vault, recovery) = filled();
    let old = object_files(&folder).remove(0);
    let before = fs::read(&old).unwrap();
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    fs::write(&old, &before).unwrap();
    is_all_there(&vault);
    // The next key takes it along.
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    assert_eq!(generations(&folder), [2, 2]);
    is_all_there(&vault);
    fs::write(&old, &before).unwrap();
    assert_eq!(vault.check(&mut silent).unwrap().damaged.len(), 1);
}

#[test]
fn a_damaged_original_keeps_nothing_else_from_the_new_key() {
    let (_place, folder, mut vault, recovery) = filled();
    let bad = object_files(&folder).remove(1);
    let mut spoilt = fs::read(&bad).unwrap();
    spoilt[90] ^= 1;
    fs::write(&bad, &spoilt).unwrap();
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    assert_eq!(vault.check(&mut silent).unwrap().damaged.len(), 1);
    assert_eq!(fs::read(&bad).unwrap(), spoilt);
    assert_eq!(generations(&folder).iter().sum::<u8>(), 1);
}

#[test]
fn a_ledger_that_somebody_changed_is_not_sealed_anew() {
    let (_place, folder, mut vault, recovery) = filled();
    vault
        .database
        .write(|tx| {
            Ok(tx.execute_batch(
                "DROP TRIGGER ledger_no_update; UPDATE ledger SET recipient = 'somebody else'",
            )?)
        })
        .unwrap();
    let refused = vault.rekey(&keeping(&recovery), &mut silent);
    assert!(matches!(refused, Err(VaultError::DatabaseDamaged(_))), "{refused:?}");
    leaves_nothing(&folder);
    assert_eq!(Vault::info(&folder).unwrap().generation, 1);
}

#[test]
fn the_ledger_still_only_grows() {
    let (_place, folder, mut vault, recovery) = filled();
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    for sql in ["UPDATE ledger SET recipient = 'x'", "DELETE FROM ledger"] {
        assert!(vault.database.write(|tx| Ok(tx.execute_batch(sql)?)).is_err());
    }
    drop(vault);
    is_all_there(&reopen(&folder));
}

#[test]
fn a_backup_follows_to_the_new_key_without_its_originals_being_copied_again() {
    let (place, _folder, mut vault, recovery) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    let wish = Rekey { new_passphrase: Some(OTHER), ..keeping(&recovery) };
    vault.rekey(&wish, &mut silent).unwrap();
    let copied = vault.backup(&to, NOW, &mut silent).unwrap().copied;
    assert_eq!(copied.new_objects, 0);
    assert_eq!(generations(&to), [1, 1]);
    let rehearsal = vault.rehearse(&to, OTHER, place.path(), &mut silent).unwrap();
    assert!(rehearsal.is_current && rehearsal.checked.is_whole(), "{rehearsal:?}");
    assert!(rehearsal.checked.strays.is_empty(), "{rehearsal:?}");
    assert!(matches!(Vault::open(&to, PHRASE), Err(VaultError::WrongPassphrase)));
}

#[test]
fn whatever_moment_a_backup_is_interrupted_at_while_it_follows_it_opens_and_the_next_one_ends_it() {
    let (place, _folder, mut vault, recovery) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    let wish = Rekey { new_passphrase: Some(OTHER), ..keeping(&recovery) };
    vault.rekey(&wish, &mut silent).unwrap();
    let mut moments = Vec::new();
    let mut keep = |_, _| {
        let moment = place.path().join(format!("moment-{}.lanthan", moments.len()));
        copy(&to, &moment);
        moments.push(moment);
        ControlFlow::Continue(())
    };
    vault.bring_backup_over(&to, &mut keep).unwrap();
    vault.backup(&to, NOW, &mut keep).unwrap();
    assert!(moments.len() > 4);
    for (number, moment) in moments.iter().enumerate() {
        let again = place.path().join(format!("again-{number}.lanthan"));
        copy(moment, &again);
        let opened = Vault::open(moment, OTHER).or_else(|_| Vault::open(moment, PHRASE)).unwrap();
        is_all_there(&opened);
        drop(opened);
        vault.backup(&again, NOW, &mut silent).unwrap();
        let rehearsal = vault.rehearse(&again, OTHER, place.path(), &mut silent).unwrap();
        assert!(rehearsal.is_current && rehearsal.checked.is_whole(), "{rehearsal:?}");
        leaves_nothing(&again);
    }
}

#[test]
fn a_backup_with_an_older_key_or_changes_of_its_own_is_left_as_it_is() {
    let (place, _folder, mut vault, recovery) = filled();
    let (old, changed) = (place.path().join("Old.lanthan"), place.path().join("Changed.lanthan"));
    vault.backup(&old, NOW, &mut silent).unwrap();
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    vault.backup(&changed, NOW, &mut silent).unwrap();
    let mut opened = Vault::open(&changed, PHRASE).unwrap();
    save(&mut opened, "two", "done here by mistake", None, &[]).unwrap();
    opened.close().unwrap();
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    for (to, code) in [(&old, "copy-other-key"), (&changed, "copy-moved-on")] {
        let before = bytes(to);
        assert_eq!(vault.backup(to, NOW, &mut silent).unwrap_err().code(), code);
        assert!(before == bytes(to));
    }
    is_all_there(&Vault::open(&old, PHRASE).unwrap());
}

#[test]
fn what_is_damaged_is_mended_from_a_backup_that_has_the_key_before() {
    let (place, folder, mut vault, recovery) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    vault.rekey(&keeping(&recovery), &mut silent).unwrap();
    fs::write(&object_files(&folder)[0], b"cut").unwrap();
    assert_eq!(vault.mend(&to, &mut silent).unwrap(), []);
    is_all_there(&vault);
}

#[test]
fn it_is_said_which_of_todays_keys_open_a_copy() {
    let (place, _folder, mut vault, recovery) = filled();
    let judged = |vault: &Vault, name: &str| {
        let CopyKeys { todays_passphrase, todays_recovery_key, todays_vault_key } =
            vault.judge_copy(&place.path().join(name)).unwrap().unwrap();
        [todays_passphrase, todays_recovery_key, todays_vault_key].map(u8::from)
    };
    let backup = |vault: &mut Vault, name: &str| {
        vault.backup(&place.path().join(name), NOW, &mut silent).unwrap();
    };
    backup(&mut vault, "first");
    assert_eq!(judged(&vault, "first"), [1, 1, 1]);
    vault.change_passphrase(PHRASE, OTHER, KdfCost::SMALLEST).unwrap();
    backup(&mut vault, "second");
    assert_eq!(judged(&vault, "first"), [0, 1, 1]);
    assert_eq!(judged(&vault, "second"), [1, 1, 1]);
    let same = Rekey { current: OTHER, ..keeping(&recovery) };
    vault.rekey(&same, &mut silent).unwrap();
    assert_eq!(judged(&vault, "first"), [0, 1, 0]);
    assert_eq!(judged(&vault, "second"), [1, 1, 0]);
    let new = vault.draw_recovery_key(OTHER).unwrap();
    let other = Rekey { recovery: Recovery::Replace(&new), new_passphrase: Some(PHRASE), ..same };
    vault.rekey(&other, &mut silent).unwrap();
    // The same words as in the beginning, but nobody can know that without typing them.
    assert_eq!(judged(&vault, "first"), [0, 0, 0]);
    assert_eq!(judged(&vault, "second"), [0, 0, 0]);
    let (_place, other_folder, _other, _) = new_vault();
    assert_eq!(vault.judge_copy(&other_folder).unwrap(), None);
    assert!(matches!(vault.judge_copy(place.path()), Err(VaultError::NotAVault(_))));
}

#[test]
fn key_files_of_a_copy_that_somebody_changed_are_not_judged() {
    use sha2::{Digest, Sha256};
    let (place, _folder, mut vault, _) = filled();
    let to = place.path().join("Backup.lanthan");
    vault.backup(&to, NOW, &mut silent).unwrap();
    let mut forged = fs::read(to.join("keys.a")).unwrap();
    forged[64 + 20] ^= 1;
    let sum = Sha256::digest(&forged[..992]);
    forged[992..].copy_from_slice(&sum);
    for name in ["keys.a", "keys.b"] {
        fs::write(to.join(name), &forged).unwrap();
    }
    assert!(matches!(vault.judge_copy(&to), Err(VaultError::HeaderDamaged)));
}
