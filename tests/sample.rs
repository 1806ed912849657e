//! What comes of the sample dossier, made once for every test that only looks at it?

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use lanthan_core::{
    dossier::{Dossier, Role},
    interchange,
    leak::Guard,
};
use serde_json::Value;

use crate::{
    args, cli,
    dossier::DAY,
    project::{self, root},
};

/// The passphrase of the sample vault.
pub use lanthan_api::sample::PASSPHRASE;

/// What `lanthan-cli sample` made.
#[derive(Debug)]
pub struct Made {
    /// The package's folder.
    pub package: PathBuf,
    /// The vault that it came from.
    pub vault: PathBuf,
    /// The answer in JSON.
    pub answer: Value,
}

/// The sample package, made by the terminal program at the first call; to be looked at only.
#[must_use]
pub fn made() -> &'static Made {
    static MADE: LazyLock<Made> = LazyLock::new(|| {
        let place = project::built().join("places").join("sample");
        // What an earlier run left; a run of its own removes nothing at its end.
        let _ = fs::remove_dir_all(&place);
        fs::create_dir_all(&place).unwrap();
        let (package, vault) = (place.join("package"), place.join("sample.lanthan"));
        let day = DAY.to_string();
        let call = args!["sample", "--out", package, "--vault", vault, "--day", day, "--json"];
        let answer = cli::run(call).done().json();
        Made { package, vault, answer }
    });
    &MADE
}

/// The finished PDF.
#[must_use]
pub fn pdf() -> PathBuf {
    made().package.join("package.pdf")
}

/// The manifest.
#[must_use]
pub fn manifest() -> Value {
    let text = fs::read_to_string(made().package.join("manifest.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The folder with the sample dossier in its open form.
#[must_use]
pub fn folder() -> PathBuf {
    root().join("assets/sample")
}

/// The sample dossier as it is carried.
#[must_use]
pub fn dossier() -> Dossier {
    let text = fs::read_to_string(folder().join("dossier.json")).unwrap();
    interchange::read(&text).expect("the sample can be read")
}

/// The bytes of the sample's exhibits by the name of their file.
#[must_use]
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let read = |path: String| {
        let bytes = fs::read(folder().join(&path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        (path, bytes)
    };
    dossier().exhibits.into_iter().map(|exhibit| read(exhibit.path)).collect()
}

/// Every string of the sample that must not leave: its protected terms, and the customers' names.
#[must_use]
pub fn secrets() -> Vec<String> {
    let dossier = dossier();
    let mut secrets: Vec<String> = Guard::of(&dossier).terms().map(str::to_owned).collect();
    for party in dossier.parties.iter().filter(|p| p.roles.contains(&Role::DownstreamCustomer)) {
        for name in [&party.profile.name, &party.profile.name_local, &party.profile.name_zh] {
            if !name.is_empty() && !secrets.contains(name) {
                secrets.push(name.clone());
            }
        }
    }
    secrets
}

/// A copy of the sample in a folder of its own, with its `dossier.json` changed.
///
/// # Panics
///
/// When it cannot be written.
pub fn copy_changed(to: &Path, change: impl FnOnce(&mut Value)) {
    crate::folder::copy(&folder(), to);
    let at = to.join("dossier.json");
    let mut json: Value = serde_json::from_str(&fs::read_to_string(&at).unwrap()).unwrap();
    change(&mut json["dossier"]);
    fs::write(at, json.to_string()).unwrap();
}
