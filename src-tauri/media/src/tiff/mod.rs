//! Is a TIFF whole, which pages has it, and what does it carry beside them?
//!
//! Every directory of the chain (TIFF 6.0, section 2) is read, and every strip or tile must lie inside
//! the file, before anything is decoded. Small copies of a page are no pages. Deliberately absent:
//! `BigTIFF`, raw camera pictures, pages whose colours are stored in separate planes.

mod samples;
mod strip;

use std::io::Cursor;

use tiff::{
    TiffError,
    decoder::{Decoder, Limits as Bounds},
    tags::Tag,
};

use crate::{
    Limits, Refusal,
    colour::Profile,
    exif_block,
    pixels::{Orientation, Pixels},
    still::{BROKEN, CUT_SHORT, Coding, Still},
    trace::Traces,
};

/// How many times the pixels of one picture all pages together may have.
const PAGES_OF_PIXELS: u64 = 40;

/// JPEG inside of TIFF (TIFF Technical Note 2).
const CODED_AS_JPEG: u16 = 7;

/// Texts about the picture, its maker and its machine, with the kind of their trace.
const TEXTS: [(u16, &str); 10] = [
    (269, "comment"), // DocumentName
    (270, "comment"), // ImageDescription
    (271, "camera"),  // Make
    (272, "camera"),  // Model
    (285, "comment"), // PageName
    (305, "software"),
    (306, "taken"),
    (315, "owner"),    // Artist
    (316, "software"), // HostComputer
    (33432, "owner"),  // Copyright
];

/// Tags above this number are private to their makers (TIFF 6.0, section 1).
const PRIVATE: u16 = 32768;

/// Pointers to the directories that the reader of EXIF blocks follows: Exif, GPS, interoperability.
const EXIF_POINTERS: [u16; 3] = [0x8769, 0x8825, 0xa005];

type Reading<'a> = Decoder<Cursor<&'a [u8]>>;

/// Reads the directories of a TIFF: one still for each page, the traces with the first.
///
/// # Errors
///
/// [`Refusal::Damaged`] when a directory or a strip does not lie inside the file,
/// [`Refusal::TooManyPixels`] and [`Refusal::TooManyPages`] by what its directories say,
/// [`Refusal::Unsupported`] for ways of coding that are not taken.
pub(crate) fn read(untrusted: &[u8], limits: &Limits) -> Result<Vec<Still>, Refusal> {
    let mut traces = Traces::default();
    exif_block::read_tiff(untrusted, &mut traces);
    let mut decoder = open(untrusted, limits)?;
    let mut pages = Vec::new();
    let mut pixels = 0_u64;
    for at in 0.. {
        if at >= limits.max_pages as usize {
            return Err(Refusal::TooManyPages { limit: limits.max_pages });
        }
        note(&mut decoder, &mut traces)?;
        let still = page(&mut decoder, untrusted, at, limits)?;
        if is_small_copy(&mut decoder)? {
            traces.note("thumbnail", &format!("TIFF {}×{}", still.width, still.height));
        } else {
            pixels += u64::from(still.width) * u64::from(still.height);
            pages.push(still);
        }
        if pixels > limits.max_pixels.saturating_mul(PAGES_OF_PIXELS) {
            let limit_mpx = limits.max_pixels.saturating_mul(PAGES_OF_PIXELS) / 1_000_000;
            return Err(Refusal::TooManyPixels { limit_mpx });
        }
        if !decoder.more_images() {
            break;
        }
        decoder.next_image().map_err(refused)?;
    }
    // Cameras keep the raw picture where the chain of pages does not lead, and a small copy in it.
    let first = pages.first_mut().ok_or(Refusal::Unsupported("a raw camera picture"))?;
    first.traces = traces.sorted();
    Ok(pages)
}

/// Decodes the page of the directory `at`.
///
/// # Errors
///
/// [`Refusal::Damaged`] when data is missing or broken.
pub(crate) fn decode(untrusted: &[u8], at: usize, limits: &Limits) -> Result<Pixels, Refusal> {
    let mut decoder = open(untrusted, limits)?;
    decoder.seek_to_image(at).map_err(refused)?;
    if is_jpeg(&mut decoder)? {
        strip::pixels(&mut decoder, untrusted, limits)
    } else {
        samples::pixels(&mut decoder)
    }
}

fn open<'a>(untrusted: &'a [u8], limits: &Limits) -> Result<Reading<'a>, Refusal> {
    let most = limits.max_pixels.saturating_mul(8).saturating_add(1 << 20);
    let mut bounds = Bounds::default();
    bounds.decoding_buffer_size = usize::try_from(most).unwrap_or(usize::MAX);
    bounds.intermediate_buffer_size = bounds.decoding_buffer_size;
    // Colour profiles of printers have a few megabytes.
    bounds.ifd_value_size = 8 << 20;
    Ok(Decoder::new(Cursor::new(untrusted)).map_err(refused)?.with_limits(bounds))
}

fn refused(error: TiffError) -> Refusal {
    match error {
        TiffError::UnsupportedError(_) => Refusal::Unsupported("a TIFF of a rare kind"),
        TiffError::IoError(_) => CUT_SHORT,
        _ => BROKEN,
    }
}

/// A number of a directory, when it is there.
fn number(decoder: &mut Reading<'_>, tag: Tag) -> Result<Option<u16>, Refusal> {
    decoder.find_tag_unsigned(tag).map_err(refused)
}

fn is_jpeg(decoder: &mut Reading<'_>) -> Result<bool, Refusal> {
    Ok(number(decoder, Tag::Compression)? == Some(CODED_AS_JPEG))
}

/// True for a small copy of another picture, or a mask for one (TIFF 6.0, `NewSubfileType`).
fn is_small_copy(decoder: &mut Reading<'_>) -> Result<bool, Refusal> {
    let kind: Option<u32> = decoder.find_tag_unsigned(Tag::NewSubfileType).map_err(refused)?;
    Ok(kind.is_some_and(|bits| bits & 0b101 != 0))
}

fn page(
    decoder: &mut Reading<'_>,
    untrusted: &[u8],
    at: usize,
    limits: &Limits,
) -> Result<Still, Refusal> {
    let (width, height) = decoder.dimensions().map_err(refused)?;
    limits.allow_pixels(width.into(), height.into())?;
    strips(decoder, untrusted)?;
    let is_lossy = is_jpeg(decoder)?;
    if is_lossy {
        strip::allow(decoder)?;
    } else {
        samples::allow(decoder)?;
    }
    Ok(Still {
        width,
        height,
        orientation: Orientation::of(number(decoder, Tag::Orientation)?.unwrap_or(1).into()),
        traces: Vec::new(),
        copies: Vec::new(),
        is_lossy,
        coding: Coding::Tiff { at },
    })
}

/// The strips or tiles of a page.
fn strips<'a>(decoder: &mut Reading<'_>, untrusted: &'a [u8]) -> Result<Vec<&'a [u8]>, Refusal> {
    let mut lists = |tag| decoder.find_tag_unsigned_vec::<u64>(tag).map_err(refused);
    let of = match (lists(Tag::StripOffsets)?, lists(Tag::StripByteCounts)?) {
        (Some(offsets), Some(counts)) => (offsets, counts),
        _ => match (lists(Tag::TileOffsets)?, lists(Tag::TileByteCounts)?) {
            (Some(offsets), Some(counts)) => (offsets, counts),
            _ => return Err(BROKEN),
        },
    };
    if of.0.len() != of.1.len() || of.0.is_empty() {
        return Err(BROKEN);
    }
    let part = |(offset, count): (u64, u64)| {
        let from = usize::try_from(offset).ok()?;
        untrusted.get(from..from.checked_add(usize::try_from(count).ok()?)?)
    };
    of.0.into_iter().zip(of.1).map(|strip| part(strip).ok_or(CUT_SHORT)).collect()
}

/// Notes what a directory carries beside its picture.
fn note(decoder: &mut Reading<'_>, traces: &mut Traces) -> Result<(), Refusal> {
    for (tag, kind) in TEXTS {
        let text = decoder.find_tag(Tag::from_u16_exhaustive(tag)).map_err(refused)?;
        if let Some(text) = text.and_then(|value| value.into_string().ok())
            && !text.trim().is_empty()
        {
            traces.note(kind, &text);
        }
    }
    let entries: Vec<(u16, u64)> = decoder
        .image_ifd()
        .directory()
        .iter()
        .map(|(tag, entry)| (tag.to_u16(), entry.count()))
        .collect();
    for (tag, count) in entries {
        let size = usize::try_from(count).unwrap_or(usize::MAX);
        match tag {
            330 => traces.note("more-pictures", "TIFF"),
            700 => traces.note_size("xmp", "", size),
            33723 => traces.note_size("iptc", "", size),
            34377 => traces.note_size("app-data", "Photoshop", size),
            34675 => {
                let icc = decoder.get_tag_u8_vec(Tag::IccProfile).unwrap_or_default();
                traces.note("icc", Profile::read(&icc).name());
            }
            known if EXIF_POINTERS.contains(&known) || known == 33432 => {}
            private if private >= PRIVATE => {
                traces.note_size("app-data", &format!("TIFF {private}"), size);
            }
            _ => {}
        }
    }
    Ok(())
}
