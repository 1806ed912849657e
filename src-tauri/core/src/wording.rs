//! Does an end use say enough, and not too much?
//!
//! Words come from the pack, protected names from the dossier. A text is vague when too few of its words
//! say something of their own. Deliberately absent: a better wording; the pack has graded examples.

use crate::{
    dossier::{Dossier, Role},
    field,
    finding::{Finding, Place, Severity},
    leak::Guard,
    pack::{Grade, Pack, Revealing, WordingField, WordingRules},
    text::{Bilingual, Language},
    words,
};

/// The rules that are not vocabulary; sentences stand under `wording.<rule>.`.
pub const RULES: [&str; 3] = ["vague", "protected", "firm"];

/// What is wrong with a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The rule's word.
    pub rule: String,
    /// Too vague or too revealing.
    pub grade: Grade,
    /// On which side.
    pub language: Language,
    /// The words that it is about; empty when they are lacking.
    pub words: Vec<String>,
}

/// Judges what is typed under a key; nothing when the pack does not judge that field, and nothing of a
/// side that is blank.
#[must_use]
pub fn judge(dossier: &Dossier, pack: &Pack, key: &str, entry: &Bilingual) -> Vec<Hit> {
    let Some(rule) = pack.wording.field(key) else { return Vec::new() };
    let mut hits = Vec::new();
    let guard = Guard::of(dossier);
    for language in [Language::En, Language::Zh] {
        let text = entry.side(language);
        if text.trim().is_empty() {
            continue;
        }
        let mut hit = |rule: &str, grade, words: Vec<String>| {
            hits.push(Hit { rule: rule.to_owned(), grade, language, words });
        };
        if specific(&pack.wording, text, language) < rule.least {
            hit("vague", Grade::TooVague, Vec::new());
        }
        let protected: Vec<String> =
            guard.search(text, key).into_iter().map(|leak| leak.term).collect();
        if !protected.is_empty() {
            hit("protected", Grade::TooRevealing, protected);
        }
        let forms = firms(dossier, &pack.lists.legal_forms, text);
        if !forms.is_empty() {
            hit("firm", Grade::TooRevealing, forms);
        }
        for rule in &pack.wording.revealing {
            let found = revealed(rule, text, language);
            if !found.is_empty() {
                hit(&rule.id, Grade::TooRevealing, found);
            }
        }
    }
    hits
}

/// The grade that hits amount to; too revealing weighs more, since what has left cannot be called back.
#[must_use]
pub fn grade(hits: &[Hit]) -> Grade {
    hits.iter().map(|hit| hit.grade).max().unwrap_or(Grade::Enough)
}

/// Every judged field of a dossier with its hits.
#[must_use]
pub fn judge_all(dossier: &Dossier, pack: &Pack) -> Vec<(String, Vec<Hit>)> {
    let keys = |rule: &WordingField| field::expand(dossier, &rule.key);
    let judged = pack.wording.fields.iter().flat_map(keys).filter_map(|key| {
        let (_, entry) = field::read(dossier, &key).ok()?;
        let hits = judge(dossier, pack, &key, &entry);
        (!hits.is_empty()).then_some((key, hits))
    });
    judged.collect()
}

/// What a release is told of the wording.
#[must_use]
pub fn findings(dossier: &Dossier, pack: &Pack) -> Vec<Finding> {
    let finding = |(key, hit): (String, Hit)| {
        let severity = if hit.grade == Grade::TooVague { Severity::Weak } else { Severity::Tip };
        let label = pack.label(&key).en;
        let sentence = |part: &str| pack.say(&format!("wording.{}.{part}", hit.rule)).en;
        Finding::new(severity, "wording", Place::Field(key))
            .with("field", label)
            .with("what", sentence("says"))
            .with("how", sentence("mend"))
            .with("words", hit.words.join(", "))
    };
    let all = judge_all(dossier, pack);
    let each =
        all.into_iter().flat_map(|(key, hits)| hits.into_iter().map(move |h| (key.clone(), h)));
    let mut findings: Vec<Finding> = each.map(finding).collect();
    findings.sort();
    findings.dedup();
    findings
}

/// How many words say something of their own; a designation counts double.
fn specific(rules: &WordingRules, text: &str, language: Language) -> usize {
    let designations = words::designations(text).len();
    let rest = match language {
        Language::En => specific_en(rules, text),
        Language::Zh => specific_zh(rules, text),
    };
    rest + 2 * designations
}

fn specific_en(rules: &WordingRules, text: &str) -> usize {
    let has_digit = |word: &String| word.chars().any(|c| c.is_ascii_digit());
    let mut left: Vec<String> = words::words(text).into_iter().filter(|w| !has_digit(w)).collect();
    for phrase in rules.vague.en.iter().filter(|phrase| phrase.contains(' ')) {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let same = |at: usize, left: &[String]| {
            left.get(at..at + phrase.len())
                .is_some_and(|found| found.iter().zip(&phrase).all(|(a, b)| singular(a) == *b))
        };
        while let Some(at) = (0..left.len()).find(|at| same(*at, &left)) {
            left.drain(at..at + phrase.len());
        }
    }
    let is_vague = |word: &String| rules.vague.en.iter().any(|v| singular(v) == singular(word));
    left.iter().filter(|word| !is_vague(word) && !rules.joining.en.contains(word)).count()
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

fn specific_zh(rules: &WordingRules, text: &str) -> usize {
    let mut known: Vec<&String> = rules.vague.zh.iter().chain(&rules.joining.zh).collect();
    known.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut left = text.to_owned();
    for word in known {
        left = left.replace(word.as_str(), " ");
    }
    let han = left.chars().filter(|c| words::is_han(*c)).count();
    let latin = words::words(&left)
        .into_iter()
        .filter(|word| word.chars().all(|c| !words::is_han(c) && !c.is_ascii_digit()));
    // Two characters make a word, as a rule.
    han / 2 + latin.count()
}

/// What one rule finds in a text.
fn revealed(rule: &Revealing, text: &str, language: Language) -> Vec<String> {
    let phrases = match language {
        Language::En => &rule.en,
        Language::Zh => &rule.zh,
    };
    let plain: String = text.chars().flat_map(words::plain).collect();
    let holds = |phrase: &&String| {
        plain.match_indices(phrase.as_str()).any(|(at, found)| {
            let (before, after) = (&plain[..at], &plain[at + found.len()..]);
            let apart = whole(before, found, after);
            if rule.counted { is_counted(before, found) && ends(found, after) } else { apart }
        })
    };
    phrases.iter().filter(holds).cloned().collect()
}

/// True when a phrase is no part of a longer word.
fn whole(before: &str, found: &str, after: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() && !words::is_han(c);
    let begins = !found.starts_with(inside) || !before.ends_with(inside);
    begins && ends(found, after)
}

fn ends(found: &str, after: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() && !words::is_han(c);
    !found.ends_with(inside) || !after.starts_with(inside)
}

/// True when a number stands right before the phrase.
fn is_counted(before: &str, found: &str) -> bool {
    let before = before.trim_end_matches([' ', '\u{a0}', '-']);
    let number = |c: char| c.is_ascii_digit() || "百千万亿".contains(c);
    before.ends_with(number) && !found.is_empty()
}

/// The legal forms of firms that are none of the dossier's own end user, importer, trader or supplier.
fn firms(dossier: &Dossier, forms: &[String], text: &str) -> Vec<String> {
    let mut left = text.to_lowercase();
    let own = |role: &Role| !matches!(role, Role::DownstreamCustomer);
    for party in dossier.parties.iter().filter(|party| party.roles.iter().any(own)) {
        let profile = &party.profile;
        for name in [&profile.name, &profile.name_local, &profile.name_zh] {
            if !name.trim().is_empty() {
                left = left.replace(&name.to_lowercase(), " ");
            }
        }
    }
    let undotted: String = left.replace('.', "");
    let said = words::words(&undotted);
    let names = |form: &&String| {
        if form.chars().any(words::is_han) {
            left.contains(form.as_str())
        } else {
            // Two letters are too often something else, such as a grade.
            form.len() > 2 && said.contains(form)
        }
    };
    forms.iter().filter(names).cloned().collect()
}
