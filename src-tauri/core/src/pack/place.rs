//! Where in its files does a fault of a pack stand?
//!
//! A fault is known by what it is about: a table with an id, or a sentence. Here that is found in the
//! text of the files, so that an author is led to the line. Deliberately absent: what is wrong and how
//! it is mended.

use super::{CHINESE, ENGLISH, Files, STRUCTURE, files};

/// What a fault is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum About {
    /// A table such as `[[requirement]]` with an id, in a file; of several the last one.
    Table(&'static str, &'static str, String),
    /// A sentence by its key, in the file of one language.
    Text(&'static str, String),
    /// A word in quotation marks, in a file; of several the first one.
    Word(&'static str, String),
    /// A file as a whole.
    File(&'static str),
}

/// Something that keeps a pack from being whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    about: About,
    says: String,
    /// Where it stands, once somebody looked: a file, and its line from 1.
    place: Option<(&'static str, Option<usize>)>,
}

impl Fault {
    /// A fault of the file `pack.toml` as a whole.
    #[must_use]
    pub fn of_pack(says: String) -> Self {
        Self::new(About::File(STRUCTURE), says)
    }

    pub(super) fn new(about: About, says: String) -> Self {
        Self { about, says, place: None }
    }

    /// A fault whose line is known.
    pub(super) fn at_line(file: &'static str, line: usize, says: String) -> Self {
        Self { place: Some((file, Some(line))), ..Self::new(About::File(file), says) }
    }

    /// A table of `pack.toml`.
    pub(super) fn in_table(table: &'static str, id: &str, says: String) -> Self {
        Self::new(About::Table(STRUCTURE, table, id.to_owned()), says)
    }

    /// A sentence that the English file has, or should have.
    pub(super) fn in_text(key: &str, says: String) -> Self {
        Self::new(About::Text(ENGLISH, key.to_owned()), says)
    }

    /// The key of a sentence that is in neither language.
    #[cfg(test)]
    pub(super) fn missing(&self) -> Option<&str> {
        let About::Text(_, key) = &self.about else { return None };
        self.says.contains(" is missing:").then_some(key.as_str())
    }

    /// The same, found in the files that it is of.
    pub(super) fn found(mut self, untrusted: &Files<'_>) -> Self {
        if self.place.is_none() {
            let within = |file: &'static str, look: &dyn Fn(&str) -> Option<usize>| {
                files::text(untrusted, file).map(|text| (file, look(text)))
            };
            self.place = match &self.about {
                About::File(file) => within(file, &|_| None),
                About::Table(file, table, id) => within(file, &|text| table_at(text, table, id)),
                About::Word(file, word) => within(file, &|text| word_at(text, word)),
                About::Text(file, key) => within(file, &|text| text_at(text, key)),
            };
        }
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place {
            Some((file, Some(line))) => write!(f, "{file}, line {line}: {}", self.says),
            Some((file, None)) => write!(f, "{file}: {}", self.says),
            None => f.write_str(&self.says),
        }
    }
}

/// Which file has the sentences of the other language.
pub(super) fn other_language(file: &str) -> &'static str {
    if file == ENGLISH { CHINESE } else { ENGLISH }
}

/// The name of the table that a line opens, without its brackets.
fn head(line: &str) -> Option<&str> {
    let line = line.split('#').next().unwrap_or_default().trim();
    Some(line.strip_prefix('[')?.strip_suffix(']')?.trim_matches(['[', ']']).trim())
}

/// What a line gives a value to.
fn key(line: &str) -> Option<&str> {
    line.split_once('=').map(|(key, _)| key.trim())
}

/// The line of the last table with this id; that of its head when it is a table by that name.
fn table_at(text: &str, table: &str, id: &str) -> Option<usize> {
    let (mut inside, mut found) = (false, None);
    for (line, number) in text.lines().zip(1..) {
        if let Some(name) = head(line) {
            inside = name == table;
        } else if inside && matches!(key(line), Some("id" | "requirement" | "field")) {
            let value = line.split_once('=').map_or("", |(_, value)| value.trim());
            let value = value.split(['"', '\'']).nth(1).unwrap_or_default();
            found = if value == id { Some(number) } else { found };
        } else if inside && key(line) == Some(id) {
            found = Some(number);
        }
    }
    found
}

/// The line in which a word stands in quotation marks.
fn word_at(text: &str, word: &str) -> Option<usize> {
    let quoted = format!("\"{word}\"");
    text.lines().position(|line| line.contains(&quoted)).map(|before| before + 1)
}

/// The line of a sentence, or of the table in which it should stand.
fn text_at(text: &str, wanted: &str) -> Option<usize> {
    let (mut inside, mut best) = (String::new(), None::<(usize, usize)>);
    for (line, number) in text.lines().zip(1..) {
        let path = match (head(line), key(line)) {
            (Some(name), _) => {
                name.clone_into(&mut inside);
                inside.clone()
            }
            (None, Some(key)) if inside.is_empty() => key.replace(['"', ' '], ""),
            (None, Some(key)) => format!("{inside}.{}", key.replace(['"', ' '], "")),
            (None, None) => continue,
        };
        let leads = path == wanted
            || wanted.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('.'));
        if leads && best.is_none_or(|(length, _)| path.len() > length) {
            best = Some((path.len(), number));
        }
    }
    best.map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRUCTURE_TEXT: &str = "id = \"p\"\n[[requirement]]\nid = \"a\"\n\n[[statement]]\n\
        id = \"a\"\n[[requirement]] # again\nid = \"a\"\n[sources]\ns = \"A source = id\"\n";

    #[test]
    fn a_table_is_found_by_its_kind_and_id_and_of_two_the_last() {
        assert_eq!(table_at(STRUCTURE_TEXT, "requirement", "a"), Some(8));
        assert_eq!(table_at(STRUCTURE_TEXT, "statement", "a"), Some(6));
        assert_eq!(table_at(STRUCTURE_TEXT, "sources", "s"), Some(10));
        assert_eq!(table_at(STRUCTURE_TEXT, "requirement", "b"), None);
    }

    #[test]
    fn a_sentence_is_found_or_the_table_that_lacks_it() {
        let text = "[a]\nb = \"x\"\n\n[a.c]\nd = \"y\"\n\"e\".f = \"z\"\n";
        assert_eq!(text_at(text, "a.c.d"), Some(5));
        assert_eq!(text_at(text, "a.c.e.f"), Some(6));
        assert_eq!(text_at(text, "a.c.z"), Some(4));
        assert_eq!(text_at(text, "a.q"), Some(1));
        assert_eq!(text_at(text, "q.a"), None);
    }

    #[test]
    fn a_fault_names_its_file_and_line_once_it_was_found() {
        let fault = Fault::in_table("statement", "a", "it is wrong".to_owned());
        assert_eq!(fault.to_string(), "it is wrong");
        let found = fault.found(&[(STRUCTURE, STRUCTURE_TEXT)]);
        assert_eq!(found.to_string(), "pack.toml, line 6: it is wrong");
        let whole = Fault::of_pack("no version".to_owned()).found(&[(STRUCTURE, "")]);
        assert_eq!(whole.to_string(), "pack.toml: no version");
    }
}
