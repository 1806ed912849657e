//! Command of the exhibits screen that decodes new pictures while the vault can be used.

use lanthan_api::{
    Error, Workspace,
    prove::{self, Decoded, Door, Proving, Undecoded},
};
use lanthan_core::id::DossierId;
use serde::Serialize;
use tauri::{AppHandle, State};
use ts_rs::TS;

use super::{
    error::{Answer, CommandError, code},
    exhibits::RefusedDto,
    shared::teller,
};
use crate::session::{Session, today};

/// What came of decoding new pictures.
#[derive(Debug, Serialize, TS)]
#[ts(export)]
pub(crate) struct ProvenDto {
    /// How many were decoded.
    #[ts(type = "number")]
    decoded: u64,
    /// Those that were taken out again.
    refused: Vec<RefusedDto>,
}

/// Decodes the pictures that came in without being decoded; those that are broken are taken out again.
#[tauri::command(async)]
pub(crate) fn prove_exhibits(
    app: AppHandle,
    session: State<'_, Session>,
    dossier: DossierId,
    job: String,
) -> Answer<ProvenDto> {
    let mut progress = session.job(&job, teller(app, job.clone()));
    let mut proving = session.with(|workspace| Ok(workspace.begin_proving(&dossier)?))?;
    let opened = session.opened();
    let mut door = SessionDoor { session: &session, opened, failure: None };
    if let Err(error) = prove::run(&mut door, &mut proving, &mut progress) {
        return Err(door.failure.take().unwrap_or_else(|| error.into()));
    }
    let refused = proving.refused.iter().map(RefusedDto::from).collect();
    Ok(ProvenDto { decoded: proving.decoded, refused })
}

/// The way to the vault that was open at the beginning, and to no other.
struct SessionDoor<'a> {
    session: &'a Session,
    opened: u64,
    /// Why there is no way any more.
    failure: Option<CommandError>,
}

impl SessionDoor<'_> {
    fn pass<T>(&mut self, work: impl FnOnce(&mut Workspace) -> Answer<T>) -> Result<T, Error> {
        let passed = self.session.with(|workspace| {
            if self.session.opened() == self.opened {
                work(workspace)
            } else {
                Err(code("vault-locked"))
            }
        });
        passed.map_err(|failure| {
            self.failure = Some(failure);
            Error::Cancelled
        })
    }
}

impl Door for SessionDoor<'_> {
    fn next(&mut self, proving: &mut Proving) -> Result<Option<Undecoded>, Error> {
        self.pass(|workspace| Ok(workspace.next_undecoded(proving)?))
    }

    fn settle(&mut self, proving: &mut Proving, decoded: Vec<Decoded>) -> Result<(), Error> {
        self.pass(|workspace| Ok(workspace.settle(proving, decoded, today())?))
    }
}
