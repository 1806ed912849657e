//! How is evidence kept so that nobody else reads it and no fault loses it?
//!
//! A vault is one folder: two key files, an encrypted database, and one encrypted file for each
//! original. After any fault it is in its old or its new state. This is the only crate that names a
//! database or a path.
//!
//! ```text
//! NAME.lanthan/  keys.a keys.b   who may open it            database: dossiers, ledger, what is in use
//!                vault.db        the database               obj/ab/…: originals
//!                lock ballast    one program; full disks    tmp/ quarantine/: unfinished, unnamed
//!                holder          who has it open, while somebody has
//! ```
//!
//! Deliberately absent: what a dossier means, clocks (the day is passed in), network.

mod damage;
mod database;
mod durable;
mod error;
#[cfg(fuzzing)]
pub mod fuzzed;
mod hidden;
mod holder;
mod keys;
mod lock;
mod medium;
mod migrate;
mod object;
pub mod outside;
mod settings;
mod table;
mod vault;
mod words;

pub use damage::{Damage, DatabaseDamage};
pub use error::VaultError;
pub use hidden::hide_memory;
pub use holder::{Elsewhere, Holder};
pub use keys::{KdfCost, RecoveryKey, RecoveryKeyError};
pub use object::{BadObjectId, Looking, Meta, ObjectId, StoredObject};
pub use settings::follow_no_settings;
pub use table::{
    backup::{BackupPlan, BackupRow},
    contents::Contents,
    dossier::{DossierRow, Save, SavedExhibit, StoredDossier},
    ledger::{LedgerHead, LedgerLine, LedgerRow},
    pack::{PackRow, Publisher},
    search::FoundPassage,
    sight::MAX_THUMBNAIL_BYTES,
};
pub use vault::{
    BackedUp, Backing, Checked, Copied, CopyKeys, Damaged, Info, JudgedBackup, Progress,
    ReadBackup, Recovery, Register, Rehearsal, Rekey, Sealed, Sight, Standing, Stray, StrayKind,
    Vault,
};
pub use words::{Piece, Query};

/// What a vault answers.
pub type Result<T> = std::result::Result<T, VaultError>;
