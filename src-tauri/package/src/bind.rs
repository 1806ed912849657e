//! How do the prepared pictures get into the set pages?
//!
//! Each stub is found by the number that it carries; the stream's bytes, size and colour space are
//! replaced and everything that the typesetter wrote about it stays: alternative text, structure,
//! place. Words of rebuilt pages go in right behind their picture.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream};

use crate::{
    PackageError, Stage,
    assemble::Picture,
    layer::{FONT_NAME, Layer},
    pages::{Progress, count, tell},
    stub::picture_of,
};

/// Puts the pictures in and saves; answers the bytes and the number of pages.
///
/// # Errors
///
/// [`PackageError::SelfCheck`] when a picture finds no place or more than one.
pub(crate) fn bind(
    stubbed: &[u8],
    pictures: Vec<Picture>,
    progress: Progress<'_>,
) -> Result<(Vec<u8>, u32), PackageError> {
    let mut document = Document::load_mem(stubbed)?;
    let places = places(&document);
    let total = count(pictures.len());
    let mut words = BTreeMap::new();
    for (number, mut picture) in pictures.into_iter().enumerate() {
        tell(progress, Stage::Bind, count(number), total)?;
        let place = *places
            .get(&number)
            .ok_or_else(|| PackageError::SelfCheck(format!("picture {number} has no place")))?;
        let own_words = std::mem::take(&mut picture.page.words);
        if !own_words.is_empty() {
            words.insert(place, own_words);
        }
        document.objects.insert(place, Object::Stream(image(picture)));
    }
    let layer = Layer::of(words.values().flatten());
    if !layer.is_empty() {
        let font = layer.add_font(&mut document)?;
        for page in document.page_iter().collect::<Vec<_>>() {
            write_words(&mut document, page, &words, &layer, font)?;
        }
    }
    tell(progress, Stage::Bind, total, total)?;
    let pages = count(document.page_iter().count());
    Ok((save(&mut document)?, pages))
}

/// Saves with small objects packed and compressed. lopdf keeps objects in the order of their
/// numbers, so the same document gives the same bytes.
pub(crate) fn save(document: &mut Document) -> Result<Vec<u8>, PackageError> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(9)
        .build();
    let mut pdf = Vec::new();
    document.save_with_options(&mut pdf, options).map_err(lopdf::Error::from)?;
    Ok(pdf)
}

/// Where each stub stands, by the number of its picture.
fn places(document: &Document) -> BTreeMap<usize, ObjectId> {
    let stub = |(id, object): (&ObjectId, &Object)| {
        let stream = object.as_stream().ok().filter(|stream| is_image(&stream.dict))?;
        Some((picture_of(&stream.content)?, *id))
    };
    document.objects.iter().filter_map(stub).collect()
}

/// True for the dictionary of a picture.
pub(crate) fn is_image(dict: &Dictionary) -> bool {
    dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
}

/// A picture as PDF keeps it: the JPEG's own bytes.
pub(crate) fn image(picture: Picture) -> Stream {
    let colours = if picture.channels == 1 { "DeviceGray" } else { "DeviceRGB" };
    let mut dict = Dictionary::new();
    dict.set("Type", "XObject");
    dict.set("Subtype", "Image");
    dict.set("Width", i64::from(picture.page.width_px));
    dict.set("Height", i64::from(picture.page.height_px));
    dict.set("ColorSpace", colours);
    dict.set("BitsPerComponent", 8);
    dict.set("Filter", "DCTDecode");
    Stream::new(dict, picture.page.jpeg).with_compression(false)
}

type Words = BTreeMap<ObjectId, Vec<lanthan_core::clean::Word>>;

/// Writes the words of each picture on a page right after the picture is drawn, inside whatever the
/// typesetter put around it, so that they belong to the picture in the document's structure.
fn write_words(
    document: &mut Document,
    page: ObjectId,
    words: &Words,
    layer: &Layer,
    font: ObjectId,
) -> Result<(), PackageError> {
    let mut drawn = Vec::new();
    for (name, object) in drawables(document, page)? {
        if let Some(own) = words.get(&object) {
            drawn.push((name, own));
        }
    }
    if drawn.is_empty() {
        return Ok(());
    }
    let mut content = document.get_page_content(page);
    for (name, own) in drawn {
        let call = [b"/", name.as_slice(), b" Do"].concat();
        let at = only_place_of(&content, &call)
            .ok_or_else(|| PackageError::SelfCheck("a picture is not drawn once".to_owned()))?;
        content.splice(at..at, layer.operators(own).into_bytes());
    }
    let mut stream = Stream::new(Dictionary::new(), content);
    stream.compress()?;
    let stream = document.add_object(stream);
    document.get_dictionary_mut(page)?.set("Contents", stream);
    add_font_to(document, page, font)
}

/// The names under which a page draws things, and what they name.
fn drawables(
    document: &Document,
    page: ObjectId,
) -> Result<Vec<(Vec<u8>, ObjectId)>, PackageError> {
    let page = document.get_dictionary(page)?;
    let resources = page.get_deref(b"Resources", document)?.as_dict()?;
    let Ok(all) = resources.get_deref(b"XObject", document) else { return Ok(Vec::new()) };
    let named =
        |(name, object): (&Vec<u8>, &Object)| Some((name.clone(), object.as_reference().ok()?));
    Ok(all.as_dict()?.iter().filter_map(named).collect())
}

fn add_font_to(
    document: &mut Document,
    page: ObjectId,
    font: ObjectId,
) -> Result<(), PackageError> {
    let own = document.get_dictionary(page)?;
    let mut resources = own.get_deref(b"Resources", document)?.as_dict()?.clone();
    let mut fonts = match resources.get_deref(b"Font", document) {
        Ok(fonts) => fonts.as_dict()?.clone(),
        Err(_) => Dictionary::new(),
    };
    fonts.set(FONT_NAME, font);
    resources.set("Font", fonts);
    document.get_dictionary_mut(page)?.set("Resources", resources);
    Ok(())
}

/// The end of `needle` in `hay` when it stands there exactly once as a whole token.
fn only_place_of(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let ends_token = |at: usize| hay.get(at).is_none_or(u8::is_ascii_whitespace);
    let mut found = hay
        .windows(needle.len())
        .enumerate()
        .filter(|(at, window)| *window == needle && ends_token(at + needle.len()))
        .map(|(at, _)| at + needle.len());
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_only_when_whole_and_alone() {
        assert_eq!(only_place_of(b"q /x0 Do Q", b"/x0 Do"), Some(8));
        assert_eq!(only_place_of(b"q /x0 Done Q", b"/x0 Do"), None);
        assert_eq!(only_place_of(b"/x0 Do /x0 Do", b"/x0 Do"), None);
    }
}
