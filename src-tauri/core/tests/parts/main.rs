//! Do the parts of the carried pack do what they are for?
//!
//! Checks, wording, certificate, glossary, lists and own-side questions, each on both sides.
//! `CONFORMANCE.md` beside the pack names these tests. Deliberately absent: vault and window.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod certificate;
mod conformance;
mod consistency;
mod glossary;
mod lists;
mod own_side;
mod questionnaire;
mod support;
mod wording;
