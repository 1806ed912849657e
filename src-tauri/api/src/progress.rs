//! How does long work say how far it is, and how is it stopped?
//!
//! Work calls [`Progress`] between steps; the answer `Break` stops it at the next safe place.

use std::ops::ControlFlow;

/// How far a piece of long work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// A stable word for what is being done, such as `import` or `typeset`.
    pub stage: &'static str,
    /// How much is done, in units of the stage.
    pub done: u64,
    /// How much there is; 0 when unknown.
    pub total: u64,
}

/// Told about each step; answers whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(Step) -> ControlFlow<()>;

/// Goes on whatever happens and tells nobody.
pub fn silent(_: Step) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// How many bytes go by between two words about the progress.
const WORD_BYTES: u64 = 4 * 1024 * 1024;

/// How far work on many files is, in bytes over all of them.
pub(crate) struct Told<'a> {
    progress: Progress<'a>,
    stage: &'static str,
    total: u64,
    /// The bytes of the files that are behind.
    behind: u64,
    /// The bytes of the file that is under way.
    here: u64,
    last: u64,
}

impl<'a> Told<'a> {
    pub(crate) fn new(progress: Progress<'a>, stage: &'static str, total: u64) -> Self {
        Self { progress, stage, total, behind: 0, here: 0, last: 0 }
    }

    /// Says that a file begins, by its number from 1.
    pub(crate) fn file(&mut self, number: usize, files: usize) -> ControlFlow<()> {
        (self.progress)(Step { stage: "file", done: number as u64, total: files as u64 })?;
        self.say()
    }

    /// Says how much of the file under way is done, unless little has changed.
    pub(crate) fn bytes(&mut self, here: u64) -> ControlFlow<()> {
        self.here = here;
        if self.done() < self.last + WORD_BYTES { ControlFlow::Continue(()) } else { self.say() }
    }

    /// Puts a file behind.
    pub(crate) fn passed(&mut self, size_bytes: u64) {
        self.behind += size_bytes;
        self.here = 0;
    }

    /// Says how far it is.
    pub(crate) fn say(&mut self) -> ControlFlow<()> {
        self.last = self.done();
        (self.progress)(Step { stage: self.stage, done: self.last, total: self.total })
    }

    fn done(&self) -> u64 {
        // A file that grows is refused at its end; until then the bar stays inside.
        (self.behind + self.here).min(self.total)
    }
}
