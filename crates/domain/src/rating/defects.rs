//! Order defect rate (ODR): distinct defective orders of the distinct orders of the last 60 days, by order date.
//!
//! An order is defective when it has at least one negative feedback or counted claim, however old or new; two defects of
//! one order count once. The target is strictly below 1 % (AMZ-ODR, grade A).

use jiff::Timestamp;

use super::measure::{Measure, Span, Target};
use crate::pack::Grade;
use crate::source::Source;

/// The window of order dates, in days.
pub const DAYS: u16 = 60;
/// Strictly below 1 %.
const TARGET: Target = Target::below(10_000);

/// Defective orders of the orders of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderDefects {
    /// Orders with a defect.
    pub defective: u64,
    /// Orders.
    pub orders: u64,
    /// The order dates that count.
    pub window: Span,
}

/// The rate as it would be after something else had happened.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct OrderDefectsAfter {
    /// Orders with a defect.
    pub defective: u64,
    /// Orders.
    pub orders: u64,
    /// Their share, unrounded.
    pub rate: Option<f64>,
    /// Whether the target would be met.
    pub meets: Option<bool>,
}

impl OrderDefects {
    /// Counts made elsewhere, of the orders placed in the 60 days before `as_of`.
    #[must_use]
    pub fn new(defective: u64, orders: u64, as_of: Timestamp) -> Self {
        Self { defective, orders, window: Span::last_days(DAYS, as_of) }
    }

    /// The rate with its target and source.
    #[must_use]
    pub fn measure(self) -> Measure {
        Measure {
            code: "order_defect_rate",
            numerator: self.defective,
            denominator: self.orders,
            window: Some(self.window),
            target: Some(TARGET),
            grade: Grade::A,
            source: vec![Source::new("AMZ-ODR")],
        }
    }

    /// The rate if the next order is placed now and goes bad.
    #[must_use]
    pub fn if_next_is_bad(self) -> OrderDefectsAfter {
        let (defective, orders) = (self.defective + 1, self.orders + 1);
        OrderDefectsAfter {
            defective,
            orders,
            rate: super::share::rate(defective, orders),
            meets: TARGET.is_met(defective, orders),
        }
    }

    /// How many more of the orders that stand in the window may go bad before the target is missed.
    #[must_use]
    pub fn defects_to_spare(self) -> u64 {
        // The greatest d with 100 · (defective + d) < orders.
        (self.orders.saturating_sub(1) / 100).saturating_sub(self.defective)
    }

    /// How many good orders it takes until the target is met; 0 when it is, or when there is no order.
    #[must_use]
    pub fn good_orders_needed(self) -> u64 {
        if self.orders == 0 { 0 } else { (100 * self.defective + 1).saturating_sub(self.orders) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn odr(defective: u64, orders: u64) -> OrderDefects {
        OrderDefects::new(defective, orders, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn one_of_a_hundred_is_one_too_many() {
        assert_eq!(odr(1, 100).measure().meets(), Some(false));
        assert_eq!(odr(1, 101).measure().meets(), Some(true));
        assert_eq!(odr(0, 0).measure().meets(), None);
        assert_eq!(odr(3, 512).measure().rate(), Some(0.005_859_375));
    }

    #[test]
    fn the_next_bad_order_is_one_order_more() {
        let after = odr(0, 99).if_next_is_bad();
        assert_eq!((after.defective, after.orders, after.meets), (1, 100, Some(false)));
        assert_eq!(odr(0, 0).if_next_is_bad().rate, Some(1.0));
    }

    proptest! {
        #[test]
        fn what_is_to_spare_and_what_is_needed_are_the_last_that_hold(
            orders in 0_u64..5_000,
            defective in 0_u64..60,
        ) {
            let defective = defective.min(orders);
            let meets = |defective, orders| odr(defective, orders).measure().meets();
            let now = odr(defective, orders);
            let spare = now.defects_to_spare();
            prop_assert_ne!(meets(defective + spare + 1, orders), Some(true));
            prop_assert!(spare == 0 || meets(defective + spare, orders) == Some(true));
            let needed = now.good_orders_needed();
            prop_assert!(orders == 0 || meets(defective, orders + needed) == Some(true));
            prop_assert!(needed == 0 || meets(defective, orders + needed - 1) == Some(false));
        }
    }
}
