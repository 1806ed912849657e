//! What does the program remember outside of any vault?
//!
//! The folders of the last vaults, and where and on which day each was backed up, and nothing else: no
//! title, no party, no window contents. The window's size is kept by `window`. All lie in the user's
//! local data folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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

/// The last backup of a vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Backup {
    vault: PathBuf,
    /// The day it was made.
    pub(crate) day: Date,
    /// Where it lies.
    pub(crate) folder: PathBuf,
}

/// The last backup of a vault; `None` when none is known.
pub(crate) fn last_backup(vault: &Path) -> Option<Backup> {
    backups().into_iter().find(|backup| backup.vault == vault)
}

/// Remembers a backup in place of the one before. Forgetting is no fault worth an error: the backup is
/// made.
pub(crate) fn remember_backup(vault: &Path, folder: &Path, day: Date) {
    let all = with_backup(backups(), vault, folder, day);
    if let (Some(file), Ok(text)) = (named("backups.json"), serde_json::to_string(&all)) {
        let _ = fs::write(file, text);
    }
}

fn with_backup(mut all: Vec<Backup>, vault: &Path, folder: &Path, day: Date) -> Vec<Backup> {
    all.retain(|known| known.vault != vault);
    all.insert(0, Backup { vault: vault.to_owned(), day, folder: folder.to_owned() });
    all.truncate(MOST);
    all
}

fn backups() -> Vec<Backup> {
    let Some(file) = named("backups.json") else { return Vec::new() };
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn file() -> Option<PathBuf> {
    named("vaults.json")
}

fn named(name: &str) -> Option<PathBuf> {
    Some(folder()?.join(name))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn one_backup_a_vault_is_remembered_the_latest() {
        let (one, two) = (Path::new("one.lanthan"), Path::new("two.lanthan"));
        let all = with_backup(Vec::new(), one, Path::new("first"), date(2026, 11, 1));
        let all = with_backup(all, two, Path::new("other"), date(2026, 11, 2));
        let all = with_backup(all, one, Path::new("second"), date(2026, 11, 3));
        let known: Vec<_> = all.iter().map(|backup| (&*backup.folder, backup.day)).collect();
        let second = (Path::new("second"), date(2026, 11, 3));
        assert_eq!(known, [second, (Path::new("other"), date(2026, 11, 2))]);
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Backup>>(&text).unwrap(), all);
    }
}
