//! Do the papers of a dossier say the same, and which fault of a draft is taken on knowingly?
//!
//! Papers with words in them are read for it; pictures of papers are not. Deliberately absent: reading
//! letters out of pictures.

use jiff::civil::Date;
use lanthan_core::{
    consistency::{self, Outcome, Readings},
    dossier::{Accepted, Dossier},
    draft,
    exhibit::{Exhibit, Format},
    id::DossierId,
};

use crate::{Error, Result, Workspace, reader};

/// The points whose papers are read.
const READ: [&str; 2] = ["purchase-contract", "end-user-registration"];

/// Longer files are no contracts or register extracts, and reading them would be waited for.
const MAX_READ_BYTES: u64 = 20 * 1024 * 1024;

/// Papers with fewer letters than this are pictures with a stray word, and are not judged.
const LEAST_LETTERS: usize = 40;

impl Workspace {
    /// Every check of the dossier's pack, with what differs.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`] when the program does not carry its pack.
    pub fn consistency(&self, dossier: &Dossier, day: Date) -> Result<Vec<Outcome<'_>>> {
        let pack = self.pack_of(dossier)?;
        Ok(consistency::consistency(dossier, pack, day, &self.readings(dossier)))
    }

    /// The faults of the certificate's draft.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPack`] when the program does not carry its pack.
    pub fn draft_faults(&self, dossier: &Dossier) -> Result<Vec<draft::Fault<'_>>> {
        Ok(draft::faults(dossier, self.pack_of(dossier)?))
    }

    /// Takes a fault of the draft on knowingly, or takes that back with a blank reason.
    ///
    /// # Errors
    ///
    /// [`Error::NotInPack`] when the pack knows no such fault.
    pub fn accept_fault(
        &mut self,
        id: &DossierId,
        fault: &str,
        reason: &str,
        day: Date,
    ) -> Result<()> {
        let (dossier, _) = self.dossier(id)?;
        let known = &self.pack_of(&dossier)?.certificate.faults;
        if !known.iter().any(|rule| rule.id == fault) {
            return Err(Error::NotInPack(fault.to_owned()));
        }
        self.change(id, day, |dossier| {
            if reason.trim().is_empty() {
                dossier.accepted_faults.remove(fault);
            } else {
                let accepted = Accepted { given: day, reason: reason.trim().to_owned() };
                dossier.accepted_faults.insert(fault.to_owned(), accepted);
            }
            Ok(())
        })
    }

    /// The words of the papers that can be read; one that cannot be read is left out.
    pub(crate) fn readings(&self, dossier: &Dossier) -> Readings {
        let is_paper = |exhibit: &&Exhibit| {
            exhibit.answers.iter().any(|id| READ.contains(&id.as_str()))
                && exhibit.original.as_ref().is_some_and(|original| {
                    original.format == Format::Pdf && original.size_bytes <= MAX_READ_BYTES
                })
        };
        let read = |exhibit: &Exhibit| {
            let bytes = self.original(&dossier.id, &exhibit.id).ok()?;
            let pages = reader::words(&bytes).ok()?;
            let words: Vec<&str> = pages.iter().flatten().map(|word| word.text.as_str()).collect();
            let text = words.join(" ");
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            (letters >= LEAST_LETTERS).then(|| (exhibit.id.clone(), text))
        };
        dossier.exhibits.iter().filter(is_paper).filter_map(read).collect()
    }
}
