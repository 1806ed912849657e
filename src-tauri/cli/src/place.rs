//! Where may the program put an encrypted copy of a database for as long as it looks at a vault that
//! it must not write to? Deliberately absent: anything plain.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The program's own folder, the same as the window's; without one, the folder that `beside` lies in.
pub(crate) fn scratch(beside: &Path) -> PathBuf {
    let own = match std::env::var_os("LANTHAN_DATA_DIR") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => dirs::data_local_dir().map(|folder| folder.join("Lanthan")),
    };
    let usable = own.filter(|folder| fs::create_dir_all(folder).is_ok());
    usable.unwrap_or_else(|| match beside.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    })
}
