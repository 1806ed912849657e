//! How can something be deleted when the disk is full?
//!
//! Deleting needs a little room for the database's log. The ballast is 4 MiB that can be given up for
//! it. Deliberately absent: any content; it is random, so that no file system stores it smaller.

use std::path::Path;

use crate::{Result, VaultError, durable, keys::random};

const NAME: &str = "ballast";
const LENGTH: usize = 4 * 1024 * 1024;

/// Puts the ballast into the folder, if it is not there.
pub(super) fn take_on(folder: &Path) -> Result<()> {
    let path = folder.join(NAME);
    if path.exists() {
        return Ok(());
    }
    let mut bytes = vec![0; LENGTH];
    random(&mut bytes)?;
    durable::write_new(&path, &bytes).map_err(|source| {
        // Half a ballast on a full disk would help nobody.
        let _ = durable::remove_if_there(&path);
        VaultError::io(&path, source)
    })
}

/// Gives the ballast up.
pub(super) fn throw_off(folder: &Path) -> Result<()> {
    let path = folder.join(NAME);
    durable::remove_if_there(&path).map_err(|source| VaultError::io(&path, source))
}
