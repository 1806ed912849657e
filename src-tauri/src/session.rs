//! What is open while the window is?
//!
//! At most one vault behind one lock, when it was used last, the jobs that can be stopped, and the last
//! preview. Work on a copy of the vault goes on beside it, so that the vault can be used meanwhile.
//! Deliberately absent: Tauri; this is plain state.

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    sync::{
        Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use jiff::{
    Timestamp, ZonedDateTime,
    civil::{Date, DateTime},
};
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
    /// Held by work that goes on beside the vault with keys of its own.
    beside: Mutex<()>,
    /// True while the vault is to be closed: that work stops at its next safe place.
    is_leaving: AtomicBool,
    /// How many vaults were opened so far.
    opened: AtomicU64,
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

    /// Works beside the open vault, as on a copy of it; `progress` is told to stop when the vault is
    /// closed. One such work at a time.
    ///
    /// # Errors
    ///
    /// `backup-running` while another one is under way, or what the work answers.
    pub(crate) fn beside<T>(
        &self,
        mut progress: impl FnMut(Step) -> ControlFlow<()>,
        work: impl FnOnce(&mut dyn FnMut(Step) -> ControlFlow<()>) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let _held = match self.beside.try_lock() {
            Ok(held) => held,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(code("backup-running")),
        };
        work(&mut |step| {
            let said = progress(step);
            if self.is_leaving.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { said }
        })
    }

    /// True while work goes on beside the vault.
    pub(crate) fn is_beside(&self) -> bool {
        matches!(self.beside.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// How many vaults were opened so far: another number is another vault.
    pub(crate) fn opened(&self) -> u64 {
        self.opened.load(Ordering::SeqCst)
    }

    /// Works with the open vault, if there is one, without that being a use of it.
    pub(crate) fn quietly<T>(&self, work: impl FnOnce(&mut Workspace) -> T) -> Option<T> {
        enter(&self.workspace).as_mut().map(work)
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
        let workspace = match self.workspace.try_lock() {
            Ok(workspace) => workspace,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Due::Nothing,
        };
        if workspace.is_none() {
            return Due::Nothing;
        }
        let due = enter(&self.watch).look(now);
        drop(workspace);
        if due == Due::Closing && self.is_beside() {
            // A backup that is under way ends first, unless the computer slept meanwhile.
            return Due::Nothing;
        }
        if matches!(due, Due::Closing | Due::ClosingAsleep) {
            // Its writes are safe; what could not be tidied is tidied at the next opening.
            let _ = self.lock();
        }
        due
    }

    /// Keeps a vault open, closing the one that was.
    pub(crate) fn hold(&self, mut workspace: Workspace) -> Result<(), CommandError> {
        self.lock()?;
        self.touch();
        workspace.announce(concat!("Lanthan ", env!("CARGO_PKG_VERSION")), Timestamp::now());
        *enter(&self.workspace) = Some(workspace);
        self.opened.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    /// Closes the vault and forgets what was seen of it. Work beside it is stopped first, and leaves
    /// nothing half done.
    pub(crate) fn lock(&self) -> Result<(), CommandError> {
        self.is_leaving.store(true, Ordering::SeqCst);
        let stopped = enter(&self.beside);
        let mut open = enter(&self.workspace);
        *enter(&self.preview) = None;
        let closed = open.take().map_or(Ok(()), Workspace::close);
        self.is_leaving.store(false, Ordering::SeqCst);
        drop(stopped);
        Ok(closed?)
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

/// This moment, by the computer's calendar and clock.
pub(crate) fn now() -> DateTime {
    ZonedDateTime::now().datetime()
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use lanthan_api::{KdfCost, progress::silent};

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

    #[test]
    fn a_backup_under_way_leaves_the_vault_usable_and_a_lock_stops_it_and_nothing_stays() {
        let (place, session) = open();
        let to = place.path().join("copy.lanthan");
        let (begun, is_begun) = mpsc::channel();
        thread::scope(|scope| {
            let backing = scope.spawn(|| {
                session.beside(silent, |progress| {
                    let backing = session.with(|open| Ok(open.begin_backup(&to, now())?))?;
                    begun.send(()).unwrap();
                    // As long as a large vault takes.
                    let step = Step { stage: "backup", done: 0, total: 1 };
                    while progress(step).is_continue() {
                        thread::yield_now();
                    }
                    Ok(backing.finish(progress)?)
                })
            });
            is_begun.recv().unwrap();
            assert!(session.with(|open| Ok(open.dossiers(today())?)).is_ok());
            assert!(session.beside(silent, |_| Ok(())).is_err(), "one at a time");
            let late = Moment::now().later(LIMIT);
            assert_eq!(session.look_idle(late), Due::Nothing, "it ends first");
            assert!(session.lock().is_ok());
            assert!(backing.join().unwrap().is_err());
        });
        assert!(session.open_vault().is_none());
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
        // The next vault is not stopped by the lock of the last one.
        assert!(
            session
                .beside(silent, |progress| {
                    Ok(progress(Step { stage: "backup", done: 0, total: 1 }).is_continue())
                })
                .is_ok_and(|goes_on| goes_on)
        );
    }
}
