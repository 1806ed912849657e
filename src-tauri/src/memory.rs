//! What does the program remember outside of any vault?
//!
//! The folders of the last vaults, and nothing else: no title, no party, no window contents. The
//! window's size is kept by `window`. Both lie in the user's local data folder.

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
    fs::create_dir_all(&folder).ok()?;
    Some(folder)
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
    let mut all = read();
    all.retain(|known| known != vault);
    all.insert(0, vault.to_owned());
    all.truncate(MOST);
    if let (Some(file), Ok(text)) = (file(), serde_json::to_string(&all)) {
        let _ = fs::write(file, text);
    }
}

fn file() -> Option<PathBuf> {
    Some(folder()?.join("vaults.json"))
}
