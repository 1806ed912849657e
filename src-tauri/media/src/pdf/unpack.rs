//! Does a small PDF unpack to something enormous?
//!
//! The PDF reader unpacks streams without a bound, so each one is measured first: by the most that
//! its packing can reach, and only where that is too much by unpacking it into a small window.
//! Deliberately absent: keeping what was unpacked.

use std::collections::HashSet;

use flate2::{Decompress, FlushDecompress, Status};
use hayro::hayro_syntax::{
    Filter,
    object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, Stream},
    xref::XRef,
};
use memchr::memmem;

use crate::{Limits, Refusal};

/// The most that one byte can become, by packing.
const FLATE_FACTOR: u64 = 1032;
const LZW_FACTOR: u64 = 2731;
const RUN_FACTOR: u64 = 64;

/// Keys that lead away from the page to others.
const AWAY: &[&[u8]] = &[b"Parent", b"P", b"Dest", b"A", b"AA", b"Popup", b"IRT", b"StructParent"];

/// How far before `stream` its dictionary is searched, in bytes.
const DICTIONARY_WITHIN: usize = 64 * 1024;

/// Measures the streams that are unpacked while a PDF is opened: tables and packed objects.
///
/// # Errors
///
/// [`Refusal::TooLarge`], or [`Refusal::Damaged`] when such a stream is packed in a way that no
/// ordinary program writes.
pub(crate) fn check_structure(untrusted: &[u8], limits: &Limits) -> Result<(), Refusal> {
    for at in memmem::find_iter(untrusted, b"stream") {
        if untrusted[..at].ends_with(b"end") {
            continue;
        }
        let dictionary = dictionary_before(&untrusted[..at]);
        if !may_be_structure(dictionary) {
            continue;
        }
        if packings(dictionary) > 1 || has_distant_filter(dictionary) {
            return Err(Refusal::Damaged("its inner structure is packed in an unusual way"));
        }
        let data = &untrusted[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let data = &data[..memmem::find(data, b"endstream").unwrap_or(data.len())];
        if data.len() as u64 * LZW_FACTOR > limits.max_unpacked_bytes {
            allow_inflated(data, limits)?;
        }
    }
    Ok(())
}

/// The text of the dictionary that ends here, from the `obj` that it follows.
fn dictionary_before(bytes: &[u8]) -> &[u8] {
    let from = bytes.len().saturating_sub(DICTIONARY_WITHIN);
    let window = &bytes[from..];
    memmem::rfind_iter(window, b"obj")
        .find(|at| {
            // Only an `obj` behind two numbers begins an object; not one in a text or a comment.
            let before = window[..*at].trim_ascii_end();
            let line = before.rsplit(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or(before);
            before.last().is_some_and(u8::is_ascii_digit) && !line.contains(&b'%')
        })
        .map_or(window, |at| &window[at + 3..])
}

fn may_be_structure(dictionary: &[u8]) -> bool {
    let has = |word: &[u8]| memmem::find(dictionary, word).is_some();
    let widths = memmem::find_iter(dictionary, b"/W")
        .any(|at| dictionary.get(at + 2).is_some_and(|next| !next.is_ascii_alphabetic()));
    // A number sign may hide any of these names.
    widths || has(b"/First") || has(b"ObjStm") || has(b"XRef") || has(b"#")
}

/// How many packings a dictionary names.
fn packings(dictionary: &[u8]) -> usize {
    [&b"/Fl"[..], b"/LZW", b"/RL", b"/RunLength", b"/ASCII", b"/A85", b"/AHx"]
        .iter()
        .map(|name| memmem::find_iter(dictionary, name).count())
        .sum()
}

/// True when the name of the packing stands somewhere else in the file.
fn has_distant_filter(dictionary: &[u8]) -> bool {
    [&b"/Filter"[..], b"/F"].iter().any(|key| {
        memmem::find_iter(dictionary, key).any(|at| {
            let rest = &dictionary[at + key.len()..];
            let value = rest.trim_ascii_start();
            let ends = rest.first().is_some_and(u8::is_ascii_whitespace);
            ends && value.first().is_some_and(u8::is_ascii_digit)
        })
    })
}

/// Measures every stream that drawing a page may unpack. `seen` is kept from page to page.
///
/// # Errors
///
/// [`Refusal::TooLarge`] or [`Refusal::TooManyPixels`].
pub(crate) fn check_reachable(
    page: &Dict<'_>,
    xref: &XRef,
    seen: &mut HashSet<ObjectIdentifier>,
    limits: &Limits,
) -> Result<(), Refusal> {
    let mut open = vec![Object::Dict(page.clone())];
    while let Some(object) = open.pop() {
        let mut follow = |part: MaybeRef<Object<'_>>| match part {
            MaybeRef::Ref(to) => {
                let to = ObjectIdentifier::from(to);
                seen.insert(to).then(|| xref.get::<Object<'_>>(to)).flatten()
            }
            MaybeRef::NotRef(object) => Some(object),
        };
        let parts = match &object {
            Object::Dict(dict) => dict_parts(dict),
            Object::Stream(stream) => {
                check_stream(stream, limits)?;
                dict_parts(stream.dict())
            }
            Object::Array(array) => array.raw_iter().collect(),
            _ => continue,
        };
        for part in parts {
            if let Some(object) = follow(part) {
                open.push(object);
            }
        }
    }
    Ok(())
}

fn dict_parts<'a>(dict: &Dict<'a>) -> Vec<MaybeRef<Object<'a>>> {
    dict.entries().filter(|(key, _)| !AWAY.contains(&key.as_ref())).map(|(_, part)| part).collect()
}

/// Measures one stream.
///
/// # Errors
///
/// [`Refusal::TooLarge`] when it unpacks to too much, [`Refusal::TooManyPixels`] for a picture.
pub(crate) fn check_stream(stream: &Stream<'_>, limits: &Limits) -> Result<(), Refusal> {
    let dict = stream.dict();
    let side = |long: &str, short: &str| dict.get::<u32>(long).or_else(|| dict.get::<u32>(short));
    if let (Some(width), Some(height)) = (side("Width", "W"), side("Height", "H"))
        && width > 0
        && height > 0
    {
        limits.allow_pixels(width.into(), height.into())?;
    }
    let filters = stream.filters();
    let data = stream.raw_data();
    if filters.contains(&Filter::JpxDecode) {
        allow_jpeg_2000(&data, limits)?;
    }
    let mut most = data.len() as u64;
    for filter in &filters {
        most = most.saturating_mul(match filter {
            Filter::FlateDecode => FLATE_FACTOR,
            Filter::LzwDecode => LZW_FACTOR,
            Filter::RunLengthDecode => RUN_FACTOR,
            // Four zero bytes are written as one letter.
            Filter::Ascii85Decode => 4,
            _ => 1,
        });
    }
    if most <= limits.max_unpacked_bytes {
        return Ok(());
    }
    match filters.first() {
        // Inside a packing stands at most a picture's own coding, whose pixels were counted above.
        Some(Filter::FlateDecode) if filters[1..].iter().all(is_picture_coding) => {
            allow_inflated(&data, limits)
        }
        Some(Filter::LzwDecode) if filters[1..].iter().all(is_picture_coding) => {
            let early = early_change(dict);
            allow_lzw(&data, early, limits)
        }
        _ => Err(limits.unpacks_too_far()),
    }
}

fn is_picture_coding(filter: &Filter) -> bool {
    matches!(
        filter,
        Filter::DctDecode | Filter::JpxDecode | Filter::CcittFaxDecode | Filter::Jbig2Decode
    )
}

/// LZW in a PDF widens its codes one step early unless it says otherwise (ISO 32000-1, 7.4.4.3).
fn early_change(dict: &Dict<'_>) -> bool {
    let parameters = dict.get::<Dict<'_>>("DecodeParms").or_else(|| dict.get::<Dict<'_>>("DP"));
    let first = || dict.get::<Array<'_>>("DecodeParms")?.iter::<Dict<'_>>().next();
    parameters.or_else(first).and_then(|p| p.get::<i32>("EarlyChange")).unwrap_or(1) != 0
}

/// Unpacks into a small window and counts.
fn allow_inflated(data: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let with_header = inflated(data, true, limits.max_unpacked_bytes);
    let most = match with_header {
        Ok(length) => length,
        // Some writers leave the header out, and the reader tries that as well.
        Err(before) => {
            let without = inflated(data, false, limits.max_unpacked_bytes);
            before.max(without.unwrap_or_else(|before| before))
        }
    };
    if most > limits.max_unpacked_bytes { Err(limits.unpacks_too_far()) } else { Ok(()) }
}

/// How much comes out, up to a little over `most`; on broken data the error says how much came
/// before.
fn inflated(data: &[u8], with_header: bool, most: u64) -> Result<u64, u64> {
    let mut window = vec![0; 64 * 1024];
    let mut inflate = Decompress::new(with_header);
    loop {
        let rest = usize::try_from(inflate.total_in()).unwrap_or(usize::MAX);
        let before = (inflate.total_in(), inflate.total_out());
        let rest = data.get(rest..).unwrap_or_default();
        match inflate.decompress(rest, &mut window, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return Ok(inflate.total_out()),
            Ok(_) if inflate.total_out() > most => return Ok(inflate.total_out()),
            Ok(_) if (inflate.total_in(), inflate.total_out()) == before => {
                return Err(inflate.total_out());
            }
            Ok(_) => {}
            Err(_) => return Err(inflate.total_out()),
        }
    }
}

/// True when deflated data, behind its header, reaches its last block.
pub(crate) fn is_whole(data: &[u8], limits: &Limits) -> bool {
    inflated(data.get(2..).unwrap_or_default(), false, limits.max_unpacked_bytes).is_ok()
}

fn allow_lzw(data: &[u8], early: bool, limits: &Limits) -> Result<(), Refusal> {
    let build =
        if early { weezl::decode::Decoder::with_tiff_size_switch } else { weezl::decode::Decoder::new };
    let mut decoder = build(weezl::BitOrder::Msb, 8);
    let mut window = vec![0; 64 * 1024];
    let (mut rest, mut out) = (data, 0_u64);
    loop {
        let step = decoder.decode_bytes(rest, &mut window);
        rest = &rest[step.consumed_in..];
        out += step.consumed_out as u64;
        if out > limits.max_unpacked_bytes {
            return Err(limits.unpacks_too_far());
        }
        match step.status {
            Ok(weezl::LzwStatus::Ok) if step.consumed_in + step.consumed_out > 0 => {}
            _ => return Ok(()),
        }
    }
}

/// The size of a JPEG 2000 picture stands in its own header (ITU-T T.800, A.5.1).
fn allow_jpeg_2000(data: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let Some(at) = memmem::find(data, &[0xff, 0x4f, 0xff, 0x51]) else { return Ok(()) };
    let number = |index: usize| {
        let at = at + 8 + 4 * index;
        let four = data.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
        u64::from(four.map_or(0, u32::from_be_bytes))
    };
    let width = number(0).saturating_sub(number(2));
    let height = number(1).saturating_sub(number(3));
    limits.allow_pixels(width, height)
}
