//! What does a user do in a session that ends badly, and what must be found in the vault then?
//!
//! A session is a list of actions; [`State::after`] says what each of them leads to, and
//! [`Place::judge`] holds a vault against that: every action that was acknowledged is there, the one
//! that was under way is there whole or not at all. Deliberately absent: how a session is made to end
//! badly (`suite/durability.rs`, `suite/failing_calls.rs`, `suite/power_cut.rs`).

mod action;
mod judge;
mod place;
mod state;

pub use self::{
    action::Action,
    judge::Outcome,
    place::Place,
    state::{Seen, State, Version},
};
