//! How fast do files become clean copies, beside the programs that people use for it?
//!
//! `cargo run -p lanthan-tests --example clean-speed [LARGE] [SMALL] [PROGRAM]`, after a build of
//! `lanthan-cli`; 20 photographs of 24 megapixels and 200 small ones when left out. The large ones are made
//! smaller, by `vipsthumbnail` and `convert` (`ImageMagick`) as well, all at quality 85 and without metadata;
//! the small ones are cleaned, by `mat2` and `exiftool` as well, which keep the coded pixels and copy them.
//! A peer that is not installed is left out with a word. Deliberately absent: a verdict; the figures are
//! printed. The likeness of each result is that to the average of the pixels that it was made of.
#![expect(clippy::print_stdout, reason = "its only purpose")]
#![expect(clippy::disallowed_methods, reason = "it starts the programs that it compares")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use lanthan_tests::{cli, project};
use turbojpeg::{Image, PixelFormat, Subsamp};

mod peer;

use peer::Answer;

/// The sides of a large photograph, and the longer side of what is made of it: what `clean` makes.
const LARGE: (usize, usize) = (6000, 4000);
const EDGE_PX: usize = 2000;
/// How many times each way is measured; the best time counts.
const RUNS: usize = 2;

fn main() -> Answer<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual: usize| args.get(at).map_or(Ok(usual), |text| text.parse());
    let (large, small) = (number(0, 20)?, number(1, 200)?);
    let program = args.get(2).map_or_else(|| cli::program().to_owned(), PathBuf::from);
    let place = project::place();
    let shown = scene(LARGE);
    let files = written(&place.path().join("large"), &shown, large)?;
    println!("{large} photographs of 24 megapixels to {EDGE_PX} pixels");
    compare(&program, place.path(), &files, &[LANTHAN, VIPS, MAGICK], Some(&averaged(&shown)))?;
    let files = written(&place.path().join("small"), &scene((1200, 800)), small)?;
    println!("{small} photographs of 1 megapixel without what stands beside their pixels");
    compare(&program, place.path(), &files, &[LANTHAN, MAT2, EXIFTOOL], None)
}

/// A program and how it is asked: itself, the folder for the results, the files.
type Way = (&'static str, fn(&Path, &Path, &[PathBuf]) -> Command);

const LANTHAN: Way = ("lanthan", |program, out, files| {
    let mut call = Command::new(program);
    call.arg("clean").args(files).arg("--out").arg(out);
    call
});

const VIPS: Way = ("vipsthumbnail", |_, out, files| {
    let mut call = Command::new("vipsthumbnail");
    let format = format!("{}/%s.jpg[Q=85,strip]", out.display());
    call.args(["--size", &EDGE_PX.to_string(), "-o", &format]).args(files);
    call
});

const MAGICK: Way = ("convert", |_, out, files| {
    let mut call = Command::new("convert");
    let size = format!("{EDGE_PX}x{EDGE_PX}");
    call.args(files).args(["-auto-orient", "-resize", &size, "-strip", "-quality", "85"]);
    call.arg(out.join("%d.jpg"));
    call
});

const MAT2: Way = ("mat2", |_, _, files| {
    let mut call = Command::new("mat2");
    call.args(files);
    call
});

const EXIFTOOL: Way = ("exiftool", |_, out, files| {
    let mut call = Command::new("exiftool");
    call.args(["-q", "-all=", "-o"]).arg(format!("{}/", out.display())).args(files);
    call
});

fn compare(
    program: &Path,
    place: &Path,
    files: &[PathBuf],
    ways: &[Way],
    like: Option<&Image<Vec<u8>>>,
) -> Answer<()> {
    let mut own = None;
    for (name, way) in ways {
        let mut best: Option<(f64, u64)> = None;
        let mut likeness = String::new();
        for _ in 0..RUNS {
            let out = place.join("out");
            if name != &LANTHAN.0 {
                fs::create_dir(&out)?;
            }
            let start = Instant::now();
            let Some(peak_mb) = peer::watched(&mut way(program, &out, files))? else {
                println!("  {name} is not installed and is left out");
                fs::remove_dir_all(&out)?;
                break;
            };
            let seconds = start.elapsed().as_secs_f64();
            if best.is_none_or(|(least, _)| seconds < least) {
                best = Some((seconds, peak_mb));
            }
            if let Some(like) = like {
                let first = fs::read_dir(&out)?.next().ok_or("nothing was made")??.path();
                likeness = format!("  {:.1} dB", psnr(like, &fs::read(first)?)?);
            }
            fs::remove_dir_all(&out)?;
            for file in files {
                // mat2 writes beside its source.
                let _ = fs::remove_file(file.with_extension("cleaned.jpg"));
            }
        }
        let Some((seconds, peak_mb)) = best else { continue };
        let ratio = seconds / *own.get_or_insert(seconds);
        println!(
            "  {name:<14}{seconds:7.2} s  peak {peak_mb:4} MB  {ratio:6.2} times as long{likeness}"
        );
    }
    Ok(())
}

/// Something like a photograph: soft shades, edges and grain.
fn scene((width, height): (usize, usize)) -> Image<Vec<u8>> {
    let mut pixels = Vec::with_capacity(3 * width * height);
    let mut state = 1_u32;
    for y in 0..height {
        for x in 0..width {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let grain = (state % 13) as usize;
            let stripe = if (x / 97 + y / 61) % 5 == 0 { 40 } else { 0 };
            for part in [x * 180 / width, y * 180 / height, (x + y) * 180 / (width + height)] {
                pixels.push(u8::try_from(part + grain + stripe).unwrap_or(u8::MAX));
            }
        }
    }
    Image { pixels, width, pitch: 3 * width, height, format: PixelFormat::RGB }
}

/// The picture with each field of three by three pixels as one.
fn averaged(shown: &Image<Vec<u8>>) -> Image<Vec<u8>> {
    let by = shown.width / EDGE_PX;
    let (width, height) = (shown.width / by, shown.height / by);
    let mut pixels = Vec::with_capacity(3 * width * height);
    for y in 0..height {
        for x in 0..width {
            for part in 0..3 {
                let of = |at: usize| {
                    let (x, y) = (x * by + at % by, y * by + at / by);
                    usize::from(shown.pixels[y * shown.pitch + 3 * x + part])
                };
                let sum: usize = (0..by * by).map(of).sum();
                pixels.push(u8::try_from(sum / (by * by)).unwrap_or(u8::MAX));
            }
        }
    }
    Image { pixels, width, pitch: 3 * width, height, format: PixelFormat::RGB }
}

/// How like a JPEG is to what it should show, in decibels.
fn psnr(like: &Image<Vec<u8>>, jpeg: &[u8]) -> Answer<f64> {
    let made = turbojpeg::decompress(jpeg, PixelFormat::RGB)?;
    if (made.width, made.height) != (like.width, like.height) {
        return Err("a result has another size".into());
    }
    let squares =
        made.pixels.iter().zip(&like.pixels).map(|(a, b)| f64::from(a.abs_diff(*b)).powi(2));
    let (sum, count) = squares.fold((0.0, 0.0), |(sum, count), square| (sum + square, count + 1.0));
    Ok(10.0 * (255.0_f64.powi(2) * count / f64::max(sum, 1.0)).log10())
}

/// Writes the picture as so many files.
fn written(folder: &Path, shown: &Image<Vec<u8>>, count: usize) -> Answer<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let coded = turbojpeg::compress(shown.as_deref(), 92, Subsamp::Sub2x2)?;
    (0..count).map(|number| peer::photograph(folder, number, &[], &coded)).collect()
}
