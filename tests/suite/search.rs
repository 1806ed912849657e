//! Is everything that was typed or imported found, by whoever has the passphrase and by nobody else?

use lanthan_api::{Workspace, progress};
use lanthan_core::id::DossierId;
use lanthan_tests::{
    args,
    dossier::{DAY, OpenDossier},
    vault::{PASSPHRASE, TestVault},
};
use serde_json::{Value, json};

fn dossier() -> OpenDossier {
    OpenDossier::small()
        .put("/parties/2/profile/name", json!("Größenwerk Łódź GmbH"))
        .put("/exhibits/0/caption", json!({"en": "The packing hall", "zh": "双方签订保密契约"}))
        .put(
            "/answers",
            json!({"own-law": {"question": "Q", "pack-version": "2026.11", "given": "2026-11-01",
                "said": {"declared": "looked through with counsel"}}}),
        )
}

fn hits(workspace: &Workspace, typed: &str) -> Vec<String> {
    let hits = workspace.search(typed, 50).unwrap();
    hits.iter().map(|hit| format!("{} {}", hit.kind.word(), hit.id)).collect()
}

#[test]
fn everything_typed_is_found_in_every_language_and_spelling() {
    let vault = TestVault::with(&dossier());
    let workspace = vault.open();
    for (typed, wanted) in [
        ("Test order", "dossier "),
        ("po-test", "order "),
        ("loudsp", "end-use "),
        ("扬声", "end-use "),
        ("sample audio", "party importer"),
        ("vicenza", "party importer"),
        ("磁材", "party supplier"),
        ("grossenwerk LODZ", "party customer"),
        ("falkenbrise", "protected-terms "),
        ("counsel", "answer own-law"),
        ("packing", "exhibit photo"),
        ("保密", "exhibit photo"),
        ("契约", "exhibit photo"),
        ("photo.jpg", "exhibit photo"),
        ("附件", "exhibit photo"),
    ] {
        assert_eq!(hits(&workspace, typed), [wanted], "{typed}");
    }
    assert_eq!(hits(&workspace, "nowhere"), <[String; 0]>::default());
}

#[test]
fn the_index_follows_every_change_undo_and_deletion() {
    let vault = TestVault::with(&dossier());
    let mut workspace = vault.open();
    let id = DossierId::new("test").unwrap();
    workspace.rename_dossier(&id, "Zaunkönig", DAY).unwrap();
    assert_eq!(hits(&workspace, "zaunkonig"), ["dossier "]);
    assert_eq!(hits(&workspace, "test order"), <[String; 0]>::default());
    assert!(workspace.undo(&id, None).unwrap());
    assert_eq!(hits(&workspace, "zaunkonig"), <[String; 0]>::default());
    assert_eq!(hits(&workspace, "test order"), ["dossier "]);
    workspace.remove_exhibit(&id, &workspace.dossier(&id).unwrap().0.exhibits[0].id, DAY).unwrap();
    assert_eq!(hits(&workspace, "packing"), <[String; 0]>::default());
    assert!(workspace.undo(&id, None).unwrap());
    assert_eq!(hits(&workspace, "packing"), ["exhibit photo"]);
    workspace.close().unwrap();
    let mut workspace = vault.open();
    assert_eq!(hits(&workspace, "packing"), ["exhibit photo"]);
    workspace.delete_dossier(&id).unwrap();
    assert_eq!(hits(&workspace, "packing"), <[String; 0]>::default());
}

#[test]
fn a_vault_that_may_only_be_looked_at_is_searched_as_well() {
    let vault = TestVault::with(&dossier());
    let scratch = vault.beside("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let before = vault.snapshot();
    let workspace =
        Workspace::open_read_only(&vault.folder(), PASSPHRASE, &scratch).expect("it opens");
    assert_eq!(hits(&workspace, "契约"), ["exhibit photo"]);
    workspace.close().unwrap();
    assert_eq!(vault.snapshot(), before);
}

#[test]
fn the_terminal_answers_in_the_documented_shape_and_words() {
    let vault = TestVault::with(&dossier());
    let answer: Value = vault.run(args!["search", "packing", "保密", "--json"]).done().json();
    let [hit] = answer.as_array().unwrap().as_slice() else { panic!("{answer:#}") };
    assert_eq!(
        *hit,
        json!({
            "dossier": "test", "dossierTitle": "Test order", "kind": "exhibit", "id": "photo",
            "title": [{"text": "Exhibit photo", "found": false}],
            "snippet": [
                {"text": "附件photo The ", "found": false},
                {"text": "packing", "found": true},
                {"text": " hall 双方签订", "found": false},
                {"text": "保密", "found": true},
                {"text": "契约 photo.jpg", "found": false},
            ],
        })
    );
    let words = vault.run(args!["search", "packing"]).done();
    assert!(words.out.contains("[packing] hall"), "{}", words.out);
    assert!(vault.run(args!["search", "nowhere"]).done().out.contains("nothing found"));
    for harmless in ["\"", "NEAR(a b)", " -x", "a* OR \"b", "'; DROP TABLE passage"] {
        assert_eq!(vault.run(args!["search", harmless, "--json"]).done().out.trim(), "[]");
    }
    let many = vault.run(args!["search", "exhibit", "--limit", "0", "--json"]).done();
    assert_eq!(many.out.trim(), "[]");
}

#[test]
fn a_loaded_sample_is_found_by_its_chinese_names() {
    let vault = TestVault::new();
    let mut workspace = vault.open();
    let id = workspace.load_sample(DAY, &mut progress::silent).unwrap();
    let (dossier, _) = workspace.dossier(&id).unwrap();
    let party = dossier.parties.iter().find(|party| !party.profile.name_zh.is_empty()).unwrap();
    let name: String = party.profile.name_zh.chars().take(2).collect();
    assert!(hits(&workspace, &name).contains(&format!("party {}", party.id)), "{name}");
}
