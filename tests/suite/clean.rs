//! Are clean copies of many files the same whoever is first, do they look as was asked, and does a stop
//! leave nothing?
//!
//! Deliberately absent: what is removed, kind by kind (media crate, `bad_input`, `pictures`).

use std::{fs, ops::ControlFlow, path::PathBuf};

use lanthan_api::clean::{Wish, clean};
use lanthan_tests::{args, cli, hostile, project};
use serde_json::Value;
use tempfile::TempDir;
use turbojpeg::{Image, PixelFormat};

fn place_with(photos: usize) -> (TempDir, Vec<PathBuf>) {
    let place = project::place();
    let files = (0..photos)
        .map(|number| {
            // Each has its own size, so that one that takes another's name is noticed.
            let (width, height) = (320 + number, 240);
            let path = place.path().join(format!("photo {number}.jpg"));
            fs::write(&path, hostile::jpeg(width, height)).unwrap();
            path
        })
        .collect();
    (place, files)
}

fn shown(path: &std::path::Path) -> Image<Vec<u8>> {
    turbojpeg::decompress(&fs::read(path).unwrap(), PixelFormat::RGB).unwrap()
}

#[test]
fn the_same_call_gives_the_same_bytes_in_the_order_of_its_files() {
    let (place, mut files) = place_with(24);
    fs::write(&files[7], b"no picture").unwrap();
    files.reverse();
    let copies = |name: &str| {
        let out = place.path().join(name);
        let words = args!["clean", "--json", "--out", out];
        let ran = cli::run(words.into_iter().chain(files.iter().map(Into::into)));
        assert_eq!(ran.exit, 3, "{}", ran.err);
        (ran.json(), out)
    };
    let ((first, out), (second, other)) = (copies("one"), copies("two"));
    assert_eq!(first, second);
    let made = first["copies"].as_array().unwrap();
    assert_eq!((made.len(), first["refused"].as_array().unwrap().len()), (23, 1));
    let sources: Vec<&Value> = made.iter().map(|copy| &copy["source"]).collect();
    let wanted: Vec<Value> = files.iter().map(|file| file.display().to_string().into()).collect();
    let wanted: Vec<&Value> = wanted.iter().filter(|file| sources.contains(file)).collect();
    assert_eq!(sources, wanted);
    for copy in made {
        let (name, source) = (copy["name"].as_str().unwrap(), copy["source"].as_str().unwrap());
        let bytes = fs::read(out.join(name)).unwrap();
        assert!(bytes == fs::read(other.join(name)).unwrap(), "{name}");
        assert_eq!(shown(&out.join(name)).width, shown(source.as_ref()).width, "{name}");
    }
}

#[test]
fn a_copy_has_the_size_and_the_masks_that_were_asked_for() {
    let (place, files) = place_with(2);
    let out = place.path().join("out");
    let mask = ["--mask", "1:0,0,5000,10000", "--max-edge", "160", "--quality", "95"];
    let _ = cli::run(args!["clean", files[0], "--out", out].into_iter().chain(args(&mask))).done();
    let copy = shown(&out.join("clean-1.jpg"));
    assert_eq!((copy.width, copy.height), (160, 120));
    let pixel = |x: usize| &copy.pixels[60 * copy.pitch + 3 * x..][..3];
    assert!(pixel(40).iter().all(|value| *value < 8), "{:?}", pixel(40));
    assert!(pixel(140).iter().any(|value| *value > 40), "{:?}", pixel(140));
    for (words, says) in [
        (&["--mask", "1:0,0,5000,10000"][..], "single file"),
        (&["--mask", "0:0,0,1,1"], "outside of the page"),
        (&["--quality", "0"], "quality"),
        (&["--max-edge", "3"], "max-edge"),
    ] {
        let out = place.path().join("none");
        let call = args!["clean", files[0], files[1], "--out", out].into_iter().chain(args(words));
        let ran = cli::run(call);
        assert!(ran.exit == 2 && ran.err.contains(says), "{words:?}: {}", ran.err);
        assert!(!out.exists());
    }
}

fn args(words: &[&str]) -> Vec<std::ffi::OsString> {
    words.iter().map(Into::into).collect()
}

#[test]
fn a_stop_in_the_middle_leaves_nothing() {
    let (place, files) = place_with(12);
    let out = place.path().join("out");
    for after in [0, 1, 7] {
        let mut stopping = |step: lanthan_api::Step| {
            if step.done >= after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let stopped = clean(&files, &out, &Wish::default(), &mut stopping).unwrap_err();
        assert_eq!(stopped.code(), "cancelled");
        let left: Vec<_> = fs::read_dir(place.path()).unwrap().flatten().collect();
        assert_eq!(left.len(), files.len(), "{left:?}");
    }
}
