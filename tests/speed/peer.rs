//! How is a program measured, and on which photographs?
//!
//! For what is compared with other programs. Deliberately absent: which programs, and what is asked of them.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// What a measurement answers.
pub(crate) type Answer<T> = Result<T, Box<dyn Error>>;

/// Runs a program to its good end and answers the most memory that it had, in MB, as the system counts it;
/// nothing when it is not installed.
pub(crate) fn watched(call: &mut Command) -> Answer<Option<u64>> {
    let mut child = match call.stdin(Stdio::null()).stdout(Stdio::null()).spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kb: u64 = 0;
    let ended = loop {
        if let Ok(text) = fs::read_to_string(&status) {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kb = line.and_then(|rest| rest.trim().strip_suffix(" kB")?.parse().ok());
            peak_kb = peak_kb.max(kb.unwrap_or(0));
        }
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        thread::sleep(Duration::from_millis(2));
    };
    if ended.success() {
        Ok(Some(peak_kb / 1000))
    } else {
        Err(format!("{call:?}: {ended}").into())
    }
}

/// Writes a photograph under its number, with segments in front of the coded picture and a comment of its own.
pub(crate) fn photograph(
    folder: &Path,
    number: usize,
    segments: &[u8],
    coded: &[u8],
) -> Answer<PathBuf> {
    let said = format!("photograph {number:05}");
    let comment = [&[0xff, 0xfe, 0, u8::try_from(said.len() + 2)?], said.as_bytes()].concat();
    let path = folder.join(format!("IMG_{number:05}.jpg"));
    fs::write(&path, [&coded[..2], segments, &comment, &coded[2..]].concat())?;
    Ok(path)
}
