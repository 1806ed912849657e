//! How does a foreign PDF leave as a clean copy of its own?
//!
//! One picture a page, the words that survived written invisibly over it, nothing else: no
//! properties, no metadata, no structure. Deliberately absent: anything of the foreign file.

use lanthan_core::clean::CleanPage;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat};
use sha2::{Digest, Sha256};

use crate::{
    PackageError,
    assemble::{Picture, picture},
    bind::{image, save},
    check::{Expected, self_check},
    layer::{FONT_NAME, Layer},
};

/// Points a pixel when a page does not say its size on paper: 150 pixels an inch.
const POINTS_PER_PIXEL: f32 = 72.0 / 150.0;
/// PDF's own bounds for the side of a page, in points (ISO 32000-1, annex C.2).
const SIDE: std::ops::RangeInclusive<f32> = 3.0..=14_400.0;

/// Makes a PDF of prepared pages; the same pages give the same bytes.
///
/// # Errors
///
/// [`PackageError::SelfCheck`] when there is no page or a page is not what it says.
pub fn rebuild(pages: &[CleanPage]) -> Result<Vec<u8>, PackageError> {
    let wrong = |what: &str| PackageError::SelfCheck(what.to_owned());
    let mut document = Document::with_version("1.7");
    let layer = Layer::of(pages.iter().flat_map(|page| &page.words));
    let font = if layer.is_empty() { None } else { Some(layer.add_font(&mut document)?) };
    let parent = document.new_object_id();
    let (mut kids, mut hashes, mut ident) = (Vec::new(), Vec::new(), Sha256::new());
    for page in pages {
        let picture = picture(page.clone()).map_err(wrong)?;
        hashes.push(picture.hash);
        ident.update(picture.hash);
        page.words.iter().for_each(|word| ident.update(&word.text));
        kids.push(Object::from(add_page(&mut document, picture, &layer, font, parent)?));
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    let tree = dict([("Type", "Pages".into()), ("Kids", kids.into()), ("Count", count.into())]);
    document.objects.insert(parent, tree.into());
    let catalog = dict([("Type", "Catalog".into()), ("Pages", parent.into())]);
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    let ident = Object::String(ident.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![ident.clone(), ident]);
    let pdf = save(&mut document)?;
    drop(document);
    let pages = crate::pages::count(hashes.len());
    self_check(&pdf, &Expected { pages, pictures: hashes, archival: false })?;
    Ok(pdf)
}

fn add_page(
    document: &mut Document,
    mut picture: Picture,
    layer: &Layer,
    font: Option<lopdf::ObjectId>,
    parent: lopdf::ObjectId,
) -> Result<lopdf::ObjectId, PackageError> {
    let [width, height] = size(&picture.page);
    let words = std::mem::take(&mut picture.page.words);
    let mut content = format!("q\n{width:.3} 0 0 {height:.3} 0 0 cm\n/P0 Do");
    if !words.is_empty() {
        content.push_str(&layer.operators(&words));
    }
    content.push_str("\nQ\n");
    let mut content = Stream::new(Dictionary::new(), content.into_bytes());
    content.compress()?;
    let content = document.add_object(content);
    let drawn = document.add_object(image(picture));
    let mut resources = dict([("XObject", dict([("P0", drawn.into())]).into())]);
    if let Some(font) = font {
        resources.set("Font", dict([(FONT_NAME, font.into())]));
    }
    Ok(document.add_object(dict([
        ("Type", "Page".into()),
        ("Parent", parent.into()),
        ("MediaBox", vec![0.into(), 0.into(), width.into(), height.into()].into()),
        ("Resources", resources.into()),
        ("Contents", content.into()),
    ])))
}

/// Width and height of a page in points, inside PDF's bounds.
fn size(page: &CleanPage) -> [f32; 2] {
    let pixels = |px: u32| f32::from(u16::try_from(px).unwrap_or(u16::MAX)) * POINTS_PER_PIXEL;
    let sides = page.size_pt.unwrap_or([pixels(page.width_px), pixels(page.height_px)]);
    sides.map(|side| side.clamp(*SIDE.start(), *SIDE.end()))
}

fn dict<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().fold(Dictionary::new(), |mut dict, (key, value)| {
        dict.set(key, value);
        dict
    })
}
