//! How are photographs built: JPEG with EXIF, PNG with chunks?

use turbojpeg::{Colorspace, Compressor, Image, PixelFormat, Subsamp};

/// RGB pixels.
#[derive(Clone)]
pub(crate) struct Raw {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgb: Vec<u8>,
}

impl Raw {
    /// A picture from a function of column and row.
    pub(crate) fn of(
        width: usize,
        height: usize,
        colour: impl Fn(usize, usize) -> [u8; 3],
    ) -> Self {
        let rgb = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .flat_map(|(x, y)| colour(x, y))
            .collect();
        Self { width, height, rgb }
    }

    /// Something like a photograph: soft shades with fine grain.
    pub(crate) fn scene(width: usize, height: usize) -> Self {
        Self::of(width, height, |x, y| {
            let grain = (x * 7919 + y * 104_729) % 23;
            let shade = |v: usize| u8::try_from((v + grain) % 256).unwrap();
            [
                shade(x * 200 / width + 20),
                shade(y * 200 / height + 20),
                shade((x + y) * 180 / (width + height) + 30),
            ]
        })
    }

    /// Red, green, blue, white in the corners, clockwise from the top left; grey between.
    pub(crate) fn corners(width: usize, height: usize) -> Self {
        Self::of(width, height, |x, y| {
            match (x < width / 3, x >= width - width / 3, y < height / 3, y >= height - height / 3)
            {
                (true, _, true, _) => [230, 20, 20],
                (_, true, true, _) => [20, 200, 20],
                (_, true, _, true) => [20, 20, 230],
                (true, _, _, true) => [255, 255, 255],
                _ => [120, 120, 120],
            }
        })
    }

    pub(crate) fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = 3 * (y * self.width + x);
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// Stores the picture so that a viewer who obeys `orientation` shows it as it is now.
    pub(crate) fn stored_for(&self, orientation: u8) -> Self {
        let (w, h) = (self.width, self.height);
        let swaps = orientation >= 5;
        let (width, height) = if swaps { (h, w) } else { (w, h) };
        Self::of(width, height, |x, y| match orientation {
            2 => self.pixel(w - 1 - x, y),
            3 => self.pixel(w - 1 - x, h - 1 - y),
            4 => self.pixel(x, h - 1 - y),
            5 => self.pixel(y, x),
            6 => self.pixel(w - 1 - y, x),
            7 => self.pixel(w - 1 - y, h - 1 - x),
            8 => self.pixel(y, h - 1 - x),
            _ => self.pixel(x, y),
        })
    }

    fn image(&self) -> Image<&[u8]> {
        Image {
            pixels: &self.rgb,
            width: self.width,
            pitch: 3 * self.width,
            height: self.height,
            format: PixelFormat::RGB,
        }
    }

    /// As a JPEG of quality 90.
    pub(crate) fn jpeg(&self, subsamp: Subsamp, progressive: bool) -> Vec<u8> {
        let mut compressor = Compressor::new().unwrap();
        compressor.set_quality(90).unwrap();
        compressor.set_subsamp(subsamp).unwrap();
        compressor.set_progressive(progressive).unwrap();
        compressor.compress_to_vec(self.image()).unwrap()
    }

    /// As an eight-bit RGB PNG.
    pub(crate) fn png(&self) -> Vec<u8> {
        png_of(&self.rgb, self.width, self.height, image::ExtendedColorType::Rgb8)
    }
}

/// Any samples as a PNG.
pub(crate) fn png_of(
    samples: &[u8],
    width: usize,
    height: usize,
    colour: image::ExtendedColorType,
) -> Vec<u8> {
    use image::ImageEncoder as _;
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(samples, width.try_into().unwrap(), height.try_into().unwrap(), colour)
        .unwrap();
    bytes
}

/// One colour of ink as a CMYK JPEG; `stored` is what stands in the file.
pub(crate) fn cmyk(stored: [u8; 4], colourspace: Colorspace) -> Vec<u8> {
    let pixels = stored.repeat(64 * 48);
    let mut compressor = Compressor::new().unwrap();
    compressor.set_quality(95).unwrap();
    compressor.set_subsamp(Subsamp::None).unwrap();
    compressor.set_colorspace(colourspace).unwrap();
    let image = Image {
        pixels: &pixels[..],
        width: 64,
        pitch: 4 * 64,
        height: 48,
        format: PixelFormat::CMYK,
    };
    compressor.compress_to_vec(image).unwrap()
}

/// The pixels of a JPEG.
pub(crate) fn decoded(jpeg: &[u8]) -> Raw {
    let image = turbojpeg::decompress(jpeg, PixelFormat::RGB).unwrap();
    Raw { width: image.width, height: image.height, rgb: image.pixels }
}

/// Puts a segment right behind the start of a JPEG.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker, length[0], length[1]], body, &jpeg[2..]].concat()
}

/// Takes all segments of one marker out of a JPEG.
pub(crate) fn without_segments(jpeg: &[u8], marker: u8) -> Vec<u8> {
    let mut kept = jpeg[..2].to_vec();
    let mut at = 2;
    while jpeg[at + 1] != 0xda {
        let length = 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] != marker {
            kept.extend_from_slice(&jpeg[at..at + length]);
        }
        at += length;
    }
    kept.extend_from_slice(&jpeg[at..]);
    kept
}

/// Puts a chunk right behind the header of a PNG.
pub(crate) fn with_chunk(png: &[u8], name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    let mut crc = flate2::Crc::new();
    crc.update(&name);
    crc.update(body);
    [&png[..33], &length, &name, body, &crc.sum().to_be_bytes(), &png[33..]].concat()
}

/// An EXIF block in the byte order of a PC.
pub(crate) struct ExifBlock {
    pub(crate) orientation: u8,
    pub(crate) with_place: bool,
    pub(crate) with_thumbnail: bool,
}

/// Tag, type, count and value of a field, as TIFF and EXIF keep it.
pub(crate) type Entry = (u16, u16, u32, Vec<u8>);

pub(crate) fn ascii(tag: u16, text: &str) -> Entry {
    let bytes = [text.as_bytes(), b"\0"].concat();
    (tag, 2, u32::try_from(bytes.len()).unwrap(), bytes)
}

fn short(tag: u16, value: u8) -> Entry {
    (tag, 3, 1, vec![value, 0])
}

pub(crate) fn long(tag: u16, value: usize) -> Entry {
    (tag, 4, 1, u32::try_from(value).unwrap().to_le_bytes().to_vec())
}

fn rationals(tag: u16, values: &[(u32, u32)]) -> Entry {
    let bytes = values.iter().flat_map(|(a, b)| [a.to_le_bytes(), b.to_le_bytes()].concat());
    (tag, 5, u32::try_from(values.len()).unwrap(), bytes.collect())
}

/// A directory that begins at `at`, with the values that do not fit into it right behind.
pub(crate) fn directory(at: usize, entries: &[Entry], next: usize) -> Vec<u8> {
    let mut outside = at + 2 + 12 * entries.len() + 4;
    let mut head = u16::try_from(entries.len()).unwrap().to_le_bytes().to_vec();
    let mut tail = Vec::new();
    for (tag, kind, count, value) in entries {
        head.extend_from_slice(&tag.to_le_bytes());
        head.extend_from_slice(&kind.to_le_bytes());
        head.extend_from_slice(&count.to_le_bytes());
        if value.len() <= 4 {
            head.extend_from_slice(value);
            head.resize(head.len() + 4 - value.len(), 0);
        } else {
            head.extend_from_slice(&u32::try_from(outside).unwrap().to_le_bytes());
            tail.extend_from_slice(value);
            outside += value.len();
        }
    }
    head.extend_from_slice(&u32::try_from(next).unwrap().to_le_bytes());
    [head, tail].concat()
}

impl ExifBlock {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let first = |exif: usize, gps: usize| {
            let mut entries = vec![
                ascii(0x010f, "Sample Camera Works"),
                ascii(0x0110, "Model 7"),
                short(0x0112, self.orientation),
                ascii(0x0131, "Sample Firmware 1.2"),
                ascii(0x0132, "2024:05:06 07:08:09"),
                ascii(0x013b, "A. Sample"),
                long(0x8769, exif),
            ];
            if self.with_place {
                entries.push(long(0x8825, gps));
            }
            entries
        };
        let exif = [
            ascii(0x9003, "2024:05:06 07:08:09"),
            (0x927c, 7, 12, b"secret notes".to_vec()),
            (0x9286, 7, 13, b"ASCII\0\0\0hello".to_vec()),
            ascii(0xa431, "SN-0042"),
        ];
        let gps = [
            ascii(1, "N"),
            rationals(2, &[(48, 1), (51, 1), (30, 1)]),
            ascii(3, "W"),
            rationals(4, &[(2, 1), (17, 1), (40, 1)]),
            rationals(6, &[(35, 1)]),
            rationals(31, &[(59, 10)]),
        ];
        let exif_at = 8 + directory(8, &first(0, 0), 0).len();
        let gps_at = exif_at + directory(exif_at, &exif, 0).len();
        let gps = if self.with_place { directory(gps_at, &gps, 0) } else { Vec::new() };
        let small_at = gps_at + gps.len();
        let small = [short(0x0103, 6), long(0x0201, small_at + 60), long(0x0202, 2)];
        let small = if self.with_thumbnail {
            let mut small = directory(small_at, &small, 0);
            small.resize(60, 0);
            [small, vec![0xff, 0xd8]].concat()
        } else {
            Vec::new()
        };
        let next = if self.with_thumbnail { small_at } else { 0 };
        [
            b"II*\0\x08\0\0\0".to_vec(),
            directory(8, &first(exif_at, gps_at), next),
            directory(exif_at, &exif, 0),
            gps,
            small,
        ]
        .concat()
    }

    /// A JPEG with this block in it.
    pub(crate) fn inside(&self, jpeg: &[u8]) -> Vec<u8> {
        with_segment(jpeg, 0xe1, &[b"Exif\0\0".to_vec(), self.bytes()].concat())
    }
}

/// A JPEG with another one as its small copy in an EXIF block.
pub(crate) fn with_copy(jpeg: &[u8], orientation: u8, copy: &[u8]) -> Vec<u8> {
    let first = [short(0x0112, orientation)];
    let second = |at: usize| [short(0x0103, 6), long(0x0201, at), long(0x0202, copy.len())];
    let second_at = 8 + directory(8, &first, 0).len();
    let copy_at = second_at + directory(second_at, &second(0), 0).len();
    let block = [
        b"Exif\0\0II*\0\x08\0\0\0".to_vec(),
        directory(8, &first, second_at),
        directory(second_at, &second(copy_at), 0),
        copy.to_vec(),
    ];
    with_segment(jpeg, 0xe1, &block.concat())
}
