//! How hard is a passphrase to guess, and is it accepted for a vault?
//!
//! Judged by how guessing programs work: common passwords, names, words, dates, rows of keys. There
//! is no rule about capital letters or signs. Everything is computed here; the word lists are part of
//! the program. Deliberately absent: advice (text files), and keeping or writing down a passphrase.

use lanthan_store::Vault;
use zxcvbn::zxcvbn;

use crate::{Error, Result};

/// How a passphrase was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// From 0, found at once, to 4, beyond any search; each step is a hundredfold or more.
    pub score: u8,
    /// True when a vault may have it.
    pub is_accepted: bool,
}

/// The least score for a vault: a million guesses and more, each of which costs the guesser the memory
/// and time of Argon2id.
const LEAST_SCORE: u8 = 2;

/// So many characters are judged; the work grows faster than the length, and what is strong by then
/// stays strong.
const JUDGED_CHARS: usize = 64;

/// Judges a passphrase.
#[must_use]
pub fn strength(passphrase: &str) -> Strength {
    let score = score(passphrase);
    let is_long = Vault::accept_passphrase(passphrase).is_ok();
    Strength { score, is_accepted: is_long && score >= LEAST_SCORE }
}

/// Refuses what a vault may not have.
///
/// # Errors
///
/// `passphrase-too-short` below 12 characters, [`Error::GuessablePassphrase`] below a million guesses.
pub(crate) fn accept(passphrase: &str) -> Result<()> {
    Vault::accept_passphrase(passphrase)?;
    if score(passphrase) < LEAST_SCORE { Err(Error::GuessablePassphrase) } else { Ok(()) }
}

fn score(passphrase: &str) -> u8 {
    let end = passphrase.char_indices().nth(JUDGED_CHARS).map_or(passphrase.len(), |(at, _)| at);
    u8::from(zxcvbn(&passphrase[..end], &["lanthan", "vault"]).score())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_refused_however_long() {
        for passphrase in ["passwordpassword", "123456789012345678", "aaaaaaaaaaaaaaaa"] {
            let judged = strength(passphrase);
            assert!(judged.score < 2 && !judged.is_accepted, "{passphrase}: {judged:?}");
            assert!(matches!(accept(passphrase), Err(Error::GuessablePassphrase)), "{passphrase}");
        }
    }

    #[test]
    fn a_sentence_is_accepted_without_capitals_digits_or_signs() {
        for passphrase in [
            "seven herons walk over the ice",
            "quattro gatti sopra il tetto",
            "七只鹭走过结冰的湖面到岸",
        ] {
            let judged = strength(passphrase);
            assert!(judged.score >= 3 && judged.is_accepted, "{passphrase}: {judged:?}");
            assert!(accept(passphrase).is_ok());
        }
    }

    #[test]
    fn a_strong_one_of_eleven_characters_is_too_short_and_of_twelve_is_not() {
        let judged = strength("kX9#vQ2!mZ7");
        assert_eq!((judged.score, judged.is_accepted), (4, false));
        assert!(matches!(accept("kX9#vQ2!mZ7"), Err(Error::Vault(_))));
        assert!(strength("kX9#vQ2!mZ7w").is_accepted);
    }

    #[test]
    fn a_whole_page_is_judged_like_its_beginning() {
        let page = "Nobody but us would ever write this very sentence. ".repeat(2_000);
        assert_eq!(strength(&page), Strength { score: 4, is_accepted: true });
        assert_eq!(strength(""), Strength { score: 0, is_accepted: false });
        assert!(!strength(&"七".repeat(5_000)).is_accepted);
    }
}
