//! Which actions were done before the end?
//!
//! Does a session on a vault, says on standard output what it begins and what is done, and is meant to
//! be killed. Arguments: the place, the number of the passphrase, the actions; `go-on` before an action
//! lets a failure of it be said and the next one be begun. Deliberately absent: any care for its own
//! end.

use std::{
    io::{self, IoSlice, Write},
    path::Path,
    process::ExitCode,
};

use jiff::Timestamp;
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
    let [place, passphrase, words @ ..] = args else {
        return Err("a place, a number and actions are needed".to_owned());
    };
    let place = Place::at(Path::new(place));
    let mut passphrase = usize::from(passphrase == "1");
    let said = |error: lanthan_api::Error| format!("{}: {error}", error.code());
    let mut open = place.open(passphrase).map_err(said)?;
    open.announce("durability-worker", Timestamp::UNIX_EPOCH);
    let mut may_fail = false;
    for word in words {
        if word == "go-on" {
            may_fail = true;
            continue;
        }
        let action: Action = word.parse()?;
        say(&format!("doing {action}"))?;
        match place.perform(&mut open, &action, passphrase) {
            Ok(()) => {
                if action.turns_passphrase() {
                    passphrase = 1 - passphrase;
                }
                say(&format!("done {action}"))?;
            }
            Err(error) if may_fail => say(&format!("failed {action}: {}", said(error)))?,
            Err(error) => return Err(said(error)),
        }
        may_fail = false;
    }
    open.close().map_err(said)
}

/// Writes a line in one piece, so that it is heard whole or not at all; on Unix by `writev`, which the
/// vault does not use: where calls of the vault are made to fail, this one is not.
fn say(line: &str) -> Result<(), String> {
    let line = format!("{line}\n");
    match io::stdout().lock().write_vectored(&[IoSlice::new(line.as_bytes())]) {
        Ok(written) if written == line.len() => Ok(()),
        Ok(_) => Err("half a line was heard".to_owned()),
        Err(error) => Err(format!("nobody listens: {error}")),
    }
}
