//! In which order is a package put together?
//!
//! First what costs little and refuses most: the characters. Then the pictures, one exhibit at a
//! time; the text with stubs; the pictures into their places; the look at the result. What is held
//! at the peak is the prepared JPEGs twice: inside the finished bytes, and once more while these are
//! opened again. A decoded picture is never held.

use std::ops::ControlFlow;

use lanthan_core::{clean::CleanPage, content::Content};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    PackageError, Pages, Stage,
    bind::bind,
    check::{Expected, self_check},
    jpeg,
    pages::{Progress, count, tell},
    printable::printable,
    typeset::{Job, typeset},
};

/// A prepared picture on its way into the document.
#[derive(Debug)]
pub(crate) struct Picture {
    /// What the media crate made.
    pub(crate) page: CleanPage,
    /// Its colour channels: 1 or 3.
    pub(crate) channels: u8,
    /// SHA-256 of its JPEG.
    pub(crate) hash: [u8; 32],
}

/// Sets the package in memory; `progress` is told the stage, how much of it is done and how much
/// there is, and stops the work by answering `Break`.
///
/// # Errors
///
/// [`PackageError`]; [`PackageError::Cancelled`] when `progress` says so.
pub fn assemble(
    content: &Content,
    pages: &mut dyn Pages,
    progress: &mut dyn FnMut(Stage, u32, u32) -> ControlFlow<()>,
) -> Result<Vec<u8>, PackageError> {
    made(content, pages, progress).map(|(pdf, _)| pdf)
}

/// The same, with the number of pages.
pub(crate) fn made(
    content: &Content,
    pages: &mut dyn Pages,
    progress: Progress<'_>,
) -> Result<(Vec<u8>, u32), PackageError> {
    let content_json = printable(content)?;
    let (sheets, pictures) = prepare(content, pages, progress)?;
    let ident = ident(&content_json, &pictures);
    let data = json!({"content": content_json, "sheets": sheets});
    let hashes: Vec<_> = pictures.iter().map(|picture| picture.hash).collect();
    tell(progress, Stage::Typeset, 0, 1)?;
    let job = Job {
        template: "package.typ",
        data: &data,
        pictures: pictures.len(),
        day: content.day,
        ident,
    };
    let stubbed = typeset(&job)?;
    let (pdf, pages) = bind(&stubbed, pictures, progress)?;
    drop(stubbed);
    tell(progress, Stage::Check, 0, 1)?;
    self_check(&pdf, &Expected { pages, pictures: hashes, archival: true })?;
    tell(progress, Stage::Check, 1, 1)?;
    Ok((pdf, pages))
}

/// Sets a paper that is no package: its statements alone, without cover, contents and exhibits.
///
/// # Errors
///
/// [`PackageError`].
pub fn paper(content: &Content) -> Result<Vec<u8>, PackageError> {
    let content_json = printable(content)?;
    let ident = ident(&content_json, &[]);
    let data = json!({"content": content_json, "sheets": []});
    let job = Job { template: "paper.typ", data: &data, pictures: 0, day: content.day, ident };
    let (pdf, pages) = bind(&typeset(&job)?, Vec::new(), &mut |_, _, _| ControlFlow::Continue(()))?;
    self_check(&pdf, &Expected { pages, pictures: Vec::new(), archival: true })?;
    Ok(pdf)
}

/// Asks for every exhibit's pages; answers what the templates must know and the pictures.
fn prepare(
    content: &Content,
    pages: &mut dyn Pages,
    progress: Progress<'_>,
) -> Result<(Value, Vec<Picture>), PackageError> {
    let total = count(content.exhibits.len());
    let (mut sheets, mut pictures) = (Vec::new(), Vec::new());
    for (done, exhibit) in (0_u32..).zip(&content.exhibits) {
        tell(progress, Stage::Prepare, done, total)?;
        let number = exhibit.number;
        let wrong = |what: &str| PackageError::SelfCheck(format!("exhibit {number}: {what}"));
        let got =
            pages.pages(&exhibit.id).map_err(|error| PackageError::Pages(error.of(number)))?;
        if number != done + 1 {
            return Err(wrong("the numbers have a gap"));
        }
        if got.is_empty() || got.len() != exhibit.pages.len() {
            return Err(wrong("it has another number of pages than was decided"));
        }
        let mut own = Vec::new();
        for page in got {
            own.push(json!({
                "picture": pictures.len(),
                "width": page.width_px,
                "height": page.height_px,
                "points": page.size_pt,
            }));
            pictures.push(picture(page).map_err(wrong)?);
        }
        sheets.push(own);
    }
    tell(progress, Stage::Prepare, total, total)?;
    Ok((json!(sheets), pictures))
}

/// Looks at a prepared page before it is let in.
pub(crate) fn picture(page: CleanPage) -> Result<Picture, &'static str> {
    let head = jpeg::head(&page.jpeg).ok_or("a page is no JPEG")?;
    if (head.width, head.height) != (page.width_px, page.height_px) || head.width == 0 {
        return Err("a page has another size than it says");
    }
    if head.carries_more {
        return Err("a page carries more than pixels");
    }
    if !head.baseline || !matches!(head.channels, 1 | 3) {
        return Err("a page is no baseline JPEG in grey or colour");
    }
    if page.size_pt.is_some_and(|sides| sides.iter().any(|side| !(side.is_finite() && *side > 0.0)))
    {
        return Err("a page has no size on paper");
    }
    let hash = Sha256::digest(&page.jpeg).into();
    Ok(Picture { page, channels: head.channels, hash })
}

/// A name for the input: the document's identifier is made from it.
fn ident(content: &Value, pictures: &[Picture]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(content.to_string());
    for picture in pictures {
        hasher.update(picture.hash);
        for word in &picture.page.words {
            hasher.update(&word.text);
        }
    }
    hex(&hasher.finalize())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing into a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
