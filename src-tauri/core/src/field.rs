//! Which answer stands under a key such as `end-user.address` or `item.ring.grade`?
//!
//! The first part names a party's role, `item`, `order`, `end-use`, `certificate`, `situation` or
//! `filing`. In packs, `item.*` stands for every item. Deliberately absent: labels and help; they are
//! texts of the pack.

use crate::{
    dossier::{Dossier, Item, Party, Profile, Role, Specification},
    id::{BadId, ItemId, PartyId},
    record::{EntryError, FieldKind, Leaf, Record},
    text::Bilingual,
};

/// Why a field cannot be reached or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// No field has that key.
    #[error("there is no field \"{0}\"")]
    Unknown(String),
    /// The text does not fit.
    #[error("field \"{key}\": {source}")]
    Entry {
        /// The field.
        key: String,
        /// What is wrong.
        source: EntryError,
    },
    /// The item in the key cannot be an id.
    #[error(transparent)]
    BadId(#[from] BadId),
}

impl FieldError {
    /// The stable word under which its sentence stands.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unknown(_) | Self::BadId(_) => "unknown",
            Self::Entry { source, .. } => source.word(),
        }
    }
}

/// The roles whose profile fields can be reached by key.
pub const KEYED_ROLES: [Role; 4] = [Role::EndUser, Role::Importer, Role::Supplier, Role::Trader];

fn role_of(word: &str) -> Option<Role> {
    KEYED_ROLES.into_iter().find(|role| role.word() == word)
}

/// The keys that a pack's key stands for in this dossier: `item.*.grade` becomes one key an item.
/// Without any item it becomes `item.1.grade`, so that a form has something to fill in.
#[must_use]
pub fn expand(dossier: &Dossier, key: &str) -> Vec<String> {
    match key.strip_prefix("item.*.") {
        None => vec![key.to_owned()],
        Some(rest) if dossier.items.is_empty() => vec![format!("item.1.{rest}")],
        Some(rest) => dossier.items.iter().map(|i| format!("item.{}.{rest}", i.id)).collect(),
    }
}

/// The pack's key for a key of this dossier: `item.ring.grade` becomes `item.*.grade`.
#[must_use]
pub fn general(key: &str) -> String {
    match key.strip_prefix("item.").and_then(|rest| rest.split_once('.')) {
        Some((_, rest)) => format!("item.*.{rest}"),
        None => key.to_owned(),
    }
}

/// What stands under a key; blank when its party or item does not exist yet.
///
/// # Errors
///
/// [`FieldError::Unknown`] when no field can have that key.
pub fn read(dossier: &Dossier, key: &str) -> Result<(FieldKind, Bilingual), FieldError> {
    let unknown = || FieldError::Unknown(key.to_owned());
    let (head, rest) = key.split_once('.').ok_or_else(unknown)?;
    let of = |record: &dyn Record, rest: &str| {
        record.leaf(rest).map(|leaf| (leaf.kind(), leaf.read())).ok_or_else(unknown)
    };
    match head {
        "order" => of(&dossier.order, rest),
        "end-use" => of(&dossier.end_use, rest),
        "certificate" => of(&dossier.certificate, rest),
        "situation" => of(&dossier.situation, rest),
        "filing" => of(&dossier.filing, rest),
        "item" => {
            let (id, rest) = rest.split_once('.').ok_or_else(unknown)?;
            match dossier.items.iter().find(|item| item.id.as_str() == id) {
                Some(item) => of(&item.specification, rest),
                None => of(&Specification::default(), rest),
            }
        }
        _ => match dossier.party_with(role_of(head).ok_or_else(unknown)?) {
            Some(party) => of(&party.profile, rest),
            None => of(&Profile::default(), rest),
        },
    }
}

/// Writes what stands under a key; a party or item that does not exist yet is made.
///
/// # Errors
///
/// [`FieldError`] when no field has that key or the text does not fit; the dossier stays as it was.
pub fn write(dossier: &mut Dossier, key: &str, entry: &Bilingual) -> Result<(), FieldError> {
    read(dossier, key)?;
    let unknown = || FieldError::Unknown(key.to_owned());
    let (head, rest) = key.split_once('.').ok_or_else(unknown)?;
    match head {
        "order" => put(&mut dossier.order, key, rest, entry),
        "end-use" => put(&mut dossier.end_use, key, rest, entry),
        "certificate" => put(&mut dossier.certificate, key, rest, entry),
        "situation" => put(&mut dossier.situation, key, rest, entry),
        "filing" => put(&mut dossier.filing, key, rest, entry),
        "item" => {
            let (id, rest) = rest.split_once('.').ok_or_else(unknown)?;
            let id = ItemId::new(id)?;
            if let Some(item) = dossier.items.iter_mut().find(|item| item.id == id) {
                return put(&mut item.specification, key, rest, entry);
            }
            let mut specification = Specification::default();
            put(&mut specification, key, rest, entry)?;
            dossier.items.push(Item { id, specification });
            Ok(())
        }
        word => {
            let role = role_of(word).ok_or_else(unknown)?;
            if let Some(party) = dossier.parties.iter_mut().find(|p| p.roles.contains(&role)) {
                return put(&mut party.profile, key, rest, entry);
            }
            let mut profile = Profile::default();
            put(&mut profile, key, rest, entry)?;
            let id = free_party_id(dossier, word)?;
            let party = Party { id, roles: vec![role], alias: Bilingual::default(), profile };
            dossier.parties.push(party);
            Ok(())
        }
    }
}

fn put(record: &mut dyn Record, key: &str, rest: &str, e: &Bilingual) -> Result<(), FieldError> {
    let leaf: &mut dyn Leaf =
        record.leaf_mut(rest).ok_or_else(|| FieldError::Unknown(key.to_owned()))?;
    leaf.write(e).map_err(|source| FieldError::Entry { key: key.to_owned(), source })
}

fn free_party_id(dossier: &Dossier, word: &str) -> Result<PartyId, BadId> {
    let mut id = PartyId::new(word)?;
    let mut number = 2_u32;
    while dossier.party(&id).is_some() {
        id = PartyId::new(&format!("{word}-{number}"))?;
        number += 1;
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dossier::PackRef,
        id::{DossierId, PackId},
    };

    fn empty() -> Dossier {
        let pack =
            PackRef { id: PackId::new("p").unwrap(), version: "1".into(), overlays: Vec::new() };
        Dossier::new(DossierId::new("d").unwrap(), "D".into(), pack)
    }

    #[test]
    fn writing_a_field_of_a_missing_party_makes_the_party() {
        let mut dossier = empty();
        write(&mut dossier, "end-user.name", &Bilingual::same("Sample Audio S.r.l.")).unwrap();
        assert_eq!(dossier.parties.len(), 1);
        assert_eq!(read(&dossier, "end-user.name").unwrap().1.en, "Sample Audio S.r.l.");
        assert!(read(&dossier, "importer.name").unwrap().1.is_empty());
    }

    #[test]
    fn one_firm_in_two_roles_has_one_profile() {
        let mut dossier = empty();
        write(&mut dossier, "end-user.name", &Bilingual::same("A")).unwrap();
        dossier.parties[0].roles.push(Role::Importer);
        write(&mut dossier, "importer.name", &Bilingual::same("B")).unwrap();
        assert_eq!(read(&dossier, "end-user.name").unwrap().1.en, "B");
    }

    #[test]
    fn a_refused_entry_makes_no_party() {
        let mut dossier = empty();
        assert!(write(&mut dossier, "end-user.founded", &Bilingual::same("long ago")).is_err());
        assert!(write(&mut dossier, "item.1.nothing", &Bilingual::same("x")).is_err());
        assert_eq!(dossier, empty());
    }

    #[test]
    fn a_star_stands_for_every_item() {
        let mut dossier = empty();
        assert_eq!(expand(&dossier, "item.*.grade"), ["item.1.grade"]);
        write(&mut dossier, "item.ring.grade", &Bilingual::same("N38SH")).unwrap();
        assert_eq!(expand(&dossier, "item.*.grade"), ["item.ring.grade"]);
        assert_eq!(general("item.ring.grade"), "item.*.grade");
    }
}
