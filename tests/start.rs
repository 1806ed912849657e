//! How is a program started without lending it a lock?
//!
//! Tests run side by side in one process. Between its birth and its first own instruction a child
//! holds every open file of that process, and so the lock of a vault that another test has open.
//! Starting one program at a time, and opening vaults only in between, keeps that from being seen.

use std::{
    io,
    process::{Child, Command, Output, Stdio},
    sync::{Mutex, PoisonError},
};

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Does something while no program is being started.
pub fn in_between<T>(work: impl FnOnce() -> T) -> T {
    // A test that failed in here has left nothing half-done.
    let _held = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    work()
}

/// Starts a program; when this returns, the program runs on its own.
///
/// # Errors
///
/// What the system says, such as that there is no such program.
pub fn start(command: &mut Command) -> io::Result<Child> {
    in_between(|| command.spawn())
}

/// Runs a program to its end and answers what it wrote.
///
/// # Errors
///
/// As [`start`].
pub fn answer(command: &mut Command) -> io::Result<Output> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    start(command)?.wait_with_output()
}
