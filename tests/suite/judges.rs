//! What do programs of other people say of the sample package?
//!
//! qpdf, poppler, mupdf and exiftool look at the finished files. Deliberately absent: veraPDF, which
//! no package of the system brings.

use std::{collections::BTreeSet, ffi::OsString, fs};

use lanthan_tests::{args, folder::contents, pdf, project, sample, tools};
use serde_json::Value;

fn ask_pdf(program: &str, options: &[&str]) -> String {
    let options = options.iter().map(OsString::from);
    tools::praised(program, options.chain([sample::pdf().into()]))
}

/// The words of the whole package without any space, as line breaks fall anywhere in Chinese.
fn text() -> String {
    let text = tools::praised("pdftotext", args!["-layout", sample::pdf(), "-"]);
    text.split_whitespace().collect()
}

fn squeezed(value: &Value) -> String {
    value.as_str().unwrap().split_whitespace().collect()
}

fn is_paper(exhibit: &lanthan_core::exhibit::Exhibit) -> bool {
    exhibit.kind == lanthan_core::exhibit::ExhibitKind::Document
}

#[test]
fn qpdf_finds_no_fault() {
    let said = ask_pdf("qpdf", &["--check"]);
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    assert!(said.contains("File is not encrypted"), "{said}");
    assert!(!said.to_lowercase().contains("warning"), "{said}");
}

#[test]
fn mutool_opens_it_without_a_word() {
    let said = tools::ask("mutool", args!["info", sample::pdf()]);
    assert!(said.ok, "{}", said.all);
    let complaint = said.all.lines().find(|l| l.starts_with("warning") || l.starts_with("error"));
    assert_eq!(complaint, None);
    let pages = format!("Pages: {}", sample::made().answer["pages"]);
    assert!(said.all.contains(&pages), "{pages} is not in:\n{}", said.all);
}

#[test]
fn every_font_is_embedded_and_subset_and_none_is_drawn() {
    let said = ask_pdf("pdffonts", &[]);
    let fonts: Vec<&str> = said.lines().skip(2).collect();
    assert!(fonts.len() >= 2, "Latin and Chinese need a font each:\n{said}");
    for font in fonts {
        let words: Vec<&str> = font.split_whitespace().collect();
        // From the right: object number and generation, then unicode, subset, embedded.
        let [emb, sub, uni] = [5, 4, 3].map(|back| words[words.len() - back]);
        assert_eq!([emb, sub, uni], ["yes", "yes", "yes"], "{font}");
        assert!(!font.contains("Type 3"), "{font}");
    }
}

#[test]
fn both_languages_and_every_exhibit_can_be_read() {
    let (text, manifest) = (text(), sample::manifest());
    for part in ["title", "sender", "recipient", "purpose"] {
        for language in ["en", "zh"] {
            let words = squeezed(&manifest[part][language]);
            assert!(text.contains(&words), "{part} in {language} is not readable: {words}");
        }
    }
    for statement in manifest["statements"].as_array().unwrap() {
        assert!(text.contains(&squeezed(&statement["title"]["zh"])), "{statement:#}");
    }
    for exhibit in manifest["exhibits"].as_array().unwrap() {
        for language in ["en", "zh"] {
            let title = squeezed(&exhibit["title"][language]);
            assert!(text.contains(&title), "{title} is not readable");
        }
        let number = exhibit["number"].as_u64().unwrap();
        let marked = [format!("Exhibit{number}"), format!("附件{number}")];
        assert!(marked.iter().any(|mark| text.contains(mark)), "exhibit {number} has no mark");
    }
}

#[test]
fn the_words_of_the_foreign_papers_can_still_be_found() {
    // The sample's order is masked in places; its number is not.
    let order = sample::dossier().order.number;
    assert!(!order.is_empty());
    let papers = sample::dossier().exhibits.into_iter().filter(is_paper);
    assert!(papers.count() >= 1);
    assert!(text().contains(&order), "{order} is not readable");
}

#[test]
fn its_properties_are_ours_and_nobody_elses() {
    let said = tools::praised("exiftool", args!["-a", "-G1", "-s", sample::pdf()]);
    // The last two belong to PDF/A and to the number of pages.
    let allowed: BTreeSet<&str> = [
        "ExifTool",
        "System",
        "File",
        "PDF",
        "XMP-x",
        "XMP-dc",
        "XMP-xmp",
        "XMP-xmpMM",
        "XMP-pdf",
        "XMP-pdfaid",
        "XMP-pdfaExtension",
        "XMP-xmpTPg",
    ]
    .into();
    for line in said.lines() {
        let group = line.split(']').next().unwrap().trim_start_matches('[').trim();
        assert!(allowed.contains(group), "{line}");
        let foreign = ["GPS", "Make ", "Model ", "Serial", "Artist", "Owner", "Lens"];
        assert!(!foreign.iter().any(|word| line.contains(word)), "{line}");
    }
    // When it was made and changed is the day of the release, not what the clock said.
    for line in said.lines().filter(|line| line.contains("Date ") && !line.starts_with("[System")) {
        assert!(line.contains("2026:11:20"), "{line}");
    }
    for mark in ["Producer", "CreatorTool", "SoftwareAgent"] {
        // The schema of PDF/A names properties; it does not give them.
        let given = said.lines().filter(|line| !line.starts_with("[XMP-pdfaExtension]"));
        for line in given.filter(|line| line.contains(mark)) {
            assert!(line.contains("Lanthan"), "{line}");
        }
    }
}

#[test]
fn its_pictures_carry_no_metadata() {
    let place = project::place();
    let prefix = place.path().join("picture");
    tools::praised("pdfimages", args!["-all", sample::pdf(), prefix]);
    let pictures = contents(place.path());
    assert!(pictures.len() >= 6, "{:?}", pictures.keys());
    for name in pictures.keys() {
        let at = place.path().join(name);
        let said = tools::praised("exiftool", args!["-a", "-G1", "-s", at]);
        for line in said.lines() {
            let group = line.split(']').next().unwrap().trim_start_matches('[').trim();
            let plain = ["ExifTool", "System", "File", "JFIF", "Composite", "PNG"];
            assert!(plain.contains(&group), "{name}: {line}");
        }
    }
}

#[test]
fn what_the_cameras_and_programs_wrote_is_gone() {
    let wanted = [
        "-GPSLatitude",
        "-GPSLongitude",
        "-Make",
        "-Model",
        "-SerialNumber",
        "-Artist",
        "-OwnerName",
        "-CameraOwnerName",
        "-BodySerialNumber",
        "-Software",
        "-Author",
        "-Producer",
        "-Creator",
        "-UserComment",
        "-Comment",
        "-Copyright",
    ];
    let options = ["-n", "-j", "-a"].iter().chain(&wanted).map(OsString::from);
    let said = tools::praised("exiftool", options.chain([sample::folder().into()]));
    let found: Value = serde_json::from_str(&said).unwrap();
    let inside = pdf::unpacked(&fs::read(sample::pdf()).unwrap());
    let mut places = 0;
    let mut traces = 0;
    for file in found.as_array().unwrap() {
        for (tag, value) in file.as_object().unwrap() {
            if tag == "SourceFile" {
                continue;
            }
            let mut word = match value {
                Value::String(word) => word.clone(),
                other => other.to_string(),
            };
            if tag.starts_with("GPS") {
                places += 1;
                // Six digits of a place are a street; fewer could be any number on a page.
                word.truncate(8);
            }
            if word.len() < 5 {
                continue;
            }
            traces += 1;
            let shows = inside.windows(word.len()).any(|piece| piece == word.as_bytes());
            assert!(!shows, "{tag} of {}: {word}", file["SourceFile"]);
        }
    }
    assert!(places >= 2, "a photograph of the sample tells where it was taken");
    assert!(traces >= 4, "the sample's files have something to tell");
}
