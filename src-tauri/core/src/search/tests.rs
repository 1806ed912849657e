//! Is everything that was typed in a passage, and does a change touch only what it changes?

use jiff::civil::date;

use super::*;
use crate::{
    dossier::{PackRef, Role},
    id::{DossierId, ItemId, PackId, PartyId, RequirementId},
    interchange,
};

fn full() -> Dossier {
    let pack = PackRef { id: PackId::new("p").unwrap(), version: "1".into(), overlays: Vec::new() };
    let mut dossier = Dossier::new(DossierId::new("d").unwrap(), "Ring magnets".into(), pack);
    let mut party = Party {
        id: PartyId::new("buyer").unwrap(),
        roles: vec![Role::Importer],
        alias: Bilingual::new("Buyer", "买方"),
        profile: crate::dossier::Profile::default(),
    };
    party.profile.name = "Sample Audio S.r.l.".into();
    party.profile.name_zh = "示例音响".into();
    dossier.parties.push(party);
    let mut item = Item {
        id: ItemId::new("ring").unwrap(),
        specification: crate::dossier::Specification::default(),
    };
    item.specification.grade = "N38SH".into();
    dossier.items.push(item);
    let said = Said::Declared("kept in the safe".into());
    let (question, given) = ("Q".to_owned(), date(2026, 11, 1));
    let answer = Answer { question, pack_version: "1".into(), given, said };
    dossier.answers.insert(RequirementId::new("own-law").unwrap(), answer);
    let asked = Request { day: given, quote: "please send the drawing".into() };
    dossier.requests.insert(RequirementId::new("drawing").unwrap(), asked);
    let term = ProtectedTerm { term: "Falkenbrise".into(), why: "a project".into() };
    dossier.protected_terms.push(term);
    dossier.certificate.text.en = "a clause on audits".into();
    let reason = "counsel was asked".to_owned();
    let home = crate::dossier::OwnAnswer { question: "Q".into(), given, yes: false, reason };
    dossier.own_side.insert("home-law".into(), home);
    dossier.end_use.application = Bilingual::new("loudspeakers", "扬声器");
    let photo = r#"{"id":"hall","path":"IMG_7.jpg","kind":"photo","caption":{"zh":"车间"}}"#;
    dossier.exhibits.push(serde_json::from_str(photo).unwrap());
    dossier
}

#[test]
fn everything_that_was_typed_stands_in_a_passage() {
    let passages = passages(&full());
    let all: Vec<&str> =
        passages.iter().flat_map(|p| [p.title.as_str(), p.text.as_str()]).collect();
    let all = all.join("\n");
    for typed in [
        "Ring magnets",
        "买方",
        "Sample Audio",
        "示例音响",
        "N38SH",
        "kept in the safe",
        "please send the drawing",
        "Falkenbrise",
        "a clause on audits",
        "counsel was asked",
        "a project",
        "扬声器",
        "IMG_7.jpg",
        "车间",
    ] {
        assert!(all.contains(typed), "{typed}");
    }
}

#[test]
fn a_change_touches_only_what_it_changes() {
    let before = full();
    let mut after = before.clone();
    assert_eq!(changes(&before, &after), Changes::default());
    after.exhibits[0].caption.en = "The hall".into();
    after.items.clear();
    let found = changes(&before, &after);
    assert_eq!(found.gone, [(Kind::Item, "ring".to_owned())]);
    assert_eq!(found.fresh.len(), 1);
    assert_eq!((found.fresh[0].kind, found.fresh[0].id.as_str()), (Kind::Exhibit, "hall"));
    assert!(found.fresh[0].text.contains("The hall"));
}

#[test]
fn changes_lead_from_one_dossier_to_any_other() {
    let empty = interchange::read(
        r#"{"format":1,"dossier":{"id":"d","title":"D","pack":{"id":"p","version":"1"}}}"#,
    )
    .unwrap();
    for (before, after) in [(&empty, &full()), (&full(), &empty)] {
        let mut known = passages(before);
        let Changes { gone, fresh } = changes(before, after);
        let old = |p: &Passage| {
            gone.iter().any(|(kind, id)| *kind == p.kind && *id == p.id)
                || fresh.iter().any(|f| f.kind == p.kind && f.id == p.id)
        };
        known.retain(|passage| !old(passage));
        known.extend(fresh);
        let mut wanted = passages(after);
        for list in [&mut known, &mut wanted] {
            list.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        }
        assert_eq!(known, wanted);
    }
}

#[test]
fn a_kind_is_read_back_from_its_word() {
    for kind in Kind::ALL {
        assert_eq!(Kind::of_word(kind.word()), Some(kind));
    }
    assert_eq!(Kind::of_word("nothing"), None);
}
