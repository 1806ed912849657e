//! Is the inner structure of a PDF packed as ordinary programs pack it?
//!
//! The tables and the packed objects are unpacked while a PDF is opened, without a bound. So every
//! stream that may be one of them is found in the bytes and measured before. Deliberately absent:
//! reading objects; the text of their dictionaries is enough.

use std::borrow::Cow;

use memchr::memmem;

use super::{bounds, unpack};
use crate::{Limits, Refusal};

/// How far before `stream` its dictionary is searched, in bytes.
const DICTIONARY_WITHIN: usize = 64 * 1024;

/// Measures the streams that are unpacked while a PDF is opened: tables and packed objects.
///
/// # Errors
///
/// [`Refusal::TooLarge`], or [`Refusal::Damaged`] when such a stream is packed in a way that no
/// ordinary program writes.
pub(crate) fn check(untrusted: &[u8], limits: &Limits) -> Result<(), Refusal> {
    for at in memmem::find_iter(untrusted, b"stream") {
        if untrusted[..at].ends_with(b"end") {
            continue;
        }
        let dictionary = unescaped(dictionary_before(&untrusted[..at]));
        if !may_be_structure(&dictionary) {
            continue;
        }
        if packings(&dictionary) > 1
            || has_distant_filter(&dictionary)
            || has_wide_rows(&dictionary)
        {
            return Err(Refusal::Damaged("its inner structure is packed in an unusual way"));
        }
        let data = &untrusted[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let data = &data[..memmem::find(data, b"endstream").unwrap_or(data.len())];
        if data.len() as u64 * unpack::LZW_FACTOR > limits.max_unpacked_bytes {
            unpack::allow_inflated(data, limits)?;
        }
    }
    Ok(())
}

/// The text of the dictionary that ends here, from the `obj` that it follows.
fn dictionary_before(bytes: &[u8]) -> &[u8] {
    let from = bytes.len().saturating_sub(DICTIONARY_WITHIN);
    let window = &bytes[from..];
    memmem::rfind_iter(window, b"obj")
        .find(|at| {
            // Only an `obj` behind two numbers begins an object; not one in a comment or a text.
            let before = window[..*at].trim_ascii_end();
            let line = before.rsplit(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or(before);
            before.last().is_some_and(u8::is_ascii_digit)
                && !line.contains(&b'%')
                && is_one_dictionary(&window[at + 3..])
        })
        .map_or(window, |at| &window[at + 3..])
}

/// True when the text is one dictionary from its first byte to its last.
fn is_one_dictionary(text: &[u8]) -> bool {
    let mut rest = text.trim_ascii();
    let (mut brackets, mut texts) = (0_usize, 0_usize);
    while let Some((&byte, after)) = rest.split_first() {
        let mut length = 1;
        match byte {
            b'\\' if texts > 0 => length = 2,
            b'(' => texts += 1,
            b')' if texts == 0 => return false,
            b')' => texts -= 1,
            b'<' if texts == 0 && after.first() == Some(&b'<') => {
                (brackets, length) = (brackets + 1, 2);
            }
            b'>' if texts == 0 && after.first() == Some(&b'>') => {
                length = 2;
                brackets = brackets.saturating_sub(1);
                if brackets == 0 {
                    return rest.len() == 2;
                }
            }
            _ if brackets == 0 => return false,
            _ => {}
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    false
}

fn may_be_structure(dictionary: &[u8]) -> bool {
    let has = |word: &[u8]| memmem::find(dictionary, word).is_some();
    let widths = memmem::find_iter(dictionary, b"/W")
        .any(|at| dictionary.get(at + 2).is_some_and(|next| !next.is_ascii_alphabetic()));
    widths || has(b"/First") || has(b"ObjStm") || has(b"XRef")
}

/// A name may be written with its letters as numbers (ISO 32000-1, 7.3.5).
fn unescaped(dictionary: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'#', dictionary).is_none() {
        return Cow::Borrowed(dictionary);
    }
    let mut plain = Vec::with_capacity(dictionary.len());
    let mut rest = dictionary;
    while let Some((&byte, after)) = rest.split_first() {
        let letter = after
            .split_at_checked(2)
            .filter(|_| byte == b'#')
            .and_then(|(two, after)| Some((std::str::from_utf8(two).ok()?, after)))
            .and_then(|(two, after)| Some((u8::from_str_radix(two, 16).ok()?, after)));
        let (byte, after) = letter.unwrap_or((byte, after));
        plain.push(byte);
        rest = after;
    }
    Cow::Owned(plain)
}

/// True when the rows are wider than any table of a PDF.
fn has_wide_rows(dictionary: &[u8]) -> bool {
    [&b"/Columns"[..], b"/Colors"].iter().any(|key| {
        memmem::find_iter(dictionary, key).any(|at| {
            let value = dictionary[at + key.len()..].trim_ascii_start();
            let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let number = std::str::from_utf8(&value[..digits]).ok().and_then(|n| n.parse().ok());
            number.is_none_or(|number: u64| number > bounds::MAX_COLUMNS)
        })
    })
}

/// How many packings a dictionary names.
fn packings(dictionary: &[u8]) -> usize {
    [&b"/Fl"[..], b"/LZW", b"/RL", b"/RunLength", b"/ASCII", b"/A85", b"/AHx"]
        .iter()
        .map(|name| memmem::find_iter(dictionary, name).count())
        .sum()
}

/// True when the name of the packing stands somewhere else in the file.
fn has_distant_filter(dictionary: &[u8]) -> bool {
    [&b"/Filter"[..], b"/F"].iter().any(|key| {
        memmem::find_iter(dictionary, key).any(|at| {
            let rest = &dictionary[at + key.len()..];
            let value = rest.trim_ascii_start();
            let ends = rest.first().is_some_and(u8::is_ascii_whitespace);
            ends && value.first().is_some_and(u8::is_ascii_digit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream whose dictionary is given, as it stands in a file.
    fn stream(dictionary: &str) -> Vec<u8> {
        format!("1 0 obj\n<< {dictionary} >>\nstream\nx\nendstream\nendobj\n").into_bytes()
    }

    #[test]
    fn inner_structure_may_be_packed_once_and_plainly() {
        let limits = Limits::default();
        for plain in [
            "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
            "/Type /XRef /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Columns 4 >>",
            "/Type /XObject /Width 9 /Filter [/ASCII85Decode /FlateDecode]",
            "/BaseFont /Sample#20Sans /Filter [/ASCIIHexDecode /FlateDecode]",
        ] {
            assert_eq!(check(&stream(plain), &limits), Ok(()), "{plain}");
        }
        for odd in [
            "/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]",
            "/Type /ObjStm /N 1 /#46irst 4 /Filter [/FlateDecode /#46lateDecode]",
            "/Type /ObjStm /N 1 /First 4 /Filter 5 0 R",
            "/Type /ObjStm /N 1 /First 4 /F [/Fl /Fl] /X (2 0 obj) /Y (3 0 obj <<)",
            "/W [1 2 1] /DecodeParms << /Columns 99999999999 >> /Filter /FlateDecode",
        ] {
            assert!(check(&stream(odd), &limits).is_err(), "{odd}");
        }
    }
}
