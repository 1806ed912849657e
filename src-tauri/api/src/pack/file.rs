//! How does a rule pack travel, and who vouches for it?
//!
//! One file holds the texts of the pack's files; beside it lies its signature in the format of
//! minisign (Ed25519), so that any copy of that program can make and check one. What is unsigned,
//! altered, or signed by somebody whom the user does not trust is refused. Deliberately absent: keys
//! that can sign, and what a pack says.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
};

use lanthan_store::{Publisher, outside};
use minisign_verify::{PublicKey, Signature};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, Result, packs::hex};

/// The greatest length of a pack file, in bytes.
pub const MAX_PACK_BYTES: u64 = 8 * 1024 * 1024;
/// The ending of pack files.
pub const ENDING: &str = "lanthanpack";

const FORMAT: u32 = 1;
const MAX_SIGNATURE_BYTES: u64 = 4096;

/// The texts of a pack's files, by their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PackFiles(BTreeMap<String, String>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    format: u32,
    files: PackFiles,
}

impl PackFiles {
    /// Collects files.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
    }

    /// Their names and texts, sorted by name.
    #[must_use]
    pub fn all(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }

    /// The text of one; blank when it is not there.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// SHA-256 over names and texts, 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        for part in self.0.iter().flat_map(|(name, text)| [name, text]) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hex(&hash.finalize())
    }

    /// Reads the files of a pack that its author keeps in a folder: every one that ends in `.toml`.
    ///
    /// # Errors
    ///
    /// [`Error::Outside`], [`Error::NotAPack`].
    pub fn in_folder(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        for name in outside::names(folder)? {
            if Path::new(&name).extension().is_some_and(|ending| ending == "toml") {
                let untrusted = outside::read(&folder.join(&name), MAX_PACK_BYTES)?;
                let text = String::from_utf8(untrusted).map_err(|_| Error::NotText("pack"))?;
                files.insert(name, text);
            }
        }
        if files.contains_key("pack.toml") {
            Ok(Self(files))
        } else {
            Err(Error::NotAPack("the folder holds no pack.toml".to_owned()))
        }
    }

    /// Reads a pack file.
    ///
    /// # Errors
    ///
    /// [`Error::NotAPack`] when it is something else.
    pub fn of_file(untrusted: &[u8]) -> Result<Self> {
        let written: Written = serde_json::from_slice(untrusted)
            .map_err(|error| Error::NotAPack(error.to_string()))?;
        if written.format != FORMAT {
            return Err(Error::NotAPack(format!("it has format {}, not {FORMAT}", written.format)));
        }
        Ok(written.files)
    }

    /// The pack file: what is signed.
    ///
    /// # Errors
    ///
    /// [`Error::NotAPack`]; texts can always be written, so it does not happen.
    pub fn to_file(&self) -> Result<Vec<u8>> {
        let written = Written { format: FORMAT, files: self.clone() };
        serde_json::to_vec_pretty(&written).map_err(|error| Error::NotAPack(error.to_string()))
    }
}

/// A pack file whose signature is that of somebody whom the user trusts.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) files: PackFiles,
    pub(crate) publisher: Publisher,
}

/// Reads a pack file and checks its signature.
///
/// # Errors
///
/// [`Error::PackUnsigned`], [`Error::PackByStranger`], [`Error::PackAltered`], [`Error::NotAPack`].
pub(crate) fn read_signed(file: &Path, trusted: &[Publisher]) -> Result<Signed> {
    let untrusted = outside::read(file, MAX_PACK_BYTES)?;
    let beside = signature_of(file);
    let name = file_name(&beside);
    let signature = match outside::read(&beside, MAX_SIGNATURE_BYTES) {
        Ok(text) => text,
        Err(outside::OutsideError::Missing(_)) => return Err(Error::PackUnsigned { wanted: name }),
        Err(error) => return Err(error.into()),
    };
    let signature = String::from_utf8(signature).ok();
    let signature = signature.as_deref().and_then(|text| Signature::decode(text).ok());
    let signature = signature.ok_or(Error::PackUnsigned { wanted: name })?;
    let mut known = None;
    for publisher in trusted {
        match key(&publisher.key)?.verify(&untrusted, &signature, false) {
            Ok(()) => known = Some(publisher.clone()),
            Err(minisign_verify::Error::UnexpectedKeyId) => {}
            Err(_) => return Err(Error::PackAltered { publisher: publisher.name.clone() }),
        }
    }
    let publisher = known.ok_or(Error::PackByStranger)?;
    Ok(Signed { files: PackFiles::of_file(&untrusted)?, publisher })
}

/// Reads a public key as minisign writes it; of a whole key file the second line counts.
///
/// # Errors
///
/// [`Error::BadPublisherKey`].
pub(crate) fn key(typed: &str) -> Result<PublicKey> {
    PublicKey::from_base64(key_line(typed)).map_err(|_| Error::BadPublisherKey)
}

/// The fingerprint of a public key, to be compared by eye or over the telephone: SHA-256 over it, in
/// groups of four hexadecimal digits.
///
/// # Errors
///
/// [`Error::BadPublisherKey`].
pub fn fingerprint(typed_key: &str) -> Result<String> {
    key(typed_key)?;
    let digits = hex(&Sha256::digest(key_line(typed_key)));
    let groups: Vec<&str> =
        (0..digits.len()).step_by(4).filter_map(|at| digits.get(at..at + 4)).collect();
    Ok(groups.join(" "))
}

/// The line of a key file that is the key.
pub(crate) fn key_line(typed: &str) -> &str {
    let mut lines = typed.lines().map(str::trim);
    lines
        .rfind(|line| !line.is_empty() && !line.starts_with("untrusted comment:"))
        .unwrap_or_default()
}

/// Where the signature of a file lies.
fn signature_of(file: &Path) -> PathBuf {
    let mut name = OsString::from(file.as_os_str());
    name.push(".minisig");
    PathBuf::from(name)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
