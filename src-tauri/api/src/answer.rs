//! How does the user declare a point done, say why it is missing, or note the supplier's request?

use jiff::civil::Date;
use lanthan_core::{
    dossier::{Answer, Request, Said},
    id::{DossierId, RequirementId},
};

use crate::{Error, Result, Workspace};

impl Workspace {
    /// Answers a requirement by word, or takes the answer back with `None`. The answer keeps the
    /// question as the pack words it now.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchRequirement`], or [`Error::Empty`] when nothing was said.
    pub fn answer(
        &mut self,
        id: &DossierId,
        requirement: &RequirementId,
        said: Option<Said>,
        day: Date,
    ) -> Result<()> {
        let (dossier, _) = self.dossier(id)?;
        let pack = self.pack_of(&dossier)?;
        let known = pack.requirement(requirement);
        let known = known.ok_or_else(|| Error::NoSuchRequirement(requirement.to_string()))?;
        if let Some(Said::Declared(text) | Said::MissingBecause(text)) = &said
            && text.trim().is_empty()
        {
            return Err(Error::Empty("answer"));
        }
        let asks = if known.asked.is_some() { "title" } else { "shows" };
        let question = pack.say(&format!("requirement.{requirement}.{asks}")).en;
        let pack_version = pack.version.clone();
        self.change(id, day, |dossier| {
            match said {
                Some(said) => {
                    let answer = Answer { question, pack_version, given: day, said };
                    dossier.answers.insert(requirement.clone(), answer);
                }
                None => {
                    dossier.answers.remove(requirement);
                }
            }
            Ok(())
        })
    }

    /// Notes what the supplier asked for in writing, or takes the note back when `quote` is blank.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchRequirement`], also for a line of the supplier's list: that is a request itself.
    pub fn request(
        &mut self,
        id: &DossierId,
        requirement: &RequirementId,
        quote: &str,
        asked_on: Date,
        day: Date,
    ) -> Result<()> {
        let (dossier, _) = self.dossier(id)?;
        let known = self.pack_of(&dossier)?.requirement(requirement);
        if known.is_none_or(|known| known.asked.is_some()) {
            return Err(Error::NoSuchRequirement(requirement.to_string()));
        }
        self.change(id, day, |dossier| {
            if quote.trim().is_empty() {
                dossier.requests.remove(requirement);
            } else {
                let request = Request { day: asked_on, quote: quote.trim().to_owned() };
                dossier.requests.insert(requirement.clone(), request);
            }
            Ok(())
        })
    }
}
