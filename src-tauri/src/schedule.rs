//! When does the window make a backup by itself?
//!
//! Soon after a vault was opened and from then on every quarter of an hour it is asked whether the plan
//! wants one. It is made on a thread of its own, beside the vault; locking stops it. A folder that is not
//! there, such as a stick that is away, is no alarm: it is said on the screen and tried again. Deliberately
//! absent: when one is due (`lanthan_core::backup`).

use std::{
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use lanthan_api::progress::silent;
use tauri::{AppHandle, Emitter, Manager};

use crate::{
    commands::{backup::backed_up, error::CommandError},
    session::{Session, now, today},
};

/// How long it is until it is asked again.
const PAUSE: Duration = Duration::from_mins(15);
/// How often it is looked whether another vault was opened.
const LOOK: Duration = Duration::from_secs(3);

/// How the backups that are made by themselves go.
#[derive(Debug, Default)]
pub(crate) struct Schedule(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    is_running: bool,
    failure: Option<CommandError>,
    /// The vault that was looked at last, by its number, and when it is looked at again.
    next: Option<(u64, Instant)>,
}

impl Schedule {
    /// True while one is being made.
    pub(crate) fn is_running(&self) -> bool {
        self.with(|state| state.is_running)
    }

    /// Why the last one could not be made.
    pub(crate) fn failure(&self) -> Option<CommandError> {
        self.with(|state| state.failure.clone())
    }

    /// The plan was changed: what was is forgotten, and it is asked again at once.
    pub(crate) fn look_soon(&self) {
        self.with(|state| (state.next, state.failure) = (None, None));
    }

    /// One was made by hand.
    pub(crate) fn went_well(&self) {
        self.with(|state| state.failure = None);
    }

    /// True when it is time to ask; a vault that was just opened has its time.
    fn is_time(&self, opened: u64, now: Instant) -> bool {
        self.with(|state| {
            let is_same = state.next.is_some_and(|(last, _)| last == opened);
            if !is_same {
                state.failure = None;
            }
            let is_time = !is_same || state.next.is_some_and(|(_, when)| when <= now);
            if is_time {
                state.next = Some((opened, now + PAUSE));
            }
            is_time
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Watches for as long as the program runs.
///
/// # Errors
///
/// When the system gives no thread.
pub(crate) fn watch(app: AppHandle) -> std::io::Result<()> {
    let look = move || {
        loop {
            thread::sleep(LOOK);
            look(&app);
        }
    };
    thread::Builder::new().name("backups".to_owned()).spawn(look).map(|_| ())
}

fn look(app: &AppHandle) {
    let (session, schedule) = (app.state::<Session>(), app.state::<Schedule>());
    if session.open_vault().is_none() || !schedule.is_time(session.opened(), Instant::now()) {
        return;
    }
    // What cannot be known now is asked again later.
    let is_due = session.quietly(|open| open.is_backup_due(today()).unwrap_or(false));
    if is_due != Some(true) {
        return;
    }
    schedule.with(|state| state.is_running = true);
    // A window that is closing cannot be told anything; nothing is lost.
    let _ = app.emit("backup", ());
    let made = backed_up(&session, silent, |open| Ok(open.begin_planned_backup(now())?));
    schedule.with(|state| {
        state.is_running = false;
        state.failure = made.err().filter(|error| !error.is_no_fault());
    });
    let _ = app.emit("backup", ());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vault_is_asked_at_its_opening_and_every_quarter_of_an_hour() {
        let (schedule, begun) = (Schedule::default(), Instant::now());
        assert!(schedule.is_time(1, begun));
        assert!(!schedule.is_time(1, begun + LOOK));
        assert!(schedule.is_time(1, begun + PAUSE));
        assert!(schedule.is_time(2, begun + PAUSE + LOOK), "another vault");
        assert!(!schedule.is_time(2, begun + PAUSE + LOOK * 2));
        schedule.look_soon();
        assert!(schedule.is_time(2, begun + PAUSE + LOOK * 3), "another plan");
    }
}
