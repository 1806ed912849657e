//! What is seen of an original stays with it, and is nothing that anybody depends on.

use super::*;
use crate::{MAX_THUMBNAIL_BYTES, Sight};

fn seen(object: ObjectId, pages: &str, thumbnail: &str) -> Sight {
    Sight { object, pages: pages.to_owned(), thumbnail: Some(thumbnail.as_bytes().to_vec()) }
}

fn shown(vault: &mut Vault) -> StoredObject {
    let stored = import(vault, b"PLANTED-ORIGINAL");
    save(vault, "one", "1", None, &[("a", stored.object)]).unwrap();
    vault.keep_sights(1, &[seen(stored.object, "[[4.0,3.0]]", "PLANTED-THUMBNAIL")]).unwrap();
    stored
}

#[test]
fn pages_and_thumbnail_are_there_under_the_rules_that_made_them() {
    let (_place, folder, mut vault, _) = new_vault();
    let object = shown(&mut vault).object;
    vault.close().unwrap();
    let mut vault = reopen(&folder);
    assert_eq!(vault.thumbnail(object, 1).unwrap().unwrap(), b"PLANTED-THUMBNAIL");
    let pages = [(exhibit("a"), "[[4.0,3.0]]".to_owned())];
    assert_eq!(vault.pages(&dossier("one"), 1).unwrap(), pages);
    assert_eq!(vault.shown(&dossier("one"), 1).unwrap(), [exhibit("a")]);
    assert_eq!(vault.shown(&dossier("one"), 2).unwrap(), []);
    assert_eq!(vault.shown(&dossier("other"), 1).unwrap(), []);
    assert_eq!(vault.thumbnail(object, 2).unwrap(), None);
    assert_eq!(vault.pages(&dossier("one"), 2).unwrap(), []);
    assert_eq!(vault.pages(&dossier("other"), 1).unwrap(), []);
    vault.keep_thumbnail(object, 2, b"another").unwrap();
    assert_eq!(vault.thumbnail(object, 2).unwrap().unwrap(), b"another");
}

#[test]
fn a_thumbnail_of_another_original_is_not_shown() {
    let (_place, _folder, mut vault, _) = new_vault();
    let object = shown(&mut vault).object;
    vault
        .database
        .write(|tx| Ok(tx.execute("UPDATE thumbnail SET sha256 = zeroblob(32)", [])?))
        .unwrap();
    assert_eq!(vault.thumbnail(object, 1).unwrap(), None);
}

#[test]
fn a_thumbnail_of_64_kib_is_kept_and_a_longer_one_is_not() {
    let (_place, _folder, mut vault, _) = new_vault();
    let object = shown(&mut vault).object;
    let most = vec![7; MAX_THUMBNAIL_BYTES];
    vault.keep_thumbnail(object, 3, &most).unwrap();
    assert_eq!(vault.thumbnail(object, 3).unwrap().unwrap(), most);
    vault.keep_thumbnail(object, 4, &vec![7; MAX_THUMBNAIL_BYTES + 1]).unwrap();
    assert_eq!(vault.thumbnail(object, 4).unwrap(), None);
}

#[test]
fn it_goes_with_its_original_and_is_no_content_of_a_backup() {
    let (_place, _folder, mut vault, _) = new_vault();
    let before = {
        let stored = import(&mut vault, b"PLANTED-ORIGINAL");
        save(&mut vault, "one", "1", None, &[("a", stored.object)]).unwrap();
        let before = vault.contents().unwrap();
        vault.keep_sights(1, &[seen(stored.object, "[]", "jpeg")]).unwrap();
        before
    };
    assert_eq!(vault.contents().unwrap(), before);
    vault.delete_dossier(&dossier("one")).unwrap();
    let conn = vault.database.read().unwrap();
    for table in ["sight", "thumbnail"] {
        let rows: i64 =
            conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}

#[test]
fn an_object_that_the_vault_does_not_know_has_none() {
    let (_place, _folder, mut vault, _) = new_vault();
    let stranger = ObjectId::from([9; 16]);
    vault.keep_sights(1, &[seen(stranger, "[]", "jpeg")]).unwrap();
    assert_eq!(vault.thumbnail(stranger, 1).unwrap(), None);
}
