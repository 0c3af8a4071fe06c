//! What the values of a column look like.

use pingxin_domain::order::OrderState;
use pingxin_domain::review::{Rating, Verdict};

use super::DateOrder;
use crate::files::cell;
use crate::files::convert::date;
use crate::files::frame::RawRow;

/// Counts over the values of a column that say something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// Values that are not absent.
    pub(super) filled: usize,
    pub(super) ratings: usize,
    pub(super) verdicts: usize,
    pub(super) dates: usize,
    pub(super) states: usize,
    /// With a blank or a Chinese letter inside: words rather than a key.
    pub(super) words: usize,
    /// First values, to show.
    pub(super) sample: Vec<String>,
    /// Dates that can only be read one way round.
    pub(super) day_first: usize,
    pub(super) month_first: usize,
    /// Dates that could be either.
    pub(super) either_way: usize,
}

impl Content {
    /// Looks at one column of the sample.
    pub(super) fn of(sample: &[RawRow], column: usize) -> Self {
        let mut content = Self::default();
        for row in sample {
            let Some(text) = row.cells.get(column) else { continue };
            for part in text.split(RawRow::SEPARATOR) {
                let value = cell::trimmed(part);
                if !cell::is_absent(value) {
                    content.count(value);
                }
            }
        }
        content
    }

    fn count(&mut self, value: &str) {
        self.filled += 1;
        self.ratings += usize::from(Rating::parse(value).is_ok());
        self.verdicts += usize::from(Verdict::from_code(value).is_some());
        self.states += usize::from(OrderState::from_code(value).is_some());
        self.words += usize::from(value.chars().any(|letter| letter.is_whitespace() || letter >= '\u{2e80}'));
        if value.len() <= 96 {
            self.dates += usize::from(date::looks_like_date(value));
            match date::evidence(value) {
                Some(DateOrder::DayMonth) => self.day_first += 1,
                Some(DateOrder::MonthDay) => self.month_first += 1,
                None => self.either_way += usize::from(date::is_either_way(value)),
            }
        }
        if self.sample.len() < 3 {
            self.sample.push(value.chars().take(60).collect());
        }
    }

    /// Whether `count` of the filled values are most of them.
    pub(super) fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 2 > self.filled
    }

    /// Whether dates could be either way, and no value says which.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.either_way > 0 && self.date_order().is_none()
    }

    /// The order of day and month when the values agree on one.
    pub(super) fn date_order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (1.., 0) => Some(DateOrder::DayMonth),
            (0, 1..) => Some(DateOrder::MonthDay),
            _ => None,
        }
    }
}
