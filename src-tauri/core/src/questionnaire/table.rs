//! What is a row of somebody's table, and what can be wrong with it?
//!
//! Deliberately absent: sentences; each fault has a word, and its text stands under `row-<word>`.

use serde::{Deserialize, Serialize};

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// What stands in it; may be blank.
    Text(String),
    /// It is computed: two programs may show two texts.
    Formula,
    /// A program failed to compute it, such as `#REF!`.
    Failed,
}

impl Cell {
    /// True when nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number as the program that made the table shows it, from 1.
    pub number: u32,
    /// Its cells, from the first column on.
    pub cells: Vec<Cell>,
}

/// Something that keeps a list from being taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The row, or the line of a text, from 1; 0 when it is about the whole list.
    pub row: u32,
    /// The column from 1, when it is about one cell.
    pub column: Option<u32>,
    /// What is wrong.
    pub kind: FaultKind,
}

impl Fault {
    /// A fault of a row.
    #[must_use]
    pub fn of_row(row: u32, kind: FaultKind) -> Self {
        Self { row, column: None, kind }
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    /// Its bytes are no text in the encoding.
    Encoding,
    /// A quotation mark is not closed.
    Quotes,
    /// No column says that it holds what is asked.
    NoColumn,
    /// Several columns say that they hold what is asked.
    SeveralColumns,
    /// It has more cells than the head has columns.
    Uneven {
        /// How many it has.
        found: usize,
        /// How many the head has.
        wanted: usize,
    },
    /// Other cells say something, and the one with the question is blank.
    Empty,
    /// The text is longer than a title may be.
    TooLong {
        /// Its characters.
        found: usize,
        /// The greatest number.
        most: usize,
    },
    /// An invisible control character stands in it.
    ControlCharacter,
    /// The cell is computed.
    Formula,
    /// The cell shows a failure.
    Failed,
    /// There are more lines than are taken.
    TooMany {
        /// The greatest number.
        most: usize,
    },
    /// There is no line at all.
    Nothing,
}

impl FaultKind {
    /// Its word in texts and in `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::Quotes => "quotes",
            Self::NoColumn => "no-column",
            Self::SeveralColumns => "several-columns",
            Self::Uneven { .. } => "uneven",
            Self::Empty => "empty",
            Self::TooLong { .. } => "too-long",
            Self::ControlCharacter => "control-character",
            Self::Formula => "formula",
            Self::Failed => "failed",
            Self::TooMany { .. } => "too-many",
            Self::Nothing => "nothing",
        }
    }

    /// The numbers of its sentence: what was found, and what fits.
    #[must_use]
    pub fn numbers(self) -> (usize, usize) {
        match self {
            Self::Uneven { found, wanted } => (found, wanted),
            Self::TooLong { found, most } => (found, most),
            Self::TooMany { most } => (0, most),
            _ => (0, 0),
        }
    }
}

/// The letters of a column, as table programs show them: 1 is A, 28 is AB.
#[must_use]
pub fn column_name(number: u32) -> String {
    let mut letters = Vec::new();
    let mut left = number;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_table_programs_name_them() {
        let names = [1, 2, 26, 27, 28, 702, 703].map(column_name);
        assert_eq!(names, ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
