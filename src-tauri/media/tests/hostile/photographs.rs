//! Do photographs come out upright, small, in their colours, and with nothing beside the picture?

use lanthan_core::exhibit::{Area, Format};
use lanthan_media::{Limits, Recipe, look, page_image, probe, thumbnail};
use turbojpeg::{Colorspace, Subsamp};

use crate::support::{
    clean_one, details, is_bare,
    photo::{
        ExifBlock, Raw, cmyk, decoded, png_of, with_chunk, with_copy, with_segment,
        without_segments,
    },
    verdict,
};

fn near(a: [u8; 3], b: [u8; 3], by: u8) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= by)
}

#[test]
fn every_orientation_comes_upright() {
    let shown = Raw::corners(96, 64);
    for orientation in 1..=8 {
        let block = ExifBlock { orientation, with_place: false, with_thumbnail: false };
        let jpeg = block.inside(&shown.stored_for(orientation).jpeg(Subsamp::Sub2x2, false));
        let found = probe(&jpeg, &Limits::default()).unwrap();
        assert_eq!((found.pages[0].width, found.pages[0].height), (96.0, 64.0));
        let png = with_chunk(&shown.stored_for(orientation).png(), *b"eXIf", &block.bytes());
        for bytes in [jpeg, png] {
            let page = clean_one(&bytes, &Recipe::default());
            assert_eq!((page.width_px, page.height_px), (96, 64), "{orientation}");
            let clean = decoded(&page.jpeg);
            for (x, y) in [(8, 8), (88, 8), (88, 56), (8, 56), (48, 32)] {
                let (is, was) = (clean.pixel(x, y), shown.pixel(x, y));
                assert!(near(is, was, 30), "{orientation} at {x}, {y}: {is:?} for {was:?}");
            }
        }
    }
}

#[test]
fn what_a_photograph_gives_away_is_told_and_left_behind() {
    let block = ExifBlock { orientation: 1, with_place: true, with_thumbnail: true };
    let mut jpeg = block.inside(&Raw::scene(80, 60).jpeg(Subsamp::Sub2x2, false));
    jpeg = with_segment(&jpeg, 0xfe, b"for the customer only");
    jpeg = with_segment(&jpeg, 0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>");
    jpeg = with_segment(&jpeg, 0xed, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x04abcd");
    jpeg = with_segment(&jpeg, 0xeb, b"JP content credentials");
    jpeg.extend_from_slice(b"a second file");
    let traces = probe(&jpeg, &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "gps"), ["48.85833, -2.29444 ± 6 m, 35 m"]);
    assert_eq!(details(&traces, "camera"), ["MakerNote 12 B", "Model 7", "Sample Camera Works"]);
    assert_eq!(details(&traces, "serial"), ["SN-0042"]);
    assert_eq!(details(&traces, "owner"), ["A. Sample"]);
    assert_eq!(details(&traces, "software"), ["Sample Firmware 1.2"]);
    assert_eq!(details(&traces, "taken"), ["2024:05:06 07:08:09"]);
    assert_eq!(details(&traces, "comment"), ["for the customer only", "hello"]);
    assert_eq!(details(&traces, "thumbnail"), ["Exif 2 B"]);
    assert_eq!(details(&traces, "iptc"), ["4 B"]);
    assert_eq!(details(&traces, "xmp").len(), 1);
    assert_eq!(details(&traces, "trailing-data"), ["13 B"]);
    assert_eq!(details(&traces, "app-data"), ["APP11 JP 22 B", "Photoshop"]);

    let page = clean_one(&jpeg, &Recipe::default());
    assert!(is_bare(&page.jpeg));
    assert_eq!(probe(&page.jpeg, &Limits::default()).unwrap().traces, []);
}

#[test]
fn a_small_copy_that_shows_something_else_is_told_and_one_that_does_not_is_not() {
    let limits = Limits::default();
    let shown = Raw::scene(640, 480);
    let jpeg = shown.jpeg(Subsamp::Sub2x2, false);
    let scene = |width, height| Raw::scene(width, height).jpeg(Subsamp::Sub2x2, false);
    // The picture of wide shape stands between bars in a copy of the usual shape.
    let barred = Raw::of(160, 120, |x, y| match y {
        16..104 => Raw::scene(160, 88).pixel(x, y - 16),
        _ => [0; 3],
    });
    let barred = barred.jpeg(Subsamp::Sub2x2, false);
    // Something was painted out of the picture, but not out of its copy; or it was cut.
    let painted = Raw::of(640, 480, |x, y| {
        if (100..400).contains(&x) && (100..300).contains(&y) { [0; 3] } else { shown.pixel(x, y) }
    });
    let cut = Raw::of(320, 240, |x, y| shown.pixel(x + 300, y + 200)).jpeg(Subsamp::None, false);
    for (picture, copy, is_other) in [
        (&jpeg, scene(160, 120), false),
        (&scene(640, 352), barred, false),
        (&painted.jpeg(Subsamp::Sub2x2, false), scene(160, 120), true),
        (&cut, scene(160, 120), true),
        (&jpeg, b"no picture".to_vec(), false),
    ] {
        let bytes = with_copy(picture, 1, &copy);
        let traces = probe(&bytes, &limits).unwrap().traces;
        let wanted: &[&str] = if is_other { &["160×120"] } else { &[] };
        assert_eq!(details(&traces, "other-copy"), wanted);
        assert_eq!(details(&traces, "thumbnail").len(), 1);
        assert_eq!(look(&bytes, 320, &limits).unwrap().0.traces, traces);
        assert!(is_bare(&clean_one(&bytes, &Recipe::default()).jpeg));
    }
    // Both are turned alike.
    let lying = shown.stored_for(6).jpeg(Subsamp::Sub2x2, false);
    let small = Raw::scene(160, 120).stored_for(6).jpeg(Subsamp::Sub2x2, false);
    let traces = probe(&with_copy(&lying, 6, &small), &limits).unwrap().traces;
    assert_eq!(details(&traces, "other-copy").len(), 0);
}

#[test]
fn what_a_png_gives_away_is_told() {
    let mut png = Raw::scene(40, 30).png();
    png = with_chunk(&png, *b"tEXt", b"Author\0A. Sample");
    png = with_chunk(&png, *b"tEXt", b"Title\0Prototype 9");
    png = with_chunk(&png, *b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>");
    png = with_chunk(&png, *b"tIME", &[0x07, 0xe8, 5, 6, 7, 8, 9]);
    png.extend_from_slice(b"more");
    let found = probe(&png, &Limits::default()).unwrap();
    assert_eq!(found.format, Format::Png);
    assert_eq!(details(&found.traces, "owner"), ["Author: A. Sample"]);
    assert_eq!(details(&found.traces, "png-text"), ["Title: Prototype 9"]);
    assert_eq!(details(&found.traces, "xmp").len(), 1);
    assert_eq!(details(&found.traces, "taken"), ["2024-05-06 07:08:09"]);
    assert_eq!(details(&found.traces, "trailing-data"), ["4 B"]);
}

#[test]
fn the_content_decides_and_not_the_name() {
    let limits = Limits::default();
    let raw = Raw::scene(20, 20);
    assert_eq!(probe(&raw.png(), &limits).unwrap().format, Format::Png);
    assert_eq!(probe(&raw.jpeg(Subsamp::None, true), &limits).unwrap().format, Format::Jpeg);
    assert_eq!(verdict(probe(b"", &limits)), "empty-file");
    assert_eq!(verdict(probe(b"\0\0\0\x18ftypheic", &limits)), "needs-export");
    assert_eq!(verdict(probe(b"\xff\xd8", &limits)), "damaged");
}

#[test]
fn the_longer_side_is_bounded_and_small_pictures_stay() {
    let jpeg = Raw::scene(900, 600).jpeg(Subsamp::Sub2x2, false);
    for edge in [2000, 450, 449, 225, 112, 100] {
        let page = clean_one(&jpeg, &Recipe { max_edge_px: edge, ..Recipe::default() });
        let expected = edge.min(900);
        assert_eq!(page.width_px, expected);
        assert!(page.height_px.abs_diff(expected * 2 / 3) <= 1);
        assert_eq!(decoded(&page.jpeg).width, expected as usize);
    }
    let (width, height, _) = page_image(&jpeg, 1, 300, &Limits::default()).unwrap();
    assert_eq!((width, height), (300, 200));
    assert_eq!(decoded(&thumbnail(&jpeg, 64, &Limits::default()).unwrap()).width, 64);
    assert_eq!(verdict(page_image(&jpeg, 2, 300, &Limits::default())), "no-such-page");
}

#[test]
fn shrinking_keeps_the_picture() {
    let scene = Raw::scene(800, 600);
    let page = clean_one(
        &scene.jpeg(Subsamp::Sub2x2, true),
        &Recipe { max_edge_px: 400, ..Recipe::default() },
    );
    let clean = decoded(&page.jpeg);
    for (x, y) in [(20, 20), (200, 150), (380, 280), (20, 280)] {
        assert!(near(clean.pixel(x, y), scene.pixel(2 * x, 2 * y), 30), "{x}, {y}");
    }
}

#[test]
fn a_crop_keeps_its_part_only() {
    let jpeg = Raw::corners(300, 300).jpeg(Subsamp::None, false);
    let crop = Some(Area { x: 7_000, y: 0, w: 3_000, h: 3_000 });
    let page = clean_one(&jpeg, &Recipe { crop, ..Recipe::default() });
    // Whole blocks of 8, and what the decoder smooths: 90 by 90 but for two edges.
    assert_eq!((page.width_px, page.height_px), (82, 86));
    let clean = decoded(&page.jpeg);
    assert!(clean.rgb.chunks(3).all(|p| near([p[0], p[1], p[2]], [20, 200, 20], 12)));
}

#[test]
fn inks_become_light() {
    // Stored as light by Adobe programs: no cyan and no black, full magenta and yellow is red.
    for space in [Colorspace::CMYK, Colorspace::YCCK] {
        let page = clean_one(&cmyk([255, 0, 0, 255], space), &Recipe::default());
        assert!(near(decoded(&page.jpeg).pixel(30, 20), [254, 0, 0], 8));
    }
    // Without Adobe's segment they are inks.
    let plain = without_segments(&cmyk([0, 255, 255, 0], Colorspace::CMYK), 0xee);
    let page = clean_one(&plain, &Recipe::default());
    assert!(near(decoded(&page.jpeg).pixel(30, 20), [254, 0, 0], 8));
}

#[test]
fn every_kind_of_png_is_understood() {
    use image::ExtendedColorType as Kind;
    let cases: [(&[u8], Kind, [u8; 3]); 5] = [
        (&[90], Kind::L8, [90, 90, 90]),
        (&[90, 0], Kind::La8, [255, 255, 255]),
        (&[200, 10, 10, 0], Kind::Rgba8, [255, 255, 255]),
        (&[200, 0, 0, 128], Kind::Rgba8, [227, 127, 127]),
        (&[100, 100, 50, 50, 25, 25], Kind::Rgb16, [100, 50, 25]),
    ];
    for (pixel, kind, expected) in cases {
        let png = png_of(&pixel.repeat(24 * 24), 24, 24, kind);
        let page = clean_one(&png, &Recipe::default());
        let is = decoded(&page.jpeg).pixel(12, 12);
        assert!(near(is, expected, 4), "{kind:?}: {is:?}");
    }
}

#[test]
fn a_colour_profile_is_applied_and_not_carried() {
    // The green corner of Display P3 lies outside of sRGB; inside, its numbers mean stronger colours.
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let raw = Raw::of(32, 32, |_, _| [60, 180, 90]);
    let body = [b"ICC_PROFILE\0\x01\x01".to_vec(), profile].concat();
    let jpeg = with_segment(&raw.jpeg(Subsamp::None, false), 0xe2, &body);
    let traces = probe(&jpeg, &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "icc").len(), 1);
    let page = clean_one(&jpeg, &Recipe::default());
    let [red, green, _] = decoded(&page.jpeg).pixel(16, 16);
    assert!(red < 40 && green > 178, "{red} {green}");
    assert!(is_bare(&page.jpeg));
    // A profile that is none changes nothing.
    let body = [&b"ICC_PROFILE\0\x01\x01"[..], &[7; 200]].concat();
    let jpeg = with_segment(&raw.jpeg(Subsamp::None, false), 0xe2, &body);
    let page = clean_one(&jpeg, &Recipe::default());
    assert!(near(decoded(&page.jpeg).pixel(16, 16), [60, 180, 90], 6));
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let jpeg = Raw::scene(300, 200).jpeg(Subsamp::Sub2x1, true);
    let recipe = Recipe { max_edge_px: 150, ..Recipe::default() };
    assert_eq!(clean_one(&jpeg, &recipe), clean_one(&jpeg, &recipe));
}
