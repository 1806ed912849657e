//! Which rows stand in a text whose cells are divided by commas, semicolons or tabs?
//!
//! As table programs write it (RFC 4180, with the separators of other countries). Deliberately absent:
//! any reading of numbers and days.

use lanthan_core::questionnaire::{Cell, Fault, FaultKind, Row};

use super::{MAX_COLUMNS, MAX_ROWS, shortened, too_many};

const SEPARATORS: [u8; 3] = [b'\t', b';', b','];

/// The rows of a text.
///
/// # Errors
///
/// [`Fault`] for a quotation mark that stays open, or a table that goes on for too long.
pub(super) fn read(text: &str) -> Result<Vec<Row>, Fault> {
    let separator = separator(text);
    if let Some(row) = open_quote(text, separator) {
        return Err(Fault::of_row(row, FaultKind::Quotes));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut place = Place { text, seen: 0, row: 1 };
    let mut record = csv::StringRecord::new();
    loop {
        let number = place.row_at(reader.position().byte());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            Err(_) => return Err(Fault::of_row(number, FaultKind::Encoding)),
        }
        let said = (0..record.len()).rev().find(|at| !record[*at].trim().is_empty());
        if let Some(last) = said {
            if rows.len() == MAX_ROWS {
                return Err(too_many(number));
            }
            if last >= MAX_COLUMNS {
                let kind = FaultKind::Uneven { found: last + 1, wanted: MAX_COLUMNS };
                return Err(Fault::of_row(number, kind));
            }
            let cells = record.iter().take(last + 1).map(|cell| Cell::Text(shortened(cell)));
            rows.push(Row { number, cells: cells.collect() });
        }
        // A cell may hold line breaks: a program that shows the table counts its row once.
        let inside: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        place.row = place.row.saturating_sub(u32::try_from(inside).unwrap_or(u32::MAX));
    }
}

/// How far the rows of a text are counted.
struct Place<'a> {
    text: &'a str,
    seen: usize,
    row: u32,
}

impl Place<'_> {
    /// The row that begins at a byte, or after the blank lines there.
    fn row_at(&mut self, byte: u64) -> u32 {
        let begin = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let rest = &self.text.as_bytes()[begin..];
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let end = (begin + blank).max(self.seen);
        let breaks = self.text.as_bytes()[self.seen..end].iter().filter(|byte| **byte == b'\n');
        self.row = self.row.saturating_add(u32::try_from(breaks.count()).unwrap_or(u32::MAX));
        self.seen = end;
        self.row
    }
}

/// The sign that divides the cells: the one that the first lines have most often outside of quotes.
fn separator(text: &str) -> u8 {
    let count = |separator: u8| {
        let mut quoted = false;
        let sign = |byte: u8| {
            quoted ^= byte == b'"';
            byte == separator && !quoted
        };
        text.bytes().take(8 * 1024).map(sign).filter(|found| *found).count()
    };
    let most = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator));
    most.unwrap_or(b',')
}

/// The row in which a cell opens a quotation mark that nothing closes.
fn open_quote(text: &str, separator: u8) -> Option<u32> {
    let (mut row, mut opened_in) = (1_u32, 1_u32);
    let (mut quoted, mut begins) = (false, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if quoted {
            if byte == b'"' {
                // Two of them are one inside of the cell.
                quoted = bytes.next_if_eq(&b'"').is_some();
            }
            continue;
        }
        match byte {
            b'"' if begins => (quoted, opened_in) = (true, row),
            b'\n' => row = row.saturating_add(1),
            _ => {}
        }
        begins = byte == separator || byte == b'\n';
    }
    quoted.then_some(opened_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(u32, Vec<String>)> {
        let cell = |cell: Cell| match cell {
            Cell::Text(text) => text,
            other => panic!("{other:?}"),
        };
        let rows = read(text).unwrap().into_iter();
        rows.map(|row| (row.number, row.cells.into_iter().map(cell).collect())).collect()
    }

    #[test]
    fn commas_semicolons_and_tabs_divide() {
        for separator in [",", ";", "\t"] {
            let text = format!(
                "No.{separator}Question\r\n\r\n1{separator}\"a \"\"b\"\"\nc\"\r\n2{separator}d\r\n"
            );
            let rows = texts(&text);
            assert_eq!(rows[1].1, ["1", "a \"b\"\nc"], "{separator:?}");
            assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 3, 4]);
        }
    }

    #[test]
    fn an_open_quotation_mark_is_named_by_its_row() {
        let fault = read("a,b\n1,\"open\n2,c\n").unwrap_err();
        assert_eq!((fault.row, fault.kind), (2, FaultKind::Quotes));
        assert!(read("a,b\n1,5\" ring\n").is_ok());
    }

    #[test]
    fn two_thousand_rows_are_read_and_one_more_is_not() {
        assert_eq!(read(&"a,b\n".repeat(MAX_ROWS)).unwrap().len(), MAX_ROWS);
        let fault = read(&"a,b\n".repeat(MAX_ROWS + 1)).unwrap_err();
        assert_eq!(fault.row, 2001);
        assert!(read(&format!("{}x\n", ",".repeat(400))).is_err());
    }
}
