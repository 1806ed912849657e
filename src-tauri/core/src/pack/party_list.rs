//! Which firms does the pack know to be on an official list, and how little is that?
//!
//! Only what was read, with its day; never a complete list. Comparing names is code
//! ([`crate::screening`]). Deliberately absent: a verdict.

use jiff::civil::Date;
use serde::Deserialize;

use super::Mark;
use crate::record::choice;

choice! {
    /// Which official list.
    ListKind {
        /// Control list (管控名单).
        "control" Control,
        /// Watch list (关注名单).
        "watch" Watch,
    }
}

/// What a pack knows of official lists (`parties.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PartyLists {
    /// The day of the newest collection that was read; absent when there is none.
    pub as_of: Option<Date>,
    /// The announcements that put firms on a list.
    #[serde(rename = "list")]
    pub lists: Vec<PartyList>,
    /// Words of legal forms, which say nothing of who a firm is.
    pub legal_forms: Vec<String>,
}

/// One announcement that put firms on a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PartyList {
    /// Its word: year and number.
    pub id: String,
    /// Which list.
    pub kind: ListKind,
    /// Its day, where one was read.
    #[serde(default)]
    pub day: Option<Date>,
    /// Where its firms sit, in English, where that was read.
    #[serde(default)]
    pub region: String,
    /// How many firms it lists, where that was read.
    #[serde(default)]
    pub listed: Option<u32>,
    /// The names that were read; fewer than it lists.
    #[serde(default)]
    pub names: Vec<String>,
    /// How well it is established.
    pub mark: Mark,
    /// Ids of the pack's sources.
    pub sources: Vec<String>,
}

impl PartyLists {
    /// How many names the pack knows, and how many firms the announcements list at least.
    #[must_use]
    pub fn known_of_listed(&self) -> (usize, usize) {
        let known: usize = self.lists.iter().map(|list| list.names.len()).sum();
        let least = |list: &PartyList| {
            list.listed.map_or(list.names.len(), |listed| usize::try_from(listed).unwrap_or(0))
        };
        (known, self.lists.iter().map(least).sum())
    }
}
