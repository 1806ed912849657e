//! Is content that means harm printed as it is or refused in words?

use lanthan_core::{content::Block, exhibit::ExhibitKind, text::Bilingual};
use lopdf::Document;

use super::fixture::{Given, add, assembled, content, page, silent, two, with_exhibits};
use crate::{PackageError, assemble, jpeg};

fn refused(content: &lanthan_core::content::Content, given: &Given) -> PackageError {
    assemble(content, &mut given.clone(), &mut silent).unwrap_err()
}

#[test]
fn markup_of_the_typesetter_is_printed_as_it_is() {
    let hostile = [
        "#panic(\"x\")",
        "*bold* _it_",
        "$x^2$",
        "<label> @ref",
        "= heading",
        "- list",
        "\\u{41}",
        "`raw`",
        "// note",
        "/* note */",
        "https://example.com",
        "#import \"a.typ\"",
        "\"}]}",
        "~--'q'",
    ];
    let mut content = content();
    let text = hostile.join("\n");
    content.title = Bilingual::same(hostile.join(" "));
    content.statements[0].title = Bilingual::same(hostile.join(" "));
    content.statements[0].blocks =
        vec![Block::Text { text: Bilingual::same(text) }, Block::Heading { text: two("#", "#") }];
    let pdf = assembled(&content, &Given::default());
    let document = Document::load_mem(&pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let read = squeeze(&document.extract_text(&pages).unwrap());
    for one in hostile {
        assert!(read.contains(&squeeze(one)), "{one} in {read}");
    }
}

#[test]
fn a_missing_glyph_is_named_wherever_it_stands() {
    let (mut content, given) = with_exhibits();
    content.exhibits[1].caption.zh = "磁体🧲".to_owned();
    let said = refused(&content, &given).to_string();
    assert!(said.contains("U+1F9F2") && said.contains("exhibits, 2, caption, zh"), "{said}");
    let (mut content, given) = with_exhibits();
    content.words.insert("page-of".to_owned(), two("العربية", "页"));
    assert!(refused(&content, &given).to_string().contains("words, page-of, en"));
}

#[test]
fn a_word_of_the_layout_that_is_missing_is_named() {
    let mut content = content();
    content.words.remove("withheld-intro");
    let error = refused(&content, &Given::default());
    assert!(matches!(error, PackageError::MissingWords("withheld-intro")), "{error}");
}

#[test]
fn a_page_that_is_not_what_it_says_does_not_get_in() {
    let jpeg = page(40, 30).jpeg;
    let with = |jpeg: Vec<u8>| lanthan_core::clean::CleanPage { jpeg, ..page(40, 30) };
    let exif = [&jpeg[..2], &[0xff, 0xe1, 0, 8], b"Exif\0\0", &jpeg[2..]].concat();
    let progressive = {
        let mut jpeg = jpeg.clone();
        let at = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
        jpeg[at + 1] = 0xc2;
        jpeg
    };
    let commented = jpeg::with_comment(&jpeg, b"lanthan-stub 0").unwrap();
    for bad in [Vec::new(), b"%PDF".to_vec(), page(41, 30).jpeg, exif, progressive, commented] {
        let (mut content, mut given) = with_exhibits();
        add(&mut content, &mut given, ExhibitKind::Photo, vec![with(bad)]);
        let error = refused(&content, &given);
        assert!(error.to_string().contains("exhibit 4"), "{error}");
    }
}

#[test]
fn another_number_of_pages_than_decided_does_not_get_in() {
    let (content, mut given) = with_exhibits();
    given.0.get_mut("e-3").unwrap().pop();
    assert!(refused(&content, &given).to_string().contains("exhibit 3"));
    given.0.remove("e-3");
    let error = refused(&content, &given);
    assert_eq!(error.code(), "package-pages");
    assert!(error.to_string().starts_with("exhibit 3: "), "{error}");
}

#[test]
fn very_long_and_unbroken_texts_and_odd_shapes_are_set() {
    let (mut content, mut given) = with_exhibits();
    let long = two(&"A long answer. ".repeat(540), &"很长的说明。".repeat(1_340));
    content.exhibits[0].caption = long.clone();
    content.exhibits[2].caption = long.clone();
    let row = super::fixture::row("Solid", Bilingual::same("x".repeat(8_000)));
    let lines = vec![vec![long.clone()], vec![Bilingual::same("y".repeat(8_000)), long.clone()]];
    content.statements[0].blocks = vec![
        Block::Rows { rows: vec![row] },
        Block::Table { head: vec![two("One", "一"), two("Two", "二")], lines },
        Block::Table { head: Vec::new(), lines: Vec::new() },
        Block::Notice { text: long.clone() },
        Block::Heading { text: long.clone() },
        Block::Text { text: long.clone() },
        Block::Signature {
            firm: long.clone(),
            rows: vec![super::fixture::row("Name", Bilingual::same("z".repeat(500)))],
        },
    ];
    content.statements[0].title = long.clone();
    content.exhibits[1].title = long.clone();
    content.purpose = long;
    add(&mut content, &mut given, ExhibitKind::Photo, vec![page(1_000, 1), page(1, 1_000)]);
    add(&mut content, &mut given, ExhibitKind::Document, vec![page(1_000, 1), page(1, 1_000)]);
    assert!(!assembled(&content, &given).is_empty());
}

#[test]
fn a_block_that_is_wholly_empty_is_set() {
    let mut content = content();
    content.statements[0].blocks = vec![
        Block::Rows { rows: Vec::new() },
        Block::Signature { firm: Bilingual::default(), rows: Vec::new() },
        Block::Text { text: Bilingual::default() },
    ];
    content.facts.clear();
    content.statements.push(content.statements[0].clone());
    assert!(!assembled(&content, &Given::default()).is_empty());
}
