//! Which files make up the sample, and in which order are they made?
//!
//! Pictures first, because the brochure shows two of them; then the papers; then the dossier, which
//! needs to know where scenes and order put what must be masked. Deliberately absent: writing; the
//! caller is handed each file as soon as it is whole.

use std::path::PathBuf;

use crate::{
    camera::Region,
    dossier::{self, DossierError, Masked},
    exif::{self, Traces},
    film::Picture,
    jpeg::{self, Segments, Squeeze},
    paper::{PaperError, brochure, order},
    png_file,
    scene::{Shot, Stored, shots},
};

/// Why the sample was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SampleError {
    /// A JPEG.
    #[error(transparent)]
    Jpeg(#[from] turbojpeg::Error),
    /// A PNG.
    #[error(transparent)]
    Png(#[from] png::EncodingError),
    /// A paper.
    #[error(transparent)]
    Paper(#[from] PaperError),
    /// The dossier.
    #[error(transparent)]
    Dossier(#[from] DossierError),
    /// A scene does not say where its secret lies, or its picture was not taken.
    #[error("no picture or no place to mask under the name \"{0}\"")]
    Unknown(&'static str),
    /// A file.
    #[error("{}: {source}", path.display())]
    Write {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Takes a finished file.
type Out<'a> = &'a mut dyn FnMut(&str, &[u8]) -> Result<(), SampleError>;

const PRODUCT: &str = "finished-product.jpg";
const BUILDING: &str = "facility-exterior.jpg";

/// Makes every file of the sample.
///
/// # Errors
///
/// [`SampleError`] when a file cannot be made, or when `out` refuses one.
pub(crate) fn make(out: Out<'_>) -> Result<(), SampleError> {
    let shots = shots();
    let mut kept = Vec::new();
    for shot in &shots {
        let picture = shot.take(shot.size.0);
        out(shot.file, &picture_file(shot, &picture)?)?;
        if [PRODUCT, BUILDING].contains(&shot.file) {
            kept.push((shot.file, picture.reduced(720)));
        }
    }
    let order = order::make()?;
    out("purchase-order.pdf", &order.pdf)?;
    out("brochure.pdf", &brochure::make(&plate(&kept, PRODUCT)?, &plate(&kept, BUILDING)?)?)?;
    let masked = Masked {
        label: region(&shots, "customer line")?,
        whiteboard: region(&shots, "whiteboard")?,
        order: order.customer_line,
    };
    out("dossier.json", dossier::write(masked)?.as_bytes())?;
    out("README.md", include_bytes!("../sample-readme.md"))
}

fn region(shots: &[Shot], name: &'static str) -> Result<Region, SampleError> {
    let named = shots.iter().flat_map(|shot| &shot.regions).find(|(known, _)| *known == name);
    named.map(|(_, region)| *region).ok_or(SampleError::Unknown(name))
}

fn plate<'a>(
    kept: &'a [(&str, Picture)],
    name: &'static str,
) -> Result<brochure::Plate<'a>, SampleError> {
    let (_, picture) =
        kept.iter().find(|(known, _)| *known == name).ok_or(SampleError::Unknown(name))?;
    let jpeg = jpeg::pixels(picture, Squeeze { quality: 86, progressive: false })?;
    Ok(brochure::Plate { picture, jpeg })
}

/// The file of one picture as its camera, or its drawing program, would leave it.
///
/// # Errors
///
/// [`SampleError::Jpeg`] or [`SampleError::Png`] when it cannot be compressed.
pub(crate) fn picture_file(shot: &Shot, upright: &Picture) -> Result<Vec<u8>, SampleError> {
    let on_its_side = shot.stored == Stored::OnItsSide;
    let turned;
    let stored = if on_its_side {
        turned = upright.turned_left();
        &turned
    } else {
        upright
    };
    let small = stored.reduced(320);
    let thumbnail = jpeg::pixels(&small, Squeeze { quality: 78, progressive: false })?;
    let exif = exif::tiff(&Traces {
        orientation: if on_its_side { 6 } else { 1 },
        size: (stored.width, stored.height),
        taken: shot.taken,
        step: u32::from(shot.taken.0) * 7 + u32::from(shot.taken.1),
        thumbnail,
    });
    if shot.stored == Stored::Drawing {
        return Ok(png_file::drawing(stored, &exif)?);
    }
    let pixels = jpeg::pixels(
        stored,
        Squeeze { quality: 88, progressive: shot.stored == Stored::Progressive },
    )?;
    let mut segments = Segments { exif, ..Segments::default() };
    if shot.stored == Stored::Edited {
        segments.xmp = jpeg::xmp_packet("Goods-in, shelf 3");
        "Goods-in desk: box 3 for Nordklang, do not publish".clone_into(&mut segments.comment);
    }
    Ok(jpeg::with_segments(&pixels, &segments))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(file: &str) -> Vec<u8> {
        let shots = shots();
        let shot = shots.iter().find(|shot| shot.file == file).unwrap();
        picture_file(shot, &shot.take(96)).unwrap()
    }

    #[test]
    fn a_picture_drawn_twice_has_the_same_bytes() {
        for file in ["item-packing.jpg", "magnet-location.png"] {
            assert_eq!(draft(file), draft(file), "{file}");
        }
    }

    #[test]
    fn a_paper_set_twice_has_the_same_bytes() {
        assert_eq!(order::make().unwrap().pdf, order::make().unwrap().pdf);
        let picture = Picture { width: 4, height: 3, rgb: vec![90; 36] };
        let jpeg = jpeg::pixels(&picture, Squeeze { quality: 86, progressive: false }).unwrap();
        let plate = brochure::Plate { picture: &picture, jpeg };
        let brochure = brochure::make(&plate, &plate).unwrap();
        assert_eq!(brochure, brochure::make(&plate, &plate).unwrap());
    }

    #[test]
    fn the_customer_stands_in_the_order_once_and_under_its_mask() {
        let order = order::make().unwrap();
        let Region { x, y, w, h } = order.customer_line;
        assert!(x > 0 && y > 0 && x + w < 10_000 && y + h < 10_000);
        let pdf = lopdf::Document::load_mem(&order.pdf).unwrap();
        assert_eq!(pdf.extract_text(&[1]).unwrap().matches("Nordklang").count(), 1);
    }

    #[test]
    fn the_picture_taken_upright_is_stored_on_its_side() {
        let file = draft(PRODUCT);
        let head = turbojpeg::read_header(&file).unwrap();
        assert_eq!((head.width, head.height), (128, 96));
    }

    #[test]
    fn every_mask_lies_inside_its_picture() {
        for (name, Region { x, y, w, h }) in shots().iter().flat_map(|shot| shot.regions.clone()) {
            assert!(x > 0 && y > 0 && w > 0 && h > 0, "{name}");
            assert!(x + w < 10_000 && y + h < 10_000, "{name} leaves its picture");
        }
    }
}
