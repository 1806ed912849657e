//! How long does it take to judge a dossier of 300 exhibits against the whole carried pack?
//!
//! `cargo run -p lanthan-tests --example checklist-speed [EXHIBITS] [RUNS]`; 300 and 500 when left out.
//! What is measured is what the window does with each key that is typed. To reach: under 2 ms.
//! Deliberately absent: a verdict, and the disk.
#![expect(clippy::print_stdout, reason = "its only purpose")]

use std::{
    error::Error,
    hint::black_box,
    time::{Duration, Instant},
};

use lanthan_api::packs::Packs;
use lanthan_core::{checklist::checklist, interchange};
use lanthan_tests::dossier::{DAY, OpenDossier};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut number = |usual: usize| args.next().map_or(Ok(usual), |text| text.parse());
    let (exhibits, runs) = (number(300)?, number(500)?);
    let packs = Packs::carried()?;
    let pack = packs.all().next().ok_or("the program carries no pack")?;
    let points: Vec<&str> = pack.requirements.iter().map(|one| one.id.as_str()).collect();
    let mut open = OpenDossier::small();
    for at in 1..exhibits {
        let text =
            |en: &str, zh: &str| json!({"en": format!("{en} {at}"), "zh": format!("{zh}{at}")});
        open = open.exhibit_entry(json!({
            "id": format!("e{at}"), "path": format!("e{at}.jpg"), "kind": "photo", "level": "generic",
            "title": text("Exhibit", "附件"), "caption": text("One of the goods.", "货物之一。"),
            "answers": [points[at % points.len()], points[at * 7 % points.len()]],
            "cleared-for": ["supplier"],
        }));
    }
    let dossier = interchange::read(&open.json.to_string())?;
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            let _ = black_box(checklist(black_box(&dossier), pack, DAY));
            start.elapsed()
        })
        .collect();
    times.sort();
    let at = |part: usize| times.get(times.len().saturating_sub(1) * part / 100);
    println!(
        "{} exhibits, {} points, {runs} runs: best {:.0?}, half {:.0?}, 99 of 100 {:.0?}",
        dossier.exhibits.len(),
        points.len(),
        at(0).ok_or("no run")?,
        at(50).ok_or("no run")?,
        at(99).ok_or("no run")?,
    );
    Ok(())
}
