//! How do two processes hand each other messages over a pipe?
//!
//! A message is a head of JSON and a body of bytes, each behind its length. What arrives is held to a
//! greatest length before room is made for it. Deliberately absent: what the messages say (wire).

use std::io::{self, Read, Write};

use serde::{Serialize, de::DeserializeOwned};

/// Greatest length of a head, in bytes.
const MAX_HEAD_BYTES: usize = 64 * 1024 * 1024;
/// Greatest length of a body, in bytes.
const MAX_BODY_BYTES: usize = 320 * 1024 * 1024;

/// Sends a message.
///
/// # Errors
///
/// When the other side is gone.
pub(super) fn send(to: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let mut begin = Vec::with_capacity(16 + head.len());
    begin.extend_from_slice(&(head.len() as u64).to_le_bytes());
    begin.extend_from_slice(&(body.len() as u64).to_le_bytes());
    begin.extend_from_slice(&head);
    to.write_all(&begin)?;
    to.write_all(body)?;
    to.flush()
}

/// Takes a message; its body replaces what is in `body`, whose room is used again.
///
/// # Errors
///
/// When the other side is gone, or says what cannot be.
pub(super) fn take<T: DeserializeOwned>(from: &mut impl Read, body: &mut Vec<u8>) -> io::Result<T> {
    let head_bytes = length(from, MAX_HEAD_BYTES)?;
    let body_bytes = length(from, MAX_BODY_BYTES)?;
    let mut head = Vec::new();
    fill(from, &mut head, head_bytes)?;
    body.clear();
    fill(from, body, body_bytes)?;
    serde_json::from_slice(&head).map_err(io::Error::from)
}

fn length(from: &mut impl Read, most: usize) -> io::Result<usize> {
    let mut bytes = [0; 8];
    from.read_exact(&mut bytes)?;
    let length = usize::try_from(u64::from_le_bytes(bytes)).unwrap_or(usize::MAX);
    if length > most { Err(io::ErrorKind::InvalidData.into()) } else { Ok(length) }
}

fn fill(from: &mut impl Read, room: &mut Vec<u8>, length: usize) -> io::Result<()> {
    room.reserve_exact(length);
    let read = from.take(length as u64).read_to_end(room)?;
    if read == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_arrives_as_it_was_sent_and_half_of_one_does_not() {
        let mut pipe = Vec::new();
        send(&mut pipe, &("head", 7), b"body").unwrap();
        send(&mut pipe, &("next", 8), b"").unwrap();
        let mut from = &pipe[..];
        let mut body = b"what was there".to_vec();
        assert_eq!(take::<(String, u8)>(&mut from, &mut body).unwrap(), ("head".into(), 7));
        assert_eq!(body, b"body");
        assert_eq!(take::<(String, u8)>(&mut from, &mut body).unwrap(), ("next".into(), 8));
        assert!(body.is_empty());
        for cut in 0..24 {
            assert!(take::<(String, u8)>(&mut &pipe[..cut], &mut body).is_err(), "{cut}");
        }
    }

    #[test]
    fn no_room_is_made_for_what_nobody_says() {
        let huge = [u64::MAX.to_le_bytes(), 4_u64.to_le_bytes()].concat();
        assert!(take::<()>(&mut &huge[..], &mut Vec::new()).is_err());
        let mut pipe = Vec::new();
        send(&mut pipe, &"an answer of another kind", b"").unwrap();
        assert!(take::<u32>(&mut &pipe[..], &mut Vec::new()).is_err());
    }
}
