//! What must hold before a change is done?

use crate::{
    install, run as build,
    shell::{Done, run, run_with},
};

/// Installs what is missing and runs everything.
pub(crate) fn test() -> Done {
    install::all()?;
    // The window first: the desktop package compiles its pages in.
    run("npm", &["run", "build", "--prefix", "ui"])?;
    lint()?;
    run("cargo", &["test", "--locked", "--workspace"])?;
    run("git", &["diff", "--exit-code", "--stat", "--", "ui/src/ipc/generated"])?;
    run("npm", &["test", "--prefix", "ui"])?;
    end_to_end()
}

/// Formatting and lints.
pub(crate) fn lint() -> Done {
    run("cargo", &["fmt", "--all", "--check"])?;
    let strict = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    run("cargo", &strict)
}

/// Writes the types that the window shares with Rust again.
pub(crate) fn types() -> Done {
    run("cargo", &["test", "--locked", "--package", "lanthan", "export_bindings"])
}

/// Drives the real window under a display of its own.
fn end_to_end() -> Done {
    build::build_ui()?;
    run("cargo", &["build", "--locked", "--features", "e2e"])?;
    let node = ["node", "--test", "--test-reporter=spec", "tests/e2e/"];
    let mut args = vec!["-a", "-s", "-screen 0 1360x960x24"];
    args.extend(node);
    run_with("xvfb-run", &args, &[("NO_AT_BRIDGE", "1")])
}
