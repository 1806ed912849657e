//! How are clean copies of many files made at once, without a vault?
//!
//! Each processor takes the next file; a copy is on the disk when all are, in one step, and named by its
//! file's place in the call, so that the same call gives the same bytes whoever was first. Deliberately
//! absent: a second look at a file that was decoded, and names of the files that leave.

use std::{
    num::NonZero,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use lanthan_core::{
    clean::Trace,
    exhibit::{Area, Format, Mask},
};
use lanthan_media::{Probe, Recipe, Refusal};
use lanthan_store::outside::{self, Incoming, Outgoing};

use crate::{
    Error, Progress, Result, Step,
    exhibit::MAX_FILE_BYTES,
    import::{self, MAX_KEPT_BYTES},
    reader::{self, Stop},
};

/// Greatest number of bytes of the files that are under way at once; a longer one is alone.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Longer files are looked at in pieces first: what is kept inside is never read whole.
const READ_AT_ONCE_BYTES: u64 = 32 * 1024 * 1024;
/// Greatest number of files under way at once.
const MOST_THREADS: usize = 8;

/// What a copy shall look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Greatest length of a page's longer side, in pixels; at least 16.
    pub max_edge_px: u32,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// What to cover; their widths grow to a step. Only for a single file.
    pub masks: Vec<Mask>,
}

impl Default for Wish {
    fn default() -> Self {
        let Recipe { max_edge_px, quality, .. } = Recipe::default();
        Self { max_edge_px, quality, masks: Vec::new() }
    }
}

/// A clean copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The file that it was made from, as it was named.
    pub source: String,
    /// Its name in the target folder.
    pub name: String,
    /// What was in the file and is not in the copy.
    pub removed: Vec<Trace>,
}

/// What came of cleaning.
#[derive(Debug, Default)]
pub struct Cleaned {
    /// The copies, in the order of the files.
    pub copies: Vec<Copy>,
    /// The files that were refused, with the reason.
    pub refused: Vec<(String, Error)>,
}

/// Makes clean copies in a new or empty folder; names are neutral (`clean-1.jpg`). A refused file
/// does not keep the others from being done.
///
/// # Errors
///
/// [`Error::Outside`] when the folder is not empty or the disk is full, [`Error::BadMask`],
/// [`Error::Cancelled`]; nothing is left there then.
pub fn clean(
    files: &[PathBuf],
    out: &Path,
    wish: &Wish,
    progress: Progress<'_>,
) -> Result<Cleaned> {
    let is_valid = |mask: &Mask| mask.area.is_valid() && mask.page > 0;
    if !wish.masks.iter().all(is_valid) || (files.len() > 1 && !wish.masks.is_empty()) {
        return Err(Error::BadMask);
    }
    let snapped = |mask: &Mask| Mask { area: Area::snapped(mask.area), ..*mask };
    let masks: Vec<Mask> = wish.masks.iter().map(snapped).collect();
    let (max_edge_px, quality) = (wish.max_edge_px.max(16), wish.quality);
    let recipe = Recipe { masks: &masks, max_edge_px, quality, ..Recipe::default() };
    let outgoing = Outgoing::prepare(out)?;
    let mut made = at_once(files, &recipe, &outgoing, progress)?;
    made.sort_by_key(|(number, _)| *number);
    let mut cleaned = Cleaned::default();
    for (number, result) in made {
        let source = files[number].display().to_string();
        match result {
            Ok((name, removed)) => cleaned.copies.push(Copy { source, name, removed }),
            Err(error) => cleaned.refused.push((source, error)),
        }
    }
    if !cleaned.copies.is_empty() {
        outgoing.finish()?;
    }
    Ok(cleaned)
}

/// The name of a copy and what is not in it.
type Made = (String, Vec<Trace>);

/// Cleans files on every processor; answers each with its number, in the order in which they were done.
fn at_once(
    files: &[PathBuf],
    recipe: &Recipe<'_>,
    outgoing: &Outgoing,
    progress: Progress<'_>,
) -> Result<Vec<(usize, Result<Made>)>> {
    let total = files.len() as u64;
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.clamp(1, MOST_THREADS).min(files.len().max(1));
    let (next, room, stop) = (AtomicUsize::new(0), Room::default(), Stop::default());
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (send, next, room, stop) = (send.clone(), &next, &room, &stop);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    let Some(file) = files.get(number).filter(|_| !stop.is_over()) else { return };
                    let held = room.take(outside::size_bytes(file));
                    let made = copy(file, number, recipe, outgoing, stop);
                    drop(held);
                    if send.send((number, made)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut all = Vec::with_capacity(files.len());
        let mut told = |done: usize| progress(Step { stage: "clean", done: done as u64, total });
        let mut end = if told(0).is_break() { Err(Error::Cancelled) } else { Ok(()) };
        while end.is_ok()
            && let Ok((number, made)) = receive.recv()
        {
            match made {
                Err(error) if !error.is_about_the_file() => end = Err(error),
                made => all.push((number, made)),
            }
            if end.is_ok() && told(all.len()).is_break() {
                end = Err(Error::Cancelled);
            }
        }
        if end.is_err() {
            stop.now();
        }
        end.map(|()| all)
    })
}

/// Makes one clean copy in the folder that nobody sees yet.
fn copy(
    file: &Path,
    number: usize,
    recipe: &Recipe<'_>,
    outgoing: &Outgoing,
    stop: &Stop,
) -> Result<Made> {
    let untrusted = whole(file)?;
    let mut pages = Vec::new();
    let take = &mut |_, page| {
        pages.push(page);
        ControlFlow::Continue(())
    };
    let Probe { format, traces, .. } = reader::look_and_clean(&untrusted, recipe, stop, take)?;
    drop(untrusted);
    let (bytes, ending) = if format == Format::Pdf || pages.len() > 1 {
        (lanthan_package::rebuild(&pages)?, "pdf")
    } else {
        (pages.pop().map(|page| page.jpeg).unwrap_or_default(), "jpg")
    };
    let name = format!("clean-{}.{ending}", number + 1);
    outgoing.write_for_now(&name, &bytes)?;
    Ok((name, traces))
}

/// All of a file that may leave.
fn whole(file: &Path) -> Result<Vec<u8>> {
    let mut file = Incoming::open(file, MAX_KEPT_BYTES)?;
    if file.size_bytes() > READ_AT_ONCE_BYTES {
        let format = reader::recognise(&mut file);
        let format = format.map_err(|error| file.take_failure().map_or(error, Error::from))?;
        if let Some(kept) = format.kept_inside() {
            return Err(Refusal::StaysInside(kept).into());
        }
        if file.size_bytes() > MAX_FILE_BYTES {
            return Err(Refusal::TooLarge { limit_mb: MAX_FILE_BYTES / (1024 * 1024) }.into());
        }
    }
    import::all(&mut file)
}

/// How much may be under way at once.
#[derive(Default)]
struct Room {
    bytes: Mutex<u64>,
    changed: Condvar,
}

/// A part of it that a file holds.
struct Held<'a>(&'a Room, u64);

impl Room {
    fn enter(&self) -> MutexGuard<'_, u64> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room for a file; one that is longer than all of it waits to be alone.
    fn take(&self, bytes: u64) -> Held<'_> {
        let bytes = bytes.min(MOST_BYTES);
        let mut held = self.enter();
        while *held + bytes > MOST_BYTES {
            held = self.changed.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        *held += bytes;
        Held(self, bytes)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *self.0.enter() -= self.1;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

    use super::*;

    #[test]
    fn no_more_is_under_way_than_there_is_room_for() {
        let (room, under_way, most) = (Room::default(), AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for number in 0..40_u64 {
                let (room, under_way, most) = (&room, &under_way, &most);
                scope.spawn(move || {
                    let bytes = (number % 5) * MOST_BYTES / 3;
                    let held = room.take(bytes);
                    let bytes = bytes.min(MOST_BYTES);
                    let now = under_way.fetch_add(bytes, Ordering::SeqCst) + bytes;
                    most.fetch_max(now, Ordering::SeqCst);
                    thread::yield_now();
                    under_way.fetch_sub(bytes, Ordering::SeqCst);
                    drop(held);
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= MOST_BYTES);
        assert_eq!(*room.enter(), 0);
    }
}
