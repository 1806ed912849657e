//! What does a PDF carry beside the look of its pages?
//!
//! Every object is looked at once, also those that no page reaches. Deliberately absent: following
//! any of it, and any judgement.

use std::collections::BTreeMap;

use hayro::hayro_syntax::{
    Filter,
    metadata::Metadata,
    object::{Array, DateTime, Dict, MaybeRef, Name, Object, Stream, String as Text},
};

use super::open::Opened;
use crate::{jpeg, trace::Traces};

/// Actions that do something (ISO 32000-1, table 198); looking at another page is not among them.
const ACTIONS: &[&[u8]] = &[
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToR",
    b"GoToE",
    b"URI",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
];

/// Traces of a JPEG inside the PDF that tell about people and places.
const TELLING: &[&str] = &[
    "camera",
    "comment",
    "gps",
    "iptc",
    "owner",
    "serial",
    "software",
    "taken",
    "thumbnail",
    "xmp",
];

/// How deep objects inside objects are followed.
const MAX_DEPTH: u32 = 32;

/// Counts by word, in a stable order.
#[derive(Default)]
struct Counts(BTreeMap<(&'static str, String), u32>);

impl Counts {
    fn add(&mut self, kind: &'static str, word: &str) {
        *self.0.entry((kind, word.to_owned())).or_default() += 1;
    }
}

/// Notes all of it.
pub(crate) fn note(pdf: &Opened, traces: &mut Traces) {
    note_properties(pdf.pdf().metadata(), traces);
    let mut counts = Counts::default();
    for object in pdf.pdf().objects() {
        if let Object::Stream(stream) = &object {
            note_stream(stream, pdf, &mut counts, traces);
        }
        note_object(&object, 0, &mut counts, traces);
    }
    for page in pdf.pdf().pages().iter() {
        if let Some(annotations) = page.raw().get::<Array<'_>>("Annots") {
            annotations.iter::<Dict<'_>>().for_each(|one| note_annotation(&one, &mut counts));
        }
    }
    for ((kind, word), count) in counts.0 {
        let space = if word.is_empty() { "" } else { " × " };
        traces.note(kind, &format!("{word}{space}{count}"));
    }
}

fn note_properties(metadata: &Metadata, traces: &mut Traces) {
    let texts = [
        ("Title", &metadata.title),
        ("Author", &metadata.author),
        ("Subject", &metadata.subject),
        ("Keywords", &metadata.keywords),
        ("Creator", &metadata.creator),
        ("Producer", &metadata.producer),
    ];
    for (name, text) in texts {
        if let Some(text) = text.as_ref().map(|text| readable(text)).filter(|text| !text.is_empty())
        {
            traces.note("pdf-info", &format!("{name}: {text}"));
        }
    }
    for (name, date) in
        [("CreationDate", metadata.creation_date), ("ModDate", metadata.modification_date)]
    {
        if let Some(DateTime { year, month, day, hour, minute, .. }) = date {
            let text = format!("{name}: {year}-{month:02}-{day:02} {hour:02}:{minute:02}");
            traces.note("pdf-info", &text);
        }
    }
}

/// A text string: UTF-16 or UTF-8 with their marks, else one byte for one letter.
fn readable(text: &[u8]) -> String {
    if let Some(text) = text.strip_prefix(&[0xfe, 0xff]) {
        let units: Vec<u16> =
            text.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    if let Some(text) = text.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(text).into_owned();
    }
    text.iter().map(|&byte| char::from(byte)).collect()
}

fn note_stream(stream: &Stream<'_>, pdf: &Opened, counts: &mut Counts, traces: &mut Traces) {
    let dict = stream.dict();
    let is =
        |key: &str, value: &[u8]| dict.get::<Name<'_>>(key).is_some_and(|n| n.as_ref() == value);
    if is("Type", b"Metadata") || is("Subtype", b"XML") {
        traces.note_size("xmp", "", stream.raw_data().len());
    }
    if is("Type", b"EmbeddedFile") {
        counts.add("pdf-attachment", "");
    }
    if stream.filters().last() == Some(&Filter::DctDecode) {
        for trace in jpeg::note_traces(&stream.raw_data(), pdf.limits()) {
            if TELLING.contains(&trace.kind) {
                traces.note(trace.kind, &trace.detail);
            }
        }
    }
}

fn note_object(object: &Object<'_>, depth: u32, counts: &mut Counts, traces: &mut Traces) {
    if depth > MAX_DEPTH {
        return;
    }
    let parts: Vec<MaybeRef<Object<'_>>> = match object {
        Object::Dict(dict) => {
            note_dict(dict, counts, traces);
            dict.entries().map(|(_, part)| part).collect()
        }
        Object::Stream(stream) => {
            note_dict(stream.dict(), counts, traces);
            stream.dict().entries().map(|(_, part)| part).collect()
        }
        Object::Array(array) => array.raw_iter().collect(),
        _ => return,
    };
    for part in parts {
        // What a reference leads to comes by itself.
        if let MaybeRef::NotRef(part @ (Object::Dict(_) | Object::Array(_))) = part {
            note_object(&part, depth + 1, counts, traces);
        }
    }
}

fn note_dict(dict: &Dict<'_>, counts: &mut Counts, traces: &mut Traces) {
    let name = |key: &str| dict.get::<Name<'_>>(key);
    let action = name("S");
    let action: Option<&[u8]> = action.as_deref();
    if dict.contains_key("JS") || action == Some(b"JavaScript") {
        counts.add("pdf-javascript", "");
    } else if let Some(action) = action.filter(|action| ACTIONS.contains(action)) {
        counts.add("pdf-action", &String::from_utf8_lossy(action));
    }
    if dict.contains_key("EF") {
        let name = ["UF", "F"].iter().find_map(|key| dict.get::<Text<'_>>(key));
        let name = name.map_or_else(String::new, |name| readable(name.as_bytes()));
        traces.note("pdf-attachment", &name);
    }
    if let Some(form) = dict.get::<Dict<'_>>("AcroForm") {
        let fields = form.get::<Array<'_>>("Fields").map_or(0, |fields| fields.raw_iter().count());
        if fields > 0 || form.contains_key("XFA") {
            let kind = if form.contains_key("XFA") { "XFA" } else { "AcroForm" };
            traces.note("pdf-form", &format!("{kind} × {fields}"));
        }
    }
    if let Some(layers) = dict.get::<Dict<'_>>("OCProperties") {
        note_layers(&layers, traces);
    }
    if dict.contains_key("PieceInfo") {
        counts.add("app-data", "PieceInfo");
    }
}

fn note_layers(layers: &Dict<'_>, traces: &mut Traces) {
    let Some(groups) = layers.get::<Array<'_>>("OCGs") else { return };
    let mut count = 0;
    for group in groups.iter::<Dict<'_>>() {
        count += 1;
        if let Some(name) = group.get::<Text<'_>>("Name") {
            traces.note("pdf-layer", &readable(name.as_bytes()));
        }
    }
    if count > 0 {
        traces.note("pdf-layer", &count.to_string());
    }
}

fn note_annotation(dict: &Dict<'_>, counts: &mut Counts) {
    let name = dict.get::<Name<'_>>("Subtype");
    let name = name.map_or_else(String::new, |name| String::from_utf8_lossy(&name).into_owned());
    match name.as_str() {
        "Widget" => counts.add("pdf-form", &name),
        // Marked, and never carried out (ISO 32000-1, 12.5.6.23): what is marked is still there.
        "Redact" => counts.add("pdf-redact-mark", ""),
        _ => counts.add("pdf-annotation", &name),
    }
}
