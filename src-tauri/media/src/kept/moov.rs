//! What stands in the index of a video beside the places of its pictures?
//!
//! Times, places, makers and names, as QuickTime, the MP4 files of telephones (3GPP TS 26.244) and
//! editing programs write them. Deliberately absent: the tables of samples.

use super::{
    Source,
    boxes::{self, Part},
};
use crate::{Refusal, trace::Traces};

/// Longest text that is read, in bytes.
const MAX_TEXT_BYTES: usize = 4096;
/// Greatest number of named values.
const MAX_KEYS: usize = 1000;
/// Seconds from the day that videos count from, 1904-01-01, to 1970-01-01.
const TO_1970: u64 = 2_082_844_800;

/// Texts of QuickTime and 3GPP by the name of their box, with the kind of their trace.
const TEXTS: &[([u8; 4], &str)] = &[
    (*b"\xa9mak", "camera"),
    (*b"\xa9mod", "camera"),
    (*b"\xa9swr", "software"),
    (*b"\xa9too", "software"),
    (*b"\xa9enc", "software"),
    (*b"\xa9day", "taken"),
    (*b"\xa9ART", "owner"),
    (*b"\xa9aut", "owner"),
    (*b"\xa9cpy", "owner"),
    (*b"\xa9dir", "owner"),
    (*b"\xa9prd", "owner"),
    (*b"auth", "owner"),
    (*b"perf", "owner"),
    (*b"cprt", "owner"),
    (*b"\xa9nam", "comment"),
    (*b"\xa9cmt", "comment"),
    (*b"\xa9des", "comment"),
    (*b"\xa9inf", "comment"),
    (*b"titl", "comment"),
    (*b"dscp", "comment"),
];

/// The ends of long names, with the kind of their trace; the more telling one first.
const KEYS: &[(&str, &str)] = &[
    ("location.iso6709", "gps"),
    ("location.accuracy.horizontal", "gps"),
    ("location.name", "gps"),
    ("make", "camera"),
    ("model", "camera"),
    ("manufacturer", "camera"),
    ("software", "software"),
    ("version", "software"),
    ("creationdate", "taken"),
    ("author", "owner"),
    ("artist", "owner"),
    ("copyright", "owner"),
    ("title", "comment"),
    ("comment", "comment"),
    ("description", "comment"),
    ("identifier", "serial"),
];

/// How many streams of which sort there are.
#[derive(Debug, Default)]
pub(super) struct Streams {
    pub(super) pictures: u32,
    pub(super) sounds: u32,
}

/// Reads the index.
///
/// # Errors
///
/// [`Refusal::Damaged`] when its boxes do not fit.
pub(super) fn read(
    source: &mut dyn Source,
    index: Part,
    traces: &mut Traces,
) -> Result<Streams, Refusal> {
    let mut streams = Streams::default();
    for part in boxes::inside(source, index, 0)? {
        match &part.name {
            b"mvhd" => note_head(&boxes::body(source, part, 36)?, traces),
            b"trak" => note_track(source, part, &mut streams, traces)?,
            b"udta" => note_user_data(source, part, traces)?,
            b"meta" => note_named(source, part, traces)?,
            b"cmov" => return Err(Refusal::Unsupported("a video with a packed index")),
            b"uuid" => note_rest(part, traces),
            _ => {}
        }
    }
    if streams.sounds > 0 {
        traces.note("video-sound", &streams.sounds.to_string());
    }
    Ok(streams)
}

/// Day of making and length (ISO/IEC 14496-12, 8.2.2).
fn note_head(body: &[u8], traces: &mut Traces) {
    let is_long = body.first() == Some(&1);
    let number = |at: usize, long: bool| -> Option<u64> {
        let rest = body.get(at..)?;
        if long {
            rest.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))
        } else {
            rest.first_chunk().map(|bytes| u64::from(u32::from_be_bytes(*bytes)))
        }
    };
    if let Some(made) = number(4, is_long).filter(|made| *made > 0) {
        traces.note("taken", &moment(made));
    }
    let (scale_at, length_at) = if is_long { (20, 24) } else { (12, 16) };
    if let (Some(scale), Some(length)) = (number(scale_at, false), number(length_at, is_long))
        && scale > 0
    {
        let seconds = length / scale;
        traces.note("video-length", &format!("{} min {} s", seconds / 60, seconds % 60));
    }
}

/// A count of seconds from 1904 as a day and a time of UTC; one before 1970 as it stands.
fn moment(seconds: u64) -> String {
    let Some(since_1970) = seconds.checked_sub(TO_1970) else { return format!("{seconds} s") };
    let (days, rest) = (since_1970 / 86_400, since_1970 % 86_400);
    // Counted in the 400 years after which the calendar repeats, each beginning with a March.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute) = (rest / 3600, rest / 60 % 60);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

fn note_track(
    source: &mut dyn Source,
    track: Part,
    streams: &mut Streams,
    traces: &mut Traces,
) -> Result<(), Refusal> {
    let (mut size, mut sort, mut name) = (None, [0; 4], String::new());
    for part in boxes::inside(source, track, 0)? {
        match &part.name {
            b"tkhd" => {
                let body = boxes::body(source, part, 96)?;
                // Width and height are its last two numbers, in 65,536ths of a pixel.
                size = body.last_chunk::<8>().copied();
            }
            b"mdia" => {
                for part in boxes::inside(source, part, 0)? {
                    if part.name == *b"hdlr" {
                        let body = boxes::body(source, part, 256)?;
                        sort = body
                            .get(8..)
                            .and_then(<[u8]>::first_chunk)
                            .copied()
                            .unwrap_or_default();
                        name = String::from_utf8_lossy(body.get(24..).unwrap_or_default())
                            .into_owned();
                    }
                }
            }
            b"udta" => note_user_data(source, part, traces)?,
            b"meta" => note_named(source, part, traces)?,
            _ => {}
        }
    }
    match &sort {
        b"vide" => {
            streams.pictures += 1;
            if let Some([w1, w2, _, _, h1, h2, _, _]) = size {
                let (width, height) = (u16::from_be_bytes([w1, w2]), u16::from_be_bytes([h1, h2]));
                traces.note("video-size", &format!("{width} × {height}"));
            }
        }
        b"soun" => streams.sounds += 1,
        sort => traces.note("video-track", &format!("{} {name}", String::from_utf8_lossy(sort))),
    }
    Ok(())
}

/// The boxes of user data, one text each.
fn note_user_data(source: &mut dyn Source, list: Part, traces: &mut Traces) -> Result<(), Refusal> {
    for part in boxes::inside(source, list, 0)? {
        match &part.name {
            b"meta" => note_named(source, part, traces)?,
            b"\xa9xyz" => {
                let body = boxes::body(source, part, MAX_TEXT_BYTES)?;
                traces.note("gps", &place(&text(&body)));
            }
            b"loci" => traces.note("gps", "3GPP"),
            name => match TEXTS.iter().find(|(known, _)| known == name) {
                Some((_, kind)) => {
                    let body = boxes::body(source, part, MAX_TEXT_BYTES)?;
                    traces.note(kind, &text(&body));
                }
                None => note_rest(part, traces),
            },
        }
    }
    Ok(())
}

fn note_rest(part: Part, traces: &mut Traces) {
    let length = usize::try_from(part.end - part.begin).unwrap_or(usize::MAX);
    if length > 0 {
        traces.note_size("app-data", String::from_utf8_lossy(&part.name).trim(), length);
    }
}

/// A text behind its length and language (QuickTime) or behind zeros and a language (3GPP).
fn text(body: &[u8]) -> String {
    let measured = body.first_chunk::<2>().map(|two| usize::from(u16::from_be_bytes(*two)));
    let rest = match measured {
        Some(length) if length > 0 && length <= body.len().saturating_sub(4) => {
            &body[4..4 + length]
        }
        Some(0) if body.len() > 6 => &body[6..],
        _ => body,
    };
    String::from_utf8_lossy(rest).into_owned()
}

/// Named values: a list of names and a list of values (QuickTime File Format, metadata), or values that
/// are named by four letters (iTunes).
fn note_named(source: &mut dyn Source, meta: Part, traces: &mut Traces) -> Result<(), Refusal> {
    // In an MP4 file four bytes stand before the first box, in a QuickTime file none.
    let head = boxes::body(source, meta, 12)?;
    let skip = if head.get(4..8) == Some(b"hdlr") { 0 } else { 4 };
    let parts = boxes::inside(source, meta, skip)?;
    let mut keys = Vec::new();
    for part in parts.iter().filter(|part| part.name == *b"keys") {
        keys = names(&boxes::body(source, *part, 256 * 1024)?);
    }
    for part in &parts {
        if part.name == *b"ilst" {
            for value in boxes::inside(source, *part, 0)? {
                note_value(source, value, &keys, traces)?;
            }
        } else if part.name == *b"xml " || part.name == *b"uuid" {
            note_rest(*part, traces);
        }
    }
    Ok(())
}

/// The names of a `keys` box: each with its length, a space of names and itself.
fn names(body: &[u8]) -> Vec<String> {
    let mut rest = body.get(8..).unwrap_or_default();
    let mut names = Vec::new();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(name) = length.checked_sub(8).and_then(|length| after.get(..length)) else {
            break;
        };
        names.push(String::from_utf8_lossy(name).into_owned());
        rest = &after[name.len()..];
        if names.len() == MAX_KEYS {
            break;
        }
    }
    names
}

fn note_value(
    source: &mut dyn Source,
    value: Part,
    keys: &[String],
    traces: &mut Traces,
) -> Result<(), Refusal> {
    let number = u32::from_be_bytes(value.name) as usize;
    let key = number.checked_sub(1).and_then(|at| keys.get(at));
    for part in boxes::inside(source, value, 0)?.iter().filter(|part| part.name == *b"data") {
        let body = boxes::body(source, *part, MAX_TEXT_BYTES)?;
        // Eight bytes say what sort of value it is; 1 is text.
        let said = match body.split_first_chunk::<8>() {
            Some(([0, 0, 0, 1, ..], text)) => String::from_utf8_lossy(text).into_owned(),
            _ => String::new(),
        };
        let Some(key) = key else {
            match TEXTS.iter().find(|(known, _)| *known == value.name) {
                Some((_, kind)) => traces.note(kind, &said),
                None => note_rest(value, traces),
            }
            continue;
        };
        let lower = key.to_ascii_lowercase();
        match KEYS.iter().find(|(end, _)| lower.ends_with(end)) {
            Some((end, kind)) if **kind == *"gps" && !said.is_empty() => {
                let is_place = end.ends_with('9');
                let accuracy = || format!("± {said} m");
                traces.note(kind, &if is_place { place(&said) } else { accuracy() });
            }
            Some((_, kind)) => traces.note(kind, &said),
            None => traces.note("app-data", &format!("{key}: {said}")),
        }
    }
    Ok(())
}

/// A place as ISO 6709 writes it, such as `+45.5477+011.5467+039.000/`, as degrees and metres.
fn place(said: &str) -> String {
    let mut numbers: Vec<&str> = Vec::new();
    let mut begin = 0;
    let text = said.trim_end_matches(['/', '\0', ' ']).split("CRS").next().unwrap_or_default();
    for (at, letter) in text.char_indices() {
        if at > 0 && matches!(letter, '+' | '-') {
            numbers.push(&text[begin..at]);
            begin = at;
        }
    }
    numbers.push(&text[begin..]);
    let parsed: Vec<f64> = numbers.iter().filter_map(|number| number.parse().ok()).collect();
    match (parsed.as_slice(), parsed.len() == numbers.len()) {
        (&[latitude, longitude], true) => format!("{latitude:.5}, {longitude:.5}"),
        (&[latitude, longitude, height], true) => {
            format!("{latitude:.5}, {longitude:.5}, {height:.0} m")
        }
        _ => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_degrees_and_metres() {
        assert_eq!(place("+45.5477+011.5467+039.000/"), "45.54770, 11.54670, 39 m");
        assert_eq!(place("-33.8+151.2/"), "-33.80000, 151.20000");
        assert_eq!(place("+45.5477+011.5467+039.000CRSWGS_84/"), "45.54770, 11.54670, 39 m");
        assert_eq!(place("in the hall"), "in the hall");
    }

    #[test]
    fn a_count_of_seconds_is_a_day() {
        assert_eq!(moment(TO_1970), "1970-01-01 00:00 UTC");
        assert_eq!(moment(TO_1970 + 951_782_400 + 3661), "2000-02-29 01:01 UTC");
        assert_eq!(moment(TO_1970 + 1_793_620_800), "2026-11-02 12:00 UTC");
        assert_eq!(moment(5), "5 s");
        assert!(!moment(u64::MAX).is_empty());
    }

    #[test]
    fn a_text_is_found_behind_its_length_or_its_language() {
        assert_eq!(text(b"\0\x05\x15\xc7Hello"), "Hello");
        assert_eq!(text(b"\0\0\0\0\x15\xc7Hello\0"), "Hello\0");
        assert_eq!(text(b""), "");
    }
}
