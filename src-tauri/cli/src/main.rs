//! How is Lanthan used from a terminal?
//!
//! Arguments are read here, use cases live in `lanthan-api`, words in the text files. Exit codes: 0
//! done, 1 findings block, 2 usage, 3 refused input, 4 vault or passphrase, 5 internal.

use std::{alloc::System, process::ExitCode};

use clap::Parser;
use zeroizing_alloc::ZeroAlloc;

mod args;
mod backup;
mod checks;
mod clean;
mod clock;
mod commands;
mod exhibit;
mod keys;
mod leaving;
mod opening;
mod output;
mod pack;
mod packs;
mod passphrase;
mod place;
mod position;
mod questionnaire;
mod recipe;
mod redaction;
mod scope;
mod vault;

/// What is freed is wiped: no piece of a passphrase stays behind where a text grew or was passed on.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    if let Some(code) = lanthan_api::reader::serve_if_asked() {
        return code;
    }
    let withdrawn = lanthan_api::follow_no_settings().and_then(|()| lanthan_api::hide_memory());
    let call = args::Call::parse();
    if let Err(refused) = withdrawn {
        return output::Failure::from(lanthan_api::Error::from(refused)).report();
    }
    match commands::run(call.command) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
