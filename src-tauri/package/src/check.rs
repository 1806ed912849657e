//! Is the finished document what it must be?
//!
//! Opened again from its bytes and compared with what was meant to be in it. Everything that a PDF
//! could do or carry besides pages is refused by name; the properties are an allow-list.
//! Deliberately absent: the search for protected terms, which the caller does.

use lopdf::{Dictionary, Document, Object};
use sha2::{Digest, Sha256};

use crate::{PackageError, bind::is_image, inspect::open, pages::count, stub::picture_of};

/// What must be in the document.
#[derive(Debug)]
pub(crate) struct Expected {
    /// Number of pages; a document without any is never right.
    pub(crate) pages: u32,
    /// SHA-256 of each picture's JPEG.
    pub(crate) pictures: Vec<[u8; 32]>,
    /// True when the document says that it is PDF/A: then its colours must be explained by an output
    /// intent and it has metadata of its own; otherwise it has none (ISO 19005-2, 6.2.3 and 6.6.2).
    pub(crate) archival: bool,
}

/// The properties that a document may have.
const PROPERTIES: [&[u8]; 8] = [
    b"Title",
    b"Author",
    b"Subject",
    b"Keywords",
    b"Creator",
    b"Producer",
    b"CreationDate",
    b"ModDate",
];

/// Keys of dictionaries that make a document act, ask or carry something.
const ACTIVE_KEYS: [&[u8]; 13] = [
    b"AA",
    b"AcroForm",
    b"AF",
    b"Collection",
    b"EF",
    b"EmbeddedFiles",
    b"Encrypt",
    b"JavaScript",
    b"JS",
    b"OpenAction",
    b"PieceInfo",
    b"Thumb",
    b"XFA",
];

/// Actions that a link may not start; only a jump inside the document remains.
const ACTIONS: [&[u8]; 17] = [
    b"GoTo3DView",
    b"GoToE",
    b"GoToR",
    b"Hide",
    b"ImportData",
    b"JavaScript",
    b"Launch",
    b"Movie",
    b"Named",
    b"Rendition",
    b"ResetForm",
    b"RichMediaExecute",
    b"SetOCGState",
    b"Sound",
    b"SubmitForm",
    b"Thread",
    b"URI",
];

/// Opens the document again and looks through it.
///
/// # Errors
///
/// [`PackageError::SelfCheck`] with the first thing that is not as it must be.
pub(crate) fn self_check(pdf: &[u8], expected: &Expected) -> Result<(), PackageError> {
    let document = open(pdf)?;
    let wrong = wrong_pages(&document, expected)
        .or_else(|| pictures_differ(&document, expected))
        .map(str::to_owned)
        .or_else(|| property_too_much(&document))
        .or_else(|| wrong_part(&document, expected));
    wrong.map_or(Ok(()), |what| Err(PackageError::SelfCheck(what)))
}

fn wrong_pages(document: &Document, expected: &Expected) -> Option<&'static str> {
    let pages = count(document.page_iter().count());
    (pages == 0 || pages != expected.pages).then_some("it has another number of pages")
}

/// Looks at every dictionary.
fn wrong_part(document: &Document, expected: &Expected) -> Option<String> {
    let trailer = Object::Dictionary(document.trailer.clone());
    let (mut metadata, mut found) = (0, None);
    for object in document.objects.values().chain([&trailer]) {
        dictionaries(object, &mut |dict| {
            metadata += u32::from(dict.has(b"Metadata"));
            found = found.take().or_else(|| active(dict)).or_else(|| bare_font(dict, document));
        });
    }
    let own = |key: &[u8]| document.catalog().is_ok_and(|catalog| catalog.has(key));
    let archival = own(b"Metadata") && own(b"OutputIntents");
    if metadata != u32::from(expected.archival) || archival != expected.archival {
        found.get_or_insert("its metadata is not its own alone".to_owned());
    }
    found
}

fn pictures_differ(document: &Document, expected: &Expected) -> Option<&'static str> {
    let mut found = Vec::new();
    for stream in document.objects.values().filter_map(|object| object.as_stream().ok()) {
        if is_image(&stream.dict) {
            if picture_of(&stream.content).is_some() {
                return Some("a stub stands where a picture belongs");
            }
            found.push(<[u8; 32]>::from(Sha256::digest(&stream.content)));
        }
    }
    let mut expected = expected.pictures.clone();
    expected.sort_unstable();
    found.sort_unstable();
    (found != expected).then_some("its pictures are not those that were prepared")
}

fn property_too_much(document: &Document) -> Option<String> {
    let info = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok()?;
    let other = info.iter().find(|(key, _)| !PROPERTIES.contains(&key.as_slice()));
    other.map(|(key, _)| format!("it has the property {}", String::from_utf8_lossy(key)))
}

/// Calls `look` for every dictionary in an object, also for that of a stream.
fn dictionaries(object: &Object, look: &mut impl FnMut(&Dictionary)) {
    let dict = match object {
        Object::Array(all) => return all.iter().for_each(|one| dictionaries(one, look)),
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return,
    };
    look(dict);
    dict.iter().for_each(|(_, value)| dictionaries(value, look));
}

fn active(dict: &Dictionary) -> Option<String> {
    let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if let Some(key) = ACTIVE_KEYS.iter().find(|key| dict.has(key)) {
        return Some(format!("it has {}", name(key)));
    }
    let kind = dict.get(b"S").and_then(Object::as_name).ok()?;
    ACTIONS.contains(&kind).then(|| format!("it has the action {}", name(kind)))
}

/// A font whose drawings are not in the document would look different elsewhere.
fn bare_font(dict: &Dictionary, document: &Document) -> Option<String> {
    let kind = dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
    // The first of these stands on another font, the second one draws with operators of the page.
    if !dict.has_type(b"Font") || [&b"Type0"[..], b"Type3"].contains(&kind) {
        return None;
    }
    let descriptor = dict.get_deref(b"FontDescriptor", document).and_then(Object::as_dict);
    let embedded = descriptor.is_ok_and(|descriptor| {
        [&b"FontFile2"[..], b"FontFile3"].iter().any(|key| descriptor.has(key))
    });
    (!embedded).then(|| "a font is not embedded".to_owned())
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn a_jump_inside_is_allowed_and_every_other_action_named() {
        assert_eq!(active(&dictionary! {"S" => "GoTo"}), None);
        let said = active(&dictionary! {"S" => "JavaScript"}).unwrap();
        assert!(said.contains("JavaScript"));
        assert!(active(&dictionary! {"OpenAction" => 1}).is_some());
    }

    #[test]
    fn a_font_without_drawings_is_found() {
        let font = dictionary! {"Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica"};
        assert!(bare_font(&font, &Document::new()).is_some());
    }
}
