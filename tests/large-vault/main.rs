//! How fast is a large vault? `cargo run -p lanthan-tests --example large-vault -- FOLDER [TO [DOSSIERS]]`
//!
//! Makes a vault in `FOLDER` with 40 dossiers of 500 exhibits and one of 5,000, copies it to `TO` when
//! that is given (so that it can be made in memory and measured on a disk), and times what a user
//! waits for, beside what the user would do without. Deliberately absent: judgement; the figures to
//! reach stand in brackets.
#![expect(clippy::print_stdout, reason = "its only purpose")]

use std::{
    error::Error,
    fs, hint,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use lanthan_api::{KdfCost, Workspace, exhibit::Change, progress::silent};
use lanthan_core::id::{DossierId, ExhibitId};
use lanthan_tests::{
    dossier::{DAY, OpenDossier},
    folder, hostile,
};
use serde_json::json;

type Answer<T> = Result<T, Box<dyn Error>>;

const PASSPHRASE: &str = "seven herons walk over the ice";
const SMALL: usize = 500;
const LARGE: usize = 5_000;

/// Words that captions are made of; each stands in every sixth or seventh.
const ENGLISH: [&str; 7] = ["packing", "hall", "magnet", "drawing", "machine", "report", "line"];
const CHINESE: [&str; 6] = ["包装车间", "保密契约", "机电工程", "磁体照片", "检验报告", "生产线"];

fn main() -> Answer<()> {
    if lanthan_api::reader::serve_if_asked().is_some() {
        return Ok(());
    }
    let mut args = std::env::args().skip(1);
    let made = PathBuf::from(args.next().ok_or("name a folder that does not exist")?);
    let to = args.next().map(PathBuf::from);
    let dossiers = args.next().map_or(Ok(40), |number| number.parse())?;
    fs::create_dir(&made)?;
    let mut vault = made.join("speed.lanthan");
    let start = Instant::now();
    fill(&vault, &made.join("open"), dossiers)?;
    println!("made in {:.0?}", start.elapsed());
    if let Some(to) = to {
        folder::copy(&made, &to);
        vault = to.join("speed.lanthan");
    }
    measure(&vault, dossiers * SMALL + LARGE)
}

/// Makes the vault.
fn fill(vault: &Path, open: &Path, dossiers: usize) -> Answer<()> {
    let (mut workspace, _) = Workspace::create(vault, PASSPHRASE, KdfCost::SMALLEST)?;
    let photo = hostile::jpeg(320, 240);
    for number in 0..=dossiers {
        let exhibits = if number == dossiers { LARGE } else { SMALL };
        let id = if number == dossiers { "large".to_owned() } else { format!("small-{number}") };
        let mut dossier = OpenDossier::small().put("/id", json!(id));
        for at in 1..exhibits {
            let caption = json!({
                "en": format!("{} {} {at}", ENGLISH[at % 7], ENGLISH[(at / 7) % 7]),
                "zh": format!("{}{}{at}号", CHINESE[at % 6], CHINESE[(at / 6) % 6]),
            });
            dossier = dossier.exhibit(&format!("e{at}"), &format!("IMG_{at}.jpg"), photo.clone());
            dossier.json["dossier"]["exhibits"][at]["caption"] = caption;
        }
        workspace.load(&dossier.write(open), DAY, &mut silent)?;
        fs::remove_dir_all(open)?;
    }
    Ok(workspace.close()?)
}

fn measure(vault: &Path, exhibits: usize) -> Answer<()> {
    println!("{exhibits} exhibits, database {} kB", bytes(vault) / 1000);
    let derive = median(5, || _ = Workspace::open(vault, "not the passphrase at all"));
    let mut opened = Vec::new();
    for _ in 0..5 {
        let (workspace, took) = once(|| Workspace::open(vault, PASSPHRASE));
        opened.push(took.saturating_sub(derive));
        workspace?.close()?;
    }
    opened.sort();
    println!("open: {:.1?} beside {derive:.1?} of key derivation [< 100 ms]", opened[2]);

    let mut workspace = Workspace::open(vault, PASSPHRASE)?;
    let (large, small) = (DossierId::new("large")?, DossierId::new("small-0")?);
    let (count, took) = once(|| workspace.dossiers(DAY).map(|rows| rows.len()));
    println!("home, {} dossiers with their checklists: {took:.1?}", count?);
    println!("home again: {:.1?}", median(5, || _ = workspace.dossiers(DAY)));
    let (length, took) = once(|| list(&mut workspace, &large));
    println!("list of {LARGE}, first: {took:.1?}, {} kB [< 50 ms]", length? / 1000);
    println!(
        "list of {LARGE}, again: {:.1?} [< 50 ms]",
        median(5, || _ = list(&mut workspace, &large))
    );

    search(&workspace)?;
    thumbnails(&mut workspace, &large)?;
    for id in [&small, &large] {
        save(&mut workspace, vault, id)?;
    }
    let undo = median(5, || _ = workspace.undo(&large, None));
    println!("undo in the large one: {undo:.1?}");
    Ok(workspace.close()?)
}

/// What the window is sent for a list.
fn list(workspace: &mut Workspace, id: &DossierId) -> Answer<usize> {
    let mut text = String::new();
    for listed in workspace.exhibits(id)? {
        text.push_str(&serde_json::to_string(&listed.exhibit)?);
        for page in listed.pages {
            text.push_str(&serde_json::to_string(&[page.width, page.height])?);
        }
    }
    Ok(hint::black_box(text).len())
}

fn search(workspace: &Workspace) -> Answer<()> {
    let words =
        ["packing", "img_4711", "magnet drawing", "p", "契约", "保密契约", "工程 report", "车"];
    for typed in words {
        let found = workspace.search(typed, 50)?.len();
        let took = median(5, || _ = workspace.search(typed, 50));
        println!("search {typed}: {took:.1?}, {found} hits [< 50 ms]");
    }
    let (found, took) = once(|| look_through(workspace, "契约"));
    println!("looking through every dossier instead: {took:.1?}, {} hits", found?);
    Ok(())
}

fn look_through(workspace: &Workspace, typed: &str) -> Answer<usize> {
    let mut found = 0;
    for row in workspace.dossiers(DAY)? {
        let (dossier, _) = workspace.dossier(&row.id)?;
        let holds = |text: &str| text.contains(typed);
        found += dossier.exhibits.iter().filter(|e| holds(&e.caption.zh) || holds(&e.path)).count();
    }
    Ok(found)
}

fn thumbnails(workspace: &mut Workspace, id: &DossierId) -> Answer<()> {
    let ids: Vec<ExhibitId> =
        (1..=100).map(|at| ExhibitId::new(&format!("e{at}"))).collect::<Result<_, _>>()?;
    let (bytes, took) = once(|| -> Answer<usize> {
        ids.iter().map(|exhibit| Ok(workspace.thumbnail(id, exhibit)?.len())).sum()
    });
    println!("100 thumbnails: {took:.1?}, {} kB", bytes? / 1000);
    let (done, took) = once(|| -> Answer<()> {
        ids.iter().try_for_each(|exhibit| Ok(workspace.page_image(id, exhibit, 1).map(|_| ())?))
    });
    done?;
    println!("100 originals decrypted, decoded and drawn instead: {took:.1?}");
    Ok(())
}

fn save(workspace: &mut Workspace, vault: &Path, id: &DossierId) -> Answer<()> {
    let exhibit = ExhibitId::new("e7")?;
    let before = bytes(vault);
    let mut times = Vec::new();
    for number in 0..60 {
        let (dossier, _) = workspace.dossier(id)?;
        let known = dossier.exhibit(&exhibit).ok_or("it is there")?;
        let mut caption = known.caption.clone();
        caption.en = format!("caption number {number}");
        let change = Change {
            title: known.title.clone(),
            caption,
            kind: known.kind,
            level: known.level,
            masks: known.masks.clone(),
            crop: known.crop,
            pages: known.pages.clone(),
            marked_may_be_seen: known.marked_may_be_seen,
            answers: known.answers.clone(),
            cleared_for: known.cleared_for.clone(),
        };
        let start = Instant::now();
        workspace.save_exhibit(id, &exhibit, change, DAY)?;
        times.push(start.elapsed());
    }
    times.sort();
    let count = workspace.dossier(id)?.0.exhibits.len();
    println!(
        "one caption among {count}: median {:.1?}, longest {:.1?} of 60 [< 50 ms]; the database grew by {} kB",
        times[30],
        times[59],
        bytes(vault).saturating_sub(before) / 1000
    );
    Ok(())
}

/// Length of the database and its log.
fn bytes(vault: &Path) -> u64 {
    let length = |name: &str| fs::metadata(vault.join(name)).map_or(0, |file| file.len());
    length("vault.db") + length("vault.db-wal")
}

fn once<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let answer = work();
    (answer, start.elapsed())
}

fn median(times: usize, mut work: impl FnMut()) -> Duration {
    let mut took: Vec<Duration> = (0..times).map(|_| once(&mut work).1).collect();
    took.sort();
    took[times / 2]
}
