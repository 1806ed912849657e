//! Is what leaves whole or not there at all?

use super::*;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Lets go of it as a kill does: the lock is free, the files stay.
fn kill(outgoing: Outgoing) {
    let mut outgoing = std::mem::ManuallyDrop::new(outgoing);
    outgoing.lock = None;
}

#[test]
fn what_is_not_finished_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let outgoing = Outgoing::prepare(&place.path().join("out")).unwrap();
    outgoing.write("a/b.txt", b"x").unwrap();
    assert_eq!(names(place.path()), [".out.unfinished"]);
    drop(outgoing);
    assert!(names(place.path()).is_empty());
}

#[test]
fn what_is_finished_is_whole_in_a_new_folder_and_in_an_empty_one() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("empty")).unwrap();
    for name in ["new", "empty"] {
        let target = place.path().join(name);
        let outgoing = Outgoing::prepare(&target).unwrap();
        outgoing.write("a/b.txt", b"x").unwrap();
        outgoing.write("c.txt", b"y").unwrap();
        assert!(names(place.path()).contains(&format!(".{name}.unfinished")));
        assert!(!target.exists() || names(&target).is_empty(), "it can be seen too early");
        outgoing.finish().unwrap();
        assert_eq!(fs::read(target.join("a/b.txt")).unwrap(), b"x");
        assert_eq!(names(&target), ["a", "c.txt"]);
    }
    assert_eq!(names(place.path()), ["empty", "new"]);
}

#[test]
fn what_a_kill_left_is_cleared_by_the_next_one() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    let killed = Outgoing::prepare(&target).unwrap();
    killed.write("half.txt", b"x").unwrap();
    kill(killed);
    assert_eq!(names(place.path()), [".out.unfinished"]);
    let outgoing = Outgoing::prepare(&target).unwrap();
    outgoing.write("whole.txt", b"y").unwrap();
    outgoing.finish().unwrap();
    assert_eq!(names(place.path()), ["out"]);
    assert_eq!(names(&target), ["whole.txt"]);
}

#[test]
fn what_somebody_is_still_writing_is_left_to_them() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    let first = Outgoing::prepare(&target).unwrap();
    first.write("a.txt", b"x").unwrap();
    assert!(matches!(Outgoing::prepare(&target), Err(OutsideError::Busy(_))));
    first.finish().unwrap();
    assert_eq!(names(&target), ["a.txt"]);
}

#[test]
fn a_hidden_folder_of_somebody_else_is_kept() {
    let place = tempfile::tempdir().unwrap();
    let hidden = place.path().join(".out.unfinished");
    fs::create_dir(&hidden).unwrap();
    fs::write(hidden.join("mine.txt"), b"mine").unwrap();
    let refused = Outgoing::prepare(&place.path().join("out"));
    assert!(matches!(refused, Err(OutsideError::NotEmpty(at)) if at.contains(".out.unfinished")));
    assert_eq!(names(&hidden), ["mine.txt"]);
}

#[test]
fn a_folder_with_something_in_it_is_refused_and_kept() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("mine.txt"), b"mine").unwrap();
    assert!(matches!(Outgoing::prepare(&target), Err(OutsideError::NotEmpty(_))));
    fs::remove_file(target.join("mine.txt")).unwrap();
    // The same when it comes in while something is being written.
    let outgoing = Outgoing::prepare(&target).unwrap();
    outgoing.write("a.txt", b"x").unwrap();
    fs::write(target.join("mine.txt"), b"mine").unwrap();
    assert!(matches!(outgoing.finish(), Err(OutsideError::NotEmpty(_))));
    assert_eq!(names(&target), ["mine.txt"]);
    assert_eq!(names(place.path()), ["out"]);
}

#[test]
fn a_file_or_a_link_to_nowhere_is_no_target() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, b"mine").unwrap();
    assert!(matches!(Outgoing::prepare(&file), Err(OutsideError::NotAFolder(_))));
    let below = Outgoing::prepare(&place.path().join("no/out"));
    assert!(matches!(below, Err(OutsideError::Missing(_))));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", place.path().join("link")).unwrap();
        let refused = Outgoing::prepare(&place.path().join("link"));
        assert!(matches!(refused, Err(OutsideError::NotAFolder(_))));
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

/// Here because something was left inside, as in the folder that the program runs in.
#[test]
fn where_a_folder_cannot_be_replaced_its_entries_come_one_by_one() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    fs::create_dir(&target).unwrap();
    // What an earlier one left inside is cleared from inside.
    fs::create_dir_all(target.join(".unfinished").join(CONTENT)).unwrap();
    let outgoing = Outgoing::prepare(&target).unwrap();
    assert!(outgoing.is_inside);
    outgoing.write("a/b.txt", b"x").unwrap();
    outgoing.write("c.txt", b"y").unwrap();
    outgoing.finish().unwrap();
    assert_eq!(names(&target), ["a", "c.txt"]);
    assert_eq!(names(place.path()), ["out"]);
}

#[cfg(unix)]
#[test]
fn the_folder_that_the_user_made_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out");
    fs::create_dir(&target).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o750)).unwrap();
    let outgoing = Outgoing::prepare(&target).unwrap();
    outgoing.write("a.txt", b"x").unwrap();
    outgoing.finish().unwrap();
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o750);
}
