//! What stands in one XML part, without trusting it to be small, shallow or well made?
//!
//! Element by element, in bounded memory. A declaration of a document type, which no Office part has,
//! ends the reading: nothing is ever defined, included or fetched. Deliberately absent: name spaces; the
//! parts that are read are told apart by the names of their elements.

use std::{
    borrow::Cow,
    cell::Cell,
    io::{self, BufReader, Read},
    rc::Rc,
};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// How deep elements may lie inside one another.
const MAX_DEPTH: u32 = 2000;
/// Greatest length of one element's head or of one text, in bytes.
const MAX_NODE_BYTES: u64 = 16 * 1024 * 1024;

/// Why the rest of a part cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// One thing that stands in a part.
pub(crate) enum Node<'a> {
    /// An element begins; an empty one ends at once.
    Begin(Element<'a>),
    /// Text.
    Text(&'a str),
    /// An element ends: its name without its prefix.
    End(&'a str),
}

/// The head of an element.
pub(crate) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Its name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute by its name without its prefix; empty when it is not there.
    pub(crate) fn value(&self, name: &str) -> String {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .and_then(|attribute| {
                attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
            })
            .unwrap_or_default()
    }
}

/// Reads a part and tells `each` what stands in it.
///
/// # Errors
///
/// [`Unreadable`] when it is not made as it should; what was told before stands in it all the same.
pub(crate) fn walk(untrusted: impl Read, each: &mut dyn FnMut(Node<'_>)) -> Result<(), Unreadable> {
    let leash = Rc::new(Cell::new(MAX_NODE_BYTES));
    let bounded = Leashed { inner: untrusted, left: Rc::clone(&leash) };
    let mut reader = Reader::from_reader(BufReader::new(bounded));
    let mut depth = 0_u32;
    let mut buffer = Vec::new();
    loop {
        leash.set(MAX_NODE_BYTES);
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| Unreadable)? {
            Event::Start(head) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Unreadable);
                }
                each(Node::Begin(Element(&head)));
            }
            Event::Empty(head) => {
                each(Node::Begin(Element(&head)));
                each(Node::End(head.local_name().into_inner()));
            }
            Event::End(tail) => {
                depth = depth.saturating_sub(1);
                each(Node::End(tail.local_name().into_inner()));
            }
            Event::Text(text) => each(Node::Text(&text.into_inner())),
            Event::CData(text) => each(Node::Text(&text.into_inner())),
            Event::GeneralRef(entity) => {
                each(Node::Text(match &*entity.into_inner() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "\u{fffd}",
                }));
            }
            Event::DocType(_) => return Err(Unreadable),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}

/// Fails when one node goes on for too long: a reader keeps a node whole in memory.
struct Leashed<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Leashed<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other("one node is too long"));
        }
        let read = self.inner.read(target)?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(xml: &str) -> (Vec<String>, Result<(), Unreadable>) {
        let mut found = Vec::new();
        let ended = walk(xml.as_bytes(), &mut |node| {
            found.push(match node {
                Node::Begin(element) => format!("<{} {}", element.name(), element.value("who")),
                Node::Text(text) => text.to_owned(),
                Node::End(name) => format!("/{name}"),
            });
        });
        (found, ended)
    }

    #[test]
    fn names_values_and_texts_are_told_without_their_prefixes() {
        let (found, ended) = said("<w:a w:who='A &amp; B'>x &lt; y<b/></w:a>");
        assert_eq!(found, ["<a A & B", "x ", "<", " y", "<b ", "/b", "/a"]);
        assert_eq!(ended, Ok(()));
    }

    #[test]
    fn a_document_type_too_deep_a_nest_and_an_endless_node_end_the_reading() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>";
        assert_eq!(said(bomb).1, Err(Unreadable));
        assert_eq!(said(&"<a>".repeat(5000)).1, Err(Unreadable));
        let long = format!("<a who='{}'/>", "x".repeat(20 << 20));
        assert_eq!(said(&long).1, Err(Unreadable));
        let many = format!("<a>{}</a>", "<b>text</b>".repeat(2 << 20));
        assert_eq!(said(&many).1, Ok(()));
    }
}
