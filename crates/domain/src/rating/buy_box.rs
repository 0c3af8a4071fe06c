//! Points for the buy box, as a founding article tells it: a folk model, off unless a shop turns it on.
//!
//! No official source knows these points. They are shown only where folk models are on, and never without saying so.

use super::measure::Span;
use crate::pack::Grade;
use crate::source::Source;

/// For an order without a problem (article-002).
const GOOD_ORDER: i64 = 100;
/// For an order with one or two stars (article-002).
const BAD_ORDER: i64 = -500;

/// Whether models that only sellers tell each other are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FolkModels {
    /// They are not.
    #[default]
    Off,
    /// The shop has turned them on.
    On,
}

/// The points of a shop, with their parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyBoxPoints {
    /// Orders without a negative rating.
    pub good_orders: u64,
    /// Orders with one.
    pub bad_orders: u64,
    /// Their points.
    pub points: i64,
    /// The order dates that count.
    pub window: Span,
    /// One source.
    pub grade: Grade,
    /// The founding article.
    pub source: Source,
}

impl BuyBoxPoints {
    /// The points of the orders of a window; `None` unless folk models are on. `bad_orders` is at most `orders`.
    #[must_use]
    pub fn new(orders: u64, bad_orders: u64, window: Span, folk: FolkModels) -> Option<Self> {
        if folk == FolkModels::Off {
            return None;
        }
        let good_orders = orders.saturating_sub(bad_orders);
        let times = |count: u64, points: i64| i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(points);
        Some(Self {
            good_orders,
            bad_orders,
            points: times(good_orders, GOOD_ORDER).saturating_add(times(bad_orders, BAD_ORDER)),
            window,
            grade: Grade::C,
            source: Source::new("article-002"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_off_by_default_and_one_bad_order_eats_five_good_ones() {
        let window = Span::last_days(60, jiff::Timestamp::UNIX_EPOCH);
        assert_eq!(BuyBoxPoints::new(6, 1, window, FolkModels::default()), None);
        let points = BuyBoxPoints::new(6, 1, window, FolkModels::On).unwrap();
        assert_eq!((points.good_orders, points.points), (5, 0));
        assert_eq!((points.grade, points.source.key.as_str()), (Grade::C, "article-002"));
        assert!(BuyBoxPoints::new(u64::MAX, 0, window, FolkModels::On).is_some());
    }
}
