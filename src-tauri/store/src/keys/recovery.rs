//! How does a key look that a person prints, and types again years later?
//!
//! 128 random bits as eight groups of six digits. Each group is a 16-bit number times eleven, so a
//! wrong digit or two swapped neighbours are noticed and the group is named. Deliberately absent:
//! drawing it (window and package).

use std::{fmt, str::FromStr};

use zeroize::Zeroize;

use super::random;
use crate::VaultError;

const GROUPS: usize = 8;
const DIGITS: usize = 6;

/// The key that opens a vault whose passphrase was forgotten.
pub struct RecoveryKey(Box<[u8; 16]>);

/// Why a text is not the vault's recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryKeyError {
    /// Too few or too many digits, and no group can be blamed.
    #[error("the recovery key has {0} digits instead of 48: compare it with your paper")]
    Length(usize),
    /// Something that is neither digit nor separator.
    #[error("\"{0}\" is no part of a recovery key: it has digits only")]
    Character(char),
    /// One group cannot be right.
    #[error("group {0} of the recovery key is mistyped: compare it with your paper")]
    Group(usize),
    /// It is well-formed, but opens nothing here.
    #[error(
        "this recovery key belongs to another vault, or was replaced: look for the newest paper"
    )]
    OtherVault,
}

impl RecoveryKey {
    /// A new random key.
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut key = Self(Box::new([0; 16]));
        random(key.0.as_mut_slice())?;
        Ok(key)
    }

    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The eight groups of six digits, as they are printed.
    #[must_use]
    pub fn groups(&self) -> [String; GROUPS] {
        std::array::from_fn(|at| {
            let number = u16::from_be_bytes([self.0[at * 2], self.0[at * 2 + 1]]);
            format!("{:06}", u32::from(number) * 11)
        })
    }
}

impl Drop for RecoveryKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Display for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.groups().join("-"))
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(..)")
    }
}

impl FromStr for RecoveryKey {
    type Err = RecoveryKeyError;

    /// Reads a key as typed: any spaces, hyphens or full stops, full-width digits too.
    fn from_str(text: &str) -> Result<Self, RecoveryKeyError> {
        let typed = typed_groups(text)?;
        let mut key = Self(Box::new([0; 16]));
        for (at, digits) in typed.iter().enumerate() {
            let value = digits.iter().fold(0_u32, |value, digit| value * 10 + u32::from(*digit));
            let number = u16::try_from(value / 11).ok().filter(|_| value % 11 == 0);
            let number = number.ok_or(RecoveryKeyError::Group(at + 1))?;
            key.0[at * 2..at * 2 + 2].copy_from_slice(&number.to_be_bytes());
        }
        Ok(key)
    }
}

/// Splits what was typed into digits, six to a group.
fn typed_groups(text: &str) -> Result<[[u8; DIGITS]; GROUPS], RecoveryKeyError> {
    let mut runs: Vec<Vec<u8>> = Vec::new();
    let mut separated = true;
    for c in text.chars() {
        match digit(c) {
            Some(digit) => {
                if std::mem::take(&mut separated) {
                    runs.push(Vec::new());
                }
                if let Some(run) = runs.last_mut() {
                    run.push(digit);
                }
            }
            None if is_separator(c) => separated = true,
            None => return Err(RecoveryKeyError::Character(c)),
        }
    }
    // Whoever kept the groups apart gets the one named in which a digit is missing or too much.
    if runs.len() == GROUPS
        && let Some(wrong) = runs.iter().position(|run| run.len() != DIGITS)
    {
        return Err(RecoveryKeyError::Group(wrong + 1));
    }
    let digits = runs.concat();
    let (groups, []) = digits.as_chunks::<DIGITS>() else {
        return Err(RecoveryKeyError::Length(digits.len()));
    };
    groups.try_into().map_err(|_| RecoveryKeyError::Length(digits.len()))
}

fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | ',' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(bytes: [u8; 16]) -> RecoveryKey {
        RecoveryKey(Box::new(bytes))
    }

    #[test]
    fn it_has_eight_groups_of_six_digits() {
        let mut bytes = [0xff; 16];
        bytes[..2].copy_from_slice(&[0, 1]);
        let text = key(bytes).to_string();
        assert!(text.starts_with("000011-720885-"), "{text}");
        assert_eq!(text.len(), 8 * 6 + 7);
    }

    #[test]
    fn a_missing_digit_names_its_group_when_groups_are_kept_apart() {
        let text = key([7; 16]).to_string();
        let mut groups: Vec<&str> = text.split('-').collect();
        groups[2] = &groups[2][..5];
        assert_eq!(
            groups.join(" ").parse::<RecoveryKey>().unwrap_err(),
            RecoveryKeyError::Group(3)
        );
        assert_eq!(
            groups.concat().parse::<RecoveryKey>().unwrap_err(),
            RecoveryKeyError::Length(47)
        );
    }

    #[test]
    fn a_letter_is_named() {
        assert_eq!("12345O".parse::<RecoveryKey>().unwrap_err(), RecoveryKeyError::Character('O'));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back_in_any_dress(bytes: [u8; 16]) {
            let text = key(bytes).to_string();
            let full_width: String = text
                .chars()
                .map(|c| match c {
                    '0'..='9' => char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap(),
                    _ => ' ',
                })
                .collect();
            for dress in [text.clone(), text.replace('-', ""), text.replace('-', " \n"), full_width] {
                let read = dress.parse::<RecoveryKey>().unwrap();
                prop_assert_eq!(read.expose(), &bytes);
            }
        }

        #[test]
        fn one_wrong_digit_names_its_group(bytes: [u8; 16], at in 0..48_usize, other in 1..10_u8) {
            let digits = key(bytes).to_string().replace('-', "");
            let mut digits = digits.into_bytes();
            digits[at] = (digits[at] - b'0' + other) % 10 + b'0';
            let typed = String::from_utf8(digits).unwrap();
            prop_assert_eq!(
                typed.parse::<RecoveryKey>().unwrap_err(),
                RecoveryKeyError::Group(at / 6 + 1)
            );
        }

        #[test]
        fn two_swapped_neighbours_of_a_group_are_noticed(bytes: [u8; 16], at in 0..48_usize) {
            let digits = key(bytes).to_string().replace('-', "").into_bytes();
            prop_assume!(at % 6 != 5 && digits[at] != digits[at + 1]);
            let mut typed = digits;
            typed.swap(at, at + 1);
            let typed = String::from_utf8(typed).unwrap();
            prop_assert_eq!(
                typed.parse::<RecoveryKey>().unwrap_err(),
                RecoveryKeyError::Group(at / 6 + 1)
            );
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            let _ = text.parse::<RecoveryKey>();
        }
    }
}
