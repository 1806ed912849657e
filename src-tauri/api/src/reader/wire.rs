//! What do the program and its reader say to each other?
//!
//! The answers come from a process that hostile bytes may have taken over, so that nothing in them is
//! trusted beyond its shape. Deliberately absent: limits, which both know, and anything of a vault.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use lanthan_core::{
    clean::{CleanPage, Trace, Word},
    exhibit::{Area, Format, KeptInside, Mask},
    questionnaire::{Fault, Row},
    redaction::Passage,
};
use lanthan_media::{
    PageSize, Probe, Recipe, Refusal,
    list::{Content, Encoding, List},
};
use serde::{Deserialize, Serialize};

/// What is asked of a file whose bytes come with it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Ask {
    Probe,
    Parts,
    Look {
        edge_px: u32,
    },
    Clean(Wish),
    /// Both of the last two, with one decoding.
    LookAndClean(Wish),
    Words,
    Image {
        page: u32,
        edge_px: u32,
    },
    /// The earlier states of a PDF.
    Revisions,
    /// A page of one of them, by its number.
    EarlierImage {
        number: u32,
        page: u32,
        edge_px: u32,
    },
    Likeness,
    List {
        is_table: bool,
        encoding: Option<String>,
    },
    /// What a file is that is asked for piece by piece.
    Recognise {
        size_bytes: u64,
    },
    /// The same, and what it would give away.
    Kept {
        size_bytes: u64,
    },
}

/// A recipe on its way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Wish {
    masks: Vec<Mask>,
    crop: Option<Area>,
    pages: Vec<u32>,
    max_edge_px: u32,
    quality: u8,
    dpi: u32,
}

impl Wish {
    pub(super) fn of(recipe: &Recipe<'_>) -> Self {
        Self {
            masks: recipe.masks.to_vec(),
            crop: recipe.crop,
            pages: recipe.pages.to_vec(),
            max_edge_px: recipe.max_edge_px,
            quality: recipe.quality,
            dpi: recipe.dpi,
        }
    }

    pub(super) fn recipe(&self) -> Recipe<'_> {
        Recipe {
            masks: &self.masks,
            crop: self.crop,
            pages: &self.pages,
            max_edge_px: self.max_edge_px,
            quality: self.quality,
            dpi: self.dpi,
        }
    }
}

/// What the reader says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Said {
    /// It has given up everything and waits for work; or what the system did not let it give up.
    Ready(Option<String>),
    /// It is still at work, on the next page.
    Alive,
    /// It wants bytes of the file.
    Want { at: u64, most: u64 },
    /// A part of the answer; bytes may come with it.
    Part(Part),
    /// The end of a refusal.
    Refused(Why),
    /// The end of a list that cannot be taken.
    Faults(Vec<Fault>),
    /// The end.
    Done,
}

/// A part of an answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Part {
    Probe(Found),
    Format(Format),
    Page { page: u32, width_px: u32, height_px: u32, size_pt: Option<[f32; 2]>, words: Vec<Word> },
    Words(Vec<Word>),
    Image { width_px: u32, height_px: u32 },
    Revision { number: u32, pages: u32, gone: Vec<(u32, String)> },
    Likeness(Vec<u32>),
    List(Lines),
}

impl Part {
    pub(super) fn of_page(page: u32, clean: CleanPage) -> (Self, Vec<u8>) {
        let CleanPage { width_px, height_px, jpeg, size_pt, words } = clean;
        (Self::Page { page, width_px, height_px, size_pt, words }, jpeg)
    }
}

/// What a file is, on its way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Found {
    format: Format,
    pages: Vec<[f32; 2]>,
    traces: Vec<(String, String)>,
    buried: Vec<Passage>,
}

impl From<Probe> for Found {
    fn from(Probe { format, pages, traces, buried }: Probe) -> Self {
        let pages = pages.into_iter().map(|PageSize { width, height }| [width, height]).collect();
        let traces = traces.into_iter().map(|Trace { kind, detail }| (kind.to_owned(), detail));
        Self { format, pages, traces: traces.collect(), buried }
    }
}

impl From<Found> for Probe {
    fn from(Found { format, pages, traces, buried }: Found) -> Self {
        let pages = pages.into_iter().map(|[width, height]| PageSize { width, height }).collect();
        let traces = traces.into_iter().map(|(kind, detail)| Trace { kind: known(&kind), detail });
        Self { format, pages, traces: traces.collect(), buried }
    }
}

/// A list on its way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Lines {
    text: Option<String>,
    rows: Vec<Row>,
    encoding: Option<String>,
    sheet: Option<String>,
    unread_sheets: Vec<String>,
}

impl From<List> for Lines {
    fn from(List { content, encoding, sheet, unread_sheets }: List) -> Self {
        let (text, rows) = match content {
            Content::Text(text) => (Some(text), Vec::new()),
            Content::Rows(rows) => (None, rows),
        };
        let encoding = encoding.map(|encoding| encoding.word().to_owned());
        Self { text, rows, encoding, sheet, unread_sheets }
    }
}

impl From<Lines> for List {
    fn from(Lines { text, rows, encoding, sheet, unread_sheets }: Lines) -> Self {
        let content = text.map_or(Content::Rows(rows), Content::Text);
        let encoding = encoding.as_deref().and_then(Encoding::of_word);
        Self { content, encoding, sheet, unread_sheets }
    }
}

/// A refusal on its way: its code, its words, its numbers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Why(String, String, u64, u32);

impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Self {
        let code = refusal.code().to_owned();
        let (words, number, of) = match refusal {
            Refusal::Unsupported(what)
            | Refusal::NoList(what)
            | Refusal::NeedsExport(what)
            | Refusal::Damaged(what) => (what, 0, 0),
            Refusal::TooLarge { limit_mb } => ("", limit_mb, 0),
            Refusal::TooManyPixels { limit_mpx } => ("", limit_mpx, 0),
            Refusal::TooManyPages { limit } => ("", limit.into(), 0),
            Refusal::TooSlow { page } => ("", page.into(), 0),
            Refusal::NoSuchPage { page, pages } => ("", page.into(), pages),
            Refusal::EmptyFile
            | Refusal::StaysInside(_)
            | Refusal::Encrypted
            | Refusal::BadMask
            | Refusal::SmallCrop
            | Refusal::BreaksReader
            | Refusal::HoldsReader
            | Refusal::Cancelled => ("", 0, 0),
        };
        Self(code, words.to_owned(), number, of)
    }
}

impl From<Why> for Refusal {
    fn from(Why(code, words, number, of): Why) -> Self {
        let small = u32::try_from(number).unwrap_or(u32::MAX);
        match code.as_str() {
            "empty-file" => Self::EmptyFile,
            "unsupported" => Self::Unsupported(known(&words)),
            "no-list" => Self::NoList(known(&words)),
            "needs-export" => Self::NeedsExport(known(&words)),
            "kept-inside-video" => Self::StaysInside(KeptInside::Video),
            "kept-inside-office" => Self::StaysInside(KeptInside::Office),
            "damaged" => Self::Damaged(known(&words)),
            "encrypted" => Self::Encrypted,
            "too-large" => Self::TooLarge { limit_mb: number },
            "too-many-pixels" => Self::TooManyPixels { limit_mpx: number },
            "too-many-pages" => Self::TooManyPages { limit: small },
            "too-slow" => Self::TooSlow { page: small },
            "no-such-page" => Self::NoSuchPage { page: small, pages: of },
            "bad-mask" => Self::BadMask,
            "crop-too-small" => Self::SmallCrop,
            "cancelled" => Self::Cancelled,
            _ => Self::BreaksReader,
        }
    }
}

/// Greatest number and length of the words that are kept for good.
const MOST_WORDS: usize = 1000;
const MOST_WORD_BYTES: usize = 200;

/// The words of the media crate are part of the program and live as long as it does; those that arrive
/// are kept once each, and only so many that a reader gone astray cannot fill the memory.
fn known(word: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = words.get(word) {
        return kept;
    }
    if words.len() >= MOST_WORDS || word.len() > MOST_WORD_BYTES {
        return "it makes its decoder fail";
    }
    let kept: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_arrives_as_it_was() {
        for refusal in [
            Refusal::EmptyFile,
            Refusal::Unsupported("a film"),
            Refusal::NoList("a PDF"),
            Refusal::NeedsExport("a HEIC picture"),
            Refusal::StaysInside(KeptInside::Video),
            Refusal::StaysInside(KeptInside::Office),
            Refusal::Damaged("it is cut short"),
            Refusal::Encrypted,
            Refusal::TooLarge { limit_mb: 256 },
            Refusal::TooManyPixels { limit_mpx: 60 },
            Refusal::TooManyPages { limit: 500 },
            Refusal::TooSlow { page: 3 },
            Refusal::NoSuchPage { page: 9, pages: 8 },
            Refusal::BadMask,
            Refusal::SmallCrop,
            Refusal::BreaksReader,
            Refusal::Cancelled,
        ] {
            let said = serde_json::to_string(&Why::from(refusal.clone())).unwrap();
            let heard: Why = serde_json::from_str(&said).unwrap();
            assert_eq!(Refusal::from(heard), refusal);
        }
    }

    #[test]
    fn a_word_that_no_program_would_say_is_not_kept() {
        assert_eq!(known("it is cut short"), "it is cut short");
        assert_eq!(known(&"x".repeat(MOST_WORD_BYTES + 1)), "it makes its decoder fail");
    }
}
