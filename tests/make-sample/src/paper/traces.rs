//! What does a paper carry beside what one sees on it?
//!
//! The order is given what office programs leave behind: an attached note, a remark on the page, a
//! script that runs when it is opened, dates. All of it must be gone from whatever leaves.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::PaperError;

/// The day on which every paper was made, as PDF writes it (ISO 32000-1, 7.9.4).
pub(super) const DAY: &str = "D:20260914093000+02'00'";

const NOTE: &str = "To purchasing: price agreed by telephone, 4.35 EUR down from 4.60.\n\
                    Nordklang Example AB pays the tooling. Do not pass on.\n";

/// Adds the traces to a finished PDF and makes its identifiers depend on nothing else.
///
/// # Errors
///
/// [`PaperError::Pdf`] when the PDF cannot be read again.
pub(super) fn leave_in(plain: &[u8]) -> Result<Vec<u8>, PaperError> {
    let mut pdf = Document::load_mem(plain)?;
    let file = pdf.add_object(Stream::new(
        dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => "text/plain",
            "Params" => dictionary! { "Size" => NOTE.len() as i64, "ModDate" => text(DAY) },
        },
        NOTE.as_bytes().to_vec(),
    ));
    let attachment = pdf.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => text("price-note.txt"),
        "UF" => text("price-note.txt"),
        "Desc" => text("Internal note on the price"),
        "EF" => dictionary! { "F" => file },
    });
    let script = pdf.add_object(dictionary! {
        "S" => "JavaScript",
        "JS" => text("app.alert('Order PO-2026-0417: print two copies.');"),
    });
    let page = pdf.page_iter().next().ok_or(lopdf::Error::PageNumberNotFound(1))?;
    let remark = pdf.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Text",
        "Rect" => vec![538.into(), 560.into(), 558.into(), 580.into()],
        "Contents" => text("Ask whether the customer may be named here."),
        "T" => text("Sample Audio purchasing"),
        "M" => text(DAY),
        "Name" => "Comment",
        "P" => page,
        "F" => 4,
    });
    pdf.get_object_mut(page)?.as_dict_mut()?.set("Annots", vec![remark.into()]);
    let catalog = pdf.catalog_mut()?;
    catalog.set("OpenAction", script);
    let scripts = dictionary! { "Names" => vec![text("print"), script.into()] };
    catalog.set(
        "Names",
        dictionary! {
            "JavaScript" => scripts,
            "EmbeddedFiles" => dictionary! {
                "Names" => vec![text("price-note.txt"), attachment.into()],
            },
        },
    );
    if let Ok(info) = pdf.trailer.get(b"Info").and_then(Object::as_reference) {
        let info = pdf.get_object_mut(info)?.as_dict_mut()?;
        info.set("CreationDate", text(DAY));
        info.set("ModDate", text(DAY));
    }
    identify(&mut pdf.trailer, "sample-order-417");
    "1.6".clone_into(&mut pdf.version);
    let mut out = Vec::new();
    pdf.save_to(&mut out)?;
    Ok(out)
}

/// A text string.
pub(super) fn text(words: &str) -> Object {
    Object::string_literal(words)
}

/// Replaces the identifiers of a file (ISO 32000-1, 14.4) by one of sixteen letters.
pub(super) fn identify(trailer: &mut Dictionary, name: &str) {
    trailer.set("ID", vec![text(name), text(name)]);
}
