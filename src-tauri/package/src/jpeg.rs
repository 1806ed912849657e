//! What kind of JPEG is this?
//!
//! Reads the marker segments up to the first scan (ITU-T T.81, annex B). Deliberately absent:
//! pixels; nothing is decoded here.

/// What the head of a JPEG says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// Width in pixels.
    pub(crate) width: u32,
    /// Height in pixels.
    pub(crate) height: u32,
    /// Number of colour channels: 1 grey, 3 colour.
    pub(crate) channels: u8,
    /// True for baseline DCT with 8 bits a sample.
    pub(crate) baseline: bool,
    /// True when a segment is in it that could carry more than pixels; the plain JFIF mark is none.
    pub(crate) carries_more: bool,
    /// The first comment, if any.
    pub(crate) comment: Option<Vec<u8>>,
}

const START: [u8; 2] = [0xff, 0xd8];
const COMMENT: u8 = 0xfe;
const APP0: u8 = 0xe0;
const APP_LAST: u8 = 0xef;
const SCAN: u8 = 0xda;
/// The plain JFIF mark has no thumbnail and so always this length.
const JFIF_LEN: usize = 14;

/// Reads the head; `None` when the bytes are no JPEG or are cut short.
pub(crate) fn head(untrusted: &[u8]) -> Option<Head> {
    let mut rest = untrusted.strip_prefix(&START)?;
    let mut frame = None;
    let mut carries_more = false;
    let mut comment = None;
    loop {
        let (&[0xff, marker], after) = rest.split_first_chunk::<2>()? else { return None };
        if marker == 0xff {
            // A fill byte before a marker.
            rest = rest.get(1..)?;
            continue;
        }
        let (len, _) = after.split_first_chunk::<2>()?;
        let len = usize::from(u16::from_be_bytes(*len));
        let body = after.get(2..len)?;
        match marker {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                frame = Some(read_frame(marker, body)?);
            }
            APP0 if body.starts_with(b"JFIF\0") && body.len() == JFIF_LEN => {}
            APP0..=APP_LAST => carries_more = true,
            COMMENT => {
                carries_more = true;
                comment.get_or_insert_with(|| body.to_vec());
            }
            SCAN => break,
            _ => {}
        }
        rest = after.get(len..)?;
    }
    let (width, height, channels, baseline) = frame?;
    Some(Head { width, height, channels, baseline, carries_more, comment })
}

fn read_frame(marker: u8, body: &[u8]) -> Option<(u32, u32, u8, bool)> {
    let &[precision, h1, h0, w1, w0, channels] = body.first_chunk::<6>()?;
    let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
    Some((side(w1, w0), side(h1, h0), channels, marker == 0xc0 && precision == 8))
}

/// The same JPEG with a comment at its beginning; `None` when it is no JPEG or the comment too long.
pub(crate) fn with_comment(jpeg: &[u8], comment: &[u8]) -> Option<Vec<u8>> {
    let rest = jpeg.strip_prefix(&START)?;
    let len = u16::try_from(comment.len() + 2).ok()?;
    Some([&START, &[0xff, COMMENT][..], &len.to_be_bytes(), comment, rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUB: &[u8] = include_bytes!("../../../assets/package/stub.jpg");

    #[test]
    fn a_plain_jpeg_says_its_size_and_carries_nothing_more() {
        let head = head(STUB).unwrap();
        assert_eq!((head.width, head.height, head.channels), (8, 8, 3));
        assert!(head.baseline && !head.carries_more && head.comment.is_none());
    }

    #[test]
    fn a_comment_is_found_again_and_counts_as_more_than_pixels() {
        let head = head(&with_comment(STUB, b"7").unwrap()).unwrap();
        assert_eq!(head.comment.as_deref(), Some(b"7".as_slice()));
        assert!(head.carries_more);
    }

    #[test]
    fn every_shortened_jpeg_is_refused_or_read_but_never_panics() {
        for len in 0..STUB.len() {
            let _ = head(&STUB[..len]);
        }
        assert_eq!(head(&STUB[..100]), None);
        assert_eq!(head(b"not a picture"), None);
    }
}
