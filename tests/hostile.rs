//! How are the files made that a careless or hostile person could hand over?
//!
//! Small makers, no stored files: what is wrong with each stands in its code. The good ones are here
//! too, because a bad one is a good one with one thing changed.

use lopdf::{Dictionary, Stream};
use turbojpeg::{Image, PixelFormat, Subsamp};

/// A whole JPEG that shows a slope of colours, so that no two places look the same.
#[must_use]
pub fn jpeg(width: usize, height: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let part = |v: usize, of: usize| u8::try_from(v * 200 / of.max(1)).unwrap_or(u8::MAX);
            pixels.extend([part(x, width), part(y, height), part(x + y, width + height)]);
        }
    }
    let image =
        Image { pixels: &pixels[..], width, pitch: width * 3, height, format: PixelFormat::RGB };
    turbojpeg::compress(image, 90, Subsamp::Sub2x2).expect("a JPEG can be made").to_vec()
}

/// A JPEG with a comment segment that carries a text.
#[must_use]
pub fn jpeg_saying(text: &str) -> Vec<u8> {
    let mut bytes = jpeg(64, 64);
    let length = u16::try_from(text.len() + 2).expect("a short text").to_be_bytes();
    let segment = [&[0xff, 0xfe][..], &length, text.as_bytes()].concat();
    bytes.splice(2..2, segment);
    bytes
}

/// The same picture without its second half.
#[must_use]
pub fn truncated_jpeg() -> Vec<u8> {
    let mut bytes = jpeg(640, 480);
    bytes.truncate(bytes.len() / 2);
    bytes
}

/// A grey PNG of one bit a pixel whose header states one size, while its data hold another number
/// of rows of zeros.
#[must_use]
pub fn png(width: u32, height: u32, rows: u32) -> Vec<u8> {
    let row_bytes = 1 + width.div_ceil(8) as usize;
    png_of(width, height, [1, 0], vec![0; row_bytes * rows as usize])
}

/// A grey PNG of 100 × 100 pixels whose data go on for many million bytes behind the last row.
#[must_use]
pub fn png_with_endless_data() -> Vec<u8> {
    png_of(100, 100, [8, 0], vec![0; 300 * 1024 * 1024])
}

/// A PNG of rows as they are, of so many bits a sample and a kind of colour (2 is red, green, blue).
pub(crate) fn png_of(width: u32, height: u32, [depth, colour]: [u8; 2], raw: Vec<u8>) -> Vec<u8> {
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([depth, colour, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", head), (b"IDAT", deflated(raw)), (b"IEND", Vec::new())] {
        let length = u32::try_from(data.len()).expect("a short chunk");
        bytes.extend(length.to_be_bytes());
        let checked = [&kind[..], &data].concat();
        bytes.extend(&checked);
        bytes.extend(crc32(&checked).to_be_bytes());
    }
    bytes
}

/// Packs bytes as zlib does.
#[must_use]
pub fn deflated(raw: Vec<u8>) -> Vec<u8> {
    // Below 20 bytes lopdf leaves a stream as it is; nothing here is that short.
    let mut stream = Stream::new(Dictionary::new(), raw);
    stream.compress().expect("zeros can be packed");
    stream.content
}

/// The checksum of PNG, ISO 3309.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let fold = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 }
        })
    };
    !bytes.iter().fold(u32::MAX, fold)
}
