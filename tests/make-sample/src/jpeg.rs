//! How does a developed picture become the JPEG file of a camera?
//!
//! The pixels are compressed by libjpeg-turbo; the segments that say who, where and when
//! (EXIF, XMP, a comment) are put in front of them, in the order in which cameras write them
//! (JPEG, ITU-T T.81, B.1.1.3). Deliberately absent: any way to take them out again.

use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

use crate::film::Picture;

/// How a picture is compressed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Squeeze {
    /// 1 to 100.
    pub quality: i32,
    /// Is the picture built up in several passes?
    pub progressive: bool,
}

/// What stands in front of the pixels.
#[derive(Debug, Clone, Default)]
pub(crate) struct Segments {
    /// A TIFF block, see [`crate::exif::tiff`].
    pub exif: Vec<u8>,
    /// An XMP packet; none when empty.
    pub xmp: String,
    /// A comment; none when empty.
    pub comment: String,
}

const APP1: u8 = 0xE1;
const COMMENT: u8 = 0xFE;

/// Compresses the pixels alone.
///
/// # Errors
///
/// What libjpeg-turbo says.
pub(crate) fn pixels(picture: &Picture, squeeze: Squeeze) -> Result<Vec<u8>, turbojpeg::Error> {
    let mut compressor = Compressor::new()?;
    compressor.set_quality(squeeze.quality)?;
    compressor.set_subsamp(Subsamp::Sub2x2)?;
    compressor.set_optimize(true)?;
    compressor.set_progressive(squeeze.progressive)?;
    let (width, height) = (picture.width as usize, picture.height as usize);
    compressor.compress_to_vec(Image {
        pixels: picture.rgb.as_slice(),
        width,
        pitch: 3 * width,
        height,
        format: PixelFormat::RGB,
    })
}

/// Puts the segments in front of the pixels: directly behind the start of the image, where EXIF
/// (CIPA DC-008, 4.5.4) wants to be; the JFIF segment of the compressor comes after it.
pub(crate) fn with_segments(jpeg: &[u8], segments: &Segments) -> Vec<u8> {
    let (start, rest) = jpeg.split_at(2.min(jpeg.len()));
    let mut out = start.to_vec();
    if !segments.exif.is_empty() {
        segment(&mut out, APP1, &[b"Exif\0\0", segments.exif.as_slice()].concat());
    }
    if !segments.xmp.is_empty() {
        let name = b"http://ns.adobe.com/xap/1.0/\0".as_slice();
        segment(&mut out, APP1, &[name, segments.xmp.as_bytes()].concat());
    }
    if !segments.comment.is_empty() {
        segment(&mut out, COMMENT, segments.comment.as_bytes());
    }
    out.extend_from_slice(rest);
    out
}

/// A segment says its length in two bytes, which count themselves.
fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
    let body = &body[..usize::from(length) - 2];
    out.extend_from_slice(&[0xFF, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(body);
}

/// The packet that an editing program leaves in a picture (ISO 16684-1).
pub(crate) fn xmp_packet(place: &str) -> String {
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
    xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
    xmp:CreatorTool="Example Picture Desk 3"
    xmp:ModifyDate="2026-09-14T17:20:11+02:00"
    xmpMM:DocumentID="xmp.did:example-0417"
    Iptc4xmpCore:Location="{place}">
   <dc:creator><rdf:Seq><rdf:li>Sample Audio S.r.l., goods-in desk</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Stock for Nordklang Example AB, box 3</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}',
    )
}
