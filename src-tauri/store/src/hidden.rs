//! Who else may look into the memory of this program?
//!
//! Deliberately absent: swap and hibernation, against which only an encrypted disk helps, and programs
//! with the rights of the system's administrator, against which nothing does. No test beside it: it would
//! keep the other tests of its process from looking into their own memory.

use crate::Result;

/// Gives up core dumps, and keeps other programs of the same user from reading the memory of this one
/// (`prctl(2)`, `PR_SET_DUMPABLE`). To be called before a passphrase is read; there is no way back.
///
/// Does nothing on other systems than Linux.
///
/// # Errors
///
/// [`VaultError::Io`](crate::VaultError::Io) when the system refuses; the program must not go on then.
pub fn hide_memory() -> Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{
            DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit,
        };

        let none = Rlimit { current: Some(0), maximum: Some(0) };
        setrlimit(Resource::Core, none)
            .and_then(|()| set_dumpable_behavior(DumpableBehavior::NotDumpable))
            .map_err(|error| crate::VaultError::Io {
                at: "memory of this program".to_owned(),
                source: error.into(),
            })?;
    }
    Ok(())
}
