//! Is a package's folder still what was released?
//!
//! Checksums, manifest and files are compared with each other, so that a change of any byte of any
//! of them is found and the file named. Needs no vault and trusts nothing in the folder.
//! Deliberately absent: who released it. Whoever can replace every file can make a new package.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::Read,
    path::Path,
};

use sha2::{Digest, Sha256};

use crate::{
    MANIFEST_NAME, NOTE_NAME, PDF_NAME, SUMS_NAME,
    assemble::hex,
    inspect::open,
    manifest::{ListedFile, Manifest},
    pages::count,
    sums::{self, Sums},
};

/// The files of a package; there are no others.
const NAMES: [&str; 4] = [PDF_NAME, MANIFEST_NAME, NOTE_NAME, SUMS_NAME];
/// The longest manifest or list of checksums that is read.
const MAX_LIST_BYTES: u64 = 64 << 20;

/// A package that is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Number of files, with manifest and checksums.
    pub files: u32,
    /// Number of pages of the PDF.
    pub pages: u32,
}

/// Something that is not as it was released.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Discrepancy {
    /// The file, or the folder itself.
    pub file: String,
    /// What is not right.
    pub what: String,
}

/// Compares a package's folder with itself.
///
/// # Errors
///
/// Everything that is not as it was released, sorted by file; never empty.
pub fn verify(folder: &Path) -> Result<Verified, Vec<Discrepancy>> {
    let mut report = Report::default();
    let found = read_folder(folder, &mut report);
    let sums = read_list(folder, SUMS_NAME, &mut report, sums::parse);
    let manifest = read_list(folder, MANIFEST_NAME, &mut report, Manifest::parse);
    if let Some(manifest) = &manifest {
        against_manifest(&manifest.files, &found, &mut report);
    }
    if let Some(sums) = &sums {
        against_sums(sums, manifest.as_ref(), &found, &mut report);
    }
    let pages = pages(folder, manifest.as_ref(), &mut report);
    if report.0.is_empty() {
        Ok(Verified { files: count(found.len()), pages })
    } else {
        Err(report.0.into_iter().collect())
    }
}

#[derive(Default)]
struct Report(BTreeSet<Discrepancy>);

impl Report {
    fn add(&mut self, file: &str, what: impl Into<String>) {
        self.0.insert(Discrepancy { file: file.to_owned(), what: what.into() });
    }
}

/// Length and hash of every file; what is missing, foreign or no file is reported.
fn read_folder(folder: &Path, report: &mut Report) -> BTreeMap<String, (u64, String)> {
    let mut found = BTreeMap::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            report.add(&folder.display().to_string(), format!("cannot be read: {error}"));
            return found;
        }
    };
    for entry in entries {
        let Ok(entry) = entry else {
            report.add(&folder.display().to_string(), "cannot be listed");
            continue;
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        if !NAMES.contains(&name.as_str()) {
            report.add(&name, "does not belong to the package");
        } else if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            report.add(&name, "is no ordinary file");
        } else {
            match hash(&entry.path()) {
                Ok(read) => {
                    found.insert(name, read);
                }
                Err(error) => report.add(&name, format!("cannot be read: {error}")),
            }
        }
    }
    for name in NAMES {
        if !found.contains_key(name) && !report.0.iter().any(|known| known.file == name) {
            report.add(name, "is missing");
        }
    }
    found
}

fn hash(path: &Path) -> std::io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut len) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((len, hex(&hasher.finalize())));
        }
        hasher.update(&buffer[..read]);
        len += read as u64;
    }
}

fn read_list<T>(
    folder: &Path,
    name: &str,
    report: &mut Report,
    parse: impl Fn(&[u8]) -> Option<T>,
) -> Option<T> {
    if report.0.iter().any(|known| known.file == name) {
        return None;
    }
    let mut untrusted = Vec::new();
    let read = File::open(folder.join(name))
        .and_then(|file| file.take(MAX_LIST_BYTES).read_to_end(&mut untrusted));
    let parsed = read.ok().and_then(|_| parse(&untrusted));
    if parsed.is_none() {
        report.add(name, "was altered: it is not in the form that it was written in");
    }
    parsed
}

fn against_manifest(
    listed: &[ListedFile],
    found: &BTreeMap<String, (u64, String)>,
    report: &mut Report,
) {
    let names: Vec<&str> = listed.iter().map(|file| file.name.as_str()).collect();
    if names != [PDF_NAME, NOTE_NAME] {
        report.add(MANIFEST_NAME, "was altered: it names other files");
    }
    for file in listed {
        if let Some((len, sum)) = found.get(&file.name)
            && (*len, sum) != (file.size_bytes, &file.sha256)
        {
            report.add(&file.name, "is not the file that the manifest names");
        }
    }
}

fn against_sums(
    sums: &Sums,
    manifest: Option<&Manifest>,
    found: &BTreeMap<String, (u64, String)>,
    report: &mut Report,
) {
    let names: Vec<&str> = sums.keys().map(String::as_str).collect();
    let mut wanted = [PDF_NAME, MANIFEST_NAME, NOTE_NAME];
    wanted.sort_unstable();
    if names != wanted {
        report.add(SUMS_NAME, "was altered: it names other files");
    }
    for (name, sum) in sums {
        let Some((_, own)) = found.get(name) else { continue };
        if own == sum {
            continue;
        }
        let listed = manifest.and_then(|manifest| manifest.files.iter().find(|f| f.name == *name));
        match listed {
            // Two against one: the manifest says the same as the file itself.
            Some(file) if file.sha256 == *own => {
                report.add(SUMS_NAME, format!("was altered: it names another {name}"));
            }
            _ => {
                report.add(name, "is not the file that the checksums name");
                // Nothing else tells which of the two was altered.
                if name == MANIFEST_NAME {
                    report.add(SUMS_NAME, "and the manifest do not belong together");
                }
            }
        }
    }
}

/// Opens the PDF again, unless something is known to be wrong already: then it may be anybody's.
fn pages(folder: &Path, manifest: Option<&Manifest>, report: &mut Report) -> u32 {
    if !report.0.is_empty() {
        return 0;
    }
    let opened = fs::read(folder.join(PDF_NAME)).ok().and_then(|pdf| open(&pdf).ok());
    let Some(document) = opened else {
        report.add(PDF_NAME, "cannot be opened");
        return 0;
    };
    let pages = count(document.page_iter().count());
    let listed = manifest
        .and_then(|manifest| manifest.files.iter().find(|file| file.name == PDF_NAME))
        .and_then(|file| file.pages);
    if manifest.is_some() && listed != Some(pages) {
        report.add(MANIFEST_NAME, "was altered: it names another number of pages");
    }
    pages
}
