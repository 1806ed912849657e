//! Is the folder whole, and is every change of it found?

use std::{collections::BTreeSet, fs, ops::ControlFlow, path::Path};

use super::fixture::{about, content, silent, with_exhibits};
use crate::{
    Discrepancy, MANIFEST_NAME, NOTE_NAME, PDF_NAME, PackageError, SUMS_NAME, Stage, verify, write,
};

fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (content, mut given) = with_exhibits();
    let written = write(&content, &about(), &mut given, folder.path(), &mut silent).unwrap();
    assert_eq!(written.files[0].pages, Some(written.pages));
    folder
}

fn blamed(folder: &Path) -> Vec<String> {
    let all = verify(folder).unwrap_err();
    all.into_iter().map(|Discrepancy { file, .. }| file).collect()
}

#[test]
fn a_package_verifies_and_two_writings_are_the_same() {
    let (one, two) = (written(), written());
    let verified = verify(one.path()).unwrap();
    assert_eq!(verified.files, 4);
    for name in [PDF_NAME, MANIFEST_NAME, NOTE_NAME, SUMS_NAME] {
        let read = |folder: &tempfile::TempDir| fs::read(folder.path().join(name)).unwrap();
        assert!(read(&one) == read(&two), "{name}");
    }
}

#[test]
fn the_checksums_cover_every_other_file() {
    let folder = written();
    let sums = fs::read_to_string(folder.path().join(SUMS_NAME)).unwrap();
    let names: Vec<&str> = sums.lines().map(|line| &line[66..]).collect();
    assert_eq!(names, [NOTE_NAME, MANIFEST_NAME, PDF_NAME]);
}

#[test]
fn the_note_says_in_both_languages_how_to_check() {
    let note = fs::read_to_string(written().path().join(NOTE_NAME)).unwrap();
    assert!(note.contains("Check: sha256sum -c SHA256SUMS"), "{note}");
    assert!(note.contains("核对：sha256sum -c SHA256SUMS"), "{note}");
}

#[test]
fn any_flipped_byte_of_the_small_files_is_found_and_the_file_named() {
    let folder = written();
    for name in [MANIFEST_NAME, NOTE_NAME, SUMS_NAME] {
        let path = folder.path().join(name);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            // A different bit each time, also the one between capital and small letters.
            flipped[at] ^= 1 << (at % 8);
            fs::write(&path, &flipped).unwrap();
            assert!(blamed(folder.path()).contains(&name.to_owned()), "{name} at {at}");
        }
        fs::write(&path, &whole).unwrap();
    }
    assert!(verify(folder.path()).is_ok());
}

#[test]
fn a_flipped_byte_anywhere_in_the_pdf_is_found_and_only_the_pdf_named() {
    let folder = written();
    let path = folder.path().join(PDF_NAME);
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 40).chain([whole.len() - 1]) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x20;
        fs::write(&path, &flipped).unwrap();
        let names: BTreeSet<_> = blamed(folder.path()).into_iter().collect();
        assert_eq!(names, BTreeSet::from([PDF_NAME.to_owned()]), "at {at}");
    }
}

#[test]
fn missing_foreign_and_shortened_files_are_named() {
    let folder = written();
    fs::write(folder.path().join("extra.txt"), "more").unwrap();
    fs::remove_file(folder.path().join(NOTE_NAME)).unwrap();
    fs::write(folder.path().join(MANIFEST_NAME), "{}").unwrap();
    let names = blamed(folder.path());
    for name in ["extra.txt", NOTE_NAME, MANIFEST_NAME] {
        assert!(names.contains(&name.to_owned()), "{name} in {names:?}");
    }
    assert!(verify(&folder.path().join("nowhere")).is_err());
}

#[test]
fn a_pdf_that_was_exchanged_with_its_checksums_does_not_fit_the_manifest() {
    let folder = written();
    let other = tempfile::tempdir().unwrap();
    write(&content(), &about(), &mut super::fixture::Given::default(), other.path(), &mut silent)
        .unwrap();
    for name in [PDF_NAME, SUMS_NAME] {
        fs::copy(other.path().join(name), folder.path().join(name)).unwrap();
    }
    assert!(blamed(folder.path()).contains(&PDF_NAME.to_owned()));
}

#[test]
fn stopping_at_any_step_leaves_no_file() {
    let (content, given) = with_exhibits();
    let mut stages = BTreeSet::new();
    for stop_at in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let mut step = 0;
        let mut progress = |stage: Stage, _: u32, _: u32| {
            stages.insert(stage.word());
            step += 1;
            if step > stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        match write(&content, &about(), &mut given.clone(), folder.path(), &mut progress) {
            Ok(_) => break,
            Err(error) => assert!(matches!(error, PackageError::Cancelled), "{error}"),
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "step {stop_at}");
    }
    assert_eq!(stages, BTreeSet::from(["prepare", "typeset", "bind", "check", "write"]));
}

#[test]
fn a_folder_that_is_not_empty_or_not_there_is_refused_before_any_work() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("own"), "mine").unwrap();
    for path in [folder.path().to_owned(), folder.path().join("new"), folder.path().join("own")] {
        let mut none = super::fixture::Given::default();
        let mut asked = |_: Stage, _: u32, _: u32| panic!("work was begun");
        let error = write(&content(), &about(), &mut none, &path, &mut asked).unwrap_err();
        assert_eq!(error.code(), "package-folder");
    }
    assert_eq!(fs::read(folder.path().join("own")).unwrap(), b"mine");
}
