//! Does a dossier come out of a vault as it went in?

use std::fs;

use lanthan_core::{dossier::Dossier, interchange};
use lanthan_tests::{
    args,
    dossier::{DAY, OpenDossier},
    folder::{contents, copy, snapshot},
    hostile, sample,
    vault::TestVault,
};

fn read(folder: &std::path::Path) -> Dossier {
    interchange::read(&fs::read_to_string(folder.join("dossier.json")).unwrap()).unwrap()
}

/// Loads a folder into a vault of its own and exports it again.
fn there_and_back(folder: &std::path::Path, id: &str) -> (TestVault, std::path::PathBuf) {
    let vault = TestVault::new();
    let loaded = vault.run(args!["dossier", "load", folder, "--day", DAY.to_string(), "--json"]);
    assert_eq!(loaded.done().json()["dossier"], id);
    let out = vault.beside("out");
    let ran = vault.run(args!["dossier", "export", "--dossier", id, "--out", out]).done();
    assert!(ran.err.contains("not encrypted"), "{}", ran.err);
    (vault, out)
}

#[test]
fn load_export_load_export_gives_the_same_bytes() {
    let id = sample::dossier().id.to_string();
    let (_first, once) = there_and_back(&sample::folder(), &id);
    let (_second, twice) = there_and_back(&once, &id);
    assert_eq!(snapshot(&once), snapshot(&twice));
    for (path, bytes) in sample::files() {
        assert!(fs::read(once.join(&path)).unwrap() == bytes, "{path} differs");
    }
    assert_eq!(contents(&once).len(), sample::files().len() + 1, "nothing more is written");
}

#[test]
fn an_export_adds_only_what_was_found_out_about_the_files() {
    let given = sample::dossier();
    let (_vault, out) = there_and_back(&sample::folder(), given.id.as_str());
    let mut exported = read(&out);
    let mut expected = given;
    for (exported, given) in exported.exhibits.iter_mut().zip(&mut expected.exhibits) {
        // The widths of masks go by steps, whoever wrote them.
        for mask in &mut given.masks {
            mask.area = mask.area.snapped();
        }
        let original = exported.original.take().expect("its original is described");
        let bytes = fs::read(out.join(&exported.path)).unwrap();
        assert_eq!(original.sha256, lanthan_tests::folder::sha256(&bytes));
        assert_eq!(original.size_bytes, bytes.len() as u64);
        given.original = None;
    }
    assert_eq!(exported, expected);
}

#[test]
fn a_small_dossier_with_files_in_folders_goes_there_and_back() {
    let dossier = OpenDossier::small()
        .exhibit("deep", "photos/2026/a b.jpg", hostile::jpeg(32, 16))
        .exhibit("chinese", "照片/现场.jpg", hostile::jpeg(16, 32));
    let place = lanthan_tests::project::place();
    let folder = dossier.write(&place.path().join("in"));
    let (_vault, out) = there_and_back(&folder, "test");
    for (path, bytes) in &dossier.files {
        assert_eq!(&fs::read(out.join(path)).unwrap(), bytes, "{path}");
    }
}

#[test]
fn an_exported_dossier_that_was_tampered_with_is_refused() {
    let place = lanthan_tests::project::place();
    let folder = OpenDossier::small().write(&place.path().join("in"));
    let (vault, out) = there_and_back(&folder, "test");
    let tampered = vault.beside("tampered");
    copy(&out, &tampered);
    fs::write(tampered.join("photo.jpg"), hostile::jpeg(100, 100)).unwrap();
    let fresh = TestVault::new();
    fresh.load(&tampered).refused(3, "other-file", "photo.jpg");
}
