//! How do hostile bytes become clean pixels, pages and words?
//!
//! The only code that decodes foreign pictures and PDFs. What it hands out was made new from
//! pixels; no byte of the original is copied. Deliberately absent: disk, network, clock time,
//! running anything that a file asks for.

mod app_segment;
mod bmp;
mod colour;
mod door;
mod exif_block;
mod gif;
mod jpeg;
pub mod kept;
mod kind;
mod likeness;
mod limits;
pub mod list;
mod pdf;
mod picture;
mod pixels;
mod png;
mod recipe;
mod refusal;
mod small_copy;
mod still;
mod tiff;
mod trace;
mod webp;

use std::ops::ControlFlow;

use lanthan_core::{
    clean::{CleanPage, Trace, Word},
    exhibit::Format,
    redaction::Passage,
};

use crate::picture::Picture;
pub use crate::{
    likeness::Likeness, limits::Limits, pdf::revisions::Revision, recipe::Recipe, refusal::Refusal,
};

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
    /// The pages; one for a picture, except for a TIFF of several; none for what is kept inside.
    pub pages: Vec<PageSize>,
    /// What stands beside the visible content, sorted by kind.
    pub traces: Vec<Trace>,
    /// What somebody meant to hide in a PDF, and did not, page by page.
    pub buried: Vec<Passage>,
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
            let mut pictures = Picture::all(untrusted, format, limits)?;
            let pages: Result<_, Refusal> =
                pictures.iter_mut().map(|one| one.prove(limits)).collect();
            let traces = pictures.swap_remove(0).into_traces();
            Ok(Probe { format, pages: pages?, traces, buried: Vec::new() })
        }),
    }
}

/// Looks at a file without decoding pictures: their parts are walked to the end, so that one that is cut
/// short, or larger than it may be, is refused; a fault inside coded pixels is found by [`look`], and
/// so is a small copy that shows something else. A PDF is looked at as by [`probe`].
///
/// # Errors
///
/// [`Refusal`] when it is not taken.
pub fn parts(untrusted: &[u8], limits: &Limits) -> Result<Probe, Refusal> {
    match recognised(untrusted, limits)? {
        Format::Pdf => pdf::probe(untrusted, limits),
        format => door::guarded(|| {
            let mut pictures = Picture::all(untrusted, format, limits)?;
            let pages = pictures.iter().map(Picture::upright_size).collect();
            let traces = pictures.swap_remove(0).into_traces();
            Ok(Probe { format, pages, traces, buried: Vec::new() })
        }),
    }
}

/// As [`probe`], together with a small JPEG of a picture, its longer side at most `edge_px`, from the same
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
            let mut pictures = Picture::all(untrusted, format, limits)?;
            let pixels = pictures[0].made(&[], None, edge_px.max(16), limits)?;
            let jpeg = jpeg::encode(&pixels, PREVIEW_QUALITY)?;
            pictures[0].compare_copies(&pixels, limits);
            drop(pixels);
            let mut pages = vec![pictures[0].upright_size()];
            for picture in &mut pictures[1..] {
                pages.push(picture.prove(limits)?);
            }
            let traces = pictures.swap_remove(0).into_traces();
            Ok((Probe { format, pages, traces, buried: Vec::new() }, Some(jpeg)))
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
    let pictures = door::guarded(|| Picture::all(untrusted, format, limits))?;
    let pages = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
    if recipe.masks.iter().any(|mask| !(1..=pages).contains(&mask.page)) {
        return Err(Refusal::BadMask);
    }
    let every: Vec<u32> = (1..=pages).collect();
    for &page in if recipe.pages.is_empty() { &every } else { recipe.pages } {
        let picture = nth(&pictures, page)?;
        let made = door::guarded(|| picture.clean(page, recipe, limits))?;
        if take(page, made).is_break() {
            return Err(Refusal::Cancelled);
        }
    }
    Ok(())
}

/// Makes clean pages as [`clean`] does, and tells what the file is and would give away; a picture that
/// nothing is cut off or covered on is decoded only once for both.
///
/// # Errors
///
/// As [`clean`].
pub fn look_and_clean(
    untrusted: &[u8],
    recipe: &Recipe<'_>,
    limits: &Limits,
    take: &mut dyn FnMut(u32, CleanPage) -> ControlFlow<()>,
) -> Result<Probe, Refusal> {
    let format = recognised(untrusted, limits)?;
    let is_whole = recipe.masks.is_empty() && recipe.crop.is_none() && recipe.pages.is_empty();
    if format == Format::Pdf || !is_whole {
        let probe = probe(untrusted, limits)?;
        clean(untrusted, recipe, limits, take)?;
        return Ok(probe);
    }
    let mut pictures = door::guarded(|| Picture::all(untrusted, format, limits))?;
    let pages = pictures.iter().map(Picture::upright_size).collect();
    for (page, picture) in (1_u32..).zip(&mut pictures) {
        let made = door::guarded(|| picture.looked_at_and_clean(recipe, limits))?;
        if take(page, made).is_break() {
            return Err(Refusal::Cancelled);
        }
    }
    let traces = pictures.swap_remove(0).into_traces();
    Ok(Probe { format, pages, traces, buried: Vec::new() })
}

/// One page (from 1) of a picture file.
fn nth<'p, 'a>(pictures: &'p [Picture<'a>], page: u32) -> Result<&'p Picture<'a>, Refusal> {
    let pages = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
    let at = usize::try_from(page).ok().and_then(|page| page.checked_sub(1));
    at.and_then(|at| pictures.get(at)).ok_or(Refusal::NoSuchPage { page, pages })
}

/// The words of every page of a PDF, also those that cannot be seen; the pages of a picture have no
/// words. A letter whose meaning the file does not tell is U+FFFD.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken.
pub fn words(untrusted: &[u8], limits: &Limits) -> Result<Vec<Vec<Word>>, Refusal> {
    match recognised(untrusted, limits)? {
        Format::Pdf => pdf::words(untrusted, limits),
        _ => probe(untrusted, limits).map(|probe| vec![Vec::new(); probe.pages.len()]),
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
    door::guarded(|| {
        let pictures = Picture::all(untrusted, format, limits)?;
        let pixels = nth(&pictures, page)?.made(&[], None, edge_px.max(16), limits)?;
        let jpeg = jpeg::encode(&pixels, PREVIEW_QUALITY)?;
        Ok((pixels.width, pixels.height, jpeg))
    })
}

/// The earlier states of a PDF that it still holds, with the words that its last state does not show; none
/// of anything else.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken.
pub fn revisions(untrusted: &[u8], limits: &Limits) -> Result<Vec<Revision>, Refusal> {
    match recognised(untrusted, limits)? {
        Format::Pdf => pdf::revisions::revisions(untrusted, limits),
        _ => Ok(Vec::new()),
    }
}

/// As [`page_image`], of an earlier state of a PDF, by its number.
///
/// # Errors
///
/// [`Refusal`] when there is no such state or page, or the state cannot be read.
pub fn revision_image(
    untrusted: &[u8],
    number: u32,
    page: u32,
    edge_px: u32,
    limits: &Limits,
) -> Result<(u32, u32, Vec<u8>), Refusal> {
    limits.allow_bytes(untrusted)?;
    let state = pdf::revisions::state(untrusted, number);
    let state = state.ok_or(Refusal::Damaged("it has no such earlier state"))?;
    page_image(state, page, edge_px, limits)
}

fn recognised(untrusted: &[u8], limits: &Limits) -> Result<Format, Refusal> {
    limits.allow_bytes(untrusted)?;
    match kept::begins(untrusted, limits) {
        Some(kept) => Err(Refusal::StaysInside(kept)),
        None => kind::recognise(untrusted),
    }
}
