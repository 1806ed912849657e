//! How does the drawing become a PNG file, and what does it give away?
//!
//! Text chunks as drawing programs write them, and an `eXIf` chunk (PNG, third edition, 11.3.3 and
//! 11.3.4). Deliberately absent: a palette and transparency; the drawing has neither.

use png::{BitDepth, ColorType, Encoder, EncodingError, Info};

use crate::film::Picture;

/// Writes the picture with its traces.
///
/// # Errors
///
/// What the encoder says.
pub(crate) fn drawing(picture: &Picture, exif: &[u8]) -> Result<Vec<u8>, EncodingError> {
    let mut out = Vec::new();
    let mut info = Info::with_size(picture.width, picture.height);
    info.color_type = ColorType::Rgb;
    info.bit_depth = BitDepth::Eight;
    info.exif_metadata = Some(exif.into());
    let mut encoder = Encoder::with_info(&mut out, info)?;
    for (keyword, text) in [
        ("Title", "Exploded view SA-130 N, revision C"),
        ("Author", "Sample Audio S.r.l., design office"),
        ("Software", "Example Solid Modeller 14"),
        ("Comment", "Internal. Magnet seat as for Nordklang Example AB."),
    ] {
        encoder.add_text_chunk(keyword.to_owned(), text.to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&picture.rgb)?;
    writer.finish()?;
    Ok(out)
}

/// Writes red, green, blue and opacity, without any further chunk.
///
/// # Errors
///
/// What the encoder says.
pub(crate) fn icon(edge: u32, rgba: &[u8]) -> Result<Vec<u8>, EncodingError> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, edge, edge);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgba)?;
    writer.finish()?;
    Ok(out)
}
