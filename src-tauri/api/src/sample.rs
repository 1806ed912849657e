//! What is the sample dossier, and how does the whole main job look on it?
//!
//! The sample's files are made by a program of this project and carried inside, so that
//! `lanthan-cli sample` and the window's tour need nothing else. Every firm in it is invented.

use std::{io::Cursor, path::Path};

use jiff::civil::Date;
use lanthan_core::id::{DossierId, PartyId};
use lanthan_store::KdfCost;

use crate::{
    Error, Progress, Result, Workspace, exchange::Source, import::Arriving, release::Released,
};

macro_rules! carried {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_bytes!(concat!("../../../assets/sample/", $path)).as_slice())),*]
    };
}

const FILES: [(&str, &[u8]); 9] = carried![
    "dossier.json",
    "item-photo.jpg",
    "item-packing.jpg",
    "finished-product.jpg",
    "magnet-location.png",
    "production-scene.jpg",
    "facility-exterior.jpg",
    "purchase-order.pdf",
    "brochure.pdf",
];

/// The recipient of the sample package.
const SUPPLIER: &str = "supplier";

/// The passphrase of a sample vault. It protects nothing but invented firms.
pub const PASSPHRASE: &str = "sample vault of invented firms";

struct Carried;

impl Source for Carried {
    fn open(&self, path: &str, _limit_bytes: u64) -> Result<Box<dyn Arriving>> {
        let found = FILES.iter().find(|(name, _)| *name == path);
        let (_, bytes) = found.ok_or_else(|| Error::NoSuchExhibit(path.to_owned()))?;
        Ok(Box::new(Cursor::new(*bytes)))
    }
}

impl Workspace {
    /// Takes the sample dossier in.
    ///
    /// # Errors
    ///
    /// [`Error::DossierExists`] when it is there already.
    pub fn load_sample(&mut self, day: Date, progress: Progress<'_>) -> Result<DossierId> {
        self.load_from(&Carried, day, progress)
    }
}

/// Does the whole main job on the sample dossier: a vault, the dossier, its package in `out`.
///
/// # Errors
///
/// As [`Workspace::create`], [`Workspace::load`] and [`Workspace::release`].
pub fn sample(
    vault: &Path,
    out: &Path,
    cost: KdfCost,
    day: Date,
    progress: Progress<'_>,
) -> Result<Released> {
    let (mut workspace, _recovery) = Workspace::create(vault, PASSPHRASE, cost)?;
    let dossier = workspace.load_sample(day, progress)?;
    let released =
        workspace.release(&dossier, &PartyId::new(SUPPLIER)?, out, None, day, progress)?;
    workspace.close()?;
    Ok(released)
}

/// The same with a vault that is removed afterwards. It lies beside the target, encrypted like any
/// other.
///
/// # Errors
///
/// As [`sample`].
pub fn sample_and_forget(out: &Path, day: Date, progress: Progress<'_>) -> Result<Released> {
    let passing = lanthan_store::outside::Passing::beside(out)?;
    sample(&passing.folder(), out, KdfCost::SMALLEST, day, progress)
}
