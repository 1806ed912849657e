//! What stands in the first 4,096 bytes of an object?
//!
//! Little-endian: magic 8, version u16 at 8, suite u8 at 10 (1 = AES-256-GCM), log2 of the chunk u8
//! at 11, header length u16 at 12, key generation u16 at 14 (of the vault key that wraps), vault id 16
//! at 16, object id 16 at 32, nonce 24 at 48, wrapped key 48 at 72 (bytes 0..72 are its associated
//! data), length of the sealed metadata u32 at 120, sealed metadata at 124, zeros.
//!
//! Another vault key changes bytes 14..16 and 48..120 and nothing else: metadata that is sealed again
//! under its one nonce would give the object's key away. So in version 2 its associated data is the
//! header without those bytes; what binds it to the wrapped key is that only this key opens it. In
//! version 1, which is read and no longer written, it was bound to bytes 0..124 under another nonce;
//! its first new vault key makes it a version 2. Deliberately absent: the chunks (see [`super::seal`]
//! and [`super::read`]).

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
pub(crate) const LEN: usize = 4096;
/// Bytes of the original in one chunk.
pub(super) const CHUNK: usize = 1 << CHUNK_LOG2;
/// Bytes that each chunk is longer on the disk.
pub(super) const TAG: usize = 16;

const MAGIC: &[u8; 8] = b"LANTHOB1";
/// The version that is written.
const VERSION: u16 = 2;
/// AES-256-GCM, chunks of 256 KiB, a header of 4,096 bytes.
const SHAPE: [u8; 4] = [1, CHUNK_LOG2, 0, 0x10];
const CHUNK_LOG2: u8 = 18;
const SHAPE_AT: usize = 10;
const GENERATION_AT: usize = 14;
const NONCE_AT: usize = 48;
const WRAPPED_AT: usize = 72;
const TAG_AT: usize = 104;
const WRAP: usize = 120;
const META_AT: usize = 124;
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
    compose(owner, id, key, padded_json(id, meta, sha256, len)?)
}

/// The header that an object gets under another vault key, from its untrusted one.
pub(super) fn rewrap(
    (now, next): (Owner<'_>, Owner<'_>),
    id: ObjectId,
    untrusted: &[u8; LEN],
) -> Result<Box<[u8; LEN]>, VaultError> {
    let (key, meta) = open(now, id, untrusted)?;
    if version(untrusted) < VERSION {
        return compose(next, id, &key, meta);
    }
    let mut header = Box::new(*untrusted);
    header[..WRAP].copy_from_slice(&wrap(next, id, &key)?);
    Ok(header)
}

/// A header of the version that is written. Made twice for one object, its metadata is sealed to the
/// same bytes: nothing of what goes into it is another the second time.
fn compose(
    owner: Owner<'_>,
    id: ObjectId,
    key: &Secret,
    mut meta: Vec<u8>,
) -> Result<Box<[u8; LEN]>, VaultError> {
    let mut header = Box::new([0; LEN]);
    header[..WRAP].copy_from_slice(&wrap(owner, id, key)?);
    let sealed_len = u32::try_from(meta.len() + TAG).unwrap_or(u32::MAX);
    header[WRAP..META_AT].copy_from_slice(&sealed_len.to_le_bytes());
    let (nonce, around) = around_meta(&header);
    cipher(key)
        .encrypt_in_place(&nonce.into(), &around, &mut meta)
        .map_err(|_| damaged(id, Damage::Unsealed))?;
    header[META_AT..META_AT + meta.len()].copy_from_slice(&meta);
    Ok(header)
}

/// The beginning of a header: whose it is, and its key wrapped under the vault's.
fn wrap(owner: Owner<'_>, id: ObjectId, key: &Secret) -> Result<[u8; WRAP], VaultError> {
    let mut start = [0; WRAP];
    start[..8].copy_from_slice(MAGIC);
    start[8..SHAPE_AT].copy_from_slice(&VERSION.to_le_bytes());
    start[SHAPE_AT..GENERATION_AT].copy_from_slice(&SHAPE);
    start[GENERATION_AT..16].copy_from_slice(&owner.generation.to_le_bytes());
    start[16..32].copy_from_slice(&owner.vault);
    start[32..NONCE_AT].copy_from_slice(id.bytes());
    random(&mut start[NONCE_AT..WRAPPED_AT])?;
    let nonce: [u8; 24] = std::array::from_fn(|at| start[NONCE_AT + at]);
    let mut wrapped = key.copied();
    let tag = XChaCha20Poly1305::new(owner.key.expose().into())
        .encrypt_inout_detached(
            &nonce.into(),
            &start[..WRAPPED_AT],
            wrapped.expose_mut().as_mut_slice().into(),
        )
        .map_err(|_| damaged(id, Damage::Unsealed))?;
    start[WRAPPED_AT..TAG_AT].copy_from_slice(wrapped.expose());
    start[TAG_AT..].copy_from_slice(&tag);
    Ok(start)
}

/// The key of an object from its untrusted header.
fn unwrap(owner: Owner<'_>, id: ObjectId, untrusted: &[u8; LEN]) -> Result<Secret, VaultError> {
    let header = untrusted;
    if header[..8] == *MAGIC && version(header) > VERSION {
        return Err(damaged(id, Damage::Later));
    }
    let is_ours = header[..8] == *MAGIC
        && version(header) > 0
        && header[SHAPE_AT..GENERATION_AT] == SHAPE
        && header[16..32] == owner.vault;
    if !is_ours || header[32..NONCE_AT] != *id.bytes() {
        return Err(damaged(id, Damage::Swapped));
    }
    let generation = u16::from_le_bytes([header[GENERATION_AT], header[GENERATION_AT + 1]]);
    let Some(kek) = owner.key_of(generation) else {
        return Err(damaged(id, Damage::Changed));
    };
    let mut key = Secret::zeroed();
    key.expose_mut().copy_from_slice(&header[WRAPPED_AT..TAG_AT]);
    let nonce: [u8; 24] = std::array::from_fn(|at| header[NONCE_AT + at]);
    let tag: [u8; 16] = std::array::from_fn(|at| header[TAG_AT + at]);
    XChaCha20Poly1305::new(kek.expose().into())
        .decrypt_inout_detached(
            &nonce.into(),
            &header[..WRAPPED_AT],
            key.expose_mut().as_mut_slice().into(),
            &tag.into(),
        )
        .map_err(|_| damaged(id, Damage::Changed))?;
    Ok(key)
}

fn version(header: &[u8; LEN]) -> u16 {
    u16::from_le_bytes([header[8], header[9]])
}

/// Nonce and associated data of the metadata. No chunk has a nonce that begins so.
fn around_meta(header: &[u8; LEN]) -> ([u8; 12], Vec<u8>) {
    let mut nonce = [0xff; 12];
    if version(header) < VERSION {
        nonce[11] = 2;
        return (nonce, header[..META_AT].to_vec());
    }
    nonce[11] = 3;
    (nonce, [&header[..GENERATION_AT], &header[16..NONCE_AT], &header[WRAP..META_AT]].concat())
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
    let (key, meta) = open(owner, id, untrusted)?;
    let sealed = serde_json::from_slice(&meta).map_err(|_| damaged(id, Damage::Changed))?;
    Ok((key, sealed))
}

/// The key of the object and its metadata as they were sealed.
fn open(
    owner: Owner<'_>,
    id: ObjectId,
    untrusted: &[u8; LEN],
) -> Result<(Secret, Vec<u8>), VaultError> {
    let header = untrusted;
    let key = unwrap(owner, id, header)?;
    let length = u32::from_le_bytes(std::array::from_fn(|at| header[WRAP + at]));
    let end = usize::try_from(length).ok().and_then(|length| META_AT.checked_add(length));
    let Some(mut meta) = end.and_then(|end| header.get(META_AT..end)).map(<[u8]>::to_vec) else {
        return Err(damaged(id, Damage::Changed));
    };
    if header[META_AT + meta.len()..].iter().any(|byte| *byte != 0) {
        return Err(damaged(id, Damage::Changed));
    }
    let (nonce, around) = around_meta(header);
    cipher(&key)
        .decrypt_in_place(&nonce.into(), &around, &mut meta)
        .map_err(|_| damaged(id, Damage::Changed))?;
    Ok((key, meta))
}

pub(super) fn damaged(id: ObjectId, what: Damage) -> VaultError {
    VaultError::ObjectDamaged { object: id.to_string(), what }
}
