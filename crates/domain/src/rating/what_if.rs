//! 评分测算: what the displayed feedback percent would be if.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::defects::OrderDefectsAfter;
use super::feedback::{FeedbackClass, FeedbackCount};
use super::ledger::BadFeedback;
use super::share::percent;
use super::window::{Window, age, days_before};

/// The displayed percents that shops aim at.
pub(super) const TARGETS: [u8; 2] = [95, 98];

/// The least number of further positives with which the displayed percent reaches `target` (1 to 100).
///
/// Displayed percents are rounded half up, so 95 is shown from 94.5 on: k is the least with
/// `200 (p + k) + (n + k) ≥ 2 · target · (n + k)`. Without any rating nothing is displayed, so one is needed.
#[must_use]
pub fn positives_needed(count: FeedbackCount, target: u8) -> u64 {
    let (positive, total) = (i128::from(count.positive), i128::from(count.total()));
    let target = i128::from(target.min(100));
    if percent(count.positive, count.total()).is_some_and(|shown| i128::from(shown) >= target) {
        return 0;
    }
    let (short, step) = ((2 * target - 1) * total - 200 * positive, 201 - 2 * target);
    let needed = (short + step - 1).div_euclid(step).max(i128::from(total == 0));
    u64::try_from(needed).unwrap_or(u64::MAX)
}

/// The percent if one bad or neutral rating were removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// When it was given.
    pub at: Timestamp,
    /// Its order.
    pub order: Option<String>,
    /// The displayed percent of the last 365 days without it.
    pub positive_percent: Option<u64>,
}

/// A bad or neutral rating leaves a window by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RollOff {
    /// Which window.
    pub window: Window,
    /// The first instant at which it is outside.
    pub at: Timestamp,
    /// The displayed percent of that window if only this rating left it.
    pub positive_percent: Option<u64>,
    /// When it was given.
    pub given: Timestamp,
    /// Its order.
    pub order: Option<String>,
}

/// What the figures would be if.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhatIf {
    /// Further positives in 365 days for each displayed percent.
    pub positives_needed: BTreeMap<u8, u64>,
    /// Without each bad or neutral rating, the oldest first.
    pub if_removed: Vec<Removed>,
    /// As each of them leaves each window, the next to leave first.
    pub rolls_off: Vec<RollOff>,
    /// The order defect rate if the next order goes bad.
    pub if_next_order_is_bad: OrderDefectsAfter,
}

/// What removing each would show; `bad` are those of the last 365 days, the oldest first.
pub(super) fn if_removed(bad: &[BadFeedback], year: FeedbackCount) -> Vec<Removed> {
    bad.iter()
        .map(|one| Removed {
            at: one.at,
            order: one.order.clone(),
            positive_percent: year.without(one.class).positive_percent(),
        })
        .collect()
}

/// When each leaves the windows it is in; sorted by that instant, then by window, then as they were given.
pub(super) fn rolls_off(
    bad: &[BadFeedback],
    as_of: Timestamp,
    count: impl Fn(Window) -> FeedbackCount,
) -> Vec<RollOff> {
    let mut rolls = Vec::new();
    for window in Window::ALL {
        let Some(days) = window.days() else { continue };
        let counted = count(window);
        let shown = |class: FeedbackClass| counted.without(class).positive_percent();
        let inside = bad.iter().filter(|one| age(one.at, as_of).is_some_and(|age| age < u64::from(days)));
        rolls.extend(inside.map(|one| RollOff {
            window,
            at: days_before(one.at, -i64::from(days)),
            positive_percent: shown(one.class),
            given: one.at,
            order: one.order.clone(),
        }));
    }
    rolls.sort_by_key(|roll| (roll.at, roll.window));
    rolls
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn count(positive: u64, rest: u64) -> FeedbackCount {
        FeedbackCount { positive, neutral: 0, negative: rest }
    }

    #[test]
    fn ninety_of_a_hundred() {
        let ninety = FeedbackCount { positive: 90, neutral: 5, negative: 5 };
        assert_eq!(positives_needed(ninety, 95), 82);
        assert_eq!(positives_needed(ninety, 98), 300);
        assert_eq!(positives_needed(ninety, 90), 0);
    }

    #[test]
    fn nothing_shown_needs_one_and_the_extremes_are_finite() {
        assert_eq!(positives_needed(FeedbackCount::default(), 95), 1);
        assert_eq!(positives_needed(count(0, 1), 100), 199);
        assert_eq!(positives_needed(count(5, 0), 100), 0);
    }

    proptest! {
        #[test]
        fn it_is_the_least_that_shows_the_target(
            positive in 0_u64..3_000,
            rest in 0_u64..200,
            target in 1_u8..=100,
        ) {
            let needed = positives_needed(count(positive, rest), target);
            let shows = |more: u64| {
                count(positive + more, rest).positive_percent().is_some_and(|shown| shown >= u64::from(target))
            };
            prop_assert!(shows(needed));
            prop_assert!(needed == 0 || !shows(needed - 1));
        }
    }
}
