//! What can a user do, from the window or from a terminal?
//!
//! One function is one user action and one transaction of the vault. Everything that leaves goes
//! through [`release`]. Deliberately absent: the clock (the day is passed in), wording (text files),
//! window and terminal.

mod ahead;
pub mod answer;
pub mod backup;
pub mod clean;
pub mod clock;
pub mod consistency;
pub mod crop;
pub mod dossier;
pub mod error;
pub mod exchange;
pub mod exhibit;
pub mod form;
pub mod import;
mod keys;
pub mod leaving;
mod length;
pub mod likeness;
pub mod masks;
pub mod own_side;
pub mod pack;
pub mod packs;
pub mod position;
pub mod progress;
pub mod prove;
pub mod questionnaire;
pub mod reader;
pub mod redaction;
pub mod release;
pub mod revision;
pub mod sample;
pub mod scope;
pub mod screening;
pub mod search;
pub mod sight;
pub mod statement;
pub mod strength;
pub mod template;
pub mod texts;
pub mod vault;
pub mod verify;
pub mod workspace;

pub use error::Error;
pub use lanthan_media::PageSize;
pub use lanthan_package::{WrittenFile, fonts};
pub use lanthan_store::{
    CopyKeys, Damage, DatabaseDamage, Elsewhere, Holder, JudgedBackup, KdfCost, LedgerHead, Piece,
    Publisher, Recovery, RecoveryKey, Rekey, Stray, StrayKind, follow_no_settings, hide_memory,
};
pub use progress::{Progress, Step};
pub use workspace::Workspace;

use lanthan_core::{checklist::Line, condition::Truth, pack::Pack, text::Bilingual};

/// Reads a small file that the user named, such as a passphrase file.
///
/// # Errors
///
/// [`Error::Outside`].
pub fn outside_read(path: &std::path::Path, limit_bytes: u64) -> Result<Vec<u8>> {
    Ok(lanthan_store::outside::read(path, limit_bytes)?)
}

/// Why a requirement is asked or not asked, in words; `None` when it is always asked.
#[must_use]
pub fn say_because(pack: &Pack, line: &Line<'_>) -> Option<Bilingual> {
    let asked = line.state != lanthan_core::checklist::State::NotApplicable;
    let clause = |reason: &lanthan_core::condition::Reason| {
        let side = match reason.truth {
            Truth::Yes => "yes",
            Truth::No => "no",
            Truth::Unknown => "unknown",
        };
        pack.say(&format!("fact.{}.{side}", reason.fact.word()))
    };
    let clauses: Vec<Bilingual> = line.reasons.iter().map(clause).collect();
    if clauses.is_empty() {
        return None;
    }
    let lead = pack.say(if asked { "because.asked" } else { "because.not-asked" });
    let join = |pick: fn(&Bilingual) -> &String, between: &str| {
        clauses.iter().map(|clause| pick(clause).as_str()).collect::<Vec<_>>().join(between)
    };
    let reason = Bilingual::new(join(|c| &c.en, "; "), join(|c| &c.zh, "；"));
    Some(lead.fill(|key, language| (key == "reason").then(|| reason.side(language).to_owned())))
}

/// A use case's answer.
pub type Result<T> = std::result::Result<T, Error>;
