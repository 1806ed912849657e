//! How do the files of a package get into a folder?
//!
//! Everything is made in memory first, so that what can go wrong has gone wrong before the first
//! byte is written. Each file is brought to the disk before the next is begun; when one fails, those
//! already written are removed. Deliberately absent: making them visible, which the caller does.

use std::{
    fs::{self, File},
    io::Write,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use lanthan_core::{content::Content, text::Language};
use sha2::{Digest, Sha256};

use crate::{
    About, MANIFEST_NAME, NOTE_NAME, PDF_NAME, PackageError, Pages, SUMS_NAME, Stage,
    assemble::{hex, made},
    manifest::Manifest,
    pages::{count, tell},
    sums::{self, Sums},
};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its name in the folder.
    pub name: String,
    /// Its length.
    pub size_bytes: u64,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its number of pages; absent when it is no PDF.
    pub pages: Option<u32>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The files, the PDF first.
    pub files: Vec<WrittenFile>,
    /// The number of pages of the PDF.
    pub pages: u32,
}

/// Writes a package into an existing empty folder: the PDF, the manifest, the note, the checksums.
///
/// # Errors
///
/// [`PackageError`]; nothing is left in the folder then.
pub fn write(
    content: &Content,
    about: &About,
    pages: &mut dyn Pages,
    folder: &Path,
    progress: &mut dyn FnMut(Stage, u32, u32) -> ControlFlow<()>,
) -> Result<Written, PackageError> {
    if !is_empty_folder(folder) {
        return Err(PackageError::Folder(folder.display().to_string()));
    }
    let (pdf, page_count) = made(content, pages, progress)?;
    let note = note(content).into_bytes();
    let mut files =
        vec![described(PDF_NAME, &pdf, Some(page_count)), described(NOTE_NAME, &note, None)];
    let manifest = Manifest::of(content, about, &files).to_bytes()?;
    files.push(described(MANIFEST_NAME, &manifest, None));
    let sums: Sums = files.iter().map(|f| (f.name.clone(), f.sha256.clone())).collect();
    let sums = sums::to_text(&sums).into_bytes();
    files.push(described(SUMS_NAME, &sums, None));
    let bytes = [&pdf, &note, &manifest, &sums];
    let total = count(files.len());
    let mut begun = Begun { folder, names: Vec::new() };
    for (done, (file, bytes)) in (0..).zip(files.iter().zip(bytes)) {
        tell(progress, Stage::Write, done, total)?;
        begun.put(&file.name, bytes)?;
    }
    tell(progress, Stage::Write, total, total)?;
    begun.keep()?;
    Ok(Written { files, pages: page_count })
}

fn is_empty_folder(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn described(name: &str, bytes: &[u8], pages: Option<u32>) -> WrittenFile {
    WrittenFile {
        name: name.to_owned(),
        size_bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(bytes)),
        pages,
    }
}

/// The note: what this is and how to check it, first in English and then in Chinese. The words come
/// with the content; `{pdf}`, `{manifest}`, `{sums}` and `{command}` in them are filled in here.
fn note(content: &Content) -> String {
    let side = |word: &str, language| {
        let text = content.words.get(word).map(|text| text.side(language)).unwrap_or_default();
        lanthan_core::text::fill_side(text, |key| {
            let value = match key {
                "pdf" => PDF_NAME,
                "manifest" => MANIFEST_NAME,
                "sums" => SUMS_NAME,
                "command" => "sha256sum -c SHA256SUMS",
                _ => return None,
            };
            Some(value.to_owned())
        })
    };
    let part = |language| {
        let title = content.title.side(language);
        let recipient = content.recipient.side(language);
        let lead =
            format!("{}\n\n{title}\n{recipient}\n{}", side("note-title", language), content.day);
        [lead, side("note-body", language), side("note-check", language)].join("\n\n")
    };
    format!("{}\n\n\n{}\n", part(Language::En), part(Language::Zh))
}

/// Files that were begun; dropped before [`Begun::keep`], it removes them again.
struct Begun<'a> {
    folder: &'a Path,
    names: Vec<PathBuf>,
}

impl Begun<'_> {
    /// Writes one file whole and brings it to the disk.
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), PackageError> {
        let path = self.folder.join(name);
        let mut file =
            File::create_new(&path).map_err(|error| PackageError::from_io(&path, error))?;
        self.names.push(path.clone());
        fill(&mut file, bytes, &path)
    }

    /// Brings the folder's own entries to the disk and keeps the files.
    fn keep(mut self) -> Result<(), PackageError> {
        // Windows opens no folders; there the entries are on the disk with the files.
        if cfg!(unix) {
            File::open(self.folder)
                .and_then(|folder| folder.sync_all())
                .map_err(|error| PackageError::from_io(self.folder, error))?;
        }
        self.names.clear();
        Ok(())
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        for name in &self.names {
            // Nothing more can be done here; the caller removes the folder as well.
            let _ = fs::remove_file(name);
        }
    }
}

fn fill(file: &mut File, bytes: &[u8], path: &Path) -> Result<(), PackageError> {
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|error| PackageError::from_io(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_called_a_full_disk() {
        let mut full = File::options().write(true).open("/dev/full").unwrap();
        let error = fill(&mut full, b"bytes", Path::new("house/package.pdf")).unwrap_err();
        assert_eq!(error.code(), "disk-full");
        assert!(error.to_string().contains("package.pdf") && !error.to_string().contains("house"));
    }

    #[test]
    fn files_that_are_not_kept_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let mut begun = Begun { folder: folder.path(), names: Vec::new() };
        begun.put("one", b"1").unwrap();
        assert!(folder.path().join("one").exists());
        drop(begun);
        assert!(is_empty_folder(folder.path()));
    }
}
