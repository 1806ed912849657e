//! Where are hostile bytes read, so that a crash cannot take the vault with it?
//!
//! In a process of its own, which is this program once more and has given up files, sockets, other
//! programs and much memory. It gets a file over a pipe and gives back plain answers; whatever happens to
//! it happens to one file. Every use case that decodes anything goes through here; what cannot be read
//! there is not read at all. Deliberately absent: decoders (media crate).

mod confine;
mod frame;
mod process;
mod serve;
mod stop;
mod wire;

use std::{
    ffi::OsString,
    io::SeekFrom,
    ops::ControlFlow,
    process::ExitCode,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

use lanthan_core::{
    clean::{CleanPage, Word},
    exhibit::Format,
};
use lanthan_media::{
    Likeness, Probe, Recipe, Refusal, Revision,
    kept::Source,
    list::{Encoding, List},
};

pub(crate) use self::stop::Stop;
use self::{
    process::{Halt, PATIENCE, Reader},
    wire::{Ask, Part, Wish},
};
use crate::{Error, Result};

/// The word that makes the program a reader.
const WORD: &str = "--lanthan-reader";

/// So many readers wait for the next file; more are started when more files are read at once.
const MOST_IDLE: usize = 4;

/// How often a reader is started for one file before the program gives up.
const MOST_STARTS: u32 = 3;

/// Set once the program has said that it can be its own reader.
static SERVES: OnceLock<()> = OnceLock::new();

static IDLE: Mutex<Vec<Reader>> = Mutex::new(Vec::new());

/// To be called before anything else by every program that opens files: when it was started as a reader
/// it serves as one and answers its exit code.
#[must_use]
pub fn serve_if_asked() -> Option<ExitCode> {
    let _ = SERVES.set(());
    (std::env::args_os().nth(1)?.as_os_str() == WORD).then(serve::serve)
}

/// Ends the readers that wait: with the vault, what they may still hold of its files is gone.
pub(crate) fn dismiss() {
    let idle = std::mem::take(&mut *idle());
    drop(idle);
}

/// Dismisses the readers when it is dropped.
pub(crate) struct Dismissing;

impl Drop for Dismissing {
    fn drop(&mut self) {
        dismiss();
    }
}

fn idle() -> MutexGuard<'static, Vec<Reader>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The program to start.
fn program() -> std::result::Result<OsString, String> {
    if SERVES.get().is_some() {
        // The very program that runs, also when an update has put another in its place.
        if cfg!(target_os = "linux") {
            return Ok("/proc/self/exe".into());
        }
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        return Ok(own.into_os_string());
    }
    // A program of tests has no beginning of its own; cargo has put the terminal program beside it.
    if cfg!(debug_assertions)
        && let Ok(own) = std::env::current_exe()
    {
        let name = format!("lanthan-cli{}", std::env::consts::EXE_SUFFIX);
        let beside = own.ancestors().skip(1).take(2).map(|folder| folder.join(&name));
        if let Some(found) = beside.into_iter().find(|path| path.is_file()) {
            return Ok(found.into_os_string());
        }
    }
    Err("this program has not said that it can be one".to_owned())
}

fn ready() -> Result<Reader> {
    loop {
        let waiting = idle().pop();
        match waiting {
            Some(reader) if reader.is_alive() => return Ok(reader),
            Some(_) => {}
            None => break,
        }
    }
    let program = program().map_err(Error::NoReader)?;
    // Whatever ended one before it was ready need not end the next.
    let mut started = Reader::start(&program, WORD, PATIENCE);
    for _ in 1..MOST_STARTS {
        if started.is_ok() {
            break;
        }
        started = Reader::start(&program, WORD, PATIENCE);
    }
    started.map_err(Error::NoReader)
}

/// Asks a reader about a file.
fn ask(
    ask: &Ask,
    untrusted: &[u8],
    source: Option<&mut dyn Source>,
    take: &mut dyn FnMut(Part, &mut Vec<u8>) -> ControlFlow<()>,
) -> Result<()> {
    let mut reader = ready()?;
    let answer = reader.ask(ask, untrusted, source, take);
    put_back(reader, answer)
}

/// Keeps a reader that can go on, and says what came of its file.
fn put_back(reader: Reader, answer: std::result::Result<(), Halt>) -> Result<()> {
    let answer = match answer {
        Ok(()) => Ok(()),
        Err(Halt::Refused(refusal)) => Err(refusal.into()),
        Err(Halt::Faults(faults)) => Err(Error::List(faults)),
        Err(Halt::Stopped) => return Err(Refusal::Cancelled.into()),
        Err(Halt::Gone) => return Err(reader.buried().into()),
    };
    let mut idle = idle();
    if idle.len() < MOST_IDLE {
        idle.push(reader);
    }
    answer
}

/// The one part of an answer that has only one.
fn one<T>(
    question: &Ask,
    untrusted: &[u8],
    source: Option<&mut dyn Source>,
    mut read: impl FnMut(Part, &mut Vec<u8>) -> Option<T>,
) -> Result<T> {
    let mut answer = None;
    ask(question, untrusted, source, &mut |part, body| {
        answer = read(part, body);
        ControlFlow::Continue(())
    })?;
    answer.ok_or(Refusal::BreaksReader.into())
}

fn probe_of(part: Part) -> Option<Probe> {
    match part {
        Part::Probe(found) => Some(found.into()),
        _ => None,
    }
}

/// As [`lanthan_media::probe`].
pub(crate) fn probe(untrusted: &[u8]) -> Result<Probe> {
    one(&Ask::Probe, untrusted, None, |part, _| probe_of(part))
}

/// As [`lanthan_media::parts`].
pub(crate) fn parts(untrusted: &[u8]) -> Result<Probe> {
    one(&Ask::Parts, untrusted, None, |part, _| probe_of(part))
}

/// As [`lanthan_media::look`].
pub(crate) fn look(untrusted: &[u8], edge_px: u32) -> Result<(Probe, Option<Vec<u8>>)> {
    one(&Ask::Look { edge_px }, untrusted, None, |part, body| {
        let jpeg = std::mem::take(body);
        Some((probe_of(part)?, (!jpeg.is_empty()).then_some(jpeg)))
    })
}

/// As [`lanthan_media::clean`].
pub(crate) fn clean(
    untrusted: &[u8],
    recipe: &Recipe<'_>,
    take: &mut dyn FnMut(u32, CleanPage) -> ControlFlow<()>,
) -> Result<()> {
    let wish = Ask::Clean(Wish::of(recipe));
    ask(&wish, untrusted, None, &mut |part, body| match page_of(part, body) {
        Ok((page, clean)) => take(page, clean),
        Err(_) => ControlFlow::Continue(()),
    })
}

/// As [`lanthan_media::look_and_clean`]; `stop` ends it at once, in the middle of a page as well.
pub(crate) fn look_and_clean(
    untrusted: &[u8],
    recipe: &Recipe<'_>,
    stop: &Stop,
    take: &mut dyn FnMut(u32, CleanPage) -> ControlFlow<()>,
) -> Result<Probe> {
    let wish = Ask::LookAndClean(Wish::of(recipe));
    let mut probe = None;
    let mut reader = ready()?;
    let watched = stop.watch(&reader);
    let answer = reader.ask(&wish, untrusted, None, &mut |part, body| match page_of(part, body) {
        Ok((page, clean)) => take(page, clean),
        Err(part) => {
            probe = probe_of(part);
            ControlFlow::Continue(())
        }
    });
    drop(watched);
    if stop.is_over() {
        return Err(Error::Cancelled);
    }
    put_back(reader, answer)?;
    probe.ok_or(Refusal::BreaksReader.into())
}

fn page_of(part: Part, body: &mut Vec<u8>) -> std::result::Result<(u32, CleanPage), Part> {
    match part {
        Part::Page { page, width_px, height_px, size_pt, words } => {
            let jpeg = std::mem::take(body);
            Ok((page, CleanPage { width_px, height_px, jpeg, size_pt, words }))
        }
        other => Err(other),
    }
}

/// As [`lanthan_media::words`].
pub(crate) fn words(untrusted: &[u8]) -> Result<Vec<Vec<Word>>> {
    let mut pages = Vec::new();
    ask(&Ask::Words, untrusted, None, &mut |part, _| {
        if let Part::Words(words) = part {
            pages.push(words);
        }
        ControlFlow::Continue(())
    })?;
    Ok(pages)
}

/// As [`lanthan_media::thumbnail`].
pub(crate) fn thumbnail(untrusted: &[u8], edge_px: u32) -> Result<Vec<u8>> {
    page_image(untrusted, 1, edge_px).map(|(_, _, jpeg)| jpeg)
}

/// As [`lanthan_media::page_image`].
pub(crate) fn page_image(untrusted: &[u8], page: u32, edge_px: u32) -> Result<(u32, u32, Vec<u8>)> {
    one(&Ask::Image { page, edge_px }, untrusted, None, image_of)
}

fn image_of(part: Part, body: &mut Vec<u8>) -> Option<(u32, u32, Vec<u8>)> {
    match part {
        Part::Image { width_px, height_px } => Some((width_px, height_px, std::mem::take(body))),
        _ => None,
    }
}

/// As [`lanthan_media::revisions`].
pub(crate) fn revisions(untrusted: &[u8]) -> Result<Vec<Revision>> {
    let mut states = Vec::new();
    ask(&Ask::Revisions, untrusted, None, &mut |part, _| {
        if let Part::Revision { number, pages, gone } = part {
            states.push(Revision { number, pages, gone });
        }
        ControlFlow::Continue(())
    })?;
    Ok(states)
}

/// As [`lanthan_media::revision_image`].
pub(crate) fn revision_image(
    untrusted: &[u8],
    number: u32,
    page: u32,
    edge_px: u32,
) -> Result<(u32, u32, Vec<u8>)> {
    one(&Ask::EarlierImage { number, page, edge_px }, untrusted, None, image_of)
}

/// As [`Likeness::of`].
pub(crate) fn likeness(jpeg: &[u8]) -> Result<Likeness> {
    one(&Ask::Likeness, jpeg, None, |part, _| match part {
        Part::Likeness(fields) => Likeness::of_fields(fields),
        _ => None,
    })
}

/// As [`lanthan_media::list::read`].
pub(crate) fn list(untrusted: &[u8], is_table: bool, wanted: Option<Encoding>) -> Result<List> {
    let encoding = wanted.map(|encoding| encoding.word().to_owned());
    one(&Ask::List { is_table, encoding }, untrusted, None, |part, _| match part {
        Part::List(lines) => Some(lines.into()),
        _ => None,
    })
}

/// As [`lanthan_media::kept::recognise`].
pub(crate) fn recognise(untrusted: &mut dyn Source) -> Result<Format> {
    let size_bytes = size(untrusted)?;
    one(&Ask::Recognise { size_bytes }, &[], Some(untrusted), |part, _| match part {
        Part::Format(format) => Some(format),
        _ => None,
    })
}

/// As [`lanthan_media::kept::probe`].
pub(crate) fn probe_kept(untrusted: &mut dyn Source) -> Result<Probe> {
    let size_bytes = size(untrusted)?;
    one(&Ask::Kept { size_bytes }, &[], Some(untrusted), |part, _| probe_of(part))
}

fn size(untrusted: &mut dyn Source) -> Result<u64> {
    let end = untrusted.seek(SeekFrom::End(0));
    end.map_err(|_| Refusal::Damaged("its medium cannot be read").into())
}
