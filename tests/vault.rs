//! How does a test get a vault without waiting for a costly passphrase?

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use lanthan_api::{KdfCost, Workspace, progress};
use tempfile::TempDir;

use crate::{
    args, cli,
    dossier::{DAY, OpenDossier},
    folder::{Snapshot, snapshot},
    project,
    start::in_between,
};

/// The passphrase of every vault made here.
pub const PASSPHRASE: &str = "a passphrase that is used in tests only";

/// A vault in a place of its own, made with the smallest cost of the passphrase. It is closed, so
/// that the terminal program can open it.
#[derive(Debug)]
pub struct TestVault {
    place: TempDir,
}

impl TestVault {
    /// An empty vault.
    ///
    /// # Panics
    ///
    /// When it cannot be made.
    #[must_use]
    pub fn new() -> Self {
        let vault = Self { place: project::place() };
        fs::write(vault.passphrase_file(), format!("{PASSPHRASE}\n")).unwrap();
        let made = Workspace::create(&vault.folder(), PASSPHRASE, KdfCost::SMALLEST);
        made.expect("a vault can be made").0.close().expect("it can be closed");
        vault
    }

    /// A vault that holds one dossier.
    ///
    /// # Panics
    ///
    /// When the dossier is refused.
    #[must_use]
    pub fn with(dossier: &OpenDossier) -> Self {
        let vault = Self::new();
        let folder = dossier.write(&vault.beside("dossier"));
        let mut workspace = vault.open();
        workspace.load(&folder, DAY, &mut progress::silent).expect("the dossier is taken");
        workspace.close().unwrap();
        vault
    }

    /// Opens it in this process.
    ///
    /// # Panics
    ///
    /// When it does not open.
    #[must_use]
    pub fn open(&self) -> Workspace {
        in_between(|| Workspace::open(&self.folder(), PASSPHRASE)).expect("the vault opens")
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.place.path().join("test.lanthan")
    }

    /// A file with its passphrase.
    #[must_use]
    pub fn passphrase_file(&self) -> PathBuf {
        self.beside("passphrase.txt")
    }

    /// A path beside the vault, for what comes out of it.
    #[must_use]
    pub fn beside(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// The arguments that name and open it.
    #[must_use]
    pub fn args(&self) -> Vec<OsString> {
        args!["--vault", self.folder(), "--passphrase-file", self.passphrase_file()]
    }

    /// Runs a command on it: words first, then what names the vault.
    #[must_use]
    pub fn run(&self, words: Vec<OsString>) -> cli::Ran {
        cli::run(words.into_iter().chain(self.args()))
    }

    /// Runs `dossier load` of a folder.
    #[must_use]
    pub fn load(&self, folder: &Path) -> cli::Ran {
        self.run(args!["dossier", "load", folder, "--day", DAY.to_string()])
    }

    /// Runs `release` of the dossier `test` to a party.
    #[must_use]
    pub fn release(&self, to: &str, out: &Path) -> cli::Ran {
        let day = DAY.to_string();
        self.run(args!["release", "--dossier", "test", "--to", to, "--out", out, "--day", day])
    }

    /// Every byte of it.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        snapshot(&self.folder())
    }
}

impl Default for TestVault {
    fn default() -> Self {
        Self::new()
    }
}
