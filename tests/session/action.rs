//! What can a user do in a session, and how is that told to a program that is about to be killed?

use std::{fmt, str::FromStr};

/// One user action: one transaction of the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Takes the dossier in from its open folder.
    Load,
    /// Takes a picture in, by its number.
    Import(usize),
    /// Gives the dossier a title with this number.
    Rename(u32),
    /// Takes the last change back.
    Undo,
    /// Takes an exhibit out.
    Remove(String),
    /// Gives the dossier up.
    Delete,
    /// Releases to the supplier into the folder with this number.
    Release(u32),
    /// Changes to the other passphrase.
    Passphrase,
    /// Sets the other passphrase by the recovery key.
    Recover,
    /// Gives the vault a new vault key, and the other passphrase with it.
    Rekey,
    /// Makes the backup, or brings it up to now.
    Backup,
    /// Makes a backup by the plan, of which so many are kept.
    Turn(u8),
    /// Brings a second vault back from the backup, by the number of the passphrase that opens it.
    Restore(usize),
    /// Makes a second, empty vault.
    Create,
}

impl Action {
    /// True when the other passphrase opens the vault afterwards.
    #[must_use]
    pub fn turns_passphrase(&self) -> bool {
        matches!(self, Self::Passphrase | Self::Recover | Self::Rekey)
    }

    /// True when a second vault stands beside the first afterwards.
    #[must_use]
    pub fn makes_second(&self) -> bool {
        matches!(self, Self::Restore(_) | Self::Create)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load => f.write_str("load"),
            Self::Import(photo) => write!(f, "import:{photo}"),
            Self::Rename(number) => write!(f, "rename:{number}"),
            Self::Undo => f.write_str("undo"),
            Self::Remove(exhibit) => write!(f, "remove:{exhibit}"),
            Self::Delete => f.write_str("delete"),
            Self::Release(number) => write!(f, "release:{number}"),
            Self::Passphrase => f.write_str("passphrase"),
            Self::Recover => f.write_str("recover"),
            Self::Rekey => f.write_str("rekey"),
            Self::Backup => f.write_str("backup"),
            Self::Turn(keep) => write!(f, "turn:{keep}"),
            Self::Restore(passphrase) => write!(f, "restore:{passphrase}"),
            Self::Create => f.write_str("create"),
        }
    }
}

impl FromStr for Action {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (word, rest) = text.split_once(':').unwrap_or((text, ""));
        let number = || rest.parse().map_err(|_| format!("no number in {text}"));
        Ok(match word {
            "load" => Self::Load,
            "import" => Self::Import(number()? as usize),
            "rename" => Self::Rename(number()?),
            "undo" => Self::Undo,
            "remove" => Self::Remove(rest.to_owned()),
            "delete" => Self::Delete,
            "release" => Self::Release(number()?),
            "passphrase" => Self::Passphrase,
            "recover" => Self::Recover,
            "rekey" => Self::Rekey,
            "backup" => Self::Backup,
            "turn" => Self::Turn(u8::try_from(number()?).map_err(|_| format!("too many: {text}"))?),
            "restore" => Self::Restore(number()? as usize),
            "create" => Self::Create,
            _ => return Err(format!("no action {text}")),
        })
    }
}
