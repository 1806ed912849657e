//! What is a file that is kept inside, and what would it give away?
//!
//! A video or an Office file of any length is read from any place, in the memory of a few of its
//! parts, and never as a whole. Deliberately absent: pictures, pages and words of it. What is kept
//! inside never leaves, so nothing is made of it.

mod boxes;
mod moov;
mod office;
mod part;
mod parts;
mod video;
pub(crate) mod xml;

use std::io::{self, Read, Seek, SeekFrom};

use lanthan_core::exhibit::{Format, KeptInside};

use crate::{Limits, Probe, Refusal, door, kind};

/// Untrusted bytes that can be read from any place: a file on the disk, or an original in the vault.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// How much of a file is looked at to tell what it is, in bytes.
const HEAD_BYTES: usize = 64 * 1024;

/// Names what a file is by its content, without reading all of it.
///
/// # Errors
///
/// [`Refusal`] when it is not taken.
pub fn recognise(untrusted: &mut dyn Source, limits: &Limits) -> Result<Format, Refusal> {
    let head = head(untrusted)?;
    if head.is_empty() {
        return Err(Refusal::EmptyFile);
    }
    if boxes::begin(&head) {
        return door::guarded(|| video::probe(untrusted)).map(|probe| probe.format);
    }
    if office::begins(&head) {
        return door::guarded(|| office::recognise(untrusted, &head, limits)).and_then(|format| {
            match format {
                Some(format) => Ok(format),
                None => kind::recognise(&head),
            }
        });
    }
    kind::recognise(&head)
}

/// Looks at a file that is kept inside and proves, as far as its own index goes, that it is whole.
///
/// # Errors
///
/// [`Refusal`] when it is not taken.
pub fn probe(untrusted: &mut dyn Source, limits: &Limits) -> Result<Probe, Refusal> {
    let format = recognise(untrusted, limits)?;
    match format.kept_inside() {
        Some(KeptInside::Video) => door::guarded(|| video::probe(untrusted)),
        Some(KeptInside::Office) => door::guarded(|| office::probe(untrusted, format, limits)),
        None => Err(Refusal::Damaged("it is another file than before")),
    }
}

/// Tells by its first bytes what is kept inside and never cleaned.
pub(crate) fn begins(head: &[u8], limits: &Limits) -> Option<KeptInside> {
    let mut whole = io::Cursor::new(head);
    recognise(&mut whole, limits).ok().and_then(Format::kept_inside)
}

fn head(untrusted: &mut dyn Source) -> Result<Vec<u8>, Refusal> {
    let mut head = Vec::new();
    let read = untrusted
        .seek(SeekFrom::Start(0))
        .and_then(|_| untrusted.take(HEAD_BYTES as u64).read_to_end(&mut head));
    match read {
        Ok(_) => Ok(head),
        Err(_) => Err(UNREADABLE),
    }
}

/// A medium that fails in the middle; whoever gave the source knows more.
const UNREADABLE: Refusal = Refusal::Damaged("its medium cannot be read");
