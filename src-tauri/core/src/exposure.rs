//! What of an exhibit can be seen by whom it leaves to, and is it more than before?
//!
//! A clearance is given for what was looked at. Masks and a crop may take away from it at any time; as
//! soon as something shows that was hidden before, it has to be given anew. Deliberately absent: pixels.

use crate::exhibit::{Area, Exhibit};

impl Area {
    /// The part of it that lies on a crop, in the units of the page that the crop leaves, rounded
    /// outwards; `None` when it lies beside it.
    #[must_use]
    pub fn within(self, crop: Self) -> Option<Self> {
        let side = |start: u32, length: u32, from: u32, all: u32| {
            let end = start.saturating_add(length).min(from.saturating_add(all));
            let start = start.max(from);
            if start >= end || all == 0 {
                return None;
            }
            let low = (start - from) * Self::ONE / all;
            let high = ((end - from) * Self::ONE).div_ceil(all);
            Some((low, high.min(Self::ONE) - low))
        };
        let (x, w) = side(self.x, self.w, crop.x, crop.w)?;
        let (y, h) = side(self.y, self.h, crop.y, crop.h)?;
        Some(Self { x, y, w, h })
    }
}

/// True when a place on a page that leaves `now` was covered, cut away or on no page that left `before`.
#[must_use]
pub fn shows_more(before: &Exhibit, now: &Exhibit) -> bool {
    let left = before.leaving_pages();
    now.leaving_pages().into_iter().any(|page| {
        let was = if left.contains(&page) { hidden(before, page) } else { vec![Area::FULL] };
        reaches_beyond(&was, &hidden(now, page))
    })
}

/// What of a page does not leave: what lies under masks, and around the crop.
fn hidden(exhibit: &Exhibit, page: u32) -> Vec<Area> {
    let masks = exhibit.masks.iter().filter(|mask| mask.page == page).map(|mask| mask.area);
    let Some(Area { x, y, w, h }) = exhibit.crop else { return masks.collect() };
    let (right, bottom) = (x.saturating_add(w), y.saturating_add(h));
    let beyond = |end: u32| Area::ONE.saturating_sub(end);
    let around = [
        Area { w: x, ..Area::FULL },
        Area { x: right, w: beyond(right), ..Area::FULL },
        Area { h: y, ..Area::FULL },
        Area { y: bottom, h: beyond(bottom), ..Area::FULL },
    ];
    masks.chain(around.into_iter().filter(Area::is_valid)).collect()
}

/// True when some place lies in one of the first areas and in none of the second ones.
fn reaches_beyond(areas: &[Area], others: &[Area]) -> bool {
    let ends = |area: &Area| [area.y, area.y.saturating_add(area.h)];
    let mut edges: Vec<u32> = areas.iter().chain(others).flat_map(ends).collect();
    edges.sort_unstable();
    edges.dedup();
    // Between two edges nothing changes from top to bottom.
    edges.windows(2).any(|band| {
        let across = spans(others, band[0], band[1]);
        spans(areas, band[0], band[1]).into_iter().any(|(from, to)| {
            let at = across.partition_point(|(_, end)| *end < to);
            across.get(at).is_none_or(|(start, _)| *start > from)
        })
    })
}

/// What the areas cover from left to right in a band, joined where they touch.
fn spans(areas: &[Area], top: u32, bottom: u32) -> Vec<(u32, u32)> {
    let is_in = |area: &&Area| area.y <= top && area.y.saturating_add(area.h) >= bottom;
    let mut all: Vec<(u32, u32)> =
        areas.iter().filter(is_in).map(|area| (area.x, area.x.saturating_add(area.w))).collect();
    all.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match joined.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => joined.push((from, to)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exhibit::{Mask, MaskReason};

    fn area(x: u32, y: u32, w: u32, h: u32) -> Area {
        Area { x, y, w, h }
    }

    fn mask(page: u32, area: Area) -> Mask {
        Mask { page, area, reason: MaskReason::Price }
    }

    fn exhibit(masks: &[Mask], crop: Option<Area>, pages: &[u32]) -> Exhibit {
        let mut exhibit: Exhibit =
            serde_json::from_str(r#"{"id":"a","path":"a.tif","kind":"photo"}"#).unwrap();
        exhibit.masks = masks.to_vec();
        exhibit.crop = crop;
        exhibit.pages = pages.to_vec();
        exhibit
    }

    #[test]
    fn covering_or_cutting_away_shows_no_more_and_the_way_back_does() {
        let bare = exhibit(&[], None, &[1]);
        let one = exhibit(&[mask(1, area(0, 0, 500, 500))], None, &[1]);
        let cut = exhibit(&[], Some(area(500, 0, 9_500, 10_000)), &[1]);
        for less in [&one, &cut] {
            assert!(!shows_more(&bare, less));
            assert!(shows_more(less, &bare));
            assert!(!shows_more(less, less));
        }
        assert!(!shows_more(&one, &cut), "what the mask covered is cut away");
        assert!(shows_more(&cut, &one));
    }

    #[test]
    fn two_masks_in_the_place_of_one_show_no_more_unless_there_is_a_gap() {
        let one = exhibit(&[mask(1, area(0, 0, 1_000, 500))], None, &[1]);
        let halves = |second| {
            let masks = [mask(1, area(0, 0, 500, 500)), mask(1, area(second, 0, 500, 500))];
            exhibit(&masks, None, &[1])
        };
        assert!(!shows_more(&one, &halves(500)));
        assert!(shows_more(&one, &halves(501)));
    }

    #[test]
    fn a_page_that_did_not_leave_shows_more_unless_all_of_it_is_covered() {
        let first = exhibit(&[], None, &[1]);
        assert!(shows_more(&first, &exhibit(&[], None, &[1, 2])));
        assert!(!shows_more(&first, &exhibit(&[mask(2, Area::FULL)], None, &[1, 2])));
        assert!(!shows_more(&exhibit(&[], None, &[1, 2]), &first));
        let elsewhere = exhibit(&[mask(2, area(0, 0, 9, 9))], None, &[1]);
        assert!(!shows_more(&elsewhere, &first), "that page does not leave at all");
    }

    #[test]
    fn an_area_is_counted_on_the_part_that_a_crop_leaves() {
        let crop = area(2_000, 5_000, 4_000, 5_000);
        assert_eq!(
            area(3_000, 6_000, 1_000, 1_000).within(crop),
            Some(area(2_500, 2_000, 2_500, 2_000))
        );
        assert_eq!(area(0, 0, 2_001, 5_001).within(crop), Some(area(0, 0, 3, 2)));
        assert_eq!(area(0, 0, 2_000, 10_000).within(crop), None);
        assert_eq!(crop.within(crop), Some(Area::FULL));
        assert_eq!(crop.within(Area::FULL), Some(crop));
    }

    /// Areas on a page of eight by eight fields.
    fn some() -> impl Strategy<Value = Vec<Area>> {
        let one = (0_u32..8, 0_u32..8, 1_u32..5, 1_u32..5)
            .prop_map(|(x, y, w, h)| area(x, y, w.min(8 - x), h.min(8 - y)));
        prop::collection::vec(one, 0..6)
    }

    proptest! {
        #[test]
        fn the_sweep_finds_what_a_look_at_every_field_finds(areas in some(), others in some()) {
            let is_in = |all: &[Area], x, y| all.iter().any(|a| {
                (a.x..a.x + a.w).contains(&x) && (a.y..a.y + a.h).contains(&y)
            });
            let seen = (0..8).any(|y| (0..8).any(|x| is_in(&areas, x, y) && !is_in(&others, x, y)));
            prop_assert_eq!(reaches_beyond(&areas, &others), seen);
        }
    }
}
