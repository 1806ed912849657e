//! Is what a mask covers gone, all of it, and nothing but that?

use lanthan_core::exhibit::{Area, Mask};
use lanthan_media::{Recipe, Refusal};
use lopdf::{Stream, dictionary};
use proptest::prelude::*;
use turbojpeg::Subsamp;

use crate::support::{
    clean, clean_one, mask,
    paper::Paper,
    photo::{ExifBlock, Raw, decoded},
};

const WIDTH: usize = 203;
const HEIGHT: usize = 149;

/// The same picture with other pixels in some places.
fn changed(raw: &Raw, is_changed: impl Fn([usize; 2]) -> bool, seed: usize) -> Raw {
    Raw::of(WIDTH, HEIGHT, |x, y| {
        if is_changed([x, y]) {
            let value = (x * 31 + y * 17 + seed * 101) % 256;
            [u8::try_from(value).unwrap(), u8::try_from(255 - value).unwrap(), 255]
        } else {
            raw.pixel(x, y)
        }
    })
}

/// True for a pixel that an area touches.
fn area_holds(area: Area, [x, y]: [usize; 2]) -> bool {
    let [left, top, right, bottom] =
        area.pixels(WIDTH.try_into().unwrap(), HEIGHT.try_into().unwrap()).map(|v| v as usize);
    (left..right).contains(&x) && (top..bottom).contains(&y)
}

/// True for a pixel that an area covers to its edges.
fn wholly_inside(area: Area, [x, y]: [usize; 2]) -> bool {
    let side = |at: usize, of: usize, from: u32, length: u32| {
        let (from, to) = (from as usize * of, (from + length) as usize * of);
        at * 10_000 >= from && (at + 1) * 10_000 <= to
    };
    side(x, WIDTH, area.x, area.w) && side(y, HEIGHT, area.y, area.h)
}

fn area() -> impl Strategy<Value = Area> {
    (0_u32..9_000, 0_u32..9_000).prop_flat_map(|(x, y)| {
        (Just(x), Just(y), 1..=10_000 - x, 1..=10_000 - y).prop_map(|(x, y, w, h)| Area {
            x,
            y,
            w: w.min(4_000),
            h: h.min(4_000),
        })
    })
}

fn subsampling() -> impl Strategy<Value = Subsamp> {
    prop_oneof![
        Just(Subsamp::None),
        Just(Subsamp::Sub2x1),
        Just(Subsamp::Sub2x2),
        Just(Subsamp::Sub1x2),
        Just(Subsamp::Sub4x1),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_lies_under_a_mask_never_reaches_the_output(
        area in area(),
        crop in proptest::option::of(area()),
        subsamp in subsampling(),
        progressive: bool,
        orientation in 1_u8..=8,
        max_edge_px in 20_u32..260,
        seed in 0_usize..1000,
    ) {
        let scene = Raw::scene(WIDTH, HEIGHT);
        let block = ExifBlock { orientation, with_place: false, with_thumbnail: false };
        let masks = [Mask { area, ..mask(1, [0, 0, 1, 1]) }];
        let recipe = Recipe { masks: &masks, crop, max_edge_px, ..Recipe::default() };
        let jpeg = |raw: &Raw| block.inside(&raw.stored_for(orientation).jpeg(subsamp, progressive));
        let other = changed(&scene, |place| area_holds(area, place), seed);
        prop_assert_eq!(clean(&jpeg(&scene), &recipe), clean(&jpeg(&other), &recipe));
        prop_assert_eq!(clean(&scene.png(), &recipe), clean(&other.png(), &recipe));
    }

    #[test]
    fn what_lies_beside_a_crop_never_reaches_the_output(
        part in area(),
        subsamp in subsampling(),
        progressive: bool,
        orientation in 1_u8..=8,
        max_edge_px in 20_u32..260,
        seed in 0_usize..1000,
    ) {
        let scene = Raw::scene(WIDTH, HEIGHT);
        let block = ExifBlock { orientation, with_place: false, with_thumbnail: false };
        let recipe = Recipe { crop: Some(part), max_edge_px, ..Recipe::default() };
        let jpeg = |raw: &Raw| block.inside(&raw.stored_for(orientation).jpeg(subsamp, progressive));
        // A pixel that the edge of the crop goes through counts as lying beside it.
        let other = changed(&scene, |place| !wholly_inside(part, place), seed);
        prop_assert_eq!(clean(&jpeg(&scene), &recipe), clean(&jpeg(&other), &recipe));
        prop_assert_eq!(clean(&scene.png(), &recipe), clean(&other.png(), &recipe));
    }

    #[test]
    fn the_rest_of_the_picture_stays(area in area(), max_edge_px in 60_u32..260) {
        let jpeg = Raw::scene(WIDTH, HEIGHT).jpeg(Subsamp::Sub2x2, false);
        let masks = [Mask { area, ..mask(1, [0, 0, 1, 1]) }];
        let plain = Recipe { max_edge_px, ..Recipe::default() };
        let bare = decoded(&clean_one(&jpeg, &plain).jpeg);
        let masked = decoded(&clean_one(&jpeg, &Recipe { masks: &masks, ..plain }).jpeg);
        let width = u32::try_from(masked.width).unwrap();
        let height = u32::try_from(masked.height).unwrap();
        let [l, t, r, b] = area.pixels(width, height).map(|v| v as usize);
        // A block of the original and one of the new file, and the smoothing of both.
        let reach = 16 * masked.width / WIDTH + 28;
        for y in 0..masked.height {
            for x in 0..masked.width {
                let is = masked.pixel(x, y);
                if (l..r).contains(&x) && (t..b).contains(&y) {
                    prop_assert!(is.iter().all(|v| *v < 40), "{} {}: {:?}", x, y, is);
                } else if x + reach < l || x > r + reach || y + reach < t || y > b + reach {
                    let was = bare.pixel(x, y);
                    prop_assert!(is.iter().zip(was).all(|(a, b)| a.abs_diff(b) < 3));
                }
            }
        }
    }
}

/// A page that is one picture, as a scanner makes it.
fn scan(raw: &Raw, subsamp: Subsamp) -> Vec<u8> {
    let mut paper = Paper::of("q 595 0 0 842 0 0 cm /I1 Do Q");
    let image = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "ColorSpace" => "DeviceRGB",
            "Width" => i64::try_from(raw.width).unwrap(),
            "Height" => i64::try_from(raw.height).unwrap(),
            "BitsPerComponent" => 8, "Filter" => "DCTDecode",
        },
        raw.jpeg(subsamp, false),
    );
    let image = paper.document.add_object(image);
    paper.resource("XObject", "I1", image);
    paper.bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_lies_under_a_mask_on_a_scan_never_reaches_the_page(
        area in area(),
        subsamp in prop_oneof![Just(Subsamp::None), Just(Subsamp::Sub2x2)],
        max_edge_px in 200_u32..1400,
        seed in 0_usize..1000,
    ) {
        let page = |seed| Raw::of(826, 1169, |x, y| {
            let [l, t, r, b] = area.pixels(826, 1169).map(|v| v as usize);
            if (l..r).contains(&x) && (t..b).contains(&y) {
                [u8::try_from((x * 31 + y * 17 + seed * 101) % 256).unwrap(); 3]
            } else {
                [u8::try_from((x / 3 + y / 5) % 256).unwrap(), 200, 90]
            }
        });
        let masks = [Mask { area, ..mask(1, [0, 0, 1, 1]) }];
        let recipe = Recipe { masks: &masks, max_edge_px, ..Recipe::default() };
        prop_assert_eq!(
            clean_one(&scan(&page(0), subsamp), &recipe).jpeg,
            clean_one(&scan(&page(seed + 1), subsamp), &recipe).jpeg
        );
    }
}

#[test]
fn a_mask_that_cannot_be_applied_stops_everything() {
    let jpeg = Raw::scene(60, 40).jpeg(Subsamp::None, false);
    for bad in [mask(2, [0, 0, 100, 100]), mask(0, [0, 0, 100, 100]), mask(1, [9_999, 0, 2, 1])] {
        let recipe = Recipe { masks: &[bad], ..Recipe::default() };
        assert_eq!(clean(&jpeg, &recipe), Err(Refusal::BadMask));
    }
    let crop = Some(Area { x: 0, y: 0, w: 0, h: 5 });
    assert_eq!(clean(&jpeg, &Recipe { crop, ..Recipe::default() }), Err(Refusal::BadMask));
}

#[test]
fn a_mask_over_everything_leaves_black() {
    let jpeg = Raw::scene(60, 40).jpeg(Subsamp::Sub2x2, false);
    let masks = [mask(1, [0, 0, 10_000, 10_000])];
    let page = clean_one(&jpeg, &Recipe { masks: &masks, ..Recipe::default() });
    assert!(decoded(&page.jpeg).rgb.iter().all(|value| *value < 3));
}
