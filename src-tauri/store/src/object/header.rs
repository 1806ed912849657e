//! What stands in the first 4,096 bytes of an object?
//!
//! Little-endian: magic 8, version u16 at 8, suite u8 at 10 (1 = AES-256-GCM), log2 of the chunk u8
//! at 11, header length u32 at 12, vault id 16 at 16, object id 16 at 32, nonce 24 at 48, wrapped key
//! 48 at 72, length of the sealed metadata u32 at 120, sealed metadata at 124, zeros. Deliberately
//! absent: the chunks (see [`super::seal`] and [`super::read`]).

use aes_gcm::Aes256Gcm;
use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{AeadInOut, KeyInit},
};
use serde::{Deserialize, Serialize};

use super::{Meta, ObjectId, Owner};
use crate::{
    Damage, VaultError,
    keys::{Secret, random},
};

/// Length of the header in bytes.
pub(super) const LEN: usize = 4096;
/// Bytes of the original in one chunk.
pub(super) const CHUNK: usize = 1 << CHUNK_LOG2;
/// Bytes that each chunk is longer on the disk.
pub(super) const TAG: usize = 16;

const MAGIC: &[u8; 8] = b"LANTHOB1";
const CHUNK_LOG2: u8 = 18;
const META_AT: usize = 124;
const META_NONCE: [u8; 12] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2];
/// Metadata is padded to a multiple of this, so that its length says little.
const META_STEP: usize = 64;
const META_MOST: usize = (LEN - META_AT - TAG) / META_STEP * META_STEP;

/// The sealed metadata; its JSON shape is part of the format.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) name: String,
    pub(super) len: u64,
    pub(super) sha256: String,
    pub(super) mime: String,
    /// The day it came in; reserved, not told today.
    pub(super) imported: Option<String>,
}

/// The cipher of an object's own key.
pub(super) fn cipher(key: &Secret) -> Aes256Gcm {
    Aes256Gcm::new(key.expose().into())
}

/// The nonce of a chunk. Keys are never used twice, so a counter cannot repeat.
pub(super) fn chunk_nonce(index: u32, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[7..11].copy_from_slice(&index.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce
}

/// Makes the header of a finished object.
pub(super) fn write(
    owner: Owner<'_>,
    id: ObjectId,
    key: &Secret,
    meta: &Meta,
    (sha256, len): (&str, u64),
) -> Result<Box<[u8; LEN]>, VaultError> {
    let refused = |_| damaged(id, Damage::Unsealed);
    let mut header = Box::new([0; LEN]);
    header[..8].copy_from_slice(MAGIC);
    header[8..10].copy_from_slice(&1_u16.to_le_bytes());
    header[10] = 1;
    header[11] = CHUNK_LOG2;
    header[12..16].copy_from_slice(&4096_u32.to_le_bytes());
    header[16..32].copy_from_slice(&owner.vault);
    header[32..48].copy_from_slice(id.bytes());
    random(&mut header[48..72])?;
    let nonce: [u8; 24] = std::array::from_fn(|at| header[48 + at]);
    let mut wrapped = key.copied();
    let tag = XChaCha20Poly1305::new(owner.key.expose().into())
        .encrypt_inout_detached(
            &nonce.into(),
            &header[..72],
            wrapped.expose_mut().as_mut_slice().into(),
        )
        .map_err(refused)?;
    header[72..104].copy_from_slice(wrapped.expose());
    header[104..120].copy_from_slice(&tag);
    let mut sealed = padded_json(id, meta, sha256, len)?;
    let sealed_len = u32::try_from(sealed.len() + TAG).unwrap_or(u32::MAX);
    header[120..META_AT].copy_from_slice(&sealed_len.to_le_bytes());
    cipher(key)
        .encrypt_in_place(&META_NONCE.into(), &header[..META_AT], &mut sealed)
        .map_err(refused)?;
    header[META_AT..META_AT + sealed.len()].copy_from_slice(&sealed);
    Ok(header)
}

fn padded_json(id: ObjectId, meta: &Meta, sha256: &str, len: u64) -> Result<Vec<u8>, VaultError> {
    let mut sealed = Sealed {
        name: meta.name.clone(),
        len,
        sha256: sha256.to_owned(),
        mime: meta.mime.clone(),
        imported: None,
    };
    loop {
        let mut json = serde_json::to_vec(&sealed).map_err(|_| damaged(id, Damage::Unsealed))?;
        let padded = json.len().next_multiple_of(META_STEP);
        if padded <= META_MOST {
            json.resize(padded, b' ');
            return Ok(json);
        }
        // A name that long is cut; the dossier keeps what the user calls it.
        if sealed.name.pop().is_none() && sealed.mime.pop().is_none() {
            return Err(damaged(id, Damage::Unsealed));
        }
    }
}

/// Reads an untrusted header: the key of the object and its metadata.
pub(super) fn read(
    owner: Owner<'_>,
    id: ObjectId,
    untrusted: &[u8; LEN],
) -> Result<(Secret, Sealed), VaultError> {
    let header = untrusted;
    let mut fixed = [0; 16];
    fixed[..8].copy_from_slice(MAGIC);
    fixed[8] = 1;
    fixed[10] = 1;
    fixed[11] = CHUNK_LOG2;
    fixed[12..16].copy_from_slice(&4096_u32.to_le_bytes());
    if header[..8] == *MAGIC && header[8..10] > fixed[8..10] {
        return Err(damaged(id, Damage::Later));
    }
    if header[..16] != fixed || header[16..32] != owner.vault || header[32..48] != *id.bytes() {
        return Err(damaged(id, Damage::Swapped));
    }
    let mut key = Secret::zeroed();
    key.expose_mut().copy_from_slice(&header[72..104]);
    let nonce: [u8; 24] = std::array::from_fn(|at| header[48 + at]);
    let tag: [u8; 16] = std::array::from_fn(|at| header[104 + at]);
    XChaCha20Poly1305::new(owner.key.expose().into())
        .decrypt_inout_detached(
            &nonce.into(),
            &header[..72],
            key.expose_mut().as_mut_slice().into(),
            &tag.into(),
        )
        .map_err(|_| damaged(id, Damage::Changed))?;
    let length = u32::from_le_bytes(std::array::from_fn(|at| header[120 + at]));
    let end = usize::try_from(length).ok().and_then(|length| META_AT.checked_add(length));
    let Some(mut sealed) = end.and_then(|end| header.get(META_AT..end)).map(<[u8]>::to_vec) else {
        return Err(damaged(id, Damage::Changed));
    };
    if header[META_AT + sealed.len()..].iter().any(|byte| *byte != 0) {
        return Err(damaged(id, Damage::Changed));
    }
    cipher(&key)
        .decrypt_in_place(&META_NONCE.into(), &header[..META_AT], &mut sealed)
        .map_err(|_| damaged(id, Damage::Changed))?;
    let sealed = serde_json::from_slice(&sealed).map_err(|_| damaged(id, Damage::Changed))?;
    Ok((key, sealed))
}

pub(super) fn damaged(id: ObjectId, what: Damage) -> VaultError {
    VaultError::ObjectDamaged { object: id.to_string(), what }
}
