//! Does a supplier's list become points of a dossier, all of it or nothing?

use std::{ffi::OsString, fs, path::PathBuf};

use lanthan_tests::{
    args, cli,
    dossier::OpenDossier,
    hostile,
    kept::{text_cell, xlsx},
    vault::TestVault,
};
use serde_json::{Value, json};

/// A vault with one dossier, and lists beside it.
struct Scene {
    vault: TestVault,
}

impl Scene {
    fn new() -> Self {
        Self { vault: TestVault::with(&OpenDossier::small()) }
    }

    fn list(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.vault.beside(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn run(&self, words: Vec<OsString>) -> cli::Ran {
        let more = args!["--dossier", "test", "--json"];
        let words = args!["questionnaire"].into_iter().chain(words).chain(more);
        self.vault.run(words.collect())
    }

    fn add(&self, name: &str, bytes: impl AsRef<[u8]>) -> cli::Ran {
        let path = self.list(name, bytes);
        self.run(args!["add", path, "--asked-on", "2026-11-18"])
    }

    fn asked(&self) -> Value {
        self.run(args!["list"]).done().json()
    }

    fn line(&self, id: &str) -> Option<Value> {
        let list = self.vault.run(args!["checklist", "--dossier", "test", "--json"]).json();
        list["lines"].as_array().unwrap().iter().find(|line| line["id"] == id).cloned()
    }
}

/// A list in Chinese in GBK, as Chinese Windows writes it: "1. 磁体图纸" and "2. 采购合同复印件".
const GBK: &[u8] = b"1. \xb4\xc5\xcc\xe5\xcd\xbc\xd6\xbd\r\n2. \xb2\xc9\xb9\xba\xba\xcf\xcd\xac\xb8\xb4\xd3\xa1\xbc\xfe\r\n";

#[test]
fn each_line_becomes_a_point_with_who_asked_and_when_beside_the_nearest_of_the_rules() {
    let scene = Scene::new();
    let text = "1. Drawing of the magnet\n2. Menu of the canteen\n";
    let added = scene.add("list.txt", text).done().json();
    assert_eq!(added["by"], "Example Magnetics Co.");
    assert_eq!(added["lines"][0]["like"], "item-drawing");
    let line = scene.line("asked-1").unwrap();
    let asked =
        json!({"by": "Example Magnetics Co.", "askedOn": "2026-11-18", "like": "item-drawing"});
    assert_eq!(line["asked"], asked);
    assert_eq!((&line["tier"], &line["demand"]), (&json!("2"), &json!("recommended")));
    assert_eq!(line["state"], "missing");
    // The same list again adds nothing.
    assert_eq!(scene.add("again.txt", text).done().json()["lines"][0]["known"], true);
    assert_eq!(scene.asked().as_array().unwrap().len(), 2);
    let linked = scene.run(args!["link", "asked-1"]).done().json();
    assert_eq!(linked[0]["like"], Value::Null);
    let _ = scene.run(args!["link", "asked-2", "workforce-summary"]).done();
    scene.run(args!["link", "asked-2", "nothing-such"]).refused(
        2,
        "no-such-requirement",
        "nothing-such",
    );
    let left = scene.run(args!["remove", "asked-1"]).done().json();
    assert_eq!(left[0]["id"], "asked-2");
    assert!(scene.line("asked-1").is_none());
}

#[test]
fn encodings_are_recognised_and_the_same_words_come_of_each() {
    let scene = Scene::new();
    let text = "磁体图纸\n采购合同复印件\n";
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (name, bytes, encoding) in [
        ("a.txt", text.as_bytes(), "utf-8"),
        ("b.txt", &marked, "utf-8"),
        ("c.txt", &utf16, "utf-16le"),
        ("d.txt", GBK, "gbk"),
    ] {
        let path = scene.list(name, bytes);
        let seen = scene.run(args!["add", path, "--dry-run"]).done().json();
        assert_eq!(seen["encoding"], encoding, "{name}");
        assert_eq!(seen["lines"][1]["line"], "采购合同复印件", "{name}");
        assert_eq!(seen["lines"][0]["like"], "item-drawing", "{name}");
    }
    let seen = scene.list("e.txt", b"Gr\xf6\xdfe des Magneten\n");
    let seen = scene.run(args!["add", seen, "--dry-run"]).done().json();
    assert_eq!(
        (&seen["encoding"], &seen["lines"][0]["line"]),
        (&json!("windows-1252"), &json!("Größe des Magneten"))
    );
    assert_eq!(scene.asked(), json!([]), "looking takes nothing");
}

#[test]
fn tables_are_read_by_the_column_that_asks() {
    let scene = Scene::new();
    let csv = "Nr;Question;Remark\r\n1;\"Photos of the\nfactory site\";\r\n2;Workforce;soon\r\n";
    let added = scene.add("list.csv", csv).done().json();
    assert_eq!(added["lines"][0]["line"], "Photos of the factory site");
    assert_eq!(added["lines"][1]["row"], 3);
    let rows = [
        [text_cell("A1", "No."), text_cell("B1", "问题")].concat(),
        [text_cell("A2", "1"), text_cell("B2", "生产能力")].concat(),
    ];
    let added = scene.add("list.xlsx", xlsx(&rows)).done().json();
    assert_eq!((&added["sheet"], &added["lines"][0]["line"]), (&json!("List"), &json!("生产能力")));
    assert_eq!(scene.asked().as_array().unwrap().len(), 3);
}

#[test]
fn whatever_is_wrong_with_a_list_is_named_by_its_row_and_nothing_is_taken() {
    let scene = Scene::new();
    let head = [text_cell("A1", "No."), text_cell("B1", "Question")].concat();
    let formula = "<c r='B2'><f>1+1</f><v>2</v></c>".to_owned();
    let failed = "<c r='B2' t='e'><v>#REF!</v></c>".to_owned();
    let good = xlsx(&[head.clone(), text_cell("B2", "Drawing of the magnet")]);
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("colours.csv", b"Name,Colour\na,b\n".to_vec(), "list", "Line 1: no column is called"),
        ("two.csv", b"Question,Requirement\na,b\n".to_vec(), "list", "Line 1: several columns"),
        ("uneven.csv", b"No.,Question\n1,good\n2,good,,more\n".to_vec(), "list", "Line 3: 4 cells"),
        ("empty.csv", b"No.,Question\n1,good\n2,\n".to_vec(), "list", "Row 3, column B: nothing"),
        ("open.csv", b"No.,Question\n1,\"good\n".to_vec(), "list", "Line 2: a quotation mark"),
        ("sum.csv", b"No.,Question\n1,=SUM(A1)\n".to_vec(), "list", "Row 2, column B: a formula"),
        (
            "many.txt",
            "Drawing\n".repeat(501).into_bytes(),
            "list",
            "Line 501: there is room for 500",
        ),
        ("blank.txt", b" \n\n".to_vec(), "list", "The list: nothing is asked"),
        ("bytes.txt", b"good\nbad\x81\xff\n".to_vec(), "list", "Line 2: a byte that is no text"),
        ("formula.xlsx", xlsx(&[head.clone(), formula]), "list", "Row 2, column B: a formula"),
        ("failed.xlsx", xlsx(&[head, failed]), "list", "Row 2, column B: the cell shows"),
        ("cut.xlsx", good[..good.len() - 40].to_vec(), "damaged", "cut.xlsx"),
        ("photo.txt", hostile::jpeg(32, 16), "no-list", "photo.txt: this is a picture"),
        ("none.txt", Vec::new(), "empty-file", "none.txt"),
    ];
    for (name, bytes, code, names) in cases {
        scene.add(name, bytes).refused(3, code, names);
    }
    for at in (30..good.len()).step_by(23) {
        let mut spoilt = good.clone();
        spoilt[at] ^= 0x55;
        let ran = scene.add("spoilt.xlsx", spoilt);
        assert!(matches!(ran.exit, 0 | 3), "byte {at}: {}", ran.err);
        if ran.exit == 0 {
            let added = scene.run(args!["remove", "asked-1"]);
            assert_eq!(added.exit, 0, "byte {at}: {}", added.err);
        }
    }
    assert_eq!(scene.asked(), json!([]));
    let _ = scene.add("good.xlsx", good).done();
    assert_eq!(scene.asked()[0]["line"], "Drawing of the magnet");
}

#[test]
fn asked_points_go_out_with_the_open_copy_and_come_back() {
    let scene = Scene::new();
    let _ = scene.add("list.txt", "Drawing of the magnet\n").done();
    let out = scene.vault.beside("out");
    let _ = scene.vault.run(args!["dossier", "export", "--dossier", "test", "--out", out]).done();
    let other = TestVault::new();
    let _ = other.run(args!["dossier", "load", out, "--json"]).done();
    let line =
        other.run(args!["questionnaire", "list", "--dossier", "test", "--json"]).done().json();
    let wanted = json!([{"id": "asked-1", "by": "Example Magnetics Co.", "askedOn": "2026-11-18",
        "line": "Drawing of the magnet", "like": "item-drawing"}]);
    assert_eq!(line, wanted);
}

#[test]
fn what_a_line_asks_in_writing_may_leave_and_without_it_may_not() {
    let exhibit = json!(["item-drawing"]);
    let release = |scene: &Scene, name: &str| {
        let out = scene.vault.beside(name);
        scene.vault.run(args![
            "release",
            "--dossier",
            "test",
            "--to",
            "supplier",
            "--out",
            out,
            "--json"
        ])
    };
    let small = OpenDossier::small().put("/exhibits/0/answers", exhibit);
    let scene = Scene { vault: TestVault::with(&small) };
    let blocked = release(&scene, "before");
    assert!(blocked.err.contains("[blocked]"), "{}", blocked.err);
    let _ = scene.add("list.txt", "Drawing of the magnet\n").done();
    let left = release(&scene, "after");
    assert_eq!(left.exit, 0, "{}{}", left.out, left.err);
}

#[test]
fn asked_points_stay_when_the_rules_of_their_dossier_change() {
    let scene = Scene::new();
    let _ = scene.add("list.txt", "Drawing of the magnet\nMenu of the canteen\n").done();
    let before = scene.asked();
    let over = |words: Vec<OsString>| {
        let words =
            args!["pack"].into_iter().chain(words).chain(args!["--dossier", "test", "--json"]);
        scene.vault.run(words.collect()).done().json()
    };
    let overlays = over(args!["overlay"]);
    let id = overlays[0]["id"].as_str().expect("an overlay is carried").to_owned();
    let _ = over(args!["overlay", id]);
    assert_eq!(scene.asked(), before);
    let line = scene.line("asked-1").expect("it stands in the checklist of the other rules");
    assert_eq!(line["asked"]["like"], "item-drawing");
    let same = over(args!["recheck"]);
    assert_eq!((&same["changes"], &same["vanish"]), (&json!([]), &json!([])), "{same:#}");
}
