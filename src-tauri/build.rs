//! Prepares what Tauri's macros read.
fn main() {}
