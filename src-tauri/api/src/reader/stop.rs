//! How is work of many readers stopped, in the middle of their files?
//!
//! They are ended: nobody wants what they make, and nothing else waits for them. Deliberately absent: a
//! question to them; one that hangs would not hear it.

use std::{
    process::Child,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use super::process::{Reader, enter};

/// A stop that has not been called yet.
#[derive(Default)]
pub(crate) struct Stop {
    is_over: AtomicBool,
    at_work: Mutex<Vec<Arc<Mutex<Child>>>>,
}

/// A reader that a stop would end, until this is dropped.
pub(crate) struct Watched<'a>(&'a Stop, Arc<Mutex<Child>>);

impl Stop {
    /// True once it was called.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    /// Ends every reader that is at work, and those that begin.
    pub(crate) fn now(&self) {
        let at_work = enter(&self.at_work);
        self.is_over.store(true, Ordering::SeqCst);
        for child in at_work.iter() {
            // One that has ended by itself is as well.
            let _ = enter(child).kill();
        }
    }

    /// Ends this reader as well when it is called.
    pub(super) fn watch(&self, reader: &Reader) -> Watched<'_> {
        let child = reader.child();
        let mut at_work = enter(&self.at_work);
        if self.is_over() {
            let _ = enter(&child).kill();
        }
        at_work.push(Arc::clone(&child));
        Watched(self, child)
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        enter(&self.0.at_work).retain(|child| !Arc::ptr_eq(child, &self.1));
    }
}
