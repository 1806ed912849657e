//! How long does it take to judge a dossier of 300 exhibits against the whole carried pack?
//!
//! `cargo bench -p lanthan-tests`. What is measured is what the window does with each key that is typed.
//! To reach: under 2 ms. With the tests it runs once, unmeasured. Deliberately absent: a verdict, and
//! the disk.
#![expect(clippy::unwrap_used, reason = "what the program carries and what is made here is whole")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use lanthan_api::packs::Packs;
use lanthan_core::{checklist::checklist, dossier::Dossier, interchange, pack::Pack};
use lanthan_tests::dossier::{DAY, OpenDossier};
use serde_json::json;

const EXHIBITS: usize = 300;

fn judged(criterion: &mut Criterion) {
    let packs = Packs::carried().unwrap();
    let pack = packs.all().next().unwrap();
    let dossier = dossier(pack);
    assert_eq!(dossier.exhibits.len(), EXHIBITS);
    let name = format!("checklist of {EXHIBITS} exhibits, {} points", pack.requirements.len());
    let _ = criterion.bench_function(&name, |bencher| {
        bencher.iter(|| checklist(black_box(&dossier), pack, DAY));
    });
}

/// A dossier whose exhibits answer every point, each several times.
fn dossier(pack: &Pack) -> Dossier {
    let points: Vec<&str> = pack.requirements.iter().map(|one| one.id.as_str()).collect();
    let mut open = OpenDossier::small();
    let text = |en: &str, zh: &str, at: usize| json!({"en": format!("{en} {at}"), "zh": format!("{zh}{at}")});
    for at in 1..EXHIBITS {
        open = open.exhibit_entry(json!({
            "id": format!("e{at}"), "path": format!("e{at}.jpg"), "kind": "photo", "level": "generic",
            "title": text("Exhibit", "附件", at), "caption": text("One of the goods.", "货物之一。", at),
            "answers": [points[at % points.len()], points[at * 7 % points.len()]],
            "cleared-for": ["supplier"],
        }));
    }
    interchange::read(&open.json.to_string()).unwrap()
}

criterion_group!(benches, judged);
criterion_main!(benches);
