//! Where does a text stand among the words of a page, and which areas cover it?
//!
//! Compared as the search for protected terms compares: without case, spaces and hyphens, so that a name
//! broken over two lines is covered in both. A part of a word counts, because the rest of it would
//! tell. Deliberately absent: words that are only pixels.

use crate::{clean::Word, exhibit::Area, leak::fold};

/// What a mask over words reaches beyond their letters, in units of an [`Area`].
const MARGIN: u32 = 20;

/// The areas that cover every occurrence of `text` on a page, one for each line that it stands on; none
/// when the text has no letter and no digit.
#[must_use]
pub fn occurrences(words: &[Word], text: &str) -> Vec<Area> {
    let wanted = fold(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    // Every byte of the folded page knows its word.
    let (mut page, mut owner) = (String::new(), Vec::new());
    for (number, word) in words.iter().enumerate() {
        page.push_str(&fold(&word.text));
        owner.resize(page.len(), number);
    }
    let mut areas: Vec<Area> = Vec::new();
    for (at, _) in page.match_indices(wanted.as_str()) {
        let (first, last) = (owner[at], owner[at + wanted.len() - 1]);
        for area in lines(&words[first..=last]) {
            let area = with_margin(area).snapped();
            if !areas.contains(&area) {
                areas.push(area);
            }
        }
    }
    areas
}

/// The bounds of the words of each line; a word that does not stand beside the one before it begins
/// another one.
pub(crate) fn lines(words: &[Word]) -> Vec<Area> {
    let mut lines: Vec<Area> = Vec::new();
    for Word { area, .. } in words {
        match lines.last_mut() {
            Some(line) if is_beside(line, area) => *line = union(line, area),
            _ => lines.push(*area),
        }
    }
    lines
}

/// True when both share half of the lower one's height, or half of the narrower one's width for text
/// that runs down.
fn is_beside(a: &Area, b: &Area) -> bool {
    let shared = |a: u32, al: u32, b: u32, bl: u32| (a + al).min(b + bl).saturating_sub(a.max(b));
    let gap = |a: u32, al: u32, b: u32, bl: u32| a.max(b).saturating_sub((a + al).min(b + bl));
    let (low, narrow) = (a.h.min(b.h), a.w.min(b.w));
    let across = shared(a.y, a.h, b.y, b.h) * 2 >= low && gap(a.x, a.w, b.x, b.w) <= 3 * low;
    let down = shared(a.x, a.w, b.x, b.w) * 2 >= narrow && gap(a.y, a.h, b.y, b.h) <= narrow;
    across || (down && a.h > a.w && b.h > b.w)
}

fn union(a: &Area, b: &Area) -> Area {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    let (right, bottom) = ((a.x + a.w).max(b.x + b.w), (a.y + a.h).max(b.y + b.h));
    Area { x, y, w: right - x, h: bottom - y }
}

/// The same with a bit more on every side.
pub(crate) fn with_margin(Area { x, y, w, h }: Area) -> Area {
    let (left, top) = (x.saturating_sub(MARGIN), y.saturating_sub(MARGIN));
    let right = (x + w + MARGIN).min(Area::ONE);
    let bottom = (y + h + MARGIN).min(Area::ONE);
    Area { x: left, y: top, w: right - left, h: bottom - top }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(text: &str, x: u32, y: u32) -> Word {
        let w = 100 * u32::try_from(text.chars().count()).unwrap();
        Word { text: text.to_owned(), area: Area { x, y, w, h: 150 } }
    }

    fn covers(areas: &[Area], word: &Word) -> bool {
        let Area { x, y, w, h } = word.area;
        areas.iter().any(|a| {
            a.x <= x && a.y <= y && a.x + a.w >= x + w && a.y + a.h >= y + h && a.is_valid()
        })
    }

    #[test]
    fn every_occurrence_is_covered_whatever_its_case_and_spacing() {
        let page = [
            word("Order", 500, 1000),
            word("KLANG-", 1100, 1000),
            word("werk,", 500, 1200),
            word("Sample", 1100, 1200),
            word("Klangwerk", 500, 3000),
        ];
        let areas = occurrences(&page, "Klang Werk");
        assert!(covers(&areas, &page[1]) && covers(&areas, &page[2]) && covers(&areas, &page[4]));
        assert!(!covers(&areas, &page[0]) && !covers(&areas, &page[3]));
        assert_eq!(areas.len(), 3);
    }

    #[test]
    fn words_of_one_line_get_one_mask_and_nearly_the_same_lengths_the_same_width() {
        let page =
            [word("Klang", 1000, 1000), word("werk", 1550, 1000), word("Klangwerk", 1000, 2000)];
        let areas = occurrences(&page, "Klangwerk");
        assert_eq!(areas.len(), 2);
        assert_eq!(areas[0].w, areas[1].w, "set wider or narrower");
        assert_eq!(areas[0].w % Area::STEP, 0);
    }

    #[test]
    fn chinese_is_found_letter_by_letter_and_nothing_in_nothing() {
        let page = [word("示", 100, 100), word("例", 200, 100), word("客", 300, 100)];
        assert_eq!(occurrences(&page, "示例").len(), 1);
        assert_eq!(occurrences(&page, " - "), []);
        assert_eq!(occurrences(&[], "示例"), []);
    }

    proptest! {
        #[test]
        fn what_is_covered_is_valid_and_covers_the_word(
            x in 0u32..9_000, y in 0u32..9_800, before in "[a-z]{0,8}", after in "[a-z]{0,8}",
        ) {
            let text = format!("{before}Secret{after}");
            let w = (100 * u32::try_from(text.len()).unwrap()).min(Area::ONE - x);
            let page = [Word { text, area: Area { x, y, w, h: 150 } }];
            prop_assert!(covers(&occurrences(&page, "secret"), &page[0]));
        }
    }
}
