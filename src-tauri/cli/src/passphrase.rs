//! Where do passphrases and recovery keys come from? A file or a prompt, never an argument.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use lanthan_api::Error;

use crate::{args::Passphrase, output::Failure};

/// Greatest length of a passphrase file, in bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// Reads the passphrase; asks twice when it is to be `new`.
pub(crate) fn read(from: &Passphrase, new: bool) -> Result<String, Failure> {
    let variable = || std::env::var_os("LANTHAN_PASSPHRASE_FILE").map(PathBuf::from);
    if let Some(file) = from.passphrase_file.clone().or_else(variable) {
        return first_line(&file, "passphrase file");
    }
    must_be_a_terminal(
        "no passphrase: give --passphrase-file, set LANTHAN_PASSPHRASE_FILE, or use a terminal",
    )?;
    let passphrase = ask("Passphrase: ", "--passphrase-file")?;
    if new {
        again(&passphrase, "--passphrase-file")?;
    }
    Ok(passphrase)
}

/// Reads the passphrase that a vault is to get.
pub(crate) fn read_new(file: Option<&Path>) -> Result<String, Failure> {
    if let Some(file) = file {
        return first_line(file, "file of the new passphrase");
    }
    must_be_a_terminal("no new passphrase: give --new-passphrase-file, or use a terminal")?;
    let passphrase = ask("New passphrase: ", "--new-passphrase-file")?;
    again(&passphrase, "--new-passphrase-file")?;
    Ok(passphrase)
}

/// Reads the recovery key as somebody typed it.
pub(crate) fn read_recovery_key(file: Option<&Path>) -> Result<String, Failure> {
    if let Some(file) = file {
        return first_line(file, "file of the recovery key");
    }
    must_be_a_terminal("no recovery key: give --recovery-key-file, or use a terminal")?;
    ask("Recovery key: ", "--recovery-key-file")
}

fn first_line(file: &Path, what: &'static str) -> Result<String, Failure> {
    let bytes = lanthan_api::outside_read(file, MAX_FILE_BYTES)?;
    let text = String::from_utf8(bytes).map_err(|_| Error::NotText(what))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn must_be_a_terminal(otherwise: &str) -> Result<(), Failure> {
    if std::io::stdin().is_terminal() { Ok(()) } else { Err(Failure::usage(otherwise)) }
}

fn ask(prompt: &str, instead: &str) -> Result<String, Failure> {
    rpassword::prompt_password(prompt)
        .map_err(|_| Failure::usage(&format!("the terminal gave nothing: use {instead}")))
}

fn again(passphrase: &str, instead: &str) -> Result<(), Failure> {
    if ask("The same again: ", instead)? == passphrase {
        return Ok(());
    }
    Err(Failure::usage("the two passphrases differ: nothing was done"))
}
