//! How do originals come in, and how are they read?

use std::{
    io::{Read, Write},
    ops::ControlFlow,
};

use zeroize::Zeroizing;

use super::Vault;
use crate::{
    Meta, ObjectId, Result, StoredObject, VaultError,
    object::{self, Reader},
    table::object as table,
};

impl Vault {
    /// Takes an original in, in constant memory. It stays loose until a dossier names it: the next
    /// opening or closing removes it otherwise.
    ///
    /// `progress` hears the bytes that are done, after each chunk of 256 KiB.
    ///
    /// # Errors
    ///
    /// [`VaultError::Cancelled`] when `progress` breaks, [`VaultError::DiskFull`],
    /// [`VaultError::Io`]; nothing is left then.
    pub fn import(
        &mut self,
        source: &mut dyn Read,
        meta: Meta,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<StoredObject> {
        self.changing()?.read()?;
        let part = object::seal(&self.place, self.owner(), source, &meta, progress)?;
        let expected = part.expected();
        part.place(&self.place)?;
        if let Err(error) = self.changing()?.write(|tx| table::insert(tx, &expected)) {
            // Unless the disk failed and nobody knows what it holds: then the next opening looks.
            if !self.database.is_stopped() {
                self.place.destroy(expected.id)?;
            }
            return Err(error);
        }
        Ok(StoredObject {
            object: expected.id,
            sha256: object::hex(&expected.sha256),
            size_bytes: expected.size_bytes,
        })
    }

    /// The bytes of an original, checked against its hash, wiped from memory when dropped.
    ///
    /// # Errors
    ///
    /// [`VaultError::ObjectDamaged`] when it is missing or not what was stored.
    pub fn read(&self, object: &ObjectId) -> Result<Zeroizing<Vec<u8>>> {
        self.reader(*object)?.bytes()
    }

    /// Writes an original to `target`, in constant memory.
    ///
    /// # Errors
    ///
    /// [`VaultError::ObjectDamaged`] at the first damaged chunk; what was written before it is
    /// genuine but not the whole, so the caller throws it away.
    pub fn copy_to(&self, object: &ObjectId, target: &mut dyn Write) -> Result<()> {
        self.reader(*object)?.copy_to(target)
    }

    fn reader(&self, id: ObjectId) -> Result<Reader> {
        let expected = table::expected(self.database.read()?, id)?.ok_or_else(|| {
            VaultError::ObjectDamaged { object: id.to_string(), what: "the vault does not know it" }
        })?;
        Reader::open(&self.place, self.owner(), expected)
    }
}
