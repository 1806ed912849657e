//! What must hold over the whole of Lanthan?
//!
//! One file a word; each test is a sentence. Deliberately absent: a clock, the network, and any need
//! of another machine than this one.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what goes wrong in the set-up of a test ends that test"
)]
#![expect(clippy::disallowed_methods, reason = "cargo is asked what depends on what")]
#![expect(clippy::print_stdout, reason = "what cannot be tested on a system is said")]

mod backup;
mod bad_input;
mod bad_vault;
mod calls;
mod checklist;
mod clean;
mod clock;
mod consistency;
mod crop;
mod documents;
mod durability;
mod earlier_vaults;
mod exchange;
mod failing_calls;
mod full_disk;
mod hygiene;
mod import;
mod judges;
mod leak;
mod leaving;
mod main_job;
mod masks;
#[cfg(target_os = "linux")]
mod memory;
mod packs;
mod pictures;
mod position;
mod power_cut;
mod prove;
mod questionnaire;
mod reader;
mod redaction;
mod scope;
mod search;
mod template;
mod texts;
mod tidy;
mod vault;
mod vault_care;
mod verify;
