//! Does a small PDF unpack to something enormous?
//!
//! The PDF reader unpacks streams without a bound, so each one that drawing may reach is measured
//! first: by the most that its packing can reach, and only where that is too much by unpacking it
//! into a small window. Deliberately absent: keeping what was unpacked.

use std::collections::HashSet;

use flate2::{Decompress, FlushDecompress, Status};
use hayro::hayro_syntax::{
    Filter,
    object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, Stream},
    page::Page,
};

use super::bounds;
use crate::{Limits, Refusal};

/// The most that one byte can become, by packing.
const FLATE_FACTOR: u64 = 1032;
pub(crate) const LZW_FACTOR: u64 = 2731;
const RUN_FACTOR: u64 = 64;

/// Measures every stream that drawing a page may unpack: its content, what its resources reach, and
/// the looks of its annotations. `seen` is kept from page to page.
///
/// # Errors
///
/// [`Refusal::TooLarge`] or [`Refusal::TooManyPixels`].
pub(crate) fn check_reachable(
    page: &Page<'_>,
    seen: &mut HashSet<ObjectIdentifier>,
    limits: &Limits,
) -> Result<(), Refusal> {
    let mut open = beginnings(page);
    while let Some(part) = open.pop() {
        let object = match part {
            MaybeRef::NotRef(object) => object,
            MaybeRef::Ref(to) => {
                let to = ObjectIdentifier::from(to);
                let object = seen.insert(to).then(|| page.xref().get::<Object<'_>>(to)).flatten();
                let Some(object) = object else { continue };
                object
            }
        };
        match &object {
            Object::Dict(dict) => open.extend(dict.entries().map(|(_, part)| part)),
            Object::Array(array) => open.extend(array.raw_iter()),
            Object::Stream(stream) => {
                check_stream(stream, limits)?;
                open.extend(stream.dict().entries().map(|(_, part)| part));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Where drawing a page begins to read.
fn beginnings<'a>(page: &Page<'a>) -> Vec<MaybeRef<Object<'a>>> {
    let own = page.raw();
    let resources = page.resources();
    let mut open: Vec<MaybeRef<Object<'a>>> = [
        &resources.ext_g_states,
        &resources.fonts,
        &resources.properties,
        &resources.color_spaces,
        &resources.x_objects,
        &resources.patterns,
        &resources.shadings,
    ]
    .into_iter()
    .map(|dict| MaybeRef::NotRef(Object::Dict(dict.clone())))
    .collect();
    open.extend(own.get_raw::<Object<'a>>("Contents"));
    if let Some(annotations) = own.get::<Array<'a>>("Annots") {
        let looks = annotations.iter::<Dict<'a>>().filter_map(|dict| dict.get_raw("AP"));
        open.extend(looks);
    }
    open
}

/// Measures one stream.
///
/// # Errors
///
/// [`Refusal::TooLarge`] when it unpacks to too much, [`Refusal::TooManyPixels`] for a picture.
pub(crate) fn check_stream(stream: &Stream<'_>, limits: &Limits) -> Result<(), Refusal> {
    bounds::allow(stream, limits)?;
    let dict = stream.dict();
    let filters = stream.filters();
    let data = stream.raw_data();
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
        Some(Filter::FlateDecode) if filters[1..].iter().copied().all(is_picture_coding) => {
            allow_inflated(&data, limits)
        }
        Some(Filter::LzwDecode) if filters[1..].iter().copied().all(is_picture_coding) => {
            let early = early_change(dict);
            allow_lzw(&data, early, limits)
        }
        _ => Err(limits.unpacks_too_far()),
    }
}

fn is_picture_coding(filter: Filter) -> bool {
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
pub(crate) fn allow_inflated(data: &[u8], limits: &Limits) -> Result<(), Refusal> {
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

/// True when deflated data reaches its last block. The checksum behind it is not asked for: some
/// writers cut it off.
pub(crate) fn is_whole(data: &[u8], limits: &Limits) -> bool {
    // RFC 1950, 2.2: a header is a multiple of 31 and names method 8.
    let blocks = match data {
        [first, second, rest @ ..]
            if first & 0x0f == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31) =>
        {
            rest
        }
        _ => data,
    };
    inflated(blocks, false, limits.max_unpacked_bytes).is_ok()
}

fn allow_lzw(data: &[u8], early: bool, limits: &Limits) -> Result<(), Refusal> {
    let build = if early {
        weezl::decode::Decoder::with_tiff_size_switch
    } else {
        weezl::decode::Decoder::new
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacking_is_counted_and_stopped() {
        use std::io::Write as _;
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![0; 1_000_000]).unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(inflated(&packed, true, 2_000_000), Ok(1_000_000));
        assert!(inflated(&packed, true, 100_000).is_ok_and(|length| length < 300_000));
        assert!(inflated(&packed[..packed.len() / 2], true, 2_000_000).is_err());
        assert!(is_whole(&packed[..packed.len() - 4], &Limits::default()));
        assert!(!is_whole(&packed[..packed.len() / 2], &Limits::default()));

        let lzw = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8)
            .encode(&vec![7; 500_000])
            .unwrap();
        let limits = |max_unpacked_bytes| Limits { max_unpacked_bytes, ..Limits::default() };
        assert_eq!(allow_lzw(&lzw, true, &limits(500_000)), Ok(()));
        assert!(allow_lzw(&lzw, true, &limits(499_999)).is_err());
    }
}
