//! Shares of a whole, as platforms round them.

/// A whole percent, rounded half up from the exact fraction; `None` without a denominator.
///
/// Amazon shows whole percents that need not sum to 100: 1,001, 15 and 4 of 1,020 are 98, 1 and 0 (AMZ-FM). Integers
/// throughout: no double stands between the counts and the percent. `part` is at most `total`.
#[must_use]
pub fn percent(part: u64, total: u64) -> Option<u64> {
    let (part, total) = (u128::from(part), u128::from(total));
    let shown = (200 * part + total).checked_div(2 * total)?;
    Some(u64::try_from(shown).unwrap_or(u64::MAX))
}

/// The unrounded share, 0 to 1; `None` without a denominator.
#[must_use]
pub fn rate(part: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| part as f64 / total as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_the_platform() {
        let shown = |part, total| percent(part, total).unwrap();
        assert_eq!((shown(1001, 1020), shown(15, 1020), shown(4, 1020)), (98, 1, 0));
        assert_eq!(shown(55 + 35, 55 + 35 + 5 + 3 + 2), 90);
    }

    #[test]
    fn halves_go_up_and_nothing_is_no_percent() {
        assert_eq!(percent(1, 200), Some(1));
        assert_eq!(percent(199, 200), Some(100));
        assert_eq!(percent(1, 201), Some(0));
        assert_eq!(percent(0, 7), Some(0));
        assert_eq!((percent(0, 0), rate(0, 0)), (None, None));
        assert_eq!(rate(3, 512), Some(0.005_859_375));
    }

    proptest! {
        #[test]
        fn a_percent_lies_within_a_half_of_the_share(total in 1_u64.., part in 0_u64..) {
            let part = part % total;
            let shown = i128::from(percent(part, total).unwrap());
            let (part, total) = (i128::from(part), i128::from(total));
            // −½ < shown − exact ≤ ½, in integers.
            let twice = 2 * (shown * total - 100 * part);
            prop_assert!(-total < twice && twice <= total);
        }
    }
}
