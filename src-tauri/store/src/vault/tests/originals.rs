//! Importing, reading, tampering, cleaning up.

use std::{fs, io};

use proptest::prelude::*;

use super::*;

const CHUNK: usize = 256 * 1024;

fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect()
}

#[test]
fn lengths_round_a_chunk_are_read_back_whole() {
    let (_place, folder, mut vault, _) = new_vault();
    let mut named = Vec::new();
    let lengths = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17];
    for (at, length) in lengths.into_iter().enumerate() {
        let stored = import(&mut vault, &pattern(length));
        assert_eq!(stored.size_bytes, length as u64);
        named.push((format!("e{at}"), stored.object));
    }
    let objects: Vec<_> = named.iter().map(|(name, id)| (name.as_str(), *id)).collect();
    save(&mut vault, "one", "{}", None, &objects).unwrap();
    vault.close().unwrap();
    let vault = reopen(&folder);
    for (at, length) in lengths.into_iter().enumerate() {
        let object = vault.object_of(&dossier("one"), &exhibit(&format!("e{at}"))).unwrap();
        assert!(*vault.read(&object).unwrap() == pattern(length), "{length}");
        let mut copy = Vec::new();
        vault.copy_to(&object, &mut copy).unwrap();
        assert!(copy == pattern(length));
    }
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let (_place, _folder, mut vault, _) = new_vault();
    assert_eq!(
        import(&mut vault, b"abc").sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let (_place, folder, mut vault, _) = new_vault();
    let mut heard = Vec::new();
    let stopped = vault.import(
        &mut &pattern(5 * CHUNK)[..],
        Meta { name: "a".to_owned(), mime: "b".to_owned() },
        &mut |done| {
            heard.push(done);
            if heard.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
    );
    assert!(matches!(stopped, Err(VaultError::Cancelled)));
    assert_eq!(heard, [1, 2, 3].map(|chunks| chunks * CHUNK as u64));
    assert!(files(&folder.join("tmp")).is_empty());
    assert!(object_files(&folder).is_empty());
}

#[test]
fn a_source_that_fails_leaves_nothing() {
    struct Failing(usize);
    impl io::Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            if self.0 > 5 { Err(io::Error::other("unplugged")) } else { Ok(buffer.len() / 2) }
        }
    }
    let (_place, folder, mut vault, _) = new_vault();
    let meta = Meta { name: "a".to_owned(), mime: "b".to_owned() };
    let failed = vault.import(&mut Failing(0), meta, &mut |_| ControlFlow::Continue(()));
    assert!(matches!(failed, Err(VaultError::Io { .. })));
    assert!(files(&folder.join("tmp")).is_empty());
    assert!(object_files(&folder).is_empty());
}

#[test]
fn what_no_dossier_names_is_gone_at_the_next_opening() {
    let (_place, folder, mut vault, _) = new_vault();
    let kept = import(&mut vault, b"kept");
    let loose = import(&mut vault, b"loose");
    save(&mut vault, "one", "{}", None, &[("a", kept.object)]).unwrap();
    assert_eq!(*vault.read(&loose.object).unwrap(), b"loose");
    vault.abandon();
    let vault = reopen(&folder);
    assert!(vault.read(&kept.object).is_ok());
    assert!(matches!(vault.read(&loose.object), Err(VaultError::ObjectDamaged { .. })));
    assert_eq!(object_files(&folder).len(), 1);
}

#[test]
fn what_no_dossier_names_is_gone_after_closing() {
    let (_place, folder, mut vault, _) = new_vault();
    import(&mut vault, b"loose");
    vault.close().unwrap();
    assert!(object_files(&folder).is_empty());
}

#[test]
fn a_whole_file_that_the_database_does_not_know_is_put_aside_and_kept() {
    let (_place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"kept");
    save(&mut vault, "one", "{}", None, &[("a", stored.object)]).unwrap();
    vault.abandon();
    let name = "00112233445566778899aabbccddeeff";
    fs::create_dir_all(folder.join("obj/00")).unwrap();
    fs::write(folder.join("obj/00").join(name), b"from a crash").unwrap();
    fs::write(folder.join("tmp").join(format!("{name}.part")), b"half").unwrap();
    let vault = reopen(&folder);
    assert_eq!(fs::read(folder.join("quarantine").join(name)).unwrap(), b"from a crash");
    assert!(files(&folder.join("tmp")).is_empty());
    assert_eq!(object_files(&folder).len(), 1);
    assert_eq!(*vault.read(&stored.object).unwrap(), b"kept");
}

#[test]
fn a_deletion_that_was_begun_is_finished_at_the_next_opening() {
    let (_place, folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"to be given up");
    let path = object_files(&folder).remove(0);
    let ids = [stored.object];
    vault.database.write(|tx| crate::table::object::bury_unnamed(tx, &ids)).unwrap();
    vault.abandon();
    assert!(path.exists());
    let vault = reopen(&folder);
    assert!(!path.exists());
    let left = crate::table::object::tombstones(vault.database.read().unwrap()).unwrap();
    assert!(left.is_empty());
}

#[test]
fn a_file_that_is_given_up_loses_its_key_before_its_name() {
    let (place, folder, mut vault, _) = new_vault();
    import(&mut vault, b"to be given up");
    let path = object_files(&folder).remove(0);
    // A second name for the same bytes shows what was overwritten.
    let shadow = place.path().join("shadow");
    fs::hard_link(&path, &shadow).unwrap();
    vault.close().unwrap();
    assert!(!path.exists());
    assert!(fs::read(&shadow).unwrap()[..4096].iter().all(|byte| *byte == 0));
}

#[test]
fn a_damaged_original_is_refused_and_the_others_stay_usable() {
    let (_place, folder, mut vault, _) = new_vault();
    let good = import(&mut vault, b"good");
    let bad = import(&mut vault, &pattern(CHUNK + 10));
    let path = vault.place.object(bad.object);
    let whole = fs::read(&path).unwrap();
    let refused = |vault: &Vault| match vault.read(&bad.object) {
        Err(VaultError::ObjectDamaged { object, .. }) => assert_eq!(object, bad.object.to_string()),
        other => panic!("{:?}", other.map(|bytes| bytes.len())),
    };
    for length in [0, 1, 4095, 4096, 4097, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        refused(&vault);
    }
    fs::write(&path, [whole.as_slice(), b"x"].concat()).unwrap();
    refused(&vault);
    fs::remove_file(&path).unwrap();
    refused(&vault);
    assert_eq!(*vault.read(&good.object).unwrap(), b"good");
    fs::write(&path, &whole).unwrap();
    assert!(vault.read(&bad.object).is_ok());
    assert_eq!(object_files(&folder).len(), 2);
}

#[test]
fn chunks_that_are_swapped_or_repeated_are_refused() {
    let (_place, _folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, &pattern(3 * CHUNK));
    let path = vault.place.object(stored.object);
    let whole = fs::read(&path).unwrap();
    let sealed = CHUNK + 16;
    let chunk = |at: usize| &whole[4096 + at * sealed..4096 + (at + 1) * sealed];
    for order in [[1, 0, 2], [0, 2, 1], [0, 0, 2], [0, 1, 1]] {
        let mut bytes = whole[..4096].to_vec();
        for at in order {
            bytes.extend_from_slice(chunk(at));
        }
        fs::write(&path, &bytes).unwrap();
        assert!(matches!(vault.read(&stored.object), Err(VaultError::ObjectDamaged { .. })));
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_an_original_is_neither_read_nor_followed_when_it_is_given_up() {
    let (place, _folder, mut vault, _) = new_vault();
    let stored = import(&mut vault, b"evidence");
    save(&mut vault, "one", "1", None, &[("a", stored.object)]).unwrap();
    let foreign = place.path().join("foreign");
    let path = vault.place.object(stored.object);
    fs::rename(&path, &foreign).unwrap();
    std::os::unix::fs::symlink(&foreign, &path).unwrap();
    let before = fs::read(&foreign).unwrap();
    assert!(matches!(vault.read(&stored.object), Err(VaultError::ObjectDamaged { .. })));
    let copied =
        vault.backup(&place.path().join("Backup.lanthan"), NOW, &mut silent).unwrap().copied;
    assert_eq!(copied.damaged.len(), 1);
    vault.delete_dossier(&dossier("one")).unwrap();
    assert!(fs::symlink_metadata(&path).is_err());
    assert!(before == fs::read(&foreign).unwrap());
}

#[test]
fn an_original_cannot_stand_in_for_another() {
    let (_place, _folder, mut vault, _) = new_vault();
    let one = import(&mut vault, b"one");
    let two = import(&mut vault, b"two");
    fs::copy(vault.place.object(one.object), vault.place.object(two.object)).unwrap();
    assert!(matches!(vault.read(&two.object), Err(VaultError::ObjectDamaged { .. })));
}

#[test]
fn a_name_longer_than_the_header_is_cut_and_the_bytes_are_not() {
    let (_place, _folder, mut vault, _) = new_vault();
    let meta = Meta { name: "\u{1}钕".repeat(5000), mime: "image/jpeg".to_owned() };
    let stored = vault.import(&mut &b"x"[..], meta, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(*vault.read(&stored.object).unwrap(), b"x");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn every_changed_byte_of_an_original_is_noticed(seed in 0..1000_usize, length in 0..200_usize) {
        let (_place, _folder, mut vault, _) = new_vault();
        let stored = import(&mut vault, &pattern(length));
        let path = vault.place.object(stored.object);
        let whole = fs::read(&path).unwrap();
        // Each byte of the part that is in use, and a spread over the padding.
        for at in (0..whole.len()).filter(|at| *at < 700 || at % 97 == seed % 97 || *at >= 4096) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (seed % 8);
            fs::write(&path, &bytes).unwrap();
            prop_assert!(vault.read(&stored.object).is_err(), "byte {}", at);
        }
    }
}
