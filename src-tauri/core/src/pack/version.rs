//! Which of two versions of a pack is the later one?
//!
//! Deliberately absent: names for versions. A version is numbers with dots between them, such as
//! `2026.11` or `2026.11.2`.

use std::cmp::Ordering;

/// The greatest number of characters of a version.
pub const MAX_VERSION_CHARS: usize = 32;

/// True for numbers with dots between them.
#[must_use]
pub fn is_version(text: &str) -> bool {
    text.len() <= MAX_VERSION_CHARS
        && !text.is_empty()
        && text.split('.').all(|part| number(part).is_some())
}

/// Compares two versions number by number; a missing number counts as zero. What is no version comes
/// before everything that is one.
#[must_use]
pub fn compare_versions(left: &str, right: &str) -> Ordering {
    match (numbers(left), numbers(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        (left, right) => left.is_some().cmp(&right.is_some()),
    }
}

fn numbers(text: &str) -> Option<Vec<u64>> {
    let mut numbers: Vec<u64> = text.split('.').map(number).collect::<Option<_>>()?;
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}

fn number(part: &str) -> Option<u64> {
    let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits { part.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (earlier, later) in
            [("2026.9", "2026.11"), ("2026.11", "2026.11.1"), ("2026.12", "2027.1"), ("x", "1")]
        {
            assert_eq!(compare_versions(earlier, later), Ordering::Less, "{earlier} {later}");
            assert_eq!(compare_versions(later, earlier), Ordering::Greater, "{later} {earlier}");
        }
        assert_eq!(compare_versions("2026.11", "2026.11.0"), Ordering::Equal);
    }

    #[test]
    fn what_is_no_version_is_told_apart() {
        for no in ["", ".", "2026.", "2026-11", "v1", "1.99999999999999999999999"] {
            assert!(!is_version(no), "{no}");
        }
        assert!(is_version("2026.11") && is_version("3"));
    }
}
