//! How is an original hashed while it is being encrypted?
//!
//! On a thread of its own, which gets a copy of each chunk in turn: hashing costs about as much as
//! encrypting and writing together. Every call of the system that touches the vault stays on the caller's
//! thread. Deliberately absent: a second thread that writes.

use std::{
    sync::mpsc::{Receiver, SyncSender, channel, sync_channel},
    thread,
};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::seal::buffer;

/// How many chunks may wait to be hashed.
const WAITING: usize = 3;

/// Runs `work` with a function that takes the next bytes to hash, and answers the hash of all of them
/// with what the work answers; `None` when the hash was lost with its thread.
pub(super) fn beside<T, E>(
    work: impl FnOnce(&mut dyn FnMut(&[u8])) -> Result<T, E>,
) -> Result<Option<([u8; 32], T)>, E> {
    thread::scope(|scope| {
        let (give, chunks) = sync_channel::<Zeroizing<Vec<u8>>>(WAITING);
        let (give_back, free) = channel();
        let hasher = move || {
            let mut hash = Sha256::new();
            for chunk in chunks {
                hash.update(chunk.as_slice());
                // Whoever no longer wants it lets it be wiped.
                let _ = give_back.send(chunk);
            }
            hash.finalize().into()
        };
        let Ok(hasher) = thread::Builder::new().spawn_scoped(scope, hasher) else {
            // A system that gives no thread is no reason to take nothing in.
            let mut hash = Sha256::new();
            let answer = work(&mut |bytes| hash.update(bytes))?;
            return Ok(Some((hash.finalize().into(), answer)));
        };
        let answer = work(&mut |bytes| hand_over(bytes, &give, &free));
        drop(give);
        let hash = hasher.join();
        let answer = answer?;
        Ok(hash.ok().map(|hash| (hash, answer)))
    })
}

fn hand_over(
    bytes: &[u8],
    give: &SyncSender<Zeroizing<Vec<u8>>>,
    free: &Receiver<Zeroizing<Vec<u8>>>,
) {
    let mut chunk = free.try_recv().unwrap_or_else(|_| buffer());
    chunk.clear();
    chunk.extend_from_slice(bytes);
    // A thread that is gone is noticed when its hash is asked for.
    let _ = give.send(chunk);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_all_bytes_in_their_order() {
        let bytes: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        let whole: [u8; 32] = Sha256::digest(&bytes).into();
        let made = beside(|hash| {
            for chunk in bytes.chunks(777) {
                hash(chunk);
            }
            Ok::<_, ()>(5)
        });
        assert_eq!(made, Ok(Some((whole, 5))));
        let empty: [u8; 32] = Sha256::digest(b"").into();
        assert_eq!(beside(|_| Ok::<_, ()>(())), Ok(Some((empty, ()))));
    }

    #[test]
    fn work_that_fails_ends_the_hashing() {
        let failed: Result<Option<([u8; 32], ())>, _> = beside(|hash| {
            hash(b"some");
            Err("no")
        });
        assert_eq!(failed, Err("no"));
    }
}
