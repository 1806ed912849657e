//! How does a stream of bytes become an object, in the memory of a few chunks?
//!
//! Into `tmp/<id>.part` first; a part that is dropped removes its file. Deliberately absent: the
//! database; the caller commits after [`Part::place`].

use std::{
    fs::{self, File},
    io::{Read, Seek, Write},
    ops::ControlFlow,
    path::PathBuf,
};

use aes_gcm::{Aes256Gcm, aead::AeadInOut};
use zeroize::Zeroizing;

use super::{
    Expected, Looking, Meta, ObjectId, Owner, Place, Reader, hash,
    header::{self, CHUNK, TAG},
    hex,
};
use crate::{Damage, VaultError, durable, keys::Secret};

/// A whole object that is not yet in its place.
#[derive(Debug)]
pub(crate) struct Part {
    path: PathBuf,
    file: File,
    expected: Expected,
    placed: bool,
}

/// Encrypts everything that `source` gives into a part file, which the system begins to bring to the disk;
/// [`Part::place`] waits for that.
///
/// `progress` hears how many bytes are done.
///
/// # Errors
///
/// [`VaultError::Cancelled`] when `progress` says so, [`VaultError::Io`] and
/// [`VaultError::DiskFull`]; the part file is removed then.
pub(crate) fn seal(
    place: &Place,
    owner: Owner<'_>,
    source: &mut dyn Read,
    meta: &Meta,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Part, VaultError> {
    let id = ObjectId::random()?;
    let path = place.part(id);
    let at = |source| VaultError::io(&path, source);
    let file = durable::create_file(&path).map_err(at)?;
    let expected = Expected { id, sha256: [0; 32], size_bytes: 0 };
    // From here on the file is removed unless it is placed.
    let mut part = Part { path: path.clone(), file, expected, placed: false };
    let file = &mut part.file;
    let key = Secret::random()?;
    file.write_all(&[0; header::LEN]).map_err(at)?;
    let body = Body { id, cipher: header::cipher(&key), file };
    let (sha256, size_bytes) = body.write(source, progress, &at)?;
    let header = header::write(owner, id, &key, meta, (&hex(&sha256), size_bytes))?;
    file.rewind().and_then(|()| file.write_all(header.as_slice())).map_err(at)?;
    durable::begin_sync(file);
    part.expected = Expected { id, sha256, size_bytes };
    Ok(part)
}

struct Body<'a> {
    id: ObjectId,
    cipher: Aes256Gcm,
    file: &'a mut File,
}

impl Body<'_> {
    fn write(
        self,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
        at: &dyn Fn(std::io::Error) -> VaultError,
    ) -> Result<([u8; 32], u64), VaultError> {
        let id = self.id;
        hash::beside(|hash| self.write_chunks(source, progress, at, hash))?
            .ok_or_else(|| header::damaged(id, Damage::Unsealed))
    }

    fn write_chunks(
        self,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
        at: &dyn Fn(std::io::Error) -> VaultError,
        hash: &mut dyn FnMut(&[u8]),
    ) -> Result<u64, VaultError> {
        let mut done = 0_u64;
        let mut chunk = buffer();
        let mut next = buffer();
        fill(source, &mut chunk)?;
        for index in 0..=u32::MAX {
            // Only whoever has looked behind a chunk knows whether it is the last one.
            fill(source, &mut next)?;
            let last = next.is_empty();
            hash(&chunk);
            done += chunk.len() as u64;
            let nonce = header::chunk_nonce(index, last);
            self.cipher
                .encrypt_in_place(&nonce.into(), b"", &mut *chunk)
                .map_err(|_| header::damaged(self.id, Damage::Unsealed))?;
            self.file.write_all(&chunk).map_err(at)?;
            if progress(done).is_break() {
                return Err(VaultError::Cancelled);
            }
            if last {
                return Ok(done);
            }
            std::mem::swap(&mut chunk, &mut next);
        }
        Err(header::damaged(self.id, Damage::Unsealed))
    }
}

pub(super) fn buffer() -> Zeroizing<Vec<u8>> {
    // Room for the tag too: a buffer that grew would leave a copy behind.
    Zeroizing::new(Vec::with_capacity(CHUNK + TAG))
}

/// Reads until the buffer holds a whole chunk or the source ends.
fn fill(source: &mut dyn Read, buffer: &mut Vec<u8>) -> Result<(), VaultError> {
    buffer.resize(CHUNK, 0);
    let mut filled = 0;
    while filled < CHUNK {
        match source.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(source) => {
                return Err(VaultError::Io { at: "the file to take in".to_owned(), source });
            }
        }
    }
    buffer.truncate(filled);
    Ok(())
}

impl Part {
    /// What the object must contain.
    pub(crate) fn expected(&self) -> Expected {
        self.expected
    }

    /// Opens the object to be looked at before it is in its place.
    pub(crate) fn look(&self, owner: Owner<'_>) -> Result<Looking, VaultError> {
        Ok(Looking::new(Reader::open_at(self.path.clone(), owner, self.expected)?))
    }

    /// Brings the object to the disk and moves it into its place; afterwards its entry is there too.
    pub(crate) fn place(mut self, place: &Place) -> Result<(), VaultError> {
        self.file.sync_all().map_err(|source| VaultError::io(&self.path, source))?;
        let put = place.put(&self.path, self.expected.id);
        if put.is_err() {
            // It may lie there although its entry is not on the disk. Best effort.
            let _ = place.destroy(self.expected.id);
        }
        self.placed = put.is_ok();
        put
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.placed {
            // Best effort: what stays behind is removed at the next opening.
            let _ = fs::remove_file(&self.path);
        }
    }
}
