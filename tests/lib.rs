//! What do the tests of the whole stand on?
//!
//! Builders of dossiers and vaults, the terminal program as a user runs it, small makers of hostile
//! files, and the project's own files as git knows them. Deliberately absent: tests; they stand in
//! `suite/` and `e2e/`, one file a word.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "support of tests: what goes wrong here ends the test with a sentence"
)]
#![expect(clippy::disallowed_methods, reason = "tests start the program that they judge")]

pub mod chance;
pub mod cli;
pub mod disk;
pub mod dossier;
pub mod folder;
pub mod hostile;
pub mod kept;
pub mod pdf;
pub mod project;
pub mod sample;
pub mod session;
pub mod source;
pub mod start;
pub mod still;
pub mod strace;
pub mod tools;
pub mod vault;
