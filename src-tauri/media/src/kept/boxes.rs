//! Which boxes does a video file consist of?
//!
//! A box is a length, a name of four letters and a body, often of boxes again (ISO/IEC 14496-12, 4.2).
//! Only lengths and names are read here; a body is read when somebody asks for it. Deliberately absent:
//! what a box means.

use std::io::SeekFrom;

use super::{Source, UNREADABLE};
use crate::Refusal;

/// Greatest number of boxes inside one other; a video of 2 GB that is written in pieces has some
/// thousands.
const MAX_BOXES: usize = 100_000;

/// Names that a QuickTime file of old begins with; later ones begin with `ftyp`.
const BEGINNINGS: &[&[u8; 4]] = &[b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"];

/// What stands behind `ftyp` in pictures, which use the same boxes.
const PICTURES: &[&[u8; 4]] = &[
    b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1",
    b"avif", b"avis", b"crx ", b"jp2 ", b"jpx ", b"jxl ",
];

pub(super) const CUT_SHORT: Refusal = Refusal::Damaged("the video is cut short");
const BROKEN: Refusal = Refusal::Damaged("the parts of the video contradict one another");

/// One box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: [u8; 4],
    /// Where its body begins, in bytes from the beginning of the file.
    pub(super) begin: u64,
    /// Where its body ends.
    pub(super) end: u64,
}

/// True when a file begins as a video does.
pub(super) fn begin(head: &[u8]) -> bool {
    let at = |offset: usize| head.get(offset..).and_then(<[u8]>::first_chunk::<4>);
    match at(4) {
        Some(b"ftyp") => at(8).is_some_and(|brand| !PICTURES.contains(&brand)),
        Some(name) => {
            let length = at(0).map_or(0, |length| u32::from_be_bytes(*length));
            // An endless or a long one, or one that holds a header.
            BEGINNINGS.contains(&name) && (length >= 8 || length <= 1)
        }
        None => false,
    }
}

/// The boxes between two places. In a file as a whole the last one may go on to the end.
///
/// # Errors
///
/// [`Refusal::Damaged`] when one does not end where it should.
pub(super) fn list(
    source: &mut dyn Source,
    begin: u64,
    end: u64,
    is_file: bool,
) -> Result<Vec<Part>, Refusal> {
    let mut found = Vec::new();
    let mut at = begin;
    while end - at >= 8 {
        let head = bytes::<8>(source, at)?;
        let [l1, l2, l3, l4, n1, n2, n3, n4] = head;
        let (mut header, mut length) = (8, u64::from(u32::from_be_bytes([l1, l2, l3, l4])));
        match length {
            0 if is_file => length = end - at,
            // QuickTime ends a list of user data by a zero.
            0 => break,
            1 if end - at >= 16 => {
                (header, length) = (16, u64::from_be_bytes(bytes::<8>(source, at + 8)?));
            }
            _ => {}
        }
        if length < header {
            return Err(BROKEN);
        }
        let after = at.checked_add(length).ok_or(BROKEN)?;
        if after > end {
            return Err(if is_file { CUT_SHORT } else { BROKEN });
        }
        found.push(Part { name: [n1, n2, n3, n4], begin: at + header, end: after });
        if found.len() > MAX_BOXES {
            return Err(BROKEN);
        }
        at = after;
    }
    if is_file && end > at {
        let rest = end - at;
        let mut tail = vec![0; usize::try_from(rest).unwrap_or(0)];
        read(source, at, &mut tail)?;
        if tail.iter().any(|byte| *byte != 0) {
            return Err(CUT_SHORT);
        }
    }
    Ok(found)
}

/// The boxes inside one other, `skip` bytes behind its beginning.
pub(super) fn inside(source: &mut dyn Source, part: Part, skip: u64) -> Result<Vec<Part>, Refusal> {
    let begin = part.begin.saturating_add(skip).min(part.end);
    list(source, begin, part.end, false)
}

/// The beginning of a box's body, at most `most` bytes of it.
pub(super) fn body(source: &mut dyn Source, part: Part, most: usize) -> Result<Vec<u8>, Refusal> {
    let length = usize::try_from(part.end - part.begin).unwrap_or(most).min(most);
    let mut body = vec![0; length];
    read(source, part.begin, &mut body)?;
    Ok(body)
}

fn bytes<const N: usize>(source: &mut dyn Source, at: u64) -> Result<[u8; N], Refusal> {
    let mut found = [0; N];
    read(source, at, &mut found)?;
    Ok(found)
}

fn read(source: &mut dyn Source, at: u64, target: &mut [u8]) -> Result<(), Refusal> {
    source.seek(SeekFrom::Start(at)).map_err(|_| UNREADABLE)?;
    source.read_exact(target).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => CUT_SHORT,
        _ => UNREADABLE,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn boxes(bytes: &[u8]) -> Result<Vec<Part>, Refusal> {
        list(&mut Cursor::new(bytes), 0, bytes.len() as u64, true)
    }

    #[test]
    fn long_and_endless_boxes_are_measured() {
        let mut bytes = b"\0\0\0\x0cfree1234".to_vec();
        bytes.extend(b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x12xy");
        bytes.extend(b"\0\0\0\0mdatto the end");
        let found = boxes(&bytes).unwrap();
        let lengths: Vec<_> = found.iter().map(|part| part.end - part.begin).collect();
        assert_eq!(lengths, [4, 2, 10]);
    }

    #[test]
    fn a_box_that_does_not_end_is_cut_short_and_one_without_a_head_is_broken() {
        assert_eq!(boxes(b"\0\0\0\x0dfree1234"), Err(CUT_SHORT));
        assert_eq!(boxes(b"\0\0\0\x07free1234"), Err(BROKEN));
        assert_eq!(boxes(b"\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff"), Err(CUT_SHORT));
        assert_eq!(boxes(b"\0\0\0\x08freejunk"), Err(CUT_SHORT));
        assert_eq!(boxes(b"\0\0\0\x08free\0\0\0\0").unwrap().len(), 1);
    }

    #[test]
    fn a_picture_in_boxes_is_no_video() {
        assert!(begin(b"\0\0\0\x18ftypisom\0\0\0\0"));
        assert!(begin(b"\0\0\0\x08wide\0\0\0\0mdat"));
        assert!(!begin(b"\0\0\0\x18ftypheic\0\0\0\0"));
        assert!(!begin(b"\0\0"));
    }
}
