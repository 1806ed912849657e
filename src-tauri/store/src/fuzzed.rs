//! What do the targets of `tests/fuzz` ask of what is private here?
//!
//! Only there for a build by `cargo fuzz`. Deliberately absent: making bytes up.

use sha2::{Digest, Sha256};

use crate::keys::{self, Header, Secret};

/// Where the checksum stands in a key file.
const SUM_AT: usize = 992;

/// Reads bytes as a key file: as they are, and with the length, the magic and the checksum that they
/// should have.
///
/// # Panics
///
/// When something is read that was not written.
pub fn header(untrusted: &[u8]) {
    read(untrusted);
    let mut whole = Header::new(&[0; 16]).bytes().to_vec();
    let length = untrusted.len().min(SUM_AT - 8);
    whole[8..8 + length].copy_from_slice(&untrusted[..length]);
    let sum = Sha256::digest(&whole[..SUM_AT]);
    whole[SUM_AT..].copy_from_slice(&sum);
    read(&whole);
}

fn read(untrusted: &[u8]) {
    let Ok(header) = Header::parse(untrusted) else { return };
    assert_eq!(header.bytes().as_slice(), untrusted);
    let nobodys = Secret::zeroed();
    assert!(!header.is_genuine(&nobodys));
    let before = keys::previous(&header, &nobodys);
    assert_eq!(before.is_ok(), header.previous().is_none());
    for (number, slot) in header.slots() {
        assert_eq!(header.slot(number).0, slot.0);
        assert!(slot.has_the_secret_of(slot) || slot.0[0] == 0);
    }
    let _ = (header.format_version(), header.vault(), header.generation(), header.is_pending());
}
