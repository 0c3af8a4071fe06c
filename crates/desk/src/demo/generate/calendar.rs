//! When things happen: the three months before `now`, and the two weeks in them that went wrong.

use jiff::Timestamp;

use super::dice::Dice;
use super::words::Language;

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
/// How far back the demo reaches.
const SPAN: i64 = 90 * DAY;

/// Of a day's orders, how many fall in each hour of the buyers' clocks.
const HOURS: [i64; 24] = [3, 2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 7, 7, 7, 7, 7, 8, 10, 12, 13, 11, 6];

/// The demo's time, in seconds since 1970.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    pub(crate) now: i64,
    first: i64,
    /// What local clocks are ahead of UTC; summer time is left out, the demo needs no exact evening.
    offset: i64,
}

impl Calendar {
    pub(crate) fn new(now: Timestamp, language: Language) -> Self {
        let offset = match language {
            Language::Chinese => 8 * HOUR,
            Language::English => -6 * HOUR,
        };
        let now = now.as_second();
        let first = (now - SPAN + offset).div_euclid(DAY) * DAY - offset;
        Self { now, first, offset }
    }

    /// When order `index` of `count` is placed: spread over the span, most in the evening, never after now.
    pub(crate) fn placed(&self, index: u32, count: u32, dice: &mut Dice) -> i64 {
        let (index, count) = (i64::from(index), i64::from(count.max(1)));
        let width = self.now - self.first;
        let slot = (width / count).max(1);
        let even = (width / count) * index + (width % count) * index / count + dice.between(0, slot - 1);
        let day = even.div_euclid(DAY);
        if self.first + (day + 1) * DAY > self.now {
            // Today is not over: its orders stay where they fall.
            return (self.first + even).min(self.now - MINUTE);
        }
        self.first + day * DAY + evening(even.rem_euclid(DAY))
    }

    /// Days before now.
    pub(crate) fn days_ago(&self, instant: i64) -> i64 {
        (self.now - instant).div_euclid(DAY)
    }

    /// The last second of the local day `days` after `instant`.
    pub(crate) fn end_of_day(&self, instant: i64, days: i64) -> i64 {
        ((instant + self.offset).div_euclid(DAY) + days + 1) * DAY - 1 - self.offset
    }

    /// The week in which the bad lot was sold.
    pub(crate) fn is_batch_week(&self, placed: i64) -> bool {
        (45..52).contains(&self.days_ago(placed))
    }

    /// The days in which one carrier's parcels got stuck.
    pub(crate) fn is_jam(&self, placed: i64) -> bool {
        (25..32).contains(&self.days_ago(placed))
    }
}

/// Bends an even second of a day to one as busy as the hours are.
fn evening(even: i64) -> i64 {
    let total: i64 = HOURS.iter().sum();
    let mut left = even * total;
    for (hour, weight) in (0..).zip(HOURS) {
        if left < weight * DAY {
            return hour * HOUR + left * HOUR / (weight * DAY);
        }
        left -= weight * DAY;
    }
    DAY - 1
}

/// Seconds as an instant; what lies outside the calendar is held at its beginning.
pub(crate) fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calendar(now: &str) -> Calendar {
        Calendar::new(now.parse().unwrap(), Language::Chinese)
    }

    #[test]
    fn the_evening_is_busier_than_the_night() {
        let hour_of = |even: i64| evening(even) / HOUR;
        let at = |hours: std::ops::Range<i64>| {
            (0..DAY).step_by(60).filter(|even| hours.contains(&hour_of(*even))).count()
        };
        assert!(at(19..23) > 8 * at(2..6));
        assert!((0..DAY - 1).step_by(97).all(|even| evening(even) <= evening(even + 1)));
    }

    #[test]
    fn a_day_ends_by_the_shop_clock() {
        let calendar = calendar("2026-11-22T01:00:00Z");
        let placed: Timestamp = "2026-11-20T17:30:00Z".parse().unwrap();
        assert_eq!(instant(calendar.end_of_day(placed.as_second(), 0)).to_string(), "2026-11-21T15:59:59Z");
    }

    proptest! {
        #[test]
        fn orders_lie_in_the_three_months_and_in_order_of_days(
            now in 1_600_000_000i64..4_000_000_000, count in 1u32..5_000, index: u32, seed: u64,
        ) {
            let calendar = Calendar::new(instant(now), Language::English);
            let index = index % count;
            let placed = calendar.placed(index, count, &mut Dice::of(&[seed]));
            prop_assert!(placed < now && placed >= now - 91 * DAY - 1);
            let next = calendar.placed(index + 1, count + 1, &mut Dice::of(&[seed]));
            prop_assert!(next - placed > -2 * DAY);
        }
    }
}
