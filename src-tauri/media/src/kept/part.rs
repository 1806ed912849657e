//! What does one XML part of an Office file say beside the document itself?
//!
//! Properties (ECMA-376 part 1, 15.2.12), comments, tracked changes, what is hidden, headers and
//! footers, notes, and links that lead out. Deliberately absent: everything that a reader sees anyway.

use std::io::Read;

use lanthan_core::exhibit::Format;

use super::{
    parts::Office,
    xml::{self, Element, Node, Unreadable},
};

/// How much of a header or of a note is kept, in bytes.
const MAX_TEXT_BYTES: usize = 400;

/// Properties by the name of their element, with the kind of their trace.
const PROPERTIES: &[(&str, &str)] = &[
    ("creator", "owner"),
    ("lastModifiedBy", "office-editor"),
    ("Manager", "office-editor"),
    ("Company", "office-company"),
    ("Application", "software"),
    ("AppVersion", "software"),
    ("created", "taken"),
    ("modified", "taken"),
    ("lastPrinted", "taken"),
    ("title", "office-info"),
    ("subject", "office-info"),
    ("description", "office-info"),
    ("keywords", "office-info"),
    ("category", "office-info"),
    ("contentStatus", "office-info"),
    ("identifier", "office-info"),
    ("revision", "office-info"),
    ("Template", "office-info"),
    ("TotalTime", "office-info"),
    ("HyperlinkBase", "office-link"),
];

/// Elements that are a change which somebody has still to accept (ECMA-376 part 1, 17.13.5).
const CHANGES: &[&str] = &[
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "cellIns",
    "cellDel",
    "cellMerge",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tcPrChange",
    "trPrChange",
    "numberingChange",
];

/// A reader behind a reference, so that what is left can be read afterwards.
pub(super) struct Unpacked<'a>(pub(super) &'a mut dyn Read);

impl Read for Unpacked<'_> {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(target)
    }
}

/// Which text is being gathered.
#[derive(Default)]
struct Gathering {
    kind: Option<&'static str>,
    label: String,
    text: String,
}

impl Gathering {
    fn begin(&mut self, kind: &'static str, label: &str) {
        *self = Self { kind: Some(kind), label: label.to_owned(), text: String::new() };
    }

    fn add(&mut self, text: &str) {
        if self.kind.is_some() && self.text.len() < MAX_TEXT_BYTES {
            self.text.push_str(text);
        }
    }

    fn end(&mut self, office: &mut Office<'_>) {
        let Self { kind, label, text } = std::mem::take(self);
        let (Some(kind), text) = (kind, text.trim()) else { return };
        if text.is_empty() || matches!((&*label, text), ("revision" | "TotalTime", "0" | "1")) {
            return;
        }
        match kind {
            "office-info" | "taken" => office.note(kind, &format!("{label}: {text}")),
            kind => office.note(kind, text),
        }
    }
}

/// Reads the part with this name, in small letters.
///
/// # Errors
///
/// [`Unreadable`] when it is not made as it should; what was found before is kept.
pub(super) fn read(
    name: &str,
    untrusted: &mut Unpacked<'_>,
    office: &mut Office<'_>,
) -> Result<(), Unreadable> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let inside = |folder: &str| name.split('/').any(|part| part == folder);
    if name.starts_with("docprops/") {
        properties(untrusted, office)
    } else if file.rsplit('.').next() == Some("rels") {
        links(untrusted, office)
    } else if file.starts_with("comment") || inside("threadedcomments") || inside("comments") {
        comments(untrusted, office)
    } else if file.starts_with("people") || file.starts_with("person") || file == "authors.xml" {
        people(untrusted, office)
    } else if inside("revisions") || file == "users.xml" {
        office.count("office-change", "");
        people(untrusted, office)
    } else if inside("notesslides") {
        texts(untrusted, "office-notes", office)
    } else if office.format == Format::Docx
        && (file.starts_with("header") || file.starts_with("footer"))
    {
        texts(untrusted, "office-margin", office)
    } else {
        body(untrusted, office)
    }
}

fn properties(untrusted: &mut Unpacked<'_>, office: &mut Office<'_>) -> Result<(), Unreadable> {
    let mut gathering = Gathering::default();
    let mut custom = String::new();
    xml::walk(untrusted, &mut |node| match node {
        Node::Begin(element) => {
            let known = PROPERTIES.iter().find(|(name, _)| *name == element.name());
            if let Some((label, kind)) = known {
                gathering.begin(kind, label);
            } else if element.name() == "property" {
                custom = element.value("name");
            } else if !custom.is_empty() {
                let label = custom.clone();
                gathering.begin("office-info", &label);
            }
        }
        Node::Text(text) => gathering.add(text),
        Node::End(name) => {
            gathering.end(office);
            if name == "property" {
                custom.clear();
            }
        }
    })
}

/// Links that lead out of the file: to a drive, a server or an address of the house.
fn links(untrusted: &mut Unpacked<'_>, office: &mut Office<'_>) -> Result<(), Unreadable> {
    xml::walk(untrusted, &mut |node| {
        if let Node::Begin(element) = node
            && element.value("TargetMode") == "External"
        {
            office.note("office-link", &element.value("Target"));
        }
    })
}

fn comments(untrusted: &mut Unpacked<'_>, office: &mut Office<'_>) -> Result<(), Unreadable> {
    let mut is_author = false;
    xml::walk(untrusted, &mut |node| match node {
        Node::Begin(element) => {
            // Word, Excel and PowerPoint, old and new; a list of comments has a longer name.
            if matches!(element.name(), "comment" | "cm" | "threadedComment") {
                office.count("office-comment", "");
                office.person("office-comment", &element.value("author"));
            }
            person(&element, "office-comment", office);
            is_author = element.name() == "author";
        }
        Node::Text(text) if is_author => office.person("office-comment", text),
        Node::Text(_) => {}
        Node::End(_) => is_author = false,
    })
}

fn people(untrusted: &mut Unpacked<'_>, office: &mut Office<'_>) -> Result<(), Unreadable> {
    xml::walk(untrusted, &mut |node| {
        if let Node::Begin(element) = node {
            person(&element, "office-people", office);
        }
    })
}

/// The ways in which Office programs name a person.
fn person(element: &Element<'_>, kind: &'static str, office: &mut Office<'_>) {
    match element.name() {
        "person" => {
            office.person(kind, &element.value("displayName"));
            office.person(kind, &element.value("author"));
        }
        "cmAuthor" | "author" => office.person(kind, &element.value("name")),
        "userInfo" | "header" => {
            office.person(kind, &element.value("name"));
            office.person(kind, &element.value("userName"));
        }
        _ => {}
    }
}

/// All text of a part, as far as it is kept.
fn texts(
    untrusted: &mut Unpacked<'_>,
    kind: &'static str,
    office: &mut Office<'_>,
) -> Result<(), Unreadable> {
    let mut gathering = Gathering::default();
    gathering.begin(kind, "");
    let ended = xml::walk(untrusted, &mut |node| match node {
        Node::Begin(element) => {
            look(&element, office);
            gathering.add(if element.name() == "p" { " " } else { "" });
        }
        Node::Text(text) => gathering.add(text),
        Node::End(_) => {}
    });
    gathering.end(office);
    ended
}

/// A part of the document itself: changes, and what is hidden.
fn body(untrusted: &mut Unpacked<'_>, office: &mut Office<'_>) -> Result<(), Unreadable> {
    let mut gathering = Gathering::default();
    xml::walk(untrusted, &mut |node| match node {
        Node::Begin(element) => {
            look(&element, office);
            // Headers and footers of a sheet (ECMA-376 part 1, 18.3.1.46).
            if matches!(
                element.name(),
                "oddHeader"
                    | "oddFooter"
                    | "evenHeader"
                    | "evenFooter"
                    | "firstHeader"
                    | "firstFooter"
            ) {
                gathering.begin("office-margin", "");
            }
        }
        Node::Text(text) => gathering.add(text),
        Node::End(_) => gathering.end(office),
    })
}

fn look(element: &Element<'_>, office: &mut Office<'_>) {
    let name = element.name();
    let is = |key: &str, value: &str| element.value(key) == value;
    let is_on = |key: &str| matches!(&*element.value(key), "1" | "true" | "on");
    match office.format {
        Format::Docx => {
            if CHANGES.contains(&name) && !element.value("author").is_empty() {
                office.count("office-change", "");
                office.person("office-change", &element.value("author"));
            } else if name == "vanish" && !matches!(&*element.value("val"), "0" | "false" | "off") {
                office.count("office-hidden", "text");
            }
        }
        Format::Xlsx => match name {
            "sheet" if matches!(&*element.value("state"), "hidden" | "veryHidden") => {
                office.note("office-hidden", &format!("sheet {}", element.value("name")));
            }
            "row" if is_on("hidden") => office.count("office-hidden", "rows"),
            "col" if is_on("hidden") => office.count("office-hidden", "columns"),
            "definedName" if is_on("hidden") => office.count("office-hidden", "names"),
            _ => {}
        },
        _ => {
            if name == "sld" && (is("show", "0") || is("show", "false")) {
                office.count("office-hidden", "slide");
            }
        }
    }
}
