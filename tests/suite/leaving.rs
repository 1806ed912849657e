//! What is left of what a file gave away once it leaves, and what did its earlier states show?

use std::fs;

use lanthan_tests::{args, dossier::OpenDossier, pdf::Pdf, project::root, vault::TestVault};
use serde_json::{Value, json};

fn show(vault: &TestVault, exhibit: &str) -> Value {
    vault.run(args!["exhibit", "show", exhibit, "--dossier", "test", "--json"]).done().json()
}

#[test]
fn nothing_can_be_dug_out_of_the_bytes_that_leave() {
    let photo = fs::read(root().join("assets/sample/facility-exterior.jpg")).unwrap();
    let paper = Pdf::saying("Order of 20000 magnets").by("A. Sample").with_script().bytes();
    let dossier = OpenDossier::small().exhibit("plant", "plant.jpg", photo);
    let vault = TestVault::with(&dossier.exhibit("order", "order.pdf", paper));
    for (exhibit, format, words) in [("plant", "jpeg", 0), ("order", "pdf", 4)] {
        let shown = show(&vault, exhibit);
        assert_ne!(shown["found"], json!([]), "there was something to remove");
        let leaves = &shown["leaves"];
        assert_eq!((&leaves["found"], &leaves["hidden"]), (&json!([]), &json!([])), "{shown}");
        assert_eq!((&leaves["format"], &leaves["words"]), (&format.into(), &words.into()));
        assert_eq!(shown["revisions"], json!([]));
    }
}

#[test]
fn an_earlier_state_tells_the_words_that_the_last_one_does_not_show() {
    let line = |text: &str| format!("BT /F1 18 Tf 72 700 Td ({text}) Tj ET\n").into_bytes();
    let paper = Pdf::drawing(line("Price 12.50 EUR")).then_drawing(line("Price on request"));
    let vault = TestVault::with(&OpenDossier::small().exhibit("order", "order.pdf", paper));
    let shown = show(&vault, "order");
    let gone = json!([{"page": 1, "words": "12.50 EUR"}]);
    assert_eq!(shown["revisions"], json!([{"number": 1, "pages": 1, "gone": gone}]));
    assert_eq!(shown["leaves"]["found"], json!([]));
}
