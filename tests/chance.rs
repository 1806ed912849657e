//! How is chance had that can be repeated?

/// Chance from a seed (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// A number from 0 to `end`, without `end`.
    ///
    /// # Panics
    ///
    /// When `end` is not above 0.
    pub fn below<N: Copy + TryInto<u64> + TryFrom<u64>>(&mut self, end: N) -> N {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = end.try_into().unwrap_or_else(|_| panic!("an end above 0"));
        N::try_from((z ^ (z >> 31)) % end).unwrap_or_else(|_| unreachable!("below the end"))
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.below(100_u32) < chance
    }
}

/// A number that the environment may set; "all" is the greatest one.
///
/// # Panics
///
/// When it is neither.
#[must_use]
pub fn number_from(variable: &str, otherwise: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) if text == "all" => u64::MAX,
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{variable} must be a number or all")),
        Err(_) => otherwise,
    }
}

/// `wanted` of the numbers from 0 to `all`, spread evenly; the first and the last are among them.
#[must_use]
pub fn spread(all: usize, wanted: u64) -> Vec<usize> {
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX).min(all);
    match wanted {
        0 | 1 => (0..wanted).collect(),
        wanted => (0..wanted).map(|one| one * (all - 1) / (wanted - 1)).collect(),
    }
}
