//! Which point of a pack does a line ask for?
//!
//! Words are compared with those of each point, in English and Chinese; rare ones weigh more, and so
//! does the last word of a Chinese line, which says what is asked for. A pack may name other words by
//! which suppliers ask for a point. A hint with a confidence, never a verdict: a person settles it.
//! Deliberately absent: meaning.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    id::RequirementId,
    pack::Pack,
    record::choice,
    words::{is_han, words},
};

choice! {
    /// How sure it is that a line asks for a point.
    Confidence {
        /// Little speaks against it.
        "clear" Clear,
        /// Much speaks for it.
        "likely" Likely,
        /// A guess.
        "faint" Faint,
    }
}

/// The point that a line is nearest to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The point.
    pub requirement: RequirementId,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The points of a pack, ready to be compared.
#[derive(Debug)]
pub struct Points {
    points: Vec<Point>,
    /// In how many points a word stands.
    spread: BTreeMap<String, u32>,
}

#[derive(Debug)]
struct Point {
    id: RequirementId,
    /// The words of its title, each language for itself, and of each other name of it.
    titles: Vec<BTreeSet<String>>,
    /// Every other word of it.
    more: BTreeSet<String>,
}

/// What a word of the title counts, and what one of the other sentences does.
const IN_TITLE: f64 = 1.0;
const IN_TEXT: f64 = 0.6;
/// What a word that stands in no point at all counts against a line.
const UNKNOWN: f64 = 0.35;
/// The same for two Chinese characters, which often belong to two words.
const UNKNOWN_PAIR: f64 = 0.12;
/// How much more the last two characters of a Chinese line count.
const LAST_PAIR: f64 = 1.5;
/// How alike two words must be; 1 is the same word.
const ALIKE: f64 = 0.84;
/// From which likeness on a line is how sure.
const CLEAR: f64 = 0.6;
const LIKELY: f64 = 0.4;
const FAINT: f64 = 0.25;
/// How much the second best must be behind for the best to be clear.
const AHEAD: f64 = 0.08;

/// Words that ask, and that join others.
const EMPTY: &[&str] = &[
    "a",
    "all",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "by",
    "can",
    "could",
    "do",
    "does",
    "for",
    "from",
    "give",
    "have",
    "how",
    "if",
    "in",
    "including",
    "is",
    "it",
    "its",
    "kindly",
    "may",
    "need",
    "needed",
    "of",
    "on",
    "or",
    "our",
    "please",
    "provide",
    "provided",
    "required",
    "send",
    "should",
    "such",
    "that",
    "the",
    "their",
    "them",
    "these",
    "they",
    "this",
    "to",
    "us",
    "was",
    "we",
    "what",
    "when",
    "which",
    "who",
    "will",
    "with",
    "would",
    "you",
    "your",
];
/// The same in Chinese.
const HAN_EMPTY: &[&str] = &[
    "提供", "请提", "贵司", "贵公", "我司", "需要", "以及", "相关", "有关", "复印", "印件", "扫描",
    "描件", "副本", "原件",
];
/// Words at the end of a Chinese line that say how something is sent and not what.
const HAN_ENDS: &[&str] = &["复印件", "扫描件", "副本", "原件"];

impl Points {
    /// Prepares the points of a pack.
    #[must_use]
    pub fn of(pack: &Pack) -> Self {
        let living = pack.requirements.iter().filter(|one| one.replaced_by.is_none());
        let points: Vec<Point> = living
            .map(|one| {
                let say = |part: &str| pack.say(&format!("requirement.{}.{part}", one.id));
                let title = say("title");
                let mut titles = vec![tokens(&title.en), tokens(&title.zh)];
                if let Some(names) = pack.text(&format!("requirement.{}.asked-as", one.id)) {
                    let each = names.en.split(';').chain(names.zh.split(['；', ';']));
                    titles.extend(each.map(tokens).filter(|words| !words.is_empty()));
                }
                let mut more = BTreeSet::new();
                for text in [say("shows"), say("least")] {
                    more.extend(tokens(&text.en));
                    more.extend(tokens(&text.zh));
                }
                Point { id: one.id.clone(), titles, more }
            })
            .collect();
        let mut spread: BTreeMap<String, u32> = BTreeMap::new();
        for point in &points {
            let all: BTreeSet<&String> = point.titles.iter().flatten().chain(&point.more).collect();
            for word in all {
                *spread.entry(word.clone()).or_default() += 1;
            }
        }
        Self { points, spread }
    }

    /// The point that a line is nearest to; `None` when it is near to none.
    #[must_use]
    pub fn nearest(&self, line: &str) -> Option<Nearest> {
        let asked: Vec<(String, Vec<(&str, f64)>)> =
            tokens(line).into_iter().map(|word| (word.clone(), self.like(&word))).collect();
        let end = last_pairs(line);
        let last = end.last().cloned();
        let grade = |point| (self.grade(point, &asked, last.as_deref()), point);
        let mut graded: Vec<(f64, &Point)> = self.points.iter().map(grade).collect();
        graded.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, point) = *graded.first()?;
        let ahead = best - graded.get(1).map_or(0.0, |(second, _)| *second);
        // No point speaks of what is asked for, only of what stands before it.
        let is_foreign = !end.is_empty() && !end.iter().any(|pair| self.spread.contains_key(pair));
        let confidence = match best {
            best if best >= FAINT && is_foreign => Confidence::Faint,
            best if best >= CLEAR && ahead >= AHEAD => Confidence::Clear,
            best if best >= LIKELY => Confidence::Likely,
            best if best >= FAINT => Confidence::Faint,
            _ => return None,
        };
        Some(Nearest { requirement: point.id.clone(), confidence })
    }

    /// The known words that a word may stand for, and how alike they are.
    fn like(&self, word: &str) -> Vec<(&str, f64)> {
        if let Some((known, _)) = self.spread.get_key_value(word) {
            return vec![(known, 1.0)];
        }
        if word.chars().any(is_han) || word.chars().count() < 4 {
            return Vec::new();
        }
        let alike = |known: &String| {
            let begins = known.len() >= 5 && word.starts_with(known.as_str())
                || word.len() >= 5 && known.starts_with(word);
            if begins { 0.9 } else { strsim::normalized_damerau_levenshtein(known, word) }
        };
        let all = self.spread.keys().map(|known| (known.as_str(), alike(known)));
        all.filter(|(_, likeness)| *likeness >= ALIKE).collect()
    }

    /// What a word tells: the fewer points have it, the more.
    #[expect(clippy::cast_precision_loss, reason = "a pack has a few hundred points at most")]
    fn weight(&self, word: &str) -> f64 {
        let all = self.points.len() as f64 + 1.0;
        match self.spread.get(word) {
            Some(points) => (all / (f64::from(*points) + 1.0)).ln().max(0.05),
            None if word.chars().any(is_han) => UNKNOWN_PAIR * all.ln(),
            None => UNKNOWN * all.ln(),
        }
    }

    fn grade(
        &self,
        point: &Point,
        asked: &[(String, Vec<(&str, f64)>)],
        last: Option<&str>,
    ) -> f64 {
        let (mut told, mut all) = (0.0, 0.0);
        let mut met: BTreeMap<&str, f64> = BTreeMap::new();
        for (word, like) in asked {
            let weight = like.iter().map(|(known, _)| self.weight(known)).fold(0.0, f64::max);
            let weight = if like.is_empty() { self.weight(word) } else { weight };
            let weight = if last == Some(word.as_str()) { weight * LAST_PAIR } else { weight };
            all += weight;
            let mut best = 0.0_f64;
            for (known, likeness) in like {
                let place = if point.titles.iter().any(|title| title.contains(*known)) {
                    let before = met.entry(known).or_default();
                    *before = before.max(*likeness);
                    IN_TITLE
                } else if point.more.contains(*known) {
                    IN_TEXT
                } else {
                    0.0
                };
                best = best.max(place * likeness);
            }
            told += weight * best;
        }
        if all <= 0.0 {
            return 0.0;
        }
        let title = point.titles.iter().map(|title| {
            let whole: f64 = title.iter().map(|word| self.weight(word)).sum();
            let here =
                title.iter().filter_map(|word| Some(met.get(word.as_str())? * self.weight(word)));
            if whole > 0.0 { here.sum::<f64>() / whole } else { 0.0 }
        });
        0.6 * told / all + 0.4 * title.fold(0.0, f64::max)
    }
}

/// The words of a text that tell something; Chinese in pairs of characters.
fn tokens(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut before: Option<String> = None;
    for word in words(text) {
        if word.chars().any(is_han) {
            if let Some(before) = before.replace(word.clone()) {
                let pair = format!("{before}{word}");
                if !HAN_EMPTY.contains(&pair.as_str()) {
                    found.insert(pair);
                }
            }
            continue;
        }
        before = None;
        for part in word.split(['-', '/', '\'', '’']) {
            if part.len() > 1 && !EMPTY.contains(&part) {
                found.insert(stem(part));
            }
        }
    }
    found
}

/// The last two pairs of characters of a line that ends in Chinese, without what says how it is sent and
/// without what stands in brackets behind.
fn last_pairs(line: &str) -> Vec<String> {
    let bare = |text: &str| text.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut text = bare(line.split(['（', '(']).next().unwrap_or_default());
    while let Some(head) = HAN_ENDS.iter().find_map(|end| text.strip_suffix(end)) {
        text = bare(head);
    }
    let mut last: Vec<char> = text.chars().rev().take_while(|c| is_han(*c)).take(3).collect();
    last.reverse();
    last.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// A word in the singular.
fn stem(word: &str) -> String {
    if let Some(head) = word.strip_suffix("ies").filter(|head| head.len() > 2) {
        return format!("{head}y");
    }
    let is_plural =
        word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
    if is_plural { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_ask_tell_nothing() {
        assert!(tokens("Please provide us with all of your").is_empty());
        assert_eq!(
            tokens("factories' photos").into_iter().collect::<Vec<_>>(),
            ["factory", "photo"]
        );
        assert_eq!(tokens("请提供照片").into_iter().collect::<Vec<_>>(), ["供照", "照片"]);
    }

    #[test]
    fn what_is_asked_for_stands_last_in_chinese() {
        for (line, pairs) in [
            ("贵司营业执照复印件", &["业执", "执照"][..]),
            ("公司注册证明（近三个月内）", &["册证", "证明"]),
            ("照片。", &["照片"]),
            ("ISO证书", &["证书"]),
            ("ISO9001", &[]),
            ("照", &[]),
            ("（照片）", &[]),
            ("原件", &[]),
        ] {
            assert_eq!(last_pairs(line), pairs, "{line}");
        }
    }
}
