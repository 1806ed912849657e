//! How is a PDF read without letting it hang or overrun the program?
//!
//! On a thread of its own, page by page. When a page stays silent for too long, or the caller stops,
//! the thread is left behind: it ends at its next step and nobody takes what it makes. Deliberately
//! absent: the clock of the day. Only a stretch of waiting is measured.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
        mpsc::{self, RecvTimeoutError, SyncSender},
    },
    thread,
    time::Duration,
};

use crate::{Limits, Refusal, door};

/// Room for the recursion that a deeply nested file causes, in bytes.
const STACK_BYTES: usize = 32 * 1024 * 1024;

/// What the thread says.
enum Said<T> {
    Here(T),
    Ended(Result<(), Refusal>),
}

/// The thread's line to its caller.
pub(crate) struct Line<T> {
    send: SyncSender<Said<T>>,
    shared: Arc<Shared>,
}

struct Shared {
    left: AtomicBool,
    page: AtomicU32,
    alive: fn(),
}

impl<T> Line<T> {
    /// Says which page is being worked on, from 1.
    pub(crate) fn begin(&self, page: u32) {
        self.shared.page.store(page, Ordering::Relaxed);
        (self.shared.alive)();
    }

    /// True when nobody waits any more.
    pub(crate) fn is_left(&self) -> bool {
        self.shared.left.load(Ordering::Relaxed)
    }

    /// Hands a result over.
    ///
    /// # Errors
    ///
    /// [`Refusal::Cancelled`] when nobody waits any more.
    pub(crate) fn hand(&self, result: T) -> Result<(), Refusal> {
        self.send.send(Said::Here(result)).map_err(|_| Refusal::Cancelled)
    }
}

/// Runs `work` on its own thread and takes its results here, in order.
///
/// # Errors
///
/// What `work` refuses, [`Refusal::TooSlow`] when it stays silent for too long, or
/// [`Refusal::Cancelled`] when `take` breaks off.
pub(crate) fn run<T: Send + 'static>(
    limits: &Limits,
    work: impl FnOnce(&Line<T>) -> Result<(), Refusal> + Send + 'static,
    take: &mut dyn FnMut(T) -> ControlFlow<()>,
) -> Result<(), Refusal> {
    let (send, receive) = mpsc::sync_channel(1);
    let (left, page) = (AtomicBool::new(false), AtomicU32::new(1));
    let shared = Arc::new(Shared { left, page, alive: limits.alive });
    let line = Line { send, shared: Arc::clone(&shared) };
    let body = move || {
        let end = door::guarded(|| work(&line));
        // Nobody listens any more after a timeout; then there is nothing left to say.
        let _ = line.send.send(Said::Ended(end));
    };
    let thread = thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(body)
        .map_err(|_| Refusal::TooSlow { page: 1 })?;
    let patience = Duration::from_secs(limits.max_page_seconds.into());
    loop {
        match receive.recv_timeout(patience) {
            Ok(Said::Here(result)) => {
                if take(result).is_break() {
                    shared.left.store(true, Ordering::Relaxed);
                    return Err(Refusal::Cancelled);
                }
            }
            Ok(Said::Ended(end)) => {
                // It has said its last word, so this does not wait.
                let _ = thread.join();
                return end;
            }
            Err(RecvTimeoutError::Timeout) => {
                shared.left.store(true, Ordering::Relaxed);
                return Err(Refusal::TooSlow { page: shared.page.load(Ordering::Relaxed) });
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Refusal::Damaged("it makes its decoder fail"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn impatient() -> Limits {
        Limits { max_page_seconds: 1, ..Limits::default() }
    }

    #[test]
    fn results_arrive_in_order() {
        let mut taken = Vec::new();
        let work = |line: &Line<u32>| (1..=5).try_for_each(|n| line.hand(n));
        run(&impatient(), work, &mut |n| {
            taken.push(n);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(taken, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_silent_page_is_given_up_and_named() {
        let work = |line: &Line<u32>| {
            line.begin(7);
            while !line.is_left() {
                thread::sleep(Duration::from_millis(10));
            }
            Ok(())
        };
        let end = run(&impatient(), work, &mut |_| ControlFlow::Continue(()));
        assert_eq!(end, Err(Refusal::TooSlow { page: 7 }));
    }

    #[test]
    fn breaking_off_is_not_an_error_of_the_file() {
        let work = |line: &Line<u32>| (1..).try_for_each(|n| line.hand(n));
        let end = run(&impatient(), work, &mut |_| ControlFlow::Break(()));
        assert_eq!(end, Err(Refusal::Cancelled));
    }
}
