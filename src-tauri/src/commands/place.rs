//! On which screen, and at what, is a finding mended?
//!
//! A target names a thing of the screen; behind `#` stands the field or fault in it.

use lanthan_core::{
    dossier::Dossier,
    field,
    finding::Place,
    pack::{BlockRule, Pack},
};

/// The screen and its target.
pub(crate) fn place(pack: &Pack, dossier: &Dossier, place: &Place) -> (&'static str, String) {
    match place {
        Place::Requirement(id) => ("checklist", id.to_string()),
        Place::Exhibit(id) => ("exhibits", id.to_string()),
        Place::Statement(id) => ("statements", id.to_string()),
        Place::Party(id) => ("parties", id.to_string()),
        Place::Dossier => ("checklist", String::new()),
        Place::Checks => ("consistency", String::new()),
        Place::Fault(id) => ("consistency", format!("#fault.{id}")),
        Place::Field(key) => of_field(pack, dossier, key),
    }
}

/// Where a field is typed in: with its firm, with the point that wants it, on the statement that prints
/// it, or beside the checks.
fn of_field(pack: &Pack, dossier: &Dossier, key: &str) -> (&'static str, String) {
    let head = key.split('.').next().unwrap_or_default();
    let role = field::KEYED_ROLES.into_iter().find(|role| role.word() == head);
    if let Some(party) = role.and_then(|role| dossier.party_with(role)) {
        return ("parties", format!("{}#{key}", party.id));
    }
    let general = field::general(key);
    let wants = |needs: &[String]| needs.contains(&general);
    if let Some(requirement) = pack.requirements.iter().find(|r| wants(&r.needs.fields)) {
        return ("checklist", format!("{}#{key}", requirement.id));
    }
    let prints =
        |block: &BlockRule| matches!(block, BlockRule::Rows { fields, .. } if wants(fields));
    match pack.statements.iter().find(|statement| statement.blocks.iter().any(prints)) {
        Some(statement) => ("statements", format!("{}#{key}", statement.id)),
        None => ("consistency", format!("#{key}")),
    }
}
