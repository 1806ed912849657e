//! Is every change of a released package found, and the changed file named?

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use lanthan_api::{Error, verify::verify};
use lanthan_tests::{
    args, cli,
    dossier::OpenDossier,
    folder::{self, contents},
    project, sample, tools,
    vault::TestVault,
};

/// A package so small that it can be checked thousands of times.
fn small_package(vault: &TestVault) -> PathBuf {
    let out = vault.beside("package");
    let _ = vault.release("supplier", &out).done();
    out
}

/// The files that a check of the package names; none when it is content.
fn named(package: &Path) -> Vec<String> {
    match verify(package) {
        Ok(_) => Vec::new(),
        Err(Error::Differs(all)) => all.into_iter().map(|one| one.file).collect(),
        Err(other) => panic!("{other}"),
    }
}

/// Flips one bit of a byte, checks, and puts it back.
fn flip(package: &Path, name: &str, bytes: &[u8], at: usize) {
    let mut changed = bytes.to_vec();
    changed[at] ^= 1 << (at % 8);
    fs::write(package.join(name), &changed).unwrap();
    let found = named(package);
    assert!(found.contains(&name.to_owned()), "byte {at} of {name}: only {found:?} named");
}

#[test]
fn every_byte_of_the_small_files_counts() {
    let vault = TestVault::with(&OpenDossier::small());
    let package = small_package(&vault);
    let files = contents(&package);
    assert_eq!(named(&package), Vec::<String>::new());
    thread::scope(|scope| {
        for (name, bytes) in files.iter().filter(|(name, _)| *name != "package.pdf") {
            let copy = vault.beside(&format!("copy of {name}"));
            folder::copy(&package, &copy);
            scope.spawn(move || {
                for at in 0..bytes.len() {
                    flip(&copy, name, bytes, at);
                }
                fs::write(copy.join(name), bytes).unwrap();
                assert_eq!(named(&copy), Vec::<String>::new(), "put back, it is whole again");
            });
        }
    });
}

#[test]
fn bytes_all_over_the_paper_count() {
    let place = project::place();
    let package = place.path().join("package");
    folder::copy(&sample::made().package, &package);
    let bytes = fs::read(package.join("package.pdf")).unwrap();
    let last = bytes.len() - 1;
    let spread = (0..12).map(|part| last * part / 12);
    for at in spread.chain([1, 7, last - 6, last]) {
        flip(&package, "package.pdf", &bytes, at);
    }
}

#[test]
fn a_file_cut_short_lengthened_gone_or_new_is_named() {
    let vault = TestVault::with(&OpenDossier::small());
    let package = small_package(&vault);
    for (name, bytes) in contents(&package) {
        let at = package.join(&name);
        fs::write(&at, &bytes[..bytes.len() - 1]).unwrap();
        assert!(named(&package).contains(&name), "{name} cut short");
        fs::write(&at, [&bytes[..], b"\n"].concat()).unwrap();
        assert!(named(&package).contains(&name), "{name} lengthened");
        fs::write(&at, b"").unwrap();
        assert!(named(&package).contains(&name), "{name} emptied");
        fs::remove_file(&at).unwrap();
        assert!(named(&package).contains(&name), "{name} gone");
        fs::write(&at, &bytes).unwrap();
    }
    fs::write(package.join("extra.txt"), "more").unwrap();
    assert_eq!(named(&package), ["extra.txt"]);
    fs::remove_file(package.join("extra.txt")).unwrap();
    fs::create_dir(package.join("more")).unwrap();
    assert_eq!(named(&package), ["more"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_right_bytes_is_no_file_of_the_package() {
    let vault = TestVault::with(&OpenDossier::small());
    let package = small_package(&vault);
    let elsewhere = vault.beside("note elsewhere");
    fs::rename(package.join("NOTE.txt"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, package.join("NOTE.txt")).unwrap();
    assert!(named(&package).contains(&"NOTE.txt".to_owned()));
}

#[test]
fn the_terminal_names_the_changed_file_and_says_what_to_do() {
    let vault = TestVault::with(&OpenDossier::small());
    let package = small_package(&vault);
    for name in contents(&package).into_keys() {
        let at = package.join(&name);
        let bytes = fs::read(&at).unwrap();
        let mut changed = bytes.clone();
        changed[bytes.len() / 2] ^= 0x10;
        fs::write(&at, &changed).unwrap();
        let ran = cli::run(args!["verify", package]);
        ran.refused(3, "package-differs", &name);
        ran.advises("package-differs");
        fs::write(&at, &bytes).unwrap();
    }
    let _ = cli::run(args!["verify", package]).done();
    let nowhere = vault.beside("nowhere");
    cli::run(args!["verify", nowhere]).refused(3, "package-differs", "nowhere");
}

#[test]
fn sha256sum_accepts_the_checksums() {
    let folder = &sample::made().package;
    let check = "cd \"$1\" && sha256sum --check --strict SHA256SUMS";
    let said = tools::praised("sh", args!["-c", check, "sh", folder]);
    assert_eq!(said, "NOTE.txt: OK\nmanifest.json: OK\npackage.pdf: OK\n");
}
