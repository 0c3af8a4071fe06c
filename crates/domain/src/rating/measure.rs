//! A figure with everything that stands beside it.

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, Serializer};

use super::share::{percent, rate};
use super::window::days_before;
use crate::pack::Grade;
use crate::source::Source;

/// A stretch of time: what lies after `from`, up to and with `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The last instant that is outside.
    pub from: Timestamp,
    /// The last instant that is inside.
    pub to: Timestamp,
}

impl Span {
    /// The last so many days of 86,400 seconds.
    #[must_use]
    pub fn last_days(days: u16, as_of: Timestamp) -> Self {
        Self { from: days_before(as_of, i64::from(days)), to: as_of }
    }

    /// The first instant that is inside; instants are told apart by the microsecond.
    #[must_use]
    pub fn first_inside(self) -> Timestamp {
        next(self.from)
    }

    /// The first instant that is outside again.
    #[must_use]
    pub fn first_beyond(self) -> Timestamp {
        next(self.to)
    }

    /// Whether an instant lies inside.
    #[must_use]
    pub fn holds(self, instant: Timestamp) -> bool {
        self.from < instant && instant <= self.to
    }
}

fn next(instant: Timestamp) -> Timestamp {
    instant.checked_add(SignedDuration::from_micros(1)).unwrap_or(instant)
}

/// On which side of a target it is good to be; the target itself is on neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Compare {
    /// Strictly below.
    #[serde(rename = "<")]
    Below,
    /// Strictly above.
    #[serde(rename = ">")]
    Above,
}

/// What the platform asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Target {
    /// On which side.
    pub compare: Compare,
    /// The limit in millionths: 10,000 is 1 %.
    #[serde(rename = "limit", serialize_with = "as_share")]
    pub millionths: u32,
}

fn as_share<S: Serializer>(millionths: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(Target::below(*millionths).share())
}

impl Target {
    /// Strictly below so many millionths.
    #[must_use]
    pub const fn below(millionths: u32) -> Self {
        Self { compare: Compare::Below, millionths }
    }

    /// Strictly above so many millionths.
    #[must_use]
    pub const fn above(millionths: u32) -> Self {
        Self { compare: Compare::Above, millionths }
    }

    /// The limit as a share, 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.millionths) / 1e6
    }

    /// Whether a share of a whole meets it, in integers; `None` without a denominator.
    #[must_use]
    pub fn is_met(self, numerator: u64, denominator: u64) -> Option<bool> {
        let share = u128::from(numerator) * 1_000_000;
        let limit = u128::from(denominator) * u128::from(self.millionths);
        (denominator > 0).then_some(match self.compare {
            Compare::Below => share < limit,
            Compare::Above => share > limit,
        })
    }
}

/// A share with numerator, denominator, window, target and where its definition comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its stable name.
    pub code: &'static str,
    /// What is counted.
    pub numerator: u64,
    /// Of what.
    pub denominator: u64,
    /// Over which time; `None` for all time.
    pub window: Option<Span>,
    /// What the platform asks for; `None` where no target is known.
    pub target: Option<Target>,
    /// How well the definition is known.
    pub grade: Grade,
    /// Where the definition comes from.
    pub source: Vec<Source>,
}

impl Measure {
    /// The unrounded share; `None` without a denominator.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        rate(self.numerator, self.denominator)
    }

    /// The share as a whole percent, half rounded up; `None` without a denominator.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        percent(self.numerator, self.denominator)
    }

    /// Whether the target is met; `None` without one or without a denominator.
    #[must_use]
    pub fn meets(&self) -> Option<bool> {
        self.target?.is_met(self.numerator, self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_strict_on_both_sides() {
        let one_percent = Target::below(10_000);
        assert_eq!(one_percent.is_met(1, 100), Some(false));
        assert_eq!(one_percent.is_met(1, 101), Some(true));
        let most = Target::above(950_000);
        assert_eq!(most.is_met(95, 100), Some(false));
        assert_eq!(most.is_met(96, 100), Some(true));
        assert_eq!(most.is_met(0, 0), None);
        assert_eq!(one_percent.is_met(u64::MAX, u64::MAX), Some(false));
    }

    #[test]
    fn a_span_has_its_end_and_not_its_beginning() {
        let to: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let span = Span::last_days(60, to);
        assert!(span.holds(to) && !span.holds(span.from));
        assert_eq!(span.from.to_string(), "2026-09-02T00:00:00Z");
    }

    #[test]
    fn a_target_is_written_as_a_share() {
        let written = serde_json::to_string(&Target::below(25_000)).unwrap();
        assert_eq!(written, r#"{"compare":"<","limit":0.025}"#);
    }
}
