//! Which fonts does a package print with?
//!
//! Noto Sans for Latin, Greek and Cyrillic, Noto Sans SC for Chinese; their origin and licence stand
//! in `assets/fonts`. Deliberately absent: fonts of the machine, which would make the same dossier
//! look different elsewhere.

/// Noto Sans Regular, a TrueType file.
#[must_use]
pub fn latin_regular() -> &'static [u8] {
    include_bytes!("../../../assets/fonts/NotoSans_400Regular.ttf")
}

/// Noto Sans Bold, a TrueType file.
#[must_use]
pub fn latin_bold() -> &'static [u8] {
    include_bytes!("../../../assets/fonts/NotoSans_700Bold.ttf")
}

/// Noto Sans SC Regular, a TrueType file of about 10 MB.
#[must_use]
pub fn cjk_regular() -> &'static [u8] {
    include_bytes!("../../../assets/fonts/NotoSansSC_400Regular.ttf")
}

/// Noto Sans SC Bold, a TrueType file of about 10 MB.
#[must_use]
pub fn cjk_bold() -> &'static [u8] {
    include_bytes!("../../../assets/fonts/NotoSansSC_700Bold.ttf")
}

/// All four, in the order in which the typesetter numbers them.
pub(crate) fn all() -> [&'static [u8]; 4] {
    [latin_regular(), latin_bold(), cjk_regular(), cjk_bold()]
}
