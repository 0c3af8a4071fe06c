//! How far a figure may be trusted: intervals by the bootstrap, and whether a score is as sure as it is right.

use super::judged::{Judged, Values};

/// How often a set is drawn anew.
const DRAWS: usize = 1_000;
/// How many per mille lie below an interval, and how many above.
const TAIL: usize = 25;

/// The middle 95 % of every figure over sets of as many rows drawn from this one, rows standing several times. The
/// sequence is fixed: the same rows give the same intervals.
pub(super) fn intervals(judged: &Judged) -> Vec<(&'static str, f64, f64)> {
    let rows = judged.len();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((u128::from(state) * rows as u128) >> 64) as usize
    };
    let drawn: Vec<Values> =
        (0..DRAWS).map(|_| judged.figures(&(0..rows).map(|_| draw()).collect::<Vec<usize>>())).collect();
    let whole = judged.figures(&(0..rows).collect::<Vec<usize>>());
    let interval = |(name, value): &(&'static str, f64)| {
        // A rare cause may be missing from a draw.
        let found = |values: &Values| values.iter().find(|found| found.0 == *name).map(|found| found.1);
        let mut values: Vec<f64> = drawn.iter().filter_map(found).collect();
        values.sort_by(f64::total_cmp);
        let at = |per_mille: usize| values.get(values.len() * per_mille / 1_000).copied().unwrap_or(*value);
        (*name, at(TAIL), at(999 - TAIL))
    };
    whole.iter().map(interval).collect()
}

/// Texts of nearly the same score: how likely praise was said to be, how often it was praise, how many there were.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Band {
    pub said: f64,
    pub was: f64,
    pub texts: usize,
}

/// The reliability curve in tenths, those without a text left out, and the mean distance from the diagonal (expected
/// calibration error).
pub(super) fn reliability(scored: &[(f64, bool)]) -> (Vec<Band>, f64) {
    let mut bands = Vec::new();
    for tenth in 0..10 {
        let within = |(score, _): &&(f64, bool)| (((score + 1.0) * 5.0) as usize).min(9) == tenth;
        let found: Vec<&(f64, bool)> = scored.iter().filter(within).collect();
        if !found.is_empty() {
            let texts = found.len();
            let said = found.iter().map(|(score, _)| (score + 1.0) / 2.0).sum::<f64>() / texts as f64;
            let was = found.iter().filter(|(_, good)| *good).count() as f64 / texts as f64;
            bands.push(Band { said, was, texts });
        }
    }
    let apart: f64 = bands.iter().map(|band| (band.said - band.was).abs() * band.texts as f64).sum();
    (bands, apart / scored.len().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_its_figure_and_shrinks_with_rows() {
        let rows = |count: usize| {
            Judged::Binary((0..count).map(|at| (if at % 5 == 0 { -0.5 } else { 0.5 }, true)).collect())
        };
        let accuracy = |count| intervals(&rows(count))[0];
        let (name, low, high) = accuracy(100);
        assert_eq!(name, "accuracy");
        assert!(low < 0.8 && high > 0.8 && high - low < 0.25, "{low} {high}");
        let (_, closer_low, closer_high) = accuracy(2_000);
        assert!(closer_high - closer_low < (high - low) / 2.0);
        assert_eq!(accuracy(100), accuracy(100));
    }

    #[test]
    fn scores_that_are_as_sure_as_right_lie_on_the_diagonal() {
        // 0.6 says a probability of 0.8.
        let honest: Vec<(f64, bool)> = (0..10).map(|at| (0.6, at < 8)).collect();
        let (bands, apart) = reliability(&honest);
        assert_eq!(bands.len(), 1);
        assert!((bands[0].said - 0.8).abs() < 1e-9 && (bands[0].was - 0.8).abs() < 1e-9 && apart < 1e-9);
        let (_, apart) = reliability(&[(1.0, false), (-1.0, false)]);
        assert!((apart - 0.5).abs() < 1e-9);
    }
}
