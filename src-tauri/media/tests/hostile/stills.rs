//! Do WebP, TIFF, bitmaps and GIF come out as they look, with nothing beside the picture, or not at all?

use lanthan_core::exhibit::{Area, Format};
use lanthan_media::{Limits, Recipe, page_image, probe, words};
use proptest::prelude::*;
use turbojpeg::Subsamp;

use crate::support::{
    clean, clean_one, details, is_bare, mask,
    photo::{ExifBlock, Raw, ascii, decoded, long, without_segments},
    still::{Page, bmp, fax, gif, tiff, webp, with_webp_chunk},
    verdict,
};

fn probed(bytes: &[u8]) -> &'static str {
    verdict(probe(bytes, &Limits::default()))
}

/// The pixels of the only page, without loss worth mentioning.
fn shown(bytes: &[u8]) -> Raw {
    decoded(&clean_one(bytes, &Recipe { quality: 100, ..Recipe::default() }).jpeg)
}

#[track_caller]
fn looks_like(bytes: &[u8], expected: impl Fn(usize, usize) -> [u8; 3], by: u8) {
    let shown = shown(bytes);
    for (x, y) in [(4, 4), (shown.width - 5, 4), (4, shown.height - 5), (shown.width / 2, 13)] {
        let (is, was) = (shown.pixel(x, y), expected(x, y));
        assert!(is.iter().zip(was).all(|(a, b)| a.abs_diff(b) <= by), "{x}, {y}: {is:?}, {was:?}");
    }
}

fn all_of(raw: &Raw) -> [(Format, Vec<u8>); 4] {
    [
        (Format::Webp, webp(raw)),
        (Format::Bmp, bmp(raw)),
        (Format::Gif, gif(std::slice::from_ref(raw))),
        (Format::Tiff, tiff(&[Page::of(raw)])),
    ]
}

#[test]
fn each_kind_comes_out_as_it_looks_and_bare() {
    let raw = Raw::corners(90, 60);
    for (format, bytes) in all_of(&raw) {
        let found = probe(&bytes, &Limits::default()).unwrap();
        assert_eq!((found.format, found.pages.len()), (format, 1));
        assert_eq!((found.pages[0].width, found.pages[0].height), (90.0, 60.0));
        assert_eq!(found.traces, [], "{format:?}");
        looks_like(&bytes, |x, y| raw.pixel(x, y), 12);
        assert!(is_bare(&clean_one(&bytes, &Recipe::default()).jpeg));
        let (width, height, _) = page_image(&bytes, 1, 45, &Limits::default()).unwrap();
        assert_eq!((width, height), (45, 30));
        assert_eq!(words(&bytes, &Limits::default()).unwrap(), [vec![]]);
    }
}

#[test]
fn no_beginning_passes_for_the_whole() {
    for (format, whole) in all_of(&Raw::corners(24, 16)) {
        for length in 1..whole.len() {
            let verdict = probed(&whole[..length]);
            assert_eq!(verdict, "damaged", "{format:?}: {length} of {}", whole.len());
        }
    }
}

#[test]
fn what_stands_beside_the_picture_is_told_and_left_behind() {
    let raw = Raw::corners(40, 30);
    let block = ExifBlock { orientation: 1, with_place: true, with_thumbnail: true };
    let bytes = with_webp_chunk(&webp(&raw), *b"EXIF", &block.bytes());
    let mut bytes = with_webp_chunk(&bytes, *b"XMP ", b"<x:xmpmeta/>");
    bytes.extend_from_slice(b"a second file");
    let found = probe(&bytes, &Limits::default()).unwrap().traces;
    assert_eq!(details(&found, "gps"), ["48.85833, -2.29444 ± 6 m, 35 m"]);
    assert_eq!(details(&found, "serial"), ["SN-0042"]);
    assert_eq!(details(&found, "xmp"), ["12 B"]);
    assert_eq!(details(&found, "trailing-data"), ["13 B"]);

    let mut bytes = gif(&[raw.clone(), Raw::scene(40, 30)]);
    let trailer = bytes.pop().unwrap();
    bytes.extend_from_slice(b"\x21\xfe\x05notes\0\x21\xff\x0bSAMPLE  1.0\x02ab\0");
    bytes.push(trailer);
    bytes.extend_from_slice(b"more");
    let found = probe(&bytes, &Limits::default()).unwrap().traces;
    assert_eq!(details(&found, "comment"), ["notes"]);
    assert_eq!(details(&found, "app-data"), ["SAMPLE 1.0 2 B"]);
    assert_eq!(details(&found, "more-pictures"), ["GIF 2"]);
    assert_eq!(details(&found, "trailing-data"), ["4 B"]);
    looks_like(&bytes, |x, y| raw.pixel(x, y), 12);

    let bytes = [bmp(&raw), b"hidden".to_vec()].concat();
    let found = probe(&bytes, &Limits::default()).unwrap().traces;
    assert_eq!(details(&found, "trailing-data"), ["6 B"]);

    let page = Page::of(&raw)
        .and(ascii(270, "Prototype 9"))
        .and(ascii(305, "Sample Scanner 2"))
        .and(ascii(315, "A. Sample"))
        .and((700, 1, 12, b"<x:xmpmeta/>".to_vec()))
        .and((37724, 7, 5, b"layer".to_vec()));
    let found = probe(&tiff(&[page]), &Limits::default()).unwrap().traces;
    assert_eq!(details(&found, "comment"), ["Prototype 9"]);
    assert_eq!(details(&found, "software"), ["Sample Scanner 2"]);
    assert_eq!(details(&found, "owner"), ["A. Sample"]);
    assert_eq!(details(&found, "xmp"), ["12 B"]);
    assert_eq!(details(&found, "app-data"), ["TIFF 37724 5 B"]);
}

#[test]
fn a_tiff_of_several_pages_has_them_all() {
    let [first, second] = [Raw::corners(60, 40), Raw::corners(30, 60)];
    let small = Page::of(&Raw::corners(15, 10)).and(long(254, 1));
    let pages = [Page::of(&first), small, Page::of(&second).and(ascii(270, "On page two"))];
    let bytes = tiff(&pages);
    let found = probe(&bytes, &Limits::default()).unwrap();
    let sizes: Vec<_> = found.pages.iter().map(|page| (page.width, page.height)).collect();
    assert_eq!(sizes, [(60.0, 40.0), (30.0, 60.0)]);
    assert_eq!(details(&found.traces, "comment"), ["On page two"]);
    assert_eq!(details(&found.traces, "thumbnail"), ["TIFF 15×10"]);

    // A mask of the second page covers nothing of the first.
    let masks = [mask(2, [0, 0, Area::ONE, Area::ONE])];
    let recipe = Recipe { masks: &masks, pages: &[2, 1], ..Recipe::default() };
    let pages = clean(&bytes, &recipe).unwrap();
    let numbers: Vec<u32> = pages.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [2, 1]);
    assert!(decoded(&pages[0].1.jpeg).rgb.iter().all(|value| *value < 8));
    assert!(decoded(&pages[1].1.jpeg).pixel(5, 5)[0] > 200);
    let recipe = Recipe { masks: &[mask(3, [0, 0, 10, 10])], ..Recipe::default() };
    assert_eq!(verdict(clean(&bytes, &recipe)), "bad-mask");
    let recipe = Recipe { pages: &[3], ..Recipe::default() };
    assert_eq!(verdict(clean(&bytes, &recipe)), "no-such-page");
    assert_eq!(verdict(page_image(&bytes, 3, 64, &Limits::default())), "no-such-page");
}

#[test]
fn every_orientation_of_a_tiff_comes_upright() {
    let raw = Raw::corners(96, 64);
    for orientation in 1..=8 {
        let stored = raw.stored_for(orientation);
        let page = Page::of(&stored).and_shorts(274, &[orientation.into()]);
        looks_like(&tiff(&[page]), |x, y| raw.pixel(x, y), 12);
    }
}

#[test]
fn samples_of_every_kind_become_colours() {
    let raw = Raw::corners(48, 30);
    let page = Page::of(&raw);
    let pixels = || raw.rgb.chunks_exact(3);
    // Sixteen bits.
    let wide = raw.rgb.iter().flat_map(|value| (u16::from(*value) * 257).to_le_bytes()).collect();
    looks_like(&tiff(&[page.clone().with((16, 3), 2, 1, wide)]), |x, y| raw.pixel(x, y), 12);
    // An alpha beside the colours, and one multiplied into them: half of it is white.
    let beside: Vec<u8> = pixels().flat_map(|p| [p[0], p[1], p[2], 128]).collect();
    let half = |x: usize, y: usize| raw.pixel(x, y).map(|value| value / 2 + 127);
    let rgba = page.clone().with((8, 4), 2, 1, beside).and_shorts(338, &[2]);
    looks_like(&tiff(&[rgba]), half, 12);
    let into: Vec<u8> = pixels().flat_map(|p| [p[0] / 2, p[1] / 2, p[2] / 2, 128]).collect();
    let rgba = page.clone().with((8, 4), 2, 1, into).and_shorts(338, &[1]);
    looks_like(&tiff(&[rgba]), half, 12);
    // Inks: how much of each there is.
    let inks: Vec<u8> = pixels().flat_map(|p| [255 - p[0], 255 - p[1], 255 - p[2], 0]).collect();
    looks_like(&tiff(&[page.clone().with((8, 4), 5, 1, inks)]), |x, y| raw.pixel(x, y), 12);
    // Grey, also with white as zero.
    let grey: Vec<u8> = pixels().map(|p| p[1]).collect();
    let green = |x: usize, y: usize| [raw.pixel(x, y)[1]; 3];
    looks_like(&tiff(&[page.clone().with((8, 1), 1, 1, grey.clone())]), green, 12);
    let flipped = grey.iter().map(|value| 255 - value).collect();
    looks_like(&tiff(&[page.clone().with((8, 1), 0, 1, flipped)]), green, 12);
    // A palette of four bits: place 5 is red, every other one blue.
    let mut map = [0_u16; 48];
    map[5] = u16::MAX;
    map[32..48].fill(u16::MAX);
    map[32 + 5] = 0;
    let places = vec![0x55; 24 * 20].into_iter().chain(vec![0x77; 24 * 10]).collect();
    let bytes = tiff(&[page.clone().with((4, 1), 3, 1, places).and_shorts(320, &map)]);
    looks_like(&bytes, |_, y| if y < 20 { [255, 0, 0] } else { [0, 0, 255] }, 12);
}

#[test]
fn jpeg_inside_of_a_tiff_is_read_in_its_colours() {
    let raw = Raw::corners(48, 30);
    let page = Page::of(&raw);
    for subsampling in [Subsamp::None, Subsamp::Sub2x2] {
        let bytes = tiff(&[page.clone().with((8, 3), 6, 7, raw.jpeg(subsampling, false))]);
        looks_like(&bytes, |x, y| raw.pixel(x, y), 30);
    }
    // The tables that all strips share stand in a field of their own.
    let jpeg = without_segments(&raw.jpeg(Subsamp::Sub2x2, false), 0xe0);
    let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    let scan = jpeg.windows(2).position(|two| two == [0xff, 0xda]).unwrap();
    let length = 2 + usize::from(u16::from_be_bytes([jpeg[frame + 2], jpeg[frame + 3]]));
    let shared = [&jpeg[..frame], &jpeg[frame + length..scan], &[0xff, 0xd9]].concat();
    let strip = [&jpeg[..2], &jpeg[frame..frame + length], &jpeg[scan..]].concat();
    let tables = (347, 7, u32::try_from(shared.len()).unwrap(), shared);
    let bytes = tiff(&[page.clone().with((8, 3), 6, 7, strip).and(tables)]);
    looks_like(&bytes, |x, y| raw.pixel(x, y), 30);
    // A strip of another size than its page says.
    let small = Raw::corners(40, 30).jpeg(Subsamp::None, false);
    assert_eq!(probed(&tiff(&[page.with((8, 3), 6, 7, small)])), "damaged");
}

#[test]
fn a_fax_is_black_on_white_and_a_cut_one_is_damaged() {
    let black = |x: usize, y: usize| (x / 7).is_multiple_of(2) || (y / 5).is_multiple_of(3);
    let page = fax(70, 50, black);
    let bytes = tiff(std::slice::from_ref(&page));
    looks_like(&bytes, |x, y| if black(x, y) { [0; 3] } else { [255; 3] }, 12);
    let mut cut = page;
    cut.strip.truncate(cut.strip.len() / 2);
    assert_eq!(probed(&tiff(&[cut])), "damaged");
}

#[test]
fn a_tiff_with_a_cut_jpeg_inside_is_damaged() {
    let raw = Raw::scene(160, 120);
    let whole = raw.jpeg(Subsamp::None, false);
    for percent in [30, 60, 90] {
        let cut = whole[..whole.len() * percent / 100].to_vec();
        assert_eq!(probed(&tiff(&[Page::of(&raw).with((8, 3), 6, 7, cut.clone())])), "damaged");
        let closed = [cut, vec![0xff, 0xd9]].concat();
        assert_eq!(probed(&tiff(&[Page::of(&raw).with((8, 3), 6, 7, closed)])), "damaged");
    }
}

#[test]
fn what_is_not_taken_is_refused_in_words() {
    let raw = Raw::corners(24, 16);
    let refused = |page: Page| verdict(probe(&tiff(&[page]), &Limits::default()));
    // A raw camera picture keeps a small copy where a page would be.
    assert_eq!(refused(Page::of(&raw).and(long(254, 1))), "unsupported");
    assert_eq!(refused(Page::of(&raw).and_shorts(339, &[3, 3, 3])), "unsupported");
    assert_eq!(refused(Page::of(&raw).with((8, 3), 2, 60_000, raw.rgb.clone())), "unsupported");
    assert_eq!(refused(Page::of(&raw).with((8, 3), 8, 1, raw.rgb.clone())), "unsupported");
}

#[test]
fn too_many_pixels_or_pages_are_refused_by_what_the_headers_say() {
    let small = Raw::corners(24, 16);
    let tight = Limits { max_pixels: 383, ..Limits::default() };
    for (format, bytes) in all_of(&small) {
        assert_eq!(verdict(probe(&bytes, &tight)), "too-many-pixels", "{format:?}");
    }
    let pages = vec![Page::of(&small); 5];
    let few = Limits { max_pages: 4, ..Limits::default() };
    assert_eq!(verdict(probe(&tiff(&pages), &few)), "too-many-pages");
    // Each page may be large, but not all of them.
    let tight = Limits { max_pixels: 384, ..Limits::default() };
    let pages = vec![Page::of(&small); 41];
    assert_eq!(verdict(probe(&tiff(&pages), &tight)), "too-many-pixels");
    // Pages that lead back to the first one.
    let mut ring = tiff(&[Page::of(&small)]);
    let directory = u32::from_le_bytes(ring[4..8].try_into().unwrap()) as usize;
    let entries =
        usize::from(u16::from_le_bytes(ring[directory..directory + 2].try_into().unwrap()));
    let next = directory + 2 + 12 * entries;
    let first = ring[4..8].to_vec();
    ring[next..next + 4].copy_from_slice(&first);
    assert_eq!(probed(&ring), "damaged");
}

#[test]
fn a_mask_on_a_picture_with_loss_covers_whole_blocks() {
    let raw = Raw::scene(160, 160);
    let jpeg = raw.jpeg(Subsamp::None, false);
    let masks = [mask(1, [4_900, 4_900, 200, 200])];
    let recipe = Recipe { masks: &masks, quality: 100, ..Recipe::default() };
    let coarse = tiff(&[Page::of(&raw).with((8, 3), 6, 7, jpeg)]);
    let black = |raw: &Raw| raw.rgb.chunks_exact(3).filter(|p| p.iter().all(|v| *v < 10)).count();
    let [exact, coarse] = [tiff(&[Page::of(&raw)]), coarse]
        .map(|bytes| black(&decoded(&clean_one(&bytes, &recipe).jpeg)));
    assert!(exact >= 16 && coarse >= 32 * 32, "{exact} {coarse}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn damaged_bytes_never_panic(which in 0_usize..6, at in 0_usize..4000, value: u8, cut in 0_usize..4000) {
        let raw = Raw::corners(24, 16);
        let [webp, bmp, gif, tiff] = all_of(&raw).map(|(_, bytes)| bytes);
        let jpeg = raw.jpeg(Subsamp::None, false);
        let jpeg_inside = crate::support::still::tiff(&[Page::of(&raw).with((8, 3), 6, 7, jpeg)]);
        let faxed = crate::support::still::tiff(&[fax(24, 16, |x, y| (x + y) % 3 == 0)]);
        let mut bytes = [webp, bmp, gif, tiff, jpeg_inside, faxed][which].clone();
        let length = bytes.len();
        bytes[at % length] = value;
        if cut % 3 == 0 {
            bytes.truncate(cut % length + 1);
        }
        let limits = Limits::default();
        let _ = probe(&bytes, &limits);
        let _ = page_image(&bytes, 1, 64, &limits);
        let _ = clean(&bytes, &Recipe { max_edge_px: 64, ..Recipe::default() });
    }
}
