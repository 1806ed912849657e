//! Which mass fractions does a report state, as somebody has typed them?
//!
//! `Dy 1.1 %; Tb < 0.01 %; Ho 0` or `镝1.1，铽未检出`: an element, then how much of it. What is not
//! understood is named, never guessed. Deliberately absent: whether an amount matters, and any
//! conclusion from the letters of a grade.

use std::collections::BTreeMap;

use crate::pack::Goods;

/// Longest text that is read, in characters.
pub const MAX_CHARS: usize = 2_000;

/// A mass fraction in millionths of a percent, at most [`Percent::WHOLE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u64);

impl Percent {
    /// All of it.
    pub const WHOLE: Self = Self(100 * Self::ONE);
    const ONE: u64 = 1_000_000;
    const DECIMALS: usize = 6;

    /// Reads digits with at most one point or comma; digits beyond the sixth after it are refused
    /// unless they are noughts.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || !digits(whole) || !digits(rest) {
            return None;
        }
        let rest = rest.trim_end_matches('0');
        if rest.len() > Self::DECIMALS {
            return None;
        }
        let fraction: u64 = format!("{rest:0<width$}", width = Self::DECIMALS).parse().ok()?;
        let whole: u64 = whole.parse().ok()?;
        Some(Self(whole * Self::ONE + fraction)).filter(|percent| *percent <= Self::WHOLE)
    }

    /// Reads parts per million.
    #[must_use]
    pub fn parse_ppm(text: &str) -> Option<Self> {
        let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
        if whole.is_empty() || whole.len() > 7 || !rest.bytes().all(|byte| byte == b'0') {
            return None;
        }
        let parts: u64 = whole.parse().ok()?;
        Some(Self(parts * Self::ONE / 10_000)).filter(|percent| *percent <= Self::WHOLE)
    }

    /// Both together, at most the whole.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self((self.0 + other.0).min(Self::WHOLE.0))
    }

    /// True when it is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, fraction) = (self.0 / Self::ONE, self.0 % Self::ONE);
        let fraction = format!("{fraction:06}");
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { write!(f, "{whole}") } else { write!(f, "{whole}.{fraction}") }
    }
}

/// How much of an element a report states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// This much.
    Held(Percent),
    /// Some, but not how much, such as “balance”.
    Some,
    /// Less than this, which is not the same as none.
    Below(Percent),
    /// None was found.
    None,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// The amounts by the element's symbol.
    pub amounts: BTreeMap<String, Amount>,
    /// What was not understood, in its order.
    pub unread: Vec<String>,
}

/// Reads what was typed; elements are known by symbol, and by the names that the pack gives them.
#[must_use]
pub fn read(goods: &Goods, untrusted: &str) -> Measured {
    let text: String = untrusted.chars().take(MAX_CHARS).collect();
    let mut reading = Reading::default();
    for token in tokens(&text) {
        reading.take(goods, token);
    }
    reading.finish()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Number(&'a str),
    Less,
    Ppm,
    /// Ends an entry.
    Stop,
}

/// What may stand between an element and its amount without saying anything.
const SILENT: [&str; 8] = ["wt", "mass", "by", "about", "ca", "approx", "max", "percent"];
/// None was found.
const NONE: [&str; 8] = ["none", "nil", "no", "nd", "absent", "未检出", "无", "不含"];
/// The rest of it.
const SOME: [&str; 5] = ["balance", "bal", "rest", "余量", "余"];

#[derive(Debug, Default)]
struct Reading {
    measured: Measured,
    element: Option<String>,
    is_below: bool,
    /// The last number, which parts per million may still make smaller.
    last: Option<(String, String, bool)>,
}

impl Reading {
    fn take(&mut self, goods: &Goods, token: Token<'_>) {
        match token {
            Token::Less => self.is_below = true,
            Token::Ppm => self.ppm(),
            Token::Stop => self.close(),
            Token::Number(digits) => self.number(digits),
            Token::Word(word) => self.word(goods, word),
        }
    }

    fn number(&mut self, digits: &str) {
        let Some(element) = self.element.take() else {
            self.measured.unread.push(digits.to_owned());
            return;
        };
        self.last = Some((element.clone(), digits.to_owned(), self.is_below));
        match Percent::parse(digits) {
            Some(percent) => self.put(element, percent),
            // It may still be parts per million.
            None => self.measured.unread.push(digits.to_owned()),
        }
        self.is_below = false;
    }

    fn put(&mut self, element: String, percent: Percent) {
        let amount = match (self.is_below, percent.is_zero()) {
            (true, false) => Amount::Below(percent),
            (_, true) => Amount::None,
            (false, false) => Amount::Held(percent),
        };
        self.measured.amounts.insert(element, amount);
    }

    fn ppm(&mut self) {
        let Some((element, digits, below)) = self.last.take() else {
            self.measured.unread.push("ppm".to_owned());
            return;
        };
        if self.measured.unread.last() == Some(&digits) {
            self.measured.unread.pop();
        }
        self.measured.amounts.remove(&element);
        match Percent::parse_ppm(&digits) {
            Some(percent) => {
                self.is_below = below;
                self.put(element, percent);
                self.is_below = false;
            }
            None => self.measured.unread.push(format!("{element} {digits} ppm")),
        }
    }

    fn word(&mut self, goods: &Goods, word: &str) {
        let lower = word.to_lowercase();
        if self.element.is_some() && NONE.contains(&lower.as_str()) {
            self.amount(Amount::None);
        } else if self.element.is_some() && SOME.contains(&lower.as_str()) {
            self.amount(Amount::Some);
        } else if let Some(symbol) = symbol(goods, word) {
            self.close();
            self.element = Some(symbol);
        } else if !SILENT.contains(&lower.as_str()) {
            self.measured.unread.push(word.to_owned());
        }
    }

    fn amount(&mut self, amount: Amount) {
        if let Some(element) = self.element.take() {
            self.measured.amounts.insert(element, amount);
        }
    }

    /// An element without an amount says nothing.
    fn close(&mut self) {
        self.measured.unread.extend(self.element.take());
        self.is_below = false;
    }

    fn finish(mut self) -> Measured {
        self.close();
        self.measured
    }
}

/// The symbol of an element; one that the pack does not name is taken by its shape.
fn symbol(goods: &Goods, word: &str) -> Option<String> {
    let named = goods.elements.iter().find(|element| {
        element.symbol == word || element.name.zh == word || element.name.en == word.to_lowercase()
    });
    if let Some(element) = named {
        return Some(element.symbol.clone());
    }
    let mut letters = word.chars();
    let is_symbol = letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && word.len() <= 2
        && letters.all(|letter| letter.is_ascii_lowercase());
    is_symbol.then(|| word.to_owned())
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '0'..='9' => number_length(rest),
            _ if first.is_alphabetic() => word_length(rest, first),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        match first {
            '0'..='9' => found.push(Token::Number(token)),
            '<' | '≤' | '＜' => found.push(Token::Less),
            ';' | '；' | '\n' | ',' | '，' | '、' => found.push(Token::Stop),
            _ if token.eq_ignore_ascii_case("ppm") => found.push(Token::Ppm),
            _ if token == "小于" || token == "低于" || token.eq_ignore_ascii_case("below") => {
                found.push(Token::Less);
            }
            _ if first.is_alphabetic() => found.push(Token::Word(token)),
            _ => {}
        }
    }
    found
}

/// Digits, and one point or comma with digits behind it.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    match text.as_bytes().get(whole) {
        Some(b'.' | b',') if digits(&text[whole + 1..]) > 0 => {
            whole + 1 + digits(&text[whole + 1..])
        }
        _ => whole,
    }
}

/// Latin letters in a row; in Chinese a known word, or one sign.
fn word_length(text: &str, first: char) -> usize {
    if first.is_ascii() {
        return text.bytes().take_while(u8::is_ascii_alphabetic).count();
    }
    let known = ["未检出", "不含", "余量", "小于", "低于"];
    known.iter().find(|word| text.starts_with(**word)).map_or(first.len_utf8(), |word| word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(text: &str) -> Vec<(String, Amount)> {
        let read = read(&Goods::default(), text);
        assert!(read.unread.is_empty(), "{text}: {:?}", read.unread);
        read.amounts.into_iter().collect()
    }

    fn held(text: &str) -> Amount {
        Amount::Held(Percent::parse(text).unwrap())
    }

    #[test]
    fn amounts_are_read_as_reports_write_them() {
        let two = [("Dy".to_owned(), held("1.1")), ("Tb".to_owned(), Amount::None)];
        for text in
            ["Dy 1.1 %; Tb 0", "Dy: 1,1%, Tb none", "Dy = 1.10 wt.%\nTb n d", "Tb未检出、Dy 1.1％"]
        {
            let text = text.replace("n d", "nd");
            assert_eq!(amounts(&text), two, "{text}");
        }
        assert_eq!(amounts("Dy 500 ppm"), [("Dy".to_owned(), held("0.05"))]);
        let below = Amount::Below(Percent::parse("0.01").unwrap());
        assert_eq!(amounts("Tb < 0.01 %"), [("Tb".to_owned(), below)]);
        assert_eq!(amounts("Tb < 100 ppm"), [("Tb".to_owned(), below)]);
        assert_eq!(amounts("Tb < 0.00"), [("Tb".to_owned(), Amount::None)]);
        assert_eq!(amounts("Fe balance"), [("Fe".to_owned(), Amount::Some)]);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (text, unread) in [
            ("Dy", "Dy"),
            ("Dy; Tb 0", "Dy"),
            ("N38SH", "SH"),
            ("Dy 101 %", "101"),
            ("Dy a lot", "lot"),
            ("1.1 %", "1.1"),
            ("Dy 20000000 ppm", "Dy 20000000 ppm"),
        ] {
            let read = read(&Goods::default(), text);
            assert!(read.unread.iter().any(|word| word == unread), "{text}: {read:?}");
            assert!(!matches!(read.amounts.get("Dy"), Some(Amount::Held(_))), "{text}: {read:?}");
        }
    }

    #[test]
    fn the_whole_is_accepted_and_a_millionth_more_is_not() {
        assert_eq!(Percent::parse("100"), Some(Percent::WHOLE));
        assert_eq!(Percent::parse("100.000001"), None);
        assert_eq!(Percent::parse("0.0000001"), None);
        assert_eq!(Percent::parse("1.100").unwrap().to_string(), "1.1");
        assert_eq!(Percent::WHOLE.and(Percent::WHOLE), Percent::WHOLE);
    }

    proptest::proptest! {
        #[test]
        fn no_text_whatever_makes_it_stumble(text in ".{0,200}") {
            let _ = read(&Goods::default(), &text);
        }

        #[test]
        fn every_amount_is_read_back_as_it_is_shown(millionths in 1_u64..=100_000_000) {
            let shown = Percent(millionths).to_string();
            proptest::prop_assert_eq!(Percent::parse(&shown), Some(Percent(millionths)));
        }
    }
}
