//! Which rows stand in a sheet of a workbook?
//!
//! Cell by cell (ECMA-376 part 1, 18.3), each where it says that it stands. What is computed is never
//! taken: another program may show another text there. Deliberately absent: how a number or a day is
//! shown; both are read as they are stored.

use lanthan_core::questionnaire::{Cell, Fault, FaultKind, Row};

use super::{
    ListError, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, shortened, too_many,
    workbook::{Archive, damaged, walk},
};
use crate::{Limits, Refusal, kept::xml::Element, kept::xml::Node};

const NO_PLACE: Refusal = Refusal::Damaged("a cell says of no place where it stands");
const TWICE: Refusal = Refusal::Damaged("two cells stand in one place");

/// What was read so far.
struct Reading<'a> {
    strings: &'a [String],
    rows: Vec<Row>,
    row: Row,
    /// The next column, from 0.
    next: usize,
    cell: Option<Open>,
    in_text: bool,
    spoken: bool,
    wrong: Option<ListError>,
}

/// A cell that was begun.
struct Open {
    column: usize,
    kind: String,
    text: String,
    is_computed: bool,
}

/// The rows of a sheet that say something.
///
/// # Errors
///
/// [`ListError`].
pub(super) fn read(
    archive: &mut Archive<'_>,
    part: &str,
    strings: &[String],
    limits: &Limits,
) -> Result<Vec<Row>, ListError> {
    let row = Row { number: 0, cells: Vec::new() };
    let (rows, cell) = (Vec::new(), None);
    let mut reading =
        Reading { strings, rows, row, next: 0, cell, in_text: false, spoken: false, wrong: None };
    walk(archive, part, limits, &mut |node| reading.take(&node))?;
    match reading.wrong {
        Some(wrong) => Err(wrong),
        None => Ok(reading.rows),
    }
}

impl Reading<'_> {
    fn take(&mut self, node: &Node<'_>) {
        if self.wrong.is_some() {
            return;
        }
        match node {
            Node::Begin(element) => self.begin(element),
            Node::Text(text) if self.in_text => {
                if let Some(cell) = &mut self.cell {
                    let room = MAX_CELL_CHARS.saturating_sub(cell.text.chars().count());
                    cell.text.extend(text.chars().take(room));
                }
            }
            Node::Text(_) => {}
            Node::End(name) => match *name {
                "v" | "t" => self.in_text = false,
                "rPh" => self.spoken = false,
                "c" => self.end_cell(),
                "row" => self.end_row(),
                _ => {}
            },
        }
    }

    fn begin(&mut self, element: &Element<'_>) {
        match element.name() {
            "row" => {
                let said = element.value("r");
                let number =
                    if said.is_empty() { Some(self.row.number + 1) } else { said.parse().ok() };
                match number {
                    // Rows stand in their order; one that goes back would be shown elsewhere.
                    Some(number) if number > self.row.number => {
                        self.row = Row { number, cells: Vec::new() };
                        self.next = 0;
                    }
                    _ => self.refuse(NO_PLACE),
                }
            }
            "c" => {
                let place = element.value("r");
                let column = if place.is_empty() { Some(self.next) } else { column(&place) };
                match column {
                    Some(column) => {
                        let (text, is_computed) = (String::new(), false);
                        let kind = element.value("t");
                        self.cell = Some(Open { column, kind, text, is_computed });
                        self.next = column + 1;
                    }
                    None => self.refuse(NO_PLACE),
                }
            }
            "f" => {
                if let Some(cell) = &mut self.cell {
                    cell.is_computed = true;
                }
            }
            "rPh" => self.spoken = true,
            "v" | "t" => self.in_text = !self.spoken,
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let Some(Open { column, kind, text, is_computed }) = self.cell.take() else { return };
        let cell = match &*kind {
            _ if is_computed => Cell::Formula,
            "e" => Cell::Failed,
            "s" if text.trim().is_empty() => Cell::Text(String::new()),
            "s" => match text.trim().parse().ok().and_then(|at: usize| self.strings.get(at)) {
                Some(shared) => Cell::Text(shortened(shared)),
                None => return self.refuse(damaged()),
            },
            _ => Cell::Text(text),
        };
        if cell.is_blank() {
            return;
        }
        if column >= MAX_COLUMNS {
            let kind = FaultKind::Uneven { found: column + 1, wanted: MAX_COLUMNS };
            self.wrong = Some(Fault::of_row(self.row.number, kind).into());
            return;
        }
        if self.row.cells.len() <= column {
            self.row.cells.resize(column + 1, Cell::Text(String::new()));
        }
        if !self.row.cells[column].is_blank() {
            return self.refuse(TWICE);
        }
        self.row.cells[column] = cell;
    }

    fn end_row(&mut self) {
        if self.row.cells.is_empty() {
            return;
        }
        if self.rows.len() == MAX_ROWS {
            self.wrong = Some(too_many(self.row.number).into());
            return;
        }
        let cells = std::mem::take(&mut self.row.cells);
        self.rows.push(Row { number: self.row.number, cells });
    }

    fn refuse(&mut self, refusal: Refusal) {
        self.wrong.get_or_insert(refusal.into());
    }
}

/// The column of a place such as `AB12`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.find(|c: char| !c.is_ascii_uppercase())?;
    if !(1..=3).contains(&letters) || place[letters..].parse::<u32>().is_err() {
        return None;
    }
    let number = place[..letters]
        .bytes()
        .fold(0_usize, |number, letter| number * 26 + usize::from(letter - b'A') + 1);
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_says_its_column_or_is_none() {
        assert_eq!(
            ["A1", "Z9", "AA10", "XFD1"].map(column),
            [Some(0), Some(25), Some(26), Some(16_383)]
        );
        for place in ["", "A", "1", "a1", "AAAA1", "A1x", "A99999999999"] {
            assert_eq!(column(place), None, "{place}");
        }
    }
}
