//! Percentiles of measured times.

use std::time::Duration;

/// Times of one kind of request.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Adds those of another kind.
    pub fn add_all(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// The time that `percent` of the requests do not exceed (nearest rank), in milliseconds; 0 without requests.
    pub fn percentile(&self, percent: u32) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent as usize).div_ceil(100).max(1);
        sorted.get(rank - 1).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let mut times = Times::default();
        assert!(times.percentile(99).abs() < 1e-9);
        for ms in (1..=100).rev() {
            times.add(Duration::from_millis(ms));
        }
        let rounded = |percent| times.percentile(percent).round() as u64;
        assert_eq!([rounded(1), rounded(50), rounded(99), rounded(100)], [1, 50, 99, 100]);
    }
}
