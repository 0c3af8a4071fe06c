//! A share of a small number of cases, with the interval that it may really lie in.

use serde::Serialize;

/// Two-sided 95 % of the normal distribution.
const Z: f64 = 1.959_964;

/// So many of so many, and the 95 % interval of the share behind it (Wilson 1927), which holds for small numbers too.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// How many were.
    pub hits: u64,
    /// Of how many.
    pub of: u64,
    /// The share, 0 to 1.
    pub share: f64,
    /// The lower end of the interval, 0 to 1.
    pub low: f64,
    /// Its upper end, 0 to 1.
    pub high: f64,
}

impl Share {
    /// The share of `hits` in `of`; none of nothing.
    #[must_use]
    pub fn of(hits: u64, of: u64) -> Option<Self> {
        if of == 0 {
            return None;
        }
        let hits = hits.min(of);
        #[expect(clippy::cast_precision_loss, reason = "counts of cases stay far below 2^52")]
        let (k, n) = (hits as f64, of as f64);
        let share = k / n;
        let square = Z * Z;
        let centre = (share + square / (2.0 * n)) / (1.0 + square / n);
        let half = Z / (1.0 + square / n) * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
        // At the ends the interval closes exactly; what rounding leaves is cut off.
        let low = if hits == 0 { 0.0 } else { (centre - half).max(0.0) };
        let high = if hits == of { 1.0 } else { (centre + half).min(1.0) };
        Some(Self { hits, of, share, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_nothing_is_no_share() {
        assert_eq!(Share::of(0, 0), None);
    }

    #[test]
    fn the_interval_is_wilsons() {
        for (hits, of, low, high) in
            [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055), (60, 100, 0.5020, 0.6906)]
        {
            let share = Share::of(hits, of).unwrap();
            assert!((share.low - low).abs() < 5e-4 && (share.high - high).abs() < 5e-4, "{share:?}");
        }
    }

    #[test]
    fn more_cases_make_it_narrower_and_the_share_stays_inside() {
        let width = |share: Share| share.high - share.low;
        for hits in 0..=20 {
            let (few, many) = (Share::of(hits, 20).unwrap(), Share::of(hits * 10, 200).unwrap());
            assert!(width(many) < width(few));
            assert!(few.low <= few.share && few.share <= few.high, "{few:?}");
        }
    }
}
