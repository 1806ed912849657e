//! How is an original kept: one encrypted file each, that explains itself?
//!
//! Format "LANTHOB1": a header of 4,096 bytes with the wrapped key of this file alone and sealed
//! metadata, then chunks of 256 KiB under AES-256-GCM, counted and the last one marked. The header is
//! written last, so that an unfinished file has no magic; overwriting it destroys the content.
//! Deliberately absent: which objects are in use (database).

mod hash;
mod header;
mod place;
mod read;
mod rewrap;
mod seal;
mod seek;

use std::{fmt, str::FromStr};

pub(crate) use header::LEN as HEADER_LEN;
pub(crate) use place::Place;
pub(crate) use read::Reader;
pub(crate) use rewrap::{bring_over, rewrap};
pub(crate) use seal::{Part, seal};
pub use seek::Looking;

use crate::{
    VaultError,
    keys::{Keys, Secret, VaultId, random},
};

/// Names an original inside its vault; random, so that it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId([u8; 16]);

impl ObjectId {
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut id = Self([0; 16]);
        random(&mut id.0)?;
        Ok(id)
    }

    pub(crate) fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl From<[u8; 16]> for ObjectId {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why a text is not the name of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an object is named by 32 of 0-9 and a-f")]
pub struct BadObjectId;

impl FromStr for ObjectId {
    type Err = BadObjectId;

    fn from_str(text: &str) -> Result<Self, BadObjectId> {
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(BadObjectId) };
        let pairs: &[[u8; 2]; 16] = pairs.try_into().map_err(|_| BadObjectId)?;
        let mut id = [0; 16];
        for (byte, pair) in id.iter_mut().zip(pairs) {
            let digit = |c: u8| match c {
                b'0'..=b'9' => Ok(c - b'0'),
                b'a'..=b'f' => Ok(c - b'a' + 10),
                _ => Err(BadObjectId),
            };
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(id))
    }
}

/// What a user may be told of an original besides its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The file's name when it came in; cut to what fits.
    pub name: String,
    /// What kind of file it is, such as `image/jpeg`.
    pub mime: String,
}

/// An original that has come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredObject {
    /// Its name in the vault.
    pub object: ObjectId,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub size_bytes: u64,
}

/// What an object must contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) id: ObjectId,
    pub(crate) sha256: [u8; 32],
    pub(crate) size_bytes: u64,
}

/// The vault that objects are sealed for.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) vault: VaultId,
    pub(crate) key: &'a Secret,
    /// How many vault keys there were before the one that `key` is derived from.
    pub(crate) generation: u16,
    /// The same of the vault key before; `None` when there was none.
    pub(crate) previous: Option<&'a Secret>,
}

impl<'a> Owner<'a> {
    /// The vault that has these keys.
    pub(crate) fn of(keys: &'a Keys) -> Self {
        Self {
            vault: keys.vault,
            key: &keys.objects,
            generation: keys.generation,
            previous: keys.previous.as_ref().map(|keys| &keys.objects),
        }
    }

    /// The key that wraps those of objects of this generation.
    fn key_of(self, generation: u16) -> Option<&'a Secret> {
        if generation == self.generation {
            Some(self.key)
        } else if generation.checked_add(1) == Some(self.generation) {
            self.previous
        } else {
            None
        }
    }
}

/// Hexadecimal digits of a hash.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_name_is_read_back(bytes: [u8; 16]) {
            let id = ObjectId(bytes);
            prop_assert_eq!(id.to_string().parse::<ObjectId>(), Ok(id));
            prop_assert_eq!(id.to_string(), hex(&bytes));
        }

        #[test]
        fn no_other_text_is_a_name(text in ".{0,40}") {
            prop_assume!(text.len() != 32);
            prop_assert!(text.parse::<ObjectId>().is_err());
        }
    }

    #[test]
    fn capitals_are_refused_because_a_file_has_one_name() {
        assert!("0123456789abcdef0123456789abcdef".parse::<ObjectId>().is_ok());
        assert!("0123456789ABCDEF0123456789abcdef".parse::<ObjectId>().is_err());
    }
}
