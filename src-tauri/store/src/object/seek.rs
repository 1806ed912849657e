//! How is a part of an original looked at without decrypting all of it?
//!
//! One chunk at a time, each checked by its tag before a byte of it is handed out; the memory is that
//! of one chunk. Deliberately absent: the hash of the whole, which only a reader of the whole can check.

use std::io::{self, Read, Seek, SeekFrom};

use zeroize::Zeroizing;

use super::{
    Reader,
    header::{CHUNK, TAG},
};
use crate::VaultError;

/// An original that can be read from any place.
pub struct Looking {
    reader: Reader,
    /// Where the next byte is taken from, in bytes from the beginning.
    at: u64,
    /// The chunk that is open.
    chunk: Zeroizing<Vec<u8>>,
    open: Option<u32>,
    failure: Option<VaultError>,
}

impl Looking {
    pub(crate) fn new(reader: Reader) -> Self {
        let chunk = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        Self { reader, at: 0, chunk, open: None, failure: None }
    }

    /// Why the last reading failed; whoever read may have seen only that it failed.
    pub fn take_failure(&mut self) -> Option<VaultError> {
        self.failure.take()
    }

    /// Opens the chunk with this number, unless it is open already.
    fn open(&mut self, index: u32) -> io::Result<()> {
        if self.open == Some(index) {
            return Ok(());
        }
        self.open = None;
        let begin = u64::from(index) * CHUNK as u64;
        let left = self.reader.size_bytes().saturating_sub(begin);
        let length = usize::try_from(left.min(CHUNK as u64)).unwrap_or(CHUNK);
        let last = left <= CHUNK as u64;
        let opened = self
            .reader
            .go_to_chunk(index)
            .and_then(|()| self.reader.next_chunk(&mut self.chunk, index, length, last));
        if let Err(failure) = opened {
            self.failure = Some(failure);
            return Err(io::Error::other("the original cannot be read"));
        }
        self.open = Some(index);
        Ok(())
    }
}

impl Read for Looking {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.reader.size_bytes() || target.is_empty() {
            return Ok(0);
        }
        let index = u32::try_from(self.at / CHUNK as u64).map_err(io::Error::other)?;
        self.open(index)?;
        let within = usize::try_from(self.at % CHUNK as u64).unwrap_or(0);
        let rest = self.chunk.get(within..).unwrap_or_default();
        let length = rest.len().min(target.len());
        target[..length].copy_from_slice(&rest[..length]);
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for Looking {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.reader.size_bytes().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, ops::ControlFlow};

    use super::*;
    use crate::{
        keys::Secret,
        object::{Meta, Owner, Place, seal},
    };

    /// Some bytes that say where they stand.
    fn pattern(length: usize) -> Vec<u8> {
        (0..length).map(|at| u8::try_from((at * 7 + at / 251) % 256).unwrap()).collect()
    }

    #[test]
    fn every_place_of_an_original_reads_as_it_was_also_before_it_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["obj", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let place = Place::new(folder.path());
        let key = Secret::random().unwrap();
        let owner = Owner { vault: [5; 16], key: &key, generation: 0, previous: None };
        let meta = Meta { name: "n".to_owned(), mime: "m".to_owned() };
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17] {
            let bytes = pattern(length);
            let mut go_on = |_| ControlFlow::Continue(());
            let part = seal(&place, owner, &mut &bytes[..], &meta, &mut go_on).unwrap();
            let mut looking = part.look(owner).unwrap();
            for at in
                [0, 1, length / 2, CHUNK - 1, CHUNK, length.saturating_sub(9), length, length + 5]
            {
                looking.seek(SeekFrom::Start(at as u64)).unwrap();
                let mut rest = Vec::new();
                looking.read_to_end(&mut rest).unwrap();
                assert!(rest == bytes[at.min(length)..], "{at} of {length}");
            }
            assert_eq!(looking.seek(SeekFrom::End(0)).unwrap(), length as u64);
            assert!(looking.seek(SeekFrom::End(-1 - i64::try_from(length).unwrap())).is_err());
        }
    }

    #[test]
    fn a_changed_chunk_is_never_handed_out_and_the_others_are() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["obj", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let place = Place::new(folder.path());
        let key = Secret::random().unwrap();
        let owner = Owner { vault: [5; 16], key: &key, generation: 0, previous: None };
        let meta = Meta { name: "n".to_owned(), mime: "m".to_owned() };
        let bytes = pattern(2 * CHUNK + 10);
        let mut go_on = |_| ControlFlow::Continue(());
        let part = seal(&place, owner, &mut &bytes[..], &meta, &mut go_on).unwrap();
        let expected = part.expected();
        part.place(&place).unwrap();
        let path = place.object(expected.id);
        let mut stored = fs::read(&path).unwrap();
        stored[4096 + CHUNK + TAG + 3] ^= 1;
        fs::write(&path, stored).unwrap();
        let mut looking = Looking::new(Reader::open(&place, owner, expected).unwrap());
        let mut byte = [0];
        assert!(looking.read_exact(&mut byte).is_ok());
        looking.seek(SeekFrom::Start(CHUNK as u64)).unwrap();
        assert!(looking.read_exact(&mut byte).is_err());
        assert!(matches!(looking.take_failure(), Some(VaultError::ObjectDamaged { .. })));
        looking.seek(SeekFrom::Start(2 * CHUNK as u64)).unwrap();
        looking.read_exact(&mut byte).unwrap();
        assert_eq!(byte[0], bytes[2 * CHUNK]);
    }
}
