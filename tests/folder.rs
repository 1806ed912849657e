//! What lies in a folder, byte for byte?

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

use sha2::{Digest, Sha256};

/// Every entry below a folder by its path from there, with the SHA-256 of a file's bytes.
pub type Snapshot = BTreeMap<String, String>;

/// Looks at a folder; an absent one has no entries.
#[must_use]
pub fn snapshot(folder: &Path) -> Snapshot {
    let mut found = Snapshot::new();
    walk(folder, "", &mut |path, at| {
        let kind = fs::symlink_metadata(at).unwrap().file_type();
        let what = if kind.is_symlink() {
            "link".to_owned()
        } else if kind.is_dir() {
            "folder".to_owned()
        } else {
            sha256(&fs::read(at).unwrap())
        };
        found.insert(path.to_owned(), what);
    });
    found
}

/// Holds that nothing was added, removed or changed between two looks.
///
/// # Panics
///
/// With the names of what was.
#[track_caller]
pub fn unchanged(now: &Snapshot, before: &Snapshot, what: &str) {
    let names: BTreeSet<&String> = now.keys().chain(before.keys()).collect();
    let changed: Vec<_> = names.into_iter().filter(|n| now.get(*n) != before.get(*n)).collect();
    assert!(changed.is_empty(), "{what} has changed: {changed:?}");
}

/// Every ordinary file below a folder by its path from there, with its bytes.
#[must_use]
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    walk(folder, "", &mut |path, at| {
        if fs::symlink_metadata(at).unwrap().is_file() {
            found.insert(path.to_owned(), fs::read(at).unwrap());
        }
    });
    found
}

/// The paths of the ordinary files below a folder.
#[must_use]
pub fn names(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(folder, "", &mut |path, at| {
        if fs::symlink_metadata(at).unwrap().is_file() {
            found.insert(path.to_owned());
        }
    });
    found
}

/// Copies the ordinary files of a folder and of those below it.
pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in contents(from) {
        let at = to.join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, bytes).unwrap();
    }
}

/// The SHA-256 of some bytes in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn walk(folder: &Path, prefix: &str, see: &mut dyn FnMut(&str, &Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().expect("names are UTF-8");
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        see(&path, &entry.path());
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &path, see);
        }
    }
}
