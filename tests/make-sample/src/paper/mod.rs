//! Which papers belong to the sample, and with which letters are they printed?
//!
//! The two papers come from two different programs, as papers do. What they share is here: fonts
//! cut down to the characters that a paper uses. Deliberately absent: what stands on them.

pub(crate) mod brochure;
pub(crate) mod order;
mod traces;

use allsorts::{
    binary::read::ReadScope,
    font_data::FontData,
    subset::{CmapTarget, SubsetProfile, subset},
};
use printpdf::ParsedFont;

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PaperError {
    /// The font program is not usable.
    #[error("the font {name}: {why}")]
    Font {
        /// Its name.
        name: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A PDF could not be read or written.
    #[error(transparent)]
    Pdf(#[from] lopdf::Error),
    /// Writing the bytes of a PDF.
    #[error(transparent)]
    Write(#[from] std::io::Error),
}

/// A whole font.
pub(crate) struct Face {
    /// Its PostScript name.
    pub name: &'static str,
    bytes: &'static [u8],
}

/// Latin text.
pub(crate) const REGULAR: Face = Face {
    name: "NotoSans-Regular",
    bytes: include_bytes!("../../../../assets/fonts/NotoSans_400Regular.ttf"),
};
/// Latin headings.
pub(crate) const BOLD: Face = Face {
    name: "NotoSans-Bold",
    bytes: include_bytes!("../../../../assets/fonts/NotoSans_700Bold.ttf"),
};
/// Chinese text.
pub(crate) const CHINESE: Face = Face {
    name: "NotoSansSC-Regular",
    bytes: include_bytes!("../../../../assets/fonts/NotoSansSC_400Regular.ttf"),
};

impl Face {
    /// The font with no other glyphs than those of `text`.
    ///
    /// # Errors
    ///
    /// [`PaperError::Font`] when the font cannot be read or cut.
    pub(crate) fn cut_to(&self, text: &str) -> Result<ParsedFont, PaperError> {
        let fault = |why: String| PaperError::Font { name: self.name, why };
        let mut ignored = Vec::new();
        let whole = ParsedFont::from_bytes(self.bytes, 0, &mut ignored)
            .ok_or_else(|| fault("not a font".to_owned()))?;
        let mut glyphs = vec![0_u16];
        for letter in text.chars() {
            let glyph = whole
                .lookup_glyph_index(letter as u32)
                .ok_or_else(|| fault(format!("no glyph for {letter:?}")))?;
            glyphs.push(glyph);
        }
        glyphs.sort_unstable();
        glyphs.dedup();
        let file = ReadScope::new(self.bytes)
            .read::<FontData<'_>>()
            .map_err(|error| fault(error.to_string()))?;
        let tables = file.table_provider(0).map_err(|error| fault(error.to_string()))?;
        let cut = subset(&tables, &glyphs, &SubsetProfile::Minimal, CmapTarget::Unicode)
            .map_err(|error| fault(error.to_string()))?;
        let mut font = ParsedFont::from_bytes(&cut, 0, &mut ignored)
            .ok_or_else(|| fault("the cut font is not a font".to_owned()))?;
        font.font_name = Some(self.name.to_owned());
        Ok(font)
    }
}

/// Width of a line in thousandths of the size of the letters.
pub(crate) fn width(font: &ParsedFont, text: &str) -> f32 {
    let units: u32 = text
        .chars()
        .filter_map(|letter| font.lookup_glyph_index(letter as u32))
        .filter_map(|glyph| font.get_glyph_width(glyph))
        .map(u32::from)
        .sum();
    units as f32 * 1000.0 / f32::from(font.units_per_em.max(1))
}
