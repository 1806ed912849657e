//! Which rule packs does the program carry?
//!
//! Packs are files under `assets/packs`, compiled in so that the program needs no other file.
//! Deliberately absent: packs from outside; importing signed ones is a later job.

use lanthan_core::{
    dossier::PackRef,
    id::PackId,
    pack::{Pack, PackError},
};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// A file's name and text.
type File = (&'static str, &'static str);

macro_rules! carried {
    ($id:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../assets/packs/", $id, "/", $name)))),+]
    };
}

/// The files of each pack; the hash of a pack is over them in this order.
const CARRIED: [&[File]; 1] = [carried!(
    "cn-dual-use-rare-earth":
    "pack.toml",
    "en.toml",
    "zh.toml",
    "checks.toml",
    "wording.toml",
    "certificate.toml",
    "glossary.toml",
    "parties.toml",
    "own-side.toml",
)];

/// The rule packs, read once.
#[derive(Debug, Clone)]
pub struct Packs {
    packs: Vec<(Pack, String)>,
}

impl Packs {
    /// Reads the packs that the program carries.
    ///
    /// # Errors
    ///
    /// [`PackError`] when one of them is not whole; a test keeps that from being shipped.
    pub fn carried() -> std::result::Result<Self, PackError> {
        let read = |files: &&[File]| {
            let mut hash = Sha256::new();
            for (_, text) in *files {
                hash.update((text.len() as u64).to_le_bytes());
                hash.update(text.as_bytes());
            }
            Ok((Pack::read_files(files)?, hex(&hash.finalize())))
        };
        Ok(Self { packs: CARRIED.iter().map(read).collect::<std::result::Result<_, _>>()? })
    }

    /// Every pack.
    pub fn all(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter().map(|(pack, _)| pack)
    }

    /// A pack by its id, with the SHA-256 over its files.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`] when the program does not carry it.
    pub fn get(&self, id: &PackId) -> Result<(&Pack, &str)> {
        self.packs
            .iter()
            .find(|(pack, _)| pack.id == *id)
            .map(|(pack, hash)| (pack, hash.as_str()))
            .ok_or_else(|| Error::UnknownPack(id.clone()))
    }

    /// The pack under which a new dossier is begun.
    ///
    /// # Errors
    ///
    /// [`Error::NoPack`] when the program carries none.
    pub fn default_ref(&self) -> Result<PackRef> {
        let pack = self.all().next().ok_or(Error::NoPack)?;
        Ok(PackRef { id: pack.id.clone(), version: pack.version.clone() })
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
