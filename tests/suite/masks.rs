//! Is there nothing but one colour under a mask, in the pictures that can be taken out of the package?
//!
//! The pictures are taken out by poppler and matched with the exhibits by their order, which the
//! manifest gives; nothing of the program's own drawing is used.

use std::fs;

use lanthan_core::exhibit::{Area, Exhibit};
use lanthan_tests::{
    args, dossier::OpenDossier, folder::sha256, pdf::Pdf, project, sample, tools, vault::TestVault,
};
use turbojpeg::{Image, PixelFormat};

/// Pixels beside an edge that the packing of a JPEG may stain: one block of a halved colour plane.
const STAIN_PX: usize = 16;

/// The pictures of the package in the order of its pages, decoded.
fn pictures() -> Vec<Image<Vec<u8>>> {
    let place = project::place();
    tools::praised("pdfimages", args!["-all", sample::pdf(), place.path().join("p")]);
    let mut names: Vec<_> =
        fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let decode = |path: std::path::PathBuf| {
        let bytes = fs::read(&path).unwrap();
        turbojpeg::decompress(&bytes, PixelFormat::RGB)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    names.into_iter().map(decode).collect()
}

/// Every page of every exhibit that left, in the order of the package: the exhibit and its page.
fn pages() -> Vec<(Exhibit, u32)> {
    let dossier = sample::dossier();
    let files = sample::files();
    let mut pages = Vec::new();
    for listed in sample::manifest()["exhibits"].as_array().unwrap() {
        let hash = listed["made-from"].as_str().unwrap();
        let is_it = |exhibit: &&Exhibit| sha256(&files[&exhibit.path]) == hash;
        let exhibit = dossier.exhibits.iter().find(is_it).expect("made from a file of the sample");
        let count = u32::try_from(listed["pages"].as_u64().unwrap()).unwrap();
        for at in 0..count {
            let page = exhibit.pages.get(at as usize).copied().unwrap_or(at + 1);
            pages.push((exhibit.clone(), page));
        }
    }
    pages
}

/// Where an area of the whole page lies on a picture of its crop: left, top, right, bottom.
fn place_on(image: &Image<Vec<u8>>, area: Area, crop: Option<Area>) -> [usize; 4] {
    let crop = crop.unwrap_or(Area::FULL);
    let map = |at: u32, start: u32, length: u32, size: usize| {
        (at.saturating_sub(start).min(length) as usize) * size / length as usize
    };
    [
        map(area.x, crop.x, crop.w, image.width),
        map(area.y, crop.y, crop.h, image.height),
        map(area.x + area.w, crop.x, crop.w, image.width),
        map(area.y + area.h, crop.y, crop.h, image.height),
    ]
}

/// The least and greatest value of the three colours inside a part of a picture.
fn range(image: &Image<Vec<u8>>, [left, top, right, bottom]: [usize; 4]) -> (u8, u8) {
    let mut range = (u8::MAX, u8::MIN);
    for y in top..bottom {
        let row = &image.pixels[y * image.pitch + left * 3..y * image.pitch + right * 3];
        for value in row {
            range = (range.0.min(*value), range.1.max(*value));
        }
    }
    range
}

#[test]
fn every_picture_of_the_package_is_a_page_of_an_exhibit() {
    assert_eq!(pictures().len(), pages().len());
}

#[test]
fn under_every_mask_there_is_one_dark_colour() {
    let mut masks = 0;
    for (image, (exhibit, page)) in pictures().iter().zip(pages()) {
        for mask in exhibit.masks.iter().filter(|mask| mask.page == page) {
            let [left, top, right, bottom] = place_on(image, mask.area, exhibit.crop);
            let inner = [
                left + STAIN_PX,
                top + STAIN_PX,
                right - STAIN_PX.min(right),
                bottom - STAIN_PX.min(bottom),
            ];
            let what = format!(
                "{} page {page}: {inner:?} of {} x {}",
                exhibit.id, image.width, image.height
            );
            assert!(inner[0] < inner[2] && inner[1] < inner[3], "{what} is too small to judge");
            let (least, greatest) = range(image, inner);
            assert!(greatest - least <= 8 && greatest < 48, "{what}: {least} to {greatest}");
            masks += 1;
        }
    }
    assert!(masks >= 2, "the sample masks something");
}

#[test]
fn beside_the_masks_the_pictures_show_something() {
    for (image, (exhibit, page)) in pictures().iter().zip(pages()) {
        let (least, greatest) = range(image, [0, 0, image.width, image.height]);
        assert!(greatest - least > 100, "{} page {page} shows nothing", exhibit.id);
    }
}

#[test]
fn the_manifest_counts_the_masks_and_says_why() {
    let manifest = sample::manifest();
    let listed: u64 =
        manifest["withheld"].as_array().unwrap().iter().map(|w| w["masks"].as_u64().unwrap()).sum();
    let drawn = pages()
        .iter()
        .map(|(exhibit, page)| exhibit.masks.iter().filter(|mask| mask.page == *page).count())
        .sum::<usize>();
    assert_eq!(listed, drawn as u64);
    let reasons = ["customer", "trade-secret", "personal", "price", "not-asked"];
    for withheld in manifest["withheld"].as_array().unwrap() {
        assert!(reasons.contains(&withheld["reason"].as_str().unwrap()), "{withheld}");
    }
}

#[test]
fn a_text_is_covered_wherever_it_stands_and_the_rest_of_the_paper_leaves() {
    let paper = Pdf::saying("Order of Klangwerk Muster GmbH for 20000 magnets").bytes();
    let vault = TestVault::with(&OpenDossier::small().exhibit("order", "order.pdf", paper));
    let out = vault.beside("out");
    vault.release("supplier", &out).named(1, "leak", "Klangwerk");
    let cover = || {
        let words = args!["exhibit", "mask", "order", "--dossier", "test", "--json"];
        let what = args!["--text", "KLANG-WERK muster gmbh", "--reason", "customer"];
        vault.run(words.into_iter().chain(what).collect()).done().json()
    };
    let added = cover()["added"].clone();
    assert_eq!(added.as_array().unwrap().len(), 1);
    assert_eq!((&added[0]["page"], &added[0]["reason"]), (&1.into(), &"customer".into()));
    assert_eq!(added[0]["w"].as_u64().unwrap() % u64::from(Area::STEP), 0);
    assert_eq!(cover()["added"], serde_json::json!([]), "what is covered is not covered twice");
    let _ = vault.release("supplier", &out).done();
    let pdf = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let pdf = pdf.into_iter().find(|path| path.extension().is_some_and(|e| e == "pdf")).unwrap();
    let text = tools::praised("pdftotext", args![pdf, "-"]);
    assert!(text.contains("20000") && text.contains("Order"), "{text}");
    assert!(!text.to_lowercase().contains("klangwerk"), "{text}");
}

#[test]
fn a_mask_by_its_place_grows_to_a_step_and_one_outside_is_refused() {
    let vault = TestVault::with(&OpenDossier::small());
    let mask = |area: &str, page: &str| {
        let words =
            args!["exhibit", "mask", "photo", "--dossier", "test", "--json", "--page", page];
        let what = args!["--area", area, "--reason", "trade-secret"];
        vault.run(words.into_iter().chain(what).collect())
    };
    let added = mask("1000,2000,310,400", "1").done().json()["added"].clone();
    let wanted = serde_json::json!([
        {"page": 1, "x": 1000, "y": 2000, "w": 500, "h": 400, "reason": "trade-secret"}
    ]);
    assert_eq!(added, wanted);
    mask("9900,2000,310,400", "1").refused(3, "bad-mask", "mask");
    mask("1000,2000,310,400", "2").refused(3, "bad-mask", "mask");
}
