//! What did somebody mean to hide in a paper and did not, and would it be seen in what leaves?
//!
//! A page leaves as a picture with the words that can be seen. So words under a bar or in the colour of
//! their ground stay behind, and the bar is a part of the picture; but what was only marked for redaction
//! is there for all to see. Deliberately absent: finding it in a file (media crate), and pixels.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    clean::Word,
    consistency::Readings,
    exhibit::{Area, Exhibit, Mask, MaskReason},
    finding::{Finding, Place, Severity},
    id::ExhibitId,
    occurrence::{lines, with_margin},
};

/// Longest text of a finding's words, in characters; the rest is cut off.
const MAX_SAID_CHARS: usize = 300;

/// How somebody meant to hide something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hiding {
    /// Marked for redaction that was never carried out: it can be seen.
    Marked,
    /// Under something that was drawn over it: the words are in the file.
    UnderBar,
    /// In the colour of its ground: the words are in the file.
    InGround,
}

impl Hiding {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 3] = [Self::Marked, Self::UnderBar, Self::InGround];

    /// Its word in texts and answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Marked => "marked",
            Self::UnderBar => "under-bar",
            Self::InGround => "in-ground",
        }
    }
}

/// What was hidden badly on one page, in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The page, from 1.
    pub page: u32,
    /// How it was hidden.
    pub hiding: Hiding,
    /// Its words, in the order of the page; none for a mark over a picture.
    pub words: Vec<Word>,
    /// The places that were marked; none for words that were hidden otherwise.
    pub marks: Vec<Area>,
}

/// The passages of the exhibits that have any.
pub type Passages = BTreeMap<ExhibitId, Vec<Passage>>;

/// What was read out of a dossier's papers.
#[derive(Debug, Clone, Default)]
pub struct Papers {
    /// The words of papers that could be read.
    pub readings: Readings,
    /// What somebody meant to hide in papers that would leave, and did not.
    pub passages: Passages,
}

impl Passage {
    /// Its words as one text.
    #[must_use]
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }

    /// The masks that cover all of it: one for each line of words and for each mark.
    #[must_use]
    pub fn masks(&self, reason: MaskReason) -> Vec<Mask> {
        let mask = |area: Area| Mask { page: self.page, area: area.snapped(), reason };
        let lines = lines(&self.words).into_iter().map(with_margin);
        self.marks.iter().copied().chain(lines).map(mask).collect()
    }

    /// True when something of it would leave with the exhibit and lies under none of its masks.
    #[must_use]
    pub fn is_open(&self, exhibit: &Exhibit) -> bool {
        if !exhibit.leaving_pages().contains(&self.page) {
            return false;
        }
        let masks: Vec<Area> = exhibit
            .masks
            .iter()
            .filter(|mask| mask.page == self.page)
            .map(|mask| mask.area)
            .collect();
        let leaves = |area: &&Area| exhibit.crop.is_none_or(|crop| meets(&crop, area));
        let mut places = self.words.iter().map(|word| &word.area).chain(&self.marks);
        places.by_ref().filter(leaves).any(|area| !is_covered(*area, &masks))
    }
}

/// What is to be said of an exhibit's passages before it leaves, one finding for each way of hiding.
#[must_use]
pub fn findings(exhibit: &Exhibit, passages: &[Passage]) -> Vec<Finding> {
    let finding = |hiding: Hiding| {
        let open: Vec<&Passage> = passages
            .iter()
            .filter(|passage| passage.hiding == hiding && passage.is_open(exhibit))
            .collect();
        let (severity, code) = match hiding {
            Hiding::Marked if exhibit.marked_may_be_seen => (Severity::Tip, "marked-may-be-seen"),
            Hiding::Marked => (Severity::Blocks, "marked-not-redacted"),
            Hiding::UnderBar => (Severity::Weak, "words-under-bar"),
            Hiding::InGround => (Severity::Tip, "words-in-ground"),
        };
        (!open.is_empty()).then(|| {
            Finding::new(severity, code, Place::Exhibit(exhibit.id.clone()))
                .with("exhibit", exhibit.name_in_the_house().en)
                .with("words", said(&open))
        })
    };
    Hiding::ALL.into_iter().filter_map(finding).collect()
}

/// Each page with its words, of bounded length.
fn said(passages: &[&Passage]) -> String {
    let one = |passage: &&Passage| match passage.text() {
        text if text.is_empty() => format!("p. {}", passage.page),
        text => format!("p. {}: {text}", passage.page),
    };
    let all = passages.iter().map(one).collect::<Vec<_>>().join("; ");
    match all.char_indices().nth(MAX_SAID_CHARS) {
        Some((cut, _)) => format!("{}…", &all[..cut]),
        None => all,
    }
}

/// True when masks cover every bit of an area together.
fn is_covered(area: Area, masks: &[Area]) -> bool {
    let Some((first, rest)) = masks.split_first() else { return false };
    outside(area, first).into_iter().all(|part| is_covered(part, rest))
}

fn meets(a: &Area, b: &Area) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// The parts of an area that a mask leaves free: above, below, left and right of it.
fn outside(area: Area, mask: &Area) -> Vec<Area> {
    if !meets(&area, mask) {
        return vec![area];
    }
    let (right, bottom) = (area.x + area.w, area.y + area.h);
    let (top, low) = (mask.y.max(area.y), (mask.y + mask.h).min(bottom));
    let (left, far) = (mask.x.max(area.x), (mask.x + mask.w).min(right));
    let parts = [
        Area { x: area.x, y: area.y, w: area.w, h: top - area.y },
        Area { x: area.x, y: low, w: area.w, h: bottom - low },
        Area { x: area.x, y: top, w: left - area.x, h: low - top },
        Area { x: far, y: top, w: right - far, h: low - top },
    ];
    parts.into_iter().filter(|part| part.w > 0 && part.h > 0).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn exhibit(masks: Vec<Mask>) -> Exhibit {
        let original = json!({
            "sha256": "0".repeat(64), "size-bytes": 1000, "format": "pdf", "pages": 2,
        });
        let exhibit = json!({
            "id": "prices", "path": "prices.pdf", "kind": "document", "original": original,
        });
        Exhibit { masks, ..serde_json::from_value(exhibit).unwrap() }
    }

    fn passage(hiding: Hiding) -> Passage {
        let word =
            |text: &str, x| Word { text: text.into(), area: Area { x, y: 1000, w: 400, h: 150 } };
        let marks = match hiding {
            Hiding::Marked => vec![Area { x: 900, y: 950, w: 1200, h: 260 }],
            _ => Vec::new(),
        };
        Passage { page: 1, hiding, words: vec![word("12.50", 1000), word("EUR", 1500)], marks }
    }

    fn codes(exhibit: &Exhibit, passage: &Passage) -> Vec<(Severity, &'static str)> {
        let all = findings(exhibit, std::slice::from_ref(passage));
        all.into_iter().map(|finding| (finding.severity, finding.code)).collect()
    }

    #[test]
    fn a_mark_blocks_until_it_is_masked_or_somebody_says_that_it_may_be_seen() {
        let marked = passage(Hiding::Marked);
        assert_eq!(codes(&exhibit(vec![]), &marked), [(Severity::Blocks, "marked-not-redacted")]);
        let allowed = Exhibit { marked_may_be_seen: true, ..exhibit(vec![]) };
        assert_eq!(codes(&allowed, &marked), [(Severity::Tip, "marked-may-be-seen")]);
        let covered = exhibit(marked.masks(MaskReason::Price));
        assert_eq!(codes(&covered, &marked), []);
        let half = exhibit(vec![Mask {
            page: 1,
            area: Area { x: 900, y: 900, w: 750, h: 400 },
            reason: MaskReason::Price,
        }]);
        assert_eq!(codes(&half, &marked), [(Severity::Blocks, "marked-not-redacted")]);
    }

    #[test]
    fn what_stays_behind_does_not_block_and_a_page_that_stays_is_not_spoken_of() {
        let barred = passage(Hiding::UnderBar);
        assert_eq!(codes(&exhibit(vec![]), &barred), [(Severity::Weak, "words-under-bar")]);
        let white = passage(Hiding::InGround);
        assert_eq!(codes(&exhibit(vec![]), &white), [(Severity::Tip, "words-in-ground")]);
        let other_pages = Exhibit { pages: vec![2], ..exhibit(vec![]) };
        let cropped =
            Exhibit { crop: Some(Area { x: 0, y: 5000, w: 9000, h: 5000 }), ..exhibit(vec![]) };
        for hiding in Hiding::ALL {
            assert_eq!(codes(&other_pages, &passage(hiding)), []);
            assert_eq!(codes(&cropped, &passage(hiding)), []);
        }
    }

    #[test]
    fn the_words_are_named_with_their_page_and_cut_when_they_are_many() {
        let mut marked = passage(Hiding::Marked);
        let said_of = |passage: &Passage| findings(&exhibit(vec![]), std::slice::from_ref(passage));
        let args = said_of(&marked)[0].args.clone();
        assert!(args.contains(&("words", "p. 1: 12.50 EUR".to_owned())), "{args:?}");
        let word = marked.words[0].clone();
        marked.words = vec![word; 500];
        let args = said_of(&marked)[0].args.clone();
        assert!(args[1].1.ends_with('…') && args[1].1.chars().count() == MAX_SAID_CHARS + 1);
        marked.words.clear();
        assert_eq!(said_of(&marked)[0].args[1].1, "p. 1");
    }

    proptest! {
        #[test]
        fn two_masks_cover_what_they_cover_together_and_no_more(
            cut in 1u32..399, gap in 0u32..2, order in any::<bool>(),
        ) {
            let area = Area { x: 100, y: 100, w: 400, h: 100 };
            let left = Area { x: 0, y: 0, w: 100 + cut, h: 300 };
            let right = Area { x: 100 + cut + gap, y: 50, w: 600, h: 300 };
            let masks = if order { [left, right] } else { [right, left] };
            prop_assert_eq!(is_covered(area, &masks), gap == 0);
        }
    }
}
