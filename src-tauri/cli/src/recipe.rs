//! How is an exhibit covered and cut from a terminal?
//!
//! What is said here goes on top of the original and is burnt in on release.

use std::process::ExitCode;

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
    Text(String),
    /// An area of a page.
    Area(u32, Area),
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

/// Covers a text or an area.
pub(crate) fn mask(
    exhibit: &str,
    covered: Covered,
    reason: MaskReason,
    dossier: &OneDossier,
    day: &Day,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (mut workspace, id) = open_dossier(dossier)?;
    let exhibit = ExhibitId::new(exhibit).map_err(lanthan_api::Error::from)?;
    let day = today(day.day);
    let added = match covered {
        Covered::Text(text) => workspace.mask_text(&id, &exhibit, &text, reason, day)?,
        Covered::Area(page, area) => {
            workspace.mask_area(&id, &exhibit, Mask { page, area, reason }, day)?
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
