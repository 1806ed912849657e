//! Does a text say this, or nearly this, whatever its spacing, case and width?
//!
//! Names and numbers are looked for as wholes: `PO-1` is not in `PO-12`. Deliberately absent: any
//! vocabulary (packs) and any verdict.

use jiff::civil::Date;

/// How alike two words must be to be taken for a misspelling of one another; 1 is the same word.
const NEAR: f64 = 0.8;

/// A character without width, case or accent.
pub(crate) fn plain(c: char) -> impl Iterator<Item = char> {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    narrow.to_lowercase()
}

/// A Latin letter without its accent or tone; other characters stay.
pub(crate) fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǒ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => {
            'u'
        }
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

/// True for a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// The letters and digits of a text, each with whether something else stood before and after it.
struct Folded {
    letters: Vec<char>,
    begins: Vec<bool>,
}

fn folded(text: &str) -> Folded {
    let (mut letters, mut begins, mut gap) = (Vec::new(), Vec::new(), true);
    for c in text.chars() {
        for c in plain(c) {
            if c.is_alphanumeric() {
                begins.push(gap || is_han(c));
                letters.push(c);
                gap = is_han(c);
            } else {
                gap = true;
            }
        }
    }
    Folded { letters, begins }
}

/// True when `text` holds `wanted` as a whole; never when `wanted` has neither letter nor digit.
pub(crate) fn says(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (folded(text), folded(wanted).letters);
    if wanted.is_empty() || wanted.len() > text.letters.len() {
        return false;
    }
    (0..=text.letters.len() - wanted.len()).any(|at| {
        let end = at + wanted.len();
        text.letters[at..end] == wanted[..]
            && text.begins[at]
            && text.begins.get(end).copied().unwrap_or(true)
    })
}

/// What stands in `text` instead of `wanted`, when something nearly the same does.
pub(crate) fn nearly(text: &str, wanted: &str) -> Option<String> {
    let count = wanted.split_whitespace().count().max(1);
    let goal: String = folded(wanted).letters.into_iter().collect();
    let pieces = if wanted.chars().any(is_han) {
        han_windows(text, wanted.chars().filter(|c| c.is_alphanumeric()).count())
    } else {
        word_windows(text, count)
    };
    let alike = |piece: &String| {
        let letters: String = folded(piece).letters.into_iter().collect();
        strsim::normalized_damerau_levenshtein(&letters, &goal)
    };
    pieces
        .into_iter()
        .map(|piece| (alike(&piece), piece))
        .filter(|(likeness, _)| *likeness >= NEAR && *likeness < 1.0)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, piece)| piece)
}

fn word_windows(text: &str, count: usize) -> Vec<String> {
    let trim = |word: &str| word.trim_matches(|c: char| ",;:()[]“”\"'".contains(c)).to_owned();
    let words: Vec<String> = text.split_whitespace().map(trim).collect();
    let sizes = count.saturating_sub(1).max(1)..=count + 1;
    sizes.flat_map(|size| words.windows(size).map(|window| window.join(" "))).collect()
}

fn han_windows(text: &str, count: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(count.max(2)).map(|window| window.iter().collect()).collect()
}

/// The words of a text in lower case; a Chinese character is a word of its own.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let joins = |c: char| matches!(c, '-' | '.' | '/' | '\'' | '’');
    for c in text.chars().flat_map(plain) {
        if is_han(c) {
            words.push(c.to_string());
            words.push(String::new());
        } else if c.is_alphanumeric() || joins(c) {
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
        } else {
            words.push(String::new());
        }
    }
    let trimmed = words.into_iter().map(|word| word.trim_matches(joins).to_owned());
    trimmed.filter(|word| !word.is_empty()).collect()
}

/// The designations of a text, such as `sa-130`: words of both letters and digits.
pub(crate) fn designations(text: &str) -> Vec<String> {
    let named = |word: &String| {
        word.chars().any(|c| c.is_ascii_digit())
            && word.chars().any(|c| c.is_alphabetic() && !is_han(c))
    };
    words(text).into_iter().filter(named).collect()
}

/// The numbers of a text without the signs that group their digits: `12,000` and `12 000` are 12000.
pub(crate) fn numbers(text: &str) -> Vec<String> {
    scan(text, true)
}

/// The same, and each part of what a space may group: the words of a table have lost their columns.
pub(crate) fn numbers_either_way(text: &str) -> Vec<String> {
    [scan(text, true), scan(text, false)].concat()
}

fn scan(text: &str, spaces_group: bool) -> Vec<String> {
    let chars: Vec<char> = text.chars().flat_map(plain).collect();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut number = String::new();
        while at < chars.len() {
            let three = |from: usize| {
                chars.get(from..from + 3).is_some_and(|d| d.iter().all(char::is_ascii_digit))
                    && !chars.get(from + 3).is_some_and(char::is_ascii_digit)
            };
            match chars[at] {
                c if c.is_ascii_digit() => number.push(c),
                ' ' | '\u{a0}' | '\u{202f}' if !spaces_group => break,
                ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’'
                    if three(at + 1) && !number.contains('.') => {}
                '.' | ',' if chars.get(at + 1).is_some_and(char::is_ascii_digit) => {
                    number.push('.');
                }
                _ => break,
            }
            at += 1;
        }
        numbers.push(number);
    }
    numbers
}

/// Months by the first letters of their English names.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The calendar days that a text names: `2026-09-14`, `14.09.2026`, `14 September 2026`,
/// `September 14, 2026`, `2026年9月14日`. A day that could be read in two ways is read in both.
pub(crate) fn days(text: &str) -> Vec<Date> {
    let split: String = text
        .chars()
        .flat_map(plain)
        .map(|c| if c.is_alphanumeric() && !is_han(c) { c } else { ' ' })
        .collect();
    let words: Vec<&str> = split.split_whitespace().collect();
    let mut days: Vec<Date> = words.windows(3).flat_map(|w| of_three([w[0], w[1], w[2]])).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn of_three(words: [&str; 3]) -> Vec<Date> {
    let whole =
        |word: &str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok();
    let month = |word: &str| {
        let at = MONTHS.iter().position(|month| word.starts_with(month))?;
        i8::try_from(at + 1).ok()
    };
    let small = |word: &str| whole(word).and_then(|n| i8::try_from(n).ok());
    let [a, b, c] = words;
    let readings = [
        (whole(a), small(b), small(c)),
        (whole(c), small(b), small(a)),
        (whole(c), small(a), small(b)),
        (whole(c), month(b), small(a)),
        (whole(c), month(a), small(b)),
    ];
    readings
        .into_iter()
        .filter_map(|(y, m, d)| Date::new(y.filter(|y| *y > 1000)?, m?, d?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_number_is_found_as_a_whole_and_not_inside_another() {
        assert!(says("Contract No. PO-2026-0417, signed", "PO-2026-0417"));
        assert!(says("合同号ＰＯ－２０２６－０４１７。", "PO-2026-0417"));
        assert!(!says("Contract PO-2026-04171", "PO-2026-0417"));
        assert!(!says("Contract APO-1", "PO-1"));
        assert!(!says("anything", " - "));
    }

    #[test]
    fn a_name_is_found_whatever_its_case_and_spacing() {
        assert!(says("by SAMPLE AUDIO S.R.L. of Italy", "Sample Audio S.r.l."));
        assert!(says("最终用户：样品音响有限责任公司（意大利）", "样品音响有限责任公司"));
        assert!(!says("Sample Audios S.r.l.", "Sample Audio"));
    }

    #[test]
    fn a_misspelling_is_shown_as_it_stands() {
        let near = nearly("the order PO-2026-0471 of 14 September", "PO-2026-0417");
        assert_eq!(near.as_deref(), Some("PO-2026-0471"));
        let near = nearly("by Sampel Audio S.r.l., Italy", "Sample Audio S.r.l.");
        assert_eq!(near.as_deref(), Some("Sampel Audio S.r.l."));
        let near = nearly("最终用户：样品音像有限责任公司", "样品音响有限责任公司");
        assert_eq!(near.as_deref(), Some("样品音像有限责任公司"));
        assert_eq!(nearly("Sample Audio S.r.l.", "Sample Audio S.r.l."), None);
        assert_eq!(nearly("something else entirely", "Sample Audio S.r.l."), None);
    }

    #[test]
    fn grouped_numbers_are_one_number_and_decimals_stay() {
        assert_eq!(numbers("12,000 pieces, 12 000, 12.000"), ["12000", "12000", "12000"]);
        assert_eq!(numbers("934.8 kg and 1,5 t"), ["934.8", "1.5"]);
        assert_eq!(numbers("１２０００件，2026年"), ["12000", "2026"]);
        let either = numbers_either_way("pos. 20 500 pcs");
        assert!(either.contains(&"500".to_owned()) && either.contains(&"20500".to_owned()));
    }

    #[test]
    fn days_are_read_in_every_usual_form() {
        let day = date(2026, 9, 14);
        for text in [
            "signed 2026-09-14.",
            "14.09.2026",
            "14/9/2026",
            "14 September 2026",
            "September 14, 2026",
            "14th Sept. 2026",
            "签订日期：2026年9月14日",
        ] {
            assert!(days(text).contains(&day), "{text}: {:?}", days(text));
        }
        assert!(days("PO-2026-0417").is_empty());
        assert_eq!(days("05/04/2026"), [date(2026, 4, 5), date(2026, 5, 4)]);
    }

    #[test]
    fn a_designation_has_letters_and_digits() {
        assert_eq!(designations("Woofer SA-130 N, 130 mm (N38SH)"), ["sa-130", "n38sh"]);
        assert!(designations("two-way loudspeaker").is_empty());
    }
}
