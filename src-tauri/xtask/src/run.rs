//! How does a newcomer see the whole thing work?

use std::{fs, path::Path, time::Instant};

use crate::{
    install,
    shell::{Done, run},
};

const PACKAGE: &str = "target/sample-package";
const VAULT: &str = "target/sample-vault.lanthan";

/// Installs what is missing, builds, makes the sample package and opens the window.
pub(crate) fn show() -> Done {
    install::for_build()?;
    build_ui()?;
    run("cargo", &["build", "--locked", "--workspace"])?;
    for old in [PACKAGE, VAULT] {
        if Path::new(old).exists() {
            fs::remove_dir_all(old).map_err(|e| format!("{old}: {e}"))?;
        }
    }
    let begun = Instant::now();
    run_cli(&["sample", "--out", PACKAGE, "--vault", VAULT])?;
    let taken = begun.elapsed().as_secs_f32();
    run_cli(&["verify", PACKAGE])?;
    println!(
        "\nThe sample package is in {PACKAGE} (made in {taken:.1} s); open {PACKAGE}/package.pdf."
    );
    println!("The sample vault is {VAULT}; its passphrase: sample vault of invented firms");
    let display = ["DISPLAY", "WAYLAND_DISPLAY"];
    if cfg!(target_os = "linux") && !display.iter().any(|name| std::env::var_os(name).is_some()) {
        println!("There is no display, so the window stays closed.");
        return Ok(());
    }
    run("target/debug/lanthan", &[VAULT])
}

fn run_cli(args: &[&str]) -> Done {
    run("target/debug/lanthan-cli", args)
}

/// Builds the window's pages.
pub(crate) fn build_ui() -> Done {
    run("npm", &["run", "build", "--prefix", "ui"])
}

/// Draws the sample's photographs and papers again.
pub(crate) fn draw_sample() -> Done {
    run("cargo", &["run", "--locked", "--package", "make-sample", "--", "assets/sample"])
}
