//! Is a file that is cut short, damaged, locked or made to harm always refused, and never a panic?

use lanthan_media::{Limits, Recipe, Refusal, page_image, probe, words};
use lopdf::{Object, Stream, dictionary};
use proptest::prelude::*;
use turbojpeg::Subsamp;

use crate::support::{
    clean, clean_one, details,
    paper::{Paper, deflated, line},
    photo::{ExifBlock, Raw, with_chunk, with_segment},
    verdict,
};

fn probed(bytes: &[u8]) -> &'static str {
    verdict(probe(bytes, &Limits::default()))
}

/// Everything that can be asked of a file; only a panic or a hang fails.
fn ask_everything(bytes: &[u8]) {
    let limits = Limits { max_page_seconds: 60, ..Limits::default() };
    let _ = probe(bytes, &limits);
    let _ = words(bytes, &limits);
    let _ = page_image(bytes, 1, 64, &limits);
    let _ = clean(bytes, &Recipe { max_edge_px: 64, ..Recipe::default() });
}

fn small_jpeg(progressive: bool) -> Vec<u8> {
    let block = ExifBlock { orientation: 6, with_place: true, with_thumbnail: true };
    block.inside(&Raw::scene(40, 24).jpeg(Subsamp::Sub2x2, progressive))
}

fn small_png() -> Vec<u8> {
    with_chunk(&Raw::scene(20, 12).png(), *b"tEXt", b"Title\0Sample")
}

fn small_pdf() -> Vec<u8> {
    let mut paper = Paper::of(&line(72, 700, "Sample"));
    let jpeg = small_jpeg(false);
    let image = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 40, "Height" => 24,
            "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
        },
        jpeg,
    );
    let image = paper.document.add_object(image);
    paper.resource("XObject", "I1", image);
    paper.page("q 100 0 0 60 10 10 cm /I1 Do Q");
    paper.bytes()
}

#[test]
fn no_beginning_of_a_picture_passes_for_the_whole() {
    for whole in [small_jpeg(false), small_jpeg(true), small_png()] {
        assert_eq!(probed(&whole), "taken");
        for length in 1..whole.len() {
            assert_eq!(probed(&whole[..length]), "damaged", "{length} of {}", whole.len());
            let cleaned = clean(&whole[..length], &Recipe::default());
            assert_eq!(verdict(cleaned), "damaged");
        }
    }
}

#[test]
fn a_picture_that_was_cut_and_closed_again_is_damaged() {
    for progressive in [false, true] {
        let whole = Raw::scene(400, 300).jpeg(Subsamp::Sub2x2, progressive);
        for percent in (20..100).step_by(4) {
            let mut cut = whole[..whole.len() * percent / 100].to_vec();
            cut.extend_from_slice(&[0xff, 0xd9]);
            assert_eq!(probed(&cut), "damaged", "{percent} % {progressive}");
        }
    }
}

#[test]
fn no_beginning_of_a_pdf_passes_for_the_whole() {
    let whole = small_pdf();
    assert_eq!(probed(&whole), "taken");
    let end = whole.windows(5).rposition(|w| w == b"%%EOF").unwrap();
    for length in (1..end + 5).step_by(7).chain(end - 8..end + 5) {
        assert_eq!(probed(&whole[..length]), "damaged", "{length} of {}", whole.len());
    }
}

#[test]
fn a_wrong_checksum_in_a_png_is_damaged() {
    let mut png = small_png();
    let text = png.windows(5).position(|w| w == b"Title").unwrap();
    png[text] ^= 1;
    assert_eq!(probed(&png), "damaged");
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    let mut header = Vec::new();
    for side in [60_000_u32, 60_000] {
        header.extend_from_slice(&side.to_be_bytes());
    }
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let png = with_chunk(&small_png(), *b"IHDR", &header);
    // The second header is the bomb: leave the first one out.
    let bomb = [&png[..8], &png[33..]].concat();
    assert_eq!(probed(&bomb), "too-many-pixels");

    let mut jpeg = Raw::scene(16, 16).jpeg(Subsamp::None, false);
    let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(probed(&jpeg), "too-many-pixels");

    let tight = Limits { max_bytes: 100, ..Limits::default() };
    assert_eq!(verdict(probe(&small_png(), &tight)), "too-large");
}

#[test]
fn a_jpeg_of_endless_scans_is_damaged() {
    let jpeg = Raw::scene(16, 16).jpeg(Subsamp::None, true);
    let scan = jpeg.windows(2).rposition(|w| w == [0xff, 0xda]).unwrap();
    let last = jpeg[scan..jpeg.len() - 2].to_vec();
    let mut endless = jpeg[..jpeg.len() - 2].to_vec();
    for _ in 0..200 {
        endless.extend_from_slice(&last);
    }
    endless.extend_from_slice(&[0xff, 0xd9]);
    assert_eq!(probed(&endless), "damaged");
}

#[test]
fn a_broken_exif_block_turns_nothing() {
    let raw = Raw::scene(40, 24);
    let jpeg =
        with_segment(&raw.jpeg(Subsamp::None, false), 0xe1, b"Exif\0\0II*\0\xff\xff\xff\xff");
    let page = clean_one(&jpeg, &Recipe::default());
    assert_eq!((page.width_px, page.height_px), (40, 24));
}

#[test]
fn a_locked_pdf_is_refused_whatever_its_password() {
    use lopdf::{EncryptionState, EncryptionVersion, Permissions};
    for user_password in ["", "secret"] {
        let mut paper = Paper::of(&line(72, 700, "locked"));
        let id = Object::string_literal("0123456789abcdef");
        paper.document.trailer.set("ID", vec![id.clone(), id]);
        let mut document = lopdf::Document::load_mem(&paper.bytes()).unwrap();
        let state = EncryptionState::try_from(EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password,
            key_length: 128,
            permissions: Permissions::all(),
        })
        .unwrap();
        document.encrypt(&state).unwrap();
        let mut pdf = Vec::new();
        document.save_to(&mut pdf).unwrap();
        assert_eq!(probed(&pdf), "encrypted");
        assert_eq!(verdict(words(&pdf, &Limits::default())), "encrypted");
        // Also when the table that says so cannot be found.
        let start = pdf.windows(9).rposition(|w| w == b"startxref").unwrap();
        pdf.truncate(start);
        pdf.extend_from_slice(b"startxref\n20\n%%EOF\n");
        assert_eq!(probed(&pdf), "encrypted");
    }
}

#[test]
fn a_broken_table_is_rebuilt_and_told() {
    let mut pdf = Paper::of(&line(72, 700, "found")).bytes();
    let start = pdf.windows(9).rposition(|w| w == b"startxref").unwrap();
    pdf.truncate(start);
    pdf.extend_from_slice(b"startxref\n12\n%%EOF\n");
    let found = probe(&pdf, &Limits::default()).unwrap();
    assert_eq!(details(&found.traces, "pdf-unreadable-structure"), ["xref"]);
    assert_eq!(clean_one(&pdf, &Recipe::default()).words[0].text, "found");
}

#[test]
fn a_page_whose_content_is_broken_does_not_pass_for_whole() {
    let content: String = (0..200).map(|n| line(72, 4 * n, &format!("line {n}"))).collect();
    let packed = deflated(content.as_bytes());
    let mut paper = Paper::new();
    let page = paper.page("");
    let stream = Stream::new(dictionary! { "Filter" => "FlateDecode" }, packed.clone());
    let stream = paper.document.add_object(stream);
    paper.set(page, "Contents", stream);
    let whole = paper.bytes();
    assert_eq!(probed(&whole), "taken");
    let at = whole.windows(packed.len()).position(|window| window == packed).unwrap();
    let mut broken = whole.clone();
    broken[at + 200..at + 260].fill(0xaa);
    assert_eq!(probed(&broken), "damaged");
}

#[test]
fn a_font_or_picture_that_cannot_be_drawn_stops_the_page() {
    let mut paper = Paper::of("q 100 0 0 60 10 10 cm /I1 Do Q");
    let image = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 40, "Height" => 24,
            "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
        },
        b"no picture".to_vec(),
    );
    let image = paper.document.add_object(image);
    paper.resource("XObject", "I1", image);
    let pdf = paper.bytes();
    assert_eq!(verdict(clean(&pdf, &Recipe::default())), "damaged");
    // It may be looked at all the same.
    assert_eq!(verdict(page_image(&pdf, 1, 64, &Limits::default())), "taken");
}

#[test]
fn a_pdf_that_unpacks_to_too_much_is_refused() {
    let packed = deflated(&vec![b' '; 300 << 20]);
    let mut paper = Paper::new();
    let page = paper.page("");
    let content =
        paper.document.add_object(Stream::new(dictionary! { "Filter" => "FlateDecode" }, packed));
    paper.set(page, "Contents", content);
    assert_eq!(probed(&paper.bytes()), "too-large");

    // Packed twice, a few bytes are enough.
    let twice = deflated(&deflated(&vec![0; 300 << 20]));
    let mut paper = Paper::new();
    let page = paper.page("");
    let filters: Vec<Object> = vec!["FlateDecode".into(), "FlateDecode".into()];
    let content = Stream::new(dictionary! { "Filter" => filters.clone() }, twice.clone());
    let content = paper.document.add_object(content);
    paper.set(page, "Contents", content);
    assert_eq!(probed(&paper.bytes()), "too-large");

    // In a stream that is unpacked while the file is opened. The writer of these tests leaves such
    // streams out, so it gets its name afterwards.
    let mut paper = Paper::of("");
    paper.document.add_object(Stream::new(
        dictionary! { "Type" => "ObjStX", "N" => 1, "First" => 4, "Filter" => filters },
        twice,
    ));
    let mut pdf = paper.bytes();
    let name = pdf.windows(6).position(|window| window == b"ObjStX").unwrap();
    pdf[name + 5] = b'm';
    assert_eq!(probed(&pdf), "damaged");
}

#[test]
fn a_picture_too_large_inside_a_pdf_is_refused() {
    let mut paper = Paper::of("/I1 Do");
    let image = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 20_000, "Height" => 20_000,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 1,
        },
        vec![0; 10],
    );
    let image = paper.document.add_object(image);
    paper.resource("XObject", "I1", image);
    assert_eq!(probed(&paper.bytes()), "too-many-pixels");
    let inline = "BI /W 20000 /H 20000 /CS /G /BPC 1 ID x EI";
    assert_eq!(probed(&Paper::of(inline).bytes()), "too-many-pixels");
}

#[test]
fn a_page_that_draws_for_ever_is_refused() {
    // Forms that draw the next one ten times each: ten to the power of twelve steps.
    let mut paper = Paper::of("/X0 Do");
    for level in 0..12 {
        let content = format!("/X{} Do ", level + 1).repeat(10);
        let form = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), 100.into(), 100.into()],
            },
            content.into_bytes(),
        );
        let form = paper.document.add_object(form);
        paper.resource("XObject", &format!("X{level}"), form);
    }
    let pdf = paper.bytes();
    let limits = Limits { max_steps: 50_000, ..Limits::default() };
    assert_eq!(probe(&pdf, &limits), Err(Refusal::TooSlow { page: 1 }));
}

#[test]
fn too_many_pages_are_refused() {
    let mut paper = Paper::new();
    for _ in 0..4 {
        paper.page("");
    }
    let pdf = paper.bytes();
    let limits = |max_pages| Limits { max_pages, ..Limits::default() };
    assert_eq!(verdict(probe(&pdf, &limits(4))), "taken");
    assert_eq!(verdict(probe(&pdf, &limits(3))), "too-many-pages");
    assert_eq!(probed(&Paper::new().bytes()), "damaged");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn flipped_bits_in_pictures_never_panic(
        which in 0_usize..3,
        flips in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 1..12),
    ) {
        let mut bytes = [small_jpeg(false), small_jpeg(true), small_png()][which].clone();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        ask_everything(&bytes);
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        start in prop_oneof![
            Just(&b"\xff\xd8"[..]), Just(&b"\x89PNG\r\n\x1a\n"[..]), Just(&b"%PDF-1.7\n"[..]), Just(&b""[..])
        ],
        rest in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        ask_everything(&[start, &rest].concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn flipped_bits_in_a_pdf_never_panic(
        flips in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 1..12),
    ) {
        let mut bytes = small_pdf();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        ask_everything(&bytes);
    }
}
