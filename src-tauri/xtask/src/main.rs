//! What are the two commands that a newcomer needs?
//!
//! `cargo xtask run` and `cargo xtask test` install what is missing and do the rest. Deliberately
//! absent: dependencies; this program must build on a bare machine.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it talks to a person at a terminal"
)]
#![expect(clippy::disallowed_methods, reason = "its work is to start other programs")]

use std::process::ExitCode;

mod install;
mod run;
mod shell;
mod test;

const HELP: &str =
    "cargo xtask run       install what is missing, build, make the sample package, open the window
cargo xtask test      install what is missing, run every test and lint
cargo xtask lint      formatting and clippy alone
cargo xtask sample    draw the sample's photographs and papers again
cargo xtask types     write the types that the window shares with Rust again
cargo xtask install   install what is missing and stop";

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let done = shell::enter_root().and_then(|()| match task.as_str() {
        "run" => run::show(),
        "test" => test::test(),
        "lint" => test::lint(),
        "sample" => run::draw_sample(),
        "types" => test::types(),
        "install" => install::all(),
        _ => {
            println!("{HELP}");
            if matches!(task.as_str(), "" | "help" | "--help" | "-h") {
                Ok(())
            } else {
                Err(format!("there is no task \"{task}\""))
            }
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
