//! Which facts of a review and its order are events that windows are counted from.

use jiff::Timestamp;

use super::Events;
use crate::order::OrderFacts;
use crate::pack::Anchor;
use crate::shop::{Object, Platform};

impl Events {
    /// What a review and its order tell: review windows run from its writing, those of orders from their stations.
    ///
    /// Amazon has no completion of its own; its tools read the delivery as one (AMZ-2020).
    #[must_use]
    pub fn of_review(
        platform: Option<Platform>,
        object: Option<Object>,
        created: Option<Timestamp>,
        order: &OrderFacts,
    ) -> Self {
        let (review, followup) = match object {
            Some(Object::Followup) => (None, created),
            Some(_) => (created, None),
            None => (None, None),
        };
        let is_amazon = matches!(platform, Some(Platform::Amazon(_)));
        let completed = order.completed.or(order.delivered.filter(|_| is_amazon));
        let mut events = Self::default()
            .and(Anchor::ReviewCreated, review)
            .and(Anchor::FollowupCreated, followup)
            .and(Anchor::OrderPlaced, order.placed)
            .and(Anchor::Promised, order.promised)
            .and(Anchor::Shipped, order.shipped)
            .and(Anchor::Delivered, order.delivered)
            .and(Anchor::Completed, completed);
        events.state = order.state;
        events.object = object;
        events
    }

    /// These events and what happened around the review: a 追评 to the same order unless it is one itself, the asking for a
    /// refund or a return, and for removal.
    #[must_use]
    pub fn around(
        self,
        followed_up: Option<Timestamp>,
        refund_requested: Option<Timestamp>,
        removal_requested: Option<Timestamp>,
    ) -> Self {
        let followed_up = self.at(Anchor::FollowupCreated).or(followed_up);
        self.and(Anchor::FollowupCreated, followed_up)
            .and(Anchor::RefundRequested, refund_requested)
            .and(Anchor::RemovalRequested, removal_requested)
    }
}
