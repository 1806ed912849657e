//! Which sheet of a workbook holds the list?
//!
//! The first one that a reader sees and that holds something (ECMA-376 part 1, 18.2); the others are
//! named, so that nobody believes them read. Deliberately absent: sheets that are hidden, and anything
//! computed.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Content, List, ListError, MAX_CELL_CHARS, sheet};
use crate::{
    Limits, Refusal, door,
    kept::xml::{self, Node},
};

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

const BOOK: &str = "xl/workbook.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";
const STRINGS: &str = "/sharedStrings";
/// The greatest number of strings that sheets share, and of their characters together.
const MAX_STRINGS: usize = 200_000;
const MAX_STRING_CHARS: usize = 8 * 1024 * 1024;

/// Reads a workbook that was proven whole.
///
/// # Errors
///
/// [`ListError`].
pub(super) fn read(untrusted: &[u8], limits: &Limits) -> Result<List, ListError> {
    let mut found = Err(ListError::Refused(Refusal::Damaged("its sheets cannot be read")));
    door::guarded(|| {
        found = read_inside(untrusted, limits);
        Ok(())
    })?;
    found
}

fn read_inside(untrusted: &[u8], limits: &Limits) -> Result<List, ListError> {
    let mut archive = ZipArchive::new(Cursor::new(untrusted)).map_err(|_| damaged())?;
    let links = links(&mut archive, limits)?;
    let strings = match links.iter().find(|link| link.kind.ends_with(STRINGS)) {
        Some(link) => strings(&mut archive, &link.target, limits)?,
        None => Vec::new(),
    };
    let mut list: Option<(String, Vec<_>)> = None;
    let mut unread_sheets = Vec::new();
    for (name, id) in visible_sheets(&mut archive, limits)? {
        let link = links.iter().find(|link| link.id == id && link.kind.ends_with("/worksheet"));
        // A sheet that is a chart holds no cells.
        let Some(link) = link else { continue };
        let is_first = list.is_none();
        let rows = sheet::read(&mut archive, &link.target, &strings, limits);
        match rows {
            Ok(rows) if rows.is_empty() => {}
            Ok(rows) if is_first => list = Some((name, rows)),
            // Whatever is wrong with a sheet that is not read, it is not read.
            Err(error) if is_first => return Err(error),
            Ok(_) | Err(_) => unread_sheets.push(name),
        }
    }
    let (sheet, rows) = list.map_or((None, Vec::new()), |(name, rows)| (Some(name), rows));
    Ok(List { content: Content::Rows(rows), encoding: None, sheet, unread_sheets })
}

pub(super) fn damaged() -> Refusal {
    Refusal::Damaged("its sheets cannot be read")
}

/// Reads one part of the archive.
pub(super) fn walk(
    archive: &mut Archive<'_>,
    name: &str,
    limits: &Limits,
    each: &mut dyn FnMut(Node<'_>),
) -> Result<(), Refusal> {
    let part = archive.by_name(name).map_err(|_| damaged())?;
    xml::walk(part.take(limits.max_office_bytes), each).map_err(|_| damaged())
}

struct Link {
    id: String,
    kind: String,
    target: String,
}

fn links(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Link>, Refusal> {
    let mut links = Vec::new();
    walk(archive, LINKS, limits, &mut |node| {
        let Node::Begin(element) = node else { return };
        if element.name() != "Relationship" || element.value("TargetMode") == "External" {
            return;
        }
        let target = element.value("Target");
        let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        links.push(Link { id: element.value("Id"), kind: element.value("Type"), target });
    })?;
    Ok(links)
}

/// The names of the sheets that a reader sees, with the ids of their links.
fn visible_sheets(
    archive: &mut Archive<'_>,
    limits: &Limits,
) -> Result<Vec<(String, String)>, Refusal> {
    let mut sheets = Vec::new();
    walk(archive, BOOK, limits, &mut |node| {
        let Node::Begin(element) = node else { return };
        if element.name() == "sheet" && !element.value("state").ends_with("idden") {
            let name = element.value("name").chars().take(100).collect();
            sheets.push((name, element.value("id")));
        }
    })?;
    Ok(sheets)
}

/// The strings that sheets share (ECMA-376 part 1, 18.4): of each the text, without how it is spoken.
fn strings(archive: &mut Archive<'_>, part: &str, limits: &Limits) -> Result<Vec<String>, Refusal> {
    let mut strings: Vec<String> = Vec::new();
    let (mut in_text, mut spoken, mut chars) = (false, false, 0_usize);
    walk(archive, part, limits, &mut |node| match node {
        Node::Begin(element) => match element.name() {
            "si" => strings.push(String::new()),
            "rPh" => spoken = true,
            "t" => in_text = !spoken,
            _ => {}
        },
        Node::Text(text) if in_text => {
            if let Some(last) = strings.last_mut() {
                let room = MAX_CELL_CHARS.saturating_sub(last.chars().count());
                last.extend(text.chars().take(room));
                chars = chars.saturating_add(text.len());
            }
        }
        Node::End("rPh") => spoken = false,
        Node::End("t") => in_text = false,
        Node::Text(_) | Node::End(_) => {}
    })?;
    if strings.len() > MAX_STRINGS || chars > MAX_STRING_CHARS {
        return Err(Refusal::Damaged("it holds more words than any list"));
    }
    Ok(strings)
}
