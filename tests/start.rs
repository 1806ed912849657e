//! How is a program started without lending it a lock?
//!
//! Tests run side by side in one process. Between its birth and its first own instruction a child
//! holds every open file of that process, and so the lock of a vault that another test has open.
//! Starting one program at a time, and opening vaults only in between, makes that rare; it does not
//! end it, since on Linux the start is reported as done (`vfork(2)`) before the system has let go of
//! those files (`close-on-exec`). Measured with four busy processes beside it: of 20,000 lockings 1,613
//! found the lock of one just closed still held, up to 20 ms, by such a child; without starts none did,
//! and none of 3,000 after `kill -9` and `wait` of a holder with seven threads. The vault waits that long.

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
