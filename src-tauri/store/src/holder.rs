//! Who has the vault open, and since when?
//!
//! A note beside the lock: the name of the computer, of the program, and the moment; nothing of what
//! is in the vault. It is written when the vault is open and removed when it is closed. It is never
//! taken for a lock: what a crash left is known by the lock being free, and a note of another computer
//! says at most that somebody there may still be at work, as in a folder that a cloud program copies.
//! Deliberately absent: a clock (the moment is passed in), and any way to overrule somebody.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::durable;

/// Name of the note inside the vault.
pub(crate) const NAME: &str = "holder";
/// Its name until it is whole.
pub(crate) const UNFINISHED: &str = "holder.new";

/// More bytes are no note.
const MOST_BYTES: u64 = 4096;
/// More characters of a name are not shown.
const MOST_CHARS: usize = 64;

/// Who has a vault open, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Name of the computer; empty when its system does not tell.
    pub host: String,
    /// Name of the program.
    pub program: String,
    /// Since when, by the clock of that computer.
    pub since: Timestamp,
}

/// Who else has a vault open, or may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Elsewhere {
    /// Nobody, as far as can be seen from here.
    Nobody,
    /// A program that may change it holds it now; who, when its note can be read.
    Held(Option<Holder>),
    /// The lock is free, but on another computer it was not closed, or is open out of sight.
    LeftOpen(Holder),
}

impl Holder {
    /// Somebody on this computer.
    #[must_use]
    pub fn here(program: &str, since: Timestamp) -> Self {
        Self { host: host(), program: shown(program), since }
    }

    /// True when it is this computer.
    #[must_use]
    pub fn is_here(&self) -> bool {
        !self.host.is_empty() && self.host == host()
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let host = if self.host.is_empty() { "another computer" } else { &self.host };
        let since = self.since.strftime("%Y-%m-%d %H:%M UTC");
        write!(f, "on {host} in {} since {since}", self.program)
    }
}

/// A note that was written; taken away when dropped, unless somebody else's has come in its place.
#[derive(Debug)]
pub(crate) struct Note {
    path: PathBuf,
    holder: Holder,
}

impl Note {
    /// Writes the note of whoever holds the lock. Not brought to the disk: after a power cut nobody
    /// holds anything.
    pub(crate) fn write(folder: &Path, holder: Holder) -> io::Result<Self> {
        let (path, unfinished) = (folder.join(NAME), folder.join(UNFINISHED));
        durable::remove_if_there(&unfinished)?;
        let bytes = serde_json::to_vec(&holder)?;
        let done = durable::create_file(&unfinished)
            .and_then(|mut file| file.write_all(&bytes))
            .and_then(|()| fs::rename(&unfinished, &path));
        if let Err(error) = done {
            // Best effort: the next note replaces it anyway.
            let _ = fs::remove_file(&unfinished);
            return Err(error);
        }
        Ok(Self { path, holder })
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        if read_file(&self.path).as_ref() == Some(&self.holder) {
            // Best effort: a note that stays says nothing once the lock is free.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The note in a vault's folder; `None` when there is none that can be read.
pub(crate) fn read(folder: &Path) -> Option<Holder> {
    read_file(&folder.join(NAME))
}

/// Somebody on another computer who did not close the vault; to be asked while the lock is held.
pub(crate) fn left_open(folder: &Path) -> Elsewhere {
    let elsewhere = read(folder).filter(|holder| !holder.is_here());
    elsewhere.map_or(Elsewhere::Nobody, Elsewhere::LeftOpen)
}

fn read_file(path: &Path) -> Option<Holder> {
    // Looked at before it is opened: opening a named pipe would wait for ever.
    if !fs::symlink_metadata(path).is_ok_and(|file| file.is_file()) {
        return None;
    }
    let mut untrusted = Vec::new();
    File::open(path).ok()?.take(MOST_BYTES + 1).read_to_end(&mut untrusted).ok()?;
    if untrusted.len() as u64 > MOST_BYTES {
        return None;
    }
    let Holder { host, program, since } = serde_json::from_slice(&untrusted).ok()?;
    Some(Holder { host: shown(&host), program: shown(&program), since })
}

/// A name as it may be shown: in one line, of bounded length, without signs that turn the line round.
fn shown(name: &str) -> String {
    let plain = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.trim().chars().filter(plain).take(MOST_CHARS).collect()
}

/// The name of this computer; empty when the system does not tell.
fn host() -> String {
    #[cfg(target_os = "linux")]
    let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    #[cfg(target_os = "macos")]
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    shown(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder() -> Holder {
        Holder::here("Lanthan 0.1.0", "2026-11-25T13:02:00Z".parse().unwrap())
    }

    #[test]
    fn a_note_is_read_back_and_taken_away() {
        let place = tempfile::tempdir().unwrap();
        assert_eq!(read(place.path()), None);
        let note = Note::write(place.path(), holder()).unwrap();
        assert_eq!(read(place.path()), Some(holder()));
        assert_eq!(left_open(place.path()), Elsewhere::Nobody, "it is this computer");
        drop(note);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_note_that_came_in_its_place_stays() {
        let place = tempfile::tempdir().unwrap();
        let note = Note::write(place.path(), holder()).unwrap();
        let other = Holder { host: "LAPTOP-2".to_owned(), ..holder() };
        fs::write(place.path().join(NAME), serde_json::to_vec(&other).unwrap()).unwrap();
        drop(note);
        assert_eq!(left_open(place.path()), Elsewhere::LeftOpen(other.clone()));
        assert_eq!(other.to_string(), "on LAPTOP-2 in Lanthan 0.1.0 since 2026-11-25 13:02 UTC");
    }

    #[test]
    fn what_is_no_note_says_nothing() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(NAME);
        let long = format!("{{\"host\":\"{}\"}}", "x".repeat(5000));
        for bytes in [&b""[..], b"{", b"{\"host\":1}", b"\xff\xfe", long.as_bytes()] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(read(place.path()), None);
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert_eq!(read(place.path()), None);
    }

    #[test]
    fn a_name_cannot_write_over_the_line_it_stands_in() {
        let place = tempfile::tempdir().unwrap();
        let json = r#"{"host":"a\u001b[2K\u202eb\n","program":"p","since":"2026-11-25T13:02:00Z"}"#;
        fs::write(place.path().join(NAME), json).unwrap();
        assert_eq!(read(place.path()).unwrap().host, "a[2Kb");
    }
}
