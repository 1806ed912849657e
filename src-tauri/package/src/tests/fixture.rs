//! What is a small package made of?
//!
//! Every firm in it is invented.

use std::{collections::BTreeMap, ops::ControlFlow};

use jiff::civil::date;
use lanthan_core::{
    clean::{CleanPage, Word},
    content::{Block, Content, PlannedExhibit, Row, Statement, WORDS, Withheld},
    exhibit::{Area, ExhibitKind, MaskReason},
    id::{ExhibitId, StatementId},
    text::Bilingual,
};

use crate::{About, Pages, PagesError, Stage};

pub(super) fn two(en: &str, zh: &str) -> Bilingual {
    Bilingual::new(en, zh)
}

pub(super) fn row(label: &str, value: Bilingual) -> Row {
    Row { label: two(label, "标签"), value, remark: two("as registered", "按登记填写") }
}

/// A package with one statement of every kind of block and no exhibit.
pub(super) fn content() -> Content {
    let words = WORDS.iter().map(|word| {
        let text = match *word {
            "page-of" => two("Page {page} of {pages}", "第 {page} 页，共 {pages} 页"),
            "exhibit" => two("Exhibit", "附件"),
            "note-check" => two("Check: {command}", "核对：{command}"),
            word => two(&format!("Word {word}"), "词语"),
        };
        ((*word).to_owned(), text)
    });
    let blocks = vec![
        Block::Heading { text: two("Goods", "货物") },
        Block::Text {
            text: two("We confirm the end use.\nSecond line.", "我方确认最终用途。\n第二行。"),
        },
        Block::Notice { text: two("Sign the form as well.", "表格仍须签署。") },
        Block::Rows {
            rows: vec![
                row("Grade", Bilingual::same("N42SH")),
                row("Goods", two("Ring magnet", "环形磁体")),
                row("To fill in", Bilingual::default()),
            ],
        },
        Block::Table {
            head: vec![two("No.", "编号"), two("What", "内容")],
            lines: vec![vec![Bilingual::same("1"), two("Photograph", "照片")]],
        },
        Block::Signature {
            firm: two("Sample Audio S.r.l.", "样例音响有限公司"),
            rows: vec![row("Signature", Bilingual::default())],
        },
    ];
    Content {
        title: two("Evidence for a licence", "许可申请证明材料"),
        subject: two("Order PO-7", "订单PO-7"),
        recipient: two("Example Magnetics Co., Ltd.", "示例磁业有限公司"),
        sender: two("Sample Audio S.r.l.", "样例音响有限公司"),
        day: date(2026, 11, 24),
        facts: vec![row("Order", Bilingual::same("PO-7"))],
        purpose: two("For this order only.", "仅供本订单使用。"),
        statements: vec![Statement {
            id: StatementId::new("end-use").unwrap(),
            title: two("End-use statement", "最终用途说明"),
            issuer: two("Sample Audio S.r.l.", "样例音响有限公司"),
            blocks,
        }],
        exhibits: Vec::new(),
        withheld: Vec::new(),
        words: words.collect(),
    }
}

/// The same with a photograph, a tall one, and a paper of two pages with words and a mask.
pub(super) fn with_exhibits() -> (Content, Given) {
    let mut content = content();
    let mut given = Given::default();
    let word =
        |text: &str, x, y| Word { text: text.to_owned(), area: Area { x, y, w: 2_000, h: 200 } };
    let paper = |words| CleanPage { size_pt: Some([595.0, 842.0]), words, ..page(60, 85) };
    let words =
        vec![word("Purchase", 500, 500), word("order", 2_600, 500), word("采购订单𠮷", 500, 900)];
    add(&mut content, &mut given, ExhibitKind::Photo, vec![page(40, 30)]);
    add(&mut content, &mut given, ExhibitKind::Photo, vec![page(30, 40)]);
    add(&mut content, &mut given, ExhibitKind::Document, vec![paper(words), paper(Vec::new())]);
    content.withheld = vec![Withheld {
        exhibit: 3,
        page: 1,
        reason: MaskReason::Price,
        reason_text: two("A price", "价格"),
        masks: 1,
        areas: vec![Area { x: 1, y: 1, w: 900, h: 90 }],
    }];
    (content, given)
}

pub(super) fn add(
    content: &mut Content,
    given: &mut Given,
    kind: ExhibitKind,
    pages: Vec<CleanPage>,
) {
    let number = u32::try_from(content.exhibits.len()).unwrap() + 1;
    let id = ExhibitId::new(&format!("e-{number}")).unwrap();
    content.exhibits.push(PlannedExhibit {
        id: id.clone(),
        number,
        kind,
        title: two(&format!("Thing {number}"), "物品"),
        caption: two("It is seen from the front.", "正面视图。"),
        answers: vec![two("Photograph of the item", "物项照片")],
        pages: (1..=u32::try_from(pages.len()).unwrap()).collect(),
        masks: 1,
        made_from: "ab".repeat(32),
    });
    given.0.insert(id.to_string(), pages);
}

/// A picture that says it has this size; only its head is right, which is all that is looked at.
pub(super) fn page(width: u16, height: u16) -> CleanPage {
    let mut jpeg = include_bytes!("../../../../assets/package/stub.jpg").to_vec();
    let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    let (width_px, height_px) = (width.into(), height.into());
    CleanPage { width_px, height_px, jpeg, size_pt: None, words: Vec::new() }
}

/// Pages that are there already; counts how often it is asked for each.
#[derive(Debug, Default, Clone)]
pub(super) struct Given(pub(super) BTreeMap<String, Vec<CleanPage>>);

impl Pages for Given {
    fn pages(&mut self, id: &ExhibitId) -> Result<Vec<CleanPage>, PagesError> {
        // Taken out: a second question for the same exhibit fails.
        self.0.remove(id.as_str()).ok_or_else(|| PagesError::new(std::fmt::Error))
    }
}

pub(super) fn about() -> About {
    About {
        pack_id: "pack".to_owned(),
        pack_version: "1".to_owned(),
        pack_sha256: "cd".repeat(32),
        program_version: "0.1.0".to_owned(),
    }
}

pub(super) fn silent(_: Stage, _: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub(super) fn assembled(content: &Content, given: &Given) -> Vec<u8> {
    crate::assemble(content, &mut given.clone(), &mut silent).unwrap()
}
