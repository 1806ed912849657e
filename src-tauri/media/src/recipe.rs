//! What shall a clean page look like?
//!
//! Deliberately absent: a way to blur or pixelate. What is withheld is covered in black, visibly.

use lanthan_core::exhibit::{Area, Mask};

/// How clean pages are made.
#[derive(Debug, Clone)]
pub struct Recipe<'a> {
    /// What to cover; places are on the whole upright page, before the crop.
    pub masks: &'a [Mask],
    /// The part that leaves; everything when absent. On a PDF it holds for every page.
    pub crop: Option<Area>,
    /// The pages that leave, from 1, in this order; all when empty.
    pub pages: &'a [u32],
    /// Greatest length of a page's longer side, in pixels; at least 16.
    pub max_edge_px: u32,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// Resolution at which PDF pages are drawn, in dots per inch; `max_edge_px` still bounds it.
    pub dpi: u32,
}

impl Default for Recipe<'_> {
    fn default() -> Self {
        Self { masks: &[], crop: None, pages: &[], max_edge_px: 2000, quality: 85, dpi: 200 }
    }
}
