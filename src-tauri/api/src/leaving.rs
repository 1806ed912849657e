//! What can still be dug out of an exhibit once it has left?
//!
//! The bytes that would leave are made, and then looked at anew like any foreign file: what is told of them
//! is what a stranger would find. Deliberately absent: comparing pictures, which is for eyes.

use std::ops::ControlFlow;

use lanthan_core::{
    clean::Trace,
    exhibit::Format,
    id::{DossierId, ExhibitId},
    redaction::Passage,
};
use lanthan_media::{Recipe, Refusal};

use crate::{Error, Progress, Result, Step, Workspace, reader};

/// What was found in the bytes that leave.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaving {
    /// What they are.
    pub format: Format,
    /// Their length.
    pub size_bytes: u64,
    /// What they would give away beside what they show.
    pub traces: Vec<Trace>,
    /// What is hidden in them.
    pub buried: Vec<Passage>,
    /// How many words can be copied out of them.
    pub words: usize,
}

impl Workspace {
    /// Makes some pages of an exhibit as they leave (all that leave when none is named), and looks at the
    /// result anew.
    ///
    /// # Errors
    ///
    /// As [`Workspace::clean_image`], [`Error::Cancelled`] when it was stopped.
    pub fn leaving(
        &self,
        id: &DossierId,
        exhibit: &ExhibitId,
        pages: &[u32],
        progress: Progress<'_>,
    ) -> Result<Leaving> {
        let (dossier, _) = self.dossier(id)?;
        let known =
            dossier.exhibit(exhibit).ok_or_else(|| Error::NoSuchExhibit(exhibit.to_string()))?;
        let leaving = known.leaving_pages();
        let wanted = if pages.is_empty() { &leaving[..] } else { pages };
        let bytes = self.original(id, exhibit)?;
        let recipe =
            Recipe { masks: &known.masks, crop: known.crop, pages: wanted, ..Recipe::default() };
        let total = wanted.len() as u64;
        let mut made = Vec::new();
        reader::clean(&bytes, &recipe, &mut |_, page| {
            made.push(page);
            progress(Step { stage: "clean", done: made.len() as u64, total })?;
            ControlFlow::Continue(())
        })
        .map_err(|error| match error {
            Error::Refused(Refusal::Cancelled) => Error::Cancelled,
            error => error,
        })?;
        drop(bytes);
        let is_paper = known.original.as_ref().is_some_and(|o| o.format == Format::Pdf);
        let made = match made.pop() {
            Some(only) if made.is_empty() && !is_paper => only.jpeg,
            Some(last) => {
                made.push(last);
                lanthan_package::rebuild(&made)?
            }
            None => return Err(Error::BadMask),
        };
        let mut found = reader::probe(&made)?;
        let words: usize = reader::words(&made)?.iter().map(Vec::len).sum();
        // The layer of words is ours: as many are not seen as can be copied, and these are counted.
        let layer = words.to_string();
        found.traces.retain(|trace| trace.kind != "pdf-hidden-text" || trace.detail != layer);
        Ok(Leaving {
            format: found.format,
            size_bytes: made.len() as u64,
            traces: found.traces,
            buried: found.buried,
            words,
        })
    }
}
