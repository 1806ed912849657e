//! How does everything of a vault get into another folder, read back after writing?
//!
//! First the database, whole and without a log, beside its place; then originals as they are,
//! encrypted; what is there already is not written again. All that is needed is taken from the vault
//! at the beginning, so that the vault can be used meanwhile; it destroys nothing for as long.
//! Deliberately absent: which folder may be written to (see [`super::backup`]).

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    ops::ControlFlow,
    path::Path,
    sync::Arc,
};

use super::{Damaged, Progress, Vault, check};
use crate::{
    Contents, Damage, LedgerHead, Result, VaultError,
    database::{self, Database},
    durable,
    keys::{Copies, Header, Keys},
    object::{Expected, Owner, Place, Reader},
    table,
};

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// What the copy contains; the same as the vault.
    pub contents: Contents,
    /// Length of all its originals in bytes.
    pub size_bytes: u64,
    /// Originals that were written; the others were there.
    pub new_objects: u64,
    /// Their length in bytes.
    pub new_bytes: u64,
    /// Originals that are damaged in the vault and not whole in the copy.
    pub damaged: Vec<Damaged>,
    /// The end of the ledger. Kept apart from the copy, it proves that no line was cut off.
    pub ledger: LedgerHead,
}

/// Name of the copied database until it is known to be right.
const UNFINISHED: &str = "vault.db.new";
/// How much of a file is copied between two questions whether to go on.
const BITE: u64 = 4 * 1024 * 1024;
/// How many bites are brought to the disk at once: on a slow stick a stop must not wait for a whole
/// video.
const BITES_AT_ONCE: u32 = 16;

/// Hears how many bytes of one file are done, and answers whether to go on.
type GoOn<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

/// The vault as it was at one moment, to be copied.
pub(super) struct Source {
    pub(super) keys: Keys,
    pub(super) header: Header,
    pub(super) objects: Vec<Expected>,
    contents: Contents,
    ledger: LedgerHead,
    place: Place,
    /// While it is held, the vault destroys nothing.
    _kept: Arc<()>,
}

impl Vault {
    /// What the vault contains.
    pub(super) fn contents(&self) -> Result<Contents> {
        table::contents::of(self.database.read()?)
    }

    /// Takes all that a copy needs, and writes the database beside its place in `to`.
    pub(super) fn source(&self, to: &Path) -> Result<Source> {
        remove_unfinished(to)?;
        let source = Source {
            keys: self.keys.copied(),
            header: Copies::read(&self.folder)?.genuine(&self.keys)?.clone(),
            objects: table::object::all(self.database.read()?)?,
            contents: self.contents()?,
            ledger: self.verify_ledger()?,
            place: self.place.clone(),
            _kept: Arc::clone(&self.kept),
        };
        self.database.copy_to(&to.join(UNFINISHED))?;
        Ok(source)
    }
}

impl Source {
    /// Reads the copied database back and copies the originals; the database still waits for its name.
    pub(super) fn copy_into(&self, to: &Path, progress: Progress<'_>) -> Result<Copied> {
        let done = self.database_of(to).and_then(|database| {
            let copied = self.copy_objects(to, &database, progress)?;
            // Closed before the file gets its name.
            database.close()?;
            Ok(copied)
        });
        if done.is_err() {
            // Best effort: the next backup removes it as well.
            let _ = remove_unfinished(to);
        }
        done
    }

    /// The copied database, once every page and row of it is right.
    fn database_of(&self, to: &Path) -> Result<Database> {
        let path = to.join(UNFINISHED);
        let back = Database::open_frozen_file(&path, &self.keys).and_then(|copy| {
            copy.check()?;
            let same = table::contents::of(copy.read()?)? == self.contents;
            Ok(same.then_some(copy))
        });
        match back {
            Ok(Some(copy)) => Ok(copy),
            _ => Err(VaultError::CopyDamaged(path.display().to_string())),
        }
    }

    fn copy_objects(
        &self,
        to: &Path,
        database: &Database,
        progress: Progress<'_>,
    ) -> Result<Copied> {
        let total = self.objects.iter().map(|object| object.size_bytes).sum();
        let mut copied = Copied {
            contents: self.contents.clone(),
            size_bytes: total,
            new_objects: 0,
            new_bytes: 0,
            damaged: Vec::new(),
            ledger: self.ledger.clone(),
        };
        let place = Place::new(to);
        place.remove_parts()?;
        // Asked also where there is nothing to copy.
        if progress(0, total).is_break() {
            return Err(VaultError::Cancelled);
        }
        let mut done = 0;
        for object in &self.objects {
            if progress(done, total).is_break() {
                return Err(VaultError::Cancelled);
            }
            // An original never changes: one whose header and length are right is the same.
            if Reader::open(&place, self.owner(), *object).is_err() {
                let mut go_on = |bytes: u64| progress(done + bytes.min(object.size_bytes), total);
                if self.copy_object(&place, *object, &mut go_on)? {
                    copied.new_objects += 1;
                    copied.new_bytes += object.size_bytes;
                } else {
                    let damaged = check::damage(&self.place, self.owner(), database, *object)?;
                    copied.damaged.extend(damaged);
                }
            }
            done += object.size_bytes;
        }
        // The work is done: whether to go on is no longer a question.
        let _ = progress(total, total);
        Ok(copied)
    }

    /// Copies one original and reads it back; false when it was damaged before, and the rest is worth
    /// copying all the same.
    fn copy_object(&self, place: &Place, object: Expected, go_on: GoOn<'_>) -> Result<bool> {
        let open = |at: &Place| Reader::open(at, self.owner(), object);
        // Looked at first: what is no object at all is not copied.
        let back = open(&self.place)
            .and_then(|_| copy_object_file(&self.place, place, object, go_on))
            .and_then(|()| read_back(open(place)?, object.size_bytes, go_on));
        let error = match back {
            Ok(()) => return Ok(true),
            Err(error) => error,
        };
        let of_the_object = matches!(
            error,
            VaultError::ObjectDamaged { .. } | VaultError::Io { .. } | VaultError::NoPermission(_)
        );
        let reads = || open(&self.place).and_then(|at| read_back(at, object.size_bytes, go_on));
        match of_the_object.then(reads) {
            Some(Err(VaultError::Cancelled)) => Err(VaultError::Cancelled),
            Some(Err(_)) => place.destroy(object.id).map(|()| false),
            Some(Ok(())) if matches!(error, VaultError::ObjectDamaged { .. }) => {
                Err(VaultError::CopyDamaged(place.object(object.id).display().to_string()))
            }
            _ => Err(error),
        }
    }

    fn owner(&self) -> Owner<'_> {
        Owner::of(&self.keys)
    }
}

/// Reads an original to its end.
fn read_back(reader: Reader, size_bytes: u64, go_on: GoOn<'_>) -> Result<()> {
    let mut asking = Asking { go_on, done: size_bytes, is_stopped: false };
    let read = reader.copy_to(&mut asking);
    if asking.is_stopped { Err(VaultError::Cancelled) } else { read }
}

/// Takes what is read and asks on the way whether to go on.
struct Asking<'a> {
    go_on: GoOn<'a>,
    done: u64,
    is_stopped: bool,
}

impl Write for Asking<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.go_on)(self.done).is_break() {
            self.is_stopped = true;
            return Err(io::Error::other("stopped"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Copies the file of an object as it is, under the name of a part until it is on the disk.
pub(super) fn copy_object_file(
    from: &Place,
    to: &Place,
    object: Expected,
    go_on: GoOn<'_>,
) -> Result<()> {
    let part = to.part(object.id);
    let at = |source| VaultError::io(&part, source);
    let mut source = File::open(from.object(object.id)).map_err(|_| VaultError::ObjectDamaged {
        object: object.id.to_string(),
        what: Damage::Unreadable,
    })?;
    let mut target = durable::create_file(&part).map_err(at)?;
    let placed = copy_bytes(&mut source, &mut target, go_on)
        .map_err(at)
        .and_then(|is_whole| if is_whole { Ok(()) } else { Err(VaultError::Cancelled) })
        .and_then(|()| target.sync_all().map_err(at))
        .and_then(|()| to.put(&part, object.id));
    if placed.is_err() {
        // Best effort: the next opening removes it.
        let _ = fs::remove_file(&part);
    }
    placed
}

/// Copies all bytes; false when it was asked to stop.
fn copy_bytes(source: &mut File, target: &mut File, go_on: GoOn<'_>) -> io::Result<bool> {
    let mut done = 0;
    for bite in 1_u32.. {
        let length = io::copy(&mut source.take(BITE), target)?;
        if length == 0 {
            break;
        }
        done += length;
        if go_on(done).is_break() {
            return Ok(false);
        }
        if bite % BITES_AT_ONCE == 0 {
            target.sync_data()?;
        }
    }
    Ok(true)
}

/// Removes what a fault left of a database that was being copied.
pub(super) fn remove_unfinished(to: &Path) -> Result<()> {
    // What SQLite writes beside a database goes first: a journal without its database is nobody's.
    for ending in ["-journal", "-wal", "-shm", ""] {
        let path = to.join(format!("{UNFINISHED}{ending}"));
        durable::remove_if_there(&path).map_err(|source| VaultError::io(&path, source))?;
    }
    Ok(())
}

/// Gives the copied database its name.
pub(super) fn reveal_database(to: &Path) -> Result<()> {
    let path = to.join(database::NAME);
    fs::rename(to.join(UNFINISHED), &path)
        .and_then(|()| durable::sync_folder(to))
        .map_err(|source| VaultError::io(&path, source))
}
