//! What stands in the 1,024 bytes of `keys.a` and `keys.b`?
//!
//! Little-endian: magic 8, format version u16 at 8, oldest reader u16 at 10, zeros, vault id 16 at 16,
//! generation u64 at 32 (how often the header was written), key generation u16 at 40 (how many vault
//! keys there were before this one), u8 at 42 (1 while a new vault key is being brought in, otherwise
//! 0), zeros, four slots of 128 at 64, the previous vault key 72 at 576 (zeros when there is none, see
//! [`super::previous`]), zeros, HMAC-SHA256 of bytes 0..960 at 960, SHA-256 of bytes 0..992 at 992. The
//! last tells "damaged" from "wrong passphrase" without a key; the HMAC is checked after unlocking.
//! Magic, versions and checksum stay where they are in every later format. Format 1 knew only one vault
//! key; its slots are as those of format 2. Deliberately absent: what a
//! slot holds (see [`super::slot`]).

use std::fmt;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use super::{Secret, VaultId, slot::Slot};

/// Length of the header.
pub(crate) const LEN: usize = 1024;
/// The format that this program writes, and the newest it reads.
pub(crate) const FORMAT_VERSION: u16 = 2;
/// The oldest format whose readers understand what this program writes.
const OLDEST_READER: u16 = 2;
/// Number of slots.
pub(crate) const SLOTS: usize = 4;
/// Length of the record with the previous vault key.
pub(crate) const PREVIOUS_LEN: usize = 72;

const MAGIC: &[u8; 8] = b"LNTHVLT1";
const SLOTS_AT: usize = 64;
const SLOT_LEN: usize = 128;
const KEY_GENERATION_AT: usize = 40;
const PENDING_AT: usize = 42;
const PREVIOUS_AT: usize = 576;
const PREVIOUS_END: usize = PREVIOUS_AT + PREVIOUS_LEN;
const MAC_AT: usize = 960;
const SUM_AT: usize = 992;

/// A header whose checksum is right.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Header(Box<[u8; LEN]>);

/// Why bytes are no header that this program can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// Not what was written.
    Damaged,
    /// Whole, but for readers of this format or later.
    Newer(u16),
}

impl Header {
    /// A header without slots; [`Header::seal`] makes it whole.
    pub(crate) fn new(vault: &VaultId) -> Self {
        let mut bytes = Box::new([0; LEN]);
        bytes[..8].copy_from_slice(MAGIC);
        bytes[8..10].copy_from_slice(&FORMAT_VERSION.to_le_bytes());
        bytes[10..12].copy_from_slice(&OLDEST_READER.to_le_bytes());
        bytes[16..32].copy_from_slice(vault);
        Self(bytes)
    }

    /// Reads untrusted bytes.
    pub(crate) fn parse(untrusted: &[u8]) -> Result<Self, Unusable> {
        let bytes: &[u8; LEN] = untrusted.try_into().map_err(|_| Unusable::Damaged)?;
        let header = Self(Box::new(*bytes));
        if &bytes[..8] != MAGIC || bytes[SUM_AT..] != header.sum() {
            return Err(Unusable::Damaged);
        }
        let oldest_reader = header.u16_at(10);
        if oldest_reader > FORMAT_VERSION {
            return Err(Unusable::Newer(oldest_reader));
        }
        let blank = |range: std::ops::Range<usize>| bytes[range].iter().all(|byte| *byte == 0);
        let unused = blank(12..16) && blank(43..SLOTS_AT) && blank(PREVIOUS_END..MAC_AT);
        let as_written = match header.format_version() {
            0 => false,
            1 => unused && blank(KEY_GENERATION_AT..SLOTS_AT) && blank(PREVIOUS_AT..MAC_AT),
            FORMAT_VERSION => unused && bytes[PENDING_AT] <= 1,
            _ => true,
        };
        if as_written { Ok(header) } else { Err(Unusable::Damaged) }
    }

    pub(crate) fn bytes(&self) -> &[u8; LEN] {
        &self.0
    }

    pub(crate) fn format_version(&self) -> u16 {
        self.u16_at(8)
    }

    pub(crate) fn vault(&self) -> VaultId {
        std::array::from_fn(|at| self.0[16 + at])
    }

    /// How often the header was written.
    pub(crate) fn generation(&self) -> u64 {
        u64::from_le_bytes(std::array::from_fn(|at| self.0[32 + at]))
    }

    /// How many vault keys there were before the one that the slots hold.
    pub(crate) fn key_generation(&self) -> u16 {
        self.u16_at(KEY_GENERATION_AT)
    }

    pub(crate) fn set_key_generation(&mut self, generation: u16) {
        self.0[KEY_GENERATION_AT..PENDING_AT].copy_from_slice(&generation.to_le_bytes());
    }

    /// True while database and originals may still have to be brought over to the vault key.
    pub(crate) fn is_pending(&self) -> bool {
        self.0[PENDING_AT] == 1
    }

    pub(crate) fn set_pending(&mut self, pending: bool) {
        self.0[PENDING_AT] = u8::from(pending);
    }

    /// The record of the previous vault key; `None` when there was none.
    pub(crate) fn previous(&self) -> Option<&[u8; PREVIOUS_LEN]> {
        let record = self.0[PREVIOUS_AT..PREVIOUS_END].as_array()?;
        record.iter().any(|byte| *byte != 0).then_some(record)
    }

    pub(crate) fn set_previous(&mut self, record: &[u8; PREVIOUS_LEN]) {
        self.0[PREVIOUS_AT..PREVIOUS_END].copy_from_slice(record);
    }

    pub(crate) fn slots(&self) -> impl Iterator<Item = (u8, Slot<'_>)> {
        let (slots, _) = self.0[SLOTS_AT..SLOTS_AT + SLOTS * SLOT_LEN].as_chunks::<SLOT_LEN>();
        (0..).zip(slots).map(|(number, bytes)| (number, Slot(bytes)))
    }

    /// One slot; numbers go round.
    pub(crate) fn slot(&self, number: u8) -> Slot<'_> {
        let at = SLOTS_AT + usize::from(number) % SLOTS * SLOT_LEN;
        let (slots, _) = self.0[at..].as_chunks::<SLOT_LEN>();
        Slot(&slots[0])
    }

    pub(crate) fn set_slot(&mut self, number: u8, slot: &[u8; SLOT_LEN]) {
        let at = SLOTS_AT + usize::from(number) % SLOTS * SLOT_LEN;
        self.0[at..at + SLOT_LEN].copy_from_slice(slot);
    }

    /// True when one secret of a kind opens both, which is seen without knowing it.
    pub(crate) fn shares(&self, other: &Self, is_kind: fn(&Slot<'_>) -> bool) -> bool {
        let own = || self.slots().map(|(_, slot)| slot).filter(is_kind);
        other.slots().any(|(_, slot)| own().any(|own| own.has_the_secret_of(slot)))
    }

    /// What binds a slot to this header and its place there.
    pub(crate) fn binding(&self, number: u8) -> Vec<u8> {
        [b"lanthan slot v1".as_slice(), &self.0[..12], &self.0[16..32], &[number]].concat()
    }

    /// What binds the previous vault key to this header and to the key that it comes before.
    pub(crate) fn previous_binding(&self) -> Vec<u8> {
        let generation = &self.0[KEY_GENERATION_AT..PENDING_AT];
        [b"lanthan previous v1".as_slice(), &self.0[..12], &self.0[16..32], generation].concat()
    }

    /// Sets the generation and makes the header whole.
    pub(crate) fn seal(&mut self, generation: u64, key: &Secret) {
        self.0[32..40].copy_from_slice(&generation.to_le_bytes());
        let mac = self.mac(key).finalize().into_bytes();
        self.0[MAC_AT..SUM_AT].copy_from_slice(&mac);
        let sum = self.sum();
        self.0[SUM_AT..].copy_from_slice(&sum);
    }

    /// True when nobody without the vault key wrote it.
    pub(crate) fn is_genuine(&self, key: &Secret) -> bool {
        self.mac(key).verify_slice(&self.0[MAC_AT..SUM_AT]).is_ok()
    }

    fn mac(&self, key: &Secret) -> Hmac<Sha256> {
        let mut mac = key.hmac();
        mac.update(&self.0[..MAC_AT]);
        mac
    }

    fn sum(&self) -> [u8; 32] {
        Sha256::digest(&self.0[..SUM_AT]).into()
    }

    fn u16_at(&self, at: usize) -> u16 {
        u16::from_le_bytes([self.0[at], self.0[at + 1]])
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Header({})", self.generation())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole() -> Header {
        let mut header = Header::new(&[7; 16]);
        header.seal(3, &Secret::zeroed());
        header
    }

    fn with_right_sum(mut header: Header) -> Header {
        let sum = header.sum();
        header.0[SUM_AT..].copy_from_slice(&sum);
        header
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let header = whole();
        assert!(Header::parse(header.bytes()).is_ok());
        for bit in 0..LEN * 8 {
            let mut bytes = *header.bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(Header::parse(&bytes).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn every_other_length_is_refused() {
        let header = whole();
        for length in 0..LEN {
            assert!(Header::parse(&header.bytes()[..length]).is_err());
        }
        let mut longer = header.bytes().to_vec();
        longer.push(0);
        assert!(Header::parse(&longer).is_err());
    }

    #[test]
    fn a_forged_checksum_does_not_make_a_changed_header_genuine() {
        let header = whole();
        assert!(header.is_genuine(&Secret::zeroed()));
        for at in 0..MAC_AT {
            let mut forged = header.clone();
            forged.0[at] ^= 1;
            assert!(!with_right_sum(forged).is_genuine(&Secret::zeroed()), "byte {at}");
        }
    }

    #[test]
    fn a_header_for_later_readers_is_refused_by_its_number() {
        let mut header = whole();
        header.0[10] = 3;
        let refused = Header::parse(with_right_sum(header).bytes());
        assert!(matches!(refused, Err(Unusable::Newer(3))));
    }

    #[test]
    fn key_generation_and_previous_key_are_read_back_and_nothing_else_may_stand_beside_them() {
        let mut header = Header::new(&[7; 16]);
        assert_eq!((header.key_generation(), header.is_pending()), (0, false));
        assert!(header.previous().is_none());
        header.set_key_generation(0x0102);
        header.set_pending(true);
        header.set_previous(&[5; PREVIOUS_LEN]);
        header.seal(1, &Secret::zeroed());
        let read = Header::parse(header.bytes()).unwrap();
        assert_eq!((read.key_generation(), read.is_pending()), (0x0102, true));
        assert_eq!(read.previous(), Some(&[5; PREVIOUS_LEN]));
        for (at, byte) in [(12, 1), (PENDING_AT, 2), (43, 1), (63, 1), (PREVIOUS_END, 1), (959, 1)]
        {
            let mut forged = header.clone();
            forged.0[at] = byte;
            assert!(Header::parse(with_right_sum(forged).bytes()).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_later_format_that_old_readers_may_open_is_opened() {
        let mut header = whole();
        header.0[8] = 3;
        header.0[900] = 1;
        assert_eq!(
            Header::parse(with_right_sum(header).bytes()).map(|h| h.format_version()),
            Ok(3)
        );
    }

    #[test]
    fn the_first_format_is_read_and_knows_no_key_before() {
        let mut header = whole();
        (header.0[8], header.0[10]) = (1, 1);
        let read = |header: &Header| Header::parse(with_right_sum(header.clone()).bytes());
        assert_eq!(read(&header).unwrap().format_version(), 1);
        for at in [KEY_GENERATION_AT, PENDING_AT, PREVIOUS_AT] {
            let mut forged = header.clone();
            forged.0[at] = 1;
            assert!(read(&forged).is_err(), "byte {at}");
        }
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_header_with_a_right_checksum_it_opens_by_its_own_key_or_not_at_all(
            changes in proptest::collection::vec((0..SUM_AT, any::<u8>()), 0..12),
        ) {
            use crate::keys::{Keys, Way, previous, slot};
            let key = Secret::zeroed();
            let mut header = Header::new(&[7; 16]);
            let way = Way::Passphrase("correct horse battery");
            slot::fill(&mut header, 0, way, crate::KdfCost::SMALLEST, &key).unwrap();
            let keys = Keys::derive(&key, &[7; 16], 0).unwrap();
            header.seal(1, &keys.header);
            let mut forged = header.clone();
            for (at, byte) in changes {
                // Cost is left alone: a forged one would be tried with up to 2 GiB.
                let in_slots = (SLOTS_AT..PREVIOUS_AT).contains(&at);
                let is_cost = in_slots && (4..16).contains(&((at - SLOTS_AT) % SLOT_LEN));
                if !is_cost {
                    forged.0[at] = byte;
                }
            }
            let forged = with_right_sum(forged);
            if let Ok(read) = Header::parse(forged.bytes()) {
                let same = forged.0[..MAC_AT] == header.0[..MAC_AT];
                prop_assert!(!read.is_genuine(&keys.header) || same);
                for (number, slot) in read.slots().take(1) {
                    let _ = slot.unlock(&read, number, way).unwrap();
                }
                let _ = previous::keys(&read, &key);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1100)) {
            prop_assert!(Header::parse(&bytes).is_err());
        }
    }
}
