//! How are clean copies of single files made, without a vault?

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use lanthan_core::{clean::Trace, exhibit::Format};
use lanthan_media::{Recipe, Refusal};
use lanthan_store::outside::{Incoming, Outgoing};

use crate::{
    Error, Progress, Result, Step,
    import::{self, Depth, Taken},
    reader,
};

/// A clean copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The file that it was made from, as it was named.
    pub source: String,
    /// Its name in the target folder.
    pub name: String,
    /// What was in the file and is not in the copy.
    pub removed: Vec<Trace>,
}

/// What came of cleaning.
#[derive(Debug, Default)]
pub struct Cleaned {
    /// The copies.
    pub copies: Vec<Copy>,
    /// The files that were refused, with the reason.
    pub refused: Vec<(String, Error)>,
}

/// Makes clean copies in a new or empty folder; names are neutral (`clean-1.jpg`). A refused file
/// does not keep the others from being done.
///
/// # Errors
///
/// [`Error::Outside`] when the folder is not empty or the disk is full; nothing is left there then.
pub fn clean(files: &[PathBuf], out: &Path, progress: Progress<'_>) -> Result<Cleaned> {
    let outgoing = Outgoing::prepare(out)?;
    let mut cleaned = Cleaned::default();
    let total = files.len() as u64;
    for (number, file) in (1_u64..).zip(files) {
        if progress(Step { stage: "clean", done: number - 1, total }).is_break() {
            return Err(Error::Cancelled);
        }
        let source = file.display().to_string();
        match copy(file) {
            Ok((bytes, ending, removed)) => {
                let name = format!("clean-{number}.{ending}");
                outgoing.write(&name, &bytes)?;
                cleaned.copies.push(Copy { source, name, removed });
            }
            Err(error) => cleaned.refused.push((source, error)),
        }
    }
    if !cleaned.copies.is_empty() {
        outgoing.finish()?;
    }
    Ok(cleaned)
}

fn copy(file: &Path) -> Result<(Vec<u8>, &'static str, Vec<Trace>)> {
    let (untrusted, probe) =
        match import::look(Box::new(Incoming::open(file, import::MAX_KEPT_BYTES)?), Depth::Pixels)?
        {
            Taken::Whole(untrusted, probe, _) => (untrusted, probe),
            Taken::Piecewise(_, format) => {
                let stays = format.kept_inside().map(Refusal::StaysInside);
                return Err(stays
                    .unwrap_or(Refusal::Unsupported("a file of an unknown kind"))
                    .into());
            }
        };
    let mut pages = Vec::new();
    reader::clean(&untrusted, &Recipe::default(), &mut |_, page| {
        pages.push(page);
        ControlFlow::Continue(())
    })?;
    if probe.format == Format::Pdf || pages.len() > 1 {
        return Ok((lanthan_package::rebuild(&pages)?, "pdf", probe.traces));
    }
    let jpeg = pages.pop().map(|page| page.jpeg).unwrap_or_default();
    Ok((jpeg, "jpg", probe.traces))
}
