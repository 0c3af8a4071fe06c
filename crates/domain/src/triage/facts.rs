//! The facts of one review, as far as they are known.

use jiff::Timestamp;

use crate::order::OrderFacts;
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
    /// The product's place among those of its shop by the number of reviews, from 1; none when that is not known.
    pub product_rank: Option<u32>,
    /// What is known of the order.
    pub order: OrderFacts,
    /// What the shop holds beside the review.
    pub held: Held<'a>,
}

impl<'a> ReviewFacts<'a> {
    /// The facts of a review of which only the words are known.
    #[must_use]
    pub fn of_text(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }
}
