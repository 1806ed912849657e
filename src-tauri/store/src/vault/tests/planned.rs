//! Backups that take turns by a plan, and the register of all backups.

use std::fs;

use lanthan_core::backup::Rhythm;

use super::*;
use crate::{BackupPlan, Standing};

/// A vault with a plan to keep so many backups, and the plan's folder.
fn with_plan(keep: u8) -> (TempDir, PathBuf, Vault) {
    let (place, _folder, mut vault, _) = new_vault();
    let stick = place.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let stored = import(&mut vault, &b"one".repeat(100_000));
    save(&mut vault, "one", "body", None, &[("a", stored.object)]).unwrap();
    keep_so_many(&mut vault, &stick, keep);
    (place, stick, vault)
}

fn keep_so_many(vault: &mut Vault, stick: &Path, keep: u8) {
    let rhythm = Rhythm::new(1, keep).unwrap();
    vault.set_backup_plan(&BackupPlan { folder: Some(stick.to_owned()), rhythm }).unwrap();
}

/// Makes the backup of a day after a change.
fn back_up(vault: &mut Vault, day: i8) -> Result<crate::BackedUp, VaultError> {
    let id = format!("day-{day}");
    save(vault, &id, "body", None, &[])?;
    let made = vault.begin_planned_backup(on(day))?.finish(&mut silent)?;
    vault.note_backup(&made)?;
    Ok(made)
}

fn on(day: i8) -> DateTime {
    date(2026, 11, day).at(9, 30, 0, 0)
}

/// Names of everything in the folder of the plan.
fn names(stick: &Path) -> Vec<String> {
    let entries = fs::read_dir(stick).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn three_places_take_turns_and_the_fourth_backup_writes_only_what_is_new() {
    let (_place, stick, mut vault) = with_plan(3);
    for day in 1..=3 {
        assert_eq!(back_up(&mut vault, day).unwrap().copied.new_objects, 1);
    }
    let stored = import(&mut vault, b"two");
    save(&mut vault, "two", "body", None, &[("a", stored.object)]).unwrap();
    let fourth = back_up(&mut vault, 4).unwrap();
    assert_eq!((fourth.copied.new_objects, fourth.copied.new_bytes), (1, 3));
    let all: Vec<String> = (1..=3).map(|n| format!("Test backup {n}.lanthan")).collect();
    assert_eq!(names(&stick), all);
    assert_eq!(fourth.place, stick.join(&all[0]));
    let rows = vault.backups().unwrap();
    let days: Vec<i8> = rows.iter().map(|row| row.made.day()).collect();
    assert_eq!(days, [4, 3, 2]);
    for row in &rows {
        let found = vault.rehearse(&row.place, PHRASE, &stick, &mut silent).unwrap();
        assert!(found.works(), "{found:?}");
        assert_eq!(found.is_current, row.made.day() == 4);
        assert!(row.planned && row.size_bytes >= 300_000);
    }
}

#[test]
fn fewer_to_keep_removes_the_oldest_after_the_next_one_was_made() {
    let (_place, stick, mut vault) = with_plan(4);
    for day in 1..=4 {
        back_up(&mut vault, day).unwrap();
    }
    keep_so_many(&mut vault, &stick, 2);
    let made = back_up(&mut vault, 5).unwrap();
    let gone = [2, 3].map(|n| stick.join(format!("Test backup {n}.lanthan")));
    assert_eq!(made.removed, gone);
    assert_eq!(names(&stick), ["Test backup 1.lanthan", "Test backup 4.lanthan"]);
    assert_eq!(vault.backups().unwrap().len(), 2);
}

#[test]
fn what_this_vault_did_not_make_or_somebody_changed_is_never_written_to_or_removed() {
    let (_place, stick, mut vault) = with_plan(2);
    let (_other_place, other, other_vault, _) = new_vault();
    other_vault.close().unwrap();
    fs::rename(&other, stick.join("Test backup 1.lanthan")).unwrap();
    fs::create_dir(stick.join("Test backup 2.lanthan")).unwrap();
    fs::write(stick.join("Test backup 3.lanthan"), b"mine").unwrap();
    for day in 1..=2 {
        back_up(&mut vault, day).unwrap();
    }
    let changed = stick.join("Test backup 4.lanthan");
    let mut copy = Vault::open(&changed, PHRASE).unwrap();
    save(&mut copy, "work", "done here by mistake", None, &[]).unwrap();
    copy.close().unwrap();
    let before = bytes(&stick);
    for day in 3..=6 {
        back_up(&mut vault, day).unwrap();
    }
    keep_so_many(&mut vault, &stick, 1);
    back_up(&mut vault, 7).unwrap();
    let after = bytes(&stick);
    for (path, content) in &before {
        let is_theirs = (1..=4).any(|n| path.starts_with(format!("Test backup {n}.lanthan")));
        assert!(!is_theirs || after.get(path) == Some(content), "{}", path.display());
    }
    assert!(stick.join("Test backup 2.lanthan").is_dir());
}

#[test]
fn a_stick_that_is_away_is_said_and_nothing_is_written_elsewhere() {
    let (place, stick, mut vault) = with_plan(2);
    fs::remove_dir(&stick).unwrap();
    let refused = vault.begin_planned_backup(on(1)).err();
    assert!(matches!(refused, Some(VaultError::BackupFolderMissing(_))), "{refused:?}");
    assert_eq!(names(place.path()), ["Test.lanthan"]);
    vault.set_backup_plan(&BackupPlan { folder: None, rhythm: Rhythm::default() }).unwrap();
    let refused = vault.begin_planned_backup(on(1)).err();
    assert!(matches!(refused, Some(VaultError::NoBackupFolder)), "{refused:?}");
    let inside = vault.folder.join("obj");
    let plan = BackupPlan { folder: Some(inside), rhythm: Rhythm::default() };
    assert!(matches!(vault.set_backup_plan(&plan), Err(VaultError::BackupInside(_))));
}

#[test]
fn what_faults_left_is_removed_by_the_next_backup_and_one_that_was_not_noted_takes_part() {
    let (_place, stick, mut vault) = with_plan(2);
    // Killed before it was noted.
    let made = vault.begin_planned_backup(on(1)).unwrap().finish(&mut silent).unwrap();
    assert_eq!(vault.backups().unwrap(), []);
    // Killed in the middle of the second, and in the middle of removing a third.
    let second = stick.join("Test backup 2.lanthan");
    let number = &vault.keys.vault[..8];
    let halves = [
        super::super::create::hidden(&second, number, "new"),
        super::super::create::hidden(&stick.join("Test backup 3.lanthan"), number, "gone"),
    ];
    for half in &halves {
        fs::create_dir_all(half.join("obj/00")).unwrap();
        fs::write(half.join("obj/00/half"), b"half").unwrap();
    }
    assert_eq!(back_up(&mut vault, 2).unwrap().place, second);
    assert_eq!(names(&stick), ["Test backup 1.lanthan", "Test backup 2.lanthan"]);
    // Nobody knows when the first was made, so it is the oldest.
    assert_eq!(back_up(&mut vault, 3).unwrap().place, made.place);
}

#[test]
fn a_stopped_turn_leaves_the_earlier_backup_and_the_register_as_they_were() {
    let (_place, stick, mut vault) = with_plan(1);
    back_up(&mut vault, 1).unwrap();
    let stored = import(&mut vault, &b"x".repeat(3_000_000));
    save(&mut vault, "x", "body", None, &[("a", stored.object)]).unwrap();
    let rows = vault.backups().unwrap();
    let mut stop =
        |done: u64, _: u64| if done > 300_000 { ControlFlow::Break(()) } else { silent(0, 0) };
    let stopped = vault.begin_planned_backup(on(2)).unwrap().finish(&mut stop);
    assert!(matches!(stopped, Err(VaultError::Cancelled)));
    assert_eq!(vault.backups().unwrap(), rows);
    let found = vault.rehearse(&rows[0].place, PHRASE, &stick, &mut silent).unwrap();
    assert!(found.works() && !found.is_current, "{found:?}");
}

#[test]
fn the_vault_is_used_and_deletes_while_a_backup_is_being_made_and_the_backup_is_whole() {
    let (_place, stick, mut vault) = with_plan(2);
    let id = vault.object_of(&dossier("one"), &exhibit("a")).unwrap();
    let backing = vault.begin_planned_backup(on(1)).unwrap();
    vault.delete_dossier(&dossier("one")).unwrap();
    save(&mut vault, "later", "body", None, &[]).unwrap();
    assert!(vault.place.object(id).exists(), "kept for the backup");
    let made = backing.finish(&mut silent).unwrap();
    vault.note_backup(&made).unwrap();
    let found = vault.rehearse(&made.place, PHRASE, &stick, &mut silent).unwrap();
    assert!(found.works() && !found.is_current, "{found:?}");
    assert_eq!(found.checked.objects, 1);
    let gone = vault.place.object(id);
    vault.close().unwrap();
    assert!(!gone.exists(), "and destroyed afterwards");
}

#[test]
fn a_backup_is_due_when_its_day_has_come_and_something_was_changed() {
    let (_place, _stick, mut vault) = with_plan(2);
    let day = |day| date(2026, 11, day);
    assert!(vault.is_backup_due(day(1)).unwrap());
    back_up(&mut vault, 1).unwrap();
    assert!(!vault.is_backup_due(day(1)).unwrap());
    assert!(!vault.is_backup_due(day(2)).unwrap(), "nothing was changed");
    assert!(!vault.is_backup_old(day(29)).unwrap(), "it holds all there is");
    save(&mut vault, "new", "body", None, &[]).unwrap();
    assert!(vault.is_backup_due(day(2)).unwrap());
    assert!(!vault.is_backup_old(day(15)).unwrap());
    assert!(vault.is_backup_old(day(16)).unwrap());
}

#[test]
fn the_register_says_how_each_backup_stands_and_what_its_rehearsal_found() {
    let (place, stick, mut vault) = with_plan(3);
    let paths: Vec<_> = (1..=3).map(|day| back_up(&mut vault, day).unwrap().place).collect();
    vault.change_passphrase(PHRASE, "nine large blue stones", KdfCost::SMALLEST).unwrap();
    back_up(&mut vault, 4).unwrap();
    fs::rename(&paths[1], place.path().join("moved")).unwrap();
    fs::remove_file(paths[2].join("keys.a")).unwrap();
    fs::write(paths[2].join("keys.b"), b"cut").unwrap();
    let register = vault.backup_register().unwrap();
    let standing: Vec<_> = register.rows.iter().map(|row| register.standing(row)).collect();
    assert_eq!(standing, [Standing::There, Standing::Unreadable, Standing::Missing]);
    let manual = stick.join("by hand.lanthan");
    vault.backup(&manual, on(5), &mut silent).unwrap();
    vault.change_passphrase("nine large blue stones", PHRASE, KdfCost::SMALLEST).unwrap();
    let register = vault.backup_register().unwrap();
    assert_eq!(register.standing(&register.rows[0]), Standing::OtherPassphrase);
    assert!(!register.rows[0].planned);
    assert!(vault.note_rehearsal(&manual, on(6), false).unwrap());
    assert_eq!(vault.backups().unwrap()[0].rehearsed, Some((on(6), false)));
    assert!(vault.forget_backup(&manual).unwrap());
    assert!(!vault.forget_backup(&manual).unwrap());
    assert!(manual.exists());
}

#[test]
fn a_new_key_for_everything_under_the_same_passphrase_does_not_make_a_backup_one_of_another() {
    let (_place, _stick, mut vault) = with_plan(1);
    back_up(&mut vault, 1).unwrap();
    let recovery = vault.draw_recovery_key(PHRASE).unwrap();
    let wish = crate::Rekey {
        current: PHRASE,
        new_passphrase: None,
        recovery: crate::Recovery::Replace(&recovery),
        cost: KdfCost::SMALLEST,
    };
    vault.rekey(&wish, &mut silent).unwrap();
    let register = vault.backup_register().unwrap();
    assert_eq!(register.standing(&register.rows[0]), Standing::There);
}

#[test]
fn every_remembered_backup_is_judged_and_one_out_of_reach_is_named_once_keys_were_changed() {
    let (place, _stick, mut vault) = with_plan(3);
    let paths: Vec<_> = (1..=2).map(|day| back_up(&mut vault, day).unwrap().place).collect();
    fs::rename(&paths[0], place.path().join("moved")).unwrap();
    let judged = |vault: &Vault| {
        let all = vault.judge_backups().unwrap().into_iter();
        all.map(|one| (one.place, one.keys.map(|keys| keys.todays_passphrase))).collect::<Vec<_>>()
    };
    let (gone, there) = (paths[0].clone(), paths[1].clone());
    assert_eq!(judged(&vault), [(there.clone(), Some(true)), (gone.clone(), Some(true))]);
    vault.change_passphrase(PHRASE, "nine large blue stones", KdfCost::SMALLEST).unwrap();
    assert_eq!(judged(&vault), [(there, Some(false)), (gone, None)]);
}

#[test]
fn a_backup_that_was_put_back_to_an_older_state_is_not_what_was_made() {
    let (place, _stick, mut vault) = with_plan(1);
    let to = back_up(&mut vault, 1).unwrap().place;
    let kept = place.path().join("kept.db");
    fs::copy(to.join("vault.db"), &kept).unwrap();
    back_up(&mut vault, 2).unwrap();
    fs::copy(&kept, to.join("vault.db")).unwrap();
    let found = vault.rehearse(&to, PHRASE, place.path(), &mut silent).unwrap();
    assert!(found.checked.is_whole() && !found.is_as_made && !found.works(), "{found:?}");
}
