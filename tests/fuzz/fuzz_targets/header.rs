//! Do any bytes in the place of a key file make the program panic, or read what was not written?
//!
//! Deliberately absent: trying secrets on what was read, which costs at least 8 MiB a try; that is done in
//! the tests of the store.
#![no_main]

libfuzzer_sys::fuzz_target!(|untrusted: &[u8]| lanthan_store::fuzzed::header(untrusted));
