//! What would a file give away beside what it shows?
//!
//! Collects traces; a trace is for the eyes of the house only. Deliberately absent: any judgement.
//! Every trace is left behind on release, whatever it is.

use lanthan_core::clean::Trace;

/// Longest detail, in characters; the rest of a longer one is cut off.
const MAX_DETAIL_CHARS: usize = 160;

/// Greatest number of traces of one file.
const MAX_TRACES: usize = 200;

/// Greatest number of small copies of a picture that are looked at.
const MAX_COPIES: usize = 4;

/// The traces found so far.
#[derive(Debug, Default)]
pub(crate) struct Traces(Vec<Trace>, Vec<Vec<u8>>);

impl Traces {
    /// Notes a trace, unless the very same is there already.
    pub(crate) fn note(&mut self, kind: &'static str, detail: &str) {
        let trace = Trace { kind, detail: readable(detail) };
        if self.0.len() < MAX_TRACES && !self.0.contains(&trace) {
            self.0.push(trace);
        }
    }

    /// The same for bytes that ought to be text.
    pub(crate) fn note_bytes(&mut self, kind: &'static str, detail: &[u8]) {
        let text = String::from_utf8_lossy(&detail[..detail.len().min(4 * MAX_DETAIL_CHARS)]);
        self.note(kind, &text);
    }

    /// The same for a part of which only the length is worth saying.
    pub(crate) fn note_size(&mut self, kind: &'static str, what: &str, bytes: usize) {
        let space = if what.is_empty() { "" } else { " " };
        self.note(kind, &format!("{what}{space}{bytes} B"));
    }

    /// Keeps a small copy of the picture, coded as JPEG, to be compared with it.
    pub(crate) fn keep_copy(&mut self, untrusted: &[u8]) {
        if self.1.len() < MAX_COPIES {
            self.1.push(untrusted.to_vec());
        }
    }

    /// The small copies that were kept.
    pub(crate) fn take_copies(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.1)
    }

    /// All of them, sorted by kind.
    pub(crate) fn sorted(mut self) -> Vec<Trace> {
        self.0.sort();
        self.0
    }
}

/// One line without control characters, of bounded length.
fn readable(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(MAX_DETAIL_CHARS) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_is_one_short_line() {
        let mut traces = Traces::default();
        traces.note("comment", &format!("a\r\n\0b {}", "x".repeat(500)));
        traces.note("camera", "Sample 1");
        traces.note("camera", "Sample 1");
        let traces = traces.sorted();
        assert_eq!(traces.len(), 2);
        assert_eq!(traces[0], Trace { kind: "camera", detail: "Sample 1".into() });
        assert!(traces[1].detail.starts_with("a b xxx"));
        assert_eq!(traces[1].detail.chars().count(), MAX_DETAIL_CHARS + 1);
    }
}
