//! Do pictures of every kind come in by what they are, and leave with their own colours?

use std::fs;

use lanthan_core::id::DossierId;
use lanthan_tests::{
    args, cli,
    dossier::OpenDossier,
    hostile, project,
    still::{self, FIELDS},
    tools,
    vault::TestVault,
};
use serde_json::json;
use turbojpeg::{Image, PixelFormat};

/// What the coding as a JPEG may change of a colour in the middle of a field, of 255.
const TOLERANCE: u8 = 6;

/// The colours in the middle of the four fields of a picture.
fn fields(picture: &Image<Vec<u8>>) -> [[u8; 3]; 4] {
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| {
        let at = picture.height * y / 4 * picture.pitch + picture.width * x / 4 * 3;
        [0, 1, 2].map(|part| picture.pixels[at + part])
    })
}

fn assert_fields(picture: &Image<Vec<u8>>, moved: usize, what: &str) {
    for (at, found) in fields(picture).into_iter().enumerate() {
        let wanted = FIELDS[(at + moved) % 4];
        let near = found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= TOLERANCE);
        assert!(near, "{what}, field {at}: {found:?} instead of {wanted:?}");
    }
}

#[test]
fn every_kind_of_picture_leaves_with_its_colours_and_each_page_of_a_tiff_on_its_own() {
    let dossier = OpenDossier::small()
        .exhibit("bitmap", "bitmap.jpg", still::bmp())
        .exhibit("fax", "fax.bin", still::tiff(2))
        .exhibit("drawing", "drawing.png", still::gif());
    let vault = TestVault::with(&dossier);
    let listed = vault.run(args!["exhibit", "list", "--dossier", "test", "--json"]).done().json();
    let all = listed.as_array().unwrap();
    let told: Vec<_> =
        all.iter().map(|one| (one["format"].clone(), one["pages"].clone())).collect();
    let wanted = [("jpeg", 1), ("bmp", 1), ("tiff", 2), ("gif", 1)];
    assert_eq!(told, wanted.map(|(word, pages)| (word.into(), pages.into())));
    let out = vault.beside("out");
    let _ = vault.release("supplier", &out).done();
    let place = project::place();
    let pdf = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let pdf = pdf.into_iter().find(|path| path.extension().is_some_and(|e| e == "pdf")).unwrap();
    tools::praised("pdfimages", args!["-all", pdf, place.path().join("p")]);
    let mut names: Vec<_> =
        fs::read_dir(place.path()).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    let pictures: Vec<_> = names
        .iter()
        .map(|path| turbojpeg::decompress(&fs::read(path).unwrap(), PixelFormat::RGB).unwrap())
        .filter(|picture| (picture.width, picture.height) == still::SIZE)
        .collect();
    assert_eq!(pictures.len(), 4, "a bitmap, two pages of a TIFF, a GIF");
    for (picture, (moved, what)) in
        pictures.iter().zip([(0, "bitmap"), (0, "page 1"), (1, "page 2"), (0, "GIF")])
    {
        assert_fields(picture, moved, what);
    }
}

#[test]
fn a_tiff_of_several_pages_is_a_document_and_one_of_one_page_a_photo() {
    let vault = TestVault::with(&OpenDossier::small());
    let (one, two) = (vault.beside("one.tif"), vault.beside("two.tif"));
    fs::write(&one, still::tiff(1)).unwrap();
    fs::write(&two, still::tiff(2)).unwrap();
    let _ = vault.run(args!["exhibit", "add", "--dossier", "test", one, two]).done();
    let out = vault.beside("open");
    let _ = vault.run(args!["dossier", "export", "--dossier", "test", "--out", out]).done();
    let open: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("dossier.json")).unwrap()).unwrap();
    let kind = |at: usize| open["dossier"]["exhibits"][at]["kind"].clone();
    assert_eq!((kind(1), kind(2)), ("photo".into(), "document".into()));
}

#[test]
fn a_telephones_own_format_is_refused_with_the_way_to_export_it() {
    let vault = TestVault::with(&OpenDossier::small());
    let file = vault.beside("IMG_0001.jpg");
    fs::write(&file, still::heic()).unwrap();
    let revision = || vault.open().dossier(&DossierId::new("test").unwrap()).unwrap().1;
    let before = revision();
    let ran = vault.run(args!["exhibit", "add", "--dossier", "test", "--json", file]);
    assert_eq!(ran.exit, 3, "{}", ran.err);
    let told = ran.json();
    assert_eq!(told["refused"][0]["code"], "needs-export");
    assert!(told["refused"][0]["message"].as_str().unwrap().contains("export it as JPEG"));
    assert_eq!(revision(), before);
}

#[test]
fn clean_copies_of_every_kind_are_made_and_what_is_refused_keeps_nobody_from_it() {
    let place = project::place();
    let files =
        [("a", still::bmp()), ("b", still::tiff(2)), ("c", still::heic()), ("d", still::gif())];
    for (name, bytes) in &files {
        fs::write(place.path().join(name), bytes).unwrap();
    }
    let out = place.path().join("out");
    let paths = files.map(|(name, _)| place.path().join(name));
    let [a, b, c, d] = &paths;
    let ran = cli::run(args!["clean", a, b, c, d, "--out", out, "--json"]);
    assert_eq!(ran.exit, 3, "{}", ran.err);
    let told = ran.json();
    let names: Vec<_> = told["copies"].as_array().unwrap().iter().map(|c| &c["name"]).collect();
    assert_eq!(names, ["clean-1.jpg", "clean-2.pdf", "clean-4.jpg"]);
    assert_eq!(told["copies"][1]["removed"][0]["kind"], "software");
    assert_eq!(told["refused"][0]["code"], "needs-export");
    let said = tools::praised("exiftool", args!["-s", "-G", out.join("clean-1.jpg")]);
    assert!(!said.contains("EXIF") && !said.contains("XMP") && !said.contains("ICC"), "{said}");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 3);
}

#[test]
fn pictures_that_show_the_same_are_named_whatever_their_size() {
    let dossier = OpenDossier::small()
        .exhibit("larger", "larger.jpg", hostile::jpeg(1280, 960))
        .exhibit("other", "other.bmp", still::bmp());
    let vault = TestVault::with(&dossier);
    let listed = vault.run(args!["exhibit", "list", "--dossier", "test", "--json"]).done().json();
    let alike = |at: usize| listed[at]["lookAlikes"].clone();
    assert_eq!((alike(0), alike(1)), (json!(["larger"]), json!(["photo"])));
    assert_eq!(alike(2), json!([]));
}
