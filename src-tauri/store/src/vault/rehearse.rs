//! Would a backup really bring everything back?
//!
//! Opened with the passphrase as on the day it is needed, read to its last byte, and compared.
//! Nothing of it is written.

use std::path::Path;

use super::{Checked, Progress, Vault};
use crate::{Contents, Result};

/// What the rehearsal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// What the backup contains.
    pub contents: Contents,
    /// True when that is exactly what the vault contains now; false when one of them is newer.
    pub is_current: bool,
    /// What reading every byte of it found.
    pub checked: Checked,
}

impl Vault {
    /// Opens a backup of this vault with its passphrase, reads all of it, and compares.
    ///
    /// # Errors
    ///
    /// As [`Vault::open_read_only`] and [`Vault::check`].
    pub fn rehearse(
        &self,
        backup: &Path,
        passphrase: &str,
        scratch: &Path,
        progress: Progress<'_>,
    ) -> Result<Rehearsal> {
        let copy = Self::open_read_only(backup, passphrase, scratch)?;
        let checked = copy.check(progress)?;
        let contents = copy.contents()?;
        let is_current = copy.keys.vault == self.keys.vault && contents == self.contents()?;
        copy.close()?;
        Ok(Rehearsal { contents, is_current, checked })
    }
}
