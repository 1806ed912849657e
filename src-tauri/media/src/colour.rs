//! What do a picture's colours mean?
//!
//! A readable colour profile is applied, so that what leaves is plain sRGB; one that cannot be read
//! is treated as sRGB, as most viewers do. Deliberately absent: carrying a profile along.

use std::panic::{AssertUnwindSafe, catch_unwind};

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::pixels::Pixels;

/// Pixels that are converted in one step.
const STEP: usize = 64 * 1024;

/// A colour profile out of a file.
#[derive(Debug)]
pub(crate) struct Profile {
    name: String,
    read: Option<Box<ColorProfile>>,
}

impl Profile {
    /// Reads a profile; one that cannot be read still has a name to show.
    pub(crate) fn read(untrusted: &[u8]) -> Self {
        // The reader is young: if it panics on hostile bytes, the profile is as good as unreadable.
        let read = catch_unwind(AssertUnwindSafe(|| ColorProfile::new_from_slice(untrusted)));
        let read = read.ok().and_then(Result::ok);
        let name = read.as_ref().and_then(name_of);
        let name = name.unwrap_or_else(|| format!("{} B", untrusted.len()));
        Self { name, read: read.map(Box::new) }
    }

    /// The profile's description, or its length.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// True when colours can be converted with it.
    pub(crate) fn is_usable(&self) -> bool {
        self.read.is_some()
    }

    /// Converts RGB pixels to sRGB in place. They stay as they are when the profile does not fit.
    pub(crate) fn to_srgb(&self, pixels: &mut Pixels) {
        if let Some(converted) = self.convert(&pixels.rgb, DataColorSpace::Rgb, Layout::Rgb) {
            pixels.rgb = converted;
        }
    }

    /// Converts four inks to sRGB; `inverted` when they are stored as light.
    pub(crate) fn inks_to_rgb(&self, inks: &[u8], inverted: bool) -> Option<Vec<u8>> {
        if inverted {
            let inks: Vec<u8> = inks.iter().map(|ink| 255 - ink).collect();
            return self.convert(&inks, DataColorSpace::Cmyk, Layout::Rgba);
        }
        self.convert(inks, DataColorSpace::Cmyk, Layout::Rgba)
    }

    fn convert(&self, from: &[u8], space: DataColorSpace, layout: Layout) -> Option<Vec<u8>> {
        let profile = self.read.as_ref().filter(|profile| profile.color_space == space)?;
        let convert = || {
            let transform = profile
                .create_transform_8bit(
                    layout,
                    &ColorProfile::new_srgb(),
                    Layout::Rgb,
                    TransformOptions::default(),
                )
                .ok()?;
            let channels = layout.channels();
            let mut to = vec![0; from.len() / channels * 3];
            for (from, to) in from.chunks(STEP * channels).zip(to.chunks_mut(STEP * 3)) {
                transform.transform(from, to).ok()?;
            }
            Some(to)
        };
        catch_unwind(AssertUnwindSafe(convert)).ok().flatten()
    }
}

/// Four inks as light, without a profile; `flip` is 255 where the bytes say how much ink there is, and
/// 0 where they say how much light it lets through.
pub(crate) fn plain_inks_to_rgb(inks: &[u8], flip: u8) -> Vec<u8> {
    let light = |ink: u8, black: u8| {
        let product = u32::from(ink ^ flip) * u32::from(black ^ flip);
        u8::try_from((product + 127) / 255).unwrap_or(255)
    };
    inks.chunks_exact(4)
        .flat_map(|p| [light(p[0], p[3]), light(p[1], p[3]), light(p[2], p[3])])
        .collect()
}

fn name_of(profile: &ColorProfile) -> Option<String> {
    use moxcms::ProfileText;
    Some(match profile.description.as_ref()? {
        ProfileText::PlainString(text) => text.clone(),
        ProfileText::Localizable(texts) => texts.first()?.value.clone(),
        ProfileText::Description(text) => text.ascii_string.clone(),
    })
    .filter(|name| !name.trim().is_empty())
}
