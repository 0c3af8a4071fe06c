//! How a shop sends what it sends itself: late shipment, cancellation, tracking. The store counts the orders by the same
//! words in SQL; a test holds the two against each other.

use serde::{Deserialize, Serialize};

use super::measure::{Measure, Span, Target};
use crate::intake::codes;
use crate::order::{Fulfilment, OrderState};
use crate::pack::Grade;
use crate::shop::Platform;
use crate::source::Source;

codes! {
    /// A figure that is counted over orders. Its code is that of its [`Measure`].
    OrderMeasure {
        /// Orders with a defect; counted by [`super::OrderDefects`].
        Defect = "order_defect_rate",
        /// Sent after the day they were to be sent.
        LateShipment = "late_shipment_rate",
        /// Closed before they were sent, without the buyer having asked.
        Cancellation = "cancellation_rate",
        /// Parcels whose number the carrier knows.
        ValidTracking = "valid_tracking_rate",
    }
}

codes! {
    /// Which of the orders of a figure.
    OrderPart {
        /// Those that are counted above the line.
        Numerator = "numerator",
        /// All that are counted.
        Denominator = "denominator",
        /// Those that are counted and not above the line.
        Rest = "rest",
        /// Those of its window of which too little is known to count them.
        Unknown = "unknown",
    }
}

/// An order, as far as sending it goes. What is absent is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SentOrder {
    /// Who sends it; on Amazon only what the shop sends itself counts.
    pub fulfilment: Option<Fulfilment>,
    /// How far it has come.
    pub state: Option<OrderState>,
    /// Whether it is known when it was sent.
    pub is_sent: bool,
    /// Sent by the day it was to be sent, as the platform's file says.
    pub in_time: Option<bool>,
    /// The buyer asked for money or goods back.
    pub has_after_sale: bool,
    /// A tracking number is stored of it.
    pub has_number: bool,
    /// The carrier was seen to have the parcel; `Some(false)` where it only knows it was announced.
    pub carrier_has_it: Option<bool>,
}

impl OrderMeasure {
    /// The windows, in days of order dates, the shortest first. For tracking the sources name none: 30 days, a choice of
    /// the house.
    #[must_use]
    pub fn windows(self) -> &'static [u16] {
        match self {
            Self::Defect => &[super::defects::DAYS],
            Self::LateShipment => &[10, 30],
            Self::Cancellation => &[7],
            Self::ValidTracking => &[30],
        }
    }

    /// Whether an order of the window stands above the line: `None` when it is not among those that are asked about,
    /// `Some(None)` when too little is known of it to count it. Defects are not decided by these facts: always `None`.
    #[must_use]
    pub fn judge(self, order: &SentOrder, platform: Platform) -> Option<Option<bool>> {
        let is_amazon = matches!(platform, Platform::Amazon(_));
        if is_amazon && order.fulfilment != Some(Fulfilment::Merchant) {
            return None;
        }
        let closed = order.state == Some(OrderState::Closed);
        match self {
            Self::Defect => None,
            // Cancelled orders are not late.
            Self::LateShipment => (!closed).then_some(order.in_time.map(|in_time| !in_time)),
            Self::Cancellation => {
                Some(order.state.map(|_| closed && !order.is_sent && !order.has_after_sale))
            }
            Self::ValidTracking => order.is_sent.then_some(match (order.carrier_has_it, order.has_number) {
                (Some(has_it), _) => Some(has_it),
                (None, false) => Some(false),
                (None, true) => None,
            }),
        }
    }

    /// The figure of so many of so many. On Amazon with its target and sources (AMZ-LSR two pages, AMZ-SHIP two pages);
    /// elsewhere no target is known, and the definition is the house's.
    #[must_use]
    pub fn measure(self, numerator: u64, denominator: u64, window: Span, platform: Platform) -> Measure {
        let (target, grade, key) = match self {
            Self::Defect => (Target::below(10_000), Grade::A, "AMZ-ODR"),
            Self::LateShipment => (Target::below(40_000), Grade::B, "AMZ-LSR"),
            Self::Cancellation => (Target::below(25_000), Grade::B, "AMZ-SHIP"),
            Self::ValidTracking => (Target::above(950_000), Grade::B, "AMZ-SHIP"),
        };
        let is_amazon = matches!(platform, Platform::Amazon(_));
        Measure {
            code: self.code(),
            numerator,
            denominator,
            window: Some(window),
            target: is_amazon.then_some(target),
            grade: if is_amazon { grade } else { Grade::N },
            source: vec![Source::new(if is_amazon { key } else { "house" })],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> SentOrder {
        SentOrder {
            fulfilment: Some(Fulfilment::Merchant),
            state: Some(OrderState::Shipped),
            is_sent: true,
            in_time: Some(true),
            has_number: true,
            ..SentOrder::default()
        }
    }

    fn judged(measure: OrderMeasure, order: SentOrder) -> Option<Option<bool>> {
        measure.judge(&order, Platform::AMAZON_US)
    }

    #[test]
    fn what_is_late_and_what_is_left_out() {
        use OrderMeasure::LateShipment;
        assert_eq!(judged(LateShipment, own()), Some(Some(false)));
        assert_eq!(judged(LateShipment, SentOrder { in_time: Some(false), ..own() }), Some(Some(true)));
        assert_eq!(judged(LateShipment, SentOrder { in_time: None, ..own() }), Some(None), "nobody knows");
        let closed = SentOrder { state: Some(OrderState::Closed), in_time: Some(false), ..own() };
        assert_eq!(judged(LateShipment, closed), None, "cancelled orders are not late");
        for fulfilment in [None, Some(Fulfilment::Amazon)] {
            let of_others = SentOrder { fulfilment, ..own() };
            assert_eq!(judged(LateShipment, of_others), None);
            assert_eq!(LateShipment.judge(&of_others, Platform::Taobao), Some(Some(false)));
        }
    }

    #[test]
    fn a_cancellation_is_the_shops_when_the_buyer_asked_for_nothing() {
        use OrderMeasure::Cancellation;
        let closed = SentOrder { state: Some(OrderState::Closed), is_sent: false, ..own() };
        assert_eq!(judged(Cancellation, closed), Some(Some(true)));
        assert_eq!(judged(Cancellation, SentOrder { has_after_sale: true, ..closed }), Some(Some(false)));
        assert_eq!(judged(Cancellation, SentOrder { is_sent: true, ..closed }), Some(Some(false)));
        assert_eq!(judged(Cancellation, own()), Some(Some(false)));
        assert_eq!(judged(Cancellation, SentOrder { state: None, ..own() }), Some(None));
    }

    #[test]
    fn tracking_is_of_parcels_that_are_on_their_way() {
        use OrderMeasure::ValidTracking;
        let of = |has_number, carrier_has_it| SentOrder { has_number, carrier_has_it, ..own() };
        assert_eq!(judged(ValidTracking, of(true, Some(true))), Some(Some(true)));
        assert_eq!(judged(ValidTracking, of(true, Some(false))), Some(Some(false)), "announced only");
        assert_eq!(judged(ValidTracking, of(false, None)), Some(Some(false)), "no number is no valid one");
        assert_eq!(judged(ValidTracking, of(true, None)), Some(None), "no file of parcels was brought");
        assert_eq!(judged(ValidTracking, SentOrder { is_sent: false, ..own() }), None);
    }

    #[test]
    fn targets_are_amazons_alone() {
        let window = Span::last_days(30, jiff::Timestamp::UNIX_EPOCH);
        let late = OrderMeasure::LateShipment.measure(1, 26, window, Platform::AMAZON_US);
        assert_eq!((late.meets(), late.grade, late.code), (Some(true), Grade::B, "late_shipment_rate"));
        assert_eq!(
            OrderMeasure::LateShipment.measure(1, 25, window, Platform::AMAZON_US).meets(),
            Some(false)
        );
        assert_eq!(
            OrderMeasure::Cancellation.measure(1, 40, window, Platform::AMAZON_US).meets(),
            Some(false)
        );
        let tracked = OrderMeasure::ValidTracking.measure(95, 100, window, Platform::AMAZON_US);
        assert_eq!((tracked.meets(), tracked.percent()), (Some(false), Some(95)));
        let taobao = OrderMeasure::LateShipment.measure(1, 25, window, Platform::Taobao);
        assert_eq!((taobao.meets(), taobao.grade), (None, Grade::N));
    }
}
