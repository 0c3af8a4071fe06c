//! 好评, 中评, 差评: counts and the three rates that Taobao speaks of.

use super::measure::{Measure, Span};
use super::share::rate;
use crate::pack::Grade;
use crate::review::Verdict;
use crate::source::Source;

/// How many verdicts of each kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerdictCount {
    /// 好评
    pub good: u64,
    /// 中评
    pub neutral: u64,
    /// 差评
    pub bad: u64,
}

impl VerdictCount {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u64 {
        self.good + self.neutral + self.bad
    }

    /// 好评率, unrounded; `None` when there is nothing.
    #[must_use]
    pub fn good_rate(self) -> Option<f64> {
        rate(self.good, self.total())
    }

    /// 好评率, 中评率 and 差评率 with what they are of. Verdicts that a buyer has taken back (删除) are not to be among
    /// the counted ones; a changed verdict (改评) counts as what it is now.
    #[must_use]
    pub fn rates(self, window: Option<Span>) -> [Measure; 3] {
        [(self.good, "good_rate"), (self.neutral, "neutral_rate"), (self.bad, "bad_rate")].map(
            |(numerator, code)| Measure {
                code,
                numerator,
                denominator: self.total(),
                window,
                target: None,
                grade: Grade::B,
                source: vec![Source::new("TB-1"), Source::new("TB-API2")],
            },
        )
    }
}

impl From<[u64; 3]> for VerdictCount {
    fn from([good, neutral, bad]: [u64; 3]) -> Self {
        Self { good, neutral, bad }
    }
}

pub(super) fn index(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Good => 0,
        Verdict::Neutral => 1,
        Verdict::Bad => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_rates_have_one_denominator() {
        let count = VerdictCount { good: 7, neutral: 2, bad: 1 };
        assert_eq!(count.good_rate(), Some(0.7));
        let rates = count.rates(None).map(|measure| (measure.numerator, measure.denominator));
        assert_eq!(rates, [(7, 10), (2, 10), (1, 10)]);
        assert_eq!(VerdictCount::default().good_rate(), None);
    }
}
