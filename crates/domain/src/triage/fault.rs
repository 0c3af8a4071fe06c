//! Whose fault it is once the order's facts are known: facts win over words where they contradict.
//!
//! | the review is about delivery, and the order says | words may say | fault |
//! |---|---|---|
//! | sent by the platform's warehouse (FBA) | seller, carrier, unknown | platform |
//! | sent on time | seller, unknown | carrier |
//! | sent late, or not yet sent after the promised day | carrier, unknown | seller |
//!
//! A buyer who says that the fault is his own or a third party's is believed, and so are words about anything but
//! delivery: no tracking tells whether a seam holds.

use jiff::{SignedDuration, Timestamp};
use pingxin_language::{Cause, Fault};

use crate::Say;
use crate::order::OrderFacts;
use crate::order::{Fulfilment, OrderState};

/// A promised day lasts until its end; a date alone is kept as its first instant.
const PROMISED_DAY: SignedDuration = SignedDuration::from_hours(24);

/// The fault by words and facts, and why where the facts decided against the words.
pub(super) fn judge(
    words: Fault,
    primary: Option<Cause>,
    order: &OrderFacts,
    now: Timestamp,
) -> (Fault, Option<Say>) {
    if primary != Some(Cause::Logistics)
        || !matches!(words, Fault::Seller | Fault::Carrier | Fault::Platform | Fault::Unknown)
    {
        return (words, None);
    }
    let (fault, why) = match (order.fulfilled_by, sent_on_time(order, now)) {
        (Some(Fulfilment::Amazon), _) => (
            Fault::Platform,
            Say::new(
                "订单由平台仓库发货，配送由平台负责。",
                "The platform's warehouse sent this order, so the platform answers for its delivery.",
            ),
        ),
        (_, Some(true)) if words != Fault::Platform => (
            Fault::Carrier,
            Say::new(
                "订单记录显示按时发货，延误发生在运输途中。",
                "The order was sent on time, so the delay arose on the way.",
            ),
        ),
        (_, Some(false)) if words != Fault::Platform => (
            Fault::Seller,
            Say::new(
                "订单记录显示没有按时发货。",
                "The order was not sent on time, so the delay arose before the carrier had it.",
            ),
        ),
        _ => return (words, None),
    };
    if fault == words { (words, None) } else { (fault, Some(why)) }
}

/// Whether the seller sent it in time; unknown when the facts do not tell.
fn sent_on_time(order: &OrderFacts, now: Timestamp) -> Option<bool> {
    if order.shipped_on_time.is_some() {
        return order.shipped_on_time;
    }
    let late =
        |at: Timestamp| order.promised.is_some_and(|promised| at.duration_since(promised) > PROMISED_DAY);
    match (order.shipped, order.state) {
        (Some(shipped), _) => late(shipped).then_some(false),
        (None, Some(OrderState::PaidUnshipped)) => late(now).then_some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-01T00:00:00Z".parse().unwrap()
    }

    fn fault(words: Fault, order: OrderFacts) -> (Fault, bool) {
        let (fault, why) = judge(words, Some(Cause::Logistics), &order, now());
        (fault, why.is_some())
    }

    fn at(instant: &str) -> Option<Timestamp> {
        Some(instant.parse().unwrap())
    }

    #[test]
    fn tracking_decides_between_seller_and_carrier() {
        let sent = |on_time| OrderFacts { shipped_on_time: Some(on_time), ..OrderFacts::default() };
        assert_eq!(fault(Fault::Seller, sent(true)), (Fault::Carrier, true));
        assert_eq!(fault(Fault::Carrier, sent(false)), (Fault::Seller, true));
        assert_eq!(fault(Fault::Carrier, sent(true)), (Fault::Carrier, false), "they agree");
        assert_eq!(fault(Fault::Unknown, sent(false)), (Fault::Seller, true));
        assert_eq!(fault(Fault::Seller, OrderFacts::default()), (Fault::Seller, false), "nothing is known");
    }

    #[test]
    fn the_promised_day_counts_to_its_end() {
        let promised = at("2026-10-20T00:00:00Z");
        let shipped = |shipped| OrderFacts { promised, shipped: at(shipped), ..OrderFacts::default() };
        assert_eq!(fault(Fault::Carrier, shipped("2026-10-21T00:00:00Z")), (Fault::Carrier, false));
        assert_eq!(fault(Fault::Carrier, shipped("2026-10-21T00:00:01Z")), (Fault::Seller, true));
        let waiting =
            OrderFacts { promised, state: Some(OrderState::PaidUnshipped), ..OrderFacts::default() };
        assert_eq!(fault(Fault::Carrier, waiting), (Fault::Seller, true));
        let tracked = OrderFacts { shipped_on_time: Some(true), ..shipped("2026-10-25T00:00:00Z") };
        assert_eq!(fault(Fault::Seller, tracked), (Fault::Carrier, true), "tracking is asked first");
    }

    #[test]
    fn the_platform_answers_for_its_own_warehouse() {
        let order = OrderFacts {
            fulfilled_by: Some(Fulfilment::Amazon),
            shipped_on_time: Some(true),
            ..OrderFacts::default()
        };
        assert_eq!(fault(Fault::Carrier, order), (Fault::Platform, true));
        assert_eq!(fault(Fault::Seller, order), (Fault::Platform, true));
    }

    #[test]
    fn facts_of_delivery_say_nothing_of_the_goods_or_of_others() {
        let order = OrderFacts { shipped_on_time: Some(false), ..OrderFacts::default() };
        assert_eq!(judge(Fault::Carrier, Some(Cause::DamagePackaging), &order, now()).0, Fault::Carrier);
        assert_eq!(judge(Fault::Unknown, None, &order, now()).0, Fault::Unknown);
        assert_eq!(fault(Fault::Buyer, order), (Fault::Buyer, false));
        assert_eq!(fault(Fault::ThirdParty, order), (Fault::ThirdParty, false));
    }
}
