//! Can the program say everything that it has to say, in every language, and nothing that it never says?
//!
//! Keys are read where they are made: from the sources of Rust and of the window. Deliberately absent:
//! the rule pack's own texts; `lanthan-core` refuses a pack that lacks one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use lanthan_core::{checklist::Lack, finding};
use lanthan_tests::{
    project::{files_ending, text},
    source::{bodies, literals},
};

type Keys = BTreeMap<String, String>;

/// Codes of failures that arise in the window's own part of Rust.
const WINDOW: &str = "src-tauri/src/";

/// Every language with its files: word, then key, then sentence.
static LANGUAGES: LazyLock<BTreeMap<String, BTreeMap<String, Keys>>> = LazyLock::new(|| {
    let mut all: BTreeMap<String, BTreeMap<String, Keys>> = BTreeMap::new();
    for path in files_ending(&[".json"]) {
        let Some(inside) = path.strip_prefix("assets/texts/") else { continue };
        let (language, file) = inside.split_once('/').expect("texts lie in a folder a language");
        let keys = serde_json::from_str(&text(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        let word = file.trim_end_matches(".json").to_owned();
        all.entry(language.to_owned()).or_default().insert(word, keys);
    }
    all
});

/// Every key of English.
fn english() -> BTreeSet<&'static str> {
    LANGUAGES["en"].values().flat_map(|keys| keys.keys().map(String::as_str)).collect()
}

/// The sources of the window without its tests.
fn window() -> impl Iterator<Item = (&'static str, String)> {
    files_ending(&[".ts", ".svelte"])
        .filter(|path| path.starts_with("ui/src/") && !path.contains("/testing/"))
        .filter(|path| !path.contains(".test."))
        .map(|path| (path, text(path)))
}

/// The Rust sources below some folders.
fn rust(folders: &[&str]) -> String {
    files_ending(&[".rs"])
        .filter(|path| folders.iter().any(|folder| path.starts_with(folder)))
        .map(text)
        .collect()
}

/// Every code that `lanthan_api::Error::code` can give: the literals in it and in every `code` that it
/// asks, and those of the window's own failures.
fn error_codes() -> BTreeSet<String> {
    let crates = ["api", "store", "media", "package"].map(|name| format!("src-tauri/{name}/src/"));
    let mut codes = BTreeSet::new();
    for folder in &crates {
        let source = rust(&[folder]);
        let found: Vec<String> = bodies(&source, "fn code(&self) -> &'static str {")
            .iter()
            .flat_map(|body| literals(body))
            .collect();
        assert!(found.len() > 3, "no codes are found in {folder}");
        codes.extend(found);
    }
    for path in files_ending(&[".rs"]).filter(|path| path.starts_with(WINDOW)) {
        for after in text(path).split("code(\"").skip(1) {
            codes.extend(after.split('"').next().map(str::to_owned));
        }
    }
    codes
}

/// What the media crate may call a trace: the words that it notes, and those in its tables of fields.
fn trace_kinds() -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    let inside = |path: &&str| {
        path.starts_with("src-tauri/media/src/")
            && !path.contains("refusal")
            && !path.contains("/list/")
    };
    for path in files_ending(&[".rs"]).filter(inside) {
        let text = text(path);
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        let literal = |after: &str| {
            let word = after.trim_start().strip_prefix('"')?.split('"').next()?;
            let plain = word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            (plain && !word.is_empty()).then(|| word.to_owned())
        };
        let heads = [".note(", ".note_bytes(", ".note_size(", "counts.add(", "=>", "{ "];
        for head in
            heads.into_iter().chain([".count(", ".person(", ".begin(", "untrusted, ", "&element, "])
        {
            kinds.extend(product.split(head).skip(1).filter_map(literal));
        }
        let entries = product.lines().filter(|line| line.trim_start().starts_with('('));
        kinds.extend(entries.filter_map(|line| literal(line.split(", ").nth(1)?)));
    }
    kinds
}

#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
}

/// Holds pairs such as `err-x` and `fix-x` against the words that they must stand for.
#[track_caller]
fn hold(prefixes: &[&str], words: &BTreeSet<String>) {
    let mut faults = Vec::new();
    for (language, files) in LANGUAGES.iter() {
        let keys: BTreeSet<&String> = files.values().flat_map(BTreeMap::keys).collect();
        for prefix in prefixes {
            for word in words.iter().filter(|word| !keys.contains(&format!("{prefix}{word}"))) {
                faults.push(format!("{language}: {prefix}{word} is missing"));
            }
            let said = keys.iter().filter_map(|key| key.strip_prefix(prefix));
            for word in said.filter(|word| !words.contains(*word)) {
                faults.push(format!("{language}: {prefix}{word} is never said"));
            }
        }
    }
    none(faults);
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    let codes = error_codes();
    assert!(codes.contains("wrong-passphrase") && codes.contains("vault-locked"), "{codes:?}");
    hold(&["err-", "fix-"], &codes);
}

#[test]
fn every_finding_says_what_was_found_and_how_to_mend_it() {
    hold(&["find-", "mend-"], &finding::CODES.iter().map(|code| (*code).to_owned()).collect());
}

#[test]
fn every_finding_that_is_made_is_listed() {
    let source = rust(&["src-tauri/core/src/", "src-tauri/api/src/"]);
    let made = source.split("Severity::").skip(1).filter_map(|after| {
        let literal = after.split(['(', ')', ';']).next()?.split('"').nth(1)?;
        literal.contains('-').then_some(literal)
    });
    let listed: BTreeSet<&str> = finding::CODES.iter().copied().collect();
    let made: BTreeSet<&str> = made.collect();
    assert!(made.len() > 5, "{made:?}");
    none(made.difference(&listed).map(|code| format!("{code} is not listed")).collect());
}

#[test]
fn every_lack_has_its_words() {
    let any = String::new;
    let all = [
        Lack::Field(any()),
        Lack::Language(any()),
        Lack::Wording(any()),
        Lack::Exhibits(1),
        Lack::Cleared(1),
        Lack::Declaration,
        Lack::Condition,
    ];
    hold(&["lack-"], &all.iter().map(|lack| lack.word().to_owned()).collect());
}

#[test]
fn every_trace_has_its_words() {
    let kinds = trace_kinds();
    assert!(kinds.contains("gps") && kinds.contains("pdf-javascript"), "{kinds:?}");
    hold(&["trace-"], &kinds);
}

#[test]
fn all_languages_say_the_same_things_with_the_same_placeholders() {
    let mut faults = Vec::new();
    let english = &LANGUAGES["en"];
    for (language, files) in LANGUAGES.iter() {
        for (word, keys) in english {
            let Some(there) = files.get(word) else {
                faults.push(format!("{language} has no {word}.json"));
                continue;
            };
            for (key, sentence) in keys {
                match there.get(key) {
                    None => faults.push(format!("{language} lacks {key}")),
                    Some(other) if placeholders(other) != placeholders(sentence) => {
                        faults.push(format!("{language}: {key} has other placeholders"));
                    }
                    Some(other) if other.trim().is_empty() => {
                        faults.push(format!("{language}: {key} is empty"));
                    }
                    Some(_) => {}
                }
            }
            let more = there.keys().filter(|key| !keys.contains_key(*key));
            faults.extend(more.map(|key| format!("{language} has {key}, English has not")));
        }
        for word in files.keys().filter(|word| !english.contains_key(*word)) {
            faults.push(format!("{language} has {word}.json, English has not"));
        }
    }
    none(faults);
}

#[test]
fn what_rust_says_has_only_placeholders_that_rust_fills() {
    let mut names: BTreeSet<String> =
        ["message", "places", "detail", "value", "by", "day"].map(str::to_owned).into();
    // Where in a list something is wrong, and by how much.
    names.extend(["row", "column", "found", "most"].map(str::to_owned));
    // How something lies to the places of the firm.
    names.extend(["place", "distance", "accuracy", "metres"].map(str::to_owned));
    let source = rust(&["src-tauri/core/src/", "src-tauri/api/src/"]);
    let with = source.split(".with(\"").skip(1).filter_map(|after| after.split('"').next());
    names.extend(with.map(str::to_owned));
    let mut faults = Vec::new();
    for word in ["errors", "findings"] {
        for (key, sentence) in &LANGUAGES["en"][word] {
            for name in placeholders(sentence).difference(&names) {
                faults.push(format!("{key}: nobody fills {{{name}}}"));
            }
        }
    }
    none(faults);
}

fn placeholders(sentence: &str) -> BTreeSet<String> {
    let inside = sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    inside.map(|(name, _)| name.to_owned()).collect()
}

/// A key with its parts in `${…}` taken as any word.
struct Pattern(Vec<String>);

impl Pattern {
    /// The words that stand for the computed parts, when the key fits.
    fn fit<'a>(&self, key: &'a str) -> Option<Vec<&'a str>> {
        let (first, rest) = self.0.split_first()?;
        let mut left = key.strip_prefix(first.as_str())?;
        let mut words = Vec::new();
        for (at, part) in rest.iter().enumerate() {
            let last = at + 1 == rest.len();
            let end = if last && part.is_empty() {
                left.len()
            } else if last {
                left.strip_suffix(part.as_str())?.len()
            } else {
                left.find(part.as_str())?
            };
            words.push(&left[..end]);
            left = &left[end + part.len()..];
        }
        (left.is_empty() && words.iter().all(|word| !word.is_empty())).then_some(words)
    }
}

/// What the window looks up: whole keys, and keys with computed parts.
fn looked_up() -> (BTreeMap<String, &'static str>, Vec<(Pattern, &'static str)>) {
    let words: Vec<String> = LANGUAGES["en"].keys().map(|word| format!("{word}.")).collect();
    let ours = |literal: &str| words.iter().any(|word| literal.starts_with(word.as_str()));
    let plain = |literal: &str| {
        literal.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c))
    };
    let (mut whole, mut computed) = (BTreeMap::new(), Vec::new());
    for (path, text) in window() {
        for literal in text.split('"').filter(|piece| ours(piece) && plain(piece)) {
            whole.insert(literal.to_owned(), path);
        }
        // Between backticks stand computed keys, and in comments the names of things.
        for literal in text.split('`').filter(|piece| ours(piece) && piece.contains("${")) {
            let mut pieces = literal.split("${");
            let mut parts: Vec<String> = pieces.next().map(str::to_owned).into_iter().collect();
            parts.extend(pieces.filter_map(|p| Some(p.split_once('}')?.1.to_owned())));
            computed.push((Pattern(parts), path));
        }
    }
    (whole, computed)
}

/// A key of a counted sentence without its plural form.
fn stem(key: &str) -> &str {
    let forms = [".zero", ".one", ".two", ".few", ".many", ".other"];
    forms.iter().find_map(|form| key.strip_suffix(form)).unwrap_or(key)
}

#[test]
fn everything_that_the_window_looks_up_is_there() {
    let keys = english();
    let stems: BTreeSet<&str> = keys.iter().map(|key| stem(key)).collect();
    let (whole, computed) = looked_up();
    assert!(whole.len() > 50, "the window looks up {} keys", whole.len());
    let mut faults = Vec::new();
    for (key, path) in &whole {
        if !keys.contains(key.as_str()) && !stems.contains(key.as_str()) {
            faults.push(format!("{path} looks up {key}"));
        }
    }
    for (pattern, path) in &computed {
        if !stems.iter().any(|key| pattern.fit(key).is_some()) {
            faults.push(format!("{path} looks up {}", pattern.0.join("${…}")));
        }
    }
    none(faults);
}

#[test]
fn nothing_stands_in_the_texts_that_nobody_looks_up() {
    let (whole, computed) = looked_up();
    // A computed part is a word that stands somewhere in the window or in what Rust hands it.
    let said_by = ["core", "store", "package", "api"].map(|name| format!("src-tauri/{name}/src/"));
    let mut said = rust(&said_by.each_ref().map(String::as_str));
    said.push_str(&rust(&["src-tauri/src/", "src-tauri/media/src/list/"]));
    said.extend(window().map(|(_, text)| text));
    let is_said = |word: &&str| {
        ['"', '\'', '`'].iter().any(|quote| said.contains(&format!("{quote}{word}{quote}")))
            || said.contains(&format!("{word}: "))
    };
    let files =
        LANGUAGES["en"].iter().filter(|(word, _)| !["errors", "findings"].contains(&word.as_str()));
    let mut faults = Vec::new();
    for (word, keys) in files {
        for key in keys.keys() {
            if !key.starts_with(&format!("{word}.")) {
                faults.push(format!("{key} stands in {word}.json"));
            }
            let key = stem(key);
            let fits = |(pattern, _): &(Pattern, _)| {
                pattern.fit(key).is_some_and(|words| words.iter().all(is_said))
            };
            if !whole.contains_key(key) && !computed.iter().any(fits) {
                faults.push(format!("{key} is never looked up"));
            }
        }
    }
    none(faults);
}
