//! What must hold before a change is done?

use crate::{
    install, run as build,
    shell::{Done, output, run, run_with},
};

/// Everything of the workspace, always with the same choice of packages and targets: another choice
/// would give the dependencies other features and compile all of them again.
const ALL: &[&str] = &["--locked", "--workspace", "--all-targets"];

/// Installs what is missing and runs everything.
pub(crate) fn test() -> Done {
    install::all()?;
    // The window's pages first: the desktop package compiles them in.
    build::build_ui()?;
    lint()?;
    // The tests start the programs, so all of them are built before.
    cargo("build", &[])?;
    cargo("test", &[])?;
    run("git", &["diff", "--exit-code", "--stat", "--", "ui/src/ipc/generated", "assets/schema"])?;
    run("npm", &["test", "--prefix", "ui"])?;
    end_to_end()
}

/// Runs a cargo command over everything.
fn cargo(command: &str, more: &[&str]) -> Done {
    let mut args = vec![command];
    args.extend(ALL);
    args.extend(more);
    run("cargo", &args)
}

/// Formatting and lints.
pub(crate) fn lint() -> Done {
    run("cargo", &["fmt", "--all", "--check"])?;
    cargo("clippy", &["--", "-D", "warnings"])
}

/// Writes again what is made from Rust types: those of the window, and the schema of `dossier.json`.
pub(crate) fn types() -> Done {
    run("cargo", &["test", "--locked", "--package", "lanthan", "export_bindings"])?;
    let print = ["run", "--quiet", "--locked", "--package", "lanthan-core", "--example", "schema"];
    let schema = output("cargo", &print).ok_or("the schema cannot be made")?;
    let kept = "assets/schema/dossier.schema.json";
    std::fs::write(kept, schema + "\n").map_err(|e| format!("{kept}: {e}"))
}

/// Drives the real window under a display of its own. Afterwards the program is built as it is meant
/// to be: the one for the tests keeps sockets.
fn end_to_end() -> Done {
    cargo("build", &["--features", "lanthan/e2e"])?;
    // One after another: each story has the only window of its display.
    let node = ["node", "--test", "--test-concurrency=1", "--test-reporter=spec", "tests/e2e/"];
    let mut args = vec!["-a", "-s", "-screen 0 1360x960x24"];
    args.extend(node);
    let driven = run_with("xvfb-run", &args, &[("NO_AT_BRIDGE", "1")]);
    cargo("build", &[])?;
    driven
}
