//! What list stands in these bytes: a text line by line, or the rows of a table?
//!
//! Told by content; only a text is told by its name whether commas divide its lines. Deliberately
//! absent: which column asks, and what a line means (core).

mod encoding;
mod separated;
mod sheet;
mod workbook;

use std::io::Cursor;

use lanthan_core::{
    exhibit::Format,
    questionnaire::{Fault, FaultKind, Row},
};

pub use self::encoding::Encoding;
use crate::{Limits, Refusal, kept, kind};

/// The greatest length of a file with a list, in bytes.
pub const MAX_LIST_BYTES: u64 = 16 * 1024 * 1024;
/// The greatest number of rows that say something.
const MAX_ROWS: usize = 2_000;
/// The greatest number of columns that are read.
const MAX_COLUMNS: usize = 256;
/// How many characters of a cell are kept: enough to say that it is too long.
const MAX_CELL_CHARS: usize = 2_000;

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What stands in it.
    pub content: Content,
    /// How its bytes were read; `None` for a workbook, which says so itself.
    pub encoding: Option<Encoding>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// Other sheets that a reader sees and that hold something.
    pub unread_sheets: Vec<String>,
}

/// What stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text, line by line.
    Text(String),
    /// A table.
    Rows(Vec<Row>),
}

/// Why a list is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListError {
    /// The file as a whole.
    Refused(Refusal),
    /// Some of its rows.
    Faults(Vec<Fault>),
}

impl From<Refusal> for ListError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for ListError {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

/// Reads a file with a list. `is_table` says that its name is that of a table, such as `list.csv`;
/// `wanted` is the encoding when somebody knows better than the bytes.
///
/// # Errors
///
/// [`ListError`] when it is no list, damaged, or not text in any encoding that is known.
pub fn read(
    untrusted: &[u8],
    is_table: bool,
    wanted: Option<Encoding>,
    limits: &Limits,
) -> Result<List, ListError> {
    let limits = Limits { max_bytes: MAX_LIST_BYTES.min(limits.max_bytes), ..limits.clone() };
    limits.allow_bytes(untrusted)?;
    if untrusted.starts_with(b"PK") {
        let mut source = Cursor::new(untrusted);
        return match kept::probe(&mut source, &limits).map(|probe| probe.format) {
            Ok(Format::Xlsx) => workbook::read(untrusted, &limits),
            Ok(_) => Err(Refusal::NoList("another Office file").into()),
            Err(Refusal::Unsupported(what)) => Err(Refusal::NoList(what).into()),
            Err(refusal) => Err(refusal.into()),
        };
    }
    let has_mark = untrusted.starts_with(&[0xff, 0xfe]) || untrusted.starts_with(&[0xfe, 0xff]);
    if !has_mark && let Some(what) = kind::no_text(untrusted) {
        return Err(Refusal::NoList(what).into());
    }
    let (text, encoding) = encoding::decode(untrusted, wanted)?;
    let content = if is_table { Content::Rows(separated::read(&text)?) } else { of_text(text)? };
    Ok(List { content, encoding: Some(encoding), sheet: None, unread_sheets: Vec::new() })
}

/// Reads a list that was pasted: what a table program copies has tabs.
///
/// # Errors
///
/// [`ListError::Faults`].
pub fn pasted(text: &str) -> Result<List, ListError> {
    let content = of_text(text.to_owned())?;
    Ok(List { content, encoding: None, sheet: None, unread_sheets: Vec::new() })
}

fn of_text(text: String) -> Result<Content, Fault> {
    let said = text.lines().filter(|line| !line.trim().is_empty());
    let tabbed = said.clone().filter(|line| line.trim().contains('\t')).count();
    if tabbed > 0 && tabbed * 2 >= said.count() {
        return separated::read(&text).map(Content::Rows);
    }
    Ok(Content::Text(text))
}

/// The text of a cell, no longer than anybody needs to refuse it.
fn shortened(text: &str) -> String {
    text.chars().take(MAX_CELL_CHARS).collect()
}

/// The fault of a table that goes on for too long.
fn too_many(row: u32) -> Fault {
    Fault::of_row(row, FaultKind::TooMany { most: lanthan_core::questionnaire::MAX_LINES })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_table_program_copies_is_a_table_and_a_text_with_a_tab_is_none() {
        let copied = pasted("No.\tQuestion\n1\tPhotos\n2\tDrawing\n").unwrap();
        assert!(matches!(copied.content, Content::Rows(rows) if rows.len() == 3));
        let text = pasted("\tPhotos\nDrawing\nMap\twith scale\nOutput").unwrap();
        assert!(matches!(text.content, Content::Text(_)));
    }

    #[test]
    fn what_is_no_list_is_named() {
        let refused = |bytes: &[u8]| read(bytes, false, None, &Limits::default()).unwrap_err();
        assert_eq!(refused(b""), ListError::Refused(Refusal::EmptyFile));
        for bytes in
            [&b"%PDF-1.7 x"[..], b"\xff\xd8\xff\xe0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"]
        {
            let refusal = refused(bytes);
            assert!(matches!(refusal, ListError::Refused(Refusal::NoList(_))), "{refusal:?}");
        }
        assert!(matches!(refused(b"PK\x03\x04 cut"), ListError::Refused(_)));
    }
}
