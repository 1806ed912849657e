//! Do the masks of one page come onto pages that look like it, and onto none that nobody named?

use std::{collections::BTreeMap, ffi::OsString};

use lanthan_core::{exhibit::Mask, id::DossierId};
use lanthan_tests::{
    cli::Ran,
    dossier::{DAY, OpenDossier},
    pdf::Pdf,
    still,
    vault::TestVault,
};
use serde_json::{Value, json};

fn on(vault: &TestVault, words: &[&str]) -> Ran {
    let words = words.iter().chain(&["--dossier", "test", "--json"]);
    vault.run(words.map(OsString::from).collect())
}

fn orders() -> TestVault {
    let order = |text: &str| Pdf::saying(text).bytes();
    let dossier = OpenDossier::small()
        .exhibit("order", "order.pdf", order("Order 4711"))
        .exhibit("scan", "scan.tif", still::tiff(3))
        .exhibit("second", "second.pdf", order("Order 4712"));
    let vault = TestVault::with(&dossier);
    for (exhibit, area) in [("order", "1000,2000,500,400"), ("scan", "0,0,2500,1000")] {
        let mask = ["exhibit", "mask", exhibit, "--area", area, "--reason", "price"];
        let _ = on(&vault, &mask).done();
    }
    vault
}

/// The masks of every exhibit that has some.
fn masks(vault: &TestVault) -> BTreeMap<String, Vec<(u32, u32)>> {
    let workspace = vault.open();
    let (dossier, _) = workspace.dossier(&DossierId::new("test").unwrap()).unwrap();
    workspace.close().unwrap();
    let of = |masks: &[Mask]| masks.iter().map(|mask| (mask.page, mask.area.x)).collect::<Vec<_>>();
    let all = dossier.exhibits.iter().filter(|one| !one.masks.is_empty());
    all.map(|one| (one.id.to_string(), of(&one.masks))).collect()
}

#[test]
fn pages_of_the_same_size_are_proposed_and_nothing_is_changed() {
    let vault = orders();
    let before = masks(&vault);
    let alike = on(&vault, &["exhibit", "alike", "order"]).done().json();
    let mask = json!({"page": 1, "x": 1000, "y": 2000, "w": 500, "h": 400, "reason": "price"});
    assert_eq!(alike, json!([{"exhibit": "second", "page": 1, "masks": [mask]}]));
    let alike = on(&vault, &["exhibit", "alike", "scan"]).done().json();
    let pages: Vec<_> = alike.as_array().unwrap().iter().map(|one| one["page"].clone()).collect();
    assert_eq!(pages, [json!(2), json!(3)], "the other pages of the same file");
    assert_eq!(
        on(&vault, &["exhibit", "alike", "photo"]).done().json(),
        json!([]),
        "no mask, no page"
    );
    assert_eq!(masks(&vault), before);
}

#[test]
fn only_the_pages_that_were_named_get_the_masks_and_get_them_once() {
    let vault = orders();
    let put = |target: &str, from: &str, pages: &str| {
        on(&vault, &["exhibit", "mask", target, "--like", from, "--pages", pages])
    };
    let added = put("scan", "scan:1", "3").done().json()["added"].clone();
    assert_eq!(added[0]["page"], 3);
    assert_eq!(masks(&vault)["scan"], [(1, 0), (3, 0)], "nobody named page 2");
    assert_eq!(put("scan", "scan:1", "2-3").done().json()["added"].as_array().unwrap().len(), 1);
    assert_eq!(put("second", "order:1", "1").done().json()["added"][0]["reason"], "price");
    assert_eq!(on(&vault, &["exhibit", "alike", "order"]).done().json(), json!([]));
    assert_eq!(put("scan", "scan:1", "1-3").done().json()["added"], json!([]));
}

#[test]
fn a_page_of_another_size_or_none_at_all_is_refused_and_nothing_is_changed() {
    let vault = orders();
    let before = masks(&vault);
    let put = |from: &str, pages: &str| {
        on(&vault, &["exhibit", "mask", "second", "--like", from, "--pages", pages])
    };
    put("scan:1", "1").refused(3, "other-page-size", "page 1");
    put("order:1", "1,2").refused(3, "bad-mask", "mask");
    put("order:2", "1").refused(3, "bad-mask", "mask");
    put("nothing:1", "1").refused(2, "no-such-exhibit", "nothing");
    assert_eq!(put("order:1", "0").exit, 2);
    assert_eq!(put("order", "1").exit, 2);
    assert_eq!(
        on(&vault, &["exhibit", "mask", "second", "--like", "order:1"]).exit,
        2,
        "pages are named"
    );
    assert_eq!(masks(&vault), before);
}

#[test]
fn a_mask_from_a_file_gets_the_width_of_a_step_as_one_from_the_hand_does() {
    let mask =
        |x: u32, w: u32| json!({"area": {"x": x, "y": 0, "w": w, "h": 400}, "reason": "customer"});
    let dossier = OpenDossier::small()
        .put("/exhibits/0/masks", json!([mask(1000, 310), mask(9990, 10), mask(0, 500)]));
    let vault = TestVault::with(&dossier);
    let out = vault.beside("open");
    let words = ["dossier", "export", "--dossier", "test", "--out"].map(OsString::from);
    let _ = vault.run(words.into_iter().chain([out.clone().into()]).collect()).done();
    let json: Value =
        serde_json::from_slice(&std::fs::read(out.join("dossier.json")).unwrap()).unwrap();
    let masks = json["dossier"]["exhibits"][0]["masks"].as_array().unwrap();
    let wide: Vec<_> = masks.iter().map(|one| (&one["area"]["x"], &one["area"]["w"])).collect();
    assert_eq!(
        wide,
        [(&json!(1000), &json!(500)), (&json!(9750), &json!(250)), (&json!(0), &json!(500))]
    );
    // Once taken in, it stays as it is.
    let again = TestVault::new();
    let day = DAY.to_string();
    let words = ["dossier", "load", out.to_str().unwrap(), "--day", &day].map(OsString::from);
    let _ = again.run(words.into_iter().collect()).done();
    let twice = again.beside("open");
    let words = ["dossier", "export", "--dossier", "test", "--out"].map(OsString::from);
    let _ = again.run(words.into_iter().chain([twice.clone().into()]).collect()).done();
    let bytes = |folder: &std::path::Path| std::fs::read(folder.join("dossier.json")).unwrap();
    assert_eq!(bytes(&out), bytes(&twice));
}
