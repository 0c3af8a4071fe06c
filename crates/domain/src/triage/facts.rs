//! The facts of one review, as far as they are known.

use jiff::Timestamp;

use crate::intake::IncomingOrder;
use crate::money::Money;
use crate::order::{Fulfilment, OrderState};
use crate::removal::Held;
use crate::review::{Rating, Verdict};
use crate::shop::{Object, Platform};

/// The facts of one review. What is absent is unknown, not false.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ReviewFacts<'a> {
    /// Where it was written.
    pub platform: Option<Platform>,
    /// What the buyer left.
    pub object: Option<Object>,
    /// Stars.
    pub rating: Option<Rating>,
    /// Good, neutral or bad, on platforms without stars.
    pub verdict: Option<Verdict>,
    /// The title.
    pub title: Option<&'a str>,
    /// The words.
    pub text: &'a str,
    /// When it was written.
    pub created: Option<Timestamp>,
    /// Pictures and videos attached.
    pub photos: u32,
    /// Other buyers who found it helpful.
    pub likes: u32,
    /// Bad reviews that this buyer wrote before.
    pub prior_bad: u32,
    /// What is known of the order.
    pub order: OrderFacts,
    /// What the shop holds beside the review.
    pub held: Held<'a>,
}

/// The facts of the order behind a review. What is absent is unknown, not false.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct OrderFacts {
    /// When it was placed.
    pub placed: Option<Timestamp>,
    /// When it was to arrive; a date alone is its first instant in UTC.
    pub promised: Option<Timestamp>,
    /// When it was sent.
    pub shipped: Option<Timestamp>,
    /// When it arrived.
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

impl<'a> ReviewFacts<'a> {
    /// The facts of a review of which only the words are known.
    #[must_use]
    pub fn of_text(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }
}
