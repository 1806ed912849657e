//! What do the tables of the database answer?
//!
//! Functions on a connection or inside a transaction; SQL stands nowhere else. Deliberately absent:
//! files and keys.

pub(crate) mod backup;
pub(crate) mod contents;
pub(crate) mod dossier;
pub(crate) mod exhibit;
pub(crate) mod ledger;
pub(crate) mod object;
pub(crate) mod pack;
pub(crate) mod search;
pub(crate) mod sight;
