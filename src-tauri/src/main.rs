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

fn main() -> std::process::ExitCode {
    start::start()
}
