//! What is a dossier, what does a rule pack ask of it, and what may leave?
//!
//! Everything here is a function of its arguments: the day, the pack and the dossier are
//! passed in. Deliberately absent: disk, clock, randomness, threads, window, network, and any
//! legal number, wording or deadline (those are data, see [`pack`]).

mod answer;
pub mod backup;
mod certificate;
pub mod checklist;
pub mod clean;
pub mod clock;
pub mod composition;
pub mod condition;
pub mod consistency;
pub mod content;
pub mod dossier;
pub mod draft;
pub mod exhibit;
pub mod exposure;
pub mod field;
pub mod filing;
pub mod finding;
pub mod glossary;
pub mod id;
pub mod interchange;
mod item;
pub mod leak;
pub mod ledger;
pub mod lookup;
pub mod occurrence;
mod order;
pub mod own_side;
pub mod pack;
pub mod position;
pub mod questionnaire;
pub mod record;
pub mod redaction;
pub mod regrade;
pub mod release;
pub mod schema;
pub mod scope;
pub mod screening;
pub mod search;
pub mod statement;
pub mod text;
pub mod wording;
mod words;
