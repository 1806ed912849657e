//! Is every byte of the vault still what was written, and if not, what is lost?
//!
//! Damage is a value, not an error: everything else stays usable, and the user learns which exhibits
//! to add again. Deliberately absent: mending; a backup does that.

use std::io;

use lanthan_core::id::{DossierId, ExhibitId};

use super::{Progress, Stray, Vault};
use crate::{
    Damage, DatabaseDamage, LedgerHead, ObjectId, Result, VaultError,
    database::Database,
    keys::Copies,
    object::{Expected, Owner, Place, Reader},
    table,
};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Originals that were read.
    pub objects: u64,
    /// Their length in bytes.
    pub size_bytes: u64,
    /// Originals that are not what was stored.
    pub damaged: Vec<Damaged>,
    /// What is wrong with the database; `None` when each page and each row is right.
    pub database: Option<DatabaseDamage>,
    /// The end of the ledger; `None` when its chain is broken.
    pub ledger: Option<LedgerHead>,
    /// True when both key files are whole and the same.
    pub keys_agree: bool,
    /// What does not belong into the folder.
    pub strays: Vec<Stray>,
}

/// An original that is not what was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Its name in the vault.
    pub object: ObjectId,
    /// What is wrong with it.
    pub what: Damage,
    /// The exhibits that show it now; none when only an older version of a dossier does.
    pub exhibits: Vec<(DossierId, ExhibitId)>,
}

impl Checked {
    /// True when nothing is damaged. Strays are no damage.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.damaged.is_empty()
            && self.database.is_none()
            && self.ledger.is_some()
            && self.keys_agree
    }
}

impl Vault {
    /// Reads every byte of the vault and names what is damaged.
    ///
    /// # Errors
    ///
    /// [`VaultError::Cancelled`] when `progress` breaks; [`VaultError`] when so much of the database
    /// is damaged that it cannot be said what the vault contains.
    pub fn check(&self, progress: Progress<'_>) -> Result<Checked> {
        let database = match self.database.check() {
            Ok(()) => None,
            Err(VaultError::DatabaseDamaged(what)) => Some(what),
            Err(VaultError::DiskFull) => return Err(VaultError::DiskFull),
            // Whatever else keeps it from being read: that is what is wrong with it.
            Err(_) => Some(DatabaseDamage::Unreadable),
        };
        let objects = table::object::all(self.database.read()?)?;
        let total = objects.iter().map(|object| object.size_bytes).sum();
        let mut damaged = Vec::new();
        let mut done = 0;
        for object in &objects {
            if progress(done, total).is_break() {
                return Err(VaultError::Cancelled);
            }
            if let Some(found) = self.damage(*object)? {
                damaged.push(found);
            }
            done += object.size_bytes;
        }
        // The work is done: whether to go on is no longer a question.
        let _ = progress(total, total);
        Ok(Checked {
            objects: objects.len() as u64,
            size_bytes: total,
            damaged,
            database,
            ledger: self.verify_ledger().ok(),
            keys_agree: Copies::read(&self.folder).is_ok_and(|copies| copies.agree()),
            strays: Self::strays(&self.folder)?,
        })
    }

    /// Reads an original; `None` when it is whole.
    pub(super) fn damage(&self, expected: Expected) -> Result<Option<Damaged>> {
        damage(&self.place, self.owner(), &self.database, expected)
    }
}

/// Reads an original of a place; `None` when it is whole. `database` names the exhibits that show it.
pub(super) fn damage(
    place: &Place,
    owner: Owner<'_>,
    database: &Database,
    expected: Expected,
) -> Result<Option<Damaged>> {
    let read =
        Reader::open(place, owner, expected).and_then(|reader| reader.copy_to(&mut io::sink()));
    let what = match read {
        Ok(()) => return Ok(None),
        Err(VaultError::ObjectDamaged { what, .. }) => what,
        Err(VaultError::Io { .. } | VaultError::NoPermission(_)) => Damage::Unreadable,
        Err(error) => return Err(error),
    };
    let exhibits = table::object::named_by(database.read()?, expected.id)?;
    Ok(Some(Damaged { object: expected.id, what, exhibits }))
}
