//! Do contract, destination, transport and the status of the law stand once and alike?
//!
//! Deliberately absent: whether a destination is allowed.

use super::{Discord, Grounds, Kind, of_exhibit, want_in};
use crate::{
    dossier::{Consignee, Role},
    finding::Place,
    pack::Status,
    text::Bilingual,
    words,
};

/// Number and day of the contract are the same in contract and certificate.
pub(super) fn contract(grounds: &Grounds<'_>) -> Vec<Discord> {
    let order = &grounds.dossier.order;
    let mut found = Vec::new();
    for key in ["order.number", "order.signed", "certificate.text"] {
        if grounds.value(key).is_empty() {
            found.push(grounds.blank(key));
        }
    }
    for (side, text) in grounds.sides() {
        found.extend(grounds.want(side, text, &order.number));
        if let Some(signed) = order.signed
            && !words::days(text).contains(&signed)
        {
            found.push(grounds.draft(side, Kind::Absent, &signed.to_string(), ""));
        }
    }
    for (exhibit, text) in grounds.read("purchase-contract") {
        found.extend(want_in((exhibit, text), &order.number, true));
        let days = words::days(text);
        if let Some(signed) = order.signed
            && !days.is_empty()
            && !days.contains(&signed)
        {
            let named: Vec<String> = days.iter().map(ToString::to_string).collect();
            let named = named.join(", ");
            found.push(of_exhibit(Kind::Differs, exhibit, &signed.to_string(), &named));
        }
    }
    found
}

/// Destination, the end user's country and the consignee's country are one, or it is said why not.
pub(super) fn destination(grounds: &Grounds<'_>) -> Vec<Discord> {
    let destination = &grounds.dossier.order.destination;
    if destination.is_empty() {
        return vec![grounds.blank("order.destination")];
    }
    let mut found = Vec::new();
    for (side, text) in grounds.sides() {
        let wanted = if side == 0 { &destination.en } else { &destination.zh };
        found.extend(grounds.want(side, text, wanted));
    }
    if !grounds.dossier.order.destination_note.is_empty() {
        return found;
    }
    let consignee = grounds.dossier.order.consignee;
    if consignee.is_none() {
        found.push(grounds.blank("order.consignee"));
    }
    let consignee = match consignee {
        Some(Consignee::Importer) => Role::Importer,
        Some(Consignee::Trader) => Role::Trader,
        Some(Consignee::EndUser) | None => Role::EndUser,
    };
    let mut keys = vec!["end-user.country".to_owned()];
    if consignee != Role::EndUser {
        keys.push(format!("{}.country", consignee.word()));
    }
    for key in keys {
        let country = grounds.value(&key);
        if country.is_empty() {
            found.push(grounds.blank(&key));
        } else if !same(&country, destination) {
            found.push(grounds.field(Kind::Differs, &key, &destination.en, &country.en));
        }
    }
    found
}

/// True when two texts agree on a side that both have.
fn same(a: &Bilingual, b: &Bilingual) -> bool {
    let equal = |a: &str, b: &str| !a.trim().is_empty() && words::words(a) == words::words(b);
    equal(&a.en, &b.en) || equal(&a.zh, &b.zh)
}

/// One way of transport and one port, and no paper that names another.
pub(super) fn transport(grounds: &Grounds<'_>) -> Vec<Discord> {
    let mut found = Vec::new();
    let order = &grounds.dossier.order;
    for key in ["order.transport", "order.port"] {
        if grounds.value(key).is_empty() {
            found.push(grounds.blank(key));
        }
    }
    let several = ["/", ";", ",", " or ", " and ", "或", "、", "和"];
    for side in [&order.port.en, &order.port.zh] {
        if several.iter().any(|sign| side.contains(sign)) {
            found.push(grounds.field(Kind::Several, "order.port", "", side));
            break;
        }
    }
    let Some(chosen) = order.transport else { return found };
    let chosen_says = grounds.pack.say(&format!("choice.transport.{}", chosen.word())).en;
    let other = |text: &str| {
        let modes = grounds.pack.checks.transports.iter().filter(|words| words.mode != chosen);
        let phrases = modes.flat_map(|words| words.en.iter().chain(&words.zh));
        phrases.into_iter().find(|phrase| words::says(text, phrase)).cloned()
    };
    for (side, text) in grounds.sides() {
        let named = other(text);
        found.extend(named.map(|named| grounds.draft(side, Kind::Differs, &chosen_says, &named)));
    }
    for (exhibit, text) in grounds.read("purchase-contract") {
        let named = other(text);
        found.extend(named.map(|named| of_exhibit(Kind::Differs, exhibit, &chosen_says, &named)));
    }
    found
}

/// Once the status of an announcement is unknown, the supplier's word on it is there.
pub(super) fn status(grounds: &Grounds<'_>) -> Option<Vec<Discord>> {
    let rules = &grounds.pack.checks;
    let unknown = |a: &crate::pack::Announcement| match a.status(grounds.day) {
        Status::UnknownSince(day) => Some((a.id.clone(), day)),
        _ => None,
    };
    let unknown: Vec<_> =
        rules.to_confirm(&grounds.pack.announcements).filter_map(unknown).collect();
    if unknown.is_empty() {
        return None;
    }
    let asked = "suspension-status-check";
    let answers = &grounds.dossier.answers;
    if answers.iter().any(|(id, answer)| {
        id.as_str() == asked && matches!(answer.said, crate::dossier::Said::Declared(_))
    }) {
        return Some(Vec::new());
    }
    let discord = |(id, since): (String, jiff::civil::Date)| Discord {
        kind: Kind::Unconfirmed,
        place: crate::id::RequirementId::new(asked).map_or(Place::Checks, Place::Requirement),
        stands: grounds.pack.say(&format!("announcement.{id}")),
        expected: since.to_string(),
        found: id,
    };
    Some(unknown.into_iter().map(discord).collect())
}
