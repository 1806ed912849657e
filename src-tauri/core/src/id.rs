//! What may be a name by which one thing in a dossier points at another?
//!
//! Ids are short lower-case words that are safe as part of a file name, an HTML id and a log line.
//! They never carry a customer's name: Lanthan makes them, or the user sees them in `dossier.json`.

use serde::{Deserialize, Serialize};

/// Longest id in bytes.
pub const MAX_LEN: usize = 64;

/// Why a text cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not an id: use 1 to 64 of a-z, 0-9 and hyphen, beginning with a letter or digit"
)]
pub struct BadId(pub String);

fn parse(text: &str) -> Result<String, BadId> {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let good = text.len() <= MAX_LEN
        && text.starts_with(word)
        && text.chars().all(|c| word(c) || c == '-');
    if good { Ok(text.to_owned()) } else { Err(BadId(text.chars().take(MAX_LEN).collect())) }
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Accepts an id.
            ///
            /// # Errors
            ///
            /// [`BadId`] when the text is empty, too long or has other characters.
            pub fn new(text: &str) -> Result<Self, BadId> {
                parse(text).map(Self)
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Names a dossier inside its vault.
    DossierId
);
id!(
    /// Names a party inside its dossier.
    PartyId
);
id!(
    /// Names an item inside its dossier.
    ItemId
);
id!(
    /// Names an exhibit inside its dossier.
    ExhibitId
);
id!(
    /// Names a rule pack.
    PackId
);
id!(
    /// Names a requirement inside its pack; never renamed once published.
    RequirementId
);
id!(
    /// Names a statement inside its pack.
    StatementId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_four_characters_are_accepted_and_sixty_five_are_not() {
        assert!(DossierId::new(&"a".repeat(64)).is_ok());
        assert!(DossierId::new(&"a".repeat(65)).is_err());
    }

    #[test]
    fn nothing_that_could_leave_a_folder_is_an_id() {
        for bad in ["", "..", "a/b", "a\\b", "-a", "A", "ä", "a b", "a.b"] {
            assert!(DossierId::new(bad).is_err(), "{bad}");
        }
    }
}
