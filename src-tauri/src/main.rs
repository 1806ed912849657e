//! How does the desktop application begin?
//!
//! Deliberately absent: everything but the beginning. See `start`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod idle;
mod lockdown;
mod memory;
mod picture;
mod schedule;
mod session;
mod start;
mod window;

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// What is freed is wiped: no piece of a passphrase stays behind where a text grew or was passed on.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> std::process::ExitCode {
    match lanthan_api::reader::serve_if_asked() {
        Some(code) => code,
        None => start::start(),
    }
}
