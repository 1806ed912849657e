//! Can every character be printed, and where may a long word be broken?
//!
//! Turns the content into the JSON that the templates read. Every text in it passes here, whatever
//! field it stands in, so that a new field of the content cannot be forgotten. Deliberately absent:
//! markup; a text stays a text, whatever it holds.

use std::sync::LazyLock;

use lanthan_core::content::{Content, WORDS};
use serde_json::Value;
use typst::text::Font;

use crate::{PackageError, fonts};

/// The fonts of a package, parsed once for the life of the program.
pub(crate) static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let font = |bytes: &'static [u8]| Font::new(typst::foundations::Bytes::new(bytes), 0);
    fonts::all().into_iter().filter_map(font).collect()
});

/// Marks a place where a long word may be broken. The templates turn it into a break without a
/// character, so that a copied or searched word is whole.
pub(crate) const BREAK: char = '\u{200b}';

/// A word of up to this many characters is never broken.
const WHOLE_WORD_CHARS: usize = 20;
/// The longest part of a broken word that offers no place of its own.
const PART_CHARS: usize = 14;

/// The content as the templates read it.
///
/// # Errors
///
/// [`PackageError::MissingWords`] when a word of the layout is missing,
/// [`PackageError::MissingGlyph`] for the first character that neither font has.
pub(crate) fn printable(content: &Content) -> Result<Value, PackageError> {
    for word in WORDS {
        if content.words.get(*word).is_none_or(|text| !text.is_complete()) {
            return Err(PackageError::MissingWords(word));
        }
    }
    let mut value =
        serde_json::to_value(content).map_err(|error| PackageError::Typeset(error.to_string()))?;
    prepare(&mut value, &mut Vec::new())?;
    Ok(value)
}

fn prepare(value: &mut Value, path: &mut Vec<String>) -> Result<(), PackageError> {
    match value {
        Value::String(text) => *text = with_breaks(&clean(text, path)?),
        Value::Array(all) => {
            for (number, one) in (1_usize..).zip(all) {
                path.push(number.to_string());
                prepare(one, path)?;
                path.pop();
            }
        }
        Value::Object(fields) => {
            for (key, one) in fields {
                path.push(key.clone());
                prepare(one, path)?;
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

/// Line ends as `\n`, tabs as spaces, nothing invisible; refuses what has no glyph.
fn clean(text: &str, path: &[String]) -> Result<String, PackageError> {
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            c if is_invisible(c) => {}
            c if has_glyph(c) => out.push(c),
            c => return Err(missing(c, path)),
        }
    }
    Ok(out)
}

/// Characters without a form of their own. They are left out: what cannot be seen on paper must not
/// reorder, split or hide what can.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// True when one of the two families has the character, in regular and in bold.
fn has_glyph(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    let has = |font: &Font| font.info().coverage.contains(c.into());
    let [latin, latin_bold, cjk, cjk_bold] = FONTS.as_slice() else { return false };
    !c.is_control() && !private && (has(latin) || has(cjk)) && (has(latin_bold) || has(cjk_bold))
}

fn missing(c: char, path: &[String]) -> PackageError {
    let shown = if c.is_control() { String::new() } else { c.to_string() };
    let place = path.join(", ");
    PackageError::MissingGlyph { shown, code_point: format!("U+{:04X}", u32::from(c)), place }
}

/// Marks break places inside words that are too long for a narrow column, such as addresses.
fn with_breaks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word: Vec<char> = Vec::new();
    for c in text.chars() {
        if c.is_whitespace() || breaks_by_itself(c) {
            close_word(&mut word, &mut out);
            out.push(c);
        } else {
            word.push(c);
        }
    }
    close_word(&mut word, &mut out);
    out
}

fn close_word(word: &mut Vec<char>, out: &mut String) {
    let long = word.len() > WHOLE_WORD_CHARS;
    let mut part = 0;
    for (at, &c) in word.iter().enumerate() {
        out.push(c);
        part += 1;
        let next = word.get(at + 1).is_some_and(|next| next.is_alphanumeric());
        let sign = !c.is_alphanumeric() && part > 2;
        if long && next && (sign || part >= PART_CHARS) {
            out.push(BREAK);
            part = 0;
        }
    }
    word.clear();
}

/// Chinese and its signs: lines break between them anyway.
fn breaks_by_itself(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> Result<String, PackageError> {
        clean(text, &["exhibits".to_owned(), "3".to_owned(), "caption".to_owned()])
    }

    #[test]
    fn the_four_fonts_are_there() {
        let families: Vec<_> = FONTS.iter().map(|font| font.info().family.as_str()).collect();
        assert_eq!(families, ["Noto Sans", "Noto Sans", "Noto Sans SC", "Noto Sans SC"]);
    }

    #[test]
    fn a_character_without_glyph_is_named_with_its_place() {
        let error = cleaned("magnet \u{1f9f2}").unwrap_err();
        assert_eq!(error.code(), "missing-glyph");
        let said = error.to_string();
        assert!(said.contains("U+1F9F2") && said.contains("exhibits, 3, caption"), "{said}");
    }

    #[test]
    fn a_control_character_is_refused_and_an_invisible_one_left_out() {
        assert!(cleaned("a\u{7}b").is_err());
        assert_eq!(cleaned("a\u{202e}b\u{feff}c\r\nd\te").unwrap(), "abc\nd e");
    }

    #[test]
    fn chinese_accents_units_and_typst_signs_are_printable() {
        let text =
            "钕铁硼永磁体，“3,5 kg”≤80 °C Ø 12 ±0,05 µm Straße Łódź Ελλάς Москва #*_$<>@\\`~[]{}";
        assert_eq!(cleaned(text).unwrap(), text);
    }

    #[test]
    fn only_long_words_get_break_places_and_lose_nothing() {
        assert_eq!(with_breaks("an ordinary sentence"), "an ordinary sentence");
        assert_eq!(with_breaks(&"钕".repeat(50)), "钕".repeat(50));
        let long = "https://example.com/a/long/path?with=many&parts=".repeat(3);
        let marked = with_breaks(&long);
        assert!(marked.split(BREAK).all(|part| part.chars().count() <= PART_CHARS + 2));
        assert_eq!(marked.replace(BREAK, ""), long);
    }
}
