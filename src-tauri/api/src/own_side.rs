//! How does the firm answer its own-side questions? The answers stay in the vault.

use jiff::civil::Date;
use lanthan_core::{dossier::OwnAnswer, id::DossierId};

use crate::{Error, Result, Workspace};

impl Workspace {
    /// Answers an own-side question with yes or no and a reason, or takes the answer back with `None`.
    /// The answer keeps the question as the pack words it now.
    ///
    /// # Errors
    ///
    /// [`Error::NotInPack`] when the pack asks no such question, [`Error::Empty`] without a reason.
    pub fn answer_own_side(
        &mut self,
        id: &DossierId,
        question: &str,
        answer: Option<(bool, String)>,
        day: Date,
    ) -> Result<()> {
        let (dossier, _) = self.dossier(id)?;
        let pack = self.pack_of(&dossier)?;
        if !pack.own_side.questions.iter().any(|known| known.id == question) {
            return Err(Error::NotInPack(question.to_owned()));
        }
        if answer.as_ref().is_some_and(|(_, reason)| reason.trim().is_empty()) {
            return Err(Error::Empty("reason"));
        }
        let asked = pack.say(&format!("own-side.{question}.asks")).en;
        self.change(id, day, |dossier| {
            match answer {
                Some((yes, reason)) => {
                    let reason = reason.trim().to_owned();
                    let answer = OwnAnswer { question: asked, given: day, yes, reason };
                    dossier.own_side.insert(question.to_owned(), answer);
                }
                None => {
                    dossier.own_side.remove(question);
                }
            }
            Ok(())
        })
    }
}
