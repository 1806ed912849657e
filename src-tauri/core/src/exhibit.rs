//! What is one piece of evidence, and what is done to it before it leaves?
//!
//! An exhibit is an untouched original plus recipes: masks, crop, page choice, captions. The
//! recipes are kept editable here and are applied only on release. Deliberately absent: pixels.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ExhibitId, PartyId, RequirementId},
    text::Bilingual,
};

/// What an exhibit shows; decides how it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExhibitKind {
    /// A photograph or rendering: goes on a plate with its caption.
    Photo,
    /// A scanned or exported paper: each page gets a page of its own.
    Document,
}

/// How secret a fact or an exhibit is. The default is the safe end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Published by the firm itself.
    Public,
    /// Says no more than any firm of the trade would show.
    Generic,
    /// Particular to this firm; leaves for a reason.
    Specific,
    /// Does not leave until somebody clears it.
    #[default]
    Secret,
}

/// A place on a page in ten-thousandths of its width and height, origin at the top left of the
/// upright page (after EXIF orientation and page rotation, before any crop).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Left edge, 0 to 10,000.
    pub x: u32,
    /// Top edge, 0 to 10,000.
    pub y: u32,
    /// Width, 1 to 10,000.
    pub w: u32,
    /// Height, 1 to 10,000.
    pub h: u32,
}

impl Area {
    /// The whole page.
    pub const FULL: Self = Self { x: 0, y: 0, w: Self::ONE, h: Self::ONE };
    /// The length of a page's side in these units.
    pub const ONE: u32 = 10_000;
    /// The width of a mask is a multiple of this, so that it says nothing about a word's length.
    pub const STEP: u32 = 250;

    /// True when the area is not empty and lies inside the page.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let inside = |start: u32, len: u32| {
            len > 0 && start.checked_add(len).is_some_and(|e| e <= Self::ONE)
        };
        inside(self.x, self.w) && inside(self.y, self.h)
    }

    /// The area with its width grown to a whole number of steps, to the right where there is room.
    #[must_use]
    pub fn snapped(self) -> Self {
        let w = self.w.div_ceil(Self::STEP).saturating_mul(Self::STEP).min(Self::ONE);
        Self { x: self.x.min(Self::ONE - w), w, ..self }
    }

    /// The pixels that the area touches on a page of `width` × `height` pixels, as left, top,
    /// right, bottom (right and bottom exclusive); rounded outwards so that no edge survives.
    #[must_use]
    pub fn pixels(&self, width: u32, height: u32) -> [u32; 4] {
        let down = |v: u32, size: u32| {
            u32::try_from(u64::from(v) * u64::from(size) / u64::from(Self::ONE)).unwrap_or(size)
        };
        let up = |v: u32, size: u32| {
            u32::try_from((u64::from(v) * u64::from(size)).div_ceil(u64::from(Self::ONE)))
                .unwrap_or(size)
                .min(size)
        };
        [
            down(self.x, width),
            down(self.y, height),
            up(self.x + self.w, width),
            up(self.y + self.h, height),
        ]
    }
}

/// Why something is withheld; printed beside the mask's number on the "withheld and why" page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaskReason {
    /// Names or marks of a customer.
    Customer,
    /// A trade secret.
    TradeSecret,
    /// A person's face, name or number.
    Personal,
    /// A price or a margin.
    Price,
    /// Nobody asked for it.
    NotAsked,
}

impl MaskReason {
    /// Every reason, in the order in which the window offers them.
    pub const ALL: [Self; 5] =
        [Self::Customer, Self::TradeSecret, Self::Personal, Self::Price, Self::NotAsked];

    /// The reason's word in `dossier.json`, texts and the manifest.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::TradeSecret => "trade-secret",
            Self::Personal => "personal",
            Self::Price => "price",
            Self::NotAsked => "not-asked",
        }
    }
}

/// A solid rectangle with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mask {
    /// The page of the original that it lies on, from 1; a picture has only page 1, but for a TIFF of several.
    #[serde(default = "first_page")]
    pub page: u32,
    /// Where it lies.
    pub area: Area,
    /// Why it is there.
    pub reason: MaskReason,
}

fn first_page() -> u32 {
    1
}

/// What was imported: never changed, named by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Original {
    /// SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Length in bytes.
    pub size_bytes: u64,
    /// What the bytes are, by content and not by name.
    pub format: Format,
    /// Number of pages that could leave; 1 for a picture that is no TIFF of several, 0 for what is kept inside.
    pub pages: u32,
}

/// The formats that Lanthan takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// JPEG, baseline or progressive.
    Jpeg,
    /// PNG.
    Png,
    /// WebP, with or without loss.
    Webp,
    /// TIFF, of one page or several.
    Tiff,
    /// A bitmap of Windows.
    Bmp,
    /// GIF, of which only the first picture is shown.
    Gif,
    /// PDF 1.0 to 2.0, not encrypted.
    Pdf,
    /// A video in an MP4 file.
    Mp4,
    /// A video in a QuickTime file.
    Mov,
    /// A text document of Word or a program like it.
    Docx,
    /// A workbook of Excel or a program like it.
    Xlsx,
    /// A presentation of PowerPoint or a program like it.
    Pptx,
}

/// What a file is that is kept inside: it is stored, titled and linked, and never leaves in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptInside {
    /// A video: stills that are picked from it may leave.
    Video,
    /// An Office file: the PDF that is made of it may leave.
    Office,
}

impl KeptInside {
    /// The word of its texts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Office => "office",
        }
    }
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 12] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Tiff,
        Self::Bmp,
        Self::Gif,
        Self::Pdf,
        Self::Mp4,
        Self::Mov,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
    ];

    /// What it is when it never leaves; `None` for what leaves as clean pages.
    #[must_use]
    pub fn kept_inside(self) -> Option<KeptInside> {
        match self {
            Self::Jpeg
            | Self::Png
            | Self::Webp
            | Self::Tiff
            | Self::Bmp
            | Self::Gif
            | Self::Pdf => None,
            Self::Mp4 | Self::Mov => Some(KeptInside::Video),
            Self::Docx | Self::Xlsx | Self::Pptx => Some(KeptInside::Office),
        }
    }

    /// True for what is made of pixels, of one page or several.
    #[must_use]
    pub fn is_picture(self) -> bool {
        self != Self::Pdf && self.kept_inside().is_none()
    }

    /// Its media type (RFC 6838).
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Tiff => "image/tiff",
            Self::Bmp => "image/bmp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
        }
    }

    /// Its word in `dossier.json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Tiff => "tiff",
            Self::Bmp => "bmp",
            Self::Gif => "gif",
            Self::Pdf => "pdf",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
        }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exhibit {
    /// Its name inside the dossier.
    pub id: ExhibitId,
    /// Where its file lies in an open dossier folder, with `/` between parts; in a vault, the name
    /// that it was imported under. Never leaves in a package.
    pub path: String,
    /// How it is laid out.
    pub kind: ExhibitKind,
    /// How secret it is.
    #[serde(default)]
    pub level: Level,
    /// What it is, in a few neutral words.
    #[serde(default)]
    pub title: Bilingual,
    /// The sentence under it.
    #[serde(default)]
    pub caption: Bilingual,
    /// Masks, in the order drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<Mask>,
    /// The part that leaves, of every page alike; everything when absent. Pictures only: window and
    /// terminal set none for a PDF, whose pages leave whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crop: Option<Area>,
    /// The pages that leave, from 1; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<u32>,
    /// True when somebody decided that what its file only marks for redaction may be seen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marked_may_be_seen: bool,
    /// The requirements that it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<RequirementId>,
    /// The parties that it may go to; empty until somebody clears it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared_for: Vec<PartyId>,
    /// What was imported; absent in a `dossier.json` written by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
}

impl Exhibit {
    /// True when it may go to this recipient.
    #[must_use]
    pub fn is_cleared_for(&self, recipient: &PartyId) -> bool {
        self.cleared_for.contains(recipient)
    }

    /// What its file is when it never leaves in a package.
    #[must_use]
    pub fn kept_inside(&self) -> Option<KeptInside> {
        self.original.as_ref().and_then(|original| original.format.kept_inside())
    }

    /// True when its file is made of pixels.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.original.as_ref().is_some_and(|original| original.format.is_picture())
    }

    /// What the house calls it: its title, or the name that it was imported under.
    #[must_use]
    pub fn name_in_the_house(&self) -> Bilingual {
        if self.title.is_empty() { Bilingual::same(self.path.clone()) } else { self.title.clone() }
    }

    /// The page numbers that leave, from 1, in order.
    #[must_use]
    pub fn leaving_pages(&self) -> Vec<u32> {
        if self.pages.is_empty() {
            (1..=self.original.as_ref().map_or(1, |original| original.pages)).collect()
        } else {
            self.pages.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_may_touch_the_edge_but_not_pass_it() {
        assert!(Area { x: 9_999, y: 0, w: 1, h: 10_000 }.is_valid());
        assert!(!Area { x: 9_999, y: 0, w: 2, h: 1 }.is_valid());
        assert!(!Area { x: 0, y: 0, w: 0, h: 1 }.is_valid());
        assert!(!Area { x: u32::MAX, y: 0, w: 2, h: 1 }.is_valid());
    }

    #[test]
    fn pixels_round_outwards() {
        let area = Area { x: 3_333, y: 1, w: 3_333, h: 1 };
        assert_eq!(area.pixels(100, 100), [33, 0, 67, 1]);
        assert_eq!(Area::FULL.pixels(7, 9), [0, 0, 7, 9]);
    }
}
