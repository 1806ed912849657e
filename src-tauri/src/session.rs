//! What is open while the window is?
//!
//! At most one vault behind one lock, the jobs that can be stopped, and the last preview. Deliberately
//! absent: Tauri; this is plain state.

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{ZonedDateTime, civil::Date};
use lanthan_api::{Step, Workspace, release::Preview};

use crate::commands::error::{CommandError, code};

/// The state behind every command.
#[derive(Default)]
pub(crate) struct Session {
    workspace: Mutex<Option<Workspace>>,
    preview: Mutex<Option<Preview>>,
    stopped: Mutex<BTreeSet<String>>,
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
            Some(workspace) => work(workspace),
            None => Err(code("vault-locked")),
        }
    }

    /// Keeps a vault open, closing the one that was.
    pub(crate) fn hold(&self, workspace: Workspace) -> Result<(), CommandError> {
        self.lock()?;
        *enter(&self.workspace) = Some(workspace);
        Ok(())
    }

    /// Closes the vault and forgets what was seen of it.
    pub(crate) fn lock(&self) -> Result<(), CommandError> {
        *enter(&self.preview) = None;
        match enter(&self.workspace).take() {
            Some(workspace) => Ok(workspace.close()?),
            None => Ok(()),
        }
    }

    /// Name and folder of the open vault.
    pub(crate) fn open_vault(&self) -> Option<std::path::PathBuf> {
        enter(&self.workspace).as_ref().map(|workspace| workspace.folder().to_owned())
    }

    /// Keeps a preview for the picture scheme.
    pub(crate) fn show(&self, preview: Preview) {
        *enter(&self.preview) = Some(preview);
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
        enter(&self.stopped).remove(job);
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
