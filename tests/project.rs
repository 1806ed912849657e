//! Where is the project, and which files belong to it?
//!
//! Deliberately absent: what lies about and is ignored by git, such as build results.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use crate::start;

/// The top of the project.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie inside the project")
}

/// Every file of the project as a path from its top with `/`, sorted: what git keeps and what it
/// would keep.
#[must_use]
pub fn files() -> &'static [String] {
    static FILES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let answer = start::answer(Command::new("git").args(list).current_dir(root()));
        let answer = answer.expect("git must be installed to know the project's files");
        assert!(answer.status.success(), "the project must lie in a git folder to be judged");
        let names = String::from_utf8(answer.stdout).expect("file names are UTF-8");
        let mut files: Vec<String> = names
            .split_terminator('\0')
            .filter(|path| root().join(path).is_file())
            .map(str::to_owned)
            .collect();
        files.sort();
        files.dedup();
        files
    });
    &FILES
}

/// The files with one of these endings, such as `.rs`.
pub fn files_ending(endings: &[&str]) -> impl Iterator<Item = &'static str> {
    files().iter().map(String::as_str).filter(|f| endings.iter().any(|end| f.ends_with(end)))
}

/// The text of a project file.
#[must_use]
pub fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A place for the files of one test, removed when dropped; never the system's temporary folder.
#[must_use]
pub fn place() -> tempfile::TempDir {
    let beside = built().join("places");
    fs::create_dir_all(&beside).expect("the target folder can be written");
    tempfile::Builder::new().prefix("test-").tempdir_in(beside).expect("a place can be made")
}

/// The folder in which the programs lie that cargo built, such as `target/debug`.
#[must_use]
pub fn built() -> PathBuf {
    let test = std::env::current_exe().expect("a program knows where it lies");
    let deps = test.parent().expect("a program lies in a folder");
    deps.parent().expect("tests lie in `deps`").to_owned()
}
