//! What do other programs say of our files?
//!
//! The judges that nobody of this project wrote: qpdf, poppler, mupdf, exiftool, coreutils. Each must
//! be there; `cargo xtask test` installs them.

use std::{
    ffi::{OsStr, OsString},
    process::{Command, Output},
};

use crate::start;

/// What a program answered.
#[derive(Debug)]
pub struct Said {
    /// True when it ended well.
    pub ok: bool,
    /// What it wrote to standard output.
    pub bytes: Vec<u8>,
    /// Both outputs as text, for looking at and for complaints.
    pub all: String,
}

/// Runs a judge.
///
/// # Panics
///
/// When the program is not installed.
pub fn ask<Arg: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = Arg>) -> Said {
    let args: Vec<OsString> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
    let answer = start::answer(Command::new(program).args(&args));
    let Output { status, stdout, stderr } = answer.unwrap_or_else(|error| {
        panic!("`{program}` is needed for this test ({error}): run `cargo xtask install`")
    });
    let all = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    Said { ok: status.success(), bytes: stdout, all }
}

/// Runs a judge that must be content, and answers what it wrote.
///
/// # Panics
///
/// With what it said when it is not content.
pub fn praised<Arg: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = Arg>) -> String {
    let said = ask(program, args);
    assert!(said.ok, "{program} complains: {}", said.all);
    String::from_utf8_lossy(&said.bytes).into_owned()
}
