//! Which traces does a pocket camera leave in its pictures?
//!
//! A small writer for EXIF (CIPA DC-008, little-endian TIFF 6.0): device and
//! serial number, time, place, orientation, thumbnail. It exists so that the
//! sample has something that must be removed; Lanthan itself never writes EXIF.

/// What the camera recorded about one picture.
#[derive(Debug, Clone)]
pub(crate) struct Traces {
    /// 1 is upright, 6 must be turned a quarter clockwise.
    pub orientation: u16,
    /// Stored width and height in pixels.
    pub size: (u32, u32),
    /// Local hour and minute on 14 September 2026.
    pub taken: (u8, u8),
    /// Seconds of arc, in hundredths, added to the place of the site.
    pub step: u32,
    /// A complete JPEG.
    pub thumbnail: Vec<u8>,
}

/// The name of the invented camera's maker and model.
pub(crate) const MAKE: &str = "Example";
/// The model.
pub(crate) const MODEL: &str = "Pocket Camera 1";
/// Who holds the camera.
pub(crate) const ARTIST: &str = "Sample Audio S.r.l.";

/// One entry of a directory: tag, type, count, bytes of the value.
type Entry = (u16, u16, u32, Vec<u8>);

const EXIF_POINTER: u16 = 0x8769;
const GPS_POINTER: u16 = 0x8825;
const THUMBNAIL_POINTER: u16 = 0x0201;

/// The TIFF block that belongs into a JPEG's APP1 segment (after `Exif\0\0`) or a PNG's `eXIf`.
pub(crate) fn tiff(traces: &Traces) -> Vec<u8> {
    let (hour, minute) = traces.taken;
    let stamp = format!("2026:09:14 {hour:02}:{minute:02}:27");
    let mut main = vec![
        text(0x010E, "Sample dossier exhibit"),
        text(0x010F, MAKE),
        text(0x0110, MODEL),
        short(0x0112, traces.orientation),
        ratios(0x011A, &[(72, 1)]),
        ratios(0x011B, &[(72, 1)]),
        short(0x0128, 2),
        text(0x0131, "Example Camera Firmware 1.4.2"),
        text(0x0132, &stamp),
        text(0x013B, ARTIST),
        text(0x8298, "(c) 2026 Sample Audio S.r.l."),
        long(EXIF_POINTER, 0),
        long(GPS_POINTER, 0),
    ];
    let details = details(traces, &stamp);
    let place = place(traces);
    let mut small = vec![
        short(0x0103, 6),
        ratios(0x011A, &[(72, 1)]),
        ratios(0x011B, &[(72, 1)]),
        short(0x0128, 2),
        long(THUMBNAIL_POINTER, 0),
        long(0x0202, traces.thumbnail.len() as u32),
    ];
    // The offsets follow from the sizes alone.
    let details_at = 8 + directory_size(&main);
    let place_at = details_at + directory_size(&details);
    let small_at = place_at + directory_size(&place);
    let thumbnail_at = small_at + directory_size(&small);
    point(&mut main, EXIF_POINTER, details_at);
    point(&mut main, GPS_POINTER, place_at);
    point(&mut small, THUMBNAIL_POINTER, thumbnail_at);
    let mut out = b"II\x2a\0\x08\0\0\0".to_vec();
    write_directory(&mut out, &main, small_at);
    write_directory(&mut out, &details, 0);
    write_directory(&mut out, &place, 0);
    write_directory(&mut out, &small, 0);
    out.extend_from_slice(&traces.thumbnail);
    out
}

fn details(traces: &Traces, stamp: &str) -> Vec<Entry> {
    vec![
        ratios(0x829A, &[(1, 125)]),
        ratios(0x829D, &[(28, 10)]),
        short(0x8827, 200),
        (0x9000, 7, 4, b"0232".to_vec()),
        text(0x9003, stamp),
        text(0x9004, stamp),
        text(0x9011, "+02:00"),
        ratios(0x920A, &[(82, 10)]),
        (0x927C, 7, 24, b"Example maker note 00417".to_vec()),
        (0x9286, 7, 25, b"ASCII\0\0\0internal use only".to_vec()),
        short(0xA001, 1),
        long(0xA002, traces.size.0),
        long(0xA003, traces.size.1),
        text(0xA430, ARTIST),
        text(0xA431, "EX1-0026-00417"),
        text(0xA434, "Example 8.2 mm f/2.8"),
    ]
}

/// Rice fields in the Lomellina: open country, nobody's address.
fn place(traces: &Traces) -> Vec<Entry> {
    let (hour, minute) = traces.taken;
    vec![
        (0x0000, 1, 4, vec![2, 3, 0, 0]),
        text(0x0001, "N"),
        ratios(0x0002, &[(45, 1), (14, 1), (3_120 + traces.step, 100)]),
        text(0x0003, "E"),
        ratios(0x0004, &[(8, 1), (39, 1), (2_410 + traces.step, 100)]),
        (0x0005, 1, 1, vec![0]),
        ratios(0x0006, &[(1_080, 10)]),
        ratios(0x0007, &[(u32::from(hour) - 2, 1), (u32::from(minute), 1), (27, 1)]),
        text(0x0012, "WGS-84"),
        text(0x001D, "2026:09:14"),
        ratios(0x001F, &[(6, 1)]),
    ]
}

fn text(tag: u16, value: &str) -> Entry {
    let mut bytes = value.as_bytes().to_vec();
    bytes.push(0);
    (tag, 2, bytes.len() as u32, bytes)
}

fn short(tag: u16, value: u16) -> Entry {
    (tag, 3, 1, value.to_le_bytes().to_vec())
}

fn long(tag: u16, value: u32) -> Entry {
    (tag, 4, 1, value.to_le_bytes().to_vec())
}

fn ratios(tag: u16, values: &[(u32, u32)]) -> Entry {
    let bytes = values.iter().flat_map(|(n, d)| [n.to_le_bytes(), d.to_le_bytes()].concat());
    (tag, 5, values.len() as u32, bytes.collect())
}

fn point(entries: &mut [Entry], tag: u16, to: u32) {
    for entry in entries.iter_mut().filter(|entry| entry.0 == tag) {
        entry.3 = to.to_le_bytes().to_vec();
    }
}

/// Values of more than four bytes lie behind the directory, padded to an even length.
fn stored_behind(entry: &Entry) -> u32 {
    let length = entry.3.len() as u32;
    if length > 4 { length + length % 2 } else { 0 }
}

fn directory_size(entries: &[Entry]) -> u32 {
    6 + 12 * entries.len() as u32 + entries.iter().map(stored_behind).sum::<u32>()
}

fn write_directory(out: &mut Vec<u8>, entries: &[Entry], next: u32) {
    let mut behind_at = out.len() as u32 + 6 + 12 * entries.len() as u32;
    let mut behind = Vec::new();
    out.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    for entry in entries {
        let (tag, kind, count, bytes) = entry;
        out.extend_from_slice(&tag.to_le_bytes());
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&count.to_le_bytes());
        if stored_behind(entry) == 0 {
            let mut value = bytes.clone();
            value.resize(4, 0);
            out.extend_from_slice(&value);
        } else {
            out.extend_from_slice(&behind_at.to_le_bytes());
            behind.extend_from_slice(bytes);
            behind.resize(behind.len() + bytes.len() % 2, 0);
            behind_at += stored_behind(entry);
        }
    }
    out.extend_from_slice(&next.to_le_bytes());
    out.extend_from_slice(&behind);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traces(thumbnail: Vec<u8>) -> Traces {
        Traces { orientation: 6, size: (40, 30), taken: (9, 5), step: 7, thumbnail }
    }

    fn number(bytes: &[u8], at: usize, count: usize) -> usize {
        bytes[at..at + count].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    }

    /// The entries of the directory at `at`, and where the next one lies.
    fn directory(tiff: &[u8], at: usize) -> (Vec<(usize, usize, usize, usize)>, usize) {
        let count = number(tiff, at, 2);
        let entry = |index: usize| {
            let from = at + 2 + 12 * index;
            let value = from + 8;
            (number(tiff, from, 2), number(tiff, from + 2, 2), number(tiff, from + 4, 4), value)
        };
        ((0..count).map(entry).collect(), number(tiff, at + 2 + 12 * count, 4))
    }

    fn value_at(tiff: &[u8], directory: &[(usize, usize, usize, usize)], tag: u16) -> usize {
        let entry = directory.iter().find(|entry| entry.0 == usize::from(tag)).unwrap();
        number(tiff, entry.3, 4)
    }

    #[test]
    fn the_pointers_lead_to_the_place_and_to_the_thumbnail() {
        let tiff = tiff(&traces(b"\xff\xd8 small".to_vec()));
        assert_eq!(&tiff[..4], b"II\x2a\0");
        let (main, next) = directory(&tiff, 8);
        let (place, after) = directory(&tiff, value_at(&tiff, &main, GPS_POINTER));
        assert_eq!(after, 0);
        let latitude = value_at(&tiff, &place, 0x0002);
        assert_eq!((number(&tiff, latitude, 4), number(&tiff, latitude + 4, 4)), (45, 1));
        let (small, _) = directory(&tiff, next);
        let thumbnail = value_at(&tiff, &small, THUMBNAIL_POINTER);
        assert_eq!(&tiff[thumbnail..], b"\xff\xd8 small");
    }

    #[test]
    fn tags_ascend_in_every_directory_and_values_lie_inside_the_file() {
        let tiff = tiff(&traces(vec![1; 9]));
        let (main, next) = directory(&tiff, 8);
        let details = value_at(&tiff, &main, EXIF_POINTER);
        let place = value_at(&tiff, &main, GPS_POINTER);
        for start in [8, details, place, next] {
            let (entries, _) = directory(&tiff, start);
            assert!(entries.is_sorted_by(|a, b| a.0 < b.0), "directory at {start}");
            for (tag, kind, count, value) in entries {
                let size = count * [0, 1, 1, 2, 4, 8, 0, 1][kind];
                let end = if size > 4 { number(&tiff, value, 4) + size } else { value + 4 };
                assert!(end <= tiff.len(), "tag {tag:#x}");
            }
        }
    }

    #[test]
    fn the_serial_number_and_the_owner_can_be_read() {
        let tiff = tiff(&traces(Vec::new()));
        let holds = |words: &[u8]| tiff.windows(words.len()).any(|window| window == words);
        assert!(holds(b"EX1-0026-00417\0"));
        assert!(holds(ARTIST.as_bytes()));
    }
}
