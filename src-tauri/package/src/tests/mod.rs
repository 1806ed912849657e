//! Does a whole package hold what it promises?

mod document;
mod fixture;
mod folder;
mod hostile;
