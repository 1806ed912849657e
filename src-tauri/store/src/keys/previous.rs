//! How does a header keep the vault key that was there before?
//!
//! 72 bytes: nonce 24, wrapped key 48. XChaCha20-Poly1305 under a subkey of the vault key; its
//! associated data is the header's versions, the vault id and the generation of the vault key. Whoever
//! has the key before learns nothing of the one after it. Deliberately absent: keys before the one
//! before.

use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{AeadInOut, KeyInit},
};

use super::{
    Keys, Secret,
    header::{Header, PREVIOUS_LEN},
    random,
};
use crate::VaultError;

const WRAPPED_AT: usize = 24;
const TAG_AT: usize = 56;

/// Puts the vault key `before` into the header, under the vault key that the header is for.
pub(crate) fn wrap(
    header: &mut Header,
    vault_key: &Secret,
    before: &Secret,
) -> Result<(), VaultError> {
    let mut record = [0; PREVIOUS_LEN];
    random(&mut record[..WRAPPED_AT])?;
    let nonce: [u8; 24] = std::array::from_fn(|at| record[at]);
    let mut wrapped = before.copied();
    let kek = Keys::subkey(vault_key, &header.vault(), "previous-kek")?;
    let tag = XChaCha20Poly1305::new(kek.expose().into())
        .encrypt_inout_detached(
            &nonce.into(),
            &header.previous_binding(),
            wrapped.expose_mut().as_mut_slice().into(),
        )
        .map_err(|_| VaultError::HeaderDamaged)?;
    record[WRAPPED_AT..TAG_AT].copy_from_slice(wrapped.expose());
    record[TAG_AT..].copy_from_slice(&tag);
    header.set_previous(&record);
    Ok(())
}

/// The keys of the vault key before; `None` when there was none.
///
/// # Errors
///
/// [`VaultError::HeaderDamaged`] when the record does not open.
pub(crate) fn keys(header: &Header, vault_key: &Secret) -> Result<Option<Keys>, VaultError> {
    let Some(record) = header.previous() else { return Ok(None) };
    let generation = header.key_generation().checked_sub(1).ok_or(VaultError::HeaderDamaged)?;
    let vault = header.vault();
    let nonce: [u8; 24] = std::array::from_fn(|at| record[at]);
    let tag: [u8; 16] = std::array::from_fn(|at| record[TAG_AT + at]);
    let mut before = Secret::zeroed();
    before.expose_mut().copy_from_slice(&record[WRAPPED_AT..TAG_AT]);
    let kek = Keys::subkey(vault_key, &vault, "previous-kek")?;
    XChaCha20Poly1305::new(kek.expose().into())
        .decrypt_inout_detached(
            &nonce.into(),
            &header.previous_binding(),
            before.expose_mut().as_mut_slice().into(),
            &tag.into(),
        )
        .map_err(|_| VaultError::HeaderDamaged)?;
    Keys::derive(&before, &vault, generation).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(generation: u16) -> (Header, Secret, Secret) {
        let (before, now) = (Secret::random().unwrap(), Secret::random().unwrap());
        let mut header = Header::new(&[4; 16]);
        header.set_key_generation(generation);
        wrap(&mut header, &now, &before).unwrap();
        (header, before, now)
    }

    #[test]
    fn the_key_before_is_found_with_the_key_of_today_and_not_the_other_way_round() {
        let (header, before, now) = header(1);
        let wanted = Keys::derive(&before, &[4; 16], 0).unwrap();
        let found = keys(&header, &now).unwrap().unwrap();
        assert_eq!(found.objects.expose(), wanted.objects.expose());
        assert_eq!(found.generation, 0);
        assert!(keys(&header, &before).is_err());
        assert!(keys(&Header::new(&[4; 16]), &now).unwrap().is_none());
    }

    #[test]
    fn moved_to_another_vault_or_generation_or_changed_it_does_not_open() {
        let (header, _, now) = header(1);
        let record = *header.previous().unwrap();
        for (vault, generation) in [([5; 16], 1), ([4; 16], 2)] {
            let mut other = Header::new(&vault);
            other.set_key_generation(generation);
            other.set_previous(&record);
            assert!(keys(&other, &now).is_err());
        }
        for at in 0..PREVIOUS_LEN {
            let mut changed = record;
            changed[at] ^= 1;
            let mut forged = header.clone();
            forged.set_previous(&changed);
            assert!(keys(&forged, &now).is_err(), "byte {at}");
        }
    }
}
