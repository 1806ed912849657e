//! How are checksums written and read?
//!
//! The form of `sha256sum`: 64 lower-case hexadecimal digits, two spaces, the name. Only exactly what
//! is written here is read; `sha256sum` itself is more tolerant.

use std::collections::BTreeMap;

/// Checksums by file name.
pub(crate) type Sums = BTreeMap<String, String>;

/// The lines, sorted by name.
pub(crate) fn to_text(sums: &Sums) -> String {
    sums.iter().flat_map(|(name, sum)| [sum, "  ", name, "\n"]).collect()
}

/// Reads the lines; `None` unless the text is exactly what [`to_text`] writes.
pub(crate) fn parse(untrusted: &[u8]) -> Option<Sums> {
    let text = std::str::from_utf8(untrusted).ok()?;
    let mut sums = Sums::new();
    for line in text.lines() {
        let (sum, name) = line.split_once("  ")?;
        if !is_sum(sum) || !is_name(name) {
            return None;
        }
        sums.insert(name.to_owned(), sum.to_owned());
    }
    (to_text(&sums) == text).then_some(sums)
}

fn is_sum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A plain file name, safe to print and never a path.
fn is_name(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !text.is_empty() && !text.starts_with('.') && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_form_is_read() {
        let sums = Sums::from([("a.txt".to_owned(), "0".repeat(64))]);
        let text = to_text(&sums);
        assert_eq!(parse(text.as_bytes()), Some(sums));
        for (from, to) in
            [("  a", " *a"), ("a.txt", "../a"), ("0a", "0A"), ("\n", ""), ("0  ", "g  ")]
        {
            let other = text.replacen(from, to, 1);
            assert!(other == text || parse(other.as_bytes()).is_none(), "{other}");
        }
        assert!(parse(text.to_uppercase().replace('0', "F").as_bytes()).is_none());
    }
}
