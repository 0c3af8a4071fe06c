//! 店铺评分 (DSR): the mean of what buyers gave for goods as described, service and logistics in the last six months.
//!
//! Arithmetic mean over the last six months, recomputed daily; only what a buyer gave himself counts, not the default of
//! the platform (TB-8, TB-9, TB-10, grade B). A cap of scores a buyer and month is told and not confirmed, so none is applied.

use jiff::tz::TimeZone;
use jiff::{Span as Calendar, Timestamp};

use super::measure::Span;
use crate::pack::Grade;
use crate::review::Rating;
use crate::source::Source;

/// How far back scores count, in calendar months.
const MONTHS: i64 = 6;

/// What is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreItem {
    /// 宝贝与描述相符
    Description,
    /// 卖家服务态度
    Service,
    /// 物流服务质量
    Logistics,
}

impl ScoreItem {
    /// All three, in the order of the platform.
    pub const ALL: [Self; 3] = [Self::Description, Self::Service, Self::Logistics];
}

/// One score that a buyer gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreLine {
    /// When.
    pub at: Timestamp,
    /// For what.
    pub item: ScoreItem,
    /// One to five.
    pub score: Rating,
    /// The platform gave it because the buyer was silent.
    pub by_default: bool,
}

/// The scores of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScoreCount {
    /// The sum of the scores.
    pub sum: u64,
    /// How many there are.
    pub count: u64,
}

impl ScoreCount {
    /// The mean in hundredths, half rounded up: 486 is 4.86; `None` without a score.
    #[must_use]
    pub fn hundredths(self) -> Option<u64> {
        (200 * self.sum + self.count).checked_div(2 * self.count)
    }

    /// The least sum that so many scores can have when their mean is shown as so many hundredths, as a platform's page shows
    /// it: what is worked out from it is never too hopeful. At most 500 hundredths.
    #[must_use]
    pub fn shown(hundredths: u64, count: u64) -> Self {
        // The least s with floor((200 s + n) / 2n) = h, that is 200 s ≥ (2h − 1) n.
        let least = (u128::from(2 * hundredths.min(500)).saturating_sub(1) * u128::from(count)).div_ceil(200);
        Self { sum: u64::try_from(least).unwrap_or(u64::MAX), count }
    }

    /// How many further fives lift the mean to so many hundredths (at most 499); `None` beyond that.
    #[must_use]
    pub fn fives_needed(self, hundredths: u64) -> Option<u64> {
        if hundredths >= 500 {
            return None;
        }
        if self.hundredths().is_some_and(|mean| mean >= hundredths) {
            return Some(0);
        }
        // The least k with 200 (s + 5k) + (n + k) ≥ 2h (n + k).
        let (sum, count, target) = (i128::from(self.sum), i128::from(self.count), i128::from(hundredths));
        let (short, step) = ((2 * target - 1) * count - 200 * sum, 1001 - 2 * target);
        u64::try_from((short + step - 1).div_euclid(step).max(i128::from(self.count == 0))).ok()
    }
}

/// The three scores of a shop with their window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopScores {
    /// In the order of [`ScoreItem::ALL`].
    pub items: [ScoreCount; 3],
    /// Six calendar months.
    pub window: Span,
    /// How well the formula is known.
    pub grade: Grade,
    /// Where the formula comes from.
    pub source: Vec<Source>,
}

impl ShopScores {
    /// Counts what buyers gave in the six months up to `as_of`, as the calendar of `zone` has months.
    #[must_use]
    pub fn new(lines: &[ScoreLine], as_of: Timestamp, zone: &TimeZone) -> Self {
        let from = as_of
            .to_zoned(zone.clone())
            .checked_sub(Calendar::new().months(MONTHS))
            .map_or(Timestamp::MIN, |start| start.timestamp());
        let window = Span { from, to: as_of };
        let mut items = [ScoreCount::default(); 3];
        for line in lines.iter().filter(|line| !line.by_default && window.holds(line.at)) {
            let item = &mut items[line.item as usize];
            item.sum += u64::from(line.score.stars());
            item.count += 1;
        }
        let source = ["TB-8", "TB-9", "TB-10"].map(Source::new).to_vec();
        Self { items, window, grade: Grade::B, source }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(at: &str, item: ScoreItem, score: u8, by_default: bool) -> ScoreLine {
        ScoreLine { at: at.parse().unwrap(), item, score: Rating::try_from(score).unwrap(), by_default }
    }

    #[test]
    fn six_months_are_months_and_silence_does_not_count() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let as_of = "2026-08-31T04:00:00Z".parse().unwrap();
        let lines = [
            line("2026-02-28T04:00:00Z", ScoreItem::Service, 1, false),
            line("2026-02-28T04:00:01Z", ScoreItem::Service, 4, false),
            line("2026-08-31T04:00:00Z", ScoreItem::Service, 5, false),
            line("2026-08-30T04:00:00Z", ScoreItem::Service, 5, true),
            line("2026-08-31T04:00:01Z", ScoreItem::Service, 1, false),
            line("2026-05-01T00:00:00Z", ScoreItem::Description, 5, false),
        ];
        let scores = ShopScores::new(&lines, as_of, &zone);
        assert_eq!(scores.window.from.to_string(), "2026-02-28T04:00:00Z");
        assert_eq!(scores.items[ScoreItem::Service as usize], ScoreCount { sum: 9, count: 2 });
        assert_eq!(scores.items.map(ScoreCount::hundredths), [Some(500), Some(450), None]);
    }

    proptest! {
        #[test]
        fn a_shown_mean_has_its_least_sum(count in 1_u64..100_000, hundredths in 100_u64..=500) {
            let scores = ScoreCount::shown(hundredths, count);
            // Few scores cannot show every mean; then the least sum shows the next one that they can.
            prop_assert!(scores.hundredths().is_some_and(|mean| mean >= hundredths));
            let less = ScoreCount { sum: scores.sum - 1, count };
            prop_assert!(less.hundredths().is_some_and(|mean| mean < hundredths));
        }

        #[test]
        fn the_fives_needed_are_the_least(
            count in 0_u64..500,
            seed in 0_u64..10_000,
            target in 100_u64..500,
        ) {
            let scores = ScoreCount { sum: count + seed % (4 * count + 1), count };
            let needed = scores.fives_needed(target).unwrap();
            let after = |more: u64| ScoreCount { sum: scores.sum + 5 * more, count: count + more }.hundredths();
            prop_assert!(after(needed).is_some_and(|mean| mean >= target));
            prop_assert!(needed == 0 || after(needed - 1).is_none_or(|mean| mean < target));
        }
    }
}
