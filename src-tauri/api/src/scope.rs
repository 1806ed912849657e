//! Do the goods of a dossier need a licence at all, and how does the finding get onto a page?
//!
//! The page leaves by the steps of a release: set in memory, searched for what must not leave, written
//! aside, remembered in the ledger, only then made visible. Deliberately absent: the judgement (core).

use std::path::Path;

use jiff::civil::Date;
use lanthan_core::{
    dossier::Dossier,
    field,
    id::{DossierId, ItemId, PartyId},
    leak::Guard,
    ledger::{Given, GivenFile},
    release::PlanError,
    scope::{self, Finding},
    text::Bilingual,
};
use lanthan_store::{LedgerHead, outside::Outgoing};
use sha2::{Digest, Sha256};

use crate::{Result, Workspace, packs::hex, release};

/// Name of the page's file.
pub const PAPER_NAME: &str = "scope.pdf";

/// Under whom the ledger remembers a page for the firm's own files.
const OWN_FILES: &str = "own-files";

/// A page that was written.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The file.
    pub file: GivenFile,
    /// Its number of pages.
    pub pages: u32,
    /// The ledger line that remembers it.
    pub ledger: LedgerHead,
}

impl Workspace {
    /// What comes of the scope question for each item of a dossier.
    ///
    /// # Errors
    ///
    /// [`crate::Error::UnknownPack`] when the program does not carry its pack.
    pub fn scope(&self, dossier: &Dossier, day: Date) -> Result<Vec<(ItemId, Finding<'_>)>> {
        Ok(scope::scope(dossier, self.pack_of(dossier)?, day))
    }

    /// Takes what follows from the scope question over into the situation, by which the checklist asks.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoSuchDossier`], or [`crate::Error::Vault`] when the vault cannot be written.
    pub fn adopt_scope(&mut self, id: &DossierId, day: Date) -> Result<()> {
        let (dossier, _) = self.dossier(id)?;
        let suggestions = scope::suggestions(&self.scope(&dossier, day)?);
        self.change(id, day, |dossier| {
            for (key, word) in suggestions {
                field::write(dossier, key, &Bilingual::same(word))?;
            }
            Ok(())
        })
    }

    /// Writes the finding as a page in both languages into a new or empty folder, for a recipient or for
    /// the firm's own files.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Plan`] when the recipient is no party of the dossier, [`crate::Error::Leak`] when something is
    /// on it that must not leave. Whatever the error, nothing is left in the folder.
    pub fn print_scope(
        &mut self,
        id: &DossierId,
        recipient: Option<&PartyId>,
        out: &Path,
        day: Date,
    ) -> Result<Printed> {
        let (dossier, _) = self.dossier(id)?;
        let pack = self.pack_of(&dossier)?;
        let party = recipient
            .map(|id| dossier.party(id).ok_or_else(|| PlanError::NoSuchRecipient(id.clone())));
        let content = scope::paper(&dossier, pack, day, party.transpose()?)?;
        let outgoing = Outgoing::prepare(out)?;
        let pdf = lanthan_package::paper(&content)?;
        let inspection = release::search(&pdf, &Guard::of(&dossier))?;
        outgoing.write(PAPER_NAME, &pdf)?;
        let file = GivenFile {
            name: PAPER_NAME.to_owned(),
            size_bytes: pdf.len() as u64,
            sha256: hex(&Sha256::digest(&pdf)),
        };
        let given = Given {
            recipient: content.recipient.en.clone(),
            pack: format!("{} {}", pack.id, pack.version),
            files: vec![file.clone()],
            statements: content.statements.iter().map(|one| one.id.to_string()).collect(),
            exhibits: Vec::new(),
            masks: 0,
            passed_over: Vec::new(),
        };
        let to = recipient.map_or(OWN_FILES, PartyId::as_str);
        let ledger = self.hand_over(outgoing, id, to, day, &given)?;
        Ok(Printed { file, pages: inspection.pages, ledger })
    }
}
