//! How do hostile bytes become clean pixels, pages and words?
//!
//! The only code that decodes foreign pictures and PDFs. What it hands out was made new from
//! pixels; no byte of the original is copied. Deliberately absent: disk, network, clock time,
//! running anything that a file asks for.

mod app_segment;
mod colour;
mod door;
mod exif_block;
mod jpeg;
pub mod kept;
mod kind;
mod limits;
pub mod list;
mod pdf;
mod picture;
mod pixels;
mod png;
mod recipe;
mod refusal;
mod trace;

use std::ops::ControlFlow;

use lanthan_core::{
    clean::{CleanPage, Trace, Word},
    exhibit::Format,
};

use crate::picture::Picture;
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
    /// The pages; exactly one for a picture, none for what is kept inside.
    pub pages: Vec<PageSize>,
    /// What stands beside the visible content, sorted by kind.
    pub traces: Vec<Trace>,
}

/// JPEG quality of what is only looked at.
const PREVIEW_QUALITY: u8 = 80;

/// Looks at a file and proves that it is whole.
///
/// # Errors
///
/// [`Refusal`] when it is not taken.
pub fn probe(untrusted: &[u8], limits: &Limits) -> Result<Probe, Refusal> {
    match recognised(untrusted, limits)? {
        Format::Pdf => pdf::probe(untrusted, limits),
        format => door::guarded(|| {
            let picture = Picture::open(untrusted, format, limits)?;
            let size = picture.prove(limits)?;
            Ok(Probe { format, pages: vec![size], traces: picture.into_traces() })
        }),
    }
}

/// The same together with a small JPEG of a picture, its longer side at most `edge_px`, from the same
/// decoding; a PDF has none here, because drawing a page takes long.
///
/// # Errors
///
/// As [`probe`].
pub fn look(
    untrusted: &[u8],
    edge_px: u32,
    limits: &Limits,
) -> Result<(Probe, Option<Vec<u8>>), Refusal> {
    match recognised(untrusted, limits)? {
        Format::Pdf => Ok((pdf::probe(untrusted, limits)?, None)),
        format => door::guarded(|| {
            let picture = Picture::open(untrusted, format, limits)?;
            let pixels = picture.made(&[], None, edge_px.max(16), limits)?;
            let jpeg = jpeg::encode(&pixels, PREVIEW_QUALITY)?;
            let pages = vec![picture.upright_size()];
            Ok((Probe { format, pages, traces: picture.into_traces() }, Some(jpeg)))
        }),
    }
}

/// Makes clean pages and hands them to `take`, each with its page number from 1, in the order of
/// [`Recipe::pages`].
///
/// # Errors
///
/// [`Refusal`]; the pages that were handed out before must not be used then.
/// [`Refusal::Cancelled`] when `take` breaks off.
pub fn clean(
    untrusted: &[u8],
    recipe: &Recipe<'_>,
    limits: &Limits,
    take: &mut dyn FnMut(u32, CleanPage) -> ControlFlow<()>,
) -> Result<(), Refusal> {
    let format = recognised(untrusted, limits)?;
    let areas = recipe.masks.iter().map(|mask| mask.area).chain(recipe.crop);
    if areas.into_iter().any(|area| !area.is_valid()) {
        return Err(Refusal::BadMask);
    }
    if format == Format::Pdf {
        return pdf::clean(untrusted, recipe, limits, take);
    }
    if recipe.masks.iter().any(|mask| mask.page != 1) {
        return Err(Refusal::BadMask);
    }
    if let Some(&page) = recipe.pages.iter().find(|page| **page != 1) {
        return Err(Refusal::NoSuchPage { page, pages: 1 });
    }
    let made = door::guarded(|| Picture::open(untrusted, format, limits)?.clean(recipe, limits))?;
    if take(1, made).is_break() { Err(Refusal::Cancelled) } else { Ok(()) }
}

/// The words of every page of a PDF, also those that cannot be seen; a picture has one page without
/// words. A letter whose meaning the file does not tell is U+FFFD.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken.
pub fn words(untrusted: &[u8], limits: &Limits) -> Result<Vec<Vec<Word>>, Refusal> {
    match recognised(untrusted, limits)? {
        Format::Pdf => pdf::words(untrusted, limits),
        _ => probe(untrusted, limits).map(|_| vec![Vec::new()]),
    }
}

/// A small JPEG of the first page, without masks, its longer side at most `edge_px`.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken.
pub fn thumbnail(untrusted: &[u8], edge_px: u32, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    page_image(untrusted, 1, edge_px, limits).map(|(_, _, jpeg)| jpeg)
}

/// An upright JPEG of one page (from 1), without masks, its longer side at most `edge_px` (a picture
/// is never enlarged); with its width and height in pixels.
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
    let format = recognised(untrusted, limits)?;
    if format == Format::Pdf {
        return pdf::page_image(untrusted, page, edge_px, limits);
    }
    if page != 1 {
        return Err(Refusal::NoSuchPage { page, pages: 1 });
    }
    door::guarded(|| {
        let picture = Picture::open(untrusted, format, limits)?;
        let pixels = picture.made(&[], None, edge_px.max(16), limits)?;
        let jpeg = jpeg::encode(&pixels, PREVIEW_QUALITY)?;
        Ok((pixels.width, pixels.height, jpeg))
    })
}

fn recognised(untrusted: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    limits.allow_bytes(untrusted)?;
    match kept::begins(untrusted, limits) {
        Some(kept) => Err(Refusal::StaysInside(kept)),
        None => kind::recognise(untrusted),
    }
}
