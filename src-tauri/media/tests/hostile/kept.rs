//! Is what is kept inside recognised by its content, judged without being read whole, and never cleaned?

use std::io::Cursor;

use lanthan_core::exhibit::{Format, KeptInside};
use lanthan_media::{Limits, Probe, Recipe, Refusal, kept, page_image, probe, thumbnail, words};
use proptest::prelude::*;
use zip::CompressionMethod;

use crate::support::{
    clean, details,
    film::{Film, boxed, named, text},
    office::Parts,
    photo::{ExifBlock, Raw},
    verdict,
};

fn look(bytes: &[u8]) -> Result<Probe, Refusal> {
    kept::probe(&mut Cursor::new(bytes), &Limits::default())
}

fn recognised(bytes: &[u8]) -> Result<Format, Refusal> {
    kept::recognise(&mut Cursor::new(bytes), &Limits::default())
}

#[test]
fn a_video_tells_when_where_and_with_what_it_was_made() {
    let place = text(*b"\xa9xyz", "+45.5477+011.5467+039.000/");
    let user =
        boxed(*b"udta", &[place, text(*b"\xa9mak", "Sample"), text(*b"\xa9mod", "T 1")].concat());
    for index_first in [false, true] {
        let film = Film { extra: vec![user.clone()], index_first, ..Film::default() };
        let found = look(&film.bytes()).unwrap();
        assert_eq!(found.format, Format::Mp4);
        assert!(found.pages.is_empty());
        assert_eq!(details(&found.traces, "gps"), ["45.54770, 11.54670, 39 m"]);
        assert_eq!(details(&found.traces, "camera"), ["Sample", "T 1"]);
        assert_eq!(details(&found.traces, "taken"), ["2026-11-02 12:00 UTC"]);
        assert_eq!(details(&found.traces, "video-length"), ["1 min 15 s"]);
        assert_eq!(details(&found.traces, "video-size"), ["1920 × 1080"]);
        assert_eq!(details(&found.traces, "video-sound"), ["1"]);
    }
}

#[test]
fn a_telephone_names_its_values_and_they_are_found_in_both_kinds_of_file() {
    let values = [
        ("com.apple.quicktime.location.ISO6709", "+45.5477+011.5467+039.000/"),
        ("com.apple.quicktime.location.accuracy.horizontal", "6.1"),
        ("com.apple.quicktime.make", "Sample"),
        ("com.apple.quicktime.creationdate", "2026-11-02T13:00:00+0100"),
        ("com.example.note", "line 3"),
    ];
    for (brand, in_mp4, format) in [(b"qt  ", false, Format::Mov), (b"mp42", true, Format::Mp4)] {
        let extra = vec![named(&values, in_mp4)];
        let film =
            Film { brand: *brand, extra, handlers: vec![*b"vide", *b"meta"], ..Film::default() };
        let found = look(&film.bytes()).unwrap();
        assert_eq!(found.format, format);
        assert_eq!(details(&found.traces, "gps"), ["45.54770, 11.54670, 39 m", "± 6.1 m"]);
        assert_eq!(details(&found.traces, "camera"), ["Sample"]);
        assert!(details(&found.traces, "taken").contains(&"2026-11-02T13:00:00+0100"));
        assert_eq!(details(&found.traces, "app-data"), ["com.example.note: line 3"]);
        assert_eq!(details(&found.traces, "video-track"), ["meta Maker"]);
    }
}

#[test]
fn no_beginning_of_a_video_passes_for_the_whole() {
    for index_first in [false, true] {
        let whole = Film { index_first, data: vec![7; 400], ..Film::default() }.bytes();
        assert_eq!(verdict(look(&whole)), "taken");
        for length in 1..whole.len() {
            let found = verdict(look(&whole[..length]));
            assert!(matches!(found, "damaged" | "unsupported"), "{length}: {found}");
        }
    }
}

#[test]
fn what_is_no_video_is_told_from_one() {
    let sound = Film { handlers: vec![*b"soun"], ..Film::default() }.bytes();
    assert_eq!(recognised(&sound), Err(Refusal::Unsupported("a sound")));
    let without_index = [boxed(*b"ftyp", b"isom\0\0\0\0"), boxed(*b"mdat", &[7; 99])].concat();
    assert_eq!(verdict(recognised(&without_index)), "damaged");
    // Recordings of old begin without a brand.
    let film = Film::default().bytes();
    assert_eq!(recognised(&film[20..]), Ok(Format::Mov));
    assert_eq!(recognised(b""), Err(Refusal::EmptyFile));
}

#[test]
fn an_office_file_is_what_its_list_of_types_says_whatever_lies_in_it() {
    assert_eq!(recognised(&Parts::word("<a/>").bytes()), Ok(Format::Docx));
    assert_eq!(recognised(&Parts::excel("").bytes()), Ok(Format::Xlsx));
    assert_eq!(recognised(&Parts::slides().bytes()), Ok(Format::Pptx));
    let archive = Parts(Vec::new()).with("word/document.xml", "<a/>").bytes();
    assert_eq!(verdict(recognised(&archive)), "unsupported");
    let without_main = Parts(Parts::word("<a/>").0[..1].to_vec()).bytes();
    assert_eq!(verdict(recognised(&without_main)), "damaged");
    let macros = Parts::of("x", "word/document.xml", "<a/>");
    let types = String::from_utf8(macros.0[0].1.clone()).unwrap().replace(
        "vnd.openxmlformats-officedocument.x",
        "vnd.ms-word.document.macroEnabled.main+xml",
    );
    let macros = Parts(macros.0[1..].to_vec()).with("[Content_Types].xml", types).bytes();
    assert_eq!(recognised(&macros), Err(Refusal::Unsupported("an Office file with macros")));
}

#[test]
fn a_text_document_tells_its_authors_comments_changes_and_links() {
    let parts = Parts::word(
        "<w:document xmlns:w='w'><w:ins w:author='B. Sample'/><w:del w:author='A. Sample'/>\
         <w:rPr><w:vanish/></w:rPr></w:document>",
    )
    .with(
        "docProps/core.xml",
        "<c><dc:creator>A. Sample</dc:creator><cp:lastModifiedBy>B. Sample</cp:lastModifiedBy>\
         <dc:title>Line 3 &amp; 4</dc:title><cp:revision>7</cp:revision></c>",
    )
    .with(
        "docProps/app.xml",
        "<P><Company>Sample Audio S.r.l.</Company><Application>W</Application></P>",
    )
    .with(
        "docProps/custom.xml",
        "<P><property name='Order'><vt:lpwstr>77</vt:lpwstr></property></P>",
    )
    .with("word/comments.xml", "<w:comments><w:comment w:author='C. Sample'/></w:comments>")
    .with("word/header1.xml", "<w:hdr><w:p><w:t>internal only</w:t></w:p></w:hdr>")
    .with("word/embeddings/table.xlsx", "x")
    .with(
        "word/_rels/document.xml.rels",
        "<R><Relationship TargetMode='External' Target='//house/prices.xlsx'/></R>",
    );
    let found = look(&parts.bytes()).unwrap();
    let say = |kind| details(&found.traces, kind);
    assert_eq!(found.format, Format::Docx);
    assert_eq!(say("owner"), ["A. Sample"]);
    assert_eq!(say("office-editor"), ["B. Sample"]);
    assert_eq!(say("office-company"), ["Sample Audio S.r.l."]);
    assert_eq!(say("office-change"), ["2 (A. Sample, B. Sample)"]);
    assert_eq!(say("office-comment"), ["1 (C. Sample)"]);
    assert_eq!(say("office-hidden"), ["text × 1"]);
    assert_eq!(say("office-margin"), ["internal only"]);
    assert_eq!(say("office-embedded"), ["table.xlsx"]);
    assert_eq!(say("office-link"), ["//house/prices.xlsx"]);
    assert_eq!(say("office-info"), ["Order: 77", "revision: 7", "title: Line 3 & 4"]);
}

#[test]
fn a_workbook_and_a_presentation_tell_what_they_hide() {
    let photo = ExifBlock { orientation: 1, with_place: true, with_thumbnail: false }
        .inside(&Raw::scene(40, 24).jpeg(turbojpeg::Subsamp::Sub2x2, false));
    let book = Parts::excel("<sheet name='Prices' state='veryHidden'/><sheet name='A'/>")
        .with(
            "xl/worksheets/sheet1.xml",
            "<worksheet><cols><col hidden='1'/></cols><row hidden='1'/><row/>\
             <headerFooter><oddHeader>draft</oddHeader></headerFooter></worksheet>",
        )
        .with(
            "xl/comments1.xml",
            "<comments><authors><author>D. Sample</author></authors>\
             <commentList><comment authorId='0'/><comment authorId='0'/></commentList></comments>",
        )
        .with("xl/media/image1.jpeg", &photo);
    let found = look(&book.bytes()).unwrap();
    let say = |kind| details(&found.traces, kind);
    assert_eq!(say("office-hidden"), ["columns × 1", "rows × 1", "sheet Prices"]);
    assert_eq!(say("office-comment"), ["2 (D. Sample)"]);
    assert_eq!(say("office-margin"), ["draft"]);
    assert_eq!(say("gps").len(), 1, "the camera's place inside the picture");
    let slides = Parts::slides()
        .with("ppt/slides/slide1.xml", "<p:sld show='0'/>")
        .with("ppt/notesSlides/notesSlide1.xml", "<p:notes><a:t>price is 7</a:t></p:notes>")
        .with("ppt/commentAuthors.xml", "<p:l><p:cmAuthor name='E. Sample'/></p:l>");
    let found = look(&slides.bytes()).unwrap();
    assert_eq!(details(&found.traces, "office-hidden"), ["slide × 1"]);
    assert_eq!(details(&found.traces, "office-notes"), ["price is 7"]);
    assert_eq!(details(&found.traces, "office-comment"), ["E. Sample"]);
}

#[test]
fn a_bomb_a_lie_and_a_knot_of_parts_are_refused() {
    let limits = Limits { max_office_bytes: 1 << 20, max_parts: 50, ..Limits::default() };
    let judge = |bytes: &[u8]| verdict(kept::probe(&mut Cursor::new(bytes), &limits));
    let bomb = Parts::word("<a/>").with("word/media/a.bin", vec![0; 2 << 20]);
    assert_eq!(judge(&bomb.bytes()), "too-large");
    let many =
        (0..80).fold(Parts::word("<a/>"), |parts, at| parts.with(&format!("word/{at}"), "x"));
    assert_eq!(judge(&many.bytes()), "damaged");
    let whole = Parts::word("<a>some words</a>").bytes();
    assert_eq!(judge(&whole[..whole.len() - 30]), "damaged", "cut short");
    let mut twice = Parts::word("<a/>").with("word/x1", "one").with("word/x2", "two").bytes();
    for at in 0..twice.len() - 7 {
        if &twice[at..at + 7] == b"word/x2" {
            twice[at + 6] = b'1';
        }
    }
    assert_eq!(judge(&twice), "damaged");
    let mut changed = Parts::word("<a>some words</a>").packed(CompressionMethod::Stored);
    let at = changed.windows(4).position(|four| four == b"some").unwrap();
    changed[at] ^= 1;
    assert_eq!(judge(&changed), "damaged");
}

#[test]
fn a_part_that_cannot_be_read_is_named_and_the_others_are_read() {
    let parts = Parts::word("<a><b></a>").with(
        "word/comments.xml",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'other.xml'>]><w:comment w:author='&b;'/>",
    );
    let found =
        look(&parts.with("docProps/app.xml", "<P><Company>S</Company></P>").bytes()).unwrap();
    let unreadable = details(&found.traces, "office-unreadable");
    assert_eq!(unreadable, ["word/comments.xml", "word/document.xml"]);
    assert_eq!(details(&found.traces, "office-company"), ["S"]);
    assert!(details(&found.traces, "office-comment").is_empty());
}

#[test]
fn nothing_that_may_leave_is_ever_made_of_it() {
    let limits = Limits::default();
    for (bytes, kind) in [
        (Film::default().bytes(), KeptInside::Video),
        (Parts::word("<a/>").bytes(), KeptInside::Office),
    ] {
        let stays = Refusal::StaysInside(kind);
        assert_eq!(probe(&bytes, &limits).unwrap_err(), stays);
        assert_eq!(words(&bytes, &limits).unwrap_err(), stays);
        assert_eq!(thumbnail(&bytes, 64, &limits).unwrap_err(), stays);
        assert_eq!(page_image(&bytes, 1, 64, &limits).unwrap_err(), stays);
        assert_eq!(clean(&bytes, &Recipe::default()).unwrap_err(), stays);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_change_of_a_byte_makes_it_panic(at in 0_usize..4000, bit in 0_u8..8, cut in 0_usize..4000) {
        let values = [("com.apple.quicktime.location.ISO6709", "+45.5477+011.5467+039.000/")];
        let user = boxed(*b"udta", &text(*b"\xa9xyz", "+45.5+011.5/"));
        let film = Film { extra: vec![named(&values, true), user], data: vec![7; 99], ..Film::default() };
        let office = Parts::word("<a><b c='d'>e</b></a>").with("docProps/core.xml", "<c><title>t</title></c>");
        for mut bytes in [film.bytes(), office.bytes()] {
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            let _ = look(&bytes);
            bytes.truncate(cut % bytes.len());
            let _ = look(&bytes);
        }
    }
}
