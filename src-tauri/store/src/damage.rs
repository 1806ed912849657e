//! What exactly is damaged, and under which stable word is it said?
//!
//! The words stand in the text files of the window and in the answers of the terminal; the English of
//! the sentences here is for the terminal. Deliberately absent: where the damage lies.

/// What is wrong with an original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Its file is not there.
    Missing,
    /// Its file cannot be opened or read, or is no file.
    Unreadable,
    /// Its file has another length than was written.
    Cut,
    /// Bytes of its header or content are not those that were written.
    Changed,
    /// All its bytes are genuine, but their hash is another.
    Hash,
    /// It is genuine, but another original.
    Swapped,
    /// A later program wrote it.
    Later,
    /// The database of the vault does not know it.
    Unknown,
    /// It is too large for the memory of this computer.
    TooLarge,
    /// It could not be encrypted.
    Unsealed,
}

impl Damage {
    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Cut => "cut",
            Self::Changed => "changed",
            Self::Hash => "hash",
            Self::Swapped => "swapped",
            Self::Later => "later",
            Self::Unknown => "unknown",
            Self::TooLarge => "too-large",
            Self::Unsealed => "unsealed",
        }
    }
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "its file is missing",
            Self::Unreadable => "its file cannot be read",
            Self::Cut => "its file has another length",
            Self::Changed => "its bytes were changed",
            Self::Hash => "its hash is another",
            Self::Swapped => "another original lies in its place",
            Self::Later => "a later program wrote it",
            Self::Unknown => "the vault does not know it",
            Self::TooLarge => "it does not fit into memory",
            Self::Unsealed => "it could not be encrypted",
        })
    }
}

/// What is wrong with the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseDamage {
    /// It is not there, or is no file.
    Missing,
    /// It is empty, or shorter than any database.
    Cut,
    /// It cannot be read, or its first page is not the vault's.
    Unreadable,
    /// The seal of a page is broken.
    Page,
    /// A table is out of order.
    Order,
    /// Its rows contradict each other.
    Rows,
    /// It opens, but is the database of something else.
    Foreign,
    /// A line of the ledger, by its number, is not what was written.
    Ledger(u64),
}

impl DatabaseDamage {
    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Cut => "cut",
            Self::Unreadable => "unreadable",
            Self::Page => "page",
            Self::Order => "order",
            Self::Rows => "rows",
            Self::Foreign => "foreign",
            Self::Ledger(_) => "ledger",
        }
    }
}

impl std::fmt::Display for DatabaseDamage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ledger(line) => {
                return write!(f, "line {line} of the ledger is not what was written");
            }
            Self::Missing => "it is missing",
            Self::Cut => "it is cut or empty",
            Self::Unreadable => "it cannot be read",
            Self::Page => "a page was changed",
            Self::Order => "a table is out of order",
            Self::Rows => "its rows contradict",
            Self::Foreign => "it belongs to something else",
        })
    }
}
