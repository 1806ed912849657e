//! Whose settings do the ciphers of this program follow?
//!
//! OpenSSL, which SQLCipher computes with, reads a file that the environment names or that lies in a folder
//! of the system, and does what it says, up to running code of others. A program that begins with an empty
//! name in its environment has a library that reads none. Deliberately absent: setting that name later on, which no
//! program with several threads can do soundly; other systems than Linux.

use crate::Result;

/// The variable of the environment, `openssl-env(7)`.
#[cfg(target_os = "linux")]
const NAME: &str = "OPENSSL_CONF";

/// Lets the program begin anew, in its own process and with its own arguments, so that it follows nobody's
/// settings; does nothing when it began so. To be called before anything else is done.
///
/// Does nothing on other systems than Linux.
///
/// # Errors
///
/// [`VaultError::Io`](crate::VaultError::Io) when the system does not let it; the program must not go on
/// then.
pub fn follow_no_settings() -> Result<()> {
    #[cfg(target_os = "linux")]
    {
        use std::{env, os::unix::process::CommandExt};

        if env::var_os(NAME).is_some_and(|file| file.is_empty()) {
            return Ok(());
        }
        let at = |source| crate::VaultError::Io { at: "this program".to_owned(), source };
        let mut words = env::args_os();
        #[expect(clippy::disallowed_methods, reason = "no other program: this one, begun anew")]
        let mut again = std::process::Command::new(env::current_exe().map_err(at)?);
        if let Some(name) = words.next() {
            again.arg0(name);
        }
        // Comes back only when it did not begin.
        Err(at(again.args(words).env(NAME, "").exec()))
    }
    #[cfg(not(target_os = "linux"))]
    Ok(())
}
