//! Is an Office file whole, and what is it?
//!
//! A ZIP archive of parts with a list of their types (ECMA-376, part 2). Every part is unpacked once, to
//! its end, so that its checksum is held against it, within limits that hold while unpacking. Parts that
//! lie over one another or have the same name are refused: two readers would see two files. Deliberately
//! absent: what the parts say.

use std::io::{BufReader, Read, SeekFrom};

use lanthan_core::exhibit::Format;
use zip::{CompressionMethod, ZipArchive, read::ZipFile};

use super::{
    Source, UNREADABLE,
    parts::{self, Office},
    xml,
};
use crate::{Limits, Probe, Refusal};

/// The part that lists the types of the others.
const TYPES: &str = "[Content_Types].xml";
/// How much of that part is read, in bytes; it has one line for each part.
const MAX_TYPES_BYTES: u64 = 16 * 1024 * 1024;
/// A line of the central directory begins with this.
const LINE: &[u8; 4] = b"PK\x01\x02";
/// Least length of such a line, in bytes.
const LEAST_LINE_BYTES: u64 = 46;

const BROKEN: Refusal = Refusal::Damaged("its parts cannot be unpacked");

/// Types of main parts, with what they make of the file.
const MAIN: &[(&str, Format)] = &[
    ("wordprocessingml.document.main+xml", Format::Docx),
    ("spreadsheetml.sheet.main+xml", Format::Xlsx),
    ("presentationml.presentation.main+xml", Format::Pptx),
    ("presentationml.slideshow.main+xml", Format::Pptx),
];

/// Parts of types that are not taken, by a piece of their type.
const NOT_TAKEN: &[(&str, &str)] = &[
    ("macroenabled", "an Office file with macros"),
    ("template.main+xml", "an Office template"),
    ("ms-visio", "a Visio drawing"),
    ("ms-package.3dmanufacturing", "a 3D print file"),
];

/// True when a file begins as an archive does.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// What the list of types says that it is; `None` for an archive that is no Office file.
///
/// # Errors
///
/// [`Refusal`] when it is an Office file that is not taken.
pub(super) fn recognise(
    untrusted: &mut dyn Source,
    head: &[u8],
    limits: &Limits,
) -> Result<Option<Format>, Refusal> {
    // Office programs write that part first, so that a file that is cut short is still known.
    let looks_so = memchr::memmem::find(head, TYPES.as_bytes()).is_some();
    let mut archive = match open(untrusted, limits) {
        Ok(archive) => archive,
        Err(Refusal::Damaged(_)) if !looks_so => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    let Ok(types) = archive.by_name(TYPES) else { return Ok(None) };
    let mut main = None;
    let mut refused = None;
    xml::walk(types.take(MAX_TYPES_BYTES), &mut |node| {
        let xml::Node::Begin(element) = node else { return };
        let kind = element.value("ContentType").to_ascii_lowercase();
        if let Some((_, what)) = NOT_TAKEN.iter().find(|(piece, _)| kind.contains(piece)) {
            refused.get_or_insert(*what);
        }
        if let Some((_, format)) = MAIN.iter().find(|(end, _)| kind.ends_with(end)) {
            main.get_or_insert((*format, element.value("PartName")));
        }
    })
    .map_err(|_| BROKEN)?;
    match (main, refused) {
        (_, Some(what)) => Err(Refusal::Unsupported(what)),
        (Some((format, name)), None) => {
            let is_there = archive.index_for_name(name.trim_start_matches('/')).is_some();
            if is_there {
                Ok(Some(format))
            } else {
                Err(Refusal::Damaged("its main part is missing"))
            }
        }
        (None, None) => Ok(None),
    }
}

/// Looks at every part of an Office file.
///
/// # Errors
///
/// [`Refusal`] when a part is damaged, or there is too much of them.
pub(super) fn probe(
    untrusted: &mut dyn Source,
    format: Format,
    limits: &Limits,
) -> Result<Probe, Refusal> {
    let mut archive = open(untrusted, limits)?;
    let mut office = Office::new(format, limits);
    let mut left = limits.max_office_bytes;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| BROKEN)?;
        if part.encrypted() {
            return Err(Refusal::Damaged("one of its parts is locked"));
        }
        if !matches!(part.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(Refusal::Damaged("one of its parts is packed as Office never packs"));
        }
        let name = part.name().map_err(|_| BROKEN)?.into_owned();
        left = read(part, &name, left, &mut office, limits)?;
    }
    Ok(Probe { format, pages: Vec::new(), traces: office.traces(), buried: Vec::new() })
}

/// Reads one part to its end; answers how many bytes the others may still have.
fn read(
    part: ZipFile<'_, impl Read>,
    name: &str,
    left: u64,
    office: &mut Office<'_>,
    limits: &Limits,
) -> Result<u64, Refusal> {
    // What a part says of its own length is a claim; what is counted is what comes out.
    let mut part = part.take(left.saturating_add(1));
    parts::read(name, &mut part, office)?;
    // Whatever was left unread: only at its end the checksum is held against a part.
    std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| BROKEN)?;
    match part.limit() {
        0 => Err(Refusal::TooLarge { limit_mb: limits.max_office_bytes / (1024 * 1024) }),
        unread => Ok(unread - 1),
    }
}

fn open<'a>(
    untrusted: &'a mut dyn Source,
    limits: &Limits,
) -> Result<ZipArchive<BufReader<&'a mut dyn Source>>, Refusal> {
    let length = untrusted.seek(SeekFrom::End(0)).map_err(|_| UNREADABLE)?;
    if length > limits.max_bytes {
        return Err(Refusal::TooLarge { limit_mb: limits.max_bytes / (1024 * 1024) });
    }
    let too_many = Refusal::Damaged("it has more parts than any Office file");
    if length / LEAST_LINE_BYTES > u64::from(limits.max_parts)
        && lines(untrusted)? > limits.max_parts
    {
        return Err(too_many);
    }
    untrusted.seek(SeekFrom::Start(0)).map_err(|_| UNREADABLE)?;
    let mut archive = ZipArchive::new(BufReader::new(untrusted)).map_err(|_| BROKEN)?;
    if archive.len() > limits.max_parts as usize {
        return Err(too_many);
    }
    if archive.has_duplicate_names() {
        return Err(Refusal::Damaged("two of its parts have the same name"));
    }
    if archive.has_overlapping_files().map_err(|_| BROKEN)? {
        return Err(Refusal::Damaged("its parts lie over one another"));
    }
    Ok(archive)
}

/// At most how many lines its directory has: counted before a reader makes room for them.
fn lines(untrusted: &mut dyn Source) -> Result<u32, Refusal> {
    untrusted.seek(SeekFrom::Start(0)).map_err(|_| UNREADABLE)?;
    let mut found = 0_u32;
    let mut window = Vec::with_capacity(256 * 1024 + LINE.len());
    loop {
        let read = Read::take(&mut *untrusted, 256 * 1024).read_to_end(&mut window);
        if read.map_err(|_| UNREADABLE)? == 0 {
            return Ok(found);
        }
        let here = memchr::memmem::find_iter(&window, LINE).count();
        found = found.saturating_add(u32::try_from(here).unwrap_or(u32::MAX));
        // One that lies over the edge is whole in the next window, and is not counted twice.
        window.drain(..window.len() - (LINE.len() - 1).min(window.len()));
    }
}
