//! Amazon's feedback on the seller: three classes of stars and their counts.

use super::event::RatingEvent;
use super::share::percent;
use crate::review::Rating;
use crate::shop::Object;

/// What a number of stars counts as (AMZ-FM): 5 and 4 positive, 3 neutral, 2 and 1 negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedbackClass {
    /// Four or five stars.
    Positive,
    /// Three stars.
    Neutral,
    /// One or two stars.
    Negative,
}

impl FeedbackClass {
    /// The class of a number of stars.
    #[must_use]
    pub fn of(rating: Rating) -> Self {
        match rating.stars() {
            4.. => Self::Positive,
            3 => Self::Neutral,
            _ => Self::Negative,
        }
    }

    /// The class of a rating that counts as feedback: on the seller, with stars, neither removed nor struck.
    #[must_use]
    pub fn counted(event: &RatingEvent<'_>) -> Option<Self> {
        let counts = event.object == Some(Object::SellerFeedback) && !event.removed && !event.struck;
        event.rating.filter(|_| counts).map(Self::of)
    }

    pub(super) fn index(self) -> usize {
        match self {
            Self::Positive => 0,
            Self::Neutral => 1,
            Self::Negative => 2,
        }
    }
}

/// How many ratings of each class there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeedbackCount {
    /// Four and five stars.
    pub positive: u64,
    /// Three stars.
    pub neutral: u64,
    /// One and two stars.
    pub negative: u64,
}

impl FeedbackCount {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u64 {
        self.positive + self.neutral + self.negative
    }

    /// The positive share that the platform shows: a whole percent, half rounded up; `None` when there is nothing.
    #[must_use]
    pub fn positive_percent(self) -> Option<u64> {
        percent(self.positive, self.total())
    }

    /// The counts with one of a class fewer.
    #[must_use]
    pub fn without(mut self, class: FeedbackClass) -> Self {
        let count = match class {
            FeedbackClass::Positive => &mut self.positive,
            FeedbackClass::Neutral => &mut self.neutral,
            FeedbackClass::Negative => &mut self.negative,
        };
        *count = count.saturating_sub(1);
        self
    }
}

impl From<[u64; 3]> for FeedbackCount {
    fn from([positive, neutral, negative]: [u64; 3]) -> Self {
        Self { positive, neutral, negative }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_fall_into_the_classes_of_the_platform() {
        use FeedbackClass::{Negative, Neutral, Positive};
        let classes: Vec<_> =
            (1..=5).map(|stars| FeedbackClass::of(Rating::try_from(stars).unwrap())).collect();
        assert_eq!(classes, [Negative, Negative, Neutral, Positive, Positive]);
    }

    #[test]
    fn what_is_gone_struck_or_no_feedback_does_not_count() {
        let event = RatingEvent {
            object: Some(Object::SellerFeedback),
            at: jiff::Timestamp::UNIX_EPOCH,
            rating: Rating::try_from(1).ok(),
            verdict: None,
            order: None,
            removed: false,
            struck: false,
        };
        assert_eq!(FeedbackClass::counted(&event), Some(FeedbackClass::Negative));
        for other in [
            RatingEvent { removed: true, ..event },
            RatingEvent { struck: true, ..event },
            RatingEvent { object: Some(Object::ProductReview), ..event },
            RatingEvent { object: None, ..event },
            RatingEvent { rating: None, ..event },
        ] {
            assert_eq!(FeedbackClass::counted(&other), None, "{other:?}");
        }
    }
}
