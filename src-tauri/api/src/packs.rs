//! Which rule packs can the program judge by?
//!
//! Packs are files under `assets/packs`, compiled in so that the program needs no other file; others
//! lie in the vault (see `pack.rs`) and are read when a dossier names them. Deliberately absent: which
//! version a dossier is begun under.

use elsa::FrozenMap;
use lanthan_core::{
    dossier::PackRef,
    id::PackId,
    pack::{Overlay, Pack, PackError, compare_versions},
};

use crate::{Error, Result, pack::file::PackFiles};

/// The files of a pack with their names.
type Carried = &'static [(&'static str, &'static str)];

macro_rules! carried {
    ($id:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../assets/packs/", $id, "/", $name)))),*]
    };
}

const CARRIED: [Carried; 1] = [carried!("cn-dual-use-rare-earth": 
    "pack.toml", "en.toml", "zh.toml", "checks.toml", "wording.toml", "certificate.toml",
    "glossary.toml", "parties.toml", "own-side.toml",
    "goods.toml", "scope.toml")];

/// The overlays that the program carries.
const OVERLAYS: [Carried; 4] = [
    carried!("overlays/in-dual-authentication": "pack.toml", "en.toml", "zh.toml"),
    carried!("overlays/jp-supply-chain": "pack.toml", "en.toml", "zh.toml"),
    carried!("overlays/cn-provincial-form": "pack.toml", "en.toml", "zh.toml"),
    carried!("overlays/supplier-added-clauses": "pack.toml", "en.toml", "zh.toml"),
];

/// A pack that was read.
#[derive(Debug)]
pub struct Held {
    /// The pack.
    pub pack: Pack,
    /// SHA-256 over its files, 64 hexadecimal digits.
    pub sha256: String,
}

/// The rule packs that were read so far.
pub struct Packs {
    carried: Vec<(Held, PackFiles)>,
    overlays: Vec<(Overlay, PackFiles)>,
    /// Those of the vault, and those with overlays, by what dossiers call them.
    others: FrozenMap<String, Box<Held>>,
}

impl std::fmt::Debug for Packs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packs").field("carried", &self.carried.len()).finish_non_exhaustive()
    }
}

impl Packs {
    /// Reads the packs that the program carries.
    ///
    /// # Errors
    ///
    /// [`PackError`] when one of them is not whole; a test keeps that from being shipped.
    pub fn carried() -> std::result::Result<Self, PackError> {
        let mut carried = Vec::new();
        for files in CARRIED {
            let files = PackFiles::new(files.iter().copied());
            carried.push((Held::read(&files)?, files));
        }
        let mut overlays = Vec::new();
        for files in OVERLAYS {
            let files = PackFiles::new(files.iter().copied());
            overlays.push((read_overlay(&files)?, files));
        }
        Ok(Self { carried, overlays, others: FrozenMap::new() })
    }

    /// Every pack that the program carries.
    pub fn all(&self) -> impl Iterator<Item = &Pack> {
        self.carried.iter().map(|(held, _)| &held.pack)
    }

    /// The newest carried pack of that id, with its files.
    pub(crate) fn newest_carried(&self, id: &PackId) -> Option<(&Held, &PackFiles)> {
        let of_id = self.carried.iter().filter(|(held, _)| held.pack.id == *id);
        let newest =
            of_id.max_by(|(a, _), (b, _)| compare_versions(&a.pack.version, &b.pack.version));
        newest.map(|(held, files)| (held, files))
    }

    /// The overlays that the program carries, with their files.
    pub(crate) fn carried_overlays(&self) -> impl Iterator<Item = (&Overlay, &PackFiles)> {
        self.overlays.iter().map(|(overlay, files)| (overlay, files))
    }

    /// The pack that new dossiers are begun under when nobody chose another.
    ///
    /// # Errors
    ///
    /// [`Error::NoPack`] when the program carries none.
    pub(crate) fn default_id(&self) -> Result<&PackId> {
        self.all().next().map(|pack| &pack.id).ok_or(Error::NoPack)
    }

    /// A pack that was read before.
    pub(crate) fn read_before(&self, of: &PackRef) -> Option<&Held> {
        if of.overlays.is_empty() {
            let exactly = |held: &&Held| held.pack.id == of.id && held.pack.version == of.version;
            let carried = self.carried.iter().map(|(held, _)| held).find(exactly);
            if carried.is_some() {
                return carried;
            }
        }
        self.others.get(&name(of))
    }

    /// A pack with what a dossier was asked beyond, that was laid before.
    pub(crate) fn asked_before(&self, of: &PackRef, mark: &str) -> Option<&Held> {
        self.others.get(&format!("{} {mark}", name(of)))
    }

    /// Remembers a pack with what a dossier was asked beyond.
    pub(crate) fn remember_asked(&self, of: &PackRef, mark: &str, held: Held) -> &Held {
        self.others.insert(format!("{} {mark}", name(of)), Box::new(held))
    }

    /// Remembers a pack that was read.
    pub(crate) fn remember(&self, of: &PackRef, held: Held) -> &Held {
        self.others.insert(name(of), Box::new(held))
    }
}

impl Held {
    /// Reads a pack.
    ///
    /// # Errors
    ///
    /// [`PackError`] when it is not whole.
    pub(crate) fn read(files: &PackFiles) -> std::result::Result<Self, PackError> {
        Ok(Self { pack: Pack::read_files(&files.all())?, sha256: files.sha256() })
    }
}

/// Reads an overlay.
///
/// # Errors
///
/// [`PackError`] when it is malformed.
pub(crate) fn read_overlay(files: &PackFiles) -> std::result::Result<Overlay, PackError> {
    Overlay::read(files.text("pack.toml"), files.text("en.toml"), files.text("zh.toml"))
}

/// What dossiers call a pack; no id or version has a space.
fn name(of: &PackRef) -> String {
    let overlays = of.overlays.iter().map(|one| format!("{} {}", one.id, one.version));
    let mut parts = vec![format!("{} {}", of.id, of.version)];
    parts.extend(overlays);
    parts.join(" ")
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
