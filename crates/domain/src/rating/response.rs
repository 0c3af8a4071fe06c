//! How soon buyers' messages are answered.

use jiff::{SignedDuration, Timestamp};

use super::measure::{Measure, Span};
use crate::pack::Grade;
use crate::shop::Platform;
use crate::source::Source;

/// A message has to be answered within this time, weekends and holidays included (AMZ-CRT, grade A).
pub const ANSWER_IN_TIME: SignedDuration = SignedDuration::from_hours(24);
/// The windows over which they are counted, in days (AMZ-CRT).
pub const ANSWER_WINDOWS: [u16; 3] = [7, 30, 90];

/// A message from a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuyerMessage {
    /// When it came; windows count by this.
    pub received: Timestamp,
    /// When a person first answered. An automatic answer is none.
    pub answered: Option<Timestamp>,
    /// Marked as needing no answer.
    pub needs_no_answer: bool,
}

impl BuyerMessage {
    /// Late or not; `None` while there is still time.
    fn is_late(&self, as_of: Timestamp) -> Option<bool> {
        let waited = |until: Timestamp| until.duration_since(self.received) > ANSWER_IN_TIME;
        match self.answered.filter(|answered| *answered <= as_of) {
            Some(answered) => Some(waited(answered)),
            None => waited(as_of).then_some(true),
        }
    }
}

/// Late responses: messages answered after more than 24 hours or not at all, of the messages of the last 7, 30 or 90 days
/// that need an answer; those whose time is still running are not counted yet. The sources name no target.
#[must_use]
pub fn late_responses(messages: &[BuyerMessage], days: u16, as_of: Timestamp, platform: Platform) -> Measure {
    let window = Span::last_days(days, as_of);
    let counted =
        messages.iter().filter(|message| !message.needs_no_answer && window.holds(message.received));
    let judged: Vec<bool> = counted.filter_map(|message| message.is_late(as_of)).collect();
    let late = judged.iter().filter(|late| **late).count() as u64;
    response_measure(late, judged.len() as u64, window, platform)
}

/// The figure of so many late ones of so many: Amazon's definition (AMZ-CRT, AMZ-CRT2), which the house applies elsewhere
/// too.
#[must_use]
pub fn response_measure(late: u64, judged: u64, window: Span, platform: Platform) -> Measure {
    let is_amazon = matches!(platform, Platform::Amazon(_));
    let keys: &[&str] = if is_amazon { &["AMZ-CRT", "AMZ-CRT2"] } else { &["house"] };
    Measure {
        code: "late_response_rate",
        numerator: late,
        denominator: judged,
        window: Some(window),
        target: None,
        grade: if is_amazon { Grade::A } else { Grade::N },
        source: keys.iter().map(|key| Source::new(*key)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_four_hours_are_in_time_and_the_weekend_counts() {
        let at = |text: &str| format!("2026-11-{text}Z").parse::<Timestamp>().unwrap();
        let message = |received: &str, answered: Option<&str>| BuyerMessage {
            received: at(received),
            answered: answered.map(at),
            needs_no_answer: false,
        };
        let messages = [
            message("14T10:00:00", Some("15T10:00:00")),
            message("14T10:00:00", Some("15T10:00:01")),
            message("13T09:00:00", None),
            message("15T11:30:00", None),
            BuyerMessage { needs_no_answer: true, ..message("13T09:00:00", None) },
            message("01T09:00:00", None),
            message("15T10:00:00", Some("17T10:00:00")),
        ];
        let late = late_responses(&messages, 7, at("15T12:00:00"), Platform::AMAZON_US);
        assert_eq!((late.numerator, late.denominator, late.meets()), (2, 3, None));
        assert_eq!(late_responses(&messages, 30, at("15T12:00:00"), Platform::AMAZON_US).numerator, 3);
    }
}
