//! Is the certificate complete, signed in time, in both languages, and free of what nobody should sign?
//!
//! Deliberately absent: judging a signature; the user says whether it is there.

use jiff::{ToSpan, civil::Date};

use super::{Discord, Grounds, Kind, of_exhibit};
use crate::{draft, finding::Place, text::Bilingual};

/// Whatever leaves in a foreign language is there in Chinese as well.
pub(super) fn languages(grounds: &Grounds<'_>) -> Vec<Discord> {
    let mut found = Vec::new();
    let text = &grounds.dossier.certificate.text;
    if text.is_empty() {
        found.push(grounds.blank("certificate.text"));
    } else if !text.is_complete() {
        found.push(grounds.field(Kind::OneLanguage, "certificate.text", "", ""));
    }
    for exhibit in grounds.dossier.exhibits.iter().filter(|e| !e.cleared_for.is_empty()) {
        if exhibit.title.zh.trim().is_empty() || exhibit.caption.zh.trim().is_empty() {
            found.push(of_exhibit(Kind::OneLanguage, exhibit, "", ""));
        }
    }
    for rule in &grounds.pack.statements {
        for key in crate::statement::keys(grounds.dossier, rule) {
            let value = grounds.value(&key);
            if !value.is_empty() && !value.is_complete() {
                found.push(grounds.field(Kind::OneLanguage, &key, "", ""));
            }
        }
    }
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found.dedup();
    found
}

/// The certificate is signed on or after the day of the contract, before the filing, and not too long ago.
pub(super) fn dates(grounds: &Grounds<'_>) -> Vec<Discord> {
    let certificate = &grounds.dossier.certificate;
    let Some(signed) = certificate.signed else {
        return vec![grounds.blank("certificate.signed")];
    };
    let key = "certificate.signed";
    let mut found = Vec::new();
    let mut discord = |kind, than: Date| {
        found.push(grounds.field(kind, key, &than.to_string(), &signed.to_string()));
    };
    if let Some(contract) = grounds.dossier.order.signed.filter(|day| signed < *day) {
        discord(Kind::Early, contract);
    }
    // It can be signed neither after the day on which it is looked at nor after the filing.
    let limit = certificate.filing_day.map_or(grounds.day, |filing| filing.min(grounds.day));
    if signed > limit {
        discord(Kind::Late, limit);
    }
    let used = certificate.filing_day.unwrap_or(grounds.day);
    let months = grounds.pack.checks.limits.certificate_months;
    let first = months.map(|months| used.saturating_sub(i64::from(months).months()));
    if let Some(first) = first.filter(|first| signed < *first) {
        discord(Kind::Stale, first);
    }
    found
}

/// Signature, printed name, title and stamp are there.
pub(super) fn signature(grounds: &Grounds<'_>) -> Vec<Discord> {
    let certificate = &grounds.dossier.certificate;
    let parts = [
        ("certificate.signature", certificate.signature),
        ("certificate.printed-name", certificate.printed_name),
        ("certificate.title", certificate.title),
        ("certificate.stamp", certificate.stamp),
    ];
    let discord = |(key, there): (&str, Option<bool>)| match there {
        None => Some(grounds.blank(key)),
        Some(false) => Some(grounds.field(Kind::No, key, "", "")),
        Some(true) => None,
    };
    parts.into_iter().filter_map(discord).collect()
}

/// Nothing leaves but what was rebuilt: every cleared exhibit has its original in the vault, of which a
/// clean copy is made. What that copy holds is searched again on release.
pub(super) fn traces(grounds: &Grounds<'_>) -> Option<Vec<Discord>> {
    let cleared = grounds.dossier.exhibits.iter().filter(|e| !e.cleared_for.is_empty());
    let bare = cleared.clone().filter(|exhibit| exhibit.original.is_none());
    let found: Vec<Discord> =
        bare.map(|exhibit| of_exhibit(Kind::NoOriginal, exhibit, "", "")).collect();
    (cleared.count() > 0).then_some(found)
}

/// Every fault of the draft is mended or knowingly accepted.
pub(super) fn undertakings(grounds: &Grounds<'_>) -> Vec<Discord> {
    let certificate = &grounds.dossier.certificate;
    if certificate.text.is_empty() {
        return vec![grounds.blank("certificate.text")];
    }
    let faults = draft::faults(grounds.dossier, grounds.pack);
    let accepted = &grounds.dossier.accepted_faults;
    let open = faults.into_iter().filter(|fault| !accepted.contains_key(&fault.rule.id));
    let discord = |fault: draft::Fault<'_>| {
        let title = grounds.pack.say(&format!("fault.{}.title", fault.rule.id));
        Discord {
            kind: Kind::Unaccepted,
            place: Place::Fault(fault.rule.id.clone()),
            stands: Bilingual::new(title.en, title.zh),
            expected: String::new(),
            found: fault.quotes.join(" … "),
        }
    };
    open.map(discord).collect()
}
