//! Is every firm called the same everywhere, and was it screened in time?
//!
//! Deliberately absent: comparing names with official lists (see [`crate::screening`]).

use jiff::ToSpan;

use super::{Discord, Grounds, Kind, want_in};
use crate::{dossier::Role, words};

/// The end user's registered name is the same in certificate, register extract and contract.
pub(super) fn names(grounds: &Grounds<'_>) -> Vec<Discord> {
    let name = grounds.value("end-user.name").en;
    if name.is_empty() {
        return vec![grounds.blank("end-user.name")];
    }
    let local = grounds.value("end-user.name-local").en;
    let chinese = grounds.value("end-user.name-zh").zh;
    let mut found = Vec::new();
    let sides = grounds.sides();
    if sides.is_empty() {
        found.push(grounds.blank("certificate.text"));
    }
    for (side, text) in sides {
        let is_chinese = side == 1;
        // A firm without a Chinese name stands in Latin letters on both sides.
        let wanted = if is_chinese && !chinese.is_empty() { &chinese } else { &name };
        if !local.is_empty() && words::says(text, &local) && !is_chinese {
            continue;
        }
        found.extend(grounds.want(side, text, wanted));
    }
    for paper in grounds.read("end-user-registration") {
        if local.is_empty() || !words::says(paper.1, &local) {
            found.extend(want_in(paper, &name, true));
        }
    }
    // A contract may name the buyer alone; then only a misspelling speaks against it.
    for paper in grounds.read("purchase-contract") {
        found.extend(want_in(paper, &name, false));
        found.extend(want_in(paper, &chinese, false));
    }
    found
}

/// Every firm that handles the goods was screened within the days that the pack gives, and none is
/// half owned by a listed firm.
pub(super) fn screening(grounds: &Grounds<'_>) -> Option<Vec<Discord>> {
    let days = grounds.pack.checks.limits.screening_days?;
    let mut found = Vec::new();
    for role in [Role::EndUser, Role::Importer, Role::Trader] {
        let Some(party) = grounds.dossier.party_with(role) else { continue };
        let key = format!("{}.screened", role.word());
        match party.profile.screened {
            None => found.push(grounds.blank(&key)),
            Some(day) if day > grounds.day => {
                let (limit, day) = (grounds.day.to_string(), day.to_string());
                found.push(grounds.field(Kind::Late, &key, &limit, &day));
            }
            Some(day) => {
                let last = day.saturating_add(i64::from(days).days());
                if last < grounds.day {
                    let first = grounds.day.saturating_sub(i64::from(days).days()).to_string();
                    found.push(grounds.field(Kind::Stale, &key, &first, &day.to_string()));
                }
            }
        }
        let key = format!("{}.listed-owner", role.word());
        match party.profile.listed_owner {
            None => found.push(grounds.blank(&key)),
            Some(true) => found.push(grounds.field(Kind::ListedOwner, &key, "", "")),
            Some(false) => {}
        }
    }
    // One firm in two roles has one profile, and is named once.
    found.dedup_by(|a, b| a.kind == b.kind && a.stands == b.stands && a.found == b.found);
    for discord in &mut found {
        discord.stands = named(grounds, discord);
    }
    (!found.is_empty() || grounds.dossier.party_with(Role::EndUser).is_some()).then_some(found)
}

/// The label of a party's field with the party's name.
fn named(grounds: &Grounds<'_>, discord: &Discord) -> crate::text::Bilingual {
    let crate::finding::Place::Field(key) = &discord.place else { return discord.stands.clone() };
    let name = key
        .split_once('.')
        .map(|(role, _)| grounds.value(&format!("{role}.name")).en)
        .unwrap_or_default();
    if name.is_empty() {
        return discord.stands.clone();
    }
    let with = |label: &str| format!("{name}: {label}");
    crate::text::Bilingual::new(with(&discord.stands.en), with(&discord.stands.zh))
}
