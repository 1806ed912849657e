//! What does the reader do, file after file, until nobody asks any more?
//!
//! It is a process of its own, and it has given up everything but its two pipes before the first byte of
//! a file reaches it. Deliberately absent: keys, names, the vault, and any memory of the file before.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    ops::ControlFlow,
    process::ExitCode,
    sync::{Mutex, OnceLock, PoisonError},
};

use lanthan_core::clean::CleanPage;
use lanthan_media::{
    Likeness, Limits, Refusal, Revision, kept,
    list::{self, Encoding, ListError},
};

use super::{
    confine, frame,
    wire::{Ask, Part, Said},
};
use crate::exhibit::limits;

/// How much of a file is asked for at once, in bytes.
const PIECE_BYTES: u64 = 64 * 1024;

/// Where it speaks; a page that begins says so from another thread.
static OUTPUT: OnceLock<Mutex<File>> = OnceLock::new();

/// Serves until the pipe is closed.
pub(super) fn serve() -> ExitCode {
    match prepared().and_then(|mut input| run(&mut input)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// The pipe that files come from, once everything else is given up.
fn prepared() -> io::Result<File> {
    let (input, output, numbers) = pipes()?;
    let _ = OUTPUT.set(Mutex::new(output));
    // Made before everything is given up: what is read from the program's own parts then needs no file.
    let refused = confine::confine(numbers[0], numbers[1]).err();
    let is_ready = refused.is_none();
    say(&Said::Ready(refused), &[])?;
    if is_ready { Ok(input) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

#[cfg(unix)]
fn pipes() -> io::Result<(File, File, [i32; 2])> {
    use std::os::fd::{AsFd, AsRawFd};

    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let numbers = [input.as_raw_fd(), output.as_raw_fd()];
    Ok((input, output, numbers))
}

#[cfg(windows)]
fn pipes() -> io::Result<(File, File, [i32; 2])> {
    use std::os::windows::io::AsHandle;

    let input = File::from(io::stdin().as_handle().try_clone_to_owned()?);
    let output = File::from(io::stdout().as_handle().try_clone_to_owned()?);
    Ok((input, output, [0, 0]))
}

fn say(said: &Said, body: &[u8]) -> io::Result<()> {
    confine::show_life();
    let output = OUTPUT.get().ok_or(io::ErrorKind::NotConnected)?;
    frame::send(&mut *output.lock().unwrap_or_else(PoisonError::into_inner), said, body)
}

/// Says that the next page is begun; whoever waits goes on waiting.
fn say_alive() {
    // Nobody listens any more: the next answer finds that out.
    let _ = say(&Said::Alive, &[]);
}

fn run(input: &mut File) -> io::Result<()> {
    let limits = Limits { alive: say_alive, ..limits() };
    let mut body = Vec::new();
    loop {
        let ask: Ask = match frame::take(input, &mut body) {
            Ok(ask) => ask,
            // The program has closed the pipe: there is no more to read.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        };
        confine::show_life();
        let end = match answer(ask, &body, input, &limits) {
            Ok(()) => Said::Done,
            Err(ListError::Refused(refusal)) => Said::Refused(refusal.into()),
            Err(ListError::Faults(faults)) => Said::Faults(faults),
        };
        say(&end, &[])?;
    }
}

/// Does what is asked. Who has gone away in the middle is found out at the end.
fn answer(ask: Ask, untrusted: &[u8], input: &mut File, limits: &Limits) -> Result<(), ListError> {
    let part = |part: Part, body: &[u8]| {
        say(&Said::Part(part), body).map_err(|_| ListError::Refused(Refusal::Cancelled))
    };
    match ask {
        Ask::Probe => part(Part::Probe(lanthan_media::probe(untrusted, limits)?.into()), &[]),
        Ask::Parts => part(Part::Probe(lanthan_media::parts(untrusted, limits)?.into()), &[]),
        Ask::Look { edge_px } => {
            let (probe, jpeg) = lanthan_media::look(untrusted, edge_px, limits)?;
            part(Part::Probe(probe.into()), &jpeg.unwrap_or_default())
        }
        Ask::Clean(wish) => {
            Ok(lanthan_media::clean(untrusted, &wish.recipe(), limits, &mut say_page)?)
        }
        Ask::LookAndClean(wish) => {
            let recipe = wish.recipe();
            let probe = lanthan_media::look_and_clean(untrusted, &recipe, limits, &mut say_page)?;
            part(Part::Probe(probe.into()), &[])
        }
        Ask::Words => {
            let pages = lanthan_media::words(untrusted, limits)?;
            pages.into_iter().try_for_each(|words| part(Part::Words(words), &[]))
        }
        Ask::Image { page, edge_px } => {
            let made = lanthan_media::page_image(untrusted, page, edge_px, limits)?;
            let (width_px, height_px, jpeg) = made;
            part(Part::Image { width_px, height_px }, &jpeg)
        }
        Ask::Revisions => {
            let states = lanthan_media::revisions(untrusted, limits)?;
            states.into_iter().try_for_each(|Revision { number, pages, gone }| {
                part(Part::Revision { number, pages, gone }, &[])
            })
        }
        Ask::EarlierImage { number, page, edge_px } => {
            let made = lanthan_media::revision_image(untrusted, number, page, edge_px, limits)?;
            let (width_px, height_px, jpeg) = made;
            part(Part::Image { width_px, height_px }, &jpeg)
        }
        Ask::Likeness => {
            let likeness = Likeness::of(untrusted)?;
            part(Part::Likeness(likeness.fields().to_vec()), &[])
        }
        Ask::List { is_table, encoding } => {
            let encoding = encoding.as_deref().and_then(Encoding::of_word);
            let list = list::read(untrusted, is_table, encoding, limits)?;
            part(Part::List(list.into()), &[])
        }
        Ask::Recognise { size_bytes } => {
            let format = kept::recognise(&mut Far::new(input, size_bytes), limits)?;
            part(Part::Format(format), &[])
        }
        Ask::Kept { size_bytes } => {
            let probe = kept::probe(&mut Far::new(input, size_bytes), limits)?;
            part(Part::Probe(probe.into()), &[])
        }
    }
}

fn say_page(page: u32, clean: CleanPage) -> ControlFlow<()> {
    let (page, jpeg) = Part::of_page(page, clean);
    match say(&Said::Part(page), &jpeg) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}

/// A file of any length of which only those pieces come over that are asked for.
struct Far<'a> {
    input: &'a mut File,
    size_bytes: u64,
    at: u64,
    /// The piece that is here, and where it begins.
    piece: Vec<u8>,
    begins: u64,
}

impl<'a> Far<'a> {
    fn new(input: &'a mut File, size_bytes: u64) -> Self {
        Self { input, size_bytes, at: 0, piece: Vec::new(), begins: 0 }
    }

    fn here(&self) -> &[u8] {
        let skip = self.at.checked_sub(self.begins).and_then(|skip| usize::try_from(skip).ok());
        skip.and_then(|skip| self.piece.get(skip..)).unwrap_or_default()
    }
}

impl Read for Far<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size_bytes || room.is_empty() {
            return Ok(0);
        }
        if self.here().is_empty() {
            say(&Said::Want { at: self.at, most: PIECE_BYTES }, &[])?;
            let came: bool = frame::take(self.input, &mut self.piece)?;
            self.begins = self.at;
            if !came {
                return Err(io::Error::other("the medium cannot be read"));
            }
        }
        let here = self.here();
        let length = here.len().min(room.len());
        room[..length].copy_from_slice(&here[..length]);
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for Far<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size_bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
