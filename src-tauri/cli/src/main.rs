//! How is Lanthan used from a terminal?
//!
//! Arguments are read here, use cases live in `lanthan-api`, words in the text files. Exit codes: 0
//! done, 1 findings block, 2 usage, 3 refused input, 4 vault or passphrase, 5 internal.

use std::process::ExitCode;

use clap::Parser;

mod args;
mod backup;
mod checks;
mod clock;
mod commands;
mod exhibit;
mod keys;
mod opening;
mod output;
mod pack;
mod packs;
mod passphrase;
mod place;
mod questionnaire;
mod scope;
mod vault;

fn main() -> ExitCode {
    let call = args::Call::parse();
    match commands::run(call.command) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
