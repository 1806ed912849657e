//! How can one form, one pack and one statement all reach the same answer by its key?
//!
//! A record is a struct whose every field also has a key, such as `registration-number`. The window
//! edits by key, packs require by key, statements print by key: nobody repeats the list.
//! Deliberately absent: which keys a rule asks for; that is the pack's business.

use jiff::civil::Date;

use crate::text::Bilingual;

/// What may be typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One text for both languages: a name, a number, a code.
    Text,
    /// A text in English and in Chinese.
    Bilingual,
    /// A calendar day, `YYYY-MM-DD`.
    Date,
    /// A whole number, not negative.
    Whole,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// Yes, no, or not known yet.
    YesNo,
}

/// Why an entry was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Not a calendar day.
    #[error("write the day as YYYY-MM-DD")]
    Date,
    /// Not a whole number.
    #[error("write a whole number")]
    Whole,
    /// Not one of the words.
    #[error("choose one of: {}", .0.join(", "))]
    Choice(&'static [&'static str]),
    /// Longer than [`MAX_ENTRY_CHARS`].
    #[error("shorten the text to {MAX_ENTRY_CHARS} characters")]
    TooLong,
    /// A control character other than a line break or tab.
    #[error("remove the invisible control characters from the text")]
    ControlCharacter,
}

impl EntryError {
    /// The stable word under which its sentence stands.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Whole => "whole",
            Self::Choice(_) => "choice",
            Self::TooLong => "too-long",
            Self::ControlCharacter => "control-character",
        }
    }
}

/// Longest entry in characters, each language.
pub const MAX_ENTRY_CHARS: usize = 8_000;

/// One value that can be read and written as text.
pub trait Leaf {
    /// What may be typed.
    fn kind(&self) -> FieldKind;
    /// What was typed; values without languages stand on both sides.
    fn read(&self) -> Bilingual;
    /// Takes what was typed; values without languages are taken from the English side.
    ///
    /// # Errors
    ///
    /// [`EntryError`] when the text does not fit the kind; the value stays as it was.
    fn write(&mut self, entry: &Bilingual) -> Result<(), EntryError>;
    /// True when nothing was typed.
    fn is_blank(&self) -> bool;
}

/// A struct whose fields have keys.
pub trait Record {
    /// The keys, in the order of the struct.
    fn keys(&self) -> &'static [&'static str];
    /// The value under a key.
    fn leaf(&self, key: &str) -> Option<&dyn Leaf>;
    /// The value under a key, to be written.
    fn leaf_mut(&mut self, key: &str) -> Option<&mut dyn Leaf>;
}

fn checked(text: &str) -> Result<String, EntryError> {
    if text.chars().count() > MAX_ENTRY_CHARS {
        return Err(EntryError::TooLong);
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(EntryError::ControlCharacter);
    }
    Ok(text.trim().to_owned())
}

impl Leaf for String {
    fn kind(&self) -> FieldKind {
        FieldKind::Text
    }
    fn read(&self) -> Bilingual {
        Bilingual::same(self.clone())
    }
    fn write(&mut self, entry: &Bilingual) -> Result<(), EntryError> {
        *self = checked(&entry.en)?;
        Ok(())
    }
    fn is_blank(&self) -> bool {
        self.trim().is_empty()
    }
}

impl Leaf for Bilingual {
    fn kind(&self) -> FieldKind {
        FieldKind::Bilingual
    }
    fn read(&self) -> Bilingual {
        self.clone()
    }
    fn write(&mut self, entry: &Bilingual) -> Result<(), EntryError> {
        *self = Self { en: checked(&entry.en)?, zh: checked(&entry.zh)? };
        Ok(())
    }
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl Leaf for Option<Date> {
    fn kind(&self) -> FieldKind {
        FieldKind::Date
    }
    fn read(&self) -> Bilingual {
        Bilingual::same(self.map(|day| day.to_string()).unwrap_or_default())
    }
    fn write(&mut self, entry: &Bilingual) -> Result<(), EntryError> {
        let text = entry.en.trim();
        *self = match text {
            "" => None,
            _ if text.len() == 10 => Some(text.parse().map_err(|_| EntryError::Date)?),
            _ => return Err(EntryError::Date),
        };
        Ok(())
    }
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl Leaf for Option<u64> {
    fn kind(&self) -> FieldKind {
        FieldKind::Whole
    }
    fn read(&self) -> Bilingual {
        Bilingual::same(self.map(|n| n.to_string()).unwrap_or_default())
    }
    fn write(&mut self, entry: &Bilingual) -> Result<(), EntryError> {
        let text = entry.en.trim();
        *self = match text {
            "" => None,
            _ => Some(text.parse().map_err(|_| EntryError::Whole)?),
        };
        Ok(())
    }
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl Leaf for Option<bool> {
    fn kind(&self) -> FieldKind {
        FieldKind::YesNo
    }
    fn read(&self) -> Bilingual {
        Bilingual::same(match self {
            None => "",
            Some(true) => "yes",
            Some(false) => "no",
        })
    }
    fn write(&mut self, entry: &Bilingual) -> Result<(), EntryError> {
        *self = match entry.en.trim() {
            "" => None,
            "yes" => Some(true),
            "no" => Some(false),
            _ => return Err(EntryError::Choice(&["yes", "no"])),
        };
        Ok(())
    }
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

/// Declares a record: a struct with documented fields, their keys, and its place in `dossier.json`.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $key:literal $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$doc])*
                #[serde(rename = $key, skip_serializing_if = "crate::record::is_blank")]
                pub $field: $type,
            )*
        }

        impl crate::record::Record for $name {
            fn keys(&self) -> &'static [&'static str] {
                &[$($key),*]
            }
            fn leaf(&self, key: &str) -> Option<&dyn crate::record::Leaf> {
                match key {
                    $($key => Some(&self.$field),)*
                    _ => None,
                }
            }
            fn leaf_mut(&mut self, key: &str) -> Option<&mut dyn crate::record::Leaf> {
                match key {
                    $($key => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

/// Declares an optional choice of a few words as an enum that is also a [`Leaf`].
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $word:literal $variant:ident,)* }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// The words, in the order in which a form offers them.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word for this choice.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl crate::record::Leaf for Option<$name> {
            fn kind(&self) -> crate::record::FieldKind {
                crate::record::FieldKind::Choice($name::WORDS)
            }
            fn read(&self) -> crate::text::Bilingual {
                crate::text::Bilingual::same(self.map($name::word).unwrap_or_default())
            }
            fn write(
                &mut self,
                entry: &crate::text::Bilingual,
            ) -> Result<(), crate::record::EntryError> {
                *self = match entry.en.trim() {
                    "" => None,
                    $($word => Some($name::$variant),)*
                    _ => return Err(crate::record::EntryError::Choice($name::WORDS)),
                };
                Ok(())
            }
            fn is_blank(&self) -> bool {
                self.is_none()
            }
        }
    };
}

pub(crate) use {choice, record};

/// For serde: leaves out what was not typed.
pub(crate) fn is_blank<T: Leaf>(leaf: &T) -> bool {
    leaf.is_blank()
}

/// For serde: leaves out a record in which nothing was typed.
pub(crate) fn is_untouched<T: Record>(record: &T) -> bool {
    record.keys().iter().all(|key| record.leaf(key).is_none_or(Leaf::is_blank))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_entry_leaves_the_value_as_it_was() {
        let mut day: Option<Date> = None;
        day.write(&Bilingual::same("2026-02-28")).unwrap();
        assert_eq!(day.write(&Bilingual::same("2026-02-30")), Err(EntryError::Date));
        assert_eq!(day.write(&Bilingual::same("28.02.2026")), Err(EntryError::Date));
        assert_eq!(day.read().en, "2026-02-28");
    }

    #[test]
    fn eight_thousand_characters_are_taken_and_one_more_is_not() {
        let mut text = String::new();
        assert!(text.write(&Bilingual::same("镝".repeat(MAX_ENTRY_CHARS))).is_ok());
        assert_eq!(
            text.write(&Bilingual::same("镝".repeat(MAX_ENTRY_CHARS + 1))),
            Err(EntryError::TooLong)
        );
    }

    #[test]
    fn an_empty_entry_clears_a_number() {
        let mut pieces = Some(12_000_u64);
        pieces.write(&Bilingual::same(" ")).unwrap();
        assert!(pieces.is_blank());
    }
}
