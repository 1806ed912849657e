//! Which lines of a list ask something?
//!
//! A text asks line by line; a table asks in the column whose head says so. Everything that is wrong is
//! named at once, and then nothing is taken. Deliberately absent: what the lines mean.

use super::{Cell, Fault, FaultKind, MAX_LINE_CHARS, MAX_LINES, Row};
use crate::words::is_han;

/// A line that asks something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands, from 1.
    pub row: u32,
    /// Its words without the number before them.
    pub text: String,
}

/// The greatest number of faults that are named.
const MAX_FAULTS: usize = 50;
/// In how many rows the head of a table is looked for; above it stands a title.
const HEAD_WITHIN: usize = 10;

/// Heads of the column that asks, in Latin letters.
const LATIN_HEADS: &[&str] = &[
    "question",
    "questions",
    "request",
    "requests",
    "requirement",
    "requirements",
    "requested document",
    "requested documents",
    "requested information",
    "required document",
    "required documents",
    "document",
    "documents",
    "item requested",
    "information required",
    "information requested",
    "description",
    "content",
];
/// The same in Chinese.
const HAN_HEADS: &[&str] = &[
    "问题",
    "问题内容",
    "要求",
    "内容",
    "资料",
    "资料名称",
    "所需资料",
    "需提供资料",
    "材料",
    "材料名称",
    "所需材料",
    "需提供材料",
    "文件",
    "文件名称",
    "所需文件",
    "说明",
    "项目内容",
];

/// The lines of a text, one a line.
///
/// # Errors
///
/// Everything that is wrong, by line.
pub fn of_text(text: &str) -> Result<Vec<Line>, Vec<Fault>> {
    let numbered = text.lines().zip(1_u32..);
    gather(numbered.filter(|(line, _)| !line.trim().is_empty()).map(|(line, row)| {
        let found = cleaned(line);
        match fault_of(&found) {
            Some(kind) => Err(Fault::of_row(row, kind)),
            None => Ok(Line { row, text: found }),
        }
    }))
}

/// The lines of a table.
///
/// # Errors
///
/// Everything that is wrong, by row.
pub fn of_table(rows: &[Row]) -> Result<Vec<Line>, Vec<Fault>> {
    let said: Vec<&Row> = rows.iter().filter(|row| !row.cells.iter().all(Cell::is_blank)).collect();
    let Some(first) = said.first() else {
        return Err(vec![Fault::of_row(0, FaultKind::Nothing)]);
    };
    let (head, columns) = match head(&said) {
        Some((_, columns)) if columns.is_empty() => {
            let row = said.iter().find(|row| asking(row).len() > 1).unwrap_or(first);
            return Err(vec![Fault::of_row(row.number, FaultKind::SeveralColumns)]);
        }
        Some((at, columns)) => (Some(at), columns),
        None => match bare_column(&said) {
            Some(column) => (None, vec![column]),
            None => return Err(vec![Fault::of_row(first.number, FaultKind::NoColumn)]),
        },
    };
    let wanted = head.map_or(usize::MAX, |at| width(said[at]));
    let body = head.map_or(&said[..], |at| &said[at + 1..]);
    gather(body.iter().map(|row| line(row, &columns, wanted)))
}

fn gather(all: impl Iterator<Item = Result<Line, Fault>>) -> Result<Vec<Line>, Vec<Fault>> {
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Ok(line) => lines.push(line),
            Err(fault) if faults.len() < MAX_FAULTS => faults.push(fault),
            Err(_) => {}
        }
    }
    if let Some(over) = lines.get(MAX_LINES) {
        faults.push(Fault::of_row(over.row, FaultKind::TooMany { most: MAX_LINES }));
    }
    if lines.is_empty() && faults.is_empty() {
        faults.push(Fault::of_row(0, FaultKind::Nothing));
    }
    if faults.is_empty() { Ok(lines) } else { Err(faults) }
}

/// What keeps words from being a line.
pub(super) fn fault_of(text: &str) -> Option<FaultKind> {
    let found = text.chars().count();
    if text.trim().is_empty() {
        return Some(FaultKind::Empty);
    }
    if found > MAX_LINE_CHARS {
        return Some(FaultKind::TooLong { found, most: MAX_LINE_CHARS });
    }
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
    };
    text.chars().any(hidden).then_some(FaultKind::ControlCharacter)
}

fn line(row: &Row, columns: &[usize], wanted: usize) -> Result<Line, Fault> {
    let found = width(row);
    if found > wanted {
        return Err(Fault::of_row(row.number, FaultKind::Uneven { found, wanted }));
    }
    let mut texts: Vec<String> = Vec::new();
    for column in columns {
        let at = u32::try_from(column + 1).ok();
        let fault = |kind| Err(Fault { row: row.number, column: at, kind });
        match row.cells.get(*column) {
            Some(Cell::Formula) => return fault(FaultKind::Formula),
            Some(Cell::Failed) => return fault(FaultKind::Failed),
            // What other programs would compute when they open it is no words either.
            Some(Cell::Text(text)) if is_computed(text) => return fault(FaultKind::Formula),
            Some(Cell::Text(text)) => {
                let text = cleaned(text);
                if !text.is_empty() && !texts.contains(&text) {
                    texts.push(text);
                }
            }
            None => {}
        }
    }
    let text = texts.join(" / ");
    match fault_of(&text) {
        Some(kind) => {
            let column = columns.first().and_then(|first| u32::try_from(first + 1).ok());
            Err(Fault { row: row.number, column, kind })
        }
        None => Ok(Line { row: row.number, text }),
    }
}

fn is_computed(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    let begins = chars.next();
    let goes_on = chars.next().is_some_and(|c| c.is_ascii_alphanumeric() || "+-(\"'@$".contains(c));
    matches!(begins, Some('=' | '@')) && goes_on
}

fn width(row: &Row) -> usize {
    row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1)
}

/// The row of the head and the columns that ask; none of them when it is not clear which one.
fn head(rows: &[&Row]) -> Option<(usize, Vec<usize>)> {
    for (at, row) in rows.iter().enumerate().take(HEAD_WITHIN) {
        let asking = asking(row);
        // A single cell may as well be a line that happens to say "documents".
        if !asking.is_empty()
            && (row.cells.iter().filter(|cell| !cell.is_blank()).count() > 1 || at == 0)
        {
            let han = asking.iter().filter(|(_, han)| *han).count();
            let clear = han <= 1 && asking.len() - han <= 1;
            let mut columns: Vec<usize> = asking.iter().map(|(column, _)| *column).collect();
            if !clear {
                columns.clear();
            }
            return Some((at, columns));
        }
        if width(row) > 1 && row.cells.iter().filter(|cell| !cell.is_blank()).count() > 1 {
            return None;
        }
    }
    None
}

/// The columns whose head says that they ask, and whether it says so in Chinese.
fn asking(row: &Row) -> Vec<(usize, bool)> {
    let mut found = Vec::new();
    for (at, cell) in row.cells.iter().enumerate() {
        let Cell::Text(text) = cell else { continue };
        let plain: String = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let latin: String = plain.chars().filter(|c| !is_han(*c)).collect();
        let han: String = plain.chars().filter(|c| is_han(*c)).collect();
        let says_latin = LATIN_HEADS.contains(&latin.trim());
        let says_han = HAN_HEADS.contains(&han.as_str());
        let fits =
            (says_latin && (han.is_empty() || says_han)) || (says_han && latin.trim().is_empty());
        if fits {
            found.push((at, says_han && !says_latin));
        }
    }
    found
}

/// The column that asks in a table without a head: its only one, or the one behind the numbers.
fn bare_column(rows: &[&Row]) -> Option<usize> {
    let used = |column: usize| {
        rows.iter().any(|row| row.cells.get(column).is_some_and(|cell| !cell.is_blank()))
    };
    let most = rows.iter().map(|row| width(row)).max().unwrap_or(0);
    let columns: Vec<usize> = (0..most).filter(|column| used(*column)).collect();
    match columns[..] {
        [only] => Some(only),
        [numbers, asks] => {
            let counts = |row: &&Row| match row.cells.get(numbers) {
                Some(Cell::Text(text)) => {
                    text.trim().is_empty() || cleaned(&format!("{}. x", text.trim())) == "x"
                }
                _ => false,
            };
            rows.iter().all(counts).then_some(asks)
        }
        _ => None,
    }
}

/// A line without the number or sign that counts it.
fn cleaned(line: &str) -> String {
    let joined = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = joined.trim_start_matches(['-', '–', '—', '•', '·', '*', '▪', '●', '□', '☐', ' ']);
    uncounted(text).unwrap_or(text).trim().to_owned()
}

fn uncounted(text: &str) -> Option<&str> {
    let counts = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let text =
        text.strip_prefix(['Q', 'q']).filter(|rest| rest.starts_with(counts)).unwrap_or(text);
    if text.starts_with(|c| matches!(c, '\u{2460}'..='\u{2473}')) {
        return text.get(3..);
    }
    let open = text.strip_prefix(['(', '（', '[']);
    let inner = open.unwrap_or(text);
    let digits = inner.find(|c| !counts(c)).filter(|end| (1..=9).contains(end))?;
    let mut rest = &inner[digits..];
    // 3.1 counts as well.
    while let Some(more) =
        rest.strip_prefix('.').filter(|more| more.starts_with(|c: char| c.is_ascii_digit()))
    {
        rest = more.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let closed = rest.strip_prefix(['.', ')', '）', ']', '、', '．', ':', '：']);
    closed.map(str::trim).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(found: Result<Vec<Line>, Vec<Fault>>) -> Vec<String> {
        found.unwrap().into_iter().map(|line| line.text).collect()
    }

    fn table(rows: &[&[&str]]) -> Vec<Row> {
        let cells = |row: &&[&str]| row.iter().map(|text| Cell::Text((*text).to_owned())).collect();
        rows.iter().zip(1..).map(|(row, number)| Row { number, cells: cells(row) }).collect()
    }

    fn kinds(found: Result<Vec<Line>, Vec<Fault>>) -> Vec<(u32, &'static str)> {
        found.unwrap_err().into_iter().map(|fault| (fault.row, fault.kind.word())).collect()
    }

    #[test]
    fn each_line_of_a_text_asks_without_its_number() {
        let text = "1. Photos of the factory\r\n\n（2）最终用户营业执照\n③ 用途说明\n- Drawing\nQ4: Who?\n3.2) Map\n2026 output";
        assert_eq!(
            texts(of_text(text)),
            [
                "Photos of the factory",
                "最终用户营业执照",
                "用途说明",
                "Drawing",
                "Who?",
                "Map",
                "2026 output"
            ]
        );
    }

    #[test]
    fn a_table_asks_in_the_column_whose_head_says_so() {
        let rows = table(&[
            &["尽职调查清单"],
            &["No.", "Question", "问题", "Remarks"],
            &["1", "Photos of the factory", "工厂照片", ""],
            &["2", "Drawing", "", "pdf"],
        ]);
        assert_eq!(texts(of_table(&rows)), ["Photos of the factory / 工厂照片", "Drawing"]);
        let bare = table(&[&["1", "Photos"], &["2", "Drawing"]]);
        assert_eq!(texts(of_table(&bare)), ["Photos", "Drawing"]);
    }

    #[test]
    fn wrong_columns_are_named_and_nothing_is_taken() {
        assert_eq!(
            kinds(of_table(&table(&[&["Name", "Colour"], &["a", "b"]]))),
            [(1, "no-column")]
        );
        let two = table(&[&["Question", "Requirement"], &["a", "b"]]);
        assert_eq!(kinds(of_table(&two)), [(1, "several-columns")]);
        let rows = table(&[
            &["No.", "Question"],
            &["1", "good"],
            &["2", ""],
            &["3", "good", "", "more"],
            &["4", "=HYPERLINK(\"x\")"],
            &["5", "a\u{202e}b"],
        ]);
        let faults = [(3, "empty"), (4, "uneven"), (5, "formula"), (6, "control-character")];
        assert_eq!(kinds(of_table(&rows)), faults);
    }

    #[test]
    fn five_hundred_lines_are_taken_and_one_more_is_not() {
        let many = |count: usize| "Photos of the factory\n".repeat(count);
        assert_eq!(of_text(&many(MAX_LINES)).unwrap().len(), MAX_LINES);
        assert_eq!(kinds(of_text(&many(MAX_LINES + 1))), [(501, "too-many")]);
        assert_eq!(kinds(of_text(" \n")), [(0, "nothing")]);
        let long = "字".repeat(MAX_LINE_CHARS);
        assert!(of_text(&long).is_ok());
        assert_eq!(kinds(of_text(&format!("{long}字"))), [(1, "too-long")]);
    }
}
