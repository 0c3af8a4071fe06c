//! Counts of three classes by age, from which every window is a sum.

use jiff::Timestamp;

use super::window::{Window, age};

/// Days that are kept apart; the longest window.
const DAYS: usize = 365;

/// How many of each of three classes there were on each of the last 365 days, and before.
///
/// Ages are whole days before `as_of`, so the sums of windows are exact, and a window of N days as it will be in H days
/// is the sum of the first N − H.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    days: Vec<[u64; 3]>,
    older: [u64; 3],
}

impl Default for Tally {
    fn default() -> Self {
        Self { days: vec![[0; 3]; DAYS], older: [0; 3] }
    }
}

impl Tally {
    /// Counts one of a class (0, 1 or 2); what comes after `as_of` counts nowhere.
    pub fn add(&mut self, class: usize, at: Timestamp, as_of: Timestamp) {
        let Some(age) = age(at, as_of) else { return };
        let day = usize::try_from(age).ok().and_then(|age| self.days.get_mut(age));
        day.unwrap_or(&mut self.older)[class] += 1;
    }

    /// Takes in what another one has counted as of the same instant.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.days.iter_mut().zip(&other.days) {
            add(mine, theirs);
        }
        add(&mut self.older, &other.older);
    }

    /// What lies in a window.
    #[must_use]
    pub fn within(&self, window: Window) -> [u64; 3] {
        match window.days() {
            Some(days) => self.last(usize::from(days)),
            None => {
                let mut all = self.last(DAYS);
                add(&mut all, &self.older);
                all
            }
        }
    }

    /// What lies in the last so many days, at most 365.
    #[must_use]
    pub fn last(&self, days: usize) -> [u64; 3] {
        let mut sum = [0; 3];
        for day in self.days.iter().take(days) {
            add(&mut sum, day);
        }
        sum
    }
}

fn add(sum: &mut [u64; 3], more: &[u64; 3]) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_sums_of_days_and_two_tallies_make_one() {
        let as_of: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let ago = |days| super::super::window::days_before(as_of, days);
        let (mut first, mut second) = (Tally::default(), Tally::default());
        first.add(0, as_of, as_of);
        first.add(1, ago(30), as_of);
        first.add(2, ago(-1), as_of);
        second.add(2, ago(364), as_of);
        second.add(2, ago(365), as_of);
        first.merge(&second);
        assert_eq!(first.within(Window::Days30), [1, 0, 0]);
        assert_eq!(first.within(Window::Days90), [1, 1, 0]);
        assert_eq!(first.within(Window::Days365), [1, 1, 1]);
        assert_eq!(first.within(Window::Lifetime), [1, 1, 2]);
        assert_eq!(first.last(1), [1, 0, 0]);
    }
}
