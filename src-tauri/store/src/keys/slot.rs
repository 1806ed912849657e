//! How does one way in, such as a passphrase, hold the vault key?
//!
//! 128 bytes: kind at 0, cost (KiB, passes, lanes as u32) at 4, salt 32 at 16, nonce 24 at 48, the
//! wrapped key 48 at 72, u64 at 120 (day of making, 0 when not told). XChaCha20-Poly1305 wraps; its
//! associated data is the header's versions, the vault id, the slot's number and bytes 0..72 of the
//! slot, so that cost, kind and place cannot be altered. Deliberately absent: key files and key
//! stores of the system; their kinds are reserved.

use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{AeadInOut, KeyInit},
};

use super::{
    RecoveryKey, Secret,
    header::Header,
    kdf::{self, KdfCost},
    random,
};
use crate::VaultError;

const PASSPHRASE: u8 = 1;
const RECOVERY: u8 = 2;
/// Where this program puts them; it opens them anywhere.
pub(crate) const PASSPHRASE_SLOT: u8 = 0;
pub(crate) const RECOVERY_SLOT: u8 = 1;
const NONCE_AT: usize = 48;
const WRAPPED_AT: usize = 72;
const TAG_AT: usize = 104;
const CREATED_AT: usize = 120;

/// What somebody offers to get in.
#[derive(Clone, Copy)]
pub(crate) enum Way<'a> {
    /// A passphrase as typed.
    Passphrase(&'a str),
    /// The printed key.
    Recovery(&'a RecoveryKey),
}

impl Way<'_> {
    fn kind(self) -> u8 {
        match self {
            Self::Passphrase(_) => PASSPHRASE,
            Self::Recovery(_) => RECOVERY,
        }
    }

    fn derive(self, salt: &[u8; 32], cost: KdfCost) -> Result<Secret, VaultError> {
        match self {
            Self::Passphrase(text) => kdf::derive(kdf::normalized(text).as_bytes(), salt, cost),
            Self::Recovery(key) => kdf::derive(key.expose(), salt, cost),
        }
    }

    /// What to say when no slot opens.
    pub(crate) fn refusal(self) -> VaultError {
        match self {
            Self::Passphrase(_) => VaultError::WrongPassphrase,
            Self::Recovery(_) => super::RecoveryKeyError::OtherVault.into(),
        }
    }
}

/// One slot of a header.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'a>(pub(crate) &'a [u8; 128]);

impl Slot<'_> {
    /// True when both are opened by the same secret: kind, cost and salt are the same, and a new
    /// secret always gets a new salt.
    pub(crate) fn has_the_secret_of(self, other: Slot<'_>) -> bool {
        self.0[0] != 0 && self.0[..NONCE_AT] == other.0[..NONCE_AT]
    }

    pub(crate) fn is_passphrase(self) -> bool {
        self.0[0] == PASSPHRASE
    }

    pub(crate) fn is_recovery(self) -> bool {
        self.0[0] == RECOVERY
    }

    /// The vault key, when `way` fits.
    pub(crate) fn unlock(
        self,
        header: &Header,
        number: u8,
        way: Way<'_>,
    ) -> Result<Option<Secret>, VaultError> {
        if self.0[0] != way.kind() {
            return Ok(None);
        }
        let Some(cost) = self.cost() else { return Ok(None) };
        let kek = way.derive(&self.salt(), cost)?;
        let mut key = Secret::zeroed();
        key.expose_mut().copy_from_slice(&self.0[WRAPPED_AT..TAG_AT]);
        let nonce: [u8; 24] = std::array::from_fn(|at| self.0[NONCE_AT + at]);
        let tag: [u8; 16] = std::array::from_fn(|at| self.0[TAG_AT + at]);
        let opened = XChaCha20Poly1305::new(kek.expose().into()).decrypt_inout_detached(
            &nonce.into(),
            &associated(header, number, self.0),
            key.expose_mut().as_mut_slice().into(),
            &tag.into(),
        );
        Ok(opened.is_ok().then_some(key))
    }

    /// The key that `way` is made into for this slot.
    #[cfg(test)]
    pub(crate) fn derived(self, way: Way<'_>) -> Result<Secret, VaultError> {
        way.derive(&self.salt(), self.cost().ok_or(VaultError::HeaderDamaged)?)
    }

    /// The cost that it was made with; `None` when it is outside of its bounds.
    fn cost(self) -> Option<KdfCost> {
        let u32_at = |at: usize| u32::from_le_bytes(std::array::from_fn(|i| self.0[at + i]));
        KdfCost::new(u32_at(4), u32_at(8), u32_at(12))
    }

    fn salt(self) -> [u8; 32] {
        std::array::from_fn(|at| self.0[16 + at])
    }
}

/// Wraps the vault key for `way` into the slot `number` of the header.
pub(crate) fn fill(
    header: &mut Header,
    number: u8,
    way: Way<'_>,
    cost: KdfCost,
    vault_key: &Secret,
) -> Result<(), VaultError> {
    let mut salt = [0; 32];
    random(&mut salt)?;
    fill_with(header, number, way, (cost, salt), vault_key)
}

/// Wraps another vault key for a secret that already opens `before`. Cost and salt stay what they
/// were, so that it can be seen without a key that the secret is the same.
pub(crate) fn refill(
    header: &mut Header,
    number: u8,
    way: Way<'_>,
    before: Slot<'_>,
    vault_key: &Secret,
) -> Result<(), VaultError> {
    let cost = before.cost().ok_or(VaultError::HeaderDamaged)?;
    fill_with(header, number, way, (cost, before.salt()), vault_key)
}

fn fill_with(
    header: &mut Header,
    number: u8,
    way: Way<'_>,
    (cost, salt): (KdfCost, [u8; 32]),
    vault_key: &Secret,
) -> Result<(), VaultError> {
    let mut slot = [0; 128];
    slot[0] = way.kind();
    slot[4..8].copy_from_slice(&cost.memory_kib().to_le_bytes());
    slot[8..12].copy_from_slice(&cost.passes().to_le_bytes());
    slot[12..16].copy_from_slice(&cost.lanes().to_le_bytes());
    slot[16..NONCE_AT].copy_from_slice(&salt);
    random(&mut slot[NONCE_AT..WRAPPED_AT])?;
    let kek = way.derive(&salt, cost)?;
    let nonce: [u8; 24] = std::array::from_fn(|at| slot[NONCE_AT + at]);
    let bound = associated(header, number, &slot);
    let mut wrapped = vault_key.copied();
    let tag = XChaCha20Poly1305::new(kek.expose().into())
        .encrypt_inout_detached(&nonce.into(), &bound, wrapped.expose_mut().as_mut_slice().into())
        .map_err(|_| VaultError::HeaderDamaged)?;
    slot[WRAPPED_AT..TAG_AT].copy_from_slice(wrapped.expose());
    slot[TAG_AT..CREATED_AT].copy_from_slice(&tag);
    header.set_slot(number, &slot);
    Ok(())
}

/// Fills slot 0 with the passphrase, at less memory where the computer has too little, and slot 1
/// with the recovery key.
pub(crate) fn new_slots(
    header: &mut Header,
    passphrase: &str,
    recovery: &RecoveryKey,
    cost: KdfCost,
    vault_key: &Secret,
) -> Result<(), VaultError> {
    kdf::accept(passphrase)?;
    let cost = fill_passphrase(header, PASSPHRASE_SLOT, passphrase, cost, vault_key)?;
    fill_recovery(header, recovery, cost, vault_key)
}

/// Fills the recovery slot.
pub(crate) fn fill_recovery(
    header: &mut Header,
    recovery: &RecoveryKey,
    cost: KdfCost,
    vault_key: &Secret,
) -> Result<(), VaultError> {
    fill(header, RECOVERY_SLOT, Way::Recovery(recovery), cost.for_random_secret(), vault_key)
}

/// Fills a passphrase slot and answers the cost that it got.
pub(crate) fn fill_passphrase(
    header: &mut Header,
    number: u8,
    passphrase: &str,
    mut cost: KdfCost,
    vault_key: &Secret,
) -> Result<KdfCost, VaultError> {
    loop {
        match fill(header, number, Way::Passphrase(passphrase), cost, vault_key) {
            Err(error @ VaultError::NotEnoughMemory { .. }) => {
                cost = cost.with_less_memory().ok_or(error)?;
            }
            done => return done.map(|()| cost),
        }
    }
}

fn associated(header: &Header, number: u8, slot: &[u8; 128]) -> Vec<u8> {
    [header.binding(number).as_slice(), &slot[..WRAPPED_AT]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COST: KdfCost = KdfCost::SMALLEST;
    const PHRASE: &str = "correct horse battery";

    fn header_with(number: u8, key: &Secret) -> Header {
        let mut header = Header::new(&[9; 16]);
        fill(&mut header, number, Way::Passphrase(PHRASE), COST, key).unwrap();
        header
    }

    fn open(header: &Header, number: u8, phrase: &str) -> Option<Secret> {
        let (_, slot) = header.slots().nth(usize::from(number)).unwrap();
        slot.unlock(header, number, Way::Passphrase(phrase)).unwrap()
    }

    #[test]
    fn the_right_passphrase_gives_the_key_and_a_wrong_one_does_not() {
        let key = Secret::random().unwrap();
        let header = header_with(2, &key);
        assert_eq!(open(&header, 2, PHRASE).unwrap().expose(), key.expose());
        assert!(open(&header, 2, "correct horse batterz").is_none());
    }

    #[test]
    fn every_changed_byte_that_matters_keeps_the_slot_shut() {
        let key = Secret::random().unwrap();
        let header = header_with(0, &key);
        let (_, slot) = header.slots().next().unwrap();
        let slot = *slot.0;
        for at in (0..CREATED_AT).filter(|at| !(4..16).contains(at)) {
            let mut changed = slot;
            changed[at] ^= 1;
            let mut forged = header.clone();
            forged.set_slot(0, &changed);
            assert!(open(&forged, 0, PHRASE).is_none(), "byte {at}");
        }
    }

    #[test]
    fn a_changed_cost_keeps_the_slot_shut_without_taking_all_memory() {
        let key = Secret::random().unwrap();
        let header = header_with(0, &key);
        let (_, slot) = header.slots().next().unwrap();
        for (at, byte) in [(7, 0xff), (5, 0), (11, 1), (8, 2), (8, 0), (12, 0), (12, 17)] {
            let mut changed = *slot.0;
            changed[at] = byte;
            let mut forged = header.clone();
            forged.set_slot(0, &changed);
            assert!(open(&forged, 0, PHRASE).is_none(), "byte {at}");
        }
    }

    #[test]
    fn a_slot_moved_to_another_place_stays_shut() {
        let key = Secret::random().unwrap();
        let mut header = header_with(0, &key);
        let (_, slot) = header.slots().next().unwrap();
        let slot = *slot.0;
        header.set_slot(1, &slot);
        assert!(open(&header, 1, PHRASE).is_none());
    }
}
