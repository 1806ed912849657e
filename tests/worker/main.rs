//! Which actions were done before the end?
//!
//! Does a session on a vault, says on standard output what it begins and what is done, and is meant to
//! be killed. Arguments: the place, the number of the passphrase, the actions. Deliberately absent: any
//! care for its own end.

use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use lanthan_tests::session::{Action, Place};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match session(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Whether anybody hears it is for the one who listens to judge.
            let _ = say(&format!("error {why}"));
            ExitCode::from(3)
        }
    }
}

fn session(args: &[String]) -> Result<(), String> {
    let [place, passphrase, actions @ ..] = args else {
        return Err("a place, a number and actions are needed".to_owned());
    };
    let place = Place::at(Path::new(place));
    let mut passphrase = usize::from(passphrase == "1");
    let said = |error: lanthan_api::Error| format!("{}: {error}", error.code());
    let mut open = place.open(passphrase).map_err(said)?;
    for action in actions {
        let action: Action = action.parse()?;
        say(&format!("doing {action}"))?;
        place.perform(&mut open, &action, passphrase).map_err(said)?;
        if action == Action::Passphrase {
            passphrase = 1 - passphrase;
        }
        say(&format!("done {action}"))?;
    }
    open.close().map_err(said)
}

/// Writes a line in one piece, so that it is heard whole or not at all.
fn say(line: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| format!("nobody listens: {error}"))
}
