//! Prepares what Tauri's macros read: capabilities, and a page when the window is not built yet.

use std::{fs, path::Path};

fn main() {
    let dist = Path::new("ui/dist");
    if !dist.join("index.html").exists() {
        let page = "<!doctype html><title>Lanthan</title><p>Run cargo xtask run.</p>";
        if fs::create_dir_all(dist).and_then(|()| fs::write(dist.join("index.html"), page)).is_err()
        {
            println!("cargo::error=ui/dist cannot be written");
        }
    }
    println!("cargo::rerun-if-changed=ui/dist");
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("src-tauri/capabilities/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
