//! What could a reader find in a PDF besides the words on its pages?
//!
//! Properties, XMP, bookmarks, alternative texts, page labels, link targets, annotations: simply every
//! string in every object, and the texts that content streams attach to what they paint.
//! Deliberately absent: the painted words themselves, which need fonts to be read; names of PDF's own
//! grammar and computed identifiers, in which any two letters could be found by chance.

use std::collections::BTreeSet;

use lopdf::{
    Dictionary, Document, LoadOptions, Object, ObjectId, content::Content, decode_text_string,
};

use crate::{PackageError, xmp};

/// How deep bookmarks may be nested before it is taken for a trap.
const MAX_DEPTH: usize = 32;
/// The longest content stream or XMP packet that is read.
const MAX_STREAM_BYTES: usize = 256 << 20;

/// What is in a PDF besides the words on its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Number of pages.
    pub pages: u32,
    /// The bookmarks, in reading order, each indented by two spaces a level.
    pub outline: Vec<String>,
    texts: BTreeSet<String>,
}

impl Inspection {
    /// Every string besides the words on the pages, each once, sorted.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }
}

/// Looks into a PDF.
///
/// # Errors
///
/// [`PackageError::Pdf`] when it cannot be read.
pub fn inspect(pdf: &[u8]) -> Result<Inspection, PackageError> {
    let document = open(pdf)?;
    let mut texts = BTreeSet::new();
    let mut take = |text: String| {
        if !text.trim().is_empty() {
            texts.insert(text);
        }
    };
    entries(&document.trailer, &mut take);
    for object in document.objects.values() {
        strings(object, &mut take);
        if let Ok(stream) = object.as_stream()
            && stream.dict.has_type(b"Metadata")
        {
            let packet = stream.get_plain_content_with_limit(MAX_STREAM_BYTES)?;
            xmp::texts(&String::from_utf8_lossy(&packet)).for_each(&mut take);
        }
    }
    for page in document.page_iter() {
        let content = document.get_page_content_with_limit(page, MAX_STREAM_BYTES)?;
        for operation in Content::decode(&content)?.operations {
            if matches!(operation.operator.as_str(), "BDC" | "DP") {
                operation.operands.iter().for_each(|operand| strings(operand, &mut take));
            }
        }
    }
    let pages = crate::pages::count(document.page_iter().count());
    Ok(Inspection { pages, outline: outline(&document), texts })
}

/// Opens a PDF without repairing it: what is not as it should be is refused.
pub(crate) fn open(untrusted: &[u8]) -> Result<Document, PackageError> {
    let options = LoadOptions { strict: true, ..LoadOptions::default() };
    Ok(Document::load_mem_with_options(untrusted, options)?)
}

/// Every string in an object, also in the dictionary of a stream.
fn strings(object: &Object, take: &mut impl FnMut(String)) {
    match object {
        Object::String(bytes, _) => take(
            decode_text_string(object)
                .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned()),
        ),
        Object::Array(all) => all.iter().for_each(|one| strings(one, take)),
        Object::Dictionary(dict) => entries(dict, take),
        Object::Stream(stream) => entries(&stream.dict, take),
        _ => {}
    }
}

fn entries(dict: &Dictionary, take: &mut impl FnMut(String)) {
    for (key, value) in dict {
        match (key.as_slice(), value) {
            // Computed from hashes, or fixed by the font format.
            (b"ID" | b"Registry" | b"Ordering", _) => {}
            // A link's aim may be a name that somebody chose.
            (b"D" | b"Dest", Object::Name(name)) => {
                take(String::from_utf8_lossy(name).into_owned());
            }
            _ => strings(value, take),
        }
    }
}

fn outline(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    let first = document.catalog().and_then(|catalog| {
        catalog.get_deref(b"Outlines", document)?.as_dict()?.get(b"First")?.as_reference()
    });
    if let Ok(first) = first {
        follow(document, first, 0, &mut BTreeSet::new(), &mut lines);
    }
    lines
}

fn follow(
    document: &Document,
    first: ObjectId,
    depth: usize,
    seen: &mut BTreeSet<ObjectId>,
    lines: &mut Vec<String>,
) {
    let mut next = Some(first);
    while let Some(id) = next.filter(|id| depth < MAX_DEPTH && seen.insert(*id)) {
        let Ok(item) = document.get_dictionary(id) else { return };
        if let Ok(title) = item.get_deref(b"Title", document).and_then(decode_text_string) {
            lines.push(format!("{}{title}", "  ".repeat(depth)));
        }
        if let Ok(child) = item.get(b"First").and_then(Object::as_reference) {
            follow(document, child, depth + 1, seen, lines);
        }
        next = item.get(b"Next").and_then(Object::as_reference).ok();
    }
}
