//! Do the goods of a dossier need a licence at all, and how does the finding get onto a page?
//!
//! The page leaves by the steps of a release: set in memory, searched for what must not leave, written
//! aside, remembered in the ledger, only then made visible. Deliberately absent: the judgement (core).

use std::path::Path;

use jiff::civil::Date;
use lanthan_core::{
    content::Content,
    dossier::{Dossier, Item, PackRef, Specification},
    field,
    id::{DossierId, ItemId, PartyId},
    leak::Guard,
    ledger::{Given, GivenFile},
    pack::Pack,
    release::PlanError,
    scope::{self, Finding},
    text::Bilingual,
};
use lanthan_store::{LedgerHead, outside::Outgoing};
use sha2::{Digest, Sha256};

use crate::{Error, Result, Workspace, packs::hex, release};

/// Name of the page's file.
pub const PAPER_NAME: &str = "scope.pdf";

/// Under whom the ledger remembers a page for the firm's own files.
const OWN_FILES: &str = "own-files";

/// A page that was written.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file.
    pub file: GivenFile,
    /// Its number of pages.
    pub pages: u32,
}

/// A page that was written from a dossier.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The page.
    pub page: Page,
    /// The ledger line that remembers it.
    pub ledger: LedgerHead,
}

/// Writes the finding about goods that stand in no dossier into a new or empty folder. No vault is open,
/// so nothing is protected and no ledger remembers it.
///
/// # Errors
///
/// As [`Workspace::print_scope`].
pub fn print(pack: &Pack, goods: Specification, out: &Path, day: Date) -> Result<Page> {
    let under =
        PackRef { id: pack.id.clone(), version: pack.version.clone(), overlays: Vec::new() };
    let mut alone = Dossier::new(DossierId::new("goods")?, String::new(), under);
    alone.items.push(Item { id: ItemId::new("1")?, specification: goods });
    let (outgoing, page) = write(&scope::paper(&alone, asking(pack)?, day, None)?, &alone, out)?;
    outgoing.finish()?;
    Ok(page)
}

/// A pack that has rules for the question; an earlier one may have none, and then nothing is judged.
fn asking(pack: &Pack) -> Result<&Pack> {
    let named = || format!("{} {}", pack.id, pack.version);
    if pack.scope.rules.is_empty() { Err(Error::NoScopeRules(named())) } else { Ok(pack) }
}

/// Sets the page, searches it for what must not leave, and writes it aside.
fn write(content: &Content, dossier: &Dossier, out: &Path) -> Result<(Outgoing, Page)> {
    let outgoing = Outgoing::prepare(out)?;
    let pdf = lanthan_package::paper(content)?;
    let inspection = release::search(&pdf, &Guard::of(dossier))?;
    outgoing.write(PAPER_NAME, &pdf)?;
    let file = GivenFile {
        name: PAPER_NAME.to_owned(),
        size_bytes: pdf.len() as u64,
        sha256: hex(&Sha256::digest(&pdf)),
    };
    Ok((outgoing, Page { file, pages: inspection.pages }))
}

impl Workspace {
    /// What comes of the scope question for each item of a dossier.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`] when the program does not carry its pack, [`Error::NoScopeRules`] when that
    /// is one without `scope.toml`.
    pub fn scope(&self, dossier: &Dossier, day: Date) -> Result<Vec<(ItemId, Finding<'_>)>> {
        Ok(scope::scope(dossier, asking(self.pack_of(dossier)?)?, day))
    }

    /// Takes what follows from the scope question over into the situation, by which the checklist asks.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDossier`], or [`Error::Vault`] when the vault cannot be written.
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
    /// [`Error::Plan`] when the recipient is no party of the dossier, [`Error::Leak`] when something is
    /// on it that must not leave. Whatever the error, nothing is left in the folder.
    pub fn print_scope(
        &mut self,
        id: &DossierId,
        recipient: Option<&PartyId>,
        out: &Path,
        day: Date,
    ) -> Result<Printed> {
        let (dossier, _) = self.dossier(id)?;
        let pack = asking(self.pack_of(&dossier)?)?;
        let party = recipient
            .map(|id| dossier.party(id).ok_or_else(|| PlanError::NoSuchRecipient(id.clone())));
        let content = scope::paper(&dossier, pack, day, party.transpose()?)?;
        let (outgoing, page) = write(&content, &dossier, out)?;
        let given = Given {
            recipient: content.recipient.en.clone(),
            pack: format!("{} {}", pack.id, pack.version),
            files: vec![page.file.clone()],
            statements: content.statements.iter().map(|one| one.id.to_string()).collect(),
            exhibits: Vec::new(),
            masks: 0,
            passed_over: Vec::new(),
        };
        let to = recipient.map_or(OWN_FILES, PartyId::as_str);
        let ledger = self.hand_over(outgoing, id, to, day, &given)?;
        Ok(Printed { page, ledger })
    }
}
