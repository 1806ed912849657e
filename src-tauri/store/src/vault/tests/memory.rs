//! What of passphrase and keys is left in the memory of the program when a vault is closed?
//!
//! The whole memory of the process is read as a file (`proc_pid_mem(5)`). What is looked for is kept in
//! another form, so that the looking finds no copy of its own. Deliberately absent: what a program around
//! the store does with a passphrase.

use std::{fs, fs::File, os::unix::fs::FileExt};

use zeroize::{Zeroize, Zeroizing};

use super::*;
use crate::{
    Recovery, RecoveryKey, Rekey,
    keys::{self, Copies, Keys, Secret, Unlocked, Way},
};

/// Bytes are kept with these bits turned.
const TURNED: u8 = 0xa5;
const PIECE: usize = 1 << 20;

/// What is looked for: a name, and the bytes, turned.
struct Sought(Vec<(&'static str, Vec<u8>)>);

impl Sought {
    fn add(&mut self, name: &'static str, bytes: &[u8]) {
        // Half a key is as good as found: the other half may be overwritten by chance.
        for half in bytes.chunks_exact(bytes.len() / 2) {
            self.0.push((name, half.iter().map(|byte| byte ^ TURNED).collect()));
        }
    }

    fn add_keys(&mut self, keys: &Keys) {
        let all: [(&'static str, &Secret); 5] = [
            ("database key", &keys.database),
            ("object key", &keys.objects),
            ("header key", &keys.header),
            ("ledger key", &keys.ledger),
            ("backup key", &keys.backup),
        ];
        for (name, secret) in all {
            self.add(name, secret.expose());
        }
        let hex = Zeroizing::new(crate::object::hex(keys.database.expose()));
        self.add("database key in words", hex.as_bytes());
    }

    /// The names of what stands somewhere in the memory of this process.
    fn found(&self) -> Vec<&'static str> {
        let memory = File::open("/proc/self/mem").unwrap();
        let mut piece = vec![0; PIECE];
        let mut found = Vec::new();
        for (start, end) in writable() {
            let mut at = start;
            while at < end {
                let length = usize::try_from(end - at).unwrap_or(PIECE).min(PIECE);
                // A region that went away meanwhile is of another test.
                let read = memory.read_at(&mut piece[..length], at).unwrap_or(0);
                self.look(&piece[..read], &mut found);
                // Otherwise it would be found here.
                piece.as_mut_slice().zeroize();
                // The end again: something may lie across it.
                at += u64::try_from(if length == PIECE { PIECE - 64 } else { length }).unwrap();
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn look(&self, piece: &[u8], found: &mut Vec<&'static str>) {
        let mut first = [false; 256];
        for (_, turned) in &self.0 {
            first[usize::from(turned[0] ^ TURNED)] = true;
        }
        for (at, _) in piece.iter().enumerate().filter(|(_, byte)| first[usize::from(**byte)]) {
            let rest = &piece[at..];
            let is_here = |turned: &[u8]| {
                rest.len() >= turned.len() && turned.iter().zip(rest).all(|(t, b)| t ^ TURNED == *b)
            };
            found
                .extend(self.0.iter().filter(|(_, turned)| is_here(turned)).map(|(name, _)| *name));
        }
    }
}

/// The regions of the memory that the program can write to.
fn writable() -> Vec<(u64, u64)> {
    let number = |digits: &str| u64::from_str_radix(digits, 16).unwrap();
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let regions = maps.lines().filter(|line| line.split(' ').nth(1).unwrap().starts_with("rw"));
    let bounds = regions.filter_map(|line| line.split(' ').next()?.split_once('-'));
    bounds.map(|(start, end)| (number(start), number(end))).collect()
}

/// A passphrase that stands in no program.
fn drawn() -> Zeroizing<String> {
    let mut bytes = [0; 16];
    keys::random(&mut bytes).unwrap();
    let mut text = Zeroizing::new(String::with_capacity(32));
    text.extend(bytes.iter().map(|byte| char::from(b'a' + byte % 26)));
    bytes.zeroize();
    text
}

/// Notes the keys that a way leads to.
fn note(sought: &mut Sought, folder: &Path, way: Way<'_>) {
    let Unlocked { vault_key, keys, header, slot } =
        Copies::read(folder).unwrap().unlock(way).unwrap();
    sought.add("vault key", vault_key.expose());
    sought.add_keys(&keys);
    sought.add("derived key", header.slot(slot).derived(way).unwrap().expose());
}

#[test]
fn of_a_closed_vault_nothing_secret_is_left_in_the_memory() {
    let (place, mut sought) = (tempfile::tempdir().unwrap(), Sought(Vec::new()));
    let folder = place.path().join("Test.lanthan");
    let (first, second) = (drawn(), drawn());
    sought.add("first passphrase", first.as_bytes());
    sought.add("second passphrase", second.as_bytes());
    let (mut vault, recovery) = Vault::create(&folder, &first, KdfCost::SMALLEST).unwrap();
    sought.add("recovery key", recovery.expose());
    note(&mut sought, &folder, Way::Passphrase(&first));
    note(&mut sought, &folder, Way::Recovery(&recovery));
    let stored = import(&mut vault, b"an original");
    save(&mut vault, "one", "1", None, &[("a", stored.object)]).unwrap();
    // What is held must be found, or the rest would prove nothing.
    let held = sought.found();
    for name in ["first passphrase", "second passphrase", "recovery key", "database key"] {
        assert!(held.contains(&name), "{name} is not found while it is held: {held:?}");
    }
    vault.close().unwrap();
    let mut vault = Vault::open(&folder, &first).unwrap();
    vault.change_passphrase(&first, &second, KdfCost::SMALLEST).unwrap();
    let next: RecoveryKey = vault.draw_recovery_key(&second).unwrap();
    sought.add("next recovery key", next.expose());
    let wish = Rekey {
        current: &second,
        new_passphrase: None,
        recovery: Recovery::Replace(&next),
        cost: KdfCost::SMALLEST,
    };
    vault.rekey(&wish, &mut silent).unwrap();
    vault.backup(&place.path().join("Backup.lanthan"), NOW, &mut silent).unwrap();
    note(&mut sought, &folder, Way::Passphrase(&second));
    vault.close().unwrap();
    assert!(Vault::open(&folder, &first).is_err());
    let vault = Vault::open(&folder, &second).unwrap();
    assert_eq!(vault.dossiers().unwrap().len(), 1);
    vault.close().unwrap();
    drop((first, second, recovery, next));
    assert_eq!(sought.found(), [""; 0]);
}
