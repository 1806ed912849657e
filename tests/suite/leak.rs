//! Is what must not leave kept in, wherever it hides?
//!
//! Protected terms and customers are planted in texts, on papers and in properties of files; either
//! the release is refused as a whole, or the thing is not in the package.

use std::{fmt::Write, fs};

use lanthan_tests::{
    args, cli,
    dossier::OpenDossier,
    folder::{contents, unchanged},
    hostile, pdf,
    pdf::Pdf,
    project, sample, tools,
    vault::TestVault,
};
use serde_json::json;

/// Releases a dossier and holds that nothing has left.
#[track_caller]
fn nothing_leaves(dossier: &OpenDossier, to: &str, code: &str, names: &str) {
    let vault = TestVault::with(dossier);
    let out = vault.beside("out");
    let before = vault.snapshot();
    let ran = vault.release(to, &out);
    ran.refused(1, code, names);
    ran.advises(code);
    assert!(!out.exists(), "something was written");
    unchanged(&vault.snapshot(), &before, "the vault");
    assert!(vault.open().ledger().unwrap().is_empty(), "nothing was given");
}

/// Letters, digits and ideographs alone, in lower case: how a reader would find a word.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn a_protected_term_in_a_caption_blocks_the_release() {
    let caption = json!({"en": "Part for project FALKEN-BRISE.", "zh": "零件"});
    let dossier = OpenDossier::small().put("/exhibits/0/caption", caption);
    nothing_leaves(&dossier, "supplier", "blocked", "Falkenbrise");
}

#[test]
fn a_customers_name_in_an_answer_blocks_the_release() {
    let product = json!({"en": "speakers for Klangwerk  Muster GmbH", "zh": "音箱"});
    let dossier = OpenDossier::small().put("/end-use/product", product);
    nothing_leaves(&dossier, "supplier", "blocked", "Klangwerk Muster GmbH");
}

#[test]
fn a_protected_term_on_a_paper_is_found_in_the_finished_package() {
    let paper = Pdf::saying("Delivery for Falkenbrise").bytes();
    let dossier = OpenDossier::small().exhibit("paper", "paper.pdf", paper);
    nothing_leaves(&dossier, "supplier", "leak", "Falkenbrise");
}

#[test]
fn a_protected_term_that_the_eye_cannot_see_is_found_as_well() {
    // Text rendering mode 3 draws nothing; readers and machines still find the words.
    let hidden = b"BT /F1 12 Tf 3 Tr 72 700 Td (Falken) Tj (brise) Tj ET".to_vec();
    let paper = Pdf::drawing(hidden).bytes();
    let vault = TestVault::with(&OpenDossier::small().exhibit("paper", "paper.pdf", paper));
    let out = vault.beside("out");
    let ran = vault.release("supplier", &out);
    if ran.exit == 1 {
        ran.refused(1, "leak", "Falkenbrise");
        assert!(!out.exists());
    } else {
        let text = tools::praised("pdftotext", [out.join("package.pdf"), "-".into()]);
        assert!(!folded(&text).contains("falkenbrise"), "it left in the text layer");
    }
}

#[test]
fn a_mask_over_a_protected_term_lets_the_rest_leave() {
    let paper = Pdf::saying("Delivery for Falkenbrise").bytes();
    // The words stand at 72, 700 of 595 x 842 points, counted from below.
    let mask = json!({"page": 1, "area": {"x": 900, "y": 1300, "w": 8000, "h": 500},
                      "reason": "trade-secret"});
    let dossier = OpenDossier::small()
        .exhibit("paper", "paper.pdf", paper)
        .put("/exhibits/1/masks", json!([mask]));
    let vault = TestVault::with(&dossier);
    let out = vault.beside("out");
    let _ = vault.release("supplier", &out).done();
    let bytes = fs::read(out.join("package.pdf")).unwrap();
    let inside = String::from_utf8_lossy(&pdf::unpacked(&bytes)).into_owned();
    assert!(!inside.contains("Falkenbrise"));
    let text = tools::praised("pdftotext", [out.join("package.pdf"), "-".into()]);
    assert!(!folded(&text).contains("falkenbrise"));
    assert!(!folded(&text).contains("deliveryfor"), "the mask covers the whole line");
}

#[test]
fn nothing_is_released_to_a_customer() {
    let dossier = OpenDossier::small().put("/exhibits/0/cleared-for", json!(["customer"]));
    nothing_leaves(&dossier, "customer", "blocked", "customer");
}

#[test]
fn what_was_not_cleared_stays() {
    let paper = Pdf::saying("Internal drawing of Falkenbrise").bytes();
    let dossier = OpenDossier::small()
        .exhibit("paper", "paper.pdf", paper)
        .put("/exhibits/1/cleared-for", json!([]));
    let vault = TestVault::with(&dossier);
    let out = vault.beside("out");
    let _ = vault.release("supplier", &out).done();
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["exhibits"].as_array().unwrap().len(), 1);
    let text = tools::praised("pdftotext", [out.join("package.pdf"), "-".into()]);
    assert!(!text.contains("Internal drawing"));
}

#[test]
fn a_release_in_which_nothing_would_leave_is_refused() {
    let mut dossier = OpenDossier::small().put("/exhibits/0/cleared-for", json!([]));
    dossier = dossier.put("/parties/1/profile", json!({})).put("/end-use", json!({}));
    dossier = dossier.put("/order", json!({}));
    nothing_leaves(&dossier, "supplier", "blocked", "Nothing would leave");
}

#[test]
fn a_comment_inside_a_photograph_does_not_leave() {
    let photo = hostile::jpeg_saying("shot for Falkenbrise by Anna Muster");
    let vault = TestVault::with(&OpenDossier::small().photo(photo));
    let out = vault.beside("out");
    let _ = vault.release("supplier", &out).done();
    for (name, bytes) in contents(&out) {
        let bytes = if name == "package.pdf" { pdf::unpacked(&bytes) } else { bytes };
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Falkenbrise") && !text.contains("Muster"), "{name}");
    }
}

#[test]
fn the_secrets_of_the_sample_are_nowhere_in_its_package() {
    let secrets = sample::secrets();
    assert!(secrets.len() >= 3, "the sample protects something: {secrets:?}");
    let place = project::place();
    let plain = place.path().join("plain.pdf");
    let options = ["--qdf", "--object-streams=disable", "--stream-data=uncompress"];
    let files = [sample::pdf(), plain.clone()];
    tools::praised("qpdf", options.iter().map(Into::into).chain(files));
    let text = folded(&tools::praised("pdftotext", [sample::pdf(), "-".into()]));
    let mut all = contents(&sample::made().package);
    all.insert("package.pdf, unpacked by qpdf".to_owned(), fs::read(&plain).unwrap());
    let pdf = fs::read(sample::pdf()).unwrap();
    all.insert("package.pdf, unpacked by lopdf".to_owned(), pdf::unpacked(&pdf));
    for secret in &secrets {
        assert!(!text.contains(&folded(secret)), "{secret} can be read in the package");
        for (name, bytes) in &all {
            for form in forms(secret) {
                let found = bytes.windows(form.len()).any(|piece| piece == form);
                assert!(!found, "{secret} stands in {name}");
            }
        }
    }
}

/// How a PDF or a JSON file could spell a word.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex = |bytes: &[u8]| {
        bytes.iter().fold(String::new(), |mut all, byte| {
            write!(all, "{byte:02X}").unwrap();
            all
        })
    };
    vec![
        word.as_bytes().to_vec(),
        word.to_uppercase().into_bytes(),
        word.to_lowercase().into_bytes(),
        hex(word.as_bytes()).into_bytes(),
        hex(&wide).into_bytes(),
        hex(&wide).to_lowercase().into_bytes(),
        wide,
    ]
}

#[test]
fn unmasking_the_sample_makes_its_leak_seen() {
    // Without its masks the sample's paper shows what the masks hide: the guard must notice, or the
    // test before this one would prove nothing.
    let vault = TestVault::new();
    let open = vault.beside("open");
    sample::copy_changed(&open, |dossier| {
        for exhibit in dossier["exhibits"].as_array_mut().unwrap() {
            exhibit.as_object_mut().unwrap().remove("masks");
        }
    });
    let _ = vault.load(&open).done();
    let out = vault.beside("out");
    let day = args!["--day", "2026-11-20"];
    let id = sample::dossier().id.to_string();
    let words = args!["release", "--dossier", id, "--to", "supplier", "--out", out];
    let ran = cli::run(words.into_iter().chain(day).chain(vault.args()));
    ran.refused(1, "leak", "page");
    assert!(!out.exists());
}
