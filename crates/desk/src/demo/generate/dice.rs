//! Seeded chance: the same seed gives the same throws on every machine.

/// A stream of throws (splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice of their own for what the parts name, such as (seed, shop, order).
    pub(crate) fn of(parts: &[u64]) -> Self {
        parts.iter().fold(Self(0x9e37_79b9_7f4a_7c15), |dice, part| {
            let mut mixed = Self(dice.0 ^ part.wrapping_mul(0xd6e8_feb8_6659_fd93));
            Self(mixed.throw())
        })
    }

    /// Any number.
    pub(crate) fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, without `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.throw()) * u128::from(end);
        u64::try_from(wide >> 64).expect("the upper half of a 128-bit product has 64 bits")
    }

    /// An index of something with `length` parts.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        let end = u64::try_from(length).unwrap_or(u64::MAX);
        usize::try_from(self.below(end)).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_add(1);
        low.saturating_add(i64::try_from(self.below(width)).unwrap_or(0))
    }

    /// True `per_mille` times in a thousand.
    pub(crate) fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// One of them.
    ///
    /// # Panics
    /// When there is none; the banks are checked to be filled when they are read.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.index(from.len())]
    }

    /// The index of one, each as often as its weight says; 0 when all weigh nothing.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: u64 = weights.clone().map(u64::from).sum();
        let mut left = self.below(total);
        for (index, weight) in weights.enumerate() {
            if left < u64::from(weight) {
                return index;
            }
            left -= u64::from(weight);
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn same_parts_same_throws_and_other_parts_other_throws() {
        let throws = |parts: &[u64]| {
            let mut dice = Dice::of(parts);
            [dice.throw(), dice.throw(), dice.throw()]
        };
        assert_eq!(throws(&[1, 2, 3]), throws(&[1, 2, 3]));
        assert_ne!(throws(&[1, 2, 3]), throws(&[1, 3, 2]));
        assert_ne!(throws(&[0]), throws(&[0, 0]));
    }

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::of(&[7]);
        let mut counts = [0u32; 3];
        for _ in 0..10_000 {
            counts[dice.weighted([7, 0, 3].into_iter())] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((6_800..7_200).contains(&counts[0]), "{counts:?}");
    }

    proptest! {
        #[test]
        fn numbers_stay_within_their_ends(seed: u64, low in -1000i64..1000, width in 0i64..1000) {
            let mut dice = Dice::of(&[seed]);
            for _ in 0..20 {
                prop_assert!((low..=low + width).contains(&dice.between(low, low + width)));
                prop_assert!(dice.below(7) < 7);
            }
            prop_assert_eq!(dice.below(0), 0);
        }
    }
}
