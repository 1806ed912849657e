//! Is a JPEG whole, what does it carry beside its picture, and what are its pixels?
//!
//! The segments (ITU-T T.81, annex B) are walked to the end of the picture before anything is
//! decoded; so what is cut short is known, and so is what follows the end. Deliberately absent:
//! copying of coded data. A masked or scaled picture is always decoded and coded anew.

use lanthan_core::clean::Trace;
use turbojpeg::{Compressor, Decompressor, Image, PixelFormat, ScalingFactor, Subsamp};

use crate::{
    Limits, Refusal, app_segment,
    colour::{self, Profile},
    pixels::{Orientation, Pixels},
    trace::Traces,
};

/// Greatest number of scans; a telephone writes about ten, an attack thousands.
const MAX_SCANS: u32 = 100;

/// What the segments of a JPEG say.
#[derive(Debug)]
pub(crate) struct Jpeg {
    /// Width as stored.
    pub(crate) width: u32,
    /// Height as stored.
    pub(crate) height: u32,
    /// The size of the blocks that are coded together, in stored pixels. What lies in one block
    /// leaves marks on all of it.
    pub(crate) block: (u32, u32),
    /// How to turn the stored picture.
    pub(crate) orientation: Orientation,
    /// The colour profile, when a readable one is there.
    pub(crate) profile: Option<Profile>,
    /// What it carries beside the picture.
    pub(crate) traces: Vec<Trace>,
    /// Small copies of the picture, coded as JPEG.
    pub(crate) copies: Vec<Vec<u8>>,
    components: usize,
    /// True when an Adobe segment stands in it: then the inks of a CMYK picture are inverted.
    adobe: bool,
}

/// What is gathered on the way through the segments.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) traces: Traces,
    pub(crate) orientation: Option<Orientation>,
    pub(crate) icc: Vec<(u8, Vec<u8>)>,
    pub(crate) adobe: bool,
    frame: Option<Frame>,
    scans: u32,
}

struct Frame {
    width: u32,
    height: u32,
    is_progressive: bool,
    components: Vec<Component>,
    block: (u32, u32),
}

/// One colour of a frame, and how many low bits of each of its 64 coefficients are still to come.
struct Component {
    id: u8,
    missing: [u8; 64],
}

const CUT_SHORT: Refusal = Refusal::Damaged("the picture is cut short");
const BROKEN: Refusal = Refusal::Damaged("the picture's data is broken");

/// Walks the segments of a JPEG.
///
/// # Errors
///
/// [`Refusal::Damaged`] when it does not reach the end of its picture, [`Refusal::Unsupported`]
/// for the rare ways of coding, [`Refusal::TooManyPixels`] by what its header says.
pub(crate) fn read(untrusted: &[u8], limits: &Limits) -> Result<Jpeg, Refusal> {
    let mut gathered = Gathered::default();
    let end = walk(untrusted, limits, &mut gathered)?;
    note_trailing(&untrusted[end..], &mut gathered.traces);
    let frame = gathered.frame.ok_or(Refusal::Damaged("it holds no picture"))?;
    // A progressive picture that ends between two scans decodes without complaint, but coarsely.
    if frame.components.iter().any(|component| component.missing != [0; 64]) {
        return Err(CUT_SHORT);
    }
    let profile = app_segment::joined(&mut gathered.icc).map(|icc| Profile::read(&icc));
    if let Some(profile) = &profile {
        gathered.traces.note("icc", profile.name());
    }
    Ok(Jpeg {
        width: frame.width,
        height: frame.height,
        block: frame.block,
        orientation: gathered.orientation.unwrap_or(Orientation::UPRIGHT),
        profile: profile.filter(Profile::is_usable),
        copies: gathered.traces.take_copies(),
        traces: gathered.traces.sorted(),
        components: frame.components.len(),
        adobe: gathered.adobe,
    })
}

/// Notes what a JPEG inside another file carries, as far as it can be read.
pub(crate) fn note_traces(untrusted: &[u8], limits: &Limits) -> Vec<Trace> {
    let mut gathered = Gathered::default();
    // A damaged end does not matter here: what stands before it has been noted.
    let _ = walk(untrusted, limits, &mut gathered);
    gathered.traces.sorted()
}

/// Walks from the start to just behind the end-of-image marker and returns where that is.
fn walk(untrusted: &[u8], limits: &Limits, gathered: &mut Gathered) -> Result<usize, Refusal> {
    let mut at = 2;
    loop {
        let marker = next_marker(untrusted, &mut at)?;
        match marker {
            0xd9 => return Ok(at),
            0xd8 => return Err(BROKEN),
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = untrusted.get(at..at + 2).ok_or(CUT_SHORT)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if length < 2 {
            return Err(BROKEN);
        }
        let body = untrusted.get(at + 2..at + length).ok_or(CUT_SHORT)?;
        at += length;
        match marker {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                if gathered.frame.is_some() {
                    return Err(Refusal::Unsupported("a JPEG of several layers"));
                }
                gathered.frame = Some(frame(marker, body, limits)?);
            }
            0xda => {
                gathered.scans += 1;
                if gathered.scans > MAX_SCANS {
                    return Err(BROKEN);
                }
                gathered.frame.as_mut().ok_or(BROKEN)?.scan(body)?;
                at = end_of_scan(untrusted, at)?;
            }
            0xe0..=0xef | 0xfe => app_segment::note(marker, body, gathered),
            _ => {}
        }
    }
}

/// Reads the marker at `at`, which may be filled up with 0xff bytes in front.
fn next_marker(untrusted: &[u8], at: &mut usize) -> Result<u8, Refusal> {
    if *untrusted.get(*at).ok_or(CUT_SHORT)? != 0xff {
        return Err(BROKEN);
    }
    while *untrusted.get(*at).ok_or(CUT_SHORT)? == 0xff {
        *at += 1;
    }
    let marker = untrusted[*at];
    *at += 1;
    if marker == 0 { Err(BROKEN) } else { Ok(marker) }
}

/// Finds the marker that ends the coded data beginning at `from`.
fn end_of_scan(untrusted: &[u8], from: usize) -> Result<usize, Refusal> {
    let coded = untrusted.get(from..).ok_or(CUT_SHORT)?;
    memchr::memchr_iter(0xff, coded)
        .find(|at| !matches!(coded.get(at + 1), None | Some(0x00 | 0xff | 0xd0..=0xd7)))
        .map(|at| from + at)
        .ok_or(CUT_SHORT)
}

fn frame(marker: u8, body: &[u8], limits: &Limits) -> Result<Frame, Refusal> {
    let &[precision, h1, h2, w1, w2, components, ref parts @ ..] = body else {
        return Err(CUT_SHORT);
    };
    if !matches!(marker, 0xc0..=0xc2 | 0xc9 | 0xca) {
        return Err(Refusal::Unsupported("a JPEG coded without loss or in layers"));
    }
    if precision != 8 {
        return Err(Refusal::Unsupported("a JPEG of more than 8 bits"));
    }
    if !matches!(components, 1 | 3 | 4) {
        return Err(Refusal::Unsupported("a JPEG of unusual colours"));
    }
    if parts.len() != 3 * usize::from(components) {
        return Err(BROKEN);
    }
    let width = u32::from(u16::from_be_bytes([w1, w2]));
    let height = u32::from(u16::from_be_bytes([h1, h2]));
    limits.allow_pixels(width.into(), height.into())?;
    let most = |shift: u8| {
        parts.chunks_exact(3).map(|part| u32::from(part[1] >> shift & 0x0f)).max().unwrap_or(1)
    };
    let (across, down) = (most(4), most(0));
    if !(1..=4).contains(&across) || !(1..=4).contains(&down) {
        return Err(BROKEN);
    }
    let components = parts.chunks_exact(3);
    let components = components.map(|part| Component { id: part[0], missing: [u8::MAX; 64] });
    Ok(Frame {
        width,
        height,
        is_progressive: matches!(marker, 0xc2 | 0xca),
        components: components.collect(),
        block: (8 * across, 8 * down),
    })
}

impl Frame {
    /// Notes what a scan brings (ITU-T T.81, B.2.3).
    fn scan(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let (&count, body) = body.split_first().ok_or(BROKEN)?;
        let Some((ids, &[first, last, bits])) = body.split_at_checked(2 * usize::from(count))
        else {
            return Err(BROKEN);
        };
        let (range, low) = if self.is_progressive {
            (usize::from(first)..=usize::from(last), bits & 0x0f)
        } else {
            (0..=63, 0)
        };
        for id in ids.iter().step_by(2) {
            let component = self.components.iter_mut().find(|c| c.id == *id).ok_or(BROKEN)?;
            component.missing.get_mut(range.clone()).ok_or(BROKEN)?.fill(low);
        }
        Ok(())
    }
}

fn note_trailing(rest: &[u8], traces: &mut Traces) {
    if rest.starts_with(&[0xff, 0xd8]) {
        traces.note_size("more-pictures", "JPEG", rest.len());
    } else if rest.iter().any(|byte| !matches!(byte, 0 | b'\r' | b'\n' | b' ')) {
        traces.note_size("trailing-data", "", rest.len());
    }
}

impl Jpeg {
    /// Decodes all of it at 1/`shrink` of its size; `shrink` is 1, 2, 4 or 8. Decoding is also the
    /// proof that nothing is missing: the decoder says so when it has to invent pixels.
    ///
    /// # Errors
    ///
    /// [`Refusal::Damaged`] when data is missing or broken.
    pub(crate) fn decode(&self, untrusted: &[u8], shrink: u32) -> Result<Pixels, Refusal> {
        let mut decompressor = Decompressor::new().map_err(|_| BROKEN)?;
        let factor = match shrink {
            2 => ScalingFactor::ONE_HALF,
            4 => ScalingFactor::ONE_QUARTER,
            8 => ScalingFactor::ONE_EIGHTH,
            _ => ScalingFactor::ONE,
        };
        decompressor.set_scan_limit(MAX_SCANS).map_err(|_| BROKEN)?;
        decompressor.set_scaling_factor(factor).map_err(|_| BROKEN)?;
        let header = decompressor.read_header(untrusted).map_err(|_| BROKEN)?;
        if (header.width, header.height) != (self.width as usize, self.height as usize) {
            return Err(BROKEN);
        }
        let (width, height) = (factor.scale(header.width), factor.scale(header.height));
        let format = if self.components == 4 { PixelFormat::CMYK } else { PixelFormat::RGB };
        let pitch = width * format.size();
        let mut pixels = vec![0; pitch * height];
        let image = Image { pixels: &mut pixels[..], width, pitch, height, format };
        decompressor.decompress(untrusted, image).map_err(|_| BROKEN)?;
        let rgb = if self.components == 4 { self.inks_to_rgb(&pixels) } else { pixels };
        let size = |length| u32::try_from(length).map_err(|_| BROKEN);
        Ok(Pixels { width: size(width)?, height: size(height)?, rgb })
    }

    fn inks_to_rgb(&self, inks: &[u8]) -> Vec<u8> {
        // Adobe programs store how much light the ink lets through; everybody else how much ink.
        let profile = self.profile.as_ref();
        profile
            .and_then(|profile| profile.inks_to_rgb(inks, self.adobe))
            .unwrap_or_else(|| colour::plain_inks_to_rgb(inks, if self.adobe { 0 } else { 255 }))
    }

    /// True when the pixels are already sRGB as far as anybody can tell.
    pub(crate) fn rgb_profile(&self) -> Option<&Profile> {
        self.profile.as_ref().filter(|_| self.components == 3)
    }
}

/// Codes pixels as a baseline JPEG with a JFIF header and nothing else beside the picture.
///
/// # Errors
///
/// [`Refusal::Damaged`] when there is nothing to code.
pub(crate) fn encode(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Refusal> {
    let failed = |_| Refusal::Damaged("its picture cannot be written");
    let mut compressor = Compressor::new().map_err(failed)?;
    compressor.set_quality(i32::from(quality.clamp(1, 100))).map_err(failed)?;
    compressor.set_subsamp(Subsamp::Sub2x2).map_err(failed)?;
    let image = Image {
        pixels: &pixels.rgb[..],
        width: pixels.width as usize,
        pitch: 3 * pixels.width as usize,
        height: pixels.height as usize,
        format: PixelFormat::RGB,
    };
    compressor.compress_to_vec(image).map_err(failed)
}
