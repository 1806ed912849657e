//! Is an object still what was stored, and what are its bytes?
//!
//! The length of the file is checked before anything is read, each chunk by its tag, the whole by its
//! hash. Deliberately absent: any use of bytes whose tag is wrong.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::PathBuf,
};

use aes_gcm::{Aes256Gcm, aead::AeadInOut};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{
    Expected, Owner, Place,
    header::{self, CHUNK, LEN, TAG, damaged},
    hex,
};
use crate::{Damage, VaultError};

/// An object whose header has been checked.
pub(crate) struct Reader {
    file: File,
    path: PathBuf,
    cipher: Aes256Gcm,
    expected: Expected,
}

impl Reader {
    /// Opens an object and checks its header and length against what the database remembers.
    ///
    /// # Errors
    ///
    /// [`VaultError::ObjectDamaged`] when it is missing or another.
    pub(crate) fn open(
        place: &Place,
        owner: Owner<'_>,
        expected: Expected,
    ) -> Result<Self, VaultError> {
        Self::open_at(place.object(expected.id), owner, expected)
    }

    /// The same for an object that is not yet in its place.
    pub(super) fn open_at(
        path: PathBuf,
        owner: Owner<'_>,
        expected: Expected,
    ) -> Result<Self, VaultError> {
        let id = expected.id;
        match std::fs::symlink_metadata(&path) {
            Ok(kind) if kind.is_file() => {}
            Ok(_) => return Err(damaged(id, Damage::Unreadable)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(damaged(id, Damage::Missing));
            }
            Err(error) => return Err(VaultError::io(&path, error)),
        }
        let at = |source| VaultError::io(&path, source);
        let mut file = File::open(&path).map_err(at)?;
        let chunks = expected.size_bytes.div_ceil(CHUNK as u64).max(1);
        let length = expected.size_bytes + chunks * TAG as u64 + LEN as u64;
        if file.metadata().map_err(at)?.len() != length {
            return Err(damaged(id, Damage::Cut));
        }
        let mut untrusted = Box::new([0; LEN]);
        file.read_exact(untrusted.as_mut_slice()).map_err(|_| damaged(id, Damage::Unreadable))?;
        let (key, sealed) = header::read(owner, id, &untrusted)?;
        if sealed.len != expected.size_bytes || sealed.sha256 != hex(&expected.sha256) {
            return Err(damaged(id, Damage::Swapped));
        }
        Ok(Self { file, path, cipher: header::cipher(&key), expected })
    }

    /// The whole original in memory, wiped when dropped.
    pub(crate) fn bytes(self) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let length = usize::try_from(self.expected.size_bytes)
            .map_err(|_| damaged(self.expected.id, Damage::TooLarge))?;
        let mut bytes = Zeroizing::new(Vec::new());
        if bytes.try_reserve_exact(length).is_err() {
            let needed_mib = u32::try_from(length >> 20).unwrap_or(u32::MAX);
            return Err(VaultError::NotEnoughMemory { needed_mib });
        }
        self.copy_to(&mut *bytes)?;
        Ok(bytes)
    }

    /// Writes the original to `target`, in the memory of one chunk.
    ///
    /// # Errors
    ///
    /// [`VaultError::ObjectDamaged`] at the first damaged chunk: what was written before is genuine,
    /// but not the whole.
    pub(crate) fn copy_to(mut self, target: &mut dyn Write) -> Result<(), VaultError> {
        let mut hash = Sha256::new();
        let mut left = self.expected.size_bytes;
        let mut chunk = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        for index in 0..=u32::MAX {
            let length = usize::try_from(left.min(CHUNK as u64)).unwrap_or(CHUNK);
            left -= length as u64;
            self.next_chunk(&mut chunk, index, length, left == 0)?;
            hash.update(chunk.as_slice());
            target.write_all(&chunk).map_err(|source| VaultError::Io {
                at: "the copy of an original".to_owned(),
                source,
            })?;
            if left == 0 {
                break;
            }
        }
        if hash.finalize()[..] != self.expected.sha256 {
            return Err(damaged(self.expected.id, Damage::Hash));
        }
        Ok(())
    }

    /// Goes to the beginning of a chunk.
    pub(super) fn go_to_chunk(&mut self, index: u32) -> Result<(), VaultError> {
        let at = LEN as u64 + u64::from(index) * (CHUNK + TAG) as u64;
        let moved = self.file.seek(SeekFrom::Start(at));
        moved.map(|_| ()).map_err(|source| VaultError::io(&self.path, source))
    }

    /// The length of the original, in bytes.
    pub(super) fn size_bytes(&self) -> u64 {
        self.expected.size_bytes
    }

    pub(super) fn next_chunk(
        &mut self,
        chunk: &mut Vec<u8>,
        index: u32,
        length: usize,
        last: bool,
    ) -> Result<(), VaultError> {
        let id = self.expected.id;
        chunk.resize(length + TAG, 0);
        self.file.read_exact(chunk).map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => damaged(id, Damage::Cut),
            // A bad sector costs this object only.
            _ if self.path.exists() => damaged(id, Damage::Unreadable),
            _ => VaultError::io(&self.path, error),
        })?;
        let nonce = header::chunk_nonce(index, last);
        self.cipher
            .decrypt_in_place(&nonce.into(), b"", chunk)
            .map_err(|_| damaged(id, Damage::Changed))
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Seek, ops::ControlFlow};

    use super::*;
    use crate::{
        keys::Secret,
        object::{Meta, seal},
    };

    #[test]
    fn content_that_is_not_the_one_its_own_header_names_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["obj", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let place = Place::new(folder.path());
        let key = Secret::random().unwrap();
        let owner = Owner { vault: [5; 16], key: &key, generation: 0, previous: None };
        let meta = Meta { name: "n".to_owned(), mime: "m".to_owned() };
        let mut go_on = |_| ControlFlow::Continue(());
        let part = seal(&place, owner, &mut &b"content"[..], &meta, &mut go_on).unwrap();
        let right = part.expected();
        part.place(&place).unwrap();
        let open = |expected| Reader::open(&place, owner, expected).and_then(Reader::bytes);
        assert_eq!(*open(right).unwrap(), b"content");
        // A header that is genuine, but names another hash; the database agrees with it.
        let wrong = Expected { sha256: [1; 32], ..right };
        assert!(open(wrong).is_err());
        let mut file = File::options().read(true).write(true).open(place.object(right.id)).unwrap();
        let mut whole = Box::new([0; LEN]);
        file.read_exact(whole.as_mut_slice()).unwrap();
        let (own, _) = header::read(owner, right.id, &whole).unwrap();
        let named = (hex(&wrong.sha256), right.size_bytes);
        let forged = header::write(owner, right.id, &own, &meta, (&named.0, named.1)).unwrap();
        file.rewind().unwrap();
        file.write_all(forged.as_slice()).unwrap();
        let what = match open(wrong) {
            Err(VaultError::ObjectDamaged { what, .. }) => what,
            other => panic!("{:?}", other.map(|bytes| bytes.len())),
        };
        assert_eq!(what, Damage::Hash);
    }
}
