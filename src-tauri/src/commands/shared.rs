//! What do several screens show in the same shape?

use lanthan_api::Step;
use lanthan_core::text::Bilingual;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter};
use ts_rs::TS;

/// A text in both languages.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub(crate) struct BilingualDto {
    en: String,
    zh: String,
}

impl From<Bilingual> for BilingualDto {
    fn from(Bilingual { en, zh }: Bilingual) -> Self {
        Self { en, zh }
    }
}

impl From<BilingualDto> for Bilingual {
    fn from(BilingualDto { en, zh }: BilingualDto) -> Self {
        Self { en, zh }
    }
}

/// How far long work is.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub(crate) struct ProgressDto {
    job: String,
    #[ts(type = "number")]
    done: u64,
    #[ts(type = "number")]
    total: u64,
    stage: &'static str,
}

/// Tells the window about each step of a job.
pub(crate) fn teller(app: AppHandle, job: String) -> impl Fn(Step) {
    move |step| {
        let Step { stage, done, total } = step;
        // A window that is closing cannot be told anything; the work goes on.
        let _ = app.emit("progress", ProgressDto { job: job.clone(), done, total, stage });
    }
}

/// Both languages of a list.
pub(crate) fn both(all: impl IntoIterator<Item = Bilingual>) -> Vec<BilingualDto> {
    all.into_iter().map(BilingualDto::from).collect()
}
