//! Is a PDF fit to be read, and where are its pages?
//!
//! Nothing is drawn before the checks of this file: end, lock, packing, number and size of pages,
//! whole content. Deliberately absent: objects that no page reaches.

use std::{collections::HashSet, sync::Arc};

use hayro::hayro_syntax::{
    Filter, LoadPdfError, Pdf,
    object::{Array, MaybeRef, Object, ObjectIdentifier, Stream},
    page::Page,
};

use super::{
    census::{self, Census},
    structure, tail, unpack,
};
use crate::{Limits, PageSize, Refusal, trace::Traces};

/// Greatest length of a page's side, in points: what PDF 1.6 allows, with room (ISO 32000-1, C.2).
const MAX_SIDE_PT: f32 = 20_000.0;

/// A PDF that may be read.
pub(crate) struct Opened {
    pdf: Pdf,
    limits: Limits,
    seen: HashSet<ObjectIdentifier>,
}

impl Opened {
    /// Opens a PDF and notes what its end tells.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when it is not fit.
    pub(crate) fn new(
        untrusted: Arc<Vec<u8>>,
        limits: &Limits,
        traces: &mut Traces,
    ) -> Result<Self, Refusal> {
        tail::check(&untrusted, traces)?;
        structure::check(&untrusted, limits)?;
        let locked = memchr::memmem::find(&untrusted, b"/Encrypt ").is_some();
        let pdf = Pdf::new(untrusted).map_err(|error| match error {
            LoadPdfError::Decryption(_) => Refusal::Encrypted,
            LoadPdfError::Invalid if locked => Refusal::Encrypted,
            LoadPdfError::Invalid => Refusal::Damaged("the PDF cannot be read"),
        })?;
        let opened = Self { pdf, limits: limits.clone(), seen: HashSet::new() };
        if opened.is_locked() {
            return Err(Refusal::Encrypted);
        }
        match opened.pdf.pages().len() {
            0 => Err(Refusal::Damaged("the PDF has no page")),
            pages if pages as u64 > u64::from(limits.max_pages) => {
                Err(Refusal::TooManyPages { limit: limits.max_pages })
            }
            _ => Ok(opened),
        }
    }

    /// The reader unlocks files whose password is empty. Then a stream's data is its own and not a
    /// part of the file.
    fn is_locked(&self) -> bool {
        let mut streams = self.pdf.objects().into_iter().filter_map(Object::into_stream);
        streams.any(|stream| matches!(stream.raw_data(), std::borrow::Cow::Owned(_)))
    }

    /// The reader's view of the file.
    pub(crate) fn pdf(&self) -> &Pdf {
        &self.pdf
    }

    /// The limits it was opened with.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The number of pages, at least 1.
    pub(crate) fn page_count(&self) -> u32 {
        u32::try_from(self.pdf.pages().len()).unwrap_or(u32::MAX)
    }

    /// A page, from 1.
    ///
    /// # Errors
    ///
    /// [`Refusal::NoSuchPage`].
    pub(crate) fn page(&self, page: u32) -> Result<&Page<'_>, Refusal> {
        let missing = Refusal::NoSuchPage { page, pages: self.page_count() };
        let index = page.checked_sub(1).ok_or_else(|| missing.clone())?;
        self.pdf.pages().get(index as usize).ok_or(missing)
    }

    /// The upright size of a page.
    ///
    /// # Errors
    ///
    /// [`Refusal::Damaged`] when the page has no size that could be printed.
    pub(crate) fn size(&self, page: u32) -> Result<PageSize, Refusal> {
        let (width, height) = self.page(page)?.render_dimensions();
        let fits = |side: f32| side.is_finite() && (1.0..=MAX_SIDE_PT).contains(&side);
        if fits(width) && fits(height) {
            Ok(PageSize { width, height })
        } else {
            Err(Refusal::Damaged("a page of the PDF has no possible size"))
        }
    }

    /// Checks what drawing a page would read.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when its size is impossible, its content is not whole, or something on it
    /// unpacks to too much.
    pub(crate) fn allow(&mut self, page: u32) -> Result<(), Refusal> {
        self.size(page)?;
        let mut seen = std::mem::take(&mut self.seen);
        let checked = self.page(page).and_then(|page| {
            unpack::check_reachable(page, &mut seen, &self.limits)?;
            check_content(page, &self.limits)
        });
        self.seen = seen;
        checked
    }

    /// Walks through a page's drawing steps and collects its words.
    ///
    /// # Errors
    ///
    /// [`Refusal::TooSlow`] when there are too many steps, [`Refusal::TooManyPixels`] for a
    /// picture, [`Refusal::Cancelled`] when nobody waits any more.
    pub(crate) fn census(&self, page: u32, is_left: &dyn Fn() -> bool) -> Result<Census, Refusal> {
        census::take(self, page, is_left)
    }
}

/// The reader draws what it can of broken content; a page that lacks something must not pass as
/// whole.
fn check_content(page: &Page<'_>, limits: &Limits) -> Result<(), Refusal> {
    const LACKING: Refusal = Refusal::Damaged("the content of a page is missing or broken");
    let Some(content) = page.raw().get_raw::<Object<'_>>("Contents") else { return Ok(()) };
    let object = match content {
        MaybeRef::Ref(to) => page.xref().get::<Object<'_>>(to.into()).ok_or(LACKING)?,
        MaybeRef::NotRef(object) => object,
    };
    match object {
        Object::Stream(stream) => check_part(&stream, limits).then_some(()).ok_or(LACKING),
        Object::Array(parts) => check_parts(&parts, limits).then_some(()).ok_or(LACKING),
        Object::Null(_) => Ok(()),
        _ => Err(LACKING),
    }
}

fn check_parts(parts: &Array<'_>, limits: &Limits) -> bool {
    let streams = parts.iter::<Stream<'_>>().filter(|part| check_part(part, limits)).count();
    streams == parts.raw_iter().count()
}

fn check_part(part: &Stream<'_>, limits: &Limits) -> bool {
    match part.filters()[..] {
        [Filter::FlateDecode] => {
            let data = part.raw_data();
            data.is_empty() || unpack::is_whole(&data, limits)
        }
        _ => part.decoded_data().is_ok(),
    }
}
