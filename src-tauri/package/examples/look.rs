//! Scratch: sets packages to look at.
#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr, reason = "scratch")]
use lanthan_core::{clean::*, content::*, exhibit::*, id::*, text::Bilingual};
use std::{collections::BTreeMap, ops::ControlFlow};
use lanthan_package::*;

fn b(en: &str, zh: &str) -> Bilingual { Bilingual::new(en, zh) }
fn s(t: &str) -> Bilingual { Bilingual::same(t) }
fn row(l: (&str,&str), v: Bilingual) -> Row { Row { label: b(l.0,l.1), value: v, remark: Bilingual::default() } }

fn words() -> BTreeMap<String, Bilingual> {
    [("answers","Answers","对应要求"),("contents","Contents","目录"),("exhibit","Exhibit","附件"),("exhibit-index","Exhibits and what they answer","附件及其对应的要求"),
     ("exhibits","Exhibits","附件"),("mask-areas","Masked areas","遮盖处"),("note-body","This folder holds the documents for one order: {pdf}, a manifest and checksums. They may be used for the export licence application only.","本文件夹含一份订单的出口许可申请材料：{pdf}、清单及校验和。仅限用于申请出口许可。"),
     ("note-check","To check that nothing was changed, run in this folder: {command}","如需核对文件未被更改，请在本文件夹中运行：{command}"),("note-title","Note","说明"),("number","No.","编号"),("page","Page","页"),("page-of","Page {page} of {pages}","第 {page} 页，共 {pages} 页"),
     ("pages","Pages","页数"),("prepared-by","Prepared by","编制单位"),("prepared-for","Prepared for","接收单位"),("prepared-on","Prepared on","编制日期"),("reason","Reason","理由"),("statements","Statements","声明与说明"),("title","T","题"),("what","What it shows","内容"),
     ("withheld","Withheld and why","保留内容及理由"),("withheld-intro","Black areas in the exhibits mark what is withheld. Nothing behind them is in this file. Each is listed here with its reason; the owner can be asked for more through the sender.","附件中的黑色区域表示保留未提供的内容，本文件中不含其下的任何信息。下表逐项列明理由；如需进一步说明，可通过编制单位询问。"),("withheld-nothing","Nothing is withheld in this package.","本套材料未保留任何内容。")]
    .into_iter().map(|(k,e,z)| (k.to_owned(), b(e,z))).collect()
}

fn statement(id: &str, en: &str, zh: &str, blocks: Vec<Block>) -> Statement {
    Statement { id: StatementId::new(id).unwrap(), title: b(en,zh), issuer: b("Sample Audio S.r.l.","样例音响有限公司"), blocks }
}

fn base() -> Content {
    let para_en = "We, the undersigned, confirm that the rare-earth permanent magnets described below are used only in loudspeakers that we make at our own works, and that they will not be used for any military purpose, nor passed on to a third party without the consent of the competent authority.";
    let para_zh = "我方确认，下述稀土永磁体仅用于我方工厂自行生产的扬声器，不用于任何军事用途；未经主管部门同意，不转让给任何第三方。如最终用户或最终用途发生变化，我方将立即书面通知出口经营者。";
    let rows = vec![
        row(("Name of goods","货物名称"), b("Sintered NdFeB ring magnet, nickel plated","烧结钕铁硼环形磁体（镀镍）")),
        row(("Grade","牌号"), s("N42SH")),
        row(("HS code","海关商品编号"), s("8505111000")),
        row(("Composition, by mass","成分（质量分数）"), b("Nd 29.5 %, Fe 66.9 %, B 1.0 %, Dy 1.8 %, Co 0.8 %","钕 29.5%，铁 66.9%，硼 1.0%，镝 1.8%，钴 0.8%")),
        row(("Quantity","数量"), s("12,000 pcs / 348 kg")),
        row(("E-mail","电子邮箱"), s("export.compliance.department@a-very-long-subdomain.sample-audio-loudspeakers.example.com")),
        Row { label: b("Name as registered","登记名称"), value: b("Sample Audio S.r.l.","样例音响有限公司"), remark: b("Copy it exactly as registered.","请与登记名称完全一致。") },
        row(("Number of the end-use certificate","最终用户证明编号"), Bilingual::default()),
    ];
    Content {
        title: b("Evidence for an export licence","出口许可申请证明材料"),
        subject: b("Order PO-2026-117: sintered NdFeB magnets for loudspeakers","订单 PO-2026-117：扬声器用烧结钕铁硼磁体"),
        recipient: b("Ningbo Example Magnetics Co., Ltd.","宁波示例磁业有限公司"),
        sender: b("Sample Audio S.r.l.","样例音响有限公司"),
        day: jiff::civil::date(2026,11,24),
        facts: vec![
            row(("Prepared for","接收单位"), b("Ningbo Example Magnetics Co., Ltd.","宁波示例磁业有限公司")),
            row(("Prepared by","编制单位"), b("Sample Audio S.r.l.","样例音响有限公司")),
            row(("End user","最终用户"), b("Sample Audio S.r.l.","样例音响有限公司")),
            row(("Order number","订单编号"), s("PO-2026-117")),
            row(("Prepared on","编制日期"), s("2026-11-24")),
        ],
        purpose: b("For Ningbo Example Magnetics Co., Ltd. and the competent export control authority only, for the licence application of this order.","仅供宁波示例磁业有限公司及主管出口管制部门办理本订单许可申请使用。"),
        statements: vec![
            statement("cover-letter","Cover letter","致函", vec![
                Block::Text { text: b("Dear Sir or Madam,","尊敬的先生/女士：") },
                Block::Text { text: b(&format!("{para_en}\nPlease find the documents listed below. Contact us at https://www.sample-audio.example.com/compliance/export-control/contact?reference=PO-2026-117&language=zh-CN for any question."), &format!("{para_zh}\n随函附上以下文件，请查收。如有疑问，请访问 https://www.sample-audio.example.com/compliance/export-control/contact?reference=PO-2026-117&language=zh-CN。")) },
                Block::Signature { firm: b("Sample Audio S.r.l.","样例音响有限公司"), rows: vec![row(("Signature","签字"), Bilingual::default()), row(("Name","姓名"), s("Marta Esempio")), row(("Position","职务"), b("Managing director","总经理")), row(("Company stamp","公章"), Bilingual::default()), row(("Place and date","地点和日期"), Bilingual::default())] },
            ]),
            statement("end-use","End-user and end-use statement","最终用户和最终用途说明", vec![
                Block::Notice { text: b("The authority's own form must be signed as well. This statement explains it and does not replace it.","主管部门规定的表格仍须签署。本说明用于解释，不能代替该表格。") },
                Block::Heading { text: b("1. Goods","一、货物") },
                Block::Rows { rows: rows.clone() },
                Block::Heading { text: b("2. End use","二、最终用途") },
                Block::Text { text: b(para_en, para_zh) },
                Block::Heading { text: b("3. Exhibits","三、附件") },
                Block::Table { head: vec![b("No.","编号"), b("What it shows","内容"), b("Pages","页数")], lines: (1..=3).map(|n| vec![s(&n.to_string()), b("Loudspeaker with the magnet ring fitted, front view","装有磁环的扬声器正面照片"), s("1")]).collect() },
                Block::Signature { firm: b("Sample Audio S.r.l.","样例音响有限公司"), rows: vec![row(("Signature","签字"), Bilingual::default()), row(("Name","姓名"), s("Marta Esempio")), row(("Company stamp","公章"), Bilingual::default()), row(("Place and date","地点和日期"), Bilingual::default())] },
            ]),
        ],
        exhibits: vec![], withheld: vec![], words: words(),
    }
}

fn exhibit(n: u32, kind: ExhibitKind, en: &str, zh: &str, pages: u32, masks: u32) -> PlannedExhibit {
    PlannedExhibit { id: ExhibitId::new(&format!("e-{n}")).unwrap(), number: n, kind, title: b(en,zh),
        caption: b("The ring magnet sits behind the voice coil; the arrow marks its place in the driver.","环形磁体位于音圈后方；箭头标示其在驱动单元中的位置。"),
        answers: vec![b("Photograph of the item","物项照片"), b("Place of the item in the final product","物项在最终产品中的位置")], pages: (1..=pages).collect(), masks, made_from: "ab".repeat(32) }
}

struct P(BTreeMap<String, Vec<CleanPage>>);
impl Pages for P { fn pages(&mut self, id: &ExhibitId) -> Result<Vec<CleanPage>, PagesError> { Ok(self.0[id.as_str()].clone()) } }

fn load(name: &str, w: u32, h: u32, pt: Option<[f32;2]>, words: Vec<Word>) -> CleanPage {
    CleanPage { width_px: w, height_px: h, jpeg: std::fs::read(format!("/tmp/look/{name}")).unwrap(), size_pt: pt, words }
}

fn main() {
    let which = std::env::args().nth(1).unwrap_or_default();
    let mut c = base();
    let mut p = P(BTreeMap::new());
    let word = |t: &str, x, y, w, h| Word { text: t.into(), area: Area { x, y, w, h } };
    let paper_words = vec![word("Purchase",1000,800,1600,200), word("order",2700,800,1000,200), word("采购订单",1000,1200,1600,220), word("PO-2026-117",1000,1600,2000,200), word("数量：12000件",1000,2000,2400,220)];
    let photo43 = || load("l.jpg",1600,1200,None,vec![]);
    let tall = || load("t.jpg",1200,1600,None,vec![]);
    let paper = || load("p.jpg",1240,1754,Some([595.0,842.0]),paper_words.clone());
    let land = || load("pl.jpg",1754,1240,Some([842.0,595.0]),vec![]);
    match which.as_str() {
        "base" => {
            let list: Vec<(ExhibitKind,&str,&str,Vec<CleanPage>,u32)> = vec![
                (ExhibitKind::Photo,"Ring magnet, single piece with scale","环形磁体单件（附比例尺）",vec![photo43()],0),
                (ExhibitKind::Photo,"Packing","包装",vec![photo43()],1),
                (ExhibitKind::Photo,"Magnet in the driver","磁体在驱动单元中的位置",vec![tall()],0),
                (ExhibitKind::Photo,"Finished loudspeaker","成品扬声器",vec![photo43()],0),
                (ExhibitKind::Photo,"Works from outside","工厂外景",vec![photo43(), photo43()],0),
                (ExhibitKind::Document,"Purchase order","采购订单",vec![paper(), paper()],2),
                (ExhibitKind::Document,"Brochure page","产品样本页",vec![land()],0),
            ];
            for (n,(k,e,z,pg,m)) in (1..).zip(list) {
                c.exhibits.push(exhibit(n,k,e,z,pg.len() as u32,m));
                p.0.insert(format!("e-{n}"), pg);
            }
            c.withheld = vec![
                Withheld { exhibit: 2, page: 1, reason: MaskReason::Customer, reason_text: b("Names or marks of a customer","客户名称或标识"), masks: 1, areas: vec![Area{x:1000,y:1000,w:2000,h:800}] },
                Withheld { exhibit: 6, page: 1, reason: MaskReason::Price, reason_text: b("A price or a margin","价格或利润"), masks: 2, areas: vec![Area{x:6000,y:3000,w:2000,h:400}, Area{x:6000,y:5000,w:2000,h:400}] },
            ];
        }
        "forty" => {
            for n in 1..=40 { let pg = if n % 5 == 0 { vec![paper()] } else if n % 3 == 0 { vec![tall()] } else { vec![photo43()] };
                c.exhibits.push(exhibit(n, if n % 5 == 0 {ExhibitKind::Document} else {ExhibitKind::Photo}, "Photograph of the thing with a rather long title that needs its line","一张标题较长、需要换行显示的物项照片",1,0)); p.0.insert(format!("e-{n}"), pg); }
        }
        "zero" => {}
        "long" => {
            let en: String = "A long answer about the technical process, written at length. ".chars().cycle().take(8000).collect();
            let zh: String = "关于工艺流程的较长说明，内容详尽，包括原料、成型、烧结、机加工与充磁等环节。".chars().cycle().take(8000).collect();
            let solid = "x".repeat(8000);
            c.title = b(&"A very long title of the whole package ".repeat(4), &"很长的标题".repeat(20));
            c.statements.push(statement("long","Technical description","技术说明", vec![
                Block::Text { text: b(&en,&zh) }, Block::Rows { rows: vec![row(("Process","工艺"), b(&en,&zh)), row(("Solid","连续字符"), s(&solid)), row(("One side only","仅一种语言"), b(&en[..400],""))] },
                Block::Table { head: vec![b("No.","编号"), b("Text","文本"), b("Code","代码")], lines: (0..3).map(|i| vec![s(&i.to_string()), b(&en[..3000],&zh.chars().take(2000).collect::<String>()), s(&solid[..300])]).collect() },
                Block::Notice { text: b(&en[..5000], &zh.chars().take(3000).collect::<String>()) },
                Block::Heading { text: b(&en[..300], &zh.chars().take(120).collect::<String>()) },
            ]));
            let mut e = exhibit(1, ExhibitKind::Photo, &en[..300], &zh.chars().take(200).collect::<String>(), 1, 0); e.caption = b(&en,&zh);
            c.exhibits.push(e); p.0.insert("e-1".into(), vec![photo43()]);
            let mut e = exhibit(2, ExhibitKind::Document, "Paper","文件", 1, 0); e.caption = b(&en[..3000],&zh.chars().take(1500).collect::<String>());
            c.exhibits.push(e); p.0.insert("e-2".into(), vec![paper()]);
        }
        "big" => {
            for n in 1..=300u32 { c.exhibits.push(exhibit(n, ExhibitKind::Photo, "Photograph","照片",1,0));
                let mut pg = load("big.jpg",2000,1500,None,vec![]); 
                // distinct bytes: vary the last entropy byte before EOI
                let l = pg.jpeg.len(); pg.jpeg[l-3] = (n % 200) as u8; pg.jpeg[l-4] = (n / 200) as u8 + 1; p.0.insert(format!("e-{n}"), vec![pg]); }
            let st = c.statements[1].clone();
            for n in 0..30 { let mut st = st.clone(); st.id = StatementId::new(&format!("s-{n}")).unwrap(); c.statements.push(st); }
        }
        _ => panic!(),
    }
    let t = std::time::Instant::now();
    let mut last = Stage::Prepare; let mut at = t;
    let mut prog = |st: Stage, _d: u32, _t: u32| { if st != last { eprintln!("{:?} {:?}", last, at.elapsed()); last = st; at = std::time::Instant::now(); } ControlFlow::Continue(()) };
    let dir = std::path::PathBuf::from(format!("/tmp/look/out-{which}"));
    let _ = std::fs::remove_dir_all(&dir); std::fs::create_dir_all(&dir).unwrap();
    let about = About { pack_id: "cn-re".into(), pack_version: "1".into(), pack_sha256: "cd".repeat(32), program_version: "0.1.0".into() };
    match write(&c, &about, &mut p, &dir, &mut prog) {
        Ok(w) => { println!("{} pages, {} bytes, {:?}", w.pages, w.files[0].size_bytes, t.elapsed()); println!("{:?}", verify(&dir)); }
        Err(e) => { println!("ERR {} {e}", e.code()); std::process::exit(1) }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap());
    if which == "base" {
        let r = rebuild(&[paper(), land()]).unwrap(); std::fs::write("/tmp/look/rebuilt.pdf", r).unwrap();
        let i = inspect(&std::fs::read(dir.join("package.pdf")).unwrap()).unwrap();
        for l in &i.outline { println!("{l}"); }
        println!("{:?}", i.texts().filter(|t| t.chars().count() > 12).take(60).map(|t| t.chars().take(400).collect::<String>()).collect::<Vec<_>>());
    }
}
