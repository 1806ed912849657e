//! What does a page look like once nothing of the original file is left in it?
//!
//! Made by the media crate from pixels alone, taken by the package crate. Deliberately absent:
//! any byte of the original file.

use serde::{Deserialize, Serialize};

use crate::exhibit::Area;

/// A word that survived the masks, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The word; never empty.
    pub text: String,
    /// Its place on the page that leaves (after the crop).
    pub area: Area,
}

/// One picture or page that may leave.
#[derive(Debug, Clone, PartialEq)]
pub struct CleanPage {
    /// Width of the pixels.
    pub width_px: u32,
    /// Height of the pixels.
    pub height_px: u32,
    /// Baseline JPEG, sRGB, without any metadata segment.
    pub jpeg: Vec<u8>,
    /// The size that the page had on paper, in points (1/72 inch); absent for pictures.
    pub size_pt: Option<[f32; 2]>,
    /// The words of a rebuilt page, to be written invisibly; empty for pictures.
    pub words: Vec<Word>,
}

/// Something that a file would give away, or why a page is not what it seems.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    /// A stable word, e.g. `gps`, `camera`, `pdf-javascript`; texts are looked up under it.
    pub kind: &'static str,
    /// A value to show inside the house, such as the coordinates; never logged, never released.
    pub detail: String,
}
