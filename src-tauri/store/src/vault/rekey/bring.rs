//! How do database and originals come from one vault key to the next?
//!
//! What is to be lies beside what is (`rekey.db`, `rekey.headers`) until the key files lead to the new
//! key; from then on it takes its place, as often as a fault makes it begin again. Deliberately absent:
//! the key files (see the parent).

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Write},
    path::Path,
};

use super::Progress;
use crate::{
    Contents, Result, VaultError,
    database::{self, Database},
    durable,
    keys::{self, Copies, Keys},
    object::{self, HEADER_LEN, Owner, Place},
    table,
};

/// The database under the next key.
pub(crate) const DATABASE: &str = "rekey.db";
/// The headers of the originals under the next key, one after the other.
pub(crate) const HEADERS: &str = "rekey.headers";
const HEADER_BYTES: u64 = HEADER_LEN as u64;

/// Makes everything ready for the keys `next` beside what is there, and answers what the database will
/// contain. Whatever the error, nothing is changed but that some of it may lie there.
pub(super) fn prepare(
    folder: &Path,
    open: &Database,
    (now, next): (&Keys, &Keys),
    progress: Progress<'_>,
) -> Result<Contents> {
    let place = Place::new(folder);
    let owners = (Owner::of(now), Owner::of(next));
    let objects = table::object::all(open.read()?)?;
    let length = fs::metadata(folder.join(database::NAME)).map_or(0, |file| file.len());
    let total = length + objects.len() as u64 * HEADER_BYTES * 2;
    let mut done = 0;
    let path = folder.join(HEADERS);
    let at = |source| VaultError::io(&path, source);
    let mut file = BufWriter::new(durable::create_file(&path).map_err(at)?);
    for object in objects {
        stop_if_asked(progress, done, total)?;
        if let Some(header) = object::rewrap(&place, object.id, owners)? {
            file.write_all(header.as_slice()).map_err(at)?;
        }
        done += HEADER_BYTES;
    }
    file.into_inner()
        .map_err(io::IntoInnerError::into_error)
        .and_then(|file| file.sync_all())
        .map_err(at)?;
    stop_if_asked(progress, done, total)?;
    let contents = open.copy_rekeyed(&folder.join(DATABASE), (now, next))?;
    durable::sync_folder(folder).map_err(|source| VaultError::io(folder, source))?;
    stop_if_asked(progress, done + length, total)?;
    Ok(contents)
}

fn stop_if_asked(progress: Progress<'_>, done: u64, total: u64) -> Result<()> {
    if progress(done, total).is_break() { Err(VaultError::Cancelled) } else { Ok(()) }
}

/// Removes what was made ready and does not count.
pub(crate) fn discard(folder: &Path) -> Result<()> {
    // What SQLite writes beside a database goes first: a journal without its database is nobody's.
    for ending in ["-journal", "-wal", "-shm", ""] {
        remove(folder, &format!("{DATABASE}{ending}"))?;
    }
    remove(folder, HEADERS)
}

fn remove(folder: &Path, name: &str) -> Result<()> {
    let path = folder.join(name);
    durable::remove_if_there(&path).map_err(|source| VaultError::io(&path, source))
}

/// Lets the database under the next key take its place; that it has taken it already is no fault. The
/// database before is closed.
pub(super) fn put_database(folder: &Path) -> Result<()> {
    let waiting = folder.join(DATABASE);
    if !waiting.is_file() {
        return Ok(());
    }
    database::remove_log(folder)?;
    fs::rename(&waiting, folder.join(database::NAME))
        .and_then(|()| durable::sync_folder(folder))
        .map_err(|source| VaultError::io(&waiting, source))
}

/// Writes the headers over the old ones; false when one could not be written and must be tried
/// again. `progress` is told, not asked.
pub(super) fn put_headers(folder: &Path, owner: Owner<'_>, progress: Progress<'_>) -> Result<bool> {
    let path = folder.join(HEADERS);
    let at = |source| VaultError::io(&path, source);
    let file = match File::open(&path) {
        // All were written; only the key files did not come to say so.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        file => file.map_err(at)?,
    };
    let count = file.metadata().map_err(at)?.len() / HEADER_BYTES;
    let place = Place::new(folder);
    let (mut headers, mut header, mut all) =
        (BufReader::new(file), Box::new([0; HEADER_LEN]), true);
    for number in 0..count {
        let _ = progress((count + number) * HEADER_BYTES, count * HEADER_BYTES * 2);
        headers.read_exact(header.as_mut_slice()).map_err(at)?;
        match object::bring_over(&place, owner, &header) {
            // A header that was damaged helps nobody: its original opens by the key before.
            Ok(()) | Err(VaultError::ObjectDamaged { .. }) => {}
            Err(_) => all = false,
        }
    }
    let _ = progress(count * HEADER_BYTES * 2, count * HEADER_BYTES * 2);
    Ok(all)
}

/// Lets the key files say that everything was brought over.
pub(super) fn settle(folder: &Path, keys: &Keys) -> Result<()> {
    let copies = Copies::read(folder)?;
    let mut header = copies.genuine(keys)?.clone();
    header.set_pending(false);
    header.seal(copies.newest().generation() + 1, &keys.header);
    forget_copies(folder)?;
    keys::write(folder, &header)?;
    remove(folder, HEADERS)
}

/// Removes the copies that were made before the database took a new shape: whoever has the key before
/// reads them, and the database, read to its last page on the way here, took their place long ago.
fn forget_copies(folder: &Path) -> Result<()> {
    let at = |source| VaultError::io(folder, source);
    let entries = match fs::read_dir(folder.join(database::COPIES)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(at)?,
    };
    for entry in entries {
        let path = entry.map_err(at)?.path();
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        if name.starts_with(b"pre-v") {
            durable::remove_if_there(&path).map_err(at)?;
        }
    }
    Ok(())
}
