//! Is a package still what was released? Answered without a vault.

use std::path::Path;

use crate::{Error, Result};

/// Checks a package folder by its own manifest and checksums.
///
/// # Errors
///
/// [`Error::Differs`] naming every file that differs, is missing or does not belong.
pub fn verify(folder: &Path) -> Result<lanthan_package::Verified> {
    lanthan_package::verify(folder).map_err(Error::Differs)
}
