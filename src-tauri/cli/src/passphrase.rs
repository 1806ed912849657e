//! Where does the passphrase come from? A file or a prompt, never an argument.

use std::{io::IsTerminal, path::PathBuf};

use lanthan_api::Error;

use crate::{args::Passphrase, output::Failure};

/// Greatest length of a passphrase file, in bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// Reads the passphrase; asks twice when it is to be `new`.
pub(crate) fn read(from: &Passphrase, new: bool) -> Result<String, Failure> {
    let variable = || std::env::var_os("LANTHAN_PASSPHRASE_FILE").map(PathBuf::from);
    if let Some(file) = from.passphrase_file.clone().or_else(variable) {
        let bytes = lanthan_api::outside_read(&file, MAX_FILE_BYTES)?;
        let text = String::from_utf8(bytes).map_err(|_| Error::NotText("passphrase file"))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(
            "no passphrase: give --passphrase-file, set LANTHAN_PASSPHRASE_FILE, or use a terminal",
        ));
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt)
            .map_err(|_| Failure::usage("the terminal gave no passphrase: use --passphrase-file"))
    };
    let passphrase = ask("Passphrase: ")?;
    if new && ask("The same again: ")? != passphrase {
        return Err(Failure::usage("the two passphrases differ: nothing was created"));
    }
    Ok(passphrase)
}
