//! How are pictures of the less usual kinds made, each of four fields of known colours?
//!
//! Small coders of our own, so that a test of the program does not lean on the decoder that the
//! program uses. Deliberately absent: what is wrong with a file (`hostile`).

use turbojpeg::{Image, PixelFormat, Subsamp};

use crate::hostile::png_of;

/// The colours of the four fields: top left, top right, bottom left, bottom right.
pub const FIELDS: [[u8; 3]; 4] = [[220, 30, 30], [30, 160, 60], [40, 60, 200], [240, 220, 60]];

/// The sides of every picture here, in pixels.
pub const SIZE: (usize, usize) = (160, 120);

/// The number of a pixel's field.
fn field(x: usize, y: usize) -> usize {
    usize::from(x >= SIZE.0 / 2) + 2 * usize::from(y >= SIZE.1 / 2)
}

fn every_pixel() -> impl Iterator<Item = usize> {
    (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| field(x, y)))
}

/// A PNG of 24 bits a pixel.
#[must_use]
pub fn png() -> Vec<u8> {
    let (width, height) = SIZE;
    let mut rows = Vec::with_capacity((1 + width * 3) * height);
    for y in 0..height {
        rows.push(0);
        rows.extend((0..width).flat_map(|x| FIELDS[field(x, y)]));
    }
    let side = |length: usize| u32::try_from(length).expect("small");
    png_of(side(width), side(height), [8, 2], rows)
}

/// A JPEG that is stored lying on its side, and says so in its EXIF block.
///
/// # Panics
///
/// When the coder fails.
#[must_use]
pub fn lying_jpeg() -> Vec<u8> {
    let (width, height) = (SIZE.1, SIZE.0);
    // Orientation 6: the first row is the right side, its first pixel the top.
    let colour = |at: usize| FIELDS[field(SIZE.0 - 1 - at / width, at % width)];
    let pixels: Vec<u8> = (0..width * height).flat_map(colour).collect();
    let image =
        Image { pixels: &pixels[..], width, pitch: width * 3, height, format: PixelFormat::RGB };
    let mut bytes =
        turbojpeg::compress(image, 95, Subsamp::Sub2x2).expect("it can be made").to_vec();
    let block = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(block.len() + 2).expect("short").to_be_bytes();
    bytes.splice(2..2, [&[0xff, 0xe1][..], &length, block].concat());
    bytes
}

/// A bitmap of Windows, of 24 bits a pixel, its rows from the bottom.
#[must_use]
pub fn bmp() -> Vec<u8> {
    let (width, height) = SIZE;
    let data = width * height * 3;
    let mut bytes = b"BM".to_vec();
    for number in [54 + data, 0, 54, 40, width, height] {
        bytes.extend(u32::try_from(number).expect("small").to_le_bytes());
    }
    bytes.extend([1, 0, 24, 0]);
    for number in [0, data, 2835, 2835, 0, 0] {
        bytes.extend(u32::try_from(number).expect("small").to_le_bytes());
    }
    for y in (0..height).rev() {
        for x in 0..width {
            let [red, green, blue] = FIELDS[field(x, y)];
            bytes.extend([blue, green, red]);
        }
    }
    bytes
}

/// A TIFF in the byte order of a Motorola, its pages alike but for the order of the fields: those of
/// page n are moved on by n.
#[must_use]
pub fn tiff(pages: usize) -> Vec<u8> {
    let mut bytes = b"MM\0*".to_vec();
    let mut pointer = bytes.len();
    bytes.extend([0; 4]);
    for page in 0..pages {
        let strip = bytes.len();
        for at in every_pixel() {
            bytes.extend(FIELDS[(at + page) % 4]);
        }
        let bits = bytes.len();
        bytes.extend([0, 8, 0, 8, 0, 8]);
        let directory = bytes.len();
        bytes[pointer..pointer + 4].copy_from_slice(&long(directory));
        let entries: [(u16, u16, u32, [u8; 4]); 10] = [
            (256, 4, 1, long(SIZE.0)),
            (257, 4, 1, long(SIZE.1)),
            (258, 3, 3, long(bits)),
            (259, 3, 1, [0, 1, 0, 0]),
            (262, 3, 1, [0, 2, 0, 0]),
            (273, 4, 1, long(strip)),
            (277, 3, 1, [0, 3, 0, 0]),
            (278, 4, 1, long(SIZE.1)),
            (279, 4, 1, long(SIZE.0 * SIZE.1 * 3)),
            (305, 2, 4, *b"Lab\0"),
        ];
        bytes.extend([0, 10]);
        for (tag, kind, count, value) in entries {
            bytes.extend(tag.to_be_bytes());
            bytes.extend(kind.to_be_bytes());
            bytes.extend(count.to_be_bytes());
            bytes.extend(value);
        }
        pointer = bytes.len();
        bytes.extend([0; 4]);
    }
    bytes
}

fn long(number: usize) -> [u8; 4] {
    u32::try_from(number).expect("small").to_be_bytes()
}

/// A GIF of eight colours without any packing: a code that empties the table stands so often that the
/// codes never grow.
#[must_use]
pub fn gif() -> Vec<u8> {
    let mut bytes = b"GIF89a".to_vec();
    let size: Vec<u8> = [SIZE.0, SIZE.1]
        .into_iter()
        .flat_map(|side| u16::try_from(side).expect("small").to_le_bytes())
        .collect();
    bytes.extend(&size);
    // A table of eight colours.
    bytes.extend([0b1000_0010, 0, 0]);
    bytes.extend(FIELDS.iter().flatten());
    bytes.extend([0; 12]);
    bytes.extend([0x2c, 0, 0, 0, 0]);
    bytes.extend(&size);
    bytes.extend([0, 3]);
    // Codes of four bits: 0 to 7 are colours, 8 empties the table, 9 ends.
    let mut codes = Vec::new();
    for (at, place) in every_pixel().enumerate() {
        if at % 5 == 0 {
            codes.push(8);
        }
        codes.push(u8::try_from(place).expect("four fields"));
    }
    codes.push(9);
    let packed: Vec<u8> =
        codes.chunks(2).map(|two| two[0] | two.get(1).unwrap_or(&0) << 4).collect();
    for block in packed.chunks(255) {
        bytes.push(u8::try_from(block.len()).expect("at most 255"));
        bytes.extend(block);
    }
    bytes.extend([0, 0x3b]);
    bytes
}

/// The head of a picture in a telephone's own format.
#[must_use]
pub fn heic() -> Vec<u8> {
    [&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], &[0; 64]].concat()
}
