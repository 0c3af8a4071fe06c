//! How a shop sends what it sends itself: late shipment, cancellation, tracking.

use jiff::Timestamp;

use super::measure::{Measure, Span, Target};
use crate::order::Fulfilment;
use crate::pack::Grade;
use crate::source::Source;

/// An order, as far as sending it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentOrder {
    /// When it was placed; windows count by this.
    pub placed: Timestamp,
    /// Who sends it; only what the shop sends itself counts.
    pub fulfilment: Fulfilment,
    /// The last instant at which it is sent in time; unknown leaves it out of the late shipment rate.
    pub send_by: Option<Timestamp>,
    /// When the sending was confirmed.
    pub sent: Option<Timestamp>,
    /// The shop cancelled it before it was sent.
    pub cancelled_by_shop: bool,
    /// The carrier knows its tracking number; unknown leaves it out of the tracking rate.
    pub tracking_is_valid: Option<bool>,
}

impl SentOrder {
    fn counts(&self, window: Span) -> bool {
        self.fulfilment == Fulfilment::Merchant && window.holds(self.placed)
    }

    fn is_late(&self, as_of: Timestamp) -> bool {
        let sent = self.sent.filter(|sent| *sent <= as_of);
        self.send_by.is_some_and(|send_by| sent.unwrap_or(as_of) > send_by)
    }
}

/// Late shipment rate: sent, or still not sent, after the day it was to be sent, of the orders of the last 10 or 30 days
/// that the shop sends; strictly below 4 % (AMZ-LSR, two pages). Cancelled orders are not late.
#[must_use]
pub fn late_shipments(orders: &[SentOrder], days: u16, as_of: Timestamp) -> Measure {
    let window = Span::last_days(days, as_of);
    let counted = || {
        orders
            .iter()
            .filter(|order| order.counts(window) && order.send_by.is_some() && !order.cancelled_by_shop)
    };
    Measure {
        code: "late_shipment_rate",
        numerator: counted().filter(|order| order.is_late(as_of)).count() as u64,
        denominator: counted().count() as u64,
        window: Some(window),
        target: Some(Target::below(40_000)),
        grade: Grade::B,
        source: vec![Source::new("AMZ-LSR")],
    }
}

/// Cancellation rate: cancelled by the shop before sending, of the orders of the last 7 days that the shop sends; strictly
/// below 2.5 % (AMZ-SHIP, two pages).
#[must_use]
pub fn seller_cancellations(orders: &[SentOrder], as_of: Timestamp) -> Measure {
    let window = Span::last_days(7, as_of);
    let counted = || orders.iter().filter(|order| order.counts(window));
    Measure {
        code: "cancellation_rate",
        numerator: counted().filter(|order| order.cancelled_by_shop).count() as u64,
        denominator: counted().count() as u64,
        window: Some(window),
        target: Some(Target::below(25_000)),
        grade: Grade::B,
        source: vec![Source::new("AMZ-SHIP")],
    }
}

/// Valid tracking rate: parcels with a tracking number that the carrier knows, of the parcels that the shop has sent;
/// strictly above 95 % (AMZ-SHIP). The sources do not say over which time, so the caller does.
#[must_use]
pub fn valid_tracking(orders: &[SentOrder], days: u16, as_of: Timestamp) -> Measure {
    let window = Span::last_days(days, as_of);
    let counted = || {
        orders.iter().filter(|order| {
            order.counts(window)
                && order.sent.is_some_and(|sent| sent <= as_of)
                && order.tracking_is_valid.is_some()
        })
    };
    Measure {
        code: "valid_tracking_rate",
        numerator: counted().filter(|order| order.tracking_is_valid == Some(true)).count() as u64,
        denominator: counted().count() as u64,
        window: Some(window),
        target: Some(Target::above(950_000)),
        grade: Grade::B,
        source: vec![Source::new("AMZ-SHIP")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-{text}:00:00Z").parse().unwrap()
    }

    fn order(placed: &str, send_by: Option<&str>, sent: Option<&str>) -> SentOrder {
        SentOrder {
            placed: at(placed),
            fulfilment: Fulfilment::Merchant,
            send_by: send_by.map(at),
            sent: sent.map(at),
            cancelled_by_shop: false,
            tracking_is_valid: Some(true),
        }
    }

    #[test]
    fn what_is_late_and_what_is_left_out() {
        let now = at("11-01T12");
        let in_time = order("10-30T00", Some("10-31T00"), Some("10-31T00"));
        let orders = [
            in_time,
            order("10-30T00", Some("10-31T00"), Some("10-31T01")),
            order("10-30T00", Some("11-01T11"), None),
            order("10-31T00", Some("11-02T00"), None),
            order("10-30T00", None, None),
            order("10-01T00", Some("10-02T00"), None),
            SentOrder { fulfilment: Fulfilment::Amazon, ..order("10-30T00", Some("10-31T00"), None) },
            SentOrder { cancelled_by_shop: true, ..order("10-30T00", Some("10-31T00"), None) },
        ];
        let late = late_shipments(&orders, 10, now);
        assert_eq!((late.numerator, late.denominator, late.meets()), (2, 4, Some(false)));
        assert_eq!(late_shipments(&orders, 40, now).denominator, 5);
        let cancelled = seller_cancellations(&orders, now);
        assert_eq!((cancelled.numerator, cancelled.denominator), (1, 6));
        assert_eq!(seller_cancellations(&[in_time; 41], now).meets(), Some(true));
    }

    #[test]
    fn tracking_is_of_parcels_that_are_on_their_way() {
        let now = at("11-01T12");
        let sent = order("10-30T00", None, Some("10-31T00"));
        let orders = [
            sent,
            SentOrder { tracking_is_valid: Some(false), ..sent },
            SentOrder { tracking_is_valid: None, ..sent },
            SentOrder { sent: None, ..sent },
        ];
        let tracking = valid_tracking(&orders, 30, now);
        assert_eq!((tracking.numerator, tracking.denominator, tracking.meets()), (1, 2, Some(false)));
        assert_eq!(valid_tracking(&[], 30, now).meets(), None);
    }
}
