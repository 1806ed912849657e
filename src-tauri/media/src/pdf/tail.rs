//! Does a PDF reach its end, is it locked, and how often has it been changed?
//!
//! Answered from the bytes alone, before any object is read (ISO 32000-1, 7.5.4 to 7.5.8).
//! Deliberately absent: repair. A broken table is noted; the reader rebuilds it from the objects.

use hayro::hayro_syntax::object::{Dict, FromBytes};
use memchr::memmem;

use crate::{Refusal, trace::Traces};

/// How much may stand between the table and the objects that it is asked for, in bytes.
const TRAILER_WITHIN: usize = 4 * 1024 * 1024;

const CUT_SHORT: Refusal = Refusal::Damaged("the PDF is cut short");

/// Checks the end of the file and notes what it tells.
///
/// # Errors
///
/// [`Refusal::Damaged`] when the end is missing, [`Refusal::Encrypted`] when it is locked.
pub(crate) fn check(untrusted: &[u8], traces: &mut Traces) -> Result<(), Refusal> {
    let starts: Vec<Start> =
        memmem::find_iter(untrusted, b"startxref").filter_map(|at| start(untrusted, at)).collect();
    let last = starts.last().ok_or(CUT_SHORT)?;
    // A file made for the web has a first "startxref 0" near its beginning; as the last one it
    // means that the rest is missing.
    let Some(table) = untrusted.get(last.table..).filter(|_| last.table != 0) else {
        return Err(CUT_SHORT);
    };
    let rest = &untrusted[last.end..];
    if memmem::find(rest, b" obj").is_some() {
        return Err(Refusal::Damaged("the last change of the PDF is cut short"));
    }
    if rest.iter().any(|byte| !matches!(byte, 0 | b'\r' | b'\n' | b' ' | b'\t')) {
        traces.note_size("trailing-data", "", rest.len());
    }
    let changes = starts.iter().filter(|start| start.table != 0).count() - 1;
    if changes > 0 {
        traces.note("pdf-revision", &changes.to_string());
    }
    match trailer(table) {
        Some(trailer) if trailer.contains_key("Encrypt") => return Err(Refusal::Encrypted),
        Some(_) => {}
        None => traces.note("pdf-unreadable-structure", "xref"),
    }
    Ok(())
}

/// Where each earlier state of the file ends, the oldest first.
pub(crate) fn earlier_ends(untrusted: &[u8]) -> Vec<usize> {
    let starts = memmem::find_iter(untrusted, b"startxref").filter_map(|at| start(untrusted, at));
    let mut ends: Vec<usize> =
        starts.filter(|start| start.table != 0).map(|start| start.end).collect();
    ends.pop();
    ends
}

/// One `startxref`, the number behind it and the `%%EOF` that ends it.
struct Start {
    table: usize,
    end: usize,
}

fn start(untrusted: &[u8], at: usize) -> Option<Start> {
    let after = at + b"startxref".len();
    let text = &untrusted[after..untrusted.len().min(after + 64)];
    let number = text.trim_ascii_start();
    let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let table = std::str::from_utf8(&number[..digits]).ok()?.parse().ok()?;
    let end = after + memmem::find(text, b"%%EOF")? + b"%%EOF".len();
    Some(Start { table, end })
}

/// The trailer dictionary of the table that begins here: behind `trailer`, or the dictionary of the
/// stream that holds the table.
fn trailer(table: &[u8]) -> Option<Dict<'_>> {
    let table = &table[..table.len().min(TRAILER_WITHIN)];
    let text = table.trim_ascii_start();
    let key: &[u8] = if text.starts_with(b"xref") {
        b"trailer"
    } else if text.first().is_some_and(u8::is_ascii_digit) {
        b"obj"
    } else {
        return None;
    };
    let rest = &text[memmem::find(text, key)? + key.len()..];
    Dict::from_bytes(rest.trim_ascii_start())
}
