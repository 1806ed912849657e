//! Why was a package not made?

use std::{io, path::Path};

use crate::PagesError;

/// Why a package was not made. Whatever the reason, nothing half-written is left.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The pages of an exhibit could not be had.
    #[error(transparent)]
    Pages(PagesError),
    /// Neither font has a character, so it would be printed as an empty box.
    #[error(
        "the character \"{shown}\" ({code_point}) in {place} cannot be printed: write it in another way"
    )]
    MissingGlyph {
        /// The character; empty when it has no visible form.
        shown: String,
        /// Its number, such as `U+1F9F2`.
        code_point: String,
        /// Where it stands, such as `exhibits 3, caption, zh`.
        place: String,
    },
    /// The words of the layout lack one.
    #[error("the rule pack has no words for \"package.{0}\" in both languages")]
    MissingWords(&'static str),
    /// The typesetter refused.
    #[error("the typesetter refused the content: {0}")]
    Typeset(String),
    /// A document could not be put together.
    #[error("the document could not be put together: {0}")]
    Pdf(#[from] lopdf::Error),
    /// The folder cannot take a package.
    #[error("\"{0}\" is not an empty folder: choose a new or empty one")]
    Folder(String),
    /// No room.
    #[error("the disk is full while writing \"{0}\": free some space and try again")]
    DiskFull(String),
    /// The system refuses.
    #[error("\"{name}\" could not be written: {source}")]
    Io {
        /// The file.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// The finished package is not what it must be, so it is not handed out.
    #[error("the finished package did not pass its own check: {0}")]
    SelfCheck(String),
    /// The user stopped it.
    #[error("stopped; nothing was left")]
    Cancelled,
}

impl PackageError {
    /// The stable code that texts are looked up by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Pages(_) => "package-pages",
            Self::MissingGlyph { .. } => "missing-glyph",
            Self::MissingWords(_) | Self::Typeset(_) | Self::Pdf(_) => "package-typeset",
            Self::Folder(_) => "package-folder",
            Self::DiskFull(_) => "disk-full",
            Self::Io { .. } => "file-io",
            Self::SelfCheck(_) => "package-self-check",
            Self::Cancelled => "cancelled",
        }
    }

    /// Names an I/O error after the file that it happened to.
    pub(crate) fn from_io(path: &Path, source: io::Error) -> Self {
        // The name alone: the folder above it is the house's own affair.
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(name),
            _ => Self::Io { name, source },
        }
    }
}
