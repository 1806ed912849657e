//! How are the inputs of these tests built?

pub(crate) mod film;
pub(crate) mod office;
pub(crate) mod paper;
pub(crate) mod photo;
pub(crate) mod still;

use std::ops::ControlFlow;

use lanthan_core::{
    clean::{CleanPage, Trace},
    exhibit::{Area, Mask, MaskReason},
};
use lanthan_media::{Limits, Recipe, Refusal};

/// All clean pages of a file with their numbers.
pub(crate) fn clean(bytes: &[u8], recipe: &Recipe<'_>) -> Result<Vec<(u32, CleanPage)>, Refusal> {
    let mut pages = Vec::new();
    lanthan_media::clean(bytes, recipe, &Limits::default(), &mut |page, clean| {
        pages.push((page, clean));
        ControlFlow::Continue(())
    })?;
    Ok(pages)
}

/// The only clean page of a file.
pub(crate) fn clean_one(bytes: &[u8], recipe: &Recipe<'_>) -> CleanPage {
    let mut pages = clean(bytes, recipe).unwrap();
    assert_eq!(pages.len(), 1);
    pages.remove(0).1
}

/// The code of the refusal, or "taken".
pub(crate) fn verdict<T>(result: Result<T, Refusal>) -> &'static str {
    result.map_or_else(|refusal| refusal.code(), |_| "taken")
}

pub(crate) fn mask(page: u32, [x, y, w, h]: [u32; 4]) -> Mask {
    Mask { page, area: Area { x, y, w, h }, reason: MaskReason::TradeSecret }
}

/// The details of one kind of trace.
pub(crate) fn details<'t>(traces: &'t [Trace], kind: &str) -> Vec<&'t str> {
    traces.iter().filter(|t| t.kind == kind).map(|t| t.detail.as_str()).collect()
}

/// True when the JPEG has no segment beside its JFIF header, tables, frame and scan.
pub(crate) fn is_bare(jpeg: &[u8]) -> bool {
    let mut at = 2;
    loop {
        let [0xff, marker, l1, l2] = jpeg[at..at + 4] else { return false };
        let length = usize::from(u16::from_be_bytes([l1, l2]));
        match marker {
            0xe0 if length == 16 && jpeg[at + 4..].starts_with(b"JFIF\0") => {}
            0xdb | 0xc4 | 0xc0 | 0xdd => {}
            0xda => return jpeg.ends_with(&[0xff, 0xd9]),
            _ => return false,
        }
        at += 2 + length;
    }
}
