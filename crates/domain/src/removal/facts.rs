//! The facts that decide about removal.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::order::{Fulfilment, OrderFacts};
use crate::shop::{Object, Platform};
use crate::triage::ReviewFacts;

/// One message of the conversation about the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// Whether the buyer wrote it; otherwise the shop did.
    pub from_buyer: bool,
    /// Its words.
    pub text: Cow<'a, str>,
}

/// What the shop holds beside the review. What is absent is unknown, not false.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Held<'a> {
    /// The conversation, the oldest first.
    pub messages: &'a [Message<'a>],
    /// Whether the shop holds the platform's number of the conversation (举证号).
    pub has_chat_proof: bool,
    /// What is known of the buyer's other ratings.
    pub pattern_of_ratings: Option<&'a str>,
    /// Whether the shop can show that the buyer competes with it.
    pub buyer_is_competitor: Option<bool>,
    /// Whether the shop holds a report of fraud by a third person.
    pub fraud_report: Option<bool>,
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
    /// What is known of the order.
    pub order: OrderFacts,
    /// What the shop holds beside the review.
    pub held: Held<'a>,
}

impl<'a> Facts<'a> {
    /// The facts of a review that is triaged.
    #[must_use]
    pub fn of(review: &ReviewFacts<'a>) -> Self {
        Self {
            platform: review.platform,
            object: review.object,
            text: review.text,
            created: review.created,
            order: review.order,
            held: review.held,
        }
    }

    /// What the buyer left.
    pub(super) fn object(&self) -> Option<Object> {
        self.object.or(self.platform.map(Platform::default_object))
    }

    /// Whether Amazon stored and sent the goods.
    pub(super) fn fulfilled_by_amazon(&self) -> Option<bool> {
        self.order.fulfilled_by.map(|by| by == Fulfilment::Amazon)
    }
}
