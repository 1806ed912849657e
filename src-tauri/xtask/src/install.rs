//! What must be on the machine, and how does it get there?
//!
//! System packages come through apt when the task may use it (root, or sudo without a password);
//! otherwise the one line to run is printed. npm packages come from the lock file.

use std::{fs, path::Path};

use crate::shell::{Done, output, run, run_with, succeeds};

/// What building needs on Debian 12 or Ubuntu.
const BUILD: &[&str] = &[
    "build-essential",
    "cmake",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libwebkit2gtk-4.1-dev",
    "nasm",
    "perl",
    "pkg-config",
];

/// What the end-to-end tests and the checks of the PDF need beside it.
const TEST: &[&str] = &[
    "dbus-x11",
    "libimage-exiftool-perl",
    "minisign",
    "mupdf-tools",
    "poppler-utils",
    "qpdf",
    "strace",
    "webkit2gtk-driver",
    "xauth",
    "xvfb",
];

/// Everything for building.
pub(crate) fn for_build() -> Done {
    packages(BUILD)?;
    npm()
}

/// Everything.
pub(crate) fn all() -> Done {
    let both: Vec<&str> = BUILD.iter().chain(TEST).copied().collect();
    packages(&both)?;
    components()?;
    npm()
}

fn packages(wanted: &[&str]) -> Done {
    if !cfg!(target_os = "linux") || !succeeds("dpkg-query", &["--version"]) {
        println!("This is no Debian or Ubuntu; these must be there: {}", wanted.join(" "));
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().filter(|name| !is_installed(name)).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let quiet = [("DEBIAN_FRONTEND", "noninteractive")];
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&missing);
    if output("id", &["-u"]).as_deref() == Some("0") {
        run_with("apt-get", &["update"], &quiet)?;
        run_with("apt-get", &install, &quiet)
    } else if succeeds("sudo", &["-n", "true"]) {
        run("sudo", &["apt-get", "update"])?;
        let mut with_sudo = vec!["DEBIAN_FRONTEND=noninteractive", "apt-get"];
        with_sudo.extend(&install);
        run("sudo", &with_sudo)
    } else {
        Err(format!(
            "some system packages are missing; run this line, then try again:\n\n    \
             sudo apt-get update && sudo apt-get install -y {}\n",
            missing.join(" ")
        ))
    }
}

fn is_installed(name: &str) -> bool {
    output("dpkg-query", &["-W", "-f=${Status}", name])
        .is_some_and(|status| status == "install ok installed")
}

/// rustfmt and clippy come with most toolchains; where rustup can add them it does.
fn components() -> Done {
    if succeeds("cargo", &["fmt", "--version"]) && succeeds("cargo", &["clippy", "--version"]) {
        return Ok(());
    }
    run("rustup", &["component", "add", "rustfmt", "clippy"])
}

/// Brings `node_modules` to the lock file, unless it is there already.
fn npm() -> Done {
    let lock =
        fs::read("ui/package-lock.json").map_err(|e| format!("ui/package-lock.json: {e}"))?;
    let stamp = Path::new("ui/node_modules/.lanthan-lock");
    if fs::read(stamp).is_ok_and(|known| known == lock) {
        return Ok(());
    }
    run("npm", &["ci", "--prefix", "ui", "--no-audit", "--no-fund"])?;
    fs::write(stamp, lock).map_err(|e| format!("{}: {e}", stamp.display()))
}
