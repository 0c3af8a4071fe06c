//! Counts events in one pass, whatever their order, and keeps no more of them than the figures need.

use std::collections::HashSet;

use jiff::Timestamp;

use super::defects::{DAYS as ORDER_DAYS, OrderDefects};
use super::event::{Claim, Event, PlacedOrder, RatingEvent};
use super::feedback::{FeedbackClass, FeedbackCount};
use super::figures::Figures;
use super::measure::Span;
use super::tally::Tally;
use super::verdicts::{self, VerdictCount};
use super::window::{Window, age};

/// A bad or neutral rating of the last 365 days that counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BadFeedback {
    pub at: Timestamp,
    /// Its place in the input; what was given at one instant stays in that order.
    pub place: u64,
    pub order: Option<String>,
    pub class: FeedbackClass,
}

/// What has been counted as of one instant.
///
/// It holds counts by day, the bad and neutral feedback of the last 365 days, and the numbers of the orders of the last
/// 60 days and of the defective ones; so its size does not grow with the good ratings of a shop.
#[derive(Debug, Clone)]
pub struct Ledger {
    as_of: Timestamp,
    orders_since: Span,
    feedback: Tally,
    verdicts: Tally,
    bad: Vec<BadFeedback>,
    orders: HashSet<Box<str>>,
    defective: HashSet<Box<str>>,
}

impl Ledger {
    /// An empty one that counts what has happened up to and with `as_of`.
    #[must_use]
    pub fn new(as_of: Timestamp) -> Self {
        Self {
            as_of,
            orders_since: Span::last_days(ORDER_DAYS, as_of),
            feedback: Tally::default(),
            verdicts: Tally::default(),
            bad: Vec::new(),
            orders: HashSet::new(),
            defective: HashSet::new(),
        }
    }

    /// Counts one event; `place` is its place in the input, such as the number of its line.
    pub fn add(&mut self, event: &Event<'_>, place: u64) {
        match event {
            Event::Rating(rating) => self.add_rating(rating, place),
            Event::Order(PlacedOrder { order, at }) => {
                if self.orders_since.holds(*at) {
                    keep(&mut self.orders, order);
                }
            }
            Event::Claim(Claim { order, at, counted }) => {
                if *counted && *at <= self.as_of {
                    keep(&mut self.defective, order);
                }
            }
        }
    }

    fn add_rating(&mut self, rating: &RatingEvent<'_>, place: u64) {
        let Some(age) = age(rating.at, self.as_of) else { return };
        if let Some(verdict) = rating.verdict {
            self.verdicts.add(verdicts::index(verdict), rating.at, self.as_of);
        }
        let Some(class) = FeedbackClass::counted(rating) else { return };
        self.feedback.add(class.index(), rating.at, self.as_of);
        if class == FeedbackClass::Negative
            && let Some(order) = rating.order
        {
            keep(&mut self.defective, order);
        }
        if class != FeedbackClass::Positive && Window::Days365.days().is_some_and(|days| age < days.into()) {
            let order = rating.order.map(str::to_owned);
            self.bad.push(BadFeedback { at: rating.at, place, order, class });
        }
    }

    /// Takes in what another one has counted as of the same instant.
    pub fn merge(&mut self, other: Self) {
        self.feedback.merge(&other.feedback);
        self.verdicts.merge(&other.verdicts);
        self.bad.extend(other.bad);
        self.orders.extend(other.orders);
        self.defective.extend(other.defective);
    }

    /// The feedback of a window.
    #[must_use]
    pub fn feedback(&self, window: Window) -> FeedbackCount {
        self.feedback.within(window).into()
    }

    /// The feedback by day, for a forecast.
    #[must_use]
    pub fn feedback_by_day(&self) -> &Tally {
        &self.feedback
    }

    /// The verdicts of a window.
    #[must_use]
    pub fn verdicts(&self, window: Window) -> VerdictCount {
        self.verdicts.within(window).into()
    }

    /// The order defect rate.
    #[must_use]
    pub fn order_defects(&self) -> OrderDefects {
        let defective = self.orders.iter().filter(|order| self.defective.contains(*order)).count();
        OrderDefects::new(defective as u64, self.orders.len() as u64, self.as_of)
    }

    /// Everything that the counts say.
    #[must_use]
    pub fn figures(mut self) -> Figures {
        self.bad.sort_unstable();
        Figures::new(self.as_of, &self, &self.bad)
    }
}

fn keep(orders: &mut HashSet<Box<str>>, order: &str) {
    if !orders.contains(order) {
        orders.insert(order.into());
    }
}
