//! What the public sees of a seller's feedback, and what neutral ratings cost of it.

use jiff::Timestamp;

use super::feedback::FeedbackCount;
use super::measure::{Measure, Span};
use super::what_if::positives_needed;
use crate::pack::Grade;
use crate::source::Source;

/// More ratings than this in twelve months, and the platform shows their share instead of that of all time.
const ENOUGH: u64 = 10;
/// Twelve months as Amazon's windows have it.
const YEAR: u16 = 365;

/// The line under a seller's name: the share of the last twelve months beside the number of all ratings, or, up to ten
/// ratings in twelve months, the share of all time (AMZ-FM-EU, grade A).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRating {
    /// The positive share that is shown.
    pub share: Measure,
    /// Whether it is that of twelve months.
    pub is_of_twelve_months: bool,
    /// All ratings of all time.
    pub lifetime: u64,
}

/// What the public sees as of an instant, of the ratings of twelve months and those of all time.
#[must_use]
pub fn public_rating(year: FeedbackCount, lifetime: FeedbackCount, as_of: Timestamp) -> PublicRating {
    let is_of_twelve_months = year.total() > ENOUGH;
    let shown = if is_of_twelve_months { year } else { lifetime };
    PublicRating {
        share: Measure {
            code: "positive_share_12_months",
            numerator: shown.positive,
            denominator: shown.total(),
            window: is_of_twelve_months.then(|| Span::last_days(YEAR, as_of)),
            target: None,
            grade: Grade::A,
            source: vec![Source::new("AMZ-FM-EU")],
        },
        is_of_twelve_months,
        lifetime: lifetime.total(),
    }
}

/// What neutral ratings take from the displayed percent: they are no positives and stand in the denominator
/// (AMZ-FM; the founding articles call this the reason to follow up three stars too).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeutralCost {
    /// Neutral ratings.
    pub neutral: u64,
    /// The displayed percent.
    pub with: Option<u64>,
    /// The displayed percent if there were none of them.
    pub without: Option<u64>,
    /// How many further positives show again what is shown without them.
    pub positives_to_make_up: u64,
}

/// The cost of the neutral ratings of a window.
#[must_use]
pub fn neutral_cost(count: FeedbackCount) -> NeutralCost {
    let without = FeedbackCount { neutral: 0, ..count }.positive_percent();
    let target = without.and_then(|percent| u8::try_from(percent).ok());
    NeutralCost {
        neutral: count.neutral,
        with: count.positive_percent(),
        without,
        positives_to_make_up: target.map_or(0, |target| positives_needed(count, target)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn now() -> Timestamp {
        "2026-11-01T00:00:00Z".parse().unwrap()
    }

    fn of(positive: u64, negative: u64) -> FeedbackCount {
        FeedbackCount { positive, neutral: 0, negative }
    }

    #[test]
    fn ten_ratings_in_a_year_are_too_few_to_be_shown_alone() {
        let few = public_rating(of(10, 0), of(10, 10), now());
        assert_eq!((few.is_of_twelve_months, few.share.percent(), few.lifetime), (false, Some(50), 20));
        assert_eq!(few.share.window, None);
        let enough = public_rating(of(11, 0), of(11, 10), now());
        assert_eq!(
            (enough.is_of_twelve_months, enough.share.percent(), enough.lifetime),
            (true, Some(100), 21)
        );
    }

    #[test]
    fn a_neutral_rating_costs_as_much_as_a_bad_one() {
        let cost = neutral_cost(FeedbackCount { positive: 90, neutral: 5, negative: 5 });
        assert_eq!((cost.neutral, cost.with, cost.without), (5, Some(90), Some(95)));
        assert_eq!(cost.positives_to_make_up, 82);
        let none = neutral_cost(FeedbackCount { positive: 3, neutral: 0, negative: 1 });
        assert_eq!((none.with, none.without, none.positives_to_make_up), (Some(75), Some(75), 0));
        assert_eq!(neutral_cost(FeedbackCount { neutral: 4, ..FeedbackCount::default() }).without, None);
    }
}
