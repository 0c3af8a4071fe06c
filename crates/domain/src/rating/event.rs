//! What figures are counted from.

use jiff::Timestamp;

use crate::review::{Rating, Verdict};
use crate::shop::Object;

/// A rating that a buyer left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatingEvent<'a> {
    /// What was rated; unknown counts as no seller feedback.
    pub object: Option<Object>,
    /// When.
    pub at: Timestamp,
    /// Stars.
    pub rating: Option<Rating>,
    /// Good, neutral or bad, on platforms without stars.
    pub verdict: Option<Verdict>,
    /// The order it belongs to.
    pub order: Option<&'a str>,
    /// It is gone: removed by the buyer or by the platform.
    pub removed: bool,
    /// The platform has struck it through: it stands there and counts nowhere.
    pub struck: bool,
}

/// An order that was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedOrder<'a> {
    /// Its number.
    pub order: &'a str,
    /// When it was placed.
    pub at: Timestamp,
}

/// An A-to-z claim or a chargeback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The order that it is about.
    pub order: &'a str,
    /// When it was made.
    pub at: Timestamp,
    /// The platform counts it against the shop.
    pub counted: bool,
}

/// One thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// A buyer rated.
    Rating(RatingEvent<'a>),
    /// A buyer ordered.
    Order(PlacedOrder<'a>),
    /// A buyer claimed.
    Claim(Claim<'a>),
}
