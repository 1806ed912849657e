//! How does the terminal make clean copies, and say what is not in them?

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use lanthan_api::{
    Error,
    clean::{self, Wish},
};
use lanthan_core::exhibit::{Mask, MaskReason};
use serde_json::json;

use crate::{
    args::Output,
    output::{self, Failure, complain, say, say_json},
    recipe::area,
};

/// What the copies shall look like.
#[derive(Debug, Args)]
pub(crate) struct CleanWish {
    /// Greatest length of a page's longer side
    #[arg(long, value_name = "PX", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(16..=20000))]
    max_edge: u32,
    /// JPEG quality
    #[arg(long, value_name = "1-100", default_value_t = 85, value_parser = clap::value_parser!(u8).range(1..=100))]
    quality: u8,
    /// Cover an area of a page of a single file, in ten-thousandths of its width and height; may be repeated
    #[arg(long = "mask", value_name = "PAGE:X,Y,W,H", value_parser = mask)]
    masks: Vec<Mask>,
}

fn mask(text: &str) -> Result<Mask, String> {
    let (page, place) =
        text.split_once(':').ok_or("PAGE:X,Y,W,H is wanted, such as 1:0,0,2500,400")?;
    let page: u32 = page.parse().map_err(|_| format!("\"{page}\" is no page"))?;
    let area = area(place)?;
    if page == 0 || !area.is_valid() {
        return Err("the area lies outside of the page".to_owned());
    }
    Ok(Mask { page, area, reason: MaskReason::NotAsked })
}

/// Makes the copies.
pub(crate) fn run(
    files: &[PathBuf],
    out: &Path,
    wish: CleanWish,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let CleanWish { max_edge, quality, masks } = wish;
    if files.len() > 1 && !masks.is_empty() {
        return Err(Failure::usage(
            "--mask is for a single file: clean the others in another call",
        ));
    }
    let wish = Wish { max_edge_px: max_edge, quality, masks };
    let cleaned = clean::clean(files, out, &wish, &mut output::progress())?;
    if output.json {
        let copy = |copy: &clean::Copy| {
            let removed: Vec<_> =
                copy.removed.iter().map(|t| json!({"kind": t.kind, "detail": t.detail})).collect();
            json!({"source": copy.source, "name": copy.name, "removed": removed})
        };
        let refused = |(source, error): &(String, Error)| json!({"source": source, "code": error.code(), "message": error.to_string()});
        say_json(&json!({
            "copies": cleaned.copies.iter().map(copy).collect::<Vec<_>>(),
            "refused": cleaned.refused.iter().map(refused).collect::<Vec<_>>(),
        }));
    } else {
        let texts = lanthan_api::texts::Texts::english();
        for copy in &cleaned.copies {
            say(&format!("{} -> {}", copy.source, copy.name));
            for trace in &copy.removed {
                say(&format!("  removed: {}", lanthan_api::position::say(&texts, trace, &[])));
            }
        }
        for (source, error) in &cleaned.refused {
            complain(&format!("{source}: refused: {error} [{}]", error.code()));
        }
    }
    Ok(ExitCode::from(if cleaned.refused.is_empty() { 0 } else { 3 }))
}
