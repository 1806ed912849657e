//! What would each part of an Office file give away?
//!
//! Parts are told apart by their place in the archive, as every Office program lays them. Counts and
//! names are gathered over all parts and become traces at the end. Deliberately absent: the text of the
//! document itself, which is what the user means to show.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
};

use lanthan_core::{clean::Trace, exhibit::Format};

use super::part::{self, Unpacked};
use crate::{Limits, Refusal, jpeg, trace::Traces};

/// Greatest length of a picture inside that is searched for traces, in bytes.
const MAX_PICTURE_BYTES: u64 = 32 * 1024 * 1024;

/// Traces of a picture inside that tell about people and places.
const TELLING: &[&str] = &["camera", "gps", "iptc", "owner", "serial", "software", "taken", "xmp"];

/// Names of people under one thing are cut after this many.
const MAX_PEOPLE: usize = 12;

/// What is gathered over all parts.
pub(super) struct Office<'a> {
    pub(super) format: Format,
    limits: &'a Limits,
    traces: Traces,
    counts: BTreeMap<(&'static str, &'static str), u64>,
    people: BTreeMap<&'static str, BTreeSet<String>>,
}

impl<'a> Office<'a> {
    pub(super) fn new(format: Format, limits: &'a Limits) -> Self {
        let (counts, people) = (BTreeMap::new(), BTreeMap::new());
        Self { format, limits, traces: Traces::default(), counts, people }
    }

    /// Counts one more of something; `word` says which sort of it.
    pub(super) fn count(&mut self, kind: &'static str, word: &'static str) {
        *self.counts.entry((kind, word)).or_default() += 1;
    }

    /// Remembers who did something.
    pub(super) fn person(&mut self, kind: &'static str, name: &str) {
        let people = self.people.entry(kind).or_default();
        let name = name.trim();
        if !name.is_empty() && people.len() < MAX_PEOPLE {
            people.insert(name.to_owned());
        }
    }

    /// Notes something as it stands; nothing when it is blank.
    pub(super) fn note(&mut self, kind: &'static str, detail: &str) {
        if !detail.trim().is_empty() {
            self.traces.note(kind, detail);
        }
    }

    /// All of it.
    pub(super) fn traces(mut self) -> Vec<Trace> {
        for ((kind, word), count) in &self.counts {
            let names = self.people.remove(kind);
            let names = names.map(|names| names.into_iter().collect::<Vec<_>>().join(", "));
            let by = names.map_or_else(String::new, |names| format!(" ({names})"));
            let space = if word.is_empty() { "" } else { " × " };
            self.traces.note(kind, &format!("{word}{space}{count}{by}"));
        }
        for (kind, names) in &self.people {
            self.traces.note(kind, &names.iter().cloned().collect::<Vec<_>>().join(", "));
        }
        self.traces.sorted()
    }
}

/// Reads as much of a part as is needed.
///
/// # Errors
///
/// [`Refusal`] when it cannot be unpacked.
pub(super) fn read(
    name: &str,
    part: &mut dyn Read,
    office: &mut Office<'_>,
) -> Result<(), Refusal> {
    let lower = name.to_ascii_lowercase();
    let inside = |folder: &str| lower.split('/').any(|part| part == folder);
    let ending = lower.rsplit('.').next().unwrap_or_default();
    let ends = |ends: &[&str]| ends.contains(&ending);
    if lower.ends_with("vbaproject.bin") {
        office.count("office-macro", "");
    } else if inside("embeddings") {
        office.note("office-embedded", name.rsplit('/').next().unwrap_or(name));
    } else if inside("pivotcache") && lower.contains("records") {
        office.count("office-hidden", "pivot");
    } else if lower.starts_with("docprops/thumbnail") {
        office.note("thumbnail", name);
    } else if inside("customxml") && ending != "rels" {
        office.count("app-data", "customXml");
    } else if inside("media") && ends(&["jpg", "jpeg", "jpe"]) {
        return picture(part, office);
    }
    if ends(&["xml", "rels"]) {
        let told = part::read(&lower, &mut Unpacked(part), office);
        if told.is_err() {
            office.note("office-unreadable", name);
        }
    }
    Ok(())
}

/// A photograph inside carries what its camera wrote, like any other.
fn picture(part: &mut dyn Read, office: &mut Office<'_>) -> Result<(), Refusal> {
    let mut untrusted = Vec::new();
    part.take(MAX_PICTURE_BYTES)
        .read_to_end(&mut untrusted)
        .map_err(|_| Refusal::Damaged("its parts cannot be unpacked"))?;
    if untrusted.starts_with(&[0xff, 0xd8]) {
        for trace in jpeg::note_traces(&untrusted, office.limits) {
            if TELLING.contains(&trace.kind) {
                office.traces.note(trace.kind, &trace.detail);
            }
        }
    }
    Ok(())
}
