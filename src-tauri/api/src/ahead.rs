//! How are the next files looked at while one is being written?
//!
//! Decoding a photograph to prove it whole takes longer than sealing it. So some threads look ahead, in
//! order, never further than a few files and never at a large one; the caller gets each result in its
//! turn, as if it had looked itself. Deliberately absent: the vault, which one thread alone changes.

use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use crate::Result;

/// A file longer than this is not looked at ahead, so that memory stays flat, in bytes.
const MOST_BYTES: u64 = 24 * 1024 * 1024;
/// Greatest number of threads that look ahead.
const MOST_THREADS: usize = 4;

/// What the threads share.
struct Shared<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    /// The next file that nobody has begun to look at.
    next: usize,
    /// The file that the caller wants, or is at work on.
    wanted: usize,
    results: BTreeMap<usize, Result<T>>,
    is_over: bool,
}

/// Looking ahead.
pub(crate) struct Ahead;

impl Ahead {
    /// Runs `work` and hands it a function that answers what `look` found in a file, by its number.
    /// Each number is asked for once, in order.
    ///
    /// # Errors
    ///
    /// What `work` answers.
    pub(crate) fn run<T: Send>(
        sizes: &[u64],
        look: &(dyn Fn(usize) -> Result<T> + Sync),
        work: impl FnOnce(&mut dyn FnMut(usize) -> Result<T>) -> Result<()>,
    ) -> Result<()> {
        let small = sizes.iter().filter(|size| **size <= MOST_BYTES).count();
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        if small < 2 {
            return work(&mut |at| look(at));
        }
        let state = State { next: 0, wanted: 0, results: BTreeMap::new(), is_over: false };
        let shared = Shared { state: Mutex::new(state), changed: Condvar::new() };
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| shared.look_ahead(sizes, threads, look));
            }
            let _over = Over { shared: &shared, only_in_panic: false };
            work(&mut |at| match shared.found(at, sizes[at] <= MOST_BYTES) {
                Some(found) => found,
                None => look(at),
            })
        })
    }
}

/// Ends the looking ahead whatever becomes of the work, also a panic of one side or the other.
struct Over<'a, T> {
    shared: &'a Shared<T>,
    only_in_panic: bool,
}

impl<T> Drop for Over<'_, T> {
    fn drop(&mut self) {
        if !self.only_in_panic || thread::panicking() {
            self.shared.enter().is_over = true;
            self.shared.changed.notify_all();
        }
    }
}

impl<T> Shared<T> {
    fn enter(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_ahead(
        &self,
        sizes: &[u64],
        threads: usize,
        look: &(dyn Fn(usize) -> Result<T> + Sync),
    ) {
        let _over = Over { shared: self, only_in_panic: true };
        loop {
            let mut state = self.enter();
            while state.next < sizes.len() && sizes[state.next] > MOST_BYTES {
                state.next += 1;
            }
            while !state.is_over && state.next < sizes.len() && state.next > state.wanted + threads
            {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            let at = state.next;
            if state.is_over || at >= sizes.len() {
                return;
            }
            if sizes[at] > MOST_BYTES {
                continue;
            }
            state.next += 1;
            drop(state);
            let found = look(at);
            self.enter().results.insert(at, found);
            self.changed.notify_all();
        }
    }

    /// What was found in a file; `None` when the caller has to look itself, because the file is large
    /// or the looking ahead has ended.
    fn found(&self, at: usize, is_small: bool) -> Option<Result<T>> {
        let mut state = self.enter();
        state.wanted = at;
        self.changed.notify_all();
        if !is_small {
            return None;
        }
        loop {
            let found = state.results.remove(&at);
            if found.is_some() || state.is_over {
                return found;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn every_result_comes_once_and_in_its_turn_whatever_the_lengths() {
        for large in [[0, 0], [3, 4], [0, 9]] {
            let mut sizes = [1_u64; 10];
            for at in large {
                sizes[at] = MOST_BYTES + 1;
            }
            let looked = AtomicUsize::new(0);
            let look = |at: usize| {
                looked.fetch_add(1, Ordering::SeqCst);
                Ok(at * 10)
            };
            let mut found = Vec::new();
            let work = |next: &mut dyn FnMut(usize) -> Result<usize>| {
                for at in 0..sizes.len() {
                    found.push(next(at)?);
                }
                Ok(())
            };
            Ahead::run(&sizes, &look, work).unwrap();
            assert_eq!(found, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
            assert_eq!(looked.load(Ordering::SeqCst), sizes.len());
        }
    }

    #[test]
    fn who_stops_early_is_not_kept_waiting_and_little_was_looked_at() {
        let looked = AtomicUsize::new(0);
        let look = |at: usize| {
            looked.fetch_add(1, Ordering::SeqCst);
            Ok(at)
        };
        Ahead::run(&[1; 1000], &look, |next| next(0).map(|_| ())).unwrap();
        assert!(looked.load(Ordering::SeqCst) <= 2 * MOST_THREADS + 2);
    }

    #[test]
    fn a_panic_while_looking_ahead_reaches_the_caller() {
        let look = |at: usize| if at == 3 { panic!("foreseen") } else { Ok(at) };
        let work = |next: &mut dyn FnMut(usize) -> Result<usize>| {
            (0..9).try_for_each(|at| next(at).map(|_| ()))
        };
        let ran = std::panic::catch_unwind(|| Ahead::run(&[1; 9], &look, work));
        assert!(ran.is_err());
    }
}
