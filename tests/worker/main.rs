//! Which actions were done before the end?
//!
//! Does a session on a vault, says on standard output what it begins and what is done, and is meant to
//! be killed. Arguments: the place, the number of the passphrase, the actions; `go-on` before an action
//! lets a failure of it be said and the next one be begun. `secrets` instead of a place keeps a vault open,
//! and then closed, for as long as somebody looks into its memory. Deliberately absent: any care for its own
//! end.

use std::{
    alloc::System,
    io::{self, IoSlice, Write},
    path::Path,
    process::ExitCode,
};

use jiff::Timestamp;
use lanthan_api::{KdfCost, Workspace};
use lanthan_tests::session::{Action, Place};
use zeroizing_alloc::ZeroAlloc;

/// As in the programs that it stands for.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    if let Some(code) = lanthan_api::reader::serve_if_asked() {
        return code;
    }
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.as_slice() {
        [secrets, folder, passphrase, recovery] if secrets == "secrets" => {
            keep_open(Path::new(folder), Path::new(passphrase), Path::new(recovery))
        }
        _ => session(&args),
    };
    match done {
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

/// Opens a vault by both of its secrets, each from a file, as the terminal does.
fn keep_open(folder: &Path, passphrase: &Path, recovery: &Path) -> Result<(), String> {
    let said = |error: lanthan_api::Error| format!("{}: {error}", error.code());
    {
        let passphrase = first_line(passphrase)?;
        let recovery = first_line(recovery)?;
        let open = Workspace::open(folder, &passphrase).map_err(said)?;
        say("open")?;
        wait()?;
        open.close().map_err(said)?;
        let cost = KdfCost::SMALLEST;
        let opened = Workspace::open_with_recovery_key(folder, &recovery, &passphrase, cost);
        opened.map_err(said)?.close().map_err(said)?;
    }
    say("closed")?;
    wait()
}

fn first_line(file: &Path) -> Result<String, String> {
    let bytes = lanthan_api::outside_read(file, 1024).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Waits until the listener says something.
fn wait() -> Result<(), String> {
    let mut heard = String::new();
    io::stdin().read_line(&mut heard).map(|_| ()).map_err(|error| error.to_string())
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
