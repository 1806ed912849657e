//! How is a passphrase made into a key, and how dear is one guess?
//!
//! Argon2id (RFC 9106). The cost stands in each slot and is bounded, so that a forged header cannot
//! make opening take all memory or all day. Deliberately absent: judging how good a passphrase is
//! beyond its length.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use super::Secret;
use crate::VaultError;

/// The fewest characters of a new passphrase, counted after NFKC.
pub(crate) const MIN_PASSPHRASE_CHARS: usize = 12;

const MIN_MEMORY_KIB: u32 = 8 * 1024;
const MAX_MEMORY_KIB: u32 = 2 * 1024 * 1024;
const MAX_PASSES: u32 = 64;
const MAX_LANES: u32 = 16;
/// How long one guess at a passphrase takes at least on the computer where it is chosen, and at most
/// unless that would make it too cheap.
const WANTED: Duration = Duration::from_millis(700);
const MOST: Duration = Duration::from_secs(1);
/// What a guess never costs less than, however slow the computer is.
const LEAST_PASSES: u32 = 3;
const LEAST_MEMORY_KIB: u32 = 64 * 1024;
/// What it never costs more than, however fast the computer is: the vault may be opened on another one.
const MOST_PASSES: u32 = 12;
/// How often the speed is measured; the fastest counts, since other programs only make it slower. A busy
/// computer must not lead to a passphrase that is cheap to guess.
const TRIALS: u32 = 3;

/// How dear one guess at a passphrase is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfCost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Default for KdfCost {
    /// 256 MiB, three passes: a little over half a second on a small laptop.
    fn default() -> Self {
        Self { memory_kib: 256 * 1024, passes: 3, lanes: 1 }
    }
}

impl KdfCost {
    /// The lowest cost that is accepted: 8 MiB, one pass. For vaults that protect nothing.
    pub const SMALLEST: Self = Self { memory_kib: MIN_MEMORY_KIB, passes: 1, lanes: 1 };

    /// The cost of a new passphrase on this computer: one guess takes 0.7 to 1 s. Between 64 and 256 MiB
    /// and between 3 and 12 passes, whatever that takes. Measures for as long as three passes take.
    #[must_use]
    pub fn measured() -> Self {
        let mut cost = Self { passes: 1, ..Self::default() };
        loop {
            match (fastest_of_trials(cost), cost.halved()) {
                (Some(pass), _) => return Self::lasting(cost.memory_kib, pass),
                // So much memory cannot be had.
                (None, Some(less)) => cost = less,
                // Whoever makes the slot is told why.
                (None, None) => return Self { passes: LEAST_PASSES, ..cost },
            }
        }
    }

    /// The cost that lasts as long as wanted where one pass over so much memory takes `pass`. The time is
    /// proportional to both.
    fn lasting(memory_kib: u32, pass: Duration) -> Self {
        let (mut cost, mut pass) = (Self { memory_kib, passes: 1, lanes: 1 }, pass);
        while pass * LEAST_PASSES > MOST
            && let Some(less) = cost.halved()
        {
            (cost, pass) = (less, pass / 2);
        }
        let passes = WANTED.as_nanos().div_ceil(pass.as_nanos().max(1));
        let passes = u32::try_from(passes).unwrap_or(MOST_PASSES);
        Self { passes: passes.clamp(LEAST_PASSES, MOST_PASSES), ..cost }
    }

    /// Half the memory; `None` below the least.
    fn halved(self) -> Option<Self> {
        let less = Self { memory_kib: self.memory_kib / 2, ..self };
        (less.memory_kib >= LEAST_MEMORY_KIB).then_some(less)
    }

    /// Accepts a cost read from a header; `None` outside of 8 MiB to 2 GiB, 1 to 64 passes, 1 to 16
    /// lanes.
    pub(crate) fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        let within = (MIN_MEMORY_KIB..=MAX_MEMORY_KIB).contains(&memory_kib)
            && (1..=MAX_PASSES).contains(&passes)
            && (1..=MAX_LANES).contains(&lanes);
        within.then_some(Self { memory_kib, passes, lanes })
    }

    pub(crate) fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    pub(crate) fn passes(self) -> u32 {
        self.passes
    }

    pub(crate) fn lanes(self) -> u32 {
        self.lanes
    }

    /// The cost for a secret of 128 random bits, which nobody guesses: as low as it may be.
    pub(crate) fn for_random_secret(self) -> Self {
        Self { memory_kib: self.memory_kib.min(64 * 1024), passes: 1, lanes: 1 }
    }

    /// Half the memory and twice the passes, for a computer that has too little memory; `None` below
    /// 64 MiB.
    pub(crate) fn with_less_memory(self) -> Option<Self> {
        let passes = (self.passes * 2).min(MAX_PASSES);
        self.halved().map(|less| Self { passes, ..less })
    }
}

/// How long a guess at this cost takes when nothing else delays it; `None` when the memory cannot be had.
fn fastest_of_trials(cost: KdfCost) -> Option<Duration> {
    let trial = |_| {
        let (begun, computed) = (Instant::now(), time_computed());
        derive(b"a trial", &[0; 32], cost).ok()?;
        let alone = time_computed().zip(computed).and_then(|(now, then)| now.checked_sub(then));
        Some(alone.filter(|took| !took.is_zero()).unwrap_or_else(|| begun.elapsed()))
    };
    let trials: Option<Vec<_>> = (0..TRIALS).map(trial).collect();
    trials?.into_iter().min()
}

/// How long this thread has computed, without the time in which it waited for its turn; `None` where the
/// system does not tell it in a file (`proc_pid_schedstat(5)`, Linux).
fn time_computed() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Makes a key of 32 bytes.
///
/// # Errors
///
/// [`VaultError::NotEnoughMemory`] when the memory cannot be had; nothing is aborted.
pub(crate) fn derive(secret: &[u8], salt: &[u8; 32], cost: KdfCost) -> Result<Secret, VaultError> {
    let too_much = VaultError::NotEnoughMemory { needed_mib: cost.memory_kib / 1024 };
    let Ok(params) = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)) else {
        return Err(VaultError::HeaderDamaged);
    };
    let count = params.block_count();
    let mut arena: Vec<Block> = Vec::new();
    if arena.try_reserve_exact(count).is_err() {
        return Err(too_much);
    }
    arena.resize(count, Block::new());
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = Secret::zeroed();
    let made =
        argon2.hash_password_into_with_memory(secret, salt, key.expose_mut(), &mut arena[..]);
    for block in &mut arena {
        block.zeroize();
    }
    made.map(|()| key).map_err(|_| VaultError::HeaderDamaged)
}

/// The bytes of a passphrase: NFKC, so that every keyboard and system types the same ones.
pub(crate) fn normalized(passphrase: &str) -> Zeroizing<String> {
    // Counted first, so that no outgrown buffer with the passphrase is left behind.
    let length = passphrase.nfkc().map(char::len_utf8).sum();
    let mut text = Zeroizing::new(String::with_capacity(length));
    text.extend(passphrase.nfkc());
    text
}

/// Refuses a passphrase that is too short for a new vault.
pub(crate) fn accept(passphrase: &str) -> Result<(), VaultError> {
    let found = passphrase.nfkc().count();
    if found < MIN_PASSPHRASE_CHARS {
        return Err(VaultError::PassphraseTooShort { found, least: MIN_PASSPHRASE_CHARS });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_characters_are_accepted_and_eleven_are_not() {
        assert!(accept("twelve chars").is_ok());
        assert!(accept("eleven char").is_err());
        assert!(accept("密码密码密码密码密码密码").is_ok());
    }

    #[test]
    fn a_composed_letter_is_the_same_passphrase_as_a_decomposed_one() {
        assert_eq!(*normalized("Sch\u{f6}ner Abend"), *normalized("Scho\u{308}ner Abend"));
        assert_eq!(*normalized("１２３"), "123");
    }

    #[test]
    fn a_cost_outside_of_its_bounds_is_refused() {
        assert!(KdfCost::new(8 * 1024, 1, 1).is_some());
        assert!(KdfCost::new(8 * 1024 - 1, 1, 1).is_none());
        assert!(KdfCost::new(2 * 1024 * 1024, 64, 16).is_some());
        assert!(KdfCost::new(2 * 1024 * 1024 + 1, 1, 1).is_none());
        for (passes, lanes) in [(0, 1), (65, 1), (1, 0), (1, 17)] {
            assert!(KdfCost::new(8 * 1024, passes, lanes).is_none());
        }
    }

    #[test]
    fn one_guess_takes_0_7_to_1_s_on_every_computer_between_the_bounds() {
        for millis in 59..1334 {
            let pass = Duration::from_millis(millis);
            let cost = KdfCost::lasting(256 * 1024, pass);
            let takes = pass * cost.passes * cost.memory_kib / (256 * 1024);
            assert!((WANTED..=MOST).contains(&takes), "{millis} ms a pass: {cost:?}, {takes:?}");
        }
    }

    #[test]
    fn a_guess_is_never_cheaper_nor_dearer_than_the_bounds() {
        let cost = |memory_mib: u32, pass| KdfCost::lasting(memory_mib * 1024, pass);
        let (least, most) = ((64 * 1024, 3), (256 * 1024, 12));
        for pass in [Duration::from_secs(2), Duration::from_hours(1)] {
            let slowest = cost(256, pass);
            assert_eq!((slowest.memory_kib, slowest.passes), least);
        }
        for pass in [Duration::from_millis(20), Duration::ZERO] {
            let fastest = cost(256, pass);
            assert_eq!((fastest.memory_kib, fastest.passes), most);
        }
        // Less memory than wished is made up for by passes.
        assert_eq!(cost(64, Duration::from_millis(100)).passes, 7);
    }

    #[test]
    fn what_is_measured_here_is_between_the_bounds() {
        let KdfCost { memory_kib, passes, lanes } = KdfCost::measured();
        assert!((LEAST_MEMORY_KIB..=256 * 1024).contains(&memory_kib), "{memory_kib} KiB");
        assert!((LEAST_PASSES..=MOST_PASSES).contains(&passes) && lanes == 1, "{passes} passes");
    }

    #[test]
    fn salt_secret_and_cost_each_change_the_key() {
        let key = |secret: &[u8], salt: u8, passes| {
            let cost = KdfCost::new(8 * 1024, passes, 1).unwrap();
            *derive(secret, &[salt; 32], cost).unwrap().expose()
        };
        let one = key(b"secret", 1, 1);
        assert_eq!(one, key(b"secret", 1, 1));
        assert_ne!(one, key(b"Secret", 1, 1));
        assert_ne!(one, key(b"secret", 2, 1));
        assert_ne!(one, key(b"secret", 1, 2));
    }
}
