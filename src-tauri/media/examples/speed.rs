//! How long does one clean copy take? `cargo run -p lanthan-media --example speed [FILE…]`
//!
//! Without a file it times a photograph of 12 megapixels and a PDF page that it makes itself.
#![expect(clippy::print_stdout, reason = "its only purpose")]

use std::{error::Error, ops::ControlFlow, time::Instant};

use lanthan_media::{Limits, Recipe, clean, probe, words};
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

const RUNS: u32 = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        return time("12 megapixels", &photograph()?);
    }
    for file in files {
        time(&file, &std::fs::read(&file)?)?;
    }
    Ok(())
}

fn time(name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let limits = Limits::default();
    let start = Instant::now();
    let found = probe(bytes, &limits)?;
    let probed = start.elapsed();
    println!("{name}: {} bytes, {} page(s), probe {probed:.1?}", bytes.len(), found.pages.len());
    for trace in &found.traces {
        println!("  {}: {}", trace.kind, trace.detail);
    }
    let words: usize = words(bytes, &limits)?.iter().map(Vec::len).sum();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let (mut pages, mut out, mut kept) = (0, 0, 0);
        clean(bytes, &Recipe::default(), &limits, &mut |_, page| {
            (pages, out, kept) = (pages + 1, out + page.jpeg.len(), kept + page.words.len());
            ControlFlow::Continue(())
        })?;
        times.push(start.elapsed());
        println!(
            "  clean {:.1?}: {pages} page(s), {out} bytes, {kept} of {words} words",
            times[times.len() - 1]
        );
    }
    times.sort();
    println!("  median {:.1?}", times[times.len() / 2]);
    Ok(())
}

fn photograph() -> Result<Vec<u8>, Box<dyn Error>> {
    const WIDTH: usize = 4000;
    const HEIGHT: usize = 3000;
    let mut rgb = Vec::with_capacity(3 * WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let grain = (x * 7919 + y * 104_729) % 29;
            for shade in [x * 220 / WIDTH, y * 220 / HEIGHT, (x + y) * 220 / (WIDTH + HEIGHT)] {
                rgb.push(u8::try_from(shade + grain).unwrap_or(255));
            }
        }
    }
    let mut compressor = Compressor::new()?;
    compressor.set_quality(92)?;
    compressor.set_subsamp(Subsamp::Sub2x2)?;
    let image = Image {
        pixels: &rgb[..],
        width: WIDTH,
        pitch: 3 * WIDTH,
        height: HEIGHT,
        format: PixelFormat::RGB,
    };
    Ok(compressor.compress_to_vec(image)?)
}
