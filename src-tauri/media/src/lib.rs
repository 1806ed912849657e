//! How do hostile bytes become clean pixels, pages and words?
//!
//! The only code that decodes foreign pictures and PDFs. What it hands out was made new from
//! pixels; no byte of the original is copied. Deliberately absent: disk, network, clock time,
//! running anything that a file asks for.

mod limits;
mod recipe;
mod refusal;

use std::ops::ControlFlow;

use lanthan_core::{
    clean::{CleanPage, Trace, Word},
    exhibit::Format,
};

pub use crate::{limits::Limits, recipe::Recipe, refusal::Refusal};

/// The size of an upright page, in pixels for a picture and in points (1/72 inch) for a PDF page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSize {
    /// Width after orientation or rotation is applied.
    pub width: f32,
    /// Height after orientation or rotation is applied.
    pub height: f32,
}

/// What a file is and what it would give away.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// What the bytes are, by content.
    pub format: Format,
    /// The pages; exactly one for a picture.
    pub pages: Vec<PageSize>,
    /// What stands beside the visible content, sorted by kind.
    pub traces: Vec<Trace>,
}

/// Looks at a file and proves that it is whole.
///
/// # Errors
///
/// [`Refusal`] when it is not taken.
pub fn probe(untrusted: &[u8], limits: &Limits) -> Result<Probe, Refusal> {
    limits.allow_bytes(untrusted)?;
    Err(Refusal::Unsupported("a file of an unknown kind"))
}

/// Makes clean pages and hands them to `take`, each with its page number from 1.
///
/// # Errors
///
/// [`Refusal`]; the pages that were handed out before must not be used then.
pub fn clean(
    untrusted: &[u8],
    recipe: &Recipe<'_>,
    limits: &Limits,
    take: &mut dyn FnMut(u32, CleanPage) -> ControlFlow<()>,
) -> Result<(), Refusal> {
    let _ = (recipe, take);
    probe(untrusted, limits).map(|_| ())
}

/// The words of every page of a PDF, also those that cannot be seen; no words for a picture.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken.
pub fn words(untrusted: &[u8], limits: &Limits) -> Result<Vec<Vec<Word>>, Refusal> {
    probe(untrusted, limits).map(|_| Vec::new())
}

/// A small JPEG of the first page, without masks, its longer side at most `edge_px`.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken.
pub fn thumbnail(untrusted: &[u8], edge_px: u32, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    page_image(untrusted, 1, edge_px, limits).map(|(_, _, jpeg)| jpeg)
}

/// An upright JPEG of one page (from 1), without masks, its longer side at most `edge_px`; with its
/// width and height in pixels.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken or has no such page.
pub fn page_image(
    untrusted: &[u8],
    page: u32,
    edge_px: u32,
    limits: &Limits,
) -> Result<(u32, u32, Vec<u8>), Refusal> {
    let _ = (page, edge_px);
    probe(untrusted, limits).map(|_| (0, 0, Vec::new()))
}
