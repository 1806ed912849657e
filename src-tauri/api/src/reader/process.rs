//! How is a reader started, asked, watched and replaced?
//!
//! It is this program once more, started with one word and nothing else: no environment, no file but two
//! pipes, no key. One that dies or stays silent costs the file that it had, and the next file gets a
//! new one. Deliberately absent: reading a file in this process when none can be started.

use std::{
    ffi::OsStr,
    io::{self, Read, SeekFrom},
    ops::ControlFlow,
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use lanthan_core::questionnaire::Fault;
use lanthan_media::{Refusal, kept::Source};

use super::{
    frame,
    wire::{Ask, Part, Said},
};

/// How long a reader may be silent. What works for too long ends itself before (confine); this is for a
/// reader that waits for something, on a computer that may have much else to do.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);

/// Greatest number of messages about one file.
const MOST_MESSAGES: u32 = 1_000_000;
/// Greatest length of a piece that a reader gets at once, in bytes.
const MOST_PIECE_BYTES: u64 = 1024 * 1024;

/// Why a file has no answer.
#[derive(Debug)]
pub(super) enum Halt {
    /// It is refused.
    Refused(Refusal),
    /// It is a list that cannot be taken.
    Faults(Vec<Fault>),
    /// The caller stopped it.
    Stopped,
    /// The reader is gone.
    Gone,
}

/// A reader that was started.
pub(super) struct Reader {
    child: Arc<Mutex<Child>>,
    input: ChildStdin,
    output: ChildStdout,
    watch: Arc<Watch>,
    patience: Duration,
    body: Vec<u8>,
}

impl Reader {
    /// Starts a program with the word that makes it a reader.
    ///
    /// # Errors
    ///
    /// Why it cannot be started, in words.
    pub(super) fn start(program: &OsStr, word: &str, patience: Duration) -> Result<Self, String> {
        #[expect(clippy::disallowed_methods, reason = "it is this program, and no other")]
        let mut command = Command::new(program);
        command.arg(word).env_clear();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(unix)]
        command.current_dir("/");
        #[cfg(windows)]
        {
            use std::os::windows::process::CommandExt;
            /// `CREATE_NO_WINDOW`: no console appears for a moment.
            const NO_WINDOW: u32 = 0x0800_0000;
            command.creation_flags(NO_WINDOW);
            command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        }
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("it has no pipes".to_owned());
        };
        let child = Arc::new(Mutex::new(child));
        let watch = Arc::new(Watch::default());
        let (watching, watched) = (Arc::clone(&watch), Arc::clone(&child));
        thread::Builder::new()
            .name("reader watch".to_owned())
            .spawn(move || watching.keep(&watched))
            .map_err(|error| error.to_string())?;
        let mut reader = Self { child, input, output, watch, patience, body: Vec::new() };
        reader.watch.until(Some(patience));
        match reader.hear() {
            Ok(Said::Ready(None)) => {
                reader.watch.until(None);
                Ok(reader)
            }
            Ok(Said::Ready(Some(why))) => Err(why),
            _ => Err("it does not answer".to_owned()),
        }
    }

    /// Its process, for whoever may have to end it.
    pub(super) fn child(&self) -> Arc<Mutex<Child>> {
        Arc::clone(&self.child)
    }

    /// True when it still lives, as far as anybody knows.
    pub(super) fn is_alive(&self) -> bool {
        matches!(enter(&self.child).try_wait(), Ok(None))
    }

    /// Asks something about a file and hands over the parts of the answer, each with its bytes. `source`
    /// gives the pieces of a file that is asked for piece by piece.
    ///
    /// # Errors
    ///
    /// [`Halt`]; after [`Halt::Stopped`] and [`Halt::Gone`] the reader is of no more use.
    pub(super) fn ask(
        &mut self,
        ask: &Ask,
        untrusted: &[u8],
        mut source: Option<&mut dyn Source>,
        take: &mut dyn FnMut(Part, &mut Vec<u8>) -> ControlFlow<()>,
    ) -> Result<(), Halt> {
        self.watch.until(Some(self.patience));
        frame::send(&mut self.input, ask, untrusted).map_err(|_| Halt::Gone)?;
        for _ in 0..MOST_MESSAGES {
            let said = self.hear().map_err(|_| Halt::Gone)?;
            self.watch.until(Some(self.patience));
            match (said, &mut source) {
                (Said::Alive, _) => {}
                (Said::Want { at, most }, Some(source)) => self.lend(*source, at, most)?,
                (Said::Part(part), _) => {
                    if take(part, &mut self.body).is_break() {
                        return Err(Halt::Stopped);
                    }
                }
                (end, _) => {
                    self.watch.until(None);
                    return match end {
                        Said::Done => Ok(()),
                        Said::Refused(why) => Err(Halt::Refused(why.into())),
                        Said::Faults(faults) => Err(Halt::Faults(faults)),
                        _ => Err(Halt::Gone),
                    };
                }
            }
        }
        Err(Halt::Gone)
    }

    fn hear(&mut self) -> io::Result<Said> {
        frame::take(&mut self.output, &mut self.body)
    }

    /// Gives the reader a piece of the file, or tells it that the medium fails.
    fn lend(&mut self, source: &mut dyn Source, at: u64, most: u64) -> Result<(), Halt> {
        let mut piece = Vec::new();
        let read = source
            .seek(SeekFrom::Start(at))
            .and_then(|_| source.take(most.min(MOST_PIECE_BYTES)).read_to_end(&mut piece));
        // A medium may be slower than any reader.
        self.watch.until(Some(self.patience));
        frame::send(&mut self.input, &read.is_ok(), &piece).map_err(|_| Halt::Gone)
    }

    /// What to say of the file that it did not survive.
    pub(super) fn buried(self) -> Refusal {
        let was_ended = self.watch.enter().was_ended;
        let mut child = enter(&self.child);
        // It may only have closed its pipes.
        let _ = child.kill();
        let end = child.wait();
        drop(child);
        match end {
            Ok(end) if was_ended || has_worked_too_long(end) => Refusal::HoldsReader,
            _ => Refusal::BreaksReader,
        }
    }
}

#[cfg(target_os = "linux")]
fn has_worked_too_long(end: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    end.signal() == Some(libc::SIGXCPU)
}

#[cfg(not(target_os = "linux"))]
fn has_worked_too_long(_: ExitStatus) -> bool {
    false
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.watch.enter().is_over = true;
        self.watch.changed.notify_all();
        let mut child = enter(&self.child);
        // It has ended already, or it ends now; nobody takes what it makes.
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Ends a reader that is silent for too long, whatever this side waits for meanwhile.
#[derive(Default)]
struct Watch {
    state: Mutex<Until>,
    changed: Condvar,
}

#[derive(Default)]
struct Until {
    last: Option<Instant>,
    was_ended: bool,
    is_over: bool,
}

pub(super) fn enter<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watch {
    fn enter(&self) -> MutexGuard<'_, Until> {
        enter(&self.state)
    }

    /// Waits for so long from now on; not at all when nothing is under way.
    fn until(&self, patience: Option<Duration>) {
        let mut state = self.enter();
        let was_idle = state.last.is_none();
        state.last = patience.map(|patience| Instant::now() + patience);
        // A later moment is found out at the earlier one: waking the watch for every message costs more.
        if was_idle {
            self.changed.notify_all();
        }
    }

    fn keep(&self, child: &Mutex<Child>) {
        let mut state = self.enter();
        while !state.is_over {
            let left = state.last.map(|last| last.saturating_duration_since(Instant::now()));
            state = match left {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => {
                    state.was_ended = true;
                    // Its end closes the pipes, and whoever waits at them goes on.
                    let _ = enter(child).kill();
                    return;
                }
                Some(left) => {
                    self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

    use super::*;

    /// A reader that is a script: it says that it is ready, and then does what it likes.
    fn reader(then: &str, patience: Duration) -> (tempfile::TempDir, Result<Reader, String>) {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join("reader");
        let head = "{\"Ready\":null}";
        let mut ready = Vec::new();
        frame::send(&mut ready, &Said::Ready(None), &[]).unwrap();
        assert!(ready.ends_with(head.as_bytes()));
        let ready = ready.iter().fold(String::new(), |said, byte| format!("{said}\\{byte:03o}"));
        fs::write(&path, format!("#!/bin/sh\nprintf '{ready}'\n{then}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        // Another test may be starting a program, which holds what was written here for a moment.
        let reader = loop {
            match Reader::start(path.as_os_str(), "word", patience) {
                Err(why) if why.contains("busy") => thread::yield_now(),
                other => break other,
            }
        };
        (folder, reader)
    }

    fn end(then: &str, patience: Duration) -> Refusal {
        let (_folder, reader) = reader(then, patience);
        let mut reader = reader.unwrap();
        // Longer than any pipe, so that one that does not read is waited for while writing.
        let untrusted = vec![0; 4 << 20];
        let asked =
            reader.ask(&Ask::Probe, &untrusted, None, &mut |_, _| ControlFlow::Continue(()));
        assert!(matches!(asked, Err(Halt::Gone)), "{asked:?}");
        reader.buried()
    }

    #[test]
    fn one_that_dies_in_the_middle_costs_its_file() {
        for then in ["kill -SEGV $$", "kill -KILL $$", "exit 0", "head -c 1000; exit 1"] {
            assert_eq!(end(then, PATIENCE), Refusal::BreaksReader, "{then}");
        }
    }

    #[test]
    fn one_that_waits_for_nothing_is_ended_and_so_is_one_that_reads_and_says_nothing() {
        let patience = Duration::from_secs(1);
        for then in ["exec sleep 1000", "cat > /dev/null"] {
            assert_eq!(end(then, patience), Refusal::HoldsReader, "{then}");
        }
    }

    #[test]
    fn one_that_says_what_cannot_be_is_not_believed() {
        for then in ["head -c 100 /dev/zero", "yes lanthan | head -c 1000"] {
            assert_eq!(end(then, PATIENCE), Refusal::BreaksReader, "{then}");
        }
    }

    #[test]
    fn what_does_not_start_is_said_in_words() {
        let none = Reader::start(OsStr::new("/nowhere/lanthan"), "word", PATIENCE);
        assert!(none.err().is_some_and(|why| why.contains("No such file")));
        let silent = Reader::start(OsStr::new("/bin/true"), "word", PATIENCE);
        assert_eq!(silent.err().as_deref(), Some("it does not answer"));
    }
}
