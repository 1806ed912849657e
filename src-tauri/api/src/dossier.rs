//! How are dossiers listed, begun, renamed, undone and given up?

use jiff::civil::Date;
use lanthan_core::{
    checklist::{Checklist, State, checklist},
    dossier::{Dossier, Party, ProtectedTerm, Role},
    id::{DossierId, PartyId},
    interchange,
    search::changes,
    text::Bilingual,
};

use lanthan_store::StoredDossier;

use crate::{Error, Result, Workspace};

/// A dossier in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: DossierId,
    /// Its title.
    pub title: String,
    /// The day of its last change.
    pub changed: String,
    /// Requirements that are ready.
    pub ready: usize,
    /// Requirements that apply and are not ready.
    pub open: usize,
    /// Requirements that apply.
    pub total: usize,
}

/// What a form says of a party; its other fields are reached by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyEntry {
    /// Its id; blank for a new party.
    pub id: String,
    /// What it does.
    pub roles: Vec<Role>,
    /// Its name in Latin letters.
    pub name: String,
    /// Its name in its own language, where that differs.
    pub name_local: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its pseudonym.
    pub alias: Bilingual,
}

impl Workspace {
    /// Every dossier, the last changed first.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the vault cannot be read.
    pub fn dossiers(&self, day: Date) -> Result<Vec<Row>> {
        self.vault.dossiers()?.into_iter().map(|row| self.row(row, day)).collect()
    }

    fn row(&self, row: lanthan_store::DossierRow, day: Date) -> Result<Row> {
        let lanthan_store::DossierRow { id, title, changed, revision } = row;
        if let Some((known, counted, row)) = self.rows.borrow().get(&id)
            && (*known, *counted) == (revision, day)
        {
            return Ok(row.clone());
        }
        let (dossier, _) = self.read_dossier(&id)?;
        let list = checklist(&dossier, self.pack_of(&dossier)?, day);
        let ready = list.count(State::Ready);
        let open = list.count(State::Missing) + list.count(State::Weak);
        let total = list.lines.len() - list.count(State::NotApplicable);
        let row = Row { id: id.clone(), title, changed, ready, open, total };
        self.rows.borrow_mut().insert(id, (revision, day, row.clone()));
        Ok(row)
    }

    /// The checklist of a dossier on a day.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`] when the program does not carry its pack.
    pub fn checklist(&self, dossier: &Dossier, day: Date) -> Result<Checklist<'_>> {
        Ok(checklist(dossier, self.pack_of(dossier)?, day))
    }

    /// Begins a dossier under the current version of the pack.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] when the title is blank.
    pub fn create_dossier(&mut self, title: &str, day: Date) -> Result<DossierId> {
        let title = title.trim();
        if title.is_empty() {
            return Err(Error::Empty("title"));
        }
        let taken: Vec<_> = self.vault.dossiers()?.into_iter().map(|row| row.id).collect();
        let id = free_id(title, |id| taken.iter().any(|taken| taken.as_str() == id));
        let id = DossierId::new(&id)?;
        let under = self.begin_under()?;
        self.keep_pack_of(&under, day)?;
        let dossier = Dossier::new(id.clone(), title.to_owned(), under);
        self.save(None, dossier, day, &[])?;
        Ok(id)
    }

    /// Gives a dossier another title.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] when the title is blank.
    pub fn rename_dossier(&mut self, id: &DossierId, title: &str, day: Date) -> Result<()> {
        if title.trim().is_empty() {
            return Err(Error::Empty("title"));
        }
        self.change(id, day, |dossier| {
            title.trim().clone_into(&mut dossier.title);
            Ok(())
        })
    }

    /// Gives a dossier up, with all its exhibits. The ledger keeps what was released.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`].
    pub fn delete_dossier(&mut self, id: &DossierId) -> Result<()> {
        self.dossier(id)?;
        Ok(self.vault.delete_dossier(id)?)
    }

    /// Takes the last change of a dossier back; false when there is none to take back. Where `seen` is
    /// given, the dossier must still be in that revision, so that no other change is taken back.
    ///
    /// # Errors
    ///
    /// [`Error::Moved`] when it was changed since, [`Error::Vault`] when the vault cannot be written.
    pub fn undo(&mut self, id: &DossierId, seen: Option<u64>) -> Result<bool> {
        let (dossier, revision) = self.dossier(id)?;
        if seen.is_some_and(|seen| seen != revision) {
            return Err(Error::Moved);
        }
        let search = |then: &StoredDossier| {
            let after = interchange::read_parts(&then.body, &then.exhibits).ok()?;
            Some(changes(&dossier, &after))
        };
        Ok(self.vault.undo_dossier(id, &search)?.is_some())
    }

    /// True when a change of the dossier can be taken back.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the vault cannot be read.
    pub fn can_undo(&self, id: &DossierId) -> Result<bool> {
        Ok(self.vault.can_undo(id)?)
    }

    /// Says which parties there are and what they do; a party that is left out is removed.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] when a party has no name or no role.
    pub fn set_parties(&mut self, id: &DossierId, entries: &[PartyEntry], day: Date) -> Result<()> {
        self.change(id, day, |dossier| {
            let mut parties: Vec<Party> = Vec::with_capacity(entries.len());
            for entry in entries {
                if entry.name.trim().is_empty() || entry.roles.is_empty() {
                    return Err(Error::Empty("party"));
                }
                let known = PartyId::new(&entry.id).ok().and_then(|id| dossier.party(&id).cloned());
                let mut party = match known {
                    Some(party) => party,
                    None => new_party(entry, |id| {
                        parties.iter().chain(&dossier.parties).any(|p| p.id.as_str() == id)
                    })?,
                };
                party.roles.clone_from(&entry.roles);
                party.alias = entry.alias.clone();
                entry.name.trim().clone_into(&mut party.profile.name);
                entry.name_local.trim().clone_into(&mut party.profile.name_local);
                entry.name_zh.trim().clone_into(&mut party.profile.name_zh);
                parties.push(party);
            }
            let gone = |id: &PartyId| !parties.iter().any(|party| party.id == *id);
            for exhibit in &mut dossier.exhibits {
                exhibit.cleared_for.retain(|id| !gone(id));
            }
            dossier.parties = parties;
            Ok(())
        })
    }

    /// Says which strings must not leave; blank ones are dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the vault cannot be written.
    pub fn set_protected_terms(
        &mut self,
        id: &DossierId,
        terms: Vec<ProtectedTerm>,
        day: Date,
    ) -> Result<()> {
        self.change(id, day, |dossier| {
            dossier.protected_terms =
                terms.into_iter().filter(|term| !term.term.trim().is_empty()).collect();
            Ok(())
        })
    }
}

fn new_party(entry: &PartyEntry, taken: impl Fn(&str) -> bool) -> Result<Party> {
    let word = entry.roles.first().map_or("party", |role| role.word());
    let id = PartyId::new(&free_id(word, taken))?;
    let profile = lanthan_core::dossier::Profile::default();
    Ok(Party { id, roles: entry.roles.clone(), alias: entry.alias.clone(), profile })
}

/// An id made of a text's letters and digits, with a number when it is taken.
pub(crate) fn free_id(text: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut stem = String::new();
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        match c {
            'a'..='z' | '0'..='9' => stem.push(c),
            _ if stem.ends_with('-') || stem.is_empty() => {}
            _ => stem.push('-'),
        }
        if stem.len() >= 40 {
            break;
        }
    }
    let stem = stem.trim_end_matches('-');
    let stem = if stem.is_empty() { "dossier" } else { stem };
    if !taken(stem) {
        return stem.to_owned();
    }
    (2_u32..=u32::MAX).map(|n| format!("{stem}-{n}")).find(|id| !taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_what_the_title_offers() {
        assert_eq!(free_id("Ring magnets, 2026/04!", |_| false), "ring-magnets-2026-04");
        assert_eq!(free_id("订单", |_| false), "dossier");
        assert_eq!(free_id("A", |id| id == "a" || id == "a-2"), "a-3");
    }
}
