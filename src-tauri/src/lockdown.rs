//! What does the program give up before it touches a vault?
//!
//! On Linux: every socket but local ones, for itself and for the processes of the WebView, and core
//! dumps that could hold keys. Programs that it starts inherit both. Deliberately absent: any way
//! back. The end-to-end tests drive the window over a loopback socket, so a build for them (feature
//! `e2e`) keeps sockets; no released build has that feature.

/// Why the program cannot give something up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockdownError {
    /// The system refuses the filter.
    #[cfg(target_os = "linux")]
    #[error("the system does not let the program give up network sockets: {0}")]
    Sockets(String),
    /// The program cannot begin without the settings of others.
    #[error("the system does not let the program begin without the settings of others: {0}")]
    Settings(String),
    /// The system does not hide the memory.
    #[error("the system does not let the program hide its memory: {0}")]
    Memory(String),
}

/// Gives up core dumps, a memory that other programs can read, and network sockets.
///
/// # Errors
///
/// [`LockdownError`] when the system refuses; the program must not go on then.
pub(crate) fn lock_down() -> Result<(), LockdownError> {
    let begun = lanthan_api::follow_no_settings();
    begun.map_err(|error| LockdownError::Settings(error.to_string()))?;
    lanthan_api::hide_memory().map_err(|error| LockdownError::Memory(error.to_string()))?;
    #[cfg(target_os = "linux")]
    {
        if cfg!(not(feature = "e2e")) {
            linux::give_up_sockets()?;
        }
    }
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule,
    };

    use super::LockdownError;

    /// `socket(2)` answers "address family not supported" for everything but local sockets and the
    /// kernel's own messages; `io_uring(7)`, which could open sockets past that, is refused as a whole.
    pub(super) fn give_up_sockets() -> Result<(), LockdownError> {
        let refused = |error: &dyn std::fmt::Display| LockdownError::Sockets(error.to_string());
        let program = filter().map_err(|error| refused(&error))?;
        seccompiler::apply_filter_all_threads(&program).map_err(|error| refused(&error))
    }

    fn filter() -> Result<BpfProgram, seccompiler::BackendError> {
        let not = |family: i32| {
            let family = u64::try_from(family).unwrap_or(u64::MAX);
            SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, family)
        };
        let foreign = SeccompRule::new(vec![not(libc::AF_UNIX)?, not(libc::AF_NETLINK)?])?;
        let rules =
            [(libc::SYS_socket, vec![foreign]), (libc::SYS_io_uring_setup, Vec::new())].into();
        let refuse = SeccompAction::Errno(libc::EAFNOSUPPORT.unsigned_abs());
        SeccompFilter::new(rules, SeccompAction::Allow, refuse, std::env::consts::ARCH.try_into()?)?
            .try_into()
    }
}

#[cfg(all(test, target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "it proves that the method fails")]
mod tests {
    use std::{net::TcpListener, os::unix::net::UnixStream};

    use super::*;

    #[test]
    fn a_process_that_gave_up_sockets_has_none_but_local_ones() {
        // Sockets are given up for the whole process, so the other tests must not need any.
        linux::give_up_sockets().unwrap();
        let refused = TcpListener::bind("127.0.0.1:0").unwrap_err();
        assert_eq!(refused.raw_os_error(), Some(libc::EAFNOSUPPORT));
        assert!(std::net::UdpSocket::bind("[::1]:0").is_err());
        assert!(UnixStream::pair().is_ok());
    }
}
