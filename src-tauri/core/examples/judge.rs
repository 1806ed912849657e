//! How long does the checklist of a large dossier take? `cargo run -p lanthan-core --example judge`
//!
//! A dossier of 300 exhibits, each for four requirements, is judged against the whole carried pack.
//! The figure to reach is 2 ms, so that the checklist is live while somebody types.
#![expect(clippy::print_stdout, reason = "its only purpose")]

use std::{error::Error, hint, time::Instant};

use jiff::civil::date;
use lanthan_core::{
    checklist::{State, checklist},
    dossier::{Dossier, PackRef},
    exhibit::Exhibit,
    field,
    id::{DossierId, PartyId},
    pack::Pack,
    text::Bilingual,
};

const EXHIBITS: usize = 300;
const RUNS: usize = 501;

fn main() -> Result<(), Box<dyn Error>> {
    let pack = Pack::read(
        include_str!("../../../assets/packs/cn-dual-use-rare-earth/pack.toml"),
        include_str!("../../../assets/packs/cn-dual-use-rare-earth/en.toml"),
        include_str!("../../../assets/packs/cn-dual-use-rare-earth/zh.toml"),
    )?;
    let dossier = dossier(&pack)?;
    let day = date(2026, 11, 25);
    let mut times = Vec::with_capacity(RUNS);
    let mut ready = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        let list = hint::black_box(checklist(hint::black_box(&dossier), &pack, day));
        times.push(start.elapsed());
        ready = list.count(State::Ready);
    }
    times.sort();
    println!(
        "{} requirements, {EXHIBITS} exhibits, {ready} ready: median {:.0?}, longest {:.0?} of {RUNS} [< 2 ms]",
        pack.requirements.len(),
        times[RUNS / 2],
        times[RUNS - 1],
    );
    Ok(())
}

/// Every field that the pack asks for is filled in, and every requirement has its exhibits.
fn dossier(pack: &Pack) -> Result<Dossier, Box<dyn Error>> {
    let of = PackRef { id: pack.id.clone(), version: pack.version.clone(), overlays: Vec::new() };
    let mut dossier = Dossier::new(DossierId::new("judged")?, "Judged".to_owned(), of);
    for key in pack.requirements.iter().flat_map(|requirement| &requirement.needs.fields) {
        for key in field::expand(&dossier, key) {
            // What wants a day, a number or a choice stays blank.
            let _ = field::write(&mut dossier, &key, &Bilingual::new("filled in", "已填写"));
        }
    }
    let recipient = dossier.parties.first().map(|party| party.id.clone());
    let recipient = recipient.map_or_else(|| PartyId::new("supplier"), Ok)?;
    for at in 0..EXHIBITS {
        let text = format!(r#"{{"id":"e{at}","path":"{at}.jpg","kind":"photo"}}"#);
        let mut exhibit: Exhibit = serde_json::from_str(&text)?;
        for step in 0..4 {
            let requirement = &pack.requirements[(at * 4 + step) % pack.requirements.len()];
            exhibit.answers.push(requirement.id.clone());
        }
        exhibit.cleared_for.push(recipient.clone());
        dossier.exhibits.push(exhibit);
    }
    Ok(dossier)
}
