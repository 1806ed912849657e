//! Does a vault that an earlier program made still open, with everything in it?
//!
//! One vault of each shape of the database lies under `tests/vectors/vaults`, without its ballast. How
//! the way up to the newest shape may fail stands in `failing_calls` and `power_cut`.

use std::{fs, path::Path};

use lanthan_tests::{
    folder, project,
    session::{Action, Place},
};

fn kept() -> Vec<String> {
    let place = project::root().join("tests/vectors/vaults");
    let names = fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_vault_of_every_earlier_shape_opens_and_shows_all_that_was_in_it() {
    let kept = kept();
    assert!(!kept.is_empty(), "none is kept");
    for kept in kept {
        let home = project::place();
        let (place, before) = Place::furnish_with(home.path(), &kept);
        let judge = |session: &[Action]| {
            let found = place.judge(&before, session, session.len());
            found.unwrap_or_else(|fault| panic!("{kept}: {fault}"))
        };
        let _ = judge(&[]);
        let session = [Action::Import(1), Action::Undo, Action::Undo, Action::Passphrase];
        let mut open = place.open(0).unwrap();
        for action in &session {
            place.perform(&mut open, action, 0).unwrap();
        }
        open.close().unwrap();
        let _ = judge(&session);
        // What it was before lies beside it.
        assert!(has_copy(&place.vault()), "{kept}: no copy from before");
        // Its originals come to a new vault key, too, and their copies under the old one go.
        let session = [session.as_slice(), &[Action::Rekey]].concat();
        let mut open = place.open(1).unwrap();
        place.perform(&mut open, &Action::Rekey, 1).unwrap();
        open.close().unwrap();
        let _ = judge(&session);
        assert!(!has_copy(&place.vault()), "{kept}: a copy under the old key is left");
    }
}

fn has_copy(vault: &Path) -> bool {
    folder::names(vault).iter().any(|name| name.starts_with("backups/pre-v"))
}
