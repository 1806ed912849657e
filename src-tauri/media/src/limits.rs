//! How much of a hostile file is too much?
//!
//! Each limit is checked before the work that it bounds: pixels against the header and not after
//! decoding, unpacked bytes while unpacking. Deliberately absent: any way to switch a limit off.

use crate::Refusal;

/// The bounds that every file is held to.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Greatest length of the file, in bytes (inclusive).
    pub max_bytes: u64,
    /// Greatest number of pixels of one picture, also of one inside a PDF (inclusive).
    pub max_pixels: u64,
    /// Greatest number of pages of a PDF (inclusive).
    pub max_pages: u32,
    /// Greatest number of bytes that one packed stream inside a PDF may unpack to (inclusive).
    pub max_unpacked_bytes: u64,
    /// Greatest number of parts of an Office file (inclusive).
    pub max_parts: u32,
    /// Greatest number of bytes that all parts of an Office file may unpack to (inclusive).
    pub max_office_bytes: u64,
    /// Greatest number of drawing steps on one PDF page (inclusive).
    pub max_steps: u64,
    /// Longest silence of the PDF renderer on one page, in seconds.
    pub max_page_seconds: u32,
    /// A TrueType or OpenType font for text in composite fonts, such as Chinese, that the PDF does
    /// not carry itself. Without it such text is not drawn.
    pub fallback_font: Option<&'static [u8]>,
    /// Told whenever a page of a PDF is begun, so that whoever waits for many pages knows that it goes on;
    /// from any thread.
    pub alive: fn(),
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 256 * 1024 * 1024,
            max_pixels: 60_000_000,
            max_pages: 500,
            max_unpacked_bytes: 256 * 1024 * 1024,
            max_parts: 20_000,
            max_office_bytes: 512 * 1024 * 1024,
            max_steps: 5_000_000,
            max_page_seconds: 120,
            fallback_font: None,
            alive: || (),
        }
    }
}

impl Limits {
    /// Holds a picture's size, as its header states it, against the limit.
    pub(crate) fn allow_pixels(&self, width: u64, height: u64) -> Result<(), Refusal> {
        if width == 0 || height == 0 {
            return Err(Refusal::Damaged("a picture without any pixels"));
        }
        if width.saturating_mul(height) > self.max_pixels {
            return Err(Refusal::TooManyPixels { limit_mpx: self.max_pixels / 1_000_000 });
        }
        Ok(())
    }

    /// Holds the file's own length against the limit.
    pub(crate) fn allow_bytes(&self, untrusted: &[u8]) -> Result<(), Refusal> {
        if untrusted.is_empty() {
            return Err(Refusal::EmptyFile);
        }
        if untrusted.len() as u64 > self.max_bytes {
            return Err(Refusal::TooLarge { limit_mb: self.max_bytes / (1024 * 1024) });
        }
        Ok(())
    }

    /// The refusal of a stream that unpacks to too much.
    pub(crate) fn unpacks_too_far(&self) -> Refusal {
        Refusal::TooLarge { limit_mb: self.max_unpacked_bytes / (1024 * 1024) }
    }
}
