//! How does decided content become a package of files that can leave?
//!
//! [`core::content::Content`](lanthan_core::content::Content) in, a PDF with manifest, checksums and
//! note out; the same input gives the same bytes. Typst sets what is made of text, with a stub where
//! each picture belongs; lopdf puts the pictures in, writes the words of rebuilt pages invisibly and
//! saves. The result is opened again and looked through before anybody gets it.
//!
//! Deliberately absent: deciding what leaves, wording (every visible word comes with the content),
//! clock, network, encryption, and any byte of an original file.

mod assemble;
mod bind;
mod check;
mod error;
pub mod fonts;
mod inspect;
mod jpeg;
mod layer;
mod manifest;
mod pages;
mod printable;
mod rebuild;
mod stub;
mod sums;
mod typeset;
mod verify;
mod write;
mod xmp;

#[cfg(test)]
mod tests;

pub use assemble::{assemble, paper};
pub use error::PackageError;
pub use inspect::{Inspection, inspect};
pub use manifest::About;
pub use pages::{Pages, PagesError, Stage};
pub use rebuild::rebuild;
pub use verify::{Discrepancy, Verified, verify};
pub use write::{Written, WrittenFile, write};

/// Name of the PDF in a package's folder.
pub const PDF_NAME: &str = "package.pdf";
/// Name of the manifest in a package's folder.
pub const MANIFEST_NAME: &str = "manifest.json";
/// Name of the checksums, as `sha256sum -c` reads them.
pub const SUMS_NAME: &str = "SHA256SUMS";
/// Name of the note in both languages.
pub const NOTE_NAME: &str = "NOTE.txt";
