//! What is known of an order.

use jiff::Timestamp;

use super::{Fulfilment, OrderState};
use crate::intake::IncomingOrder;
use crate::money::Money;

/// The facts of an order that a judgement may rest on. What is absent is unknown, not false.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct OrderFacts {
    /// When it was placed.
    pub placed: Option<Timestamp>,
    /// When it was to arrive; a date alone is its first instant in UTC.
    pub promised: Option<Timestamp>,
    /// When it was sent.
    pub shipped: Option<Timestamp>,
    /// When it was signed for.
    pub delivered: Option<Timestamp>,
    /// When it was completed.
    pub completed: Option<Timestamp>,
    /// How far it has come.
    pub state: Option<OrderState>,
    /// Who packs and sends it.
    pub fulfilled_by: Option<Fulfilment>,
    /// Sent with Amazon Buy Shipping.
    pub buy_shipping: Option<bool>,
    /// Sent within the promised handling time.
    pub shipped_on_time: Option<bool>,
    /// Both sides have rated (Taobao).
    pub both_rated: Option<bool>,
    /// What it cost.
    pub amount: Option<Money>,
}

impl From<&IncomingOrder> for OrderFacts {
    fn from(order: &IncomingOrder) -> Self {
        Self {
            placed: order.placed,
            promised: order.promised,
            shipped: order.shipped,
            delivered: order.delivered,
            completed: order.completed,
            state: order.state,
            fulfilled_by: order.fulfilled_by,
            buy_shipping: order.buy_shipping,
            shipped_on_time: order.shipped_on_time,
            both_rated: order.both_rated,
            amount: order.amount,
        }
    }
}
