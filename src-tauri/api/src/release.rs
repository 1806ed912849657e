//! How does a package leave?
//!
//! Plan, typeset, re-open, search for what must not leave, write the ledger line, only then make the
//! files visible. On any doubt nothing leaves. This is the only caller of the package crate's
//! writing of packages; a single page leaves by the same steps (see `scope.rs`). Deliberately absent: any way round the findings that block.

use std::{ops::ControlFlow, path::Path};

use jiff::civil::Date;
use lanthan_core::{
    clean::CleanPage,
    dossier::Dossier,
    id::{DossierId, ExhibitId, PartyId},
    leak::{Guard, Leak},
    ledger::{Given, GivenExhibit, GivenFile},
    redaction::Papers,
    release::{Plan, plan},
};
use lanthan_package::{About, Pages, PagesError, Written};
use lanthan_store::{LedgerHead, LedgerLine, outside::Outgoing};

use crate::{Error, Progress, Result, Step, Workspace, reader};

/// A package that has left.
#[derive(Debug, Clone)]
pub struct Released {
    /// What was written.
    pub written: Written,
    /// The ledger line that remembers it.
    pub ledger: LedgerHead,
}

/// The pages of a package that has not left, for the eyes of the house.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The bytes that would leave as the PDF.
    pub pdf: Vec<u8>,
    /// Width and height of each page in points.
    pub pages: Vec<[f32; 2]>,
    /// The bookmarks.
    pub outline: Vec<String>,
}

impl Preview {
    /// A page as a JPEG, counted from 1, with its long edge in pixels.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when there is no such page.
    pub fn page_image(&self, page: u32, edge_px: u32) -> Result<Vec<u8>> {
        Ok(reader::page_image(&self.pdf, page, edge_px)?.2)
    }
}

/// A line of the ledger, read back.
#[derive(Debug, Clone)]
pub struct LedgerEntry {
    /// The line as the vault keeps it.
    pub row: lanthan_store::LedgerRow,
    /// What it says; absent when the line takes an earlier one back.
    pub given: Option<Given>,
}

/// Cleans pages straight out of the vault, one exhibit at a time.
struct VaultPages<'a> {
    workspace: &'a Workspace,
    dossier: &'a Dossier,
}

impl Pages for VaultPages<'_> {
    fn pages(&mut self, id: &ExhibitId) -> std::result::Result<Vec<CleanPage>, PagesError> {
        let exhibit = self
            .dossier
            .exhibit(id)
            .ok_or_else(|| PagesError::new(Error::NoSuchExhibit(id.to_string())))?;
        let pages = exhibit.leaving_pages();
        self.workspace.clean_pages(self.dossier, exhibit, &pages).map_err(PagesError::new)
    }
}

impl Workspace {
    /// What would leave, and what speaks against it.
    ///
    /// # Errors
    ///
    /// [`Error::Plan`] when the recipient is no party of the dossier.
    pub fn plan(&self, id: &DossierId, recipient: &PartyId, day: Date) -> Result<Plan> {
        let (dossier, _) = self.dossier(id)?;
        let papers = self.papers(&dossier, recipient);
        Ok(plan(&dossier, self.pack_of(&dossier)?, day, recipient, &papers)?)
    }

    /// Sets the package in memory, exactly as it would leave, without letting it leave.
    ///
    /// # Errors
    ///
    /// [`Error::Package`] when it cannot be set, [`Error::Leak`] when something is in it that must
    /// not leave.
    pub fn preview(
        &self,
        id: &DossierId,
        recipient: &PartyId,
        day: Date,
        progress: Progress<'_>,
    ) -> Result<Preview> {
        let (dossier, _) = self.dossier(id)?;
        // What a preview shows does not depend on what the papers say.
        let papers = Papers::default();
        let plan = plan(&dossier, self.pack_of(&dossier)?, day, recipient, &papers)?;
        let mut pages = VaultPages { workspace: self, dossier: &dossier };
        let pdf = lanthan_package::assemble(&plan.content, &mut pages, &mut told(progress))?;
        let inspection = search(&pdf, &plan.guard)?;
        let sizes = reader::probe(&pdf)?;
        let sizes = sizes.pages.iter().map(|page| [page.width, page.height]).collect();
        Ok(Preview { pdf, pages: sizes, outline: inspection.outline })
    }

    /// Writes the package for one recipient into a new or empty folder. Where `seen` is given, the
    /// dossier must still be in that revision: what leaves is what was looked at.
    ///
    /// # Errors
    ///
    /// [`Error::Moved`] when it was changed since, [`Error::Blocked`] while findings block, [`Error::Leak`] when the re-opened package holds
    /// something that must not leave. Whatever the error, nothing is left in the folder.
    pub fn release(
        &mut self,
        id: &DossierId,
        recipient: &PartyId,
        out: &Path,
        seen: Option<u64>,
        day: Date,
        progress: Progress<'_>,
    ) -> Result<Released> {
        let (dossier, revision) = self.dossier(id)?;
        if seen.is_some_and(|seen| seen != revision) {
            return Err(Error::Moved);
        }
        let held = self.held(&dossier.pack)?;
        let (pack, hash) = (&held.pack, held.sha256.as_str());
        let plan = plan(&dossier, pack, day, recipient, &self.papers(&dossier, recipient))?;
        if plan.is_blocked() {
            return Err(Error::Blocked(plan.findings));
        }
        let about = About {
            pack_id: pack.id.to_string(),
            pack_version: pack.version.clone(),
            pack_sha256: hash.to_owned(),
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let outgoing = Outgoing::prepare(out)?;
        let mut pages = VaultPages { workspace: self, dossier: &dossier };
        let written = lanthan_package::write(
            &plan.content,
            &about,
            &mut pages,
            &outgoing.folder(),
            &mut told(progress),
        )?;
        // Re-opened from the disk, not from memory: what is searched is what would leave.
        if progress(Step { stage: "check", done: 0, total: 1 }).is_break() {
            return Err(Error::Cancelled);
        }
        let pdf = lanthan_store::outside::read(
            &outgoing.folder().join(lanthan_package::PDF_NAME),
            u64::MAX - 1,
        )?;
        search(&pdf, &plan.guard)?;
        lanthan_package::verify(&outgoing.folder()).map_err(Error::Differs)?;
        let given = given(&plan, &dossier, &written, &about);
        let ledger = self.hand_over(outgoing, id, recipient.as_str(), day, &given)?;
        Ok(Released { written, ledger })
    }

    /// Writes the ledger line, and only then makes what was written visible.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] or [`Error::Outside`]; nothing is visible then.
    pub(crate) fn hand_over(
        &mut self,
        outgoing: Outgoing,
        id: &DossierId,
        recipient: &str,
        day: Date,
        given: &Given,
    ) -> Result<LedgerHead> {
        let line = |kind: &'static str, summary: &str| LedgerLine {
            day,
            dossier: id.clone(),
            recipient: recipient.to_owned(),
            kind: kind.to_owned(),
            summary_json: summary.to_owned(),
        };
        let summary = serde_json::to_string(given).map_err(|_| Error::NotText("ledger"))?;
        let ledger = self.vault.append_ledger(&line("release", &summary))?;
        if let Err(error) = outgoing.finish() {
            // The line stays; a second one says that nothing left after all.
            self.vault.append_ledger(&line("void", "{}"))?;
            return Err(error.into());
        }
        Ok(ledger)
    }

    /// What each recipient has been given, the oldest first.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the chain of lines is broken.
    pub fn ledger(&self) -> Result<Vec<LedgerEntry>> {
        self.vault.verify_ledger()?;
        let rows = self.vault.ledger(None)?;
        Ok(rows
            .into_iter()
            .map(|row| LedgerEntry { given: serde_json::from_str(&row.summary_json).ok(), row })
            .collect())
    }
}

/// Passes the package crate's progress on.
fn told(
    progress: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> impl FnMut(lanthan_package::Stage, u32, u32) -> ControlFlow<()> {
    move |stage, done, total| {
        progress(Step { stage: stage.word(), done: u64::from(done), total: u64::from(total) })
    }
}

/// Looks for protected terms in everything that a reader of the PDF could find: words on the pages,
/// bookmarks, properties, alternative texts.
pub(crate) fn search(pdf: &[u8], guard: &Guard) -> Result<lanthan_package::Inspection> {
    let mut leaks: Vec<Leak> = Vec::new();
    for (page, words) in (1_u32..).zip(reader::words(pdf)?) {
        let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        leaks.extend(guard.search(&text.join(" "), &format!("page {page}")));
    }
    let inspection = lanthan_package::inspect(pdf)?;
    for text in inspection.texts() {
        leaks.extend(guard.search(text, "document properties"));
    }
    leaks.sort();
    leaks.dedup();
    if leaks.is_empty() { Ok(inspection) } else { Err(Error::Leak(leaks)) }
}

fn given(plan: &Plan, dossier: &Dossier, written: &Written, about: &About) -> Given {
    let file = |file: &lanthan_package::WrittenFile| GivenFile {
        name: file.name.clone(),
        size_bytes: file.size_bytes,
        sha256: file.sha256.clone(),
    };
    let exhibit = |exhibit: &lanthan_core::content::PlannedExhibit| GivenExhibit {
        number: exhibit.number,
        title: exhibit.title.en.clone(),
        made_from: dossier
            .exhibit(&exhibit.id)
            .and_then(|exhibit| exhibit.original.as_ref())
            .map(|original| original.sha256.clone())
            .unwrap_or_default(),
    };
    Given {
        recipient: plan.content.recipient.en.clone(),
        pack: format!("{} {}", about.pack_id, about.pack_version),
        files: written.files.iter().map(file).collect(),
        statements: plan.content.statements.iter().map(|s| s.id.to_string()).collect(),
        exhibits: plan.content.exhibits.iter().map(exhibit).collect(),
        masks: plan.content.exhibits.iter().map(|exhibit| exhibit.masks).sum(),
        passed_over: plan.findings.iter().map(|finding| finding.code.to_owned()).collect(),
    }
}
