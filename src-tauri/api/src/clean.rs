//! How are clean copies of single files made, without a vault?

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use lanthan_core::{clean::Trace, exhibit::Format};
use lanthan_media::Recipe;
use lanthan_store::outside::{self, Outgoing};

use crate::{
    Error, Progress, Result, Step,
    exhibit::{MAX_FILE_BYTES, limits},
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
    let untrusted = outside::read(file, MAX_FILE_BYTES)?;
    let probe = lanthan_media::probe(&untrusted, &limits())?;
    let mut pages = Vec::new();
    lanthan_media::clean(&untrusted, &Recipe::default(), &limits(), &mut |_, page| {
        pages.push(page);
        ControlFlow::Continue(())
    })?;
    match probe.format {
        Format::Pdf => Ok((lanthan_package::rebuild(&pages)?, "pdf", probe.traces)),
        Format::Jpeg | Format::Png => {
            let jpeg = pages.pop().map(|page| page.jpeg).unwrap_or_default();
            Ok((jpeg, "jpg", probe.traces))
        }
    }
}
