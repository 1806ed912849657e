//! Why is a file not taken?
//!
//! Every sentence says what is wrong and what to do. Deliberately absent: anything that stands in
//! the file, because these sentences may be logged or read out over the telephone.

use lanthan_core::exhibit::KeptInside;

/// Why a file, or a page of it, is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no byte in it.
    #[error("the file is empty: choose the right one, or copy it again")]
    EmptyFile,
    /// It is none of the formats that are taken.
    #[error("this is {0}, which is not taken: save it as JPEG, PNG or PDF")]
    Unsupported(&'static str),
    /// It holds no list.
    #[error("this is {0}, which holds no list of questions: save the list as XLSX, CSV or text")]
    NoList(&'static str),
    /// It is a picture of telephones for which there is no decoder that can be trusted yet.
    #[error("this is {0}, which is not taken: export it as JPEG from the program that shows it")]
    NeedsExport(&'static str),
    /// It is kept inside, and nothing that may leave is made of it.
    #[error("{}", match .0 {
        KeptInside::Video => "a video never leaves: pick the stills that show what matters, and add them as pictures",
        KeptInside::Office => "an Office file never leaves: make a PDF of it, and add that",
    })]
    StaysInside(KeptInside),
    /// It is cut short or its content contradicts itself.
    #[error("the file is damaged ({0}): copy it from where it was made, or ask for it again")]
    Damaged(&'static str),
    /// It is locked.
    #[error("the PDF is locked with a password or against changes: save a copy without the lock")]
    Encrypted,
    /// It has more bytes than the limit, or would unpack to more.
    #[error("the file holds more than {limit_mb} MB: split it or shrink it")]
    TooLarge {
        /// The limit in megabytes (1,048,576 bytes).
        limit_mb: u64,
    },
    /// It has more pixels than the limit.
    #[error("a picture holds more than {limit_mpx} megapixels: scale it down")]
    TooManyPixels {
        /// The limit in megapixels (1,000,000 pixels).
        limit_mpx: u64,
    },
    /// It has more pages than the limit.
    #[error("the file has more than {limit} pages: split it")]
    TooManyPages {
        /// The limit.
        limit: u32,
    },
    /// A page takes more work than a page that was made for reading.
    #[error("page {page} takes too long to draw: print the PDF to a new one, and take that")]
    TooSlow {
        /// The page, from 1.
        page: u32,
    },
    /// A page was asked for that the file does not have.
    #[error("there is no page {page}: the file has {pages}")]
    NoSuchPage {
        /// The page asked for.
        page: u32,
        /// The number of pages there are.
        pages: u32,
    },
    /// A mask or the crop cannot be applied as it is.
    #[error("a mask or the crop lies outside of the page: draw it again")]
    BadMask,
    /// Of a crop nothing is left once all that lies beside it is gone.
    #[error("the part that is to leave is too small to be cut out: draw it larger")]
    SmallCrop,
    /// The process that reads files did not survive it.
    #[error(
        "reading the file breaks the reader, or takes more memory than a file should: save it anew, and take that"
    )]
    BreaksReader,
    /// The process that reads files did not come to an end with it.
    #[error("reading the file takes longer than a file should: save it anew, and take that")]
    HoldsReader,
    /// The caller stopped it.
    #[error("stopped; nothing was changed")]
    Cancelled,
}

impl Refusal {
    /// The stable word; texts are looked up under `err-<code>` and `fix-<code>`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyFile => "empty-file",
            Self::Unsupported(_) => "unsupported",
            Self::NoList(_) => "no-list",
            Self::NeedsExport(_) => "needs-export",
            Self::StaysInside(KeptInside::Video) => "kept-inside-video",
            Self::StaysInside(KeptInside::Office) => "kept-inside-office",
            Self::Damaged(_) => "damaged",
            Self::Encrypted => "encrypted",
            Self::TooLarge { .. } => "too-large",
            Self::TooManyPixels { .. } => "too-many-pixels",
            Self::TooManyPages { .. } => "too-many-pages",
            Self::TooSlow { .. } => "too-slow",
            Self::NoSuchPage { .. } => "no-such-page",
            Self::BadMask => "bad-mask",
            Self::SmallCrop => "crop-too-small",
            Self::BreaksReader => "breaks-reader",
            Self::HoldsReader => "holds-reader",
            Self::Cancelled => "cancelled",
        }
    }
}
