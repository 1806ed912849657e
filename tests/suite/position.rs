//! Is a place that the house named once told by its name from then on, and kept with the dossier?

use std::fs;

use lanthan_tests::{args, dossier::OpenDossier, project::root, vault::TestVault};
use serde_json::Value;

fn run(vault: &TestVault, words: &[&str]) -> Value {
    let words = words.iter().map(Into::into);
    vault.run(words.chain(args!["--dossier", "test", "--json"]).collect()).done().json()
}

/// What the photograph of the sample says of where it was taken.
fn told(vault: &TestVault) -> String {
    let listed = run(vault, &["exhibit", "list"]);
    let found = listed[1]["found"].as_array().unwrap();
    let place = found.iter().find(|trace| trace["kind"] == "gps").unwrap();
    place["says"].as_str().unwrap().to_owned()
}

fn vault() -> TestVault {
    let photo = fs::read(root().join("assets/sample/facility-exterior.jpg")).unwrap();
    TestVault::with(&OpenDossier::small().exhibit("plant", "plant.jpg", photo))
}

#[test]
fn a_place_is_named_once_and_told_by_its_name_until_it_is_forgotten() {
    let vault = vault();
    let before = told(&vault);
    assert!(
        before.starts_with("Place where it was taken: 4") && before.contains("° N, "),
        "{before}"
    );
    let places = run(&vault, &["position", "name", "plant", "--name", "your plant"]);
    assert_eq!((&places[0]["name"], &places[0]["radiusM"]), (&"your plant".into(), &500.into()));
    assert!(told(&vault).starts_with("GPS of your plant ("), "{}", told(&vault));
    // Its open form holds it, and takes it in again.
    let out = vault.beside("open");
    let words = args!["dossier", "export", "--dossier", "test", "--out", out.clone()];
    let _ = vault.run(words).done();
    let json: Value = serde_json::from_slice(&fs::read(out.join("dossier.json")).unwrap()).unwrap();
    assert_eq!(json["dossier"]["places"][0]["name"], "your plant");
    let other = TestVault::new();
    let _ = other.load(&out).done();
    assert!(told(&other).starts_with("GPS of your plant ("));
    assert_eq!(run(&vault, &["position", "forget", "your plant"]), serde_json::json!([]));
    assert_eq!(told(&vault), before);
}

#[test]
fn a_place_is_named_only_from_a_file_that_says_where_it_was_taken() {
    let vault = vault();
    let name = |exhibit: &str, name: &str, radius: &str| {
        let words = args!["position", "name", exhibit, "--name", name, "--radius", radius];
        vault.run(words.into_iter().chain(args!["--dossier", "test", "--json"]).collect())
    };
    name("photo", "your plant", "500").refused(3, "no-place", "where it was taken");
    name("plant", " ", "500").refused(3, "bad-place", "name of one line");
    name("plant", "your plant", "5").refused(3, "bad-place", "radius");
    assert_eq!(run(&vault, &["position", "list"]), serde_json::json!([]));
}

#[test]
fn a_dossier_with_a_place_that_is_nowhere_is_refused() {
    let nowhere = serde_json::json!([
        {"name": "your plant", "latitude-e5": 9_100_000, "longitude-e5": 0, "radius-m": 500}
    ]);
    let vault = TestVault::new();
    let folder = vault.beside("open");
    fs::create_dir(&folder).unwrap();
    let folder = OpenDossier::small().put("/places", nowhere).write(&folder);
    vault.load(&folder).refused(3, "dossier-file-content", "no position on earth");
}
