//! How do originals come in, and how are they read?

use std::{
    io::{Read, Write},
    ops::ControlFlow,
};

use zeroize::Zeroizing;

use super::Vault;
use crate::{
    Damage, Meta, ObjectId, Result, StoredObject, VaultError,
    object::{self, Looking, Part, Reader},
    table::object as table,
};

/// An original that is sealed and on the disk, but not yet part of the vault. Dropped before
/// [`Vault::keep`], it is gone.
#[derive(Debug)]
pub struct Sealed(Part);

impl Sealed {
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        object::hex(&self.0.expected().sha256)
    }

    /// Its length in bytes.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.0.expected().size_bytes
    }
}

impl Vault {
    /// Takes an original in, in constant memory: [`Vault::seal`] and [`Vault::keep`] in one.
    ///
    /// # Errors
    ///
    /// As [`Vault::seal`] and [`Vault::keep`].
    pub fn import(
        &mut self,
        source: &mut dyn Read,
        meta: Meta,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<StoredObject> {
        let sealed = self.seal(source, &meta, progress)?;
        self.keep(sealed)
    }

    /// Encrypts everything that `source` gives, in constant memory, and brings it to the disk beside
    /// the vault's originals.
    ///
    /// `progress` hears the bytes that are done, after each chunk of 256 KiB.
    ///
    /// # Errors
    ///
    /// [`VaultError::Cancelled`] when `progress` breaks, [`VaultError::DiskFull`],
    /// [`VaultError::Io`]; nothing is left then.
    pub fn seal(
        &mut self,
        source: &mut dyn Read,
        meta: &Meta,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Sealed> {
        self.changing()?.read()?;
        let sealed = object::seal(&self.place, self.owner(), source, meta, progress);
        Ok(Sealed(sealed.map_err(|error| self.or_gone(error))?))
    }

    /// Opens a sealed original to be judged before it is kept.
    ///
    /// # Errors
    ///
    /// [`VaultError::ObjectDamaged`] when the disk does not hold what was just written.
    pub fn look_at(&self, sealed: &Sealed) -> Result<Looking> {
        sealed.0.look(self.owner())
    }

    /// Makes a sealed original part of the vault. It stays loose until a dossier names it: the next
    /// opening or closing removes it otherwise.
    ///
    /// # Errors
    ///
    /// [`VaultError::DiskFull`], [`VaultError::Io`]; nothing is left then.
    pub fn keep(&mut self, sealed: Sealed) -> Result<StoredObject> {
        let expected = sealed.0.expected();
        sealed.0.place(&self.place).map_err(|error| self.or_gone(error))?;
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
        self.reader(*object)?.bytes().map_err(|error| self.or_gone(error))
    }

    /// Writes an original to `target`, in constant memory.
    ///
    /// # Errors
    ///
    /// [`VaultError::ObjectDamaged`] at the first damaged chunk; what was written before it is
    /// genuine but not the whole, so the caller throws it away.
    pub fn copy_to(&self, object: &ObjectId, target: &mut dyn Write) -> Result<()> {
        self.reader(*object)?.copy_to(target).map_err(|error| self.or_gone(error))
    }

    /// Opens an original to be read from any place, in the memory of one chunk.
    ///
    /// # Errors
    ///
    /// [`VaultError::ObjectDamaged`] when it is missing or another. A damaged chunk is told by the
    /// reading itself.
    pub fn look(&self, object: &ObjectId) -> Result<Looking> {
        Ok(Looking::new(self.reader(*object)?))
    }

    fn reader(&self, id: ObjectId) -> Result<Reader> {
        let expected = table::expected(self.database.read()?, id)?.ok_or_else(|| {
            VaultError::ObjectDamaged { object: id.to_string(), what: Damage::Unknown }
        })?;
        let opened = Reader::open(&self.place, self.owner(), expected);
        opened.map_err(|error| self.or_gone(error))
    }
}
