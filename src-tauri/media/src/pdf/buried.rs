//! Which passages of a page did somebody mean to hide, and what must a mask cover to hide them?
//!
//! Put together from what the census tells of words, bars and marks. Deliberately absent: any verdict.

use hayro::kurbo::Rect as Place;
use lanthan_core::{
    clean::Word,
    exhibit::Area,
    redaction::{Hiding, Passage},
};

use super::{
    census::Census,
    word::{self, Found},
};

/// Greatest number of places of a passage; of more, the page itself is the place.
const MAX_PLACES: usize = 2000;

/// The passages of a page.
pub(crate) fn passages(page: u32, census: &Census) -> Vec<Passage> {
    let told = |is_it: &dyn Fn(&Found) -> bool| -> Vec<Word> {
        census.words.iter().filter(|word| is_it(word)).map(Found::anywhere).collect()
    };
    let is_marked = |word: &Found| {
        let is_shown = !word.is_covered && !word.is_in_ground;
        is_shown && census.marks.iter().any(|mark| is_in(word, *mark))
    };
    let marks = census.marks.iter().map(|mark| word::area(*mark)).collect();
    let parts = [
        (Hiding::Marked, told(&is_marked), marks),
        (Hiding::UnderBar, told(&|word| word.is_covered), Vec::new()),
        (Hiding::InGround, told(&|word| word.is_in_ground), Vec::new()),
    ];
    let passage = |(hiding, words, marks): (Hiding, Vec<Word>, Vec<Area>)| {
        (!words.is_empty() || !marks.is_empty()).then(|| {
            if words.len() + marks.len() <= MAX_PLACES {
                return Passage { page, hiding, words, marks };
            }
            let words = words.into_iter().take(MAX_PLACES).collect();
            Passage { page, hiding, words, marks: vec![Area::FULL] }
        })
    };
    parts.into_iter().filter_map(passage).collect()
}

/// True when a mark takes something of a word.
fn is_in(word: &Found, mark: Place) -> bool {
    let is_inside = |place: &Place| mark.contains(place.center());
    if word.middles.is_empty() {
        is_inside(&word.place)
    } else {
        word.middles.iter().any(is_inside)
    }
}
