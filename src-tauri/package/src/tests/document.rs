//! Is everything in the document, and can it be found?

use lanthan_core::text::Bilingual;
use lopdf::{Document, Object};

use super::fixture::{Given, assembled, content, page, two, with_exhibits};
use crate::{
    assemble::picture,
    bind::bind,
    check::{Expected, self_check},
    inspect, rebuild,
    stub::stub,
};

fn text(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    // Only the characters count here: readers place the spaces from the distances.
    document.extract_text(&pages).unwrap().chars().filter(|c| !c.is_whitespace()).collect()
}

fn expected(pdf: &[u8], pictures: Vec<[u8; 32]>) -> Expected {
    Expected { pages: inspect(pdf).unwrap().pages, pictures, archival: true }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let (content, given) = with_exhibits();
    assert!(assembled(&content, &given) == assembled(&content, &given));
}

#[test]
fn another_word_on_a_rebuilt_page_gives_another_identifier() {
    let (content, mut given) = with_exhibits();
    let id = |pdf: &[u8]| Document::load_mem(pdf).unwrap().trailer.get(b"ID").unwrap().clone();
    let first = id(&assembled(&content, &given));
    given.0.get_mut("e-3").unwrap()[0].words[0].text = "Other".to_owned();
    assert_ne!(first, id(&assembled(&content, &given)));
}

#[test]
fn chinese_and_english_can_be_read_out_again() {
    let (content, given) = with_exhibits();
    let text = text(&assembled(&content, &given));
    for wanted in ["许可申请证明材料", "我方确认最终用途", "Weconfirmtheenduse", "仅供本订单使用"]
    {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}

#[test]
fn every_exhibit_stands_there_with_its_number_in_both_languages() {
    let (content, given) = with_exhibits();
    let text = text(&assembled(&content, &given));
    for number in 1..=3 {
        assert!(text.contains(&format!("Exhibit{number}")), "{text}");
        assert!(text.contains(&format!("附件{number}")), "{text}");
    }
}

#[test]
fn pages_are_counted_in_both_languages() {
    let pdf = assembled(&content(), &Given::default());
    let pages = inspect(&pdf).unwrap().pages;
    let text = text(&pdf);
    assert!(text.contains(&format!("Page1of{pages}")), "{text}");
    assert!(text.contains(&format!("第{pages}页，共{pages}页")), "{text}");
}

#[test]
fn words_of_a_rebuilt_page_are_found_in_reading_order_and_not_painted() {
    let (content, given) = with_exhibits();
    let pdf = assembled(&content, &given);
    assert!(text(&pdf).contains("Purchaseorder采购订单𠮷"), "{}", text(&pdf));
    let document = Document::load_mem(&pdf).unwrap();
    let invisible = document
        .page_iter()
        .filter(|page| document.get_page_content(*page).windows(5).any(|at| at == b"3 Tr\n"));
    assert_eq!(invisible.count(), 1);
}

#[test]
fn bookmarks_name_the_parts_and_the_exhibits() {
    let (content, given) = with_exhibits();
    let inspection = inspect(&assembled(&content, &given)).unwrap();
    let outline = inspection.outline.join("\n");
    for wanted in
        ["End-use statement · 最终用途说明", "  Goods · 货物", "  Exhibit 2  Thing 2 · 附件2  物品"]
    {
        assert!(outline.contains(wanted), "{wanted} in {outline}");
    }
}

#[test]
fn every_link_leads_to_a_page_of_the_document() {
    let (content, given) = with_exhibits();
    let document = Document::load_mem(&assembled(&content, &given)).unwrap();
    let pages: Vec<_> = document.page_iter().collect();
    let mut links = 0;
    for page in &pages {
        for link in document.get_page_annotations(*page).unwrap() {
            let aim = link.get_deref(b"Dest", &document).or_else(|_| {
                link.get_deref(b"A", &document)?.as_dict()?.get_deref(b"D", &document)
            });
            let aim = aim.unwrap().as_array().unwrap()[0].as_reference().unwrap();
            assert!(pages.contains(&aim));
            links += 1;
        }
    }
    assert!(links > 10, "{links}");
}

#[test]
fn title_languages_and_alternative_texts_are_in_the_properties() {
    let (content, given) = with_exhibits();
    let pdf = assembled(&content, &given);
    let inspection = inspect(&pdf).unwrap();
    let texts: Vec<&str> = inspection.texts().collect();
    let has = |wanted: &str| texts.iter().any(|text| text.contains(wanted));
    assert!(has("Evidence for a licence · 许可申请证明材料"));
    assert!(has("Exhibit 1 · 附件1: Thing 1 · 物品"));
    assert!(texts.contains(&"zh-CN"), "{texts:?}");
    let document = Document::load_mem(&pdf).unwrap();
    let metadata = document.catalog().unwrap().get_deref(b"Metadata", &document).unwrap();
    let metadata = metadata.as_stream().unwrap().get_plain_content().unwrap();
    assert!(String::from_utf8(metadata).unwrap().contains("pdfaid:part"));
    assert_eq!(document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"en");
    assert!(document.catalog().unwrap().has(b"PageLabels"));
}

#[test]
fn the_prepared_jpeg_is_in_the_document_byte_for_byte() {
    let (content, given) = with_exhibits();
    let document = Document::load_mem(&assembled(&content, &given)).unwrap();
    let jpeg = &given.0["e-2"][0].jpeg;
    let held = document.objects.values().filter_map(|object| object.as_stream().ok());
    let held: Vec<_> = held.filter(|stream| stream.content == *jpeg).collect();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].dict.get(b"Width").unwrap().as_i64().unwrap(), 30);
}

#[test]
fn a_stub_that_was_not_replaced_is_found() {
    let (content, given) = with_exhibits();
    let mut document = Document::load_mem(&assembled(&content, &given)).unwrap();
    let jpeg = given.0["e-1"][0].jpeg.clone();
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.content == jpeg
        {
            stream.set_content(stub(0));
        }
    }
    let mut pdf = Vec::new();
    document.save_to(&mut pdf).unwrap();
    let error = self_check(&pdf, &expected(&pdf, Vec::new())).unwrap_err();
    assert_eq!(error.code(), "package-self-check");
    assert!(error.to_string().contains("stub"), "{error}");
}

#[test]
fn a_picture_too_many_or_too_few_is_found() {
    let pdf = assembled(&content(), &Given::default());
    assert!(self_check(&pdf, &expected(&pdf, Vec::new())).is_ok());
    assert!(self_check(&pdf, &expected(&pdf, vec![[0; 32]])).is_err());
    let more = Expected { pages: 99, ..expected(&pdf, Vec::new()) };
    assert!(self_check(&pdf, &more).is_err());
    let one = vec![picture(page(4, 3)).unwrap()];
    assert!(bind(&pdf, one, &mut super::fixture::silent).is_err());
}

#[test]
fn a_document_that_acts_or_carries_something_is_refused() {
    let pdf = assembled(&content(), &Given::default());
    let spoiled = |key: &str, value: Object| {
        let mut document = Document::load_mem(&pdf).unwrap();
        document.catalog_mut().unwrap().set(key, value);
        let mut pdf = Vec::new();
        document.save_to(&mut pdf).unwrap();
        self_check(&pdf, &expected(&pdf, Vec::new()))
    };
    assert!(spoiled("PageMode", "UseOutlines".into()).is_ok());
    assert!(spoiled("OpenAction", Object::Null).is_err());
    assert!(spoiled("Extra", lopdf::dictionary! {"Metadata" => 1}.into()).is_err());
    assert!(spoiled("Names", lopdf::dictionary! {"EmbeddedFiles" => 1}.into()).is_err());
}

#[test]
fn a_rebuilt_copy_has_the_pages_and_words_and_no_properties() {
    let (_, given) = with_exhibits();
    let pages = &given.0["e-3"];
    let pdf = rebuild(pages).unwrap();
    assert!(pdf == rebuild(pages).unwrap());
    assert_eq!(text(&pdf), "Purchaseorder采购订单𠮷");
    let inspection = inspect(&pdf).unwrap();
    assert_eq!((inspection.pages, inspection.outline.len()), (2, 0));
    assert!(!Document::load_mem(&pdf).unwrap().trailer.has(b"Info"));
    assert!(rebuild(&[]).is_err());
}

#[test]
fn an_empty_statement_side_and_a_missing_sender_are_set_without_complaint() {
    let mut content = content();
    content.sender = Bilingual::default();
    content.statements[0].title = two("", "只有中文");
    assert!(text(&assembled(&content, &Given::default())).contains("只有中文"));
}
