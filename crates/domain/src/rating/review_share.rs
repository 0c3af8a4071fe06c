//! 中差评率, 好评率, 改评数 and 删评数 of a product, as 领星 counts them.

use super::measure::Measure;
use crate::pack::Grade;
use crate::review::Rating;
use crate::source::Source;

/// A review of a product as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductReview {
    /// Its present stars.
    pub stars: Rating,
    /// The buyer has changed it since it was first seen.
    pub changed: bool,
    /// It is gone.
    pub removed: bool,
}

/// The reviews of a product: three stars and fewer are bad ones (中差评), four and five good ones; what is gone counts in
/// `removed` only (领星 review list: `negative_num`, `good_rate`, `modified_num`, `remove_num`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReviewShare {
    /// 好评: four and five stars.
    pub good: u64,
    /// 中差评: one to three stars.
    pub bad: u64,
    /// 改评数: changed by their buyers and still there.
    pub changed: u64,
    /// 删评数: gone.
    pub removed: u64,
}

impl ReviewShare {
    /// Counts reviews.
    #[must_use]
    pub fn of(reviews: impl IntoIterator<Item = ProductReview>) -> Self {
        let mut share = Self::default();
        for review in reviews {
            match review {
                ProductReview { removed: true, .. } => share.removed += 1,
                ProductReview { stars, changed, .. } => {
                    share.changed += u64::from(changed);
                    if stars.is_bad_or_neutral() {
                        share.bad += 1;
                    } else {
                        share.good += 1;
                    }
                }
            }
        }
        share
    }

    /// 好评率.
    #[must_use]
    pub fn good_rate(self) -> Measure {
        self.measure("good_rate", self.good)
    }

    /// 中差评率.
    #[must_use]
    pub fn bad_rate(self) -> Measure {
        self.measure("bad_and_neutral_rate", self.bad)
    }

    fn measure(self, code: &'static str, numerator: u64) -> Measure {
        Measure {
            code,
            numerator,
            denominator: self.good + self.bad,
            window: None,
            target: None,
            grade: Grade::C,
            source: vec![Source::at("LX", "review list: negative_num, good_rate, modified_num, remove_num")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_vendor() {
        // Five of 5★, one each of 3★ and 2★, two of 1★: good 5 of 9, 中差评 4 of 9.
        let stars = [5, 5, 5, 5, 5, 3, 2, 1, 1].map(|stars| ProductReview {
            stars: Rating::try_from(stars).unwrap(),
            changed: stars == 3,
            removed: false,
        });
        let gone = ProductReview { removed: true, ..stars[8] };
        let share = ReviewShare::of(stars.into_iter().chain([gone, gone]));
        assert_eq!(share, ReviewShare { good: 5, bad: 4, changed: 1, removed: 2 });
        let shown = |measure: Measure| format!("{:.4}", measure.rate().unwrap());
        assert_eq!((shown(share.good_rate()), shown(share.bad_rate())), ("0.5556".into(), "0.4444".into()));
    }
}
