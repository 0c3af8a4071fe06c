//! The facts that decide about removal.

use jiff::Timestamp;

use crate::shop::{Object, Platform};

/// One message of the conversation about the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// Whether the buyer wrote it; otherwise the shop did.
    pub from_buyer: bool,
    /// Its words.
    pub text: &'a str,
}

/// The facts that decide about removal. What is absent is unknown, not false.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Facts<'a> {
    /// Where it was written.
    pub platform: Option<Platform>,
    /// What the buyer left; unknown, the plain review of the platform.
    pub object: Option<Object>,
    /// The words.
    pub text: &'a str,
    /// When it was written.
    pub created: Option<Timestamp>,
    /// Whether Amazon stored and sent the goods.
    pub fulfilled_by_amazon: Option<bool>,
    /// Whether the label was bought through Amazon.
    pub buy_shipping: Option<bool>,
    /// Whether it was sent on time.
    pub shipped_on_time: Option<bool>,
    /// Whether buyer and seller have both rated.
    pub both_rated: Option<bool>,
    /// When the trade was completed.
    pub completed: Option<Timestamp>,
    /// When the goods arrived.
    pub delivered: Option<Timestamp>,
    /// The conversation, the oldest first.
    pub messages: &'a [Message<'a>],
    /// Whether the shop holds the platform's number of the conversation.
    pub has_chat_proof: bool,
    /// What is known of the buyer's other ratings.
    pub pattern_of_ratings: Option<&'a str>,
    /// Whether the shop can show that the buyer competes with it.
    pub buyer_is_competitor: Option<bool>,
    /// Whether the shop holds a report of fraud by a third person.
    pub fraud_report: Option<bool>,
}

impl Facts<'_> {
    /// What the buyer left.
    pub(super) fn object(&self) -> Option<Object> {
        self.object.or(self.platform.map(Platform::default_object))
    }
}
