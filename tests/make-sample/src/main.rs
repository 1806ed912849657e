//! How are the files of the sample dossier and the icon made?
//!
//! `make-sample DIR` writes the sample, `make-sample --icons DIR` the icon, `make-sample --draft DIR`
//! small pictures for a quick look. The same program writes the same bytes each time. Deliberately
//! absent: anything that the product itself needs at run time.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    reason = "geometry in 32-bit floats on pictures of a few thousand pixels"
)]

mod camera;
mod dossier;
mod exif;
mod film;
mod glyphs;
mod icon;
mod jpeg;
mod light;
mod march;
mod material;
mod paper;
mod png_file;
mod sample;
mod scene;
mod shape;
mod vector;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use sample::SampleError;

const USAGE: &str = "usage: make-sample DIR | make-sample --draft DIR | make-sample --icons DIR";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["--icons", folder] => icons(Path::new(folder)),
        ["--draft", folder] => pictures(Path::new(folder)),
        [folder] if !folder.starts_with('-') => whole(Path::new(folder)),
        _ => {
            say(USAGE);
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Writes a line to standard error; nobody reads it when that is closed.
fn say(line: &str) {
    let _closed = writeln!(std::io::stderr(), "{line}");
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), SampleError> {
    let path: PathBuf = folder.join(name);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, bytes))
        .map_err(|source| SampleError::Write { path: path.clone(), source })?;
    say(&format!("{} ({} bytes)", path.display(), bytes.len()));
    Ok(())
}

fn whole(folder: &Path) -> Result<(), SampleError> {
    sample::make(&mut |name, bytes| write(folder, name, bytes))
}

fn pictures(folder: &Path) -> Result<(), SampleError> {
    for shot in scene::shots() {
        let width = shot.size.0.min(800);
        let file = sample::picture_file(&shot, &shot.take(width))?;
        write(folder, shot.file, &file)?;
    }
    Ok(())
}

fn icons(folder: &Path) -> Result<(), SampleError> {
    for (name, edge) in icon::SIZES {
        write(folder, name, &png_file::icon(edge, &icon::draw(edge))?)?;
    }
    Ok(())
}
