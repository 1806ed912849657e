//! Do PDF pages come out as they look, with their words, and with nothing that was hidden in them?

use std::ops::ControlFlow;

use lanthan_core::{
    clean::Word,
    exhibit::{Area, Format},
};
use lanthan_media::{Limits, Recipe, page_image, probe, words};
use lopdf::{Dictionary, Object, Stream, dictionary};

use crate::support::{
    clean, clean_one, details, is_bare, mask,
    paper::{Paper, line},
    photo::{Raw, decoded},
    verdict,
};

fn texts(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

/// The words of the first page, wherever they stand.
fn all_words(pdf: &[u8]) -> Vec<String> {
    let pages = words(pdf, &Limits::default()).unwrap();
    pages[0].iter().map(|word| word.text.clone()).collect()
}

/// Darkest value inside an area of a page.
fn darkest(page: &Raw, area: Area) -> u8 {
    let [l, t, r, b] = area
        .pixels(page.width.try_into().unwrap(), page.height.try_into().unwrap())
        .map(|v| v as usize);
    let values = (t..b).flat_map(|y| (l..r).map(move |x| (x, y)));
    values.flat_map(|(x, y)| page.pixel(x, y)).min().unwrap()
}

#[test]
fn a_page_leaves_as_a_picture_with_its_words() {
    let pdf = Paper::of(&line(72, 700, "Certificate of sample \\(copy\\)")).bytes();
    let found = probe(&pdf, &Limits::default()).unwrap();
    assert_eq!(found.format, Format::Pdf);
    assert_eq!((found.pages[0].width, found.pages[0].height), (595.0, 842.0));
    let page = clean_one(&pdf, &Recipe::default());
    assert_eq!(page.size_pt, Some([595.0, 842.0]));
    assert_eq!((page.width_px, page.height_px), (1413, 2000));
    assert!(is_bare(&page.jpeg));
    assert_eq!(texts(&page.words), ["Certificate", "of", "sample", "(copy)"]);
    let picture = decoded(&page.jpeg);
    for word in &page.words {
        assert!(word.area.is_valid());
        assert!(darkest(&picture, word.area) < 60, "{word:?}");
    }
    // 72 points from the left, and above the baseline 700 points from below.
    let area = page.words[0].area;
    assert!(area.x.abs_diff(1_210) < 15, "{area:?}");
    assert!(area.y < 1_690 && area.y + area.h > 1_690, "{area:?}");
}

#[test]
fn the_resolution_is_bounded_by_both_limits() {
    let pdf = Paper::of("").bytes();
    let page = clean_one(&pdf, &Recipe { dpi: 72, ..Recipe::default() });
    assert_eq!((page.width_px, page.height_px), (595, 842));
    let page = clean_one(&pdf, &Recipe { max_edge_px: 421, ..Recipe::default() });
    assert_eq!(page.height_px, 421);
    let (_, height, _) = page_image(&pdf, 1, 1000, &Limits::default()).unwrap();
    assert_eq!(height, 1000);
}

#[test]
fn a_turned_page_comes_upright_with_its_words_in_place() {
    for (rotate, size) in [(90, [842.0, 595.0]), (180, [595.0, 842.0]), (270, [842.0, 595.0])] {
        let mut paper = Paper::new();
        let page = paper.page(&line(72, 700, "Upright"));
        paper.set(page, "Rotate", rotate);
        let page = clean_one(&paper.bytes(), &Recipe::default());
        assert_eq!(page.size_pt, Some(size));
        assert_eq!(texts(&page.words), ["Upright"]);
        let area = page.words[0].area;
        let picture = decoded(&page.jpeg);
        assert!(darkest(&picture, area) < 60);
        // The word is the only ink: without it the page is white.
        let masks = [mask(1, [area.x, area.y, area.w, area.h])];
        let mut white = decoded(&page.jpeg);
        let [l, t, r, b] = masks[0].area.pixels(page.width_px, page.height_px).map(|v| v as usize);
        for y in t..b {
            white.rgb[3 * (y * white.width + l)..3 * (y * white.width + r)].fill(255);
        }
        assert!(white.rgb.iter().all(|value| *value > 230), "{rotate}");
    }
}

#[test]
fn a_mask_takes_every_word_that_it_touches() {
    let pdf = Paper::of(&(line(72, 700, "keep hide keep") + &line(72, 600, "other"))).bytes();
    let bare = clean_one(&pdf, &Recipe::default());
    assert_eq!(texts(&bare.words), ["keep", "hide", "keep", "other"]);
    let hide = bare.words[1].area;
    // A thin stroke through the middle of the word is enough.
    let masks = [mask(1, [hide.x + hide.w / 2, hide.y + hide.h / 2, 1, 1])];
    let page = clean_one(&pdf, &Recipe { masks: &masks, ..Recipe::default() });
    assert_eq!(texts(&page.words), ["keep", "keep", "other"]);
    // A mask of another page does nothing here.
    let mut paper = Paper::of(&line(72, 700, "first"));
    paper.page(&line(72, 700, "second"));
    let masks = [mask(2, [0, 0, 10_000, 10_000])];
    let recipe = Recipe { masks: &masks, ..Recipe::default() };
    let pages = clean(&paper.bytes(), &recipe).unwrap();
    assert_eq!(texts(&pages[0].1.words), ["first"]);
    assert_eq!(texts(&pages[1].1.words), [""; 0]);
    assert!(decoded(&pages[1].1.jpeg).rgb.iter().all(|value| *value < 3));
}

#[test]
fn what_lies_under_a_mask_never_reaches_the_page() {
    let page = |text: &str| Paper::of(&(line(72, 700, text) + &line(72, 400, "seen"))).bytes();
    let masks = [mask(1, [1_000, 1_200, 8_000, 700])];
    let recipe = Recipe { masks: &masks, ..Recipe::default() };
    assert_eq!(clean(&page("secret alloy"), &recipe), clean(&page("other words"), &recipe));
}

#[test]
fn the_crop_holds_for_pages_and_words() {
    let pdf = Paper::of(&(line(72, 700, "top") + &line(72, 100, "bottom"))).bytes();
    let crop = Some(Area { x: 0, y: 0, w: 10_000, h: 5_000 });
    let page = clean_one(&pdf, &Recipe { crop, ..Recipe::default() });
    assert_eq!(page.size_pt, Some([595.0, 421.0]));
    assert_eq!(texts(&page.words), ["top"]);
    assert!(darkest(&decoded(&page.jpeg), page.words[0].area) < 60);
}

#[test]
fn pages_come_in_the_order_asked_for() {
    let mut paper = Paper::new();
    for text in ["one", "two", "three"] {
        paper.page(&line(72, 700, text));
    }
    let pdf = paper.bytes();
    let pages = clean(&pdf, &Recipe { pages: &[3, 1], ..Recipe::default() }).unwrap();
    let found: Vec<(u32, &str)> =
        pages.iter().map(|(number, page)| (*number, page.words[0].text.as_str())).collect();
    assert_eq!(found, [(3, "three"), (1, "one")]);
    for page in [0, 4] {
        let recipe = Recipe { pages: &[page], ..Recipe::default() };
        assert_eq!(verdict(clean(&pdf, &recipe)), "no-such-page");
        assert_eq!(verdict(page_image(&pdf, page, 100, &Limits::default())), "no-such-page");
    }
    let mut taken = 0;
    let end = lanthan_media::clean(&pdf, &Recipe::default(), &Limits::default(), &mut |_, _| {
        taken += 1;
        ControlFlow::Break(())
    });
    assert_eq!((verdict(end), taken), ("cancelled", 1));
}

#[test]
fn chinese_text_is_read_by_its_meaning() {
    let pdf = Paper::of("BT /F2 24 Tf 72 700 Td <0001000200030004> Tj ET").bytes();
    assert_eq!(all_words(&pdf), ["示", "例", "客", "户"]);
}

#[test]
fn chinese_text_without_its_font_is_drawn_in_ours() {
    let font = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts/NotoSansSC_400Regular.ttf");
    let font: &'static [u8] = std::fs::read(font).unwrap().leak();
    let limits = Limits { fallback_font: Some(font), ..Limits::default() };
    // 出口 in a font known by its name alone, as older Chinese programs write it.
    let mut paper = Paper::of("BT /F3 48 Tf 72 700 Td <51fa53e3> Tj ET");
    let child = paper.document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light", "DW" => 1000,
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("GB1"), "Supplement" => 4,
        },
    });
    let named = paper.document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light",
        "Encoding" => "UniGB-UCS2-H", "DescendantFonts" => vec![child.into()],
    });
    paper.resource("Font", "F3", named);
    for (pdf, expected) in [
        (paper.bytes(), ["出", "口"]),
        (Paper::of("BT /F2 48 Tf 72 700 Td <00010002> Tj ET").bytes(), ["示", "例"]),
    ] {
        lanthan_media::clean(&pdf, &Recipe::default(), &limits, &mut |_, page| {
            assert_eq!(texts(&page.words), expected);
            let picture = decoded(&page.jpeg);
            assert!(page.words.iter().all(|word| darkest(&picture, word.area) < 60));
            ControlFlow::Continue(())
        })
        .unwrap();
    }
}

#[test]
fn invisible_text_is_found_but_leaves_only_with_something_to_be_seen() {
    let hidden = "BT 3 Tr /F1 24 Tf 72 700 Td (Recognised) Tj ET\n";
    let blank = Paper::of(hidden).bytes();
    assert_eq!(all_words(&blank), ["Recognised"]);
    assert_eq!(clean_one(&blank, &Recipe::default()).words, []);
    let traces = probe(&blank, &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "pdf-hidden-text"), ["1"]);
    // As text recognition does it: the words lie invisibly on their own picture.
    let scan = Paper::of(&(line(72, 700, "Recognised") + hidden)).bytes();
    let page = clean_one(&scan, &Recipe::default());
    assert_eq!(texts(&page.words), ["Recognised", "Recognised"]);
}

#[test]
fn text_under_a_drawn_bar_or_in_white_does_not_leave() {
    let content = line(72, 700, "visible")
        + &line(72, 600, "barred")
        + "0 g 60 590 200 40 re f\n1 g\n"
        + &line(72, 500, "whitened")
        + &line(72, -50, "below");
    let pdf = Paper::of(&content).bytes();
    assert_eq!(all_words(&pdf), ["visible", "barred", "whitened", "below"]);
    assert_eq!(texts(&clean_one(&pdf, &Recipe::default()).words), ["visible"]);
}

#[test]
fn words_that_were_hidden_badly_are_told_with_their_page() {
    let barred = line(72, 600, "barred words") + "0 g 60 590 200 40 re f\n";
    let black_on_black = "0 g 60 390 300 40 re f\n".to_owned() + &line(72, 400, "sunken");
    let white = "1 g\n".to_owned() + &line(72, 300, "whitened") + "0 g\n";
    let content = line(72, 700, "visible") + &barred + &black_on_black + &white;
    let mut paper = Paper::of(&line(72, 700, "first"));
    paper.page(&content);
    let traces = probe(&paper.bytes(), &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "pdf-covered-text"), ["p. 2: barred words"]);
    assert_eq!(details(&traces, "pdf-ground-text"), ["p. 2: sunken whitened"]);
}

#[test]
fn words_that_can_be_seen_are_no_bad_redaction() {
    // On a coloured field, under a line, beside a bar, with a see-through marker, under a bar that is
    // cut away, white on a round field of which only the bounds are known.
    let marker = "q /Soft gs 1 1 0 rg 60 490 300 40 re f Q\n";
    let cut = "q 0 0 10 10 re W n 0 g 60 390 300 40 re f Q\n";
    let round = "0 0 1 rg 60 300 m 360 300 l 380 320 l 360 340 l 60 340 l f 1 g\n";
    let content = "0.2 0.4 0.8 rg 60 690 300 40 re f 1 g\n".to_owned()
        + &line(72, 700, "white on blue")
        + "0 g\n"
        + &line(72, 600, "underlined")
        + "60 592 200 2 re f 300 590 200 40 re f\n"
        + &line(72, 500, "marked")
        + marker
        + &line(72, 400, "kept")
        + cut
        + round
        + &line(72, 310, "on a shape");
    let mut paper = Paper::of(&content);
    paper.resource("ExtGState", "Soft", dictionary! { "ca" => Object::Real(0.4) });
    let traces = probe(&paper.bytes(), &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "pdf-covered-text").len(), 0, "{traces:?}");
    assert_eq!(details(&traces, "pdf-ground-text").len(), 0, "{traces:?}");
}

#[test]
fn marks_for_redaction_that_nobody_carried_out_are_told() {
    let mut paper = Paper::new();
    let page = paper.page(&line(72, 700, "still there"));
    let mark = dictionary! {
        "Type" => "Annot", "Subtype" => "Redact",
        "Rect" => vec![60.into(), 680.into(), 360.into(), 740.into()],
    };
    paper.set(page, "Annots", vec![Object::Dictionary(mark)]);
    let traces = probe(&paper.bytes(), &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "pdf-redact-mark"), ["1"]);
    assert_eq!(details(&traces, "pdf-annotation").len(), 0);
}

/// A black square as an annotation, where `line(72, 700, …)` stands.
pub(crate) fn square(paper: &mut Paper) -> Dictionary {
    let look = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 300.into(), 60.into()],
        },
        b"0 g 0 0 300 60 re f".to_vec(),
    );
    let look = paper.document.add_object(look);
    dictionary! {
        "Type" => "Annot", "Subtype" => "Square",
        "Rect" => vec![60.into(), 680.into(), 360.into(), 740.into()],
        "AP" => dictionary! { "N" => look }, "Contents" => Object::string_literal("see the plan"),
    }
}

#[test]
fn an_annotation_that_covers_something_still_covers_it() {
    let mut paper = Paper::new();
    let page = paper.page(&line(72, 700, "covered"));
    let square = square(&mut paper);
    paper.set(page, "Annots", vec![Object::Dictionary(square)]);
    let page = clean_one(&paper.bytes(), &Recipe::default());
    assert_eq!(page.words, []);
    let area = Area { x: 1_100, y: 1_300, w: 4_500, h: 500 };
    let picture = decoded(&page.jpeg);
    let [l, t, r, b] = area.pixels(page.width_px, page.height_px).map(|v| v as usize);
    assert!((t..b).all(|y| (l..r).all(|x| picture.pixel(x, y).iter().all(|v| *v < 12))));
}

#[test]
fn what_a_pdf_gives_away_is_told() {
    let mut paper = Paper::new();
    let page = paper.page(&line(72, 700, "text"));
    let (catalog, square) = (paper.catalog, square(&mut paper));
    let field = paper.document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx",
        "T" => Object::string_literal("price"),
        "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
    });
    paper.set(page, "Annots", vec![Object::Dictionary(square), field.into()]);
    paper.set(catalog, "AcroForm", dictionary! { "Fields" => vec![field.into()] });
    paper.set(
        catalog,
        "OpenAction",
        dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") },
    );
    paper.set(
        page,
        "AA",
        dictionary! { "O" => dictionary! { "S" => "Launch", "F" => Object::string_literal("a.exe") } },
    );
    let file = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"price list".to_vec());
    let file = paper.document.add_object(file);
    paper.document.add_object(dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("prices.xlsx"),
        "EF" => dictionary! { "F" => file },
    });
    let layer = paper.document.add_object(dictionary! {
        "Type" => "OCG", "Name" => Object::string_literal("Internal"),
    });
    paper.set(
        catalog,
        "OCProperties",
        dictionary! {
            "OCGs" => vec![layer.into()], "D" => dictionary! { "OFF" => vec![layer.into()] },
        },
    );
    let metadata = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        b"<x:xmpmeta/>".to_vec(),
    );
    let metadata = paper.document.add_object(metadata);
    paper.set(catalog, "Metadata", metadata);
    let info = paper.document.add_object(dictionary! {
        "Author" => Object::string_literal("A. Sample"),
        "Producer" => Object::string_literal("Sample Writer 3"),
    });
    paper.document.trailer.set("Info", info);
    let traces = probe(&paper.bytes(), &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "pdf-annotation"), ["Square × 1"]);
    assert_eq!(details(&traces, "pdf-form"), ["AcroForm × 1", "Widget × 1"]);
    assert_eq!(details(&traces, "pdf-javascript"), ["1"]);
    assert_eq!(details(&traces, "pdf-action"), ["Launch × 1"]);
    assert_eq!(details(&traces, "pdf-attachment"), ["1", "prices.xlsx"]);
    assert_eq!(details(&traces, "pdf-layer"), ["1", "Internal"]);
    assert_eq!(details(&traces, "xmp"), ["12 B"]);
    assert_eq!(details(&traces, "pdf-info"), ["Author: A. Sample", "Producer: Sample Writer 3"]);
}

#[test]
fn a_photograph_inside_a_pdf_tells_where_it_was_taken() {
    use crate::support::photo::ExifBlock;
    let block = ExifBlock { orientation: 1, with_place: true, with_thumbnail: false };
    let jpeg = block.inside(&Raw::corners(64, 48).jpeg(turbojpeg::Subsamp::None, false));
    let mut paper = Paper::of("q 400 0 0 300 100 400 cm /I1 Do Q");
    let image = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 64, "Height" => 48,
            "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
        },
        jpeg,
    );
    let image = paper.document.add_object(image);
    paper.resource("XObject", "I1", image);
    let pdf = paper.bytes();
    let traces = probe(&pdf, &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "gps"), ["48.85833, -2.29444 ± 6 m, 35 m"]);
    let page = clean_one(&pdf, &Recipe { dpi: 72, ..Recipe::default() });
    let [red, green, blue] = decoded(&page.jpeg).pixel(110, 842 - 690);
    assert!(red > 180 && green < 70 && blue < 70, "{red} {green} {blue}");
    assert!(is_bare(&page.jpeg));
}

#[test]
fn earlier_revisions_are_counted() {
    let first = Paper::of(&line(72, 700, "draft")).bytes();
    let previous = lopdf::Document::load_mem(&first).unwrap();
    let mut update = lopdf::IncrementalDocument::create_from(first, previous);
    update.new_document.add_object(dictionary! { "Note" => 1 });
    let mut pdf = Vec::new();
    update.save_to(&mut pdf).unwrap();
    let traces = probe(&pdf, &Limits::default()).unwrap().traces;
    assert_eq!(details(&traces, "pdf-revision"), ["1"]);
    pdf.truncate(pdf.len() - 20);
    assert_eq!(verdict(probe(&pdf, &Limits::default())), "damaged");
}

#[test]
fn a_layer_that_is_switched_off_is_not_drawn() {
    let mut paper = Paper::of(&format!(
        "{}/OC /L1 BDC {} EMC",
        line(72, 700, "public"),
        line(72, 600, "internal")
    ));
    let catalog = paper.catalog;
    let layer = paper
        .document
        .add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("L") });
    paper.resource("Properties", "L1", layer);
    paper.set(
        catalog,
        "OCProperties",
        dictionary! {
            "OCGs" => vec![layer.into()], "D" => dictionary! { "OFF" => vec![layer.into()] },
        },
    );
    let page = clean_one(&paper.bytes(), &Recipe::default());
    assert_eq!(texts(&page.words), ["public"]);
    assert!(darkest(&decoded(&page.jpeg), Area { x: 1_000, y: 2_500, w: 4_000, h: 500 }) > 240);
}
