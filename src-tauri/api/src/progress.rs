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
