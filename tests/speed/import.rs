//! How fast and in how much memory do files come into a vault, beside `age` and a plain copy?
//!
//! `cargo run -p lanthan-tests --example import-speed [PHOTOS] [VIDEO_MB] [PROGRAM]`, after a build of
//! `lanthan-cli`; 300 photographs and 1,024 MB when left out. Needs `age`, `djpeg` and `cp`. All read the
//! same files, on the same disk, from the system's memory, and bring what they write to the disk: Lanthan
//! as it always does, the others by a synchronisation of each file. Their programs are started once for
//! each file, as from a shell. `age` takes a broken photograph as it is and shows nothing of it: that is
//! compared with Lanthan keeping files and decoding them later. With `djpeg` before it, it does what Lanthan
//! does in one go: the photograph is proven whole and a small picture is made.
//! Deliberately absent: a verdict; the figures are printed.
#![expect(clippy::print_stdout, reason = "its only purpose")]
#![expect(clippy::disallowed_methods, reason = "it starts the programs that it compares")]

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use lanthan_tests::{cli, dossier::OpenDossier, kept::video_file, project, vault::TestVault};
use turbojpeg::{Image, PixelFormat, Subsamp};

mod peer;

use peer::Answer;

/// How many different photographs are made; each is then written several times under its number.
const DIFFERENT: usize = 12;
/// How many times each way is measured; the best time counts, the others are printed too.
const RUNS: usize = 2;

fn main() -> Answer<()> {
    if lanthan_api::reader::serve_if_asked().is_some() {
        return Ok(());
    }
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual: u64| args.get(at).map_or(Ok(usual), |text| text.parse());
    let (count, video_mb) = (number(0, 300)?, number(1, 1024)?);
    let program = args.get(2).map_or_else(|| cli::program().to_owned(), PathBuf::from);
    let place = project::place();
    let photos = photographs(&place.path().join("photos"), usize::try_from(count)?)?;
    compare(&format!("{count} photographs"), &program, place.path(), &photos, &WAYS)?;
    let video = place.path().join("film.mp4");
    video_file(&video, video_mb * 1_000_000);
    compare(&format!("a video of {video_mb} MB"), &program, place.path(), &[video], &WAYS[1..4])
}

fn compare(
    what: &str,
    program: &Path,
    place: &Path,
    files: &[PathBuf],
    ways: &[(&'static str, Way)],
) -> Answer<()> {
    let mut bytes = 0;
    for file in files {
        bytes += fs::metadata(file)?.len();
        // Read once, so that no way pays for the disk.
        let _ = std::io::copy(&mut File::open(file)?, &mut std::io::sink())?;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few gigabytes")]
    let megabytes = bytes as f64 / 1e6;
    println!("{what}: {megabytes:.0} MB");
    let mut best: Vec<(&str, f64)> = Vec::new();
    for _ in 0..RUNS {
        for &(name, way) in ways {
            let out = place.join("out");
            fs::create_dir(&out)?;
            let (time, peak_mb) = way(program, &out, files)?;
            fs::remove_dir_all(&out)?;
            let seconds = time.as_secs_f64();
            println!(
                "  {name:<24} {seconds:6.2} s  {:5.0} MB/s  peak {peak_mb:4} MB",
                megabytes / seconds
            );
            match best.iter_mut().find(|(known, _)| *known == name) {
                Some((_, least)) => *least = least.min(seconds),
                None => best.push((name, seconds)),
            }
        }
    }
    let (own, peers): (Vec<_>, Vec<_>) =
        best.iter().partition(|(name, _)| name.starts_with("lanthan"));
    for (name, own) in own {
        for (peer, seconds) in &peers {
            println!("  {name} takes {:.2} times as long as {peer}", own / seconds);
        }
    }
    Ok(())
}

type Way = fn(&Path, &Path, &[PathBuf]) -> Answer<(Duration, u64)>;

/// The ways that are compared; the first and the last one are for photographs only.
const WAYS: [(&str, Way); 5] = [
    ("lanthan, decoded at once", decoded),
    ("lanthan", kept),
    ("age", age),
    ("cp", copy),
    ("djpeg + age", look_and_age),
];

fn kept(program: &Path, _out: &Path, files: &[PathBuf]) -> Answer<(Duration, u64)> {
    added(program, files, &["--later"])
}

fn decoded(program: &Path, _out: &Path, files: &[PathBuf]) -> Answer<(Duration, u64)> {
    added(program, files, &[])
}

fn added(program: &Path, files: &[PathBuf], how: &[&str]) -> Answer<(Duration, u64)> {
    let vault = TestVault::with(&OpenDossier::small());
    settle();
    let mut call = Command::new(program);
    call.args(["exhibit", "add", "--dossier", "test"]).args(how).args(vault.args()).args(files);
    let start = Instant::now();
    let peak_mb = watched(&mut call)?;
    Ok((start.elapsed(), peak_mb))
}

fn age(_program: &Path, out: &Path, files: &[PathBuf]) -> Answer<(Duration, u64)> {
    age_after(out, files, |_, _| Ok(()))
}

fn look_and_age(_program: &Path, out: &Path, files: &[PathBuf]) -> Answer<(Duration, u64)> {
    age_after(out, files, |file, number| {
        let small = out.join(format!("{number}.ppm"));
        let mut call = Command::new("djpeg");
        watched(call.args(["-strict", "-scale", "1/8", "-outfile"]).arg(small).arg(file))
            .map(|_| ())
    })
}

fn age_after(
    out: &Path,
    files: &[PathBuf],
    before: impl Fn(&Path, usize) -> Answer<()>,
) -> Answer<(Duration, u64)> {
    let key = out.join("key");
    let made = Command::new("age-keygen").arg("-o").arg(&key).output()?;
    let said = String::from_utf8(made.stderr)?;
    let recipient = said.trim().rsplit(' ').next().ok_or("age-keygen says no recipient")?;
    settle();
    let start = Instant::now();
    let mut peak_mb = 0;
    for (number, file) in files.iter().enumerate() {
        before(file, number)?;
        let target = out.join(format!("{number}.age"));
        let mut call = Command::new("age");
        call.args(["-r", recipient, "-o"]).arg(&target).arg(file);
        peak_mb = peak_mb.max(watched(&mut call)?);
        File::open(&target)?.sync_all()?;
    }
    File::open(out)?.sync_all()?;
    Ok((start.elapsed(), peak_mb))
}

fn copy(_program: &Path, out: &Path, files: &[PathBuf]) -> Answer<(Duration, u64)> {
    settle();
    let start = Instant::now();
    let peak_mb = watched(Command::new("cp").args(files).arg(out))?;
    for entry in fs::read_dir(out)? {
        File::open(entry?.path())?.sync_all()?;
    }
    File::open(out)?.sync_all()?;
    Ok((start.elapsed(), peak_mb))
}

/// Lets the disk come to rest, so that no way pays for what another one wrote.
fn settle() {
    let _ = Command::new("sync").status();
    thread::sleep(Duration::from_millis(300));
}

/// Runs a program that must be there to its good end; answers the most memory that it had, in MB.
fn watched(call: &mut Command) -> Answer<u64> {
    peer::watched(call)?.ok_or_else(|| format!("{call:?} is not installed").into())
}

/// Photographs of about 6 MB: that of the sample with grain, as a telephone would keep it, each with the
/// camera's own segments and a number.
fn photographs(folder: &Path, count: usize) -> Answer<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let taken = fs::read(project::root().join("assets/sample/item-photo.jpg"))?;
    let length = usize::from(u16::from_be_bytes([taken[4], taken[5]])) + 2;
    let camera = &taken[2..2 + length];
    let mut picture: Image<Vec<u8>> = turbojpeg::decompress(&taken, PixelFormat::RGB)?;
    let (mut state, mut different) = (1_u32, Vec::new());
    for _ in 0..DIFFERENT.min(count) {
        for value in &mut picture.pixels {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            *value = value.saturating_add_signed(i8::try_from(state % 21)? - 10).clamp(4, 251);
        }
        different.push(turbojpeg::compress(picture.as_deref(), 92, Subsamp::Sub2x2)?);
    }
    (0..count)
        .map(|number| {
            peer::photograph(folder, number, camera, &different[number % different.len()])
        })
        .collect()
}
