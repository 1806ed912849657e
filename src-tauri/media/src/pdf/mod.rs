//! How does a foreign PDF become clean pages and words?
//!
//! Every page is drawn anew as pixels; of its text only the words survive that can be seen and that
//! no mask touches. Scripts, links, files, forms and layers are never followed or taken: what an
//! annotation looks like is drawn, because it may cover something. Deliberately absent: importing
//! foreign objects.

mod bounds;
mod buried;
mod census;
mod cover;
mod draw;
mod gathered;
mod marked;
mod open;
mod reach;
pub(crate) mod revisions;
mod structure;
mod tail;
mod unpack;
mod word;
mod worker;

use std::{ops::ControlFlow, sync::Arc};

use lanthan_core::{
    clean::{CleanPage, Word},
    exhibit::{Area, Format, Mask},
    redaction::Passage,
};

use self::{
    draw::Artist,
    open::Opened,
    worker::{Line, run},
};
use crate::{Limits, PageSize, Probe, Recipe, Refusal, jpeg, trace::Traces};

/// Looks at a PDF: opens it, measures every page and walks through its drawing steps.
///
/// # Errors
///
/// [`Refusal`] when it is not taken.
pub(crate) fn probe(untrusted: &[u8], limits: &Limits) -> Result<Probe, Refusal> {
    let bytes = Arc::new(untrusted.to_vec());
    let bounds = limits.clone();
    let mut pages = Vec::new();
    let mut traces = Vec::new();
    let mut buried = Vec::new();
    let work = move |line: &Line<Result<(PageSize, Vec<Passage>), Traces>>| {
        let mut found = Traces::default();
        let mut pdf = Opened::new(bytes, &bounds, &mut found)?;
        let mut hidden = 0;
        let mut missing = false;
        for page in 1..=pdf.page_count() {
            line.begin(page);
            pdf.allow(page)?;
            let census = pdf.census(page, &|| line.is_left())?;
            hidden += census.words.iter().filter(|word| word.is_invisible).count();
            missing |= census.lacks_font;
            note_words(page, &census.words, &mut found);
            line.hand(Ok((pdf.size(page)?, buried::passages(page, &census))))?;
        }
        gathered::note(&pdf, &mut found);
        if hidden > 0 {
            found.note("pdf-hidden-text", &hidden.to_string());
        }
        if missing {
            found.note("pdf-unreadable-structure", "font");
        }
        line.hand(Err(found))
    };
    run(limits, work, &mut |part| {
        match part {
            Ok((size, passages)) => {
                pages.push(size);
                buried.extend(passages);
            }
            Err(found) => traces = found.sorted(),
        }
        ControlFlow::Continue(())
    })?;
    Ok(Probe { format: Format::Pdf, pages, traces, buried })
}

/// Notes words that somebody meant to hide, and did not.
fn note_words(page: u32, words: &[word::Found], traces: &mut Traces) {
    let said = |is_it: fn(&word::Found) -> bool| {
        let texts = words.iter().filter(|word| is_it(word)).map(|word| word.text.as_str());
        let texts = texts.collect::<Vec<_>>().join(" ");
        (!texts.is_empty()).then(|| format!("p. {page}: {texts}"))
    };
    if let Some(said) = said(|word| word.is_covered) {
        traces.note("pdf-covered-text", &said);
    }
    if let Some(said) = said(|word| word.is_in_ground) {
        traces.note("pdf-ground-text", &said);
    }
}

/// The parts of a recipe that the thread needs, on its own.
struct Wanted {
    masks: Vec<Mask>,
    crop: Option<Area>,
    pages: Vec<u32>,
    max_edge_px: u32,
    quality: u8,
    dpi: u32,
}

/// Makes clean pages.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken, a page does not exist or cannot be drawn whole.
pub(crate) fn clean(
    untrusted: &[u8],
    recipe: &Recipe<'_>,
    limits: &Limits,
    take: &mut dyn FnMut(u32, CleanPage) -> ControlFlow<()>,
) -> Result<(), Refusal> {
    let bytes = Arc::new(untrusted.to_vec());
    let bounds = limits.clone();
    let mut wanted = Wanted {
        masks: recipe.masks.to_vec(),
        crop: recipe.crop,
        pages: recipe.pages.to_vec(),
        max_edge_px: recipe.max_edge_px,
        quality: recipe.quality,
        dpi: recipe.dpi,
    };
    let work = move |line: &Line<(u32, CleanPage)>| {
        let mut pdf = Opened::new(bytes, &bounds, &mut Traces::default())?;
        let pages = pdf.page_count();
        if wanted.masks.iter().any(|mask| mask.page == 0 || mask.page > pages) {
            return Err(Refusal::BadMask);
        }
        if wanted.pages.is_empty() {
            wanted.pages = (1..=pages).collect();
        }
        if let Some(&page) = wanted.pages.iter().find(|page| **page == 0 || **page > pages) {
            return Err(Refusal::NoSuchPage { page, pages });
        }
        let artist = Artist::new(&bounds);
        for &page in &wanted.pages {
            line.begin(page);
            pdf.allow(page)?;
            let made = clean_page(&pdf, page, &wanted, &artist, &|| line.is_left())?;
            line.hand((page, made))?;
        }
        Ok(())
    };
    run(limits, work, &mut |(page, clean)| take(page, clean))
}

fn clean_page(
    pdf: &Opened,
    page: u32,
    wanted: &Wanted,
    artist: &Artist,
    is_left: &dyn Fn() -> bool,
) -> Result<CleanPage, Refusal> {
    let census = pdf.census(page, is_left)?;
    if census.lacks_font {
        return Err(Refusal::Unsupported("a PDF with a font that cannot be drawn"));
    }
    let masks: Vec<Area> =
        wanted.masks.iter().filter(|mask| mask.page == page).map(|mask| mask.area).collect();
    let sheet = artist.draw(pdf, page, draw::Size::Dpi(wanted.dpi, wanted.max_edge_px))?;
    if sheet.lacks_picture {
        return Err(Refusal::Damaged("a picture inside the PDF cannot be drawn"));
    }
    let mut pixels = sheet.pixels;
    let covered = reach::covers(&masks, &census.pictures, (pixels.width, pixels.height));
    for rect in &covered {
        pixels.cover(*rect);
    }
    let words = word::surviving(&census.words, &pixels, &covered, wanted.crop);
    let size = pdf.size(page)?;
    let mut size_pt = [size.width, size.height];
    if let Some(crop) = wanted.crop {
        let part = crate::picture::inside(&crop, &pixels);
        let (width, height) = (pixels.width, pixels.height);
        pixels = pixels.part(part);
        size_pt =
            [scaled(size.width, pixels.width, width), scaled(size.height, pixels.height, height)];
    }
    Ok(CleanPage {
        width_px: pixels.width,
        height_px: pixels.height,
        jpeg: jpeg::encode(&pixels, wanted.quality)?,
        size_pt: Some(size_pt),
        words,
    })
}

#[expect(clippy::cast_precision_loss, reason = "a raster has fewer than 2^16 pixels a side")]
fn scaled(length: f32, part_px: u32, all_px: u32) -> f32 {
    length * part_px as f32 / all_px.max(1) as f32
}

/// The words of every page, also invisible ones and ones outside of the page's edges.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken.
pub(crate) fn words(untrusted: &[u8], limits: &Limits) -> Result<Vec<Vec<Word>>, Refusal> {
    let bytes = Arc::new(untrusted.to_vec());
    let bounds = limits.clone();
    let mut pages = Vec::new();
    let work = move |line: &Line<Vec<Word>>| {
        let mut pdf = Opened::new(bytes, &bounds, &mut Traces::default())?;
        for page in 1..=pdf.page_count() {
            line.begin(page);
            pdf.allow(page)?;
            let census = pdf.census(page, &|| line.is_left())?;
            line.hand(census.words.iter().map(word::Found::anywhere).collect())?;
        }
        Ok(())
    };
    run(limits, work, &mut |words| {
        pages.push(words);
        ControlFlow::Continue(())
    })?;
    Ok(pages)
}

/// A count of pages, which a limit keeps far below this.
fn page_number(pages: usize) -> u32 {
    u32::try_from(pages).unwrap_or(u32::MAX)
}

/// An upright JPEG of one page.
///
/// # Errors
///
/// [`Refusal`] when the file is not taken or has no such page.
pub(crate) fn page_image(
    untrusted: &[u8],
    page: u32,
    edge_px: u32,
    limits: &Limits,
) -> Result<(u32, u32, Vec<u8>), Refusal> {
    let bytes = Arc::new(untrusted.to_vec());
    let bounds = limits.clone();
    let mut image = None;
    let work = move |line: &Line<(u32, u32, Vec<u8>)>| {
        line.begin(page);
        let mut pdf = Opened::new(bytes, &bounds, &mut Traces::default())?;
        let pages = pdf.page_count();
        if page == 0 || page > pages {
            return Err(Refusal::NoSuchPage { page, pages });
        }
        pdf.allow(page)?;
        pdf.census(page, &|| line.is_left())?;
        let sheet = Artist::new(&bounds).draw(&pdf, page, draw::Size::Edge(edge_px))?;
        let jpeg = jpeg::encode(&sheet.pixels, crate::PREVIEW_QUALITY)?;
        line.hand((sheet.pixels.width, sheet.pixels.height, jpeg))
    };
    run(limits, work, &mut |made| {
        image = Some(made);
        ControlFlow::Continue(())
    })?;
    image.ok_or(Refusal::Damaged("it cannot be drawn"))
}
