//! Which files make up a pack, and which of them may be left out?
//!
//! Three files every pack has; each of the others is one part with a reader of its own, and a pack
//! without it simply says nothing there. Deliberately absent: where the files lie.

use serde::de::DeserializeOwned;

use super::PackError;

/// The files of a pack: its name inside the pack's folder, and its text.
pub type Files<'a> = [(&'a str, &'a str)];

/// The structure.
pub const STRUCTURE: &str = "pack.toml";
/// Every English sentence.
pub const ENGLISH: &str = "en.toml";
/// Every Chinese sentence.
pub const CHINESE: &str = "zh.toml";

/// The text of a file; `None` when the pack has no such file.
pub(super) fn text<'a>(untrusted: &Files<'a>, name: &str) -> Option<&'a str> {
    untrusted.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Reads one part; a pack without its file has the empty part.
///
/// # Errors
///
/// [`PackError::Shape`] naming the file, when it is not TOML or not of the part's shape.
pub(super) fn part<T: DeserializeOwned + Default>(
    untrusted: &Files<'_>,
    name: &'static str,
) -> Result<T, PackError> {
    let Some(text) = text(untrusted, name) else { return Ok(T::default()) };
    toml::from_str(text).map_err(shape(name))
}

/// Names the file of what does not read as TOML of its shape; the parser names the line.
pub(super) fn shape(file: &'static str) -> impl Fn(toml::de::Error) -> PackError {
    move |error| PackError::Shape { file, message: error.to_string() }
}
