//! Which words stand in a text, and where does what somebody looks for stand in it?
//!
//! Words are compared without case, accents and width: `Größe` is `grosse`. Chinese, Japanese and
//! Korean are written without spaces, so there each sign counts and two neighbours make a word of the
//! index. What is looked for is data: no sign of it commands anything. Deliberately absent: the
//! index (see [`crate::table`]).

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Grows whenever the same text gives other words; an index of another version is made anew.
pub(crate) const VERSION: u32 = 1;

/// What is looked at of a query; the rest is left out.
const MAX_QUERY_CHARS: usize = 200;
/// How much of a text a snippet shows, in characters.
const SNIPPET_CHARS: usize = 120;
/// How much of that stands before what was found.
const BEFORE_CHARS: usize = 32;

/// A word of a Latin or similar script, or one sign of a script without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unit {
    /// Without case, accents and width.
    text: String,
    /// Where it begins in the original, in bytes.
    start: usize,
    /// Where it ends, exclusive.
    end: usize,
    is_sign: bool,
    /// A sign that follows another sign at once.
    is_joined: bool,
}

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text as it was typed; line breaks are spaces.
    pub text: String,
    /// True when this is what was looked for.
    pub found: bool,
}

/// What somebody looks for, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Each must be found; what was typed without a space between must stand together.
    chunks: Vec<Vec<Unit>>,
}

/// The words of a text as the index keeps them, with spaces between.
pub(crate) fn indexed(text: &str) -> String {
    let units = units(text);
    let mut out = String::with_capacity(text.len() * 2);
    for (at, unit) in units.iter().enumerate() {
        if !out.is_empty() {
            out.push(' ');
        }
        push_word(&mut out, unit, units.get(at + 1));
    }
    out
}

/// A sign goes together with the sign that follows it.
fn push_word(out: &mut String, unit: &Unit, next: Option<&Unit>) {
    out.push_str(&unit.text);
    if let Some(next) = next.filter(|next| next.is_joined) {
        out.push_str(&next.text);
    }
}

impl Query {
    /// Reads what was typed; without a letter or digit nothing is looked for.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let typed: String = typed.chars().take(MAX_QUERY_CHARS).collect();
        let chunks = typed.split_whitespace().map(units).filter(|chunk| !chunk.is_empty());
        Self { chunks: chunks.collect() }
    }

    /// True when nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The same in the language of the index. Only letters and digits stand inside of the quotes.
    pub(crate) fn expression(&self) -> String {
        let mut out = String::new();
        for chunk in &self.chunks {
            out.push_str(if out.is_empty() { "\"" } else { " \"" });
            let mut begun = false;
            for (at, unit) in chunk.iter().enumerate() {
                let next = chunk.get(at + 1);
                // The last of several signs is in the word of the one before it.
                if unit.is_joined && next.is_none() {
                    continue;
                }
                if begun {
                    out.push(' ');
                }
                begun = true;
                push_word(&mut out, unit, next);
            }
            out.push('"');
            if chunk.last().is_some_and(|last| !last.is_joined) {
                // A word is found by its beginning, a single sign as the beginning of two.
                out.push_str(" *");
            }
        }
        out
    }

    /// True when everything that is looked for stands in one of the two texts; what was typed
    /// together must stand in the same one.
    #[must_use]
    pub fn matches(&self, title: &str, text: &str) -> bool {
        let (title, text) = (units(title), units(text));
        let in_one = |chunk: &Vec<Unit>| {
            next_place(&title, chunk, 0).or_else(|| next_place(&text, chunk, 0)).is_some()
        };
        !self.is_empty() && self.chunks.iter().all(in_one)
    }

    /// A text with the places that were found; whole when it is short, otherwise around the first.
    #[must_use]
    pub fn show(&self, text: &str) -> Vec<Piece> {
        let places = self.places(text);
        let (from, to) = window(text, places.first().map_or(0, |place| place.0));
        let mut pieces = Vec::new();
        let mut add = |part: &str, found| {
            if !part.is_empty() {
                pieces.push(Piece { text: part.replace(char::is_control, " "), found });
            }
        };
        let mut done = from;
        if from > 0 {
            add("… ", false);
        }
        for (start, end) in places {
            let end = end.min(to);
            if start < done || start >= end {
                continue;
            }
            add(&text[done..start], false);
            add(&text[start..end], true);
            done = end;
        }
        add(&text[done..to], false);
        if to < text.len() {
            add(" …", false);
        }
        pieces
    }

    /// Where in a text something of it stands, in order and without overlap.
    fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let known = units(text);
        let mut places = Vec::new();
        for chunk in &self.chunks {
            let mut from = 0;
            while let Some(at) = next_place(&known, chunk, from) {
                places.push((known[at].start, known[at + chunk.len() - 1].end));
                from = at + 1;
            }
        }
        places.sort_unstable();
        let mut end = 0;
        places.retain(|place| {
            let free = place.0 >= end;
            if free {
                end = place.1;
            }
            free
        });
        places
    }
}

/// Where a chunk stands next in a text.
fn next_place(text: &[Unit], chunk: &[Unit], from: usize) -> Option<usize> {
    let last = chunk.len().checked_sub(1)?;
    let fits = |window: &[Unit]| {
        window.iter().zip(chunk).enumerate().all(|(at, (known, wanted))| {
            let same = known.text == wanted.text;
            let begins = at == last && !wanted.is_sign && known.text.starts_with(&wanted.text);
            (same || begins)
                && known.is_sign == wanted.is_sign
                // Signs that were typed together must stand together.
                && (at == 0 || known.is_joined == wanted.is_joined)
        })
    };
    text.windows(chunk.len()).skip(from).position(fits).map(|at| at + from)
}

/// The part of a text that a snippet shows when something was found at `found`.
fn window(text: &str, found: usize) -> (usize, usize) {
    let count = text.chars().count();
    if count <= SNIPPET_CHARS {
        return (0, text.len());
    }
    let before = text[..found].chars().count();
    let from = before.saturating_sub(BEFORE_CHARS).min(count - SNIPPET_CHARS);
    let byte = |nth: usize| text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at);
    (byte(from), byte(from + SNIPPET_CHARS))
}

/// The units of a text in order.
fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    // Whether what comes next goes on with the last unit.
    let mut open = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        fold(c, &mut |letter| {
            let sign = is_sign(letter);
            let joins = open && units.last().is_some_and(|last| last.is_sign == sign);
            match units.last_mut() {
                Some(word) if joins && !sign => {
                    word.text.push(letter);
                    word.end = end;
                }
                _ => units.push(Unit {
                    text: letter.into(),
                    start,
                    end,
                    is_sign: sign,
                    is_joined: joins && sign,
                }),
            }
            open = true;
        });
        // An accent of its own belongs to the letter before it.
        if !c.is_alphanumeric() && !is_combining_mark(c) {
            open = false;
        } else if is_combining_mark(c)
            && let Some(last) = units.last_mut().filter(|_| open)
        {
            last.end = end;
        }
    }
    units
}

/// The letters and digits that a character stands for, without case, accents and width.
fn fold(c: char, take: &mut impl FnMut(char)) {
    let mut plain = |c: char| {
        if !is_combining_mark(c) && c.is_alphanumeric() {
            match c {
                'ß' => ['s', 's'].into_iter().for_each(&mut *take),
                'æ' => ['a', 'e'].into_iter().for_each(&mut *take),
                'œ' => ['o', 'e'].into_iter().for_each(&mut *take),
                'þ' => ['t', 'h'].into_iter().for_each(&mut *take),
                'ł' => take('l'),
                'ø' => take('o'),
                'đ' | 'ð' => take('d'),
                'ħ' => take('h'),
                'ŧ' => take('t'),
                'ı' => take('i'),
                'ς' => take('σ'),
                c => take(c),
            }
        }
    };
    // A syllable of Korean is one sign, not its letters.
    if matches!(c, '\u{ac00}'..='\u{d7a3}') {
        return plain(c);
    }
    // In this order: İ and ẞ have small forms that fall apart further.
    decompose_compatible(c, |part| {
        for small in part.to_lowercase() {
            decompose_compatible(small, &mut plain);
        }
    });
}

/// True for a sign of a script that is written without spaces.
fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}'   // radicals
        | '\u{3005}'..='\u{3007}' // repetition, closing, zero
        | '\u{3021}'..='\u{3029}'
        | '\u{3041}'..='\u{30ff}' // kana
        | '\u{3105}'..='\u{312f}' // bopomofo
        | '\u{3400}'..='\u{9fff}' // Han
        | '\u{a000}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' // Hangul
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(typed: &str, text: &str) -> bool {
        Query::new(typed).matches("", text)
    }

    #[test]
    fn case_accents_and_width_do_not_matter() {
        for (typed, text) in [
            ("grosse", "Größe der Ringe"),
            ("GRÖẞE", "grosse"),
            ("lodz", "Łódź"),
            ("Łódź", "lodz"),
            ("N38SH", "ｎ３８ｓｈ"),
            ("istanbul", "İSTANBUL"),
            ("cafe", "cafe\u{301}s"),
            ("smorrebrod", "Smørrebrød"),
        ] {
            assert!(finds(typed, text), "{typed} in {text}");
        }
    }

    #[test]
    fn a_word_is_found_by_its_beginning_and_not_by_its_middle() {
        assert!(finds("mag", "ring magnets"));
        assert!(!finds("agnets", "ring magnets"));
        assert!(finds("ring mag", "magnets of a ring"));
        assert!(finds("po-2026-1", "order PO-2026-17"));
        assert!(!finds("po-2026-1", "PO 17 of 2026"));
    }

    #[test]
    fn two_signs_are_found_wherever_they_stand_together() {
        let text = "双方签订保密契约及工程契約";
        for typed in ["契约", "保密", "工程", "契約", "约", "密契约", "程"] {
            assert!(finds(typed, text), "{typed}");
        }
        for typed in ["契程", "密工", "工 程序"] {
            assert!(!finds(typed, text), "{typed}");
        }
        assert!(finds("계약", "비밀계약서"));
        assert!(finds("N38SH磁环", "规格N38SH磁环图"));
    }

    #[test]
    fn what_is_typed_commands_nothing() {
        for typed in
            ["\"", "a\" OR \"b", "NEAR(a b)", "-a", "a*", "title:x", "^a", "(", "{a b} : c"]
        {
            let expression = Query::new(typed).expression();
            let rest = expression.replace("\" *", "").replace('"', "");
            assert!(rest.chars().all(|c| c.is_alphanumeric() || c == ' '), "{typed}: {expression}");
        }
        assert!(Query::new(" \"-*() ").is_empty());
        assert!(!Query::new("").matches("a", "b"));
    }

    #[test]
    fn a_snippet_shows_the_place_in_the_words_that_were_typed() {
        let shown = Query::new("grosse 工程").show("Die Größen im\n机电工程项目");
        let found: Vec<&str> =
            shown.iter().filter(|piece| piece.found).map(|piece| piece.text.as_str()).collect();
        assert_eq!(found, ["Größen", "工程"]);
        let whole: String = shown.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(whole, "Die Größen im 机电工程项目");
        let long = format!("{}needle{}", "hay ".repeat(200), " hay".repeat(200));
        let shown = Query::new("needle").show(&long);
        assert!(shown.iter().any(|piece| piece.found && piece.text == "needle"));
        let length: usize = shown.iter().map(|piece| piece.text.chars().count()).sum();
        assert!(length <= SNIPPET_CHARS + 4, "{length}");
    }

    proptest! {
        #[test]
        fn any_text_is_shown_whole_or_in_part_and_never_panics(typed in ".{0,12}", text in ".{0,300}") {
            let query = Query::new(&typed);
            let shown = query.show(&text);
            prop_assert!(shown.iter().all(|piece| !piece.text.is_empty()));
            let found = shown.iter().any(|piece| piece.found);
            prop_assert!(!query.matches("", &text) || found);
        }

        #[test]
        fn any_part_between_spaces_is_found(words in proptest::collection::vec("[a-zé0-9保密工程]{1,6}", 1..6), at in 0_usize..6) {
            let text = words.join(" ");
            let typed = &words[at.min(words.len() - 1)];
            prop_assert!(finds(typed, &text), "{} in {}", typed, text);
        }
    }
}
