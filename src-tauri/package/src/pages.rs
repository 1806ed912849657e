//! Where do the pictures of a package come from, and who is told how far it is?

use std::{error::Error, fmt, ops::ControlFlow};

use lanthan_core::{clean::CleanPage, id::ExhibitId};

use crate::PackageError;

/// Gives the pages of an exhibit, ready to leave. Asked once for each exhibit, in the order of the
/// package, so that only prepared pictures are held and never a decoded one.
pub trait Pages {
    /// The pages of an exhibit, in the order in which they leave.
    ///
    /// # Errors
    ///
    /// [`PagesError`] with the cause; the package is not made then.
    fn pages(&mut self, id: &ExhibitId) -> Result<Vec<CleanPage>, PagesError>;
}

/// Why the pages of an exhibit could not be had; carries the giver's own error.
#[derive(Debug)]
pub struct PagesError {
    exhibit: Option<u32>,
    cause: Box<dyn Error + Send + Sync>,
}

impl PagesError {
    /// Wraps the giver's own error.
    pub fn new(cause: impl Error + Send + Sync + 'static) -> Self {
        Self { exhibit: None, cause: Box::new(cause) }
    }

    /// Names the exhibit by its number in the package.
    pub(crate) fn of(self, exhibit: u32) -> Self {
        Self { exhibit: Some(exhibit), ..self }
    }
}

impl fmt::Display for PagesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(number) = self.exhibit {
            write!(f, "exhibit {number}: ")?;
        }
        self.cause.fmt(f)
    }
}

impl Error for PagesError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.source()
    }
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Exhibits are made ready; counts exhibits.
    Prepare,
    /// The text is set.
    Typeset,
    /// The pictures are put in; counts pictures.
    Bind,
    /// The result is opened again and looked through.
    Check,
    /// The files are written; counts files.
    Write,
}

impl Stage {
    /// A stable word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Typeset => "typeset",
            Self::Bind => "bind",
            Self::Check => "check",
            Self::Write => "write",
        }
    }
}

/// Told the stage, how much of it is done and how much there is; answers whether to go on.
pub(crate) type Progress<'a> = &'a mut dyn FnMut(Stage, u32, u32) -> ControlFlow<()>;

/// Tells how far it is and stops when the answer is to stop.
pub(crate) fn tell(
    progress: Progress<'_>,
    stage: Stage,
    done: u32,
    total: u32,
) -> Result<(), PackageError> {
    match progress(stage, done, total) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(PackageError::Cancelled),
    }
}

/// A count for progress and page numbers; never near its bound in practice.
pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
