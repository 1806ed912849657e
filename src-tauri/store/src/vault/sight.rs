//! How is a list of exhibits shown without opening every original?
//!
//! Small things that follow from an original are kept beside it, encrypted. They are a convenience:
//! nothing depends on them, and they are made anew when they are missing. Deliberately absent: what
//! they look like.

use lanthan_core::id::{DossierId, ExhibitId};

use super::Vault;
use crate::{ObjectId, Result, table::sight as table};

/// What is seen of an original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// The original.
    pub object: ObjectId,
    /// Its pages, as a text.
    pub pages: String,
    /// A thumbnail of at most [`MAX_THUMBNAIL_BYTES`](crate::MAX_THUMBNAIL_BYTES); a longer one is left out.
    pub thumbnail: Option<Vec<u8>>,
}

impl Vault {
    /// Keeps what is seen of some originals, in one transaction. `rules` is the version of whatever made
    /// it. In a vault that may only be read nothing is kept.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the vault cannot be written.
    pub fn keep_sights(&mut self, rules: u32, sights: &[Sight]) -> Result<()> {
        if self.is_read_only() || sights.is_empty() {
            return Ok(());
        }
        self.changing()?.write(|tx| {
            for Sight { object, pages, thumbnail } in sights {
                table::keep_pages(tx, *object, rules, pages)?;
                if let Some(jpeg) = thumbnail {
                    table::keep_thumbnail(tx, *object, rules, jpeg)?;
                }
            }
            Ok(())
        })
    }

    /// Keeps a thumbnail alone, as [`Vault::keep_sights`].
    ///
    /// # Errors
    ///
    /// As [`Vault::keep_sights`].
    pub fn keep_thumbnail(&mut self, object: ObjectId, rules: u32, jpeg: &[u8]) -> Result<()> {
        if self.is_read_only() {
            return Ok(());
        }
        self.changing()?.write(|tx| table::keep_thumbnail(tx, object, rules, jpeg))
    }

    /// The thumbnail of an original as it was kept under these rules.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn thumbnail(&self, object: ObjectId, rules: u32) -> Result<Option<Vec<u8>>> {
        table::thumbnail(self.database.read()?, object, rules)
    }

    /// The exhibits of a dossier whose thumbnail was kept under these rules, sorted.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn shown(&self, dossier: &DossierId, rules: u32) -> Result<Vec<ExhibitId>> {
        table::shown(self.database.read()?, dossier, rules)
    }

    /// The pages of a dossier's exhibits as they were kept under these rules, sorted by exhibit;
    /// those of others are missing.
    ///
    /// # Errors
    ///
    /// [`VaultError`](crate::VaultError) when the database cannot be read.
    pub fn pages(&self, dossier: &DossierId, rules: u32) -> Result<Vec<(ExhibitId, String)>> {
        table::pages(self.database.read()?, dossier, rules)
    }
}
