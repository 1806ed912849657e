//! Which bytes may a file hold whose last changes were not synchronised?

use crate::chance::Chance;

/// Disks write a sector whole or not at all.
const SECTOR: usize = 512;

/// A change of a file's bytes.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// Bytes were written.
    Write {
        /// From where on.
        at: u64,
        /// Which.
        bytes: Vec<u8>,
    },
    /// The length was set.
    Length(u64),
}

/// A file: what of it is safe, and what was changed since.
#[derive(Debug, Clone, Default)]
pub(super) struct File {
    safe: Vec<u8>,
    since: Vec<Change>,
    len: u64,
}

impl File {
    pub(super) fn safe(bytes: Vec<u8>) -> Self {
        let len = bytes.len() as u64;
        Self { safe: bytes, since: Vec::new(), len }
    }

    /// The length that the program sees.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The bytes that the program sees.
    pub(super) fn now(&self) -> Vec<u8> {
        with(&self.safe, &self.since)
    }

    /// True when every byte is safe.
    pub(super) fn is_safe(&self) -> bool {
        self.since.is_empty()
    }

    pub(super) fn change(&mut self, change: Change) {
        self.len = match &change {
            Change::Write { at, bytes } => self.len.max(at + bytes.len() as u64),
            Change::Length(len) => *len,
        };
        self.since.push(change);
    }

    pub(super) fn sync(&mut self) {
        self.safe = self.now();
        self.since.clear();
    }

    /// What is safe, and nothing else.
    pub(super) fn least(&self) -> Vec<u8> {
        self.safe.clone()
    }

    /// Some of the changes, some of them torn.
    pub(super) fn some(&self, chance: &mut Chance) -> Vec<u8> {
        let mut kept = Vec::new();
        for change in &self.since {
            match chance.below(10_u32) {
                0..5 => {}
                5..8 => kept.push(change.clone()),
                _ => kept.extend(torn(change, |_| chance.percent(50))),
            }
        }
        with(&self.safe, &kept)
    }

    /// All changes; of the last one only the first sectors.
    pub(super) fn torn_at_the_end(&self, chance: &mut Chance) -> Vec<u8> {
        let Some((last, before)) = self.since.split_last() else { return self.safe.clone() };
        let mut kept = before.to_vec();
        if let Change::Write { bytes, .. } = last {
            let end = chance.below(bytes.len().div_ceil(SECTOR).max(1));
            kept.extend(torn(last, |sector| sector < end));
        }
        with(&self.safe, &kept)
    }
}

/// The sectors of a write that are kept; the bounds of sectors are those of the file.
fn torn(change: &Change, mut keep: impl FnMut(usize) -> bool) -> Vec<Change> {
    let Change::Write { at, bytes } = change else { return vec![change.clone()] };
    let first = SECTOR - usize::try_from(at % SECTOR as u64).unwrap_or(0);
    let (head, rest) = bytes.split_at(first.min(bytes.len()));
    let (mut at, mut kept) = (*at, Vec::new());
    for (number, part) in std::iter::once(head).chain(rest.chunks(SECTOR)).enumerate() {
        if keep(number) {
            kept.push(Change::Write { at, bytes: part.to_vec() });
        }
        at += part.len() as u64;
    }
    kept
}

fn with(safe: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut all = safe.to_vec();
    let index = |at: u64| usize::try_from(at).expect("test files fit into memory");
    for change in changes {
        match change {
            Change::Length(len) => all.resize(index(*len), 0),
            Change::Write { at, bytes } => {
                let (from, to) = (index(*at), index(*at) + bytes.len());
                if all.len() < to {
                    all.resize(to, 0);
                }
                all[from..to].copy_from_slice(bytes);
            }
        }
    }
    all
}
