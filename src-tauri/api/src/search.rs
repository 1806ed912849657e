//! Where in the vault does something stand that was typed or imported?
//!
//! Found are titles, names, answers, requests, captions, names of imported files and protected terms,
//! of every dossier. Deliberately absent: what stands inside of originals, the ledger, and texts of
//! the pack.

use lanthan_core::{
    dossier::Dossier,
    id::{DossierId, RequirementId},
    interchange,
    questionnaire::ID_HEAD,
    search::{Changes, Kind, Passage, changes, passages},
};
use lanthan_store::{FoundPassage, Piece, Query};

use crate::{Result, Workspace};

/// The greatest number of hits.
pub const MOST_HITS: usize = 200;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its dossier.
    pub dossier: DossierId,
    /// The title of that.
    pub dossier_title: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its id in the dossier; blank where there is only one of its kind.
    pub id: String,
    /// What it is called, with what was found in it; for answers and requests, what is asked.
    pub title: Vec<Piece>,
    /// What else was typed of it, around what was found; empty when that is nothing.
    pub snippet: Vec<Piece>,
}

impl Workspace {
    /// The best hits in all dossiers, at most `limit` and [`MOST_HITS`]. Every word that was typed
    /// must stand in what is found: a word by its beginning, Chinese by signs that stand together;
    /// case and accents do not matter, and no sign commands anything.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`](crate::Error::Vault) when the vault cannot be read.
    pub fn search(&self, typed: &str, limit: usize) -> Result<Vec<Hit>> {
        let query = Query::new(typed);
        let limit = limit.min(MOST_HITS);
        let found = if self.vault.is_searchable()? {
            self.vault.find(&query, limit)?
        } else {
            self.look_at_everything(&query, limit)?
        };
        Ok(found.into_iter().map(|one| self.hit(&query, one)).collect())
    }

    fn hit(&self, query: &Query, found: FoundPassage) -> Hit {
        let FoundPassage { dossier, dossier_title, passage } = found;
        let Passage { kind, id, title, text } = passage;
        let title = match kind {
            // A line of a supplier's list is its own title.
            Kind::Answer | Kind::Request if title.is_empty() => {
                vec![Piece { text: self.asked(&dossier, &id), found: false }]
            }
            _ => query.show(&title),
        };
        Hit { dossier, dossier_title, kind, id, title, snippet: query.show(&text) }
    }

    /// What a requirement asks, in the words of the first pack that knows it.
    fn asked(&self, dossier: &DossierId, requirement: &str) -> String {
        let known = RequirementId::new(requirement).ok();
        if requirement.starts_with(ID_HEAD)
            && let Some(id) = &known
            && let Ok((dossier, _)) = self.dossier(dossier)
            && let Some(asked) = dossier.asked_point(id)
        {
            return asked.line.clone();
        }
        let pack =
            known.and_then(|id| self.packs.all().find(|pack| pack.requirement(&id).is_some()));
        match pack {
            Some(pack) => pack.say(&format!("requirement.{requirement}.title")).en,
            None => requirement.to_owned(),
        }
    }

    /// The same without an index, where none may be written.
    fn look_at_everything(&self, query: &Query, limit: usize) -> Result<Vec<FoundPassage>> {
        let mut found = Vec::new();
        for row in self.vault.dossiers()? {
            let (dossier, _) = self.dossier(&row.id)?;
            for passage in passages(&dossier) {
                if found.len() >= limit {
                    return Ok(found);
                }
                if query.matches(&passage.title, &passage.text) {
                    let (dossier, dossier_title) = (row.id.clone(), row.title.clone());
                    found.push(FoundPassage { dossier, dossier_title, passage });
                }
            }
        }
        Ok(found)
    }

    /// Makes the index anew when it is missing or was made by other rules. A vault that cannot be
    /// written is searched without one.
    pub(crate) fn make_searchable(&mut self) -> Result<()> {
        if self.vault.is_read_only() || self.vault.is_searchable()? {
            return Ok(());
        }
        let made = self.vault.make_searchable(&|stored| {
            // A dossier that cannot be read is refused when it is opened, in words of its own.
            interchange::read_parts(&stored.body, &stored.exhibits)
                .map(|dossier| passages(&dossier))
                .unwrap_or_default()
        });
        match made {
            // On a full disk the vault opens all the same.
            Err(lanthan_store::VaultError::DiskFull) => Ok(()),
            made => Ok(made?),
        }
    }
}

/// What a change does to what can be searched for; `before` is `None` when the dossier is new.
pub(crate) fn follow(before: Option<&Dossier>, after: &Dossier) -> Changes {
    match before {
        Some(before) => changes(before, after),
        None => Changes { gone: Vec::new(), fresh: passages(after) },
    }
}
