//! How are WebP, GIF, bitmaps and TIFF built?

use image::{ExtendedColorType, ImageEncoder};

use super::photo::{Entry, Raw, directory};

/// A picture by one of the encoders of the `image` crate.
fn encoded(raw: &Raw, encoder: impl ImageEncoder) {
    let (width, height) = (raw.width.try_into().unwrap(), raw.height.try_into().unwrap());
    encoder.write_image(&raw.rgb, width, height, ExtendedColorType::Rgb8).unwrap();
}

/// A WebP without loss.
pub(crate) fn webp(raw: &Raw) -> Vec<u8> {
    let mut bytes = Vec::new();
    encoded(raw, image::codecs::webp::WebPEncoder::new_lossless(&mut bytes));
    bytes
}

/// Puts a chunk at the end of a WebP.
pub(crate) fn with_webp_chunk(webp: &[u8], name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = [webp, &name, &u32::try_from(body.len()).unwrap().to_le_bytes(), body].concat();
    if body.len() % 2 == 1 {
        bytes.push(0);
    }
    let length = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&length.to_le_bytes());
    bytes
}

/// A bitmap of Windows.
pub(crate) fn bmp(raw: &Raw) -> Vec<u8> {
    let mut bytes = Vec::new();
    encoded(raw, image::codecs::bmp::BmpEncoder::new(&mut bytes));
    bytes
}

/// A GIF of one or several pictures.
pub(crate) fn gif(pictures: &[Raw]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for raw in pictures {
        let (width, height) = (raw.width.try_into().unwrap(), raw.height.try_into().unwrap());
        encoder.encode(&raw.rgb, width, height, ExtendedColorType::Rgb8).unwrap();
    }
    drop(encoder);
    bytes
}

/// One page of a TIFF, in one strip.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Bits of a sample, and samples of a pixel.
    pub(crate) bits: (u16, u16),
    /// `PhotometricInterpretation`.
    pub(crate) colours: u16,
    /// `Compression`.
    pub(crate) packing: u16,
    pub(crate) strip: Vec<u8>,
    pub(crate) more: Vec<Entry>,
}

fn shorts(tag: u16, values: &[u16]) -> Entry {
    let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    (tag, 3, u32::try_from(values.len()).unwrap(), bytes)
}

fn long(tag: u16, value: usize) -> Entry {
    super::photo::long(tag, value)
}

impl Page {
    /// Eight-bit RGB without packing.
    pub(crate) fn of(raw: &Raw) -> Self {
        let Raw { width, height, rgb } = raw.clone();
        Self { width, height, bits: (8, 3), colours: 2, packing: 1, strip: rgb, more: Vec::new() }
    }

    /// The same with other samples.
    pub(crate) fn with(
        mut self,
        bits: (u16, u16),
        colours: u16,
        packing: u16,
        strip: Vec<u8>,
    ) -> Self {
        (self.bits, self.colours, self.packing, self.strip) = (bits, colours, packing, strip);
        self
    }

    /// The same with one more field.
    pub(crate) fn and(mut self, entry: Entry) -> Self {
        self.more.push(entry);
        self
    }

    /// The same with a field of 16-bit numbers.
    pub(crate) fn and_shorts(self, tag: u16, values: &[u16]) -> Self {
        self.and(shorts(tag, values))
    }

    fn entries(&self, strip_at: usize) -> Vec<Entry> {
        let (bits, samples) = self.bits;
        let mut entries = vec![
            long(256, self.width),
            long(257, self.height),
            shorts(258, &vec![bits; usize::from(samples)]),
            shorts(259, &[self.packing]),
            shorts(262, &[self.colours]),
            long(273, strip_at),
            shorts(277, &[samples]),
            long(278, self.height),
            long(279, self.strip.len()),
        ];
        entries.extend(self.more.iter().cloned());
        entries.sort_by_key(|entry| entry.0);
        entries
    }
}

/// A TIFF in the byte order of a PC: before each directory stands its strip.
pub(crate) fn tiff(pages: &[Page]) -> Vec<u8> {
    let mut bytes = b"II*\0\0\0\0\0".to_vec();
    let mut pointer = 4;
    for page in pages {
        let strip_at = bytes.len();
        bytes.extend_from_slice(&page.strip);
        bytes.resize(bytes.len().next_multiple_of(2), 0);
        let at = bytes.len();
        bytes[pointer..pointer + 4].copy_from_slice(&u32::try_from(at).unwrap().to_le_bytes());
        let entries = page.entries(strip_at);
        bytes.extend_from_slice(&directory(at, &entries, 0));
        pointer = at + 2 + 12 * entries.len();
    }
    bytes
}

/// Black and white, packed as faxes are (ITU-T T.6), white by a 0.
pub(crate) fn fax(width: usize, height: usize, black: impl Fn(usize, usize) -> bool) -> Page {
    use fax::{Color, VecWriter, encoder::Encoder};
    let mut encoder = Encoder::new(VecWriter::new());
    for y in 0..height {
        let row = (0..width).map(|x| if black(x, y) { Color::Black } else { Color::White });
        encoder.encode_line(row, u16::try_from(width).unwrap()).unwrap();
    }
    let strip = encoder.finish().unwrap().finish();
    let size = Raw::of(width, height, |_, _| [0; 3]);
    Page::of(&size).with((1, 1), 0, 4, strip)
}
