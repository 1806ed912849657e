//! Does each of the fifteen checks agree where papers agree, and say what differs where they do not?

use jiff::civil::{Date, date};
use lanthan_core::{
    consistency::{Outcome, Readings, Standing, consistency, findings},
    dossier::Dossier,
    finding::{Place, Severity},
    id::ExhibitId,
    pack::Pack,
    text::Bilingual,
};

use crate::support::{DAY, after, agreeing, empty, enter, exhibit, outcome, pack, papers};

const IDS: [&str; 15] = [
    "names",
    "contract",
    "goods",
    "destination",
    "end-use",
    "quantity",
    "transport",
    "languages",
    "dates",
    "signature",
    "traces",
    "undertakings",
    "code",
    "screening",
    "status",
];

#[track_caller]
fn differs(id: &str, words: &[&str], change: impl FnOnce(&mut Dossier, &mut Readings)) {
    let (standing, said) = after(id, change);
    assert_eq!(standing, Standing::Differs, "{id}: {said}");
    for word in words {
        assert!(said.contains(word), "{id}: {said}");
    }
}

#[track_caller]
fn open(id: &str, word: &str, change: impl FnOnce(&mut Dossier, &mut Readings)) {
    let (standing, said) = after(id, change);
    assert_eq!(standing, Standing::Open, "{id}: {said}");
    assert!(said.contains(word), "{id}: {said}");
}

fn replace(dossier: &mut Dossier, from: &str, to: &str) {
    let text = &mut dossier.certificate.text;
    assert!(text.en.contains(from) || text.zh.contains(from), "{from}");
    text.en = text.en.replace(from, to);
    text.zh = text.zh.replace(from, to);
}

fn reread(readings: &mut Readings, id: &str, from: &str, to: &str) {
    let text = readings.get_mut(&ExhibitId::new(id).unwrap()).unwrap();
    assert!(text.contains(from), "{from}");
    *text = text.replace(from, to);
}

#[test]
fn the_pack_has_the_fifteen_checks_in_their_order() {
    let pack = pack();
    let ids: Vec<&str> = pack.checks.checks.iter().map(|check| check.id.as_str()).collect();
    assert_eq!(ids, IDS);
}

#[test]
fn papers_that_agree_agree_in_every_check() {
    let pack = pack();
    let dossier = agreeing(&pack);
    for outcome in consistency(&dossier, &pack, DAY, &papers()) {
        let (id, standing) = (&outcome.rule.id, outcome.standing);
        assert_eq!(standing, Standing::Agrees, "{id}: {:?}", outcome.discords);
    }
    let outcomes = consistency(&dossier, &pack, DAY, &papers());
    assert!(findings(&pack, &outcomes).is_empty());
}

#[test]
fn an_empty_dossier_differs_nowhere() {
    let pack = pack();
    let outcomes = consistency(&empty(&pack), &pack, date(2026, 11, 10), &Readings::new());
    for outcome in &outcomes {
        assert_ne!(outcome.standing, Standing::Differs, "{}", outcome.rule.id);
        assert_ne!(outcome.standing, Standing::Agrees, "{}", outcome.rule.id);
    }
    let findings = findings(&pack, &outcomes);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0].code, findings[0].severity), ("consistency-open", Severity::Tip));
}

#[test]
fn a_name_that_is_spelt_otherwise_is_shown_as_it_stands() {
    differs("names", &["Sampel Audio S.r.l."], |d, _| {
        replace(d, "Sample Audio S.r.l.", "Sampel Audio S.r.l.");
    });
    differs("names", &["样品音像有限责任公司", "Chinese text"], |d, _| {
        replace(d, "样品音响有限责任公司", "样品音像有限责任公司");
    });
    differs("names", &["Register extract"], |_, r| {
        reread(r, "register", "SAMPLE AUDIO S.R.L.", "Other Firm Ltd");
    });
    differs("names", &["Samble Audio"], |_, r| {
        reread(r, "contract", "Sample Audio", "Samble Audio");
    });
    open("names", "Words of the draft", |d, _| d.certificate.text = Bilingual::default());
}

#[test]
fn a_contract_that_names_the_buyer_alone_is_no_difference() {
    let (standing, said) =
        after("names", |_, r| reread(r, "contract", "Sample Audio S.r.l.", "Buying Office KG"));
    assert_eq!(standing, Standing::Agrees, "{said}");
}

#[test]
fn number_and_day_of_the_contract_must_be_the_same() {
    differs("contract", &["PO-2026-0471", "PO-2026-0417"], |d, _| {
        replace(d, "PO-2026-0417", "PO-2026-0471");
    });
    differs("contract", &["2026-09-14"], |d, _| replace(d, "14 September", "15 September"));
    differs("contract", &["2026-09-15", "Purchase order"], |_, r| {
        reread(r, "contract", "14 September", "15 September");
    });
    differs("contract", &["PO-2026-0417"], |_, r| {
        reread(r, "contract", "PO-2026-0417", "number four");
    });
    open("contract", "Day of signing", |d, _| d.order.signed = None);
}

#[test]
fn goods_and_quantities_must_be_the_same() {
    differs("goods", &["12000", "English text"], |d, _| replace(d, "12,000", "12,500"));
    differs("goods", &["934.8 kg"], |d, _| replace(d, "934.8", "943.8"));
    differs("goods", &["N38SH", "N38H"], |d, _| replace(d, "N38SH", "N38H"));
    differs("goods", &["M46-22-8", "Purchase order"], |_, r| {
        reread(r, "contract", "M46-22-8", "M46-22-9");
    });
    differs("goods", &["烧结钕铁硼环形磁体"], |d, _| replace(d, "环形磁体", "环形磁铁"));
    differs("goods", &["12000", "Purchase order"], |_, r| {
        reread(r, "contract", "12 000 pcs, 934.8 kg", "12 500 pcs, 943.8 kg");
    });
    let (standing, said) = after("goods", |_, r| reread(r, "contract", ", 934.8 kg", ""));
    assert_eq!(standing, Standing::Agrees, "pieces are enough in a contract: {said}");
    open("goods", "Words of the draft", |d, _| d.certificate.text = Bilingual::default());
}

#[test]
fn destination_and_countries_must_be_one_or_explained() {
    differs("destination", &["Germany"], |d, _| {
        enter(d, "end-user.country", "Germany", "德国");
    });
    let (standing, said) = after("destination", |d, _| {
        enter(d, "end-user.country", "Germany", "德国");
        enter(d, "order.destination-note", "The plant is in Italy", "工厂位于意大利");
    });
    assert_eq!(standing, Standing::Agrees, "{said}");
    differs("destination", &["Italy", "English text"], |d, _| {
        replace(d, "Destination: Italy", "Destination: Malta");
        replace(d, "S.r.l., Italy", "S.r.l.");
    });
    open("destination", "Who receives the goods", |d, _| d.order.consignee = None);
}

#[test]
fn the_certificate_says_no_other_use_and_pictures_show_the_product() {
    differs("end-use", &["drones"], |d, _| {
        enter(d, "certificate.end-use", "Loudspeaker and drones", "SA-130系列扬声器");
    });
    differs("end-use", &["sa-150"], |d, _| {
        enter(d, "certificate.end-use", "Loudspeaker", "SA-150系列扬声器");
    });
    differs("end-use", &["Loudspeaker SB-9"], |d, _| {
        d.exhibits[0].title.en = "Loudspeaker SB-9".into();
    });
    open("end-use", "End use as the certificate has it", |d, _| {
        d.certificate.end_use = Bilingual::default();
    });
}

#[test]
fn the_last_explained_piece_is_accepted_and_the_next_is_not() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    assert_eq!(outcome(&pack, &dossier, &papers(), "quantity").standing, Standing::Agrees);
    dossier.items[0].specification.pieces = Some(12_001);
    let found = outcome(&pack, &dossier, &papers(), "quantity");
    assert_eq!(found.standing, Standing::Differs);
    assert_eq!(found.discords[0].place, Place::Field("order.units-planned".into()));
    open("quantity", "End products planned", |d, _| d.order.units_planned = None);
    dossier.items[0].specification.pieces = None;
    assert_eq!(outcome(&pack, &dossier, &papers(), "quantity").standing, Standing::NotAsked);
}

#[test]
fn one_mode_and_one_port() {
    differs("transport", &["Ningbo or Shanghai"], |d, _| {
        enter(d, "order.port", "Ningbo or Shanghai", "宁波");
    });
    differs("transport", &["by sea", "Purchase order"], |_, r| {
        reread(r, "contract", "by air", "by sea");
    });
    differs("transport", &["海运"], |d, _| replace(d, "最终目的国", "海运至最终目的国"));
    open("transport", "Transport mode", |d, _| d.order.transport = None);
}

#[test]
fn what_leaves_in_one_language_is_named() {
    differs("languages", &["Words of the draft"], |d, _| d.certificate.text.zh.clear());
    differs("languages", &["Loudspeaker SA-130"], |d, _| d.exhibits[0].caption.zh.clear());
    differs("languages", &["End product"], |d, _| d.end_use.product.zh.clear());
}

#[test]
fn the_certificate_is_signed_between_contract_and_filing() {
    let signed = |day| move |d: &mut Dossier, _: &mut Readings| d.certificate.signed = Some(day);
    let stands = |day| after("dates", signed(day)).0;
    assert_eq!(stands(date(2026, 9, 13)), Standing::Differs, "before the contract");
    assert_eq!(stands(date(2026, 9, 14)), Standing::Agrees, "on the day of the contract");
    assert_eq!(stands(date(2026, 11, 20)), Standing::Agrees, "on the day itself");
    assert_eq!(stands(date(2026, 11, 21)), Standing::Differs, "in the future");
    let filed = |day| {
        after("dates", |d, _| {
            d.order.signed = Some(date(2026, 1, 5));
            d.certificate.filing_day = Some(day);
        })
    };
    assert_eq!(filed(date(2027, 4, 1)).0, Standing::Agrees, "six months after the signature");
    let (standing, said) = filed(date(2027, 4, 2));
    assert_eq!(standing, Standing::Differs, "{said}");
    assert!(said.contains("too long ago"), "{said}");
    assert_eq!(filed(date(2026, 9, 30)).0, Standing::Differs, "after the filing");
    open("dates", "Day of signature", |d, _| d.certificate.signed = None);
}

#[test]
fn each_part_of_the_signature_counts() {
    for key in ["signature", "printed-name", "title", "stamp"] {
        let key = format!("certificate.{key}");
        differs("signature", &["no"], |d, _| enter(d, &key, "no", ""));
        open("signature", "blank", |d, _| enter(d, &key, "", ""));
    }
}

#[test]
fn an_exhibit_without_an_original_cannot_be_rebuilt() {
    differs("traces", &["Purchase order"], |d, _| d.exhibits[1].original = None);
    let (standing, _) = after("traces", |d, _| d.exhibits.clear());
    assert_eq!(standing, Standing::NotAsked);
}

#[test]
fn a_fault_of_the_draft_is_mended_or_accepted() {
    let penalty = "The end user pays liquidated damages.";
    differs("undertakings", &["Penalty", "liquidated damages"], |d, _| {
        d.certificate.text.en.push_str(penalty);
    });
    let (standing, said) = after("undertakings", |d, _| {
        d.certificate.text.en.push_str(penalty);
        let accepted =
            lanthan_core::dossier::Accepted { given: DAY, reason: "agreed by the board".into() };
        d.accepted_faults.insert("penalty".into(), accepted);
    });
    assert_eq!(standing, Standing::Agrees, "{said}");
    open("undertakings", "Words of the draft", |d, _| d.certificate.text = Bilingual::default());
}

#[test]
fn a_code_fits_element_and_form() {
    let code = |code: &'static str| {
        after("code", move |d, _| {
            d.items[0].specification.control_code = code.into();
        })
    };
    for good in ["1C905.a.4", "1C905", "1C905.a.4, 1C905.a.4", "3C001.a"] {
        assert_eq!(code(good).0, Standing::Agrees, "{good}");
    }
    for bad in [
        "1C904.a.4",
        "1C905.b",
        "1C905.a.2",
        "1C905.d",
        "1c905.a.4",
        "C905",
        "1C905.4",
        "1C905.a.4.b.1",
    ] {
        let (standing, said) = code(bad);
        assert_eq!(standing, Standing::Differs, "{bad}: {said}");
    }
    open("code", "Export control code", |d, _| d.items[0].specification.control_code.clear());
    // Gadolinium has no entry for magnets.
    differs("code", &["Gd"], |d, _| {
        d.items[0].specification.control_code = "1C903.a.4".into();
        d.items[0].specification.elements = "Gd".into();
    });
}

#[test]
fn the_seventh_day_after_a_screening_is_accepted_and_the_eighth_is_not() {
    let screened = |day| after("screening", move |d, _| d.parties[0].profile.screened = Some(day));
    assert_eq!(screened(date(2026, 11, 13)).0, Standing::Agrees);
    assert_eq!(screened(date(2026, 11, 12)).0, Standing::Differs);
    assert_eq!(screened(date(2026, 11, 21)).0, Standing::Differs, "in the future");
    differs("screening", &["Sample Audio S.r.l.", "half"], |d, _| {
        d.parties[0].profile.listed_owner = Some(true);
    });
    open("screening", "Sample Audio S.r.l.", |d, _| d.parties[0].profile.screened = None);
}

fn status_on<'a>(pack: &'a Pack, dossier: &Dossier, day: Date) -> Outcome<'a> {
    let all = consistency(dossier, pack, day, &Readings::new());
    all.into_iter().find(|outcome| outcome.rule.id == "status").unwrap()
}

#[test]
fn an_unknown_status_is_confirmed_by_the_supplier() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    assert_eq!(status_on(&pack, &dossier, DAY).standing, Standing::Agrees);
    dossier.answers.clear();
    let found = status_on(&pack, &dossier, DAY);
    assert_eq!(found.standing, Standing::Differs);
    let asked: Vec<&str> = found.discords.iter().map(|d| d.found.as_str()).collect();
    assert_eq!(asked, ["2025-57", "2025-61", "2025-62"]);
    assert_eq!(status_on(&pack, &dossier, date(2026, 11, 10)).standing, Standing::NotAsked);
}

#[test]
fn every_finding_says_why_and_leads_to_its_place() {
    let pack = pack();
    let mut dossier = agreeing(&pack);
    dossier.exhibits.push(exhibit("bare", "item-photos", "Bare"));
    dossier.exhibits[3].original = None;
    dossier.certificate.signed = Some(date(2026, 1, 1));
    let outcomes = consistency(&dossier, &pack, DAY, &papers());
    let findings = findings(&pack, &outcomes);
    let places: Vec<&Place> = findings.iter().map(|finding| &finding.place).collect();
    assert!(places.contains(&&Place::Field("certificate.signed".into())), "{places:?}");
    assert!(places.contains(&&Place::Exhibit(ExhibitId::new("bare").unwrap())), "{places:?}");
    for finding in &findings {
        assert_eq!(finding.code, "consistency-differs");
        assert!(finding.args.iter().all(|(_, value)| !value.is_empty()), "{finding:?}");
    }
}

#[test]
fn the_same_papers_give_the_same_answer() {
    let pack = pack();
    let dossier = agreeing(&pack);
    let twice = [(); 2].map(|()| consistency(&dossier, &pack, DAY, &papers()));
    assert_eq!(twice[0], twice[1]);
}
