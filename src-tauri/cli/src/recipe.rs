//! How is an exhibit covered and cut from a terminal?
//!
//! What is said here goes on top of the original and is burnt in on release.

use std::{collections::BTreeSet, process::ExitCode};

use lanthan_api::template::AlikePage;
use lanthan_core::{
    exhibit::{Area, Mask, MaskReason},
    id::{ExhibitId, PartyId},
};
use serde_json::{Value, json};

use crate::{
    args::{Day, OneDossier, Output},
    commands::{open_dossier, today},
    output::{Failure, say, say_json},
};

/// What is to be covered.
pub(crate) enum Covered {
    /// A text, wherever it stands.
    Text(String, MaskReason),
    /// An area of a page.
    Area(Mask),
    /// What the masks of a page cover, on others that look like it.
    Like(ExhibitId, u32, Pages),
}

/// Pages of a file, from 1.
#[derive(Debug, Clone)]
pub(crate) struct Pages(BTreeSet<u32>);

/// Pages and ranges with commas between them.
pub(crate) fn pages(text: &str) -> Result<Pages, String> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (1..=last).contains(&first).then_some(first..=last).filter(|_| last <= MAX_PAGE)
    };
    let ranges: Option<Vec<_>> = text.split(',').map(range).collect();
    let ranges = ranges.ok_or("write pages and ranges, such as 2,3,5-7")?;
    Ok(Pages(ranges.into_iter().flatten().collect()))
}

/// No file has more pages.
const MAX_PAGE: u32 = 100_000;

/// An exhibit and one of its pages.
pub(crate) fn page_of(text: &str) -> Result<(ExhibitId, u32), String> {
    let parts = text.rsplit_once(':').and_then(|(exhibit, page)| {
        Some((ExhibitId::new(exhibit).ok()?, page.trim().parse().ok()?))
    });
    parts.ok_or_else(|| "write an exhibit's id, a colon and a page, such as order:1".to_owned())
}

/// Four numbers with commas between them.
pub(crate) fn area(text: &str) -> Result<Area, String> {
    let numbers: Result<Vec<u32>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    match numbers.as_deref() {
        Ok(&[x, y, w, h]) => Ok(Area { x, y, w, h }),
        _ => Err("write four whole numbers, such as 1000,2000,500,400".to_owned()),
    }
}

/// The reason behind its word.
pub(crate) fn reason(word: &str) -> Result<MaskReason, String> {
    let words = MaskReason::ALL.map(MaskReason::word).join(", ");
    MaskReason::ALL
        .into_iter()
        .find(|reason| reason.word() == word)
        .ok_or_else(|| format!("write one of {words}"))
}

/// A place on a page, as `--json` says it.
pub(crate) fn place(Area { x, y, w, h }: Area) -> Value {
    json!({"x": x, "y": y, "w": w, "h": h})
}

/// Covers a text, an area, or what another page covers.
pub(crate) fn mask(
    exhibit: &str,
    covered: Covered,
    dossier: &OneDossier,
    day: &Day,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(dossier)?;
    let exhibit = ExhibitId::new(exhibit).map_err(lanthan_api::Error::from)?;
    let day = today(day.day);
    let added = match covered {
        Covered::Text(text, reason) => workspace.mask_text(&id, &exhibit, &text, reason, day)?,
        Covered::Area(mask) => workspace.mask_area(&id, &exhibit, mask, day)?,
        Covered::Like(from, page, pages) => {
            workspace.mask_like(&id, (&from, page), &exhibit, &pages.0, day)?
        }
    };
    workspace.close()?;
    say_masks(&exhibit, &added, output);
    Ok(ExitCode::SUCCESS)
}

/// Says which masks were added to an exhibit.
pub(crate) fn say_masks(exhibit: &ExhibitId, added: &[Mask], output: &Output) {
    if output.json {
        let masks: Vec<_> = added.iter().map(told).collect();
        say_json(&json!({"exhibit": exhibit.as_str(), "added": masks}));
    } else {
        for mask in added {
            let Area { x, y, w, h } = mask.area;
            say(&format!("page {}: {x},{y},{w},{h}  {}", mask.page, mask.reason.word()));
        }
        say(&format!("{} masks were added", added.len()));
    }
}

/// A mask, as `--json` says it.
pub(crate) fn told(mask: &Mask) -> Value {
    let Area { x, y, w, h } = mask.area;
    json!({"page": mask.page, "x": x, "y": y, "w": w, "h": h, "reason": mask.reason.word()})
}

/// Names the pages that would get the masks of one page.
pub(crate) fn alike(
    exhibit: &str,
    page: u32,
    dossier: &OneDossier,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(dossier)?;
    let exhibit = ExhibitId::new(exhibit).map_err(lanthan_api::Error::from)?;
    let alike = workspace.alike_pages(&id, &exhibit, page)?;
    workspace.close()?;
    if output.json {
        let one = |AlikePage { exhibit, page, masks }: &AlikePage| {
            let masks: Vec<_> = masks.iter().map(told).collect();
            json!({"exhibit": exhibit.as_str(), "page": page, "masks": masks})
        };
        say_json(&Value::Array(alike.iter().map(one).collect()));
        return Ok(ExitCode::SUCCESS);
    }
    for AlikePage { exhibit, page, masks } in &alike {
        say(&format!("{exhibit}, page {page}: {} masks", masks.len()));
    }
    say(&format!("{} pages look like it: look at each before you mask it (--like)", alike.len()));
    Ok(ExitCode::SUCCESS)
}

/// Lets a part of an exhibit leave, or all of it again.
pub(crate) fn crop(
    exhibit: &str,
    part: Option<Area>,
    dossier: &OneDossier,
    day: &Day,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(dossier)?;
    let exhibit = ExhibitId::new(exhibit).map_err(lanthan_api::Error::from)?;
    let withdrawn = workspace.crop(&id, &exhibit, part, today(day.day))?;
    workspace.close()?;
    let withdrawn: Vec<_> = withdrawn.iter().map(PartyId::as_str).collect();
    if output.json {
        let crop = part.map(place);
        say_json(&json!({"exhibit": exhibit.as_str(), "crop": crop, "withdrawn": withdrawn}));
        return Ok(ExitCode::SUCCESS);
    }
    match part {
        Some(Area { x, y, w, h }) => say(&format!("{exhibit}: {x},{y},{w},{h} leaves")),
        None => say(&format!("{exhibit}: all of it leaves")),
    }
    if !withdrawn.is_empty() {
        let parties = withdrawn.join(", ");
        say(&format!("more is to be seen now, so it is no longer cleared for: {parties}"));
    }
    Ok(ExitCode::SUCCESS)
}
