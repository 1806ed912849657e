//! Is what lies around a crop gone from what leaves, and does more to be seen take a clearance back?
//!
//! The pictures are taken out of the package by poppler; nothing of the program's own drawing is used.

use std::fs;

use lanthan_api::exhibit::Change;
use lanthan_core::{
    exhibit::Area,
    id::{DossierId, ExhibitId, PartyId},
};
use lanthan_tests::{
    args,
    dossier::{DAY, OpenDossier},
    folder,
    pdf::Pdf,
    project,
    still::{self, FIELDS},
    tools,
    vault::TestVault,
};
use serde_json::{Value, json};
use turbojpeg::{Image, PixelFormat};

/// What the coding as a JPEG may change of a colour, of 255.
const TOLERANCE: u8 = 14;

fn with(bytes: Vec<u8>) -> TestVault {
    TestVault::with(&OpenDossier::small().photo(bytes))
}

fn on(vault: &TestVault, words: &[&str]) -> lanthan_tests::cli::Ran {
    let words = words.iter().chain(&["--dossier", "test", "--json"]);
    vault.run(words.map(std::ffi::OsString::from).collect())
}

fn crop(vault: &TestVault, how: &[&str]) -> Value {
    on(vault, &[&["exhibit", "crop", "photo"], how].concat()).done().json()
}

/// The manifest and the pictures of what would leave now.
fn released(vault: &TestVault, name: &str) -> (Value, Vec<Image<Vec<u8>>>) {
    let out = vault.beside(name);
    let _ = vault.release("supplier", &out).done();
    let manifest = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let pdf = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let pdf = pdf.into_iter().find(|path| path.extension().is_some_and(|e| e == "pdf")).unwrap();
    let place = project::place();
    tools::praised("pdfimages", args!["-all", pdf, place.path().join("p")]);
    let mut names: Vec<_> =
        fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let read = |path| turbojpeg::decompress(&fs::read(path).unwrap(), PixelFormat::RGB).unwrap();
    (manifest, names.into_iter().map(read).collect())
}

fn pixel(image: &Image<Vec<u8>>, x: usize, y: usize) -> [u8; 3] {
    let at = y * image.pitch + x * 3;
    [0, 1, 2].map(|part| image.pixels[at + part])
}

fn near(found: [u8; 3], wanted: [u8; 3]) -> bool {
    found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= TOLERANCE)
}

#[test]
fn what_lies_around_a_crop_is_in_no_pixel_of_what_leaves() {
    let files = [
        ("a JPEG that lies on its side", still::lying_jpeg(), 1),
        ("a PNG", still::png(), 1),
        ("a TIFF of two pages", still::tiff(2), 2),
    ];
    for (what, bytes, pages) in files {
        let vault = with(bytes);
        let told = crop(&vault, &["--area", "0,0,4000,4000"]);
        assert_eq!(told["crop"], json!({"x": 0, "y": 0, "w": 4000, "h": 4000}));
        let (_, pictures) = released(&vault, "out");
        assert_eq!(pictures.len(), pages, "{what}");
        for (page, picture) in pictures.iter().enumerate() {
            let (width, height) = (picture.width, picture.height);
            assert!(
                (40..=64).contains(&width) && (30..=48).contains(&height),
                "{what}: {width} x {height}"
            );
            for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
                let found = pixel(picture, x, y);
                assert!(near(found, FIELDS[page]), "{what}, page {page}: {found:?} at {x}, {y}");
            }
        }
    }
}

#[test]
fn masks_keep_their_places_on_the_whole_picture_and_only_those_that_are_seen_are_counted() {
    let vault = with(still::png());
    for area in ["1000,1000,1000,1000", "8000,8000,1000,1000"] {
        let what = ["exhibit", "mask", "photo", "--area", area, "--reason", "price"];
        let _ = on(&vault, &what).done();
    }
    let _ = crop(&vault, &["--area", "0,0,4000,4000"]);
    let (manifest, pictures) = released(&vault, "out");
    assert_eq!(
        manifest["withheld"],
        json!([{"exhibit": 1, "page": 1, "reason": "price", "masks": 1}])
    );
    assert_eq!((pictures[0].width, pictures[0].height), (64, 48));
    assert!(near(pixel(&pictures[0], 24, 18), [0, 0, 0]), "a quarter of the way in");
    assert!(near(pixel(&pictures[0], 50, 38), FIELDS[0]));
    let open = vault.beside("open");
    let _ = vault.run(args!["dossier", "export", "--dossier", "test", "--out", open]).done();
    let said: Value =
        serde_json::from_slice(&fs::read(open.join("dossier.json")).unwrap()).unwrap();
    let masks = &said["dossier"]["exhibits"][0]["masks"];
    assert_eq!(masks[1]["area"], json!({"x": 8000, "y": 8000, "w": 1000, "h": 1000}));
    assert_eq!(
        folder::sha256(&fs::read(open.join("photo.jpg")).unwrap()),
        folder::sha256(&still::png())
    );
}

#[test]
fn more_to_be_seen_takes_the_clearance_back_and_less_does_not() {
    let vault = with(still::png());
    assert_eq!(crop(&vault, &["--area", "0,0,4000,4000"])["withdrawn"], json!([]));
    assert_eq!(crop(&vault, &["--area", "0,0,3000,4000"])["withdrawn"], json!([]));
    assert_eq!(crop(&vault, &["--area", "0,0,3001,4000"])["withdrawn"], json!(["supplier"]));
    let (dossier, exhibit) = (DossierId::new("test").unwrap(), ExhibitId::new("photo").unwrap());
    let mut workspace = vault.open();
    let mut save = |cleared: &[&str], masks, crop| {
        let (known, _) = workspace.dossier(&dossier).unwrap();
        let known = known.exhibit(&exhibit).unwrap().clone();
        let change = Change {
            title: known.title,
            caption: known.caption,
            kind: known.kind,
            level: known.level,
            masks,
            crop,
            pages: known.pages,
            marked_may_be_seen: known.marked_may_be_seen,
            answers: known.answers,
            cleared_for: cleared.iter().map(|party| PartyId::new(party).unwrap()).collect(),
        };
        let kept = workspace.save_exhibit(&dossier, &exhibit, change, DAY).unwrap();
        kept.into_iter().map(|party| party.to_string()).collect::<Vec<_>>()
    };
    let mask = |x, w| lanthan_core::exhibit::Mask {
        page: 1,
        area: Area { x, y: 0, w, h: 2000 },
        reason: lanthan_core::exhibit::MaskReason::Price,
    };
    let part = Some(Area { x: 0, y: 0, w: 3001, h: 4000 });
    assert_eq!(
        save(&["supplier"], vec![mask(0, 1000)], part),
        ["supplier"],
        "cleared with this look"
    );
    assert_eq!(save(&["supplier"], vec![mask(0, 1500)], part), ["supplier"]);
    assert_eq!(
        save(&["supplier"], vec![mask(250, 1250)], part),
        [""; 0],
        "moved away from the edge"
    );
    assert_eq!(save(&["supplier"], vec![], None), ["supplier"], "cleared anew");
    assert_eq!(save(&["supplier", "importer"], vec![], part), ["supplier", "importer"]);
    assert_eq!(save(&["supplier", "importer"], vec![], None), [""; 0]);
    workspace.close().unwrap();
}

#[test]
fn the_pages_of_a_pdf_leave_whole_and_what_is_too_small_or_outside_is_told() {
    let paper = Pdf::saying("Order 4711").bytes();
    let vault = TestVault::with(&OpenDossier::small().exhibit("order", "order.pdf", paper));
    let cut = ["exhibit", "crop", "order", "--area", "0,0,4000,4000"];
    on(&vault, &cut).refused(3, "paper-stays-whole", "leave whole");
    let cut = ["exhibit", "crop", "photo", "--area", "9000,0,4000,4000"];
    on(&vault, &cut).refused(3, "bad-mask", "outside");
    let _ = crop(&vault, &["--area", "5000,5000,20,20"]);
    let out = vault.beside("out");
    vault.release("supplier", &out).refused(3, "package-pages", "too small");
    assert!(!out.exists());
    assert_eq!(crop(&vault, &["--off"])["crop"], Value::Null);
}
