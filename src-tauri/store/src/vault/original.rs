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

/// An original that is sealed, on its way to the disk, but not yet part of the vault. Dropped before
/// [`Vault::keep`], it is gone. Each holds a file open.
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
        let mut stored = self.keep(vec![sealed])?;
        stored.pop().ok_or(VaultError::Cancelled)
    }

    /// Encrypts everything that `source` gives, in constant memory, beside the vault's originals.
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

    /// Makes sealed originals part of the vault: all of them or none. They stay loose until a dossier names
    /// them: the next opening or closing removes them otherwise.
    ///
    /// # Errors
    ///
    /// [`VaultError::DiskFull`], [`VaultError::Io`]; nothing is left then.
    pub fn keep(&mut self, sealed: Vec<Sealed>) -> Result<Vec<StoredObject>> {
        let expected: Vec<_> = sealed.iter().map(|one| one.0.expected()).collect();
        let kept = self.place_all(sealed).and_then(|()| {
            self.changing()?.write(|tx| expected.iter().try_for_each(|one| table::insert(tx, one)))
        });
        if let Err(error) = kept {
            // Unless the disk failed and nobody knows what it holds: then the next opening looks, as it does for
            // what cannot be destroyed now.
            if !self.database.is_stopped() {
                let _ = expected.iter().try_for_each(|one| self.place.destroy(one.id));
            }
            return Err(error);
        }
        let stored = expected.into_iter().map(|one| StoredObject {
            object: one.id,
            sha256: object::hex(&one.sha256),
            size_bytes: one.size_bytes,
        });
        Ok(stored.collect())
    }

    fn place_all(&self, sealed: Vec<Sealed>) -> Result<()> {
        let place = |one: Sealed| one.0.place(&self.place);
        sealed.into_iter().try_for_each(place).map_err(|error| self.or_gone(error))
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
