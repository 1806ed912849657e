//! Was a copy changed since the vault wrote it?
//!
//! `backup.mark` in the copy holds 32 bytes for each content that the vault wrote: an HMAC of its
//! hash, so that it says nothing to whoever has no key. Deliberately absent: dates and names.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use hmac::Mac as _;

use crate::{Contents, Result, VaultError, durable, keys::Keys};

const NAME: &str = "backup.mark";
const MOST: usize = 2;

/// What the mark says of a content.
type Seal = [u8; 32];

fn path(copy: &Path) -> PathBuf {
    copy.join(NAME)
}

fn seal(keys: &Keys, contents: &Contents) -> Seal {
    let mut mac = keys.backup.hmac();
    mac.update(b"lanthan backup v1");
    mac.update(contents.sha256.as_bytes());
    mac.finalize().into_bytes().into()
}

/// True when the vault wrote exactly this content there.
pub(super) fn vouches(copy: &Path, keys: &Keys, contents: &Contents) -> Result<bool> {
    let path = path(copy);
    match fs::metadata(&path) {
        Ok(file) if file.len() > (MOST * size_of::<Seal>()) as u64 => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        _ => {}
    }
    let bytes = fs::read(&path).map_err(|source| VaultError::io(&path, source))?;
    Ok(bytes.as_chunks().0.contains(&seal(keys, contents)))
}

/// Notes the contents that may stand there from now on. While one is being replaced by the other,
/// both are named, so that a fault in between does not make the copy look changed.
pub(super) fn note(copy: &Path, keys: &Keys, contents: &[&Contents]) -> Result<()> {
    let under: Vec<_> = contents.iter().map(|contents| (keys, *contents)).collect();
    note_under(copy, &under)
}

/// The same, when they stand there under different keys of the vault.
pub(super) fn note_under(copy: &Path, contents: &[(&Keys, &Contents)]) -> Result<()> {
    let path = path(copy);
    let bytes: Vec<u8> =
        contents.iter().take(MOST).flat_map(|(keys, contents)| seal(keys, contents)).collect();
    durable::replace(&path, &bytes).map_err(|source| VaultError::io(&path, source))
}
