//! Does the crate hold, seen from outside, what it promises about hostile files?
//!
//! Every input is built here; no foreign file lies in the repository.

#![expect(clippy::unwrap_used, reason = "what goes wrong in the set-up of a test ends that test")]

mod damage;
mod kept;
mod masks;
mod papers;
mod photographs;
mod redactions;
mod stills;
mod support;
