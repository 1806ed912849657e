//! Does the data sheet have every field of the certificate, and is each fault of a draft found, in both
//! languages, and nowhere else?

use lanthan_core::{
    dossier::{Dossier, ProtectedTerm},
    draft::faults,
    pack::{BlockRule, Pack},
};

use crate::support::{DRAFT_EN, DRAFT_ZH, agreeing, pack};

/// For each fault a sentence in either language that holds it.
const SENTENCES: [(&str, &str, &str); 9] = [
    (
        "named-country",
        "We will not sell the finished products to the United States.",
        "本公司不向美国销售最终产品。",
    ),
    (
        "whole-chain",
        "We guarantee that all our customers comply with this certificate.",
        "本公司保证所有客户遵守本证明。",
    ),
    (
        "penalty",
        "In case of breach the end user shall indemnify the exporter regardless of fault.",
        "如有违反，最终用户无论是否有过错均应支付违约金。",
    ),
    (
        "audit",
        "The exporter may at any time inspect the premises of the end user.",
        "出口商可随时对最终用户进行检查。",
    ),
    ("jurisdiction", "This certificate is governed by the laws of China.", "本证明适用中国法律。"),
    (
        "unknowable",
        "None of our customers will use the items for other purposes.",
        "任何客户都不会将物项用于其他用途。",
    ),
    ("beyond-order", "It covers all present and future deliveries.", "本证明对今后所有订单有效。"),
    ("customers", "A list of customers is attached.", "附客户名单。"),
    ("personal-data", "The signatory gives the number of a passport.", "签字人须填写护照号码。"),
];

fn with(pack: &Pack, en: &str, zh: &str) -> Dossier {
    let mut dossier = agreeing(pack);
    dossier.certificate.text.en = format!("{DRAFT_EN}\n{en}");
    dossier.certificate.text.zh = format!("{DRAFT_ZH}\n{zh}");
    dossier
}

fn found(pack: &Pack, dossier: &Dossier) -> Vec<String> {
    faults(dossier, pack).into_iter().map(|fault| fault.rule.id.clone()).collect()
}

#[test]
fn a_draft_with_the_three_undertakings_alone_has_no_fault() {
    let pack = pack();
    let dossier = agreeing(&pack);
    assert_eq!(faults(&dossier, &pack), []);
}

#[test]
fn each_fault_is_found_in_both_languages_and_alone() {
    let pack = pack();
    for (id, en, zh) in SENTENCES {
        assert_eq!(found(&pack, &with(&pack, en, zh)), [id], "{en} {zh}");
        assert_eq!(found(&pack, &with(&pack, en, "")), [id], "{en}");
        // What only the Chinese holds is a fault of its own as well.
        let mut alone = found(&pack, &with(&pack, "", zh));
        alone.retain(|found| found != "chinese-says-more");
        assert_eq!(alone, [id], "{zh}");
    }
}

#[test]
fn every_fault_of_the_pack_has_a_sentence_here_or_a_test_of_its_own() {
    let pack = pack();
    let mut ids: Vec<&str> =
        pack.certificate.faults.iter().map(|fault| fault.id.as_str()).collect();
    assert_eq!(ids.len(), 10);
    ids.retain(|id| *id != "chinese-says-more");
    assert_eq!(ids, SENTENCES.map(|(id, _, _)| id));
}

#[test]
fn chinese_that_says_more_is_found_with_what_it_says() {
    let pack = pack();
    let more = |en: &str, zh: &str| {
        let all = with(&pack, en, zh);
        let fault = faults(&all, &pack).into_iter().find(|f| f.rule.id == "chinese-says-more");
        fault.map(|fault| fault.quotes.join(" "))
    };
    assert_eq!(more("", "本证明适用中国法律。").as_deref(), Some("本证明适用中国法律"));
    assert_eq!(more("It is governed by Chinese law.", "本证明适用中国法律。"), None);
    assert_eq!(more("", "另含13000件。").as_deref(), Some("13000"));
    assert_eq!(more("", "型号SA-150。").as_deref(), Some("150 sa-150"));
    assert_eq!(more("Another sentence.", "另一句。"), None);
}

#[test]
fn a_draft_without_the_order_reaches_beyond_it() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    let text = dossier.certificate.text.en.replace("PO-2026-0417", "the order");
    dossier.certificate.text.en = text;
    assert!(found(&pack, &dossier).contains(&"beyond-order".to_owned()));
}

#[test]
fn a_protected_name_in_the_draft_is_a_fault() {
    let pack = pack();
    let mut dossier = with(&pack, "For the use of Nordklang.", "供Nordklang使用。");
    assert_eq!(found(&pack, &dossier), [] as [&str; 0]);
    dossier.protected_terms.push(ProtectedTerm { term: "Nordklang".into(), why: String::new() });
    assert_eq!(found(&pack, &dossier), ["customers"]);
}

#[test]
fn every_field_of_the_certificate_stands_on_the_data_sheet() {
    let pack = pack();
    let sheet = pack.statements.iter().find(|s| s.id.as_str() == "certificate-data-sheet").unwrap();
    let (mut keys, mut texts) = (Vec::new(), vec![format!("statement.{}.title", sheet.id)]);
    for block in &sheet.blocks {
        match block {
            BlockRule::Rows { fields, .. } => keys.extend(fields.iter().cloned()),
            BlockRule::Blanks { labels } => texts.extend(labels.iter().cloned()),
            BlockRule::Heading { text } | BlockRule::Text { text } | BlockRule::Notice { text } => {
                texts.push(text.clone());
            }
            BlockRule::Signature { .. } | BlockRule::ExhibitIndex => {}
        }
    }
    assert_eq!(pack.certificate.fields.len(), 23);
    for field in &pack.certificate.fields {
        for key in &field.keys {
            assert!(keys.contains(key), "{}: {key}", field.id);
        }
        for text in &field.texts {
            assert!(texts.contains(text), "{}: {text}", field.id);
        }
    }
}

#[test]
fn the_three_undertakings_stand_on_the_data_sheet_word_for_word() {
    let pack = pack();
    let printed = pack.text("certificate.undertakings").unwrap();
    assert_eq!(pack.certificate.undertakings.len(), 3);
    for undertaking in &pack.certificate.undertakings {
        assert!(printed.en.contains(&undertaking.en), "{}", undertaking.en);
        assert!(printed.zh.contains(&undertaking.zh), "{}", undertaking.zh);
    }
    assert_eq!(printed.en.lines().count(), 3);
}
