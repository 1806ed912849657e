//! What is open while the window is?
//!
//! At most one vault behind one lock, when it was used last, the jobs that can be stopped, and the last
//! preview. Deliberately absent: Tauri; this is plain state.

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    sync::{Mutex, MutexGuard, PoisonError, TryLockError},
};

use jiff::{Timestamp, ZonedDateTime, civil::Date};
use lanthan_api::{Step, Workspace, release::Preview};

use crate::{
    commands::error::{CommandError, code},
    idle::{Due, Moment, Watch},
};

/// The state behind every command.
#[derive(Default)]
pub(crate) struct Session {
    workspace: Mutex<Option<Workspace>>,
    preview: Mutex<Option<Preview>>,
    stopped: Mutex<BTreeSet<String>>,
    watch: Mutex<Watch>,
}

/// A lock that another thread left by a panic still holds whole values here: take it.
fn enter<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Session {
    /// Works with the open vault.
    ///
    /// # Errors
    ///
    /// `vault-locked` when none is open, or what the work answers.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut Workspace) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        match enter(&self.workspace).as_mut() {
            Some(workspace) => {
                self.watch_work();
                let answer = work(workspace);
                // Long work ends as late as it ends: only then the vault begins to be idle.
                self.watch_work();
                answer
            }
            None => Err(code("vault-locked")),
        }
    }

    fn watch_work(&self) {
        enter(&self.watch).work(Moment::now());
    }

    /// Somebody is at the window.
    pub(crate) fn touch(&self) {
        enter(&self.watch).touch(Moment::now());
    }

    /// Closes the vault when nobody has used it for long enough, and says what was due. Work that is
    /// under way is a use.
    pub(crate) fn look_idle(&self, now: Moment) -> Due {
        let mut workspace = match self.workspace.try_lock() {
            Ok(workspace) => workspace,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Due::Nothing,
        };
        if workspace.is_none() {
            return Due::Nothing;
        }
        let due = enter(&self.watch).look(now);
        if matches!(due, Due::Closing | Due::ClosingAsleep) {
            *enter(&self.preview) = None;
            // Its writes are safe; what could not be tidied is tidied at the next opening.
            let _ = workspace.take().map(Workspace::close);
        }
        due
    }

    /// Keeps a vault open, closing the one that was.
    pub(crate) fn hold(&self, mut workspace: Workspace) -> Result<(), CommandError> {
        self.lock()?;
        self.touch();
        workspace.announce(concat!("Lanthan ", env!("CARGO_PKG_VERSION")), Timestamp::now());
        *enter(&self.workspace) = Some(workspace);
        Ok(())
    }

    /// Closes the vault and forgets what was seen of it.
    pub(crate) fn lock(&self) -> Result<(), CommandError> {
        let mut open = enter(&self.workspace);
        *enter(&self.preview) = None;
        match open.take() {
            Some(workspace) => Ok(workspace.close()?),
            None => Ok(()),
        }
    }

    /// Name and folder of the open vault.
    pub(crate) fn open_vault(&self) -> Option<std::path::PathBuf> {
        enter(&self.workspace).as_ref().map(|workspace| workspace.folder().to_owned())
    }

    /// Keeps a preview for the picture scheme, unless the vault was locked meanwhile.
    pub(crate) fn show(&self, preview: Preview) {
        let open = enter(&self.workspace);
        if open.is_some() {
            *enter(&self.preview) = Some(preview);
        }
    }

    /// Reads the last preview.
    pub(crate) fn preview<T>(&self, read: impl FnOnce(&Preview) -> T) -> Option<T> {
        enter(&self.preview).as_ref().map(read)
    }

    /// Asks a job to stop at its next safe place.
    pub(crate) fn stop(&self, job: String) {
        enter(&self.stopped).insert(job);
    }

    /// Begins a job: its progress goes to `tell`, and it stops when it was asked to.
    pub(crate) fn job<'a>(
        &'a self,
        job: &'a str,
        tell: impl Fn(Step) + 'a,
    ) -> impl FnMut(Step) -> ControlFlow<()> + 'a {
        // A stop may come before the beginning: no name is used twice, so it is meant for this job.
        move |step| {
            tell(step);
            if enter(&self.stopped).remove(job) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }
}

/// Today, by the computer's calendar.
pub(crate) fn today() -> Date {
    ZonedDateTime::now().date()
}

#[cfg(test)]
mod tests {
    use lanthan_api::KdfCost;

    use super::*;
    use crate::idle::LIMIT;

    fn open() -> (tempfile::TempDir, Session) {
        let place = tempfile::tempdir().unwrap();
        let passphrase = "seven herons walk over the ice";
        let vault = place.path().join("test.lanthan");
        let (workspace, _) = Workspace::create(&vault, passphrase, KdfCost::SMALLEST).unwrap();
        let session = Session::default();
        session.hold(workspace).unwrap();
        (place, session)
    }

    #[test]
    fn a_vault_that_nobody_uses_is_closed_and_says_so_once() {
        let (_place, session) = open();
        assert_eq!(session.look_idle(Moment::now()), Due::Nothing);
        let late = Moment::now().later(LIMIT);
        assert_eq!(session.look_idle(late), Due::Closing);
        assert!(session.open_vault().is_none());
        assert_eq!(session.look_idle(late), Due::Nothing);
        assert!(session.with(|_| Ok(())).is_err());
    }

    #[test]
    fn work_that_is_under_way_ends_first() {
        let (_place, session) = open();
        let done = session.with(|_| Ok(session.look_idle(Moment::now().later(LIMIT))));
        assert!(matches!(done, Ok(Due::Nothing)));
        assert!(session.open_vault().is_some());
    }
}
