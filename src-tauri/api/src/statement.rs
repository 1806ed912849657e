//! What would each statement say today?

use jiff::civil::Date;
use lanthan_core::{
    checklist::State,
    content::Statement,
    dossier::Role,
    id::DossierId,
    statement::{Setting, keys, party_name, sender},
};

use crate::{Result, Workspace};

/// A statement as it stands now.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its text.
    pub statement: Statement,
    /// The keys of its form.
    pub keys: Vec<String>,
    /// True when its requirement applies.
    pub applies: bool,
}

impl Workspace {
    /// Every statement of the pack, set with what is known so far.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoSuchDossier`] or [`crate::Error::UnknownPack`].
    pub fn statements(&self, id: &DossierId, day: Date) -> Result<Vec<Draft>> {
        let (dossier, _) = self.dossier(id)?;
        let pack = self.pack_of(&dossier)?;
        let list = self.checklist(&dossier, day)?;
        let recipient = party_name(&dossier, Role::Supplier);
        let sender = sender(&dossier);
        let setting = Setting {
            dossier: &dossier,
            pack,
            day,
            recipient: &recipient,
            sender: &sender,
            exhibits: &[],
        };
        let draft = |rule| {
            let rule: &lanthan_core::pack::StatementRule = rule;
            let line = rule
                .requirement
                .as_ref()
                .and_then(|id| list.lines.iter().find(|line| line.requirement.id == *id));
            Draft {
                statement: setting.set(rule),
                keys: keys(&dossier, rule),
                applies: line.is_none_or(|line| line.state != State::NotApplicable),
            }
        };
        Ok(pack.statements.iter().map(draft).collect())
    }
}
