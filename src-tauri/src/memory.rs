//! What does the program remember outside of any vault?
//!
//! The folders of the last vaults, and nothing else: no title, no party, no window contents; where
//! backups lie is known in the vault. The window's size is kept by `window`. All lie in the user's local
//! data folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// How many vaults are remembered.
const MOST: usize = 6;

/// The program's own folder, made when it is missing; `None` on a system without one.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = match std::env::var_os("LANTHAN_DATA_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => dirs::data_local_dir()?.join("Lanthan"),
    };
    let mut making = fs::DirBuilder::new();
    // Its owner's alone: even where somebody's vaults lie is nobody else's business.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.recursive(true).create(&folder).ok()?;
    Some(folder)
}

/// Where an encrypted copy of a database may lie while a vault that must not be written is looked at:
/// the program's own folder; without one, the folder that `vault` lies in.
pub(crate) fn scratch(vault: &Path) -> PathBuf {
    folder().or_else(|| vault.parent().map(Path::to_owned)).unwrap_or_else(|| PathBuf::from("."))
}

/// Where a new vault is proposed.
pub(crate) fn suggested() -> PathBuf {
    let place = dirs::document_dir().or_else(dirs::home_dir).unwrap_or_else(|| PathBuf::from("."));
    place.join("Evidence.lanthan")
}

/// The folders of the last vaults that are still there, the latest first.
pub(crate) fn recent() -> Vec<PathBuf> {
    read().into_iter().filter(|vault| vault.is_dir()).collect()
}

fn read() -> Vec<PathBuf> {
    let Some(file) = file() else { return Vec::new() };
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Remembers a vault. Forgetting is no fault worth an error: the path can be typed.
pub(crate) fn remember(vault: &Path) {
    // A path from where the program was started leads nowhere the next time.
    let vault = std::path::absolute(vault).unwrap_or_else(|_| vault.to_owned());
    let mut all = read();
    all.retain(|known| *known != vault);
    all.insert(0, vault);
    all.truncate(MOST);
    if let (Some(file), Ok(text)) = (file(), serde_json::to_string(&all)) {
        let _ = fs::write(file, text);
    }
}

fn file() -> Option<PathBuf> {
    Some(folder()?.join("vaults.json"))
}
