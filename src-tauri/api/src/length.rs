//! Is a title or a name short enough for lists, bookmarks and the ledger?
//!
//! Asked whenever a dossier is saved or comes in, so that no way round it exists. Deliberately absent:
//! the lengths of answers (core).

use lanthan_core::dossier::Dossier;

use crate::{Error, Result};

/// The greatest length of a title or name in characters, each language.
pub(crate) const MAX_TITLE_CHARS: usize = 500;

/// Refuses a dossier with a title or name that is too long.
///
/// # Errors
///
/// [`Error::TooLong`] for the first one.
pub(crate) fn check(dossier: &Dossier) -> Result<()> {
    one("title", &dossier.title)?;
    for party in &dossier.parties {
        one("name of a party", &party.profile.name)?;
        one("Chinese name of a party", &party.profile.name_zh)?;
        one("local name of a party", &party.profile.name_local)?;
        one("pseudonym of a party", &party.alias.en)?;
        one("pseudonym of a party", &party.alias.zh)?;
    }
    for exhibit in &dossier.exhibits {
        one("title of an exhibit", &exhibit.title.en)?;
        one("title of an exhibit", &exhibit.title.zh)?;
    }
    Ok(())
}

fn one(what: &'static str, text: &str) -> Result<()> {
    let found = text.chars().count();
    if found > MAX_TITLE_CHARS {
        return Err(Error::TooLong { what, found, most: MAX_TITLE_CHARS });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use lanthan_core::{
        dossier::PackRef,
        id::{DossierId, PackId},
    };

    use super::*;

    #[test]
    fn a_title_of_500_characters_is_taken_and_one_more_is_not() {
        let id = DossierId::new("d").unwrap();
        let pack = PackRef {
            id: PackId::new("p").unwrap(),
            version: "1".to_owned(),
            overlays: Vec::new(),
        };
        let mut dossier = Dossier::new(id, "磁".repeat(MAX_TITLE_CHARS), pack);
        check(&dossier).unwrap();
        dossier.title.push('磁');
        let refused = check(&dossier).unwrap_err();
        assert!(matches!(refused, Error::TooLong { what: "title", found: 501, most: 500 }));
    }
}
